//! How long a frame takes, and a key with the frame that answers it, with few rows and with a hundred thousand.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "it measures, prints and may stop")]

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossterm::event::KeyCode;
use mingbai::check::Report;
use mingbai::corpus::load::Loaded;
use mingbai::lang::Lang;
use mingbai::parse::parse;
use mingbai::source::Source;
use mingbai::tui::{App, Event, Options, Theme, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

const SIZE: Size = Size { width: 120, height: 40 };
const TIMES: usize = 200;

fn main() {
    let mut small = county(3, 6);
    report("a folder", &mut small);
    let mut thick = county(1, 1000);
    report("a department of very long disclosures", &mut thick);
    let mut large = county(100, 40);
    open_all(&mut large);
    report("a province, much of it open", &mut large);
    let mut million = million();
    open_all(&mut million);
    report("a million figures of 60,000 names", &mut million);
    searches(&mut million);
}

/// Returns the state with departments of nine disclosures, each with sections of forty figures.
fn county(departments: usize, sections: usize) -> App {
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), SIZE);
    for department in 0..departments {
        for year in 2015..2024 {
            let name = char::from_u32('山' as u32 + department as u32).unwrap_or('山');
            let mut text =
                format!("栖云县{name}务局{year}年部门预算\n\n第二部分 {year}年部门预算情况说明\n\n");
            for section in 0..sections {
                let _ = writeln!(text, "（{section}）收支情况\n");
                for line in 0..10 {
                    let amount = section * 10 + line;
                    let _ = writeln!(
                        text,
                        "{year}年第{line}项经费{amount}.43万元，比上年减少0.03万元，下降0.87%，占“三公”经费的54.18%。"
                    );
                }
            }
            let file = PathBuf::from(format!("{name}/{year}.txt"));
            let source = Source::read(&file, text.as_bytes()).expect("it is text");
            let disclosure = Box::new(parse(&file, source));
            app.update(Event::Loaded(Loaded::Entry { file, disclosure, report: Report::default() }));
        }
    }
    app.update(Event::Loaded(Loaded::Done));
    app.settle();
    app
}

/// Returns the state with a million figures, of as many names as so many have: 60,000.
fn million() -> App {
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), SIZE);
    let letters: Vec<char> =
        "水文教卫农林交通住建财政民司公安人社商自然资源审计统信访档案工信科体育".chars().collect();
    let things: Vec<&str> = "接待 会议 培训 差旅 维修 租赁 劳务 委托 印刷 咨询".split(' ').collect();
    let mut number = 0;
    for department in 0..400 {
        let two = [letters[department % 20], letters[20 + department / 20 % 15]];
        let name: String = two.iter().collect();
        for year in 2019..2024 {
            let mut text = format!("栖云县{name}局{year}年部门预算\n\n第二部分 {year}年部门预算情况说明\n\n");
            for section in 0..5 {
                let _ = writeln!(text, "（{}）收支情况\n", section + 1);
                for _ in 0..50 {
                    number += 1;
                    let name: String = [number % 63_000, number % 63_000 / 30, number % 63_000 / 900]
                        .map(|at| letters[at % 30])
                        .iter()
                        .collect();
                    let what = things[number % 63_000 / 27_000];
                    let (a, b) = (number * 7 % 9973, number % 311);
                    let _ = writeln!(text, "{name}{what}项目经费{a}.43万元，其他{what}费{b}.02万元。");
                }
            }
            let file = PathBuf::from(format!("{name}/{year}.txt"));
            let source = Source::read(&file, text.as_bytes()).expect("it is text");
            let disclosure = Box::new(parse(&file, source));
            app.update(Event::Loaded(Loaded::Entry { file, disclosure, report: Report::default() }));
        }
    }
    app.update(Event::Loaded(Loaded::Done));
    app.settle();
    println!("{} names", app.corpus.words.names().len());
    app
}

/// Reports how long the keys of some queries take, with the frame that answers them, and how long it is until all is
/// found.
fn searches(app: &mut App) {
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a terminal");
    for query in ["公务接待", "gongwu", "接待 2022", "12.43", "1202.95 水利", "部门:水利 金额>100万", "f"]
    {
        let (mut keys, mut pieces, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TIMES / 10 {
            app.update(Event::Key(KeyCode::Char('/').into()));
            for c in query.chars() {
                let begun = Instant::now();
                app.update(Event::Key(KeyCode::Char(c).into()));
                let _ = terminal.draw(|frame| view(app, frame));
                keys.push(begun.elapsed());
                while app.is_busy() {
                    pieces.push(time(|| {
                        app.work();
                    }));
                }
                found.push(begun.elapsed());
            }
            app.update(Event::Key(KeyCode::Esc.into()));
        }
        line(&format!("{query}: a key"), &keys);
        line(&format!("{query}: all found"), &found);
    }
}

/// Opens branches from the last to the first until at least a hundred thousand rows can be seen.
fn open_all(app: &mut App) {
    let mut depth = 1;
    while app.outline.rows.len() < 100_000 && depth < 4 {
        for row in (0..app.outline.rows.len()).rev() {
            if app.outline.rows.len() < 100_000
                && app.outline.rows[row].depth == depth
                && !app.outline.rows[row].open
            {
                app.outline.toggle(&app.corpus, row, 36);
            }
        }
        depth += 1;
    }
}

fn report(name: &str, app: &mut App) {
    println!("{name}: {} rows, {} figures", app.outline.rows.len(), app.corpus.item_count());
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a terminal");
    line(
        "frame",
        &measure(|| {
            let _ = terminal.draw(|frame| view(app, frame));
        }),
    );
    let keys: &[(&str, &[KeyCode])] = &[
        ("down", &[KeyCode::Down]),
        ("page down", &[KeyCode::PageDown]),
        ("end and home", &[KeyCode::End, KeyCode::Home]),
        ("a disclosure down and up", &[KeyCode::Char('g'), KeyCode::Down, KeyCode::Up]),
        ("close and open", &[KeyCode::Char('g'), KeyCode::Char('z'), KeyCode::Char('z')]),
        ("next pane", &[KeyCode::Tab]),
        ("search, a letter", &[KeyCode::Char('/'), KeyCode::Char('费'), KeyCode::Esc]),
    ];
    for (name, codes) in keys {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            for &code in *codes {
                times.push(time(|| {
                    app.update(Event::Key(code.into()));
                    let _ = terminal.draw(|frame| view(app, frame));
                }));
                while app.is_busy() {
                    app.work();
                }
            }
        }
        line(name, &times);
    }
    let file = PathBuf::from("新.txt");
    let times = measure(|| {
        let source =
            Source::read(&file, "栖云县水务局2022年部门预算\n\n一、收支\n\n2022年收入预算1万元。".as_bytes());
        let disclosure = Box::new(parse(&file, source.expect("it is text")));
        app.update(Event::Loaded(Loaded::Entry {
            file: file.clone(),
            disclosure,
            report: Report::default(),
        }));
        app.settle();
    });
    line("a file comes in", &times);
}

fn measure(mut work: impl FnMut()) -> Vec<Duration> {
    (0..TIMES).map(|_| time(&mut work)).collect()
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn line(name: &str, times: &[Duration]) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let (median, most, worst) =
        (times[times.len() / 2], times[times.len() * 99 / 100], times[times.len() - 1]);
    println!("  {name:<28} median {median:>10.1?}   99% {most:>10.1?}   worst {worst:>10.1?}");
}
