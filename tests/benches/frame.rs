//! How long a frame takes, and a key with the frame that answers it, with few rows and with a hundred thousand, on a few
//! figures and on a million, in which 40,000 findings lie. What takes longer than it may is named at the end.
//!
//! The folders are made in memory. `cargo bench --bench frame` measures in all of them, which takes minutes;
//! `cargo bench --bench frame -- million` only in the folder of a million figures: 400 departments with a disclosure for
//! each of five years, each of five sections with a hundred figures and some that do not add up. The others are
//! `folder`, `thick`, `sheet`, `comparison`, `province` and `few`, a hundredth of the million.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "it measures, prints and may stop")]

use std::cell::{Cell, RefCell};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crossterm::event::KeyCode;
use mingbai::check::{Report, check};
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

/// A key is answered within this at the 99th percentile.
const KEY: Duration = Duration::from_millis(2);
/// A key of a search is.
const SEARCH_KEY: Duration = Duration::from_millis(16);

/// What takes longer than it may.
#[derive(Default)]
struct Slow(Vec<String>);

fn main() -> ExitCode {
    let mut slow = Slow::default();
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|wanted| wanted == name);
    if wanted("folder") {
        report("a folder", &mut county(3, 6), &mut slow);
    }
    if wanted("thick") {
        report("a department of very long disclosures", &mut county(1, 1000), &mut slow);
    }
    if wanted("sheet") {
        // The longest that is still read: five cells a row, of the most that a sheet may have.
        for rows in [100, 59_000] {
            report_table(&format!("a table of {rows} rows"), &mut sheet(rows), &mut slow);
        }
    }
    if wanted("comparison") {
        report_comparison(&mut two_sheets(100_000), &mut slow);
    }
    if wanted("province") {
        let mut large = county(100, 40);
        open_all(&mut large);
        report("a province, much of it open", &mut large, &mut slow);
    }
    for (name, departments) in [("few", 4), ("million", 400)] {
        if wanted(name) {
            let mut million = million(departments);
            open_all(&mut million);
            report(&format!("{name} of the departments of a million figures"), &mut million, &mut slow);
            searches(&mut million, &mut slow);
            if name == "million" {
                compare_frames(million, &mut slow);
            }
        }
    }
    for line in &slow.0 {
        println!("too slow: {line}");
    }
    if slow.0.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reports what a frame of a hundred rows takes, and one of a million, of the same kind of disclosures.
fn compare_frames(mut large: App, slow: &mut Slow) {
    let mut small = million(1);
    let [few, many] = [(&mut small, 100), (&mut large, 1_000_000)].map(|(app, rows)| {
        // From the first on, so that what is opened lies before all that is open.
        let mut row = 0;
        while app.outline.rows.len() < rows && row < app.outline.rows.len() {
            if !app.outline.rows[row].open {
                app.outline.toggle(&app.corpus, row, 36);
            }
            row += 1;
        }
        app.update(Event::Key(KeyCode::Home.into()));
        let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a terminal");
        let mut times: Vec<Duration> = (0..TIMES)
            .map(|number| {
                // The same few rows again and again: what was just read is as near in either.
                let code = if number % 2 == 0 { KeyCode::Down } else { KeyCode::Up };
                app.update(Event::Key(code.into()));
                time(|| {
                    let _ = terminal.draw(|frame| view(app, frame));
                })
            })
            .collect();
        times.sort_unstable();
        (app.outline.rows.len(), times[times.len() / 2])
    });
    println!(
        "a frame: {:.1?} where the tree has {} rows, {:.1?} where it has {}",
        few.1, few.0, many.1, many.0
    );
    // Twice as much is no sign that it grows with the rows: those are ten thousand times as many.
    if many.1 > few.1 * 2 || many.0 < few.0 * 5_000 {
        slow.0.push("a frame of a million rows".to_owned());
    }
}

/// Returns the state with one table of so many rows of five cells.
fn sheet(rows: usize) -> App {
    let mut page =
        "<html><body><p>栖云县水务局2022年部门预算</p><p>一般公共预算支出表</p><p>单位：万元</p><table>\
        <tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>"
            .to_owned();
    for row in 0..rows {
        let _ = write!(
            page,
            "<tr><td>{}</td><td>第{row}项支出</td><td>{row}5.43</td><td>{row}.43</td><td>{row}5.00</td></tr>",
            2_010_101 + row % 90_000
        );
    }
    page.push_str("</table></body></html>");
    let mut app = open(Vec::from([("a.html".into(), page)]));
    app.update(Event::Key(KeyCode::Right.into()));
    app
}

/// Reports how long the keys of a table take.
fn report_table(name: &str, app: &mut App, slow: &mut Slow) {
    println!("{name}: {} figures", app.corpus.item_count());
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a terminal");
    for code in [KeyCode::Char('/'), KeyCode::Char('9'), KeyCode::Char('9'), KeyCode::Enter] {
        app.update(Event::Key(code.into()));
        while app.is_busy() {
            app.work();
        }
    }
    app.update(Event::Key(KeyCode::Tab.into()));
    let keys: &[(&str, &[KeyCode])] = &[
        ("down", &[KeyCode::Down]),
        ("page down", &[KeyCode::PageDown]),
        ("next column and back", &[KeyCode::Right, KeyCode::Left]),
        ("end and home", &[KeyCode::End, KeyCode::Home]),
        ("text and table", &[KeyCode::Char('v'), KeyCode::Char('v')]),
        ("next pane", &[KeyCode::Tab]),
    ];
    press(keys, app, &mut terminal, slow, name);
}

