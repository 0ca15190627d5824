//! Every screen as text, at three sizes and in both languages; what keys and the mouse do to them.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use expect_test::{ExpectFile, expect_file};
use mingbai::corpus::load::{Input, Loaded, start};
use mingbai::error::{Error, ErrorKind};
use mingbai::lang::Lang;
use mingbai::parse::parse;
use mingbai::source::{Source, Unreadable};
use mingbai::tui::{App, Effect, Event, Options, Pane, Theme, label, view};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

const WATER_2022: &str = "\
栖云县水务局2022年部门预算

第一部分 部门概况

一、人员情况

栖云县水务局行政编制12人，事业编制30人。

第二部分 2022年部门预算情况说明

一、收支总体情况

2022年收入预算1679.88万元，比上年增加115.97万元，增长7.42%。其中：一般公共预算拨款收入931.56万元，占55.45%；其他收入748.32万元，占44.55%。

二、“三公”经费情况

2022年“三公”经费预算6.33万元，其中：公务用车购置及运行费3.15万元，占“三公”经费的45.82%；公务接待费3.43万元，占“三公”经费的54.18%，比上年减少0.03万元，下降0.87%。因公出国（境）费0万元。

三、机关运行经费情况

2022年机关运行经费143.18万元，较上年减少9.93万元，下降6.49%。

第三部分 名词解释

机关运行经费：指保障行政单位运行的公用经费。
";

const WATER_2023: &str = "\
栖云县水务局2023年部门决算

第一部分 2023年部门决算情况说明

一、收入决算情况

2023年收入总计1802.44万元，其中：财政拨款收入1790.12万元，占99.32%。

二、支出决算情况

2023年支出总计1802.44万元，其中：基本支出1320.01万元；项目支出482.43万元。
";

const CULTURE_2022: &str = "\
栖云县文化局2022年部门预算

一、收支总体情况

2022年收入预算420.00万元。
";

/// Returns the state on a terminal of a size, after `texts` were read as files.
pub(crate) fn app(size: (u16, u16), lang: Lang, texts: &[(&str, &str)]) -> App {
    let options = Options { lang, title: "公开".to_owned() };
    let mut app = App::new(options, Theme::new(true), Size { width: size.0, height: size.1 });
    app.update(Event::Loaded(Loaded::Found(texts.len())));
    for (file, text) in texts {
        app.update(read(file, text));
    }
    app.update(Event::Loaded(Loaded::Done));
    app.settle();
    app
}

pub(crate) fn read(file: &str, text: &str) -> Event {
    let file = PathBuf::from(file);
    let source = Source::read(&file, text.as_bytes()).expect("it is text");
    let disclosure = Box::new(parse(&file, source));
    let report = mingbai::check::check(&disclosure);
    Event::Loaded(Loaded::Entry { file, disclosure, report })
}

fn problem(file: &str, kind: ErrorKind) -> Event {
    Event::Loaded(Loaded::Problem(Error { path: PathBuf::from(file), kind }))
}

/// Returns the state with two departments and three disclosures.
pub(crate) fn county(size: (u16, u16), lang: Lang) -> App {
    let files =
        [("水务局/2022.txt", WATER_2022), ("水务局/2023.txt", WATER_2023), ("文化局/2022.txt", CULTURE_2022)];
    app(size, lang, &files)
}

/// Presses keys, separated by spaces: a name, `C-` and a letter, or letters to type.
pub(crate) fn press(app: &mut App, keys: &str) -> Option<Effect> {
    let mut effect = None;
    for key in keys.split_whitespace() {
        let named = match key {
            "Up" => Some(KeyCode::Up),
            "Down" => Some(KeyCode::Down),
            "Left" => Some(KeyCode::Left),
            "Right" => Some(KeyCode::Right),
            "Enter" => Some(KeyCode::Enter),
            "Esc" => Some(KeyCode::Esc),
            "Tab" => Some(KeyCode::Tab),
            "BackTab" => Some(KeyCode::BackTab),
            "Backspace" => Some(KeyCode::Backspace),
            "Home" => Some(KeyCode::Home),
            "End" => Some(KeyCode::End),
            "PgUp" => Some(KeyCode::PageUp),
            "PgDn" => Some(KeyCode::PageDown),
            "Space" => Some(KeyCode::Char(' ')),
            "F1" => Some(KeyCode::F(1)),
            _ => None,
        };
        let events: Vec<KeyEvent> = match (named, key.strip_prefix("C-")) {
            (Some(code), _) => vec![code.into()],
            (None, Some(letter)) => {
                letter.chars().map(|c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)).collect()
            }
            (None, None) => key.chars().map(|c| KeyCode::Char(c).into()).collect(),
        };
        for event in events {
            effect = app.update(Event::Key(event));
        }
    }
    effect
}

