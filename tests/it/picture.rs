//! The pictures in the README: what the program draws of its samples, as SVG.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crossterm::event::KeyCode;
use mingbai::corpus::load::{Input, Loaded, start};
use mingbai::lang::Lang;
use mingbai::tui::{App, Event, Options, Theme, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// The size of a cell.
const CELL: (u32, u32) = (9, 21);
/// The space around the screen, and the height of the window's title.
const MARGIN: u32 = 14;
const TITLE: u32 = 34;
const BACKGROUND: &str = "#1c1e26";
const FOREGROUND: &str = "#d7dae0";
const FONTS: &str =
    "ui-monospace, 'Sarasa Mono SC', 'Noto Sans Mono CJK SC', 'Cascadia Mono', Menlo, Consolas, monospace";

#[test]
fn the_pictures_are_what_the_program_draws() {
    // On a figure with its change and rate in the same sentence.
    check("explore.svg", "/水利局 2024 决算 三公经费\n");
    // A figure that is wrong, beside that of the year before.
    check("compare.svg", "/水利局 2024 决算 2815.09\nc\n");
    // Pinyin, a filter, an amount.
    check("search.svg", "/gwjd 部门:shuili 金额>1万");
    check("findings.svg", "f");
}

fn check(name: &str, keys: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
    let drawn = svg(&samples(keys));
    if env::var_os("UPDATE_PICTURES").is_some() {
        fs::write(&file, &drawn).expect("the picture is written");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == drawn, "{} is old; UPDATE_PICTURES=1 cargo test draws it anew", file.display());
}

/// Returns the screen of the samples after some keys.
fn samples(keys: &str) -> Buffer {
    let size = Size { width: 132, height: 36 };
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), size);
    // Files come in any order from their threads; a picture needs them always in the same one.
    let mut loaded: Vec<Loaded> = start(Input::Samples).into_iter().collect();
    loaded.sort_by_key(|loaded| match loaded {
        Loaded::Found(_) => (0, None),
        Loaded::Entry { file, .. } => (1, Some(file.clone())),
        Loaded::Problem(_) => (2, None),
        Loaded::Done => (3, None),
    });
    for loaded in loaded {
        app.update(Event::Loaded(loaded));
    }
    app.settle();
    for c in keys.chars() {
        let key = if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        app.update(Event::Key(key.into()));
        while app.is_busy() {
            app.work();
        }
    }
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).expect("a terminal");
    terminal.draw(|frame| view(&app, frame)).expect("it draws").buffer.clone()
}