/// Returns the state with two years of a table of so many rows, of which some are in one of them only.
fn two_sheets(rows: usize) -> App {
    let year = |year: usize| {
        let mut page = format!(
            "<html><body><p>栖云县水务局{year}年部门预算</p><p>一般公共预算支出表</p><p>单位：万元</p><table>\
            <tr><td>科目名称</td><td>预算数</td></tr>"
        );
        // A row in fifty is in one of the years only, one in three has changed.
        for row in (0..rows).filter(|row| row % 50 != year % 2) {
            let amount = if row % 3 == 0 { row + year } else { row };
            let _ = write!(page, "<tr><td>第{row}项支出</td><td>{amount}.43</td></tr>");
        }
        page.push_str("</table></body></html>");
        (PathBuf::from(format!("{year}.html")), page)
    };
    open(Vec::from([year(2022), year(2023)]))
}

/// Reports how long a key may have to wait while two very large disclosures are put side by side, and how long the keys
/// of the comparison take.
fn report_comparison(app: &mut App, slow: &mut Slow) {
    let name = "a comparison of 100,000 rows a side";
    println!("{name}: {} figures", app.corpus.item_count());
    let mut terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a terminal");
    for code in [KeyCode::Right, KeyCode::Char('c')] {
        app.update(Event::Key(code.into()));
    }
    // The machine may have had something else to do once, but not each time at the longest step.
    let mut least = Duration::MAX;
    for round in 0..5 {
        let asked = Cell::new(Instant::now());
        let gaps = RefCell::new(Vec::new());
        let ask = || {
            gaps.borrow_mut().push(asked.get().elapsed());
            asked.set(Instant::now());
            false
        };
        let key = if round == 0 { KeyCode::Enter } else { KeyCode::Char('x') };
        app.update(Event::Key(key.into()));
        asked.set(Instant::now());
        let whole = time(|| {
            while app.is_busy() {
                app.work_unless(&ask);
            }
        });
        ask();
        let gaps = gaps.into_inner();
        line(&format!("until it is asked ({whole:.0?})"), &gaps);
        least = least.min(gaps.into_iter().max().unwrap_or_default());
    }
    if least > KEY {
        slow.0.push(format!("{name} lets a key wait {least:.1?}"));
    }
    let rows = app.compare.as_ref().map_or(0, mingbai::tui::compare::Compare::len);
    println!("  {rows} rows");
    let keys: &[(&str, &[KeyCode])] = &[
        ("down", &[KeyCode::Down]),
        ("next change, change before", &[KeyCode::Char('n'), KeyCode::Char('N')]),
        ("sort", &[KeyCode::Char('s')]),
        ("only some", &[KeyCode::Char('o')]),
        ("sort only some", &[KeyCode::Char('o'), KeyCode::Char('s'), KeyCode::End, KeyCode::Char('o')]),
        ("end and home", &[KeyCode::End, KeyCode::Home]),
        ("parts and back", &[KeyCode::Char('w'), KeyCode::End, KeyCode::Char('w')]),
        ("why", &[KeyCode::Char('e')]),
    ];
    press(keys, app, &mut terminal, slow, name);
    let mut leave = Vec::new();
    for _ in 0..10 {
        leave.push(time(|| {
            app.update(Event::Key(KeyCode::Esc.into()));
            let _ = terminal.draw(|frame| view(app, frame));
        }));
        for code in [KeyCode::Char('c'), KeyCode::Enter] {
            app.update(Event::Key(code.into()));
        }
        while app.is_busy() {
            app.work();
        }
    }
    if line("leave", &leave) > KEY * 2 {
        slow.0.push(format!("to leave {name}"));
    }
}

/// Presses keys and reports how long each takes with the frame that answers it.
fn press(
    keys: &[(&str, &[KeyCode])],
    app: &mut App,
    terminal: &mut Terminal<TestBackend>,
    slow: &mut Slow,
    where_: &str,
) {
    for (name, codes) in keys {
        let mut times = vec![Vec::new(); codes.len()];
        for _ in 0..TIMES {
            for (times, &code) in times.iter_mut().zip(*codes) {
                times.push(time(|| {
                    app.update(Event::Key(code.into()));
                    let _ = terminal.draw(|frame| view(app, frame));
                }));
                while app.is_busy() {
                    app.work();
                }
            }
        }
        line(name, &times.concat());
        // Each key by itself: among quick ones a slow one would not be seen.
        for (code, times) in codes.iter().zip(&times) {
            let most = percentile(times);
            if most > KEY {
                slow.0.push(format!("{code} of {name} on {where_}: {most:.1?}"));
            }
        }
    }
}