pub(crate) fn mouse(app: &mut App, kind: MouseEventKind, column: u16, row: u16) {
    app.update(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
}

/// Returns what is drawn, and where the caret stands.
pub(crate) fn draw(app: &App) -> (Buffer, Position) {
    let backend = TestBackend::new(app.size.width, app.size.height);
    let mut terminal = Terminal::new(backend).expect("a terminal");
    let buffer = terminal.draw(|frame| view(app, frame)).expect("it draws").buffer.clone();
    (buffer, terminal.backend().cursor_position())
}

/// Returns a frame as text. The cell behind a wide character is none of its own.
pub(crate) fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        let mut line = String::new();
        while let Some(cell) = buffer.cell((x, y)) {
            line.push_str(cell.symbol());
            x += (cell.symbol().width() as u16).max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[track_caller]
pub(crate) fn check(app: &App, expect: &ExpectFile) {
    let (buffer, _) = draw(app);
    check_cells(&buffer);
    expect.assert_eq(&text(&buffer));
}

/// Checks that nothing reaches the terminal but whole characters in their own cells.
#[track_caller]
pub(crate) fn check_cells(buffer: &Buffer) {
    for y in 0..buffer.area.height {
        let mut covered = 0;
        for x in 0..buffer.area.width {
            let symbol = buffer.cell((x, y)).map_or("", ratatui::buffer::Cell::symbol);
            if covered > 0 {
                assert_eq!(symbol, "", "under the wide character left of {x},{y}");
                covered -= 1;
                continue;
            }
            assert_eq!(symbol.chars().count(), 1, "{symbol:?} at {x},{y}");
            assert!(!symbol.contains(|c: char| c.is_control()), "{symbol:?} at {x},{y}");
            let width = symbol.width() as u16;
            assert!(width > 0 && x + width <= buffer.area.width, "{symbol:?} at {x},{y}");
            covered = width - 1;
        }
    }
}

macro_rules! screen {
    ($name:literal) => {
        expect_file![concat!("screens/", $name, ".txt")]
    };
}

#[test]
fn explore() {
    check(&county((60, 18), Lang::Chinese), &screen!["explore-60x18"]);
    check(&county((140, 40), Lang::Chinese), &screen!["explore-140x40"]);
    check(&county((200, 50), Lang::English), &screen!["explore-200x50-en"]);
}

#[test]
fn a_figure_with_its_sentence() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["figure-60x18"]),
        ((140, 40), Lang::Chinese, screen!["figure-140x40"]),
        ((100, 30), Lang::English, screen!["figure-100x30-en"]),
    ] {
        let mut app = county(size, lang);
        press(&mut app, "/ 54.18 Enter");
        check(&app, &expect);
    }
}

#[test]
fn a_department_lists_its_disclosures() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "g");
    check(&app, &screen!["department-140x40"]);
}

#[test]
fn search() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["search-60x18"]),
        ((140, 40), Lang::Chinese, screen!["search-140x40"]),
        ((200, 50), Lang::English, screen!["search-200x50-en"]),
    ] {
        let mut app = county(size, lang);
        press(&mut app, "/ 公务 Space 2022 Down");
        check(&app, &expect);
    }
    let mut app = county((60, 18), Lang::Chinese);
    press(&mut app, "/");
    check(&app, &screen!["search-empty-60x18"]);
    press(&mut app, "xyz");
    check(&app, &screen!["search-nothing-60x18"]);
}