/// Returns a frame as a picture. Every run of characters says where each of them stands, so that they line up whatever
/// fonts the viewer has.
fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (u32::from(buffer.area.width), u32::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + MARGIN + TITLE);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" \
         font-size=\"15\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"9\" fill=\"{BACKGROUND}\"/>\n"
    );
    for (index, colour) in ["#e0655c", "#e3b341", "#57ab5a"].into_iter().enumerate() {
        let _ = writeln!(svg, "<circle cx=\"{}\" cy=\"17\" r=\"6\" fill=\"{colour}\"/>", 20 + 20 * index);
    }
    for y in 0..buffer.area.height {
        let mut x = 0;
        while let Some(cell) = buffer.cell((x, y)) {
            let run = run(buffer, x, y);
            draw(&mut svg, cell, &run, y);
            x = run.last().map_or(x, |(x, symbol)| x + symbol.width() as u16).max(x + 1);
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Returns the characters from a cell on that look the same, with their columns.
fn run(buffer: &Buffer, start: u16, y: u16) -> Vec<(u16, &str)> {
    let mut run: Vec<(u16, &str)> = Vec::new();
    let mut x = start;
    let look = |cell: &Cell| (cell.fg, cell.modifier);
    while let Some(cell) = buffer.cell((x, y)) {
        if buffer.cell((start, y)).is_some_and(|first| look(first) != look(cell)) {
            break;
        }
        run.push((x, cell.symbol()));
        x += (cell.symbol().width() as u16).max(1);
    }
    run
}

fn draw(svg: &mut String, look: &Cell, run: &[(u16, &str)], y: u16) {
    let left = |x: u16| MARGIN + u32::from(x) * CELL.0;
    let top = TITLE + u32::from(y) * CELL.1;
    let (mut ink, mut paper) = (colour(look.fg).unwrap_or(FOREGROUND), None);
    if look.modifier.contains(Modifier::REVERSED) {
        (ink, paper) = (BACKGROUND, Some(ink));
    }
    let end = run.last().map_or(0, |(x, symbol)| x + symbol.width() as u16);
    if let (Some(paper), Some((first, _))) = (paper, run.first()) {
        let cells = u32::from(end - first);
        let (x, width) = (left(*first), cells * CELL.0);
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{}\" fill=\"{paper}\"/>",
            CELL.1
        );
    }
    let (mut lines, mut bold_lines, mut places, mut text) = <(String, String, String, String)>::default();
    for &(x, symbol) in run.iter().filter(|(_, symbol)| *symbol != " ") {
        let place = (left(x), top);
        if let Some(path) = line(symbol, place) {
            lines += &path;
        } else if let Some(path) = bold_line(symbol, place) {
            bold_lines += &path;
        } else {
            let _ = write!(places, "{} ", left(x));
            text += &symbol.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        }
    }
    if !lines.is_empty() {
        let _ = writeln!(svg, "<path d=\"{lines}\" stroke=\"{ink}\" fill=\"none\"/>");
    }
    if !bold_lines.is_empty() {
        let _ = writeln!(svg, "<path d=\"{bold_lines}\" fill=\"{ink}\"/>");
    }
    if !text.is_empty() {
        let bold = if look.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
        let under =
            if look.modifier.contains(Modifier::UNDERLINED) { " text-decoration=\"underline\"" } else { "" };
        let places = places.trim_end();
        let _ = writeln!(
            svg,
            "<text x=\"{places}\" y=\"{}\" fill=\"{ink}\"{bold}{under}>{text}</text>",
            top + 16
        );
    }
}

/// Returns a line of a frame as a path: letters of fonts leave gaps between rows.
fn line(symbol: &str, (x, y): (u32, u32)) -> Option<String> {
    let (right, bottom) = (x + CELL.0, y + CELL.1);
    // Half a pixel off, so that a line one wide is sharp.
    let (middle, centre) = (format!("{}.5", x + CELL.0 / 2), format!("{}.5", y + CELL.1 / 2));
    let across = format!("M{x} {centre}H{right}");
    let down = format!("M{middle} {y}V{bottom}");
    Some(match symbol {
        "─" => across,
        "│" => down,
        "├" => format!("{down}M{middle} {centre}H{right}"),
        "┤" => format!("{down}M{x} {centre}H{middle}"),
        "┬" => format!("{across}M{middle} {centre}V{bottom}"),
        "┴" => format!("{across}M{middle} {y}V{centre}"),
        "╭" => format!("M{right} {centre}Q{middle} {centre} {middle} {bottom}"),
        "╮" => format!("M{x} {centre}Q{middle} {centre} {middle} {bottom}"),
        "╰" => format!("M{right} {centre}Q{middle} {centre} {middle} {y}"),
        "╯" => format!("M{x} {centre}Q{middle} {centre} {middle} {y}"),
        _ => return None,
    })
}

/// Returns a sign that is filled as a path.
fn bold_line(symbol: &str, (x, y): (u32, u32)) -> Option<String> {
    let (width, height) = CELL;
    Some(match symbol {
        "┃" => format!("M{} {y}h3v{height}h-3z", x + width / 2 - 1),
        "━" => format!("M{x} {}h{width}v3h-{width}z", y + height / 2 - 1),
        "╸" => format!("M{x} {}h{}v3h-{}z", y + height / 2 - 1, width / 2, width / 2),
        "╺" => {
            format!(
                "M{} {}h{}v3h-{}z",
                x + width / 2,
                y + height / 2 - 1,
                width - width / 2,
                width - width / 2
            )
        }
        "▎" => format!("M{x} {y}h3v{height}h-3z"),
        "▸" => format!("M{} {}l6 4l-6 4z", x + 2, y + height / 2 - 4),
        "▾" => format!("M{} {}h8l-4 6z", x, y + height / 2 - 3),
        _ => return None,
    })
}

/// Returns how a named colour looks in a quiet dark palette.
fn colour(colour: Color) -> Option<&'static str> {
    match colour {
        Color::Cyan => Some("#56b6c2"),
        Color::DarkGray => Some("#6f7683"),
        Color::Yellow => Some("#e5c07b"),
        Color::Red => Some("#e06c75"),
        Color::Reset => None,
        other => panic!("the theme has a colour that the picture does not know: {other}"),
    }
}
