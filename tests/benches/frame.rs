//! How long a frame and a key take, with few rows and with a hundred thousand.

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
        ("close and open", &[KeyCode::Char('g'), KeyCode::Char(' '), KeyCode::Char(' ')]),
        ("next pane", &[KeyCode::Tab]),
        ("search, a letter", &[KeyCode::Char('/'), KeyCode::Char('费'), KeyCode::Esc]),
    ];
    for (name, codes) in keys {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            for &code in *codes {
                times.push(time(|| {
                    app.update(Event::Key(code.into()));
                }));
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
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("  {name:<28} median {median:>10.1?}   worst {worst:>10.1?}");
}