#[test]
fn help() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["help-60x18"]),
        ((140, 40), Lang::Chinese, screen!["help-140x40"]),
        ((200, 50), Lang::English, screen!["help-200x50-en"]),
    ] {
        let mut app = county(size, lang);
        press(&mut app, "?");
        check(&app, &expect);
    }
}

#[test]
fn problems() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["problems-60x18"]),
        ((140, 40), Lang::English, screen!["problems-140x40-en"]),
    ] {
        let mut app = county(size, lang);
        app.update(problem(
            "水务局/附件/2021年度部门决算公开报表（扫描件）.pdf",
            ErrorKind::Unreadable(Unreadable::NoReader("pdf")),
        ));
        app.update(problem("空.txt", ErrorKind::Unreadable(Unreadable::Empty)));
        app.settle();
        press(&mut app, "!");
        check(&app, &expect);
    }
    let mut app = county((60, 18), Lang::Chinese);
    press(&mut app, "!");
    check(&app, &screen!["problems-none-60x18"]);
}

#[test]
fn loading_and_empty() {
    let mut app = app((140, 40), Lang::Chinese, &[]);
    check(&app, &screen!["empty-140x40"]);
    app.progress.done = false;
    app.update(Event::Loaded(Loaded::Found(340)));
    app.update(problem("空.txt", ErrorKind::Unreadable(Unreadable::Empty)));
    check(&app, &screen!["loading-nothing-yet-140x40"]);
    app.update(read("文化局/2022.txt", CULTURE_2022));
    app.settle();
    app.update(Event::Resize(Size { width: 60, height: 18 }));
    check(&app, &screen!["loading-60x18"]);
    app.update(Event::Resize(Size { width: 140, height: 40 }));
    app.lang = Lang::English;
    check(&app, &screen!["loading-140x40-en"]);
}

#[test]
fn only_problems() {
    let mut app = app((60, 18), Lang::English, &[]);
    app.update(problem("a.pdf", ErrorKind::Unreadable(Unreadable::NoReader("pdf"))));
    check(&app, &screen!["only-problems-60x18-en"]);
}

#[test]
fn too_small() {
    let mut app = county((40, 8), Lang::Chinese);
    check(&app, &screen!["too-small-40x8"]);
    app.lang = Lang::English;
    check(&app, &screen!["too-small-40x8-en"]);
}

#[test]
fn nothing_of_a_document_reaches_the_terminal_as_it_is() {
    let hostile = "\
栖云\u{202e}县水务局2022年部门\u{200b}预算\u{1b}[2J

一、收支\u{7}总体\u{301}情况\u{9b}31m

2022年收入预算\t1679.88万元\u{1b}]0;x\u{7}，比上年增加\u{2066}115.97万元\u{feff}。其中：\u{e000}e\u{301}\u{20dd}👨\u{200d}👩收入1万元。
";
    let mut app = app((140, 40), Lang::Chinese, &[("恶\u{1b}[31m意\u{202e}.txt", hostile)]);
    app.update(problem("\u{1b}[5m坏\u{200f}.txt", ErrorKind::Io("\u{1b}[0m".to_owned())));
    press(&mut app, "Enter Tab Down");
    check(&app, &screen!["hostile-140x40"]);
    press(&mut app, "!");
    check_cells(&draw(&app).0);
    press(&mut app, "Esc /");
    app.update(Event::Paste("收入\u{1b}[31m\r\n\u{202e}1679".to_owned()));
    check(&app, &screen!["hostile-search-140x40"]);
}

#[test]
fn the_caret_stands_where_text_is_typed() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ 公务a");
    let (buffer, caret) = draw(&app);
    let line: Vec<&str> = (0..caret.x).filter_map(|x| Some(buffer.cell((x, caret.y))?.symbol())).collect();
    assert!(line.concat().ends_with("/ 公务a"), "{:?}", line.concat());
    press(&mut app, "Left Left");
    assert_eq!(draw(&app).1.x, caret.x - 3);
}