/// Returns the state after files were read and checked.
fn open(files: Vec<(PathBuf, String)>) -> App {
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), SIZE);
    for (file, text) in files {
        let source = Source::read(&file, text.as_bytes()).expect("it is text");
        let disclosure = Box::new(parse(&file, source));
        let report = check(&disclosure);
        app.update(Event::Loaded(Loaded::Entry { file, disclosure, report }));
    }
    app.update(Event::Loaded(Loaded::Done));
    app.settle();
    app
}

/// Returns the state with departments of nine disclosures, each with sections of forty figures.
fn county(departments: usize, sections: usize) -> App {
    let mut files = Vec::new();
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
            files.push((file, text));
        }
    }
    open(files)
}

/// Returns the state with departments of 2,500 figures, 400 of them with a million, of as many names as so many have:
/// 60,000.
fn million(departments: usize) -> App {
    let mut files = Vec::new();
    let letters: Vec<char> =
        "水文教卫农林交通住建财政民司公安人社商自然资源审计统信访档案工信科体育".chars().collect();
    let things: Vec<&str> = "接待 会议 培训 差旅 维修 租赁 劳务 委托 印刷 咨询".split(' ').collect();
    for department in 0..departments {
        let two = [letters[department % 20], letters[20 + department / 20 % 15]];
        let name: String = two.iter().collect();
        for year in 2019..2024 {
            let mut text = format!("栖云县{name}局{year}年部门预算\n\n第二部分 {year}年部门预算情况说明\n\n");
            // The years of a department are much alike.
            let mut number = department * 250;
            for section in 0..5 {
                let _ = writeln!(text, "（{}）收支情况\n", section + 1);
                for _ in 0..50 {
                    number += 1;
                    let kind = number % 31_500;
                    let name: String =
                        [kind, kind / 30, kind / 900].map(|at| letters[at % 30]).iter().collect();
                    let what = things[kind / 3_150];
                    let (a, b) = (number * year % 9973, number % 311 * (year - 2000));
                    let _ = writeln!(text, "{name}{what}项目经费{a}.43万元，{name}{what}费{b}.02万元。");
                }
                // One that does not add up.
                let _ = writeln!(
                    text,
                    "{year}年支出{number}.10万元，其中：基本支出1.00万元，项目支出{number}.20万元。"
                );
            }
            let file = PathBuf::from(format!("{name}/{year}.txt"));
            files.push((file, text));
        }
    }
    let app = open(files);
    let found: usize = app.corpus.entries.iter().map(|entry| entry.report.findings.len()).sum();
    println!("{} names, {found} findings", app.corpus.words.names().len());
    app
}

/// Reports how long the keys of some queries take, with the frame that answers them, and how long it is until all is
/// found.
fn searches(app: &mut App, slow: &mut Slow) {
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
        if line(&format!("{query}: a key"), &keys) > SEARCH_KEY {
            slow.0.push(format!("a key of the search for {query}"));
        }
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

fn report(name: &str, app: &mut App, slow: &mut Slow) {
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
        ("next finding", &[KeyCode::Char('n')]),
        ("finding before", &[KeyCode::Char('N')]),
        ("back and forward", &[KeyCode::Char('['), KeyCode::Char(']')]),
        ("findings", &[KeyCode::Char('f'), KeyCode::Down, KeyCode::End, KeyCode::Esc]),
        ("findings, other checks", &[KeyCode::Char('f'), KeyCode::Char('c'), KeyCode::Esc]),
        ("a finding judged", &[KeyCode::Char('f'), KeyCode::Char('a'), KeyCode::Char('u'), KeyCode::Esc]),
        // Back twice: the words go first, then the list. A word typed after that would be one of the search.
        (
            "findings with words",
            &[KeyCode::Char('f'), KeyCode::Char('/'), KeyCode::Char('支'), KeyCode::Esc, KeyCode::Esc],
        ),
        ("outcomes", &[KeyCode::Char('O'), KeyCode::End, KeyCode::Home, KeyCode::Esc]),
        (
            "compare",
            &[KeyCode::Char('c'), KeyCode::Enter, KeyCode::Char('n'), KeyCode::Char('s'), KeyCode::Esc],
        ),
        ("trend", &[KeyCode::Char('t'), KeyCode::Esc]),
        ("palette", &[KeyCode::Char(':'), KeyCode::Char('f'), KeyCode::Esc]),
        ("copy", &[KeyCode::Char('y'), KeyCode::Char('r')]),
        ("mark", &[KeyCode::Char(' ')]),
        ("help", &[KeyCode::Char('?'), KeyCode::Esc]),
        ("language", &[KeyCode::Char('L')]),
        ("units", &[KeyCode::Char('U')]),
    ];
    press(keys, app, &mut terminal, slow, name);
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

/// Prints what times are like and returns the 99th percentile.
fn line(name: &str, times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    let most = percentile(&times);
    println!("  {name:<28} median {median:>10.1?}   99% {most:>10.1?}   worst {worst:>10.1?}");
    most
}

/// Returns what 99 of 100 times do not exceed.
fn percentile(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() * 99 / 100]
}