/// Returns which pane has the keys and what is selected there.
pub(crate) fn focus(app: &App) -> String {
    let node = app.outline.selected().map(|node| label::node(&app.corpus, node, Lang::Chinese));
    let source = app.passage.place.as_ref().zip(app.passage.source(&app.corpus));
    let source = source.map(|(place, source)| source.cut(place.focus).to_owned());
    format!("{:?} {} [{}]", app.focus, node.unwrap_or_default(), source.unwrap_or_default())
}

#[track_caller]
fn check_keys(steps: &[(&str, &str)]) {
    for size in [(140, 40), (60, 18)] {
        let mut app = county(size, Lang::Chinese);
        for (keys, expect) in steps {
            assert_eq!(press(&mut app, keys), None, "{keys} at {size:?}");
            assert_eq!(focus(&app), *expect, "after {keys} at {size:?}");
            check_cells(&draw(&app).0);
        }
    }
}

#[test]
fn one_drills_down_and_comes_back_up() {
    check_keys(&[
        ("Home", "Tree 栖云县文化局 [栖云县文化局]"),
        ("Esc Esc", "Tree 栖云县文化局 [栖云县文化局]"),
        ("Enter Enter", "Tree 2022 预算 [栖云县文化局]"),
        ("Right", "Tree 2022 预算 [栖云县文化局]"),
        ("l", "Tree 一、收支总体情况 [一、收支总体情况]"),
        ("Enter Enter", "Tree 收入预算 [420.00万元]"),
        ("Enter", "Figures 收入预算 [420.00万元]"),
        ("Enter", "Source 收入预算 [420.00万元]"),
        ("Enter Down PgDn", "Source 收入预算 [420.00万元]"),
        ("Esc", "Figures 收入预算 [420.00万元]"),
        ("h", "Tree 收入预算 [420.00万元]"),
        ("Backspace", "Tree 一、收支总体情况 [一、收支总体情况]"),
        ("Left", "Tree 一、收支总体情况 [一、收支总体情况]"),
        ("Left", "Tree 2022 预算 [栖云县文化局]"),
        ("Left Left", "Tree 栖云县文化局 [栖云县文化局]"),
        ("Left Left Left Esc", "Tree 栖云县文化局 [栖云县文化局]"),
    ]);
}

#[test]
fn panes_take_turns_and_lists_are_gone_through() {
    check_keys(&[
        ("G", "Tree 2022 预算 [栖云县水务局]"),
        ("Tab Down", "Figures 2022 预算 [12人]"),
        ("Down", "Figures 2022 预算 [30人]"),
        ("G k k", "Figures 2022 预算 [0万元]"),
        ("Tab", "Source 2022 预算 [0万元]"),
        ("Tab", "Tree 2022 预算 [栖云县水务局]"),
        ("BackTab BackTab", "Figures 2022 预算 [0万元]"),
        ("Home Enter", "Figures 一、人员情况 [12人]"),
        ("Esc", "Tree 一、人员情况 [一、人员情况]"),
    ]);
}

#[test]
fn a_figure_in_the_tree_and_in_the_pane_beside_it_are_the_same() {
    check_keys(&[
        ("/ 54.18 Enter", "Figures 公务接待费 [54.18%]"),
        ("Down", "Figures 因公出国（境）费 [0万元]"),
        ("Up", "Figures 公务接待费 [3.43万元]"),
        ("Left Down", "Tree 公务接待费 [54.18%]"),
        ("Tab", "Figures 公务接待费 [54.18%]"),
    ]);
}

#[test]
fn only_quitting_quits() {
    let mut app = county((140, 40), Lang::Chinese);
    for keys in [
        "Esc Esc Esc Esc",
        "/ q Esc",
        "? q",
        "! q",
        "/ Enter Esc",
        "Tab Esc Esc",
        "C-z",
        "C-l",
        "f q",
        "f e q q",
        "f m q Esc Esc",
    ] {
        assert_ne!(press(&mut app, keys), Some(Effect::Quit), "{keys}");
        assert!(app.overlay.is_none(), "{keys}");
    }
    assert_eq!(press(&mut app, "q"), Some(Effect::Quit));
    for keys in ["C-c", "/ C-c", "? C-c", "! C-c", "f C-c", "f e C-c", "f m C-c"] {
        assert_eq!(press(&mut county((140, 40), Lang::Chinese), keys), Some(Effect::Quit), "{keys}");
    }
    assert_eq!(app.update(Event::Terminate(15)), Some(Effect::Terminate(15)));
}

#[test]
fn the_mouse_selects_opens_and_scrolls() {
    let click = MouseEventKind::Down(MouseButton::Left);
    let mut app = county((140, 40), Lang::Chinese);
    // The fifth row is the second disclosure of the second department; its marker stands in the fourth column.
    mouse(&mut app, click, 10, 6);
    assert_eq!(focus(&app), "Tree 2022 预算 [栖云县水务局]");
    let rows = app.outline.rows.len();
    mouse(&mut app, click, 4, 6);
    assert!(app.outline.rows.len() > rows, "the marker opens the branch");
    mouse(&mut app, click, 60, 4);
    assert_eq!((app.focus, app.figures.cursor.selected), (Pane::Figures, 1));
    mouse(&mut app, MouseEventKind::ScrollDown, 60, 35);
    assert_eq!(app.focus, Pane::Figures, "the wheel only scrolls");
    mouse(&mut app, click, 60, 35);
    assert_eq!(app.focus, Pane::Source);
    // A click beside a window closes it, one on the selected hit goes there.
    press(&mut app, "?");
    mouse(&mut app, click, 0, 39);
    assert!(app.overlay.is_none());
    press(&mut app, "/ 机关运行");
    let (buffer, caret) = draw(&app);
    check_cells(&buffer);
    mouse(&mut app, click, caret.x, caret.y + 2);
    assert!(app.overlay.is_none() && focus(&app).contains("机关运行"), "{}", focus(&app));
}

#[test]
fn what_is_selected_stays_selected_while_files_come_in() {
    let more = |app: &mut App, sides: &str| {
        for (side, place) in
            sides.chars().flat_map(|side| "山河湖海江城".chars().map(move |place| (side, place)))
        {
            app.update(read("预算.txt", &CULTURE_2022.replace("文化", &format!("{side}{place}"))));
            if place == '湖' {
                app.settle();
            }
        }
        app.settle();
    };
    let mut app = app((140, 20), Lang::Chinese, &[("水务局/2022.txt", WATER_2022)]);
    more(&mut app, "西");
    press(&mut app, "/ 9.93 Enter Left");
    let before = (focus(&app), app.outline.cursor.selected - app.outline.cursor.top);
    more(&mut app, "东南北");
    assert_eq!((focus(&app), app.outline.cursor.selected - app.outline.cursor.top), before);
    assert_eq!(app.corpus.departments().len(), 25);
}

#[test]
fn the_disclosure_selected_in_a_department_stays_so_while_files_come_in() {
    let mut app = app((140, 40), Lang::Chinese, &[("2022.txt", WATER_2022)]);
    press(&mut app, "g Tab");
    assert_eq!(focus(&app), "Figures 栖云县水务局 [栖云县水务局]");
    let selected = app.figures.selected();
    app.update(read("2023.txt", WATER_2023));
    app.settle();
    assert_eq!((app.figures.selected(), app.figures.cursor.selected), (selected, 1));
}

#[test]
fn until_a_person_chooses_the_first_disclosure_is_selected() {
    let mut app = app((140, 40), Lang::Chinese, &[("水务局/2022.txt", WATER_2022)]);
    app.update(read("文化局/2022.txt", CULTURE_2022));
    app.settle();
    assert_eq!(focus(&app), "Tree 2022 预算 [栖云县文化局]");
    assert_eq!(app.outline.cursor.selected, 1);
}

/// Returns what is marked as the figure in a frame.
fn marked(buffer: &Buffer) -> String {
    let figure = Theme::new(true).figure;
    let cells = buffer.content.iter().filter(|cell| cell.fg == Color::Yellow);
    let cells = cells.filter(|cell| cell.modifier == figure.add_modifier);
    cells.flat_map(|cell| cell.symbol().chars()).filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_figure_of_the_samples_is_marked_in_its_sentence() {
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), Size { width: 60, height: 18 });
    for loaded in start(Input::Samples) {
        app.update(Event::Loaded(loaded));
    }
    app.settle();
    let mut seen = 0;
    for row in 0..app.outline.rows.len() {
        press(&mut app, "Home");
        for _ in 0..row {
            press(&mut app, "Down");
        }
        press(&mut app, "Tab Home");
        for _ in 0..app.figures.lines.len() {
            let place = app.passage.place.clone().filter(|place| place.figure);
            if let Some((place, source)) = place.zip(app.passage.source(&app.corpus)) {
                let written: String =
                    source.cut(place.focus).chars().filter(|c| !c.is_whitespace()).collect();
                assert_eq!(marked(&draw(&app).0), format!("[{written}]"));
                seen += 1;
            }
            press(&mut app, "Down");
        }
        press(&mut app, "Left");
    }
    assert!(seen > 500, "{seen} figures");
}

fn any_event() -> impl Strategy<Value = Event> {
    let keys = "Up Down Left Right Enter Esc Tab BackTab Backspace Home End PgUp PgDn Space C-u C-d C-w C-l / ? ! L j k h l g G f n N a d m : t y v x o [ ] z T U r C-t C-z F1 u e s c b t O w 1 公 2 .";
    let keys: Vec<&'static str> = keys.split(' ').collect();
    let key = proptest::sample::select(keys).prop_map(|key| {
        let code = match key {
            "Up" => KeyCode::Up,
            "Down" => KeyCode::Down,
            "Left" => KeyCode::Left,
            "Right" => KeyCode::Right,
            "Enter" => KeyCode::Enter,
            "Esc" => KeyCode::Esc,
            "Tab" => KeyCode::Tab,
            "BackTab" => KeyCode::BackTab,
            "Backspace" => KeyCode::Backspace,
            "Home" => KeyCode::Home,
            "End" => KeyCode::End,
            "PgUp" => KeyCode::PageUp,
            "PgDn" => KeyCode::PageDown,
            "Space" => KeyCode::Char(' '),
            "F1" => KeyCode::F(1),
            other => KeyCode::Char(other.chars().next_back().expect("a letter")),
        };
        let control = if key.starts_with("C-") { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
        Event::Key(KeyEvent::new(code, control))
    });
    let kind = prop_oneof![
        Just(MouseEventKind::Down(MouseButton::Left)),
        Just(MouseEventKind::ScrollUp),
        Just(MouseEventKind::ScrollDown),
    ];
    let mouse = (kind, 0u16..150, 0u16..45).prop_map(|(kind, column, row)| {
        Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
    });
    let size = (0u16..150, 0u16..45).prop_map(|(width, height)| Event::Resize(Size { width, height }));
    let sensible = Just(()).prop_map(|()| Event::Resize(Size { width: 100, height: 30 }));
    let file = Just(()).prop_map(|()| read("新.txt", CULTURE_2022));
    prop_oneof![12 => key, 3 => mouse, 1 => size, 1 => sensible, 1 => file]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_happens_every_frame_is_whole(events in proptest::collection::vec(any_event(), 1..60)) {
        let mut app = county((100, 30), Lang::Chinese);
        for event in events {
            app.update(event);
            app.settle();
            check_cells(&draw(&app).0);
        }
    }
}

#[test]
fn every_size_can_be_drawn() {
    let mut app = county((140, 40), Lang::Chinese);
    for keys in [
        "",
        "/ 公务",
        "Esc ?",
        "Esc !",
        "Esc f",
        "e",
        "Esc m",
        "Esc Esc f / 公",
        "Esc Esc O",
        "Esc c",
        "Enter",
        "Esc t",
        "Esc n",
    ] {
        press(&mut app, keys);
        for width in (0..20).chain(55..65).chain([89, 90, 91, 300]) {
            for height in (0..24).chain([100]) {
                app.update(Event::Resize(Size { width, height }));
                check_cells(&draw(&app).0);
            }
        }
    }
}
