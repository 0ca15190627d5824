//! Every state of the screens at three sizes and in both languages, and without colours: one table, so that a new window
//! without its pictures fails the test.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use mingbai::corpus::load::Loaded;
use mingbai::error::{Error, ErrorKind};
use mingbai::lang::Lang;
use mingbai::source::Unreadable;
use mingbai::tui::keymap::{MODES, Mode};
use mingbai::tui::{App, Event, Options, Settings, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};

use crate::grid::PAGE;
use crate::screens::{app, check_cells, county, draw, press, read, text};

/// A state of the screens: its name, what has the keys in it, what is open, and the keys that lead to it.
type State = (&'static str, Mode, Open, &'static str);

/// What is open at first.
#[derive(Debug, Clone, Copy)]
enum Open {
    /// Departments with texts and tables, and files that cannot be read.
    County,
    /// One disclosure in which all adds up.
    Right,
    /// Two years of which the second splits a line of the first.
    Years,
    /// A folder that is still being read.
    Loading,
    /// One of which no file was read yet.
    Beginning,
    /// A folder without a disclosure.
    Empty,
    /// A folder whose files cannot be read.
    Problems,
}

use Open::{Beginning, County, Empty, Loading, Problems, Right, Years};

/// Every state that looks otherwise than the others.
const STATES: &[State] = &[
    ("explore", Mode::Explore, County, ""),
    ("department", Mode::Explore, County, "Home"),
    ("section", Mode::Explore, County, "/ 机关运行经费情况 Enter Enter"),
    ("figure", Mode::Explore, County, "/ 54.18 Enter"),
    ("source", Mode::Explore, County, "/ 54.18 Enter Tab"),
    ("finding", Mode::Explore, County, "n n"),
    ("dismissed", Mode::Explore, County, "n d"),
    ("marked", Mode::Explore, County, "/ 三公 Enter Space Space"),
    ("units", Mode::Explore, County, "/ 三公 Enter U"),
    ("narrowed", Mode::Explore, County, "/ 公务 C-t"),
    ("told", Mode::Explore, County, "x"),
    ("loading", Mode::Explore, Loading, ""),
    ("beginning", Mode::Explore, Beginning, ""),
    ("empty", Mode::Explore, Empty, ""),
    ("unread", Mode::Explore, Problems, ""),
    ("table", Mode::Table, County, "/ 水利工程运行 Enter Tab"),
    ("table-tree", Mode::Explore, County, "/ 水利工程运行 Enter Left"),
    ("table-text", Mode::Explore, County, "/ 水利工程运行 Enter Tab v"),
    ("search-empty", Mode::Search, County, "/"),
    ("search", Mode::Search, County, "/ 公务 Space 2022 Down"),
    ("search-nothing", Mode::Search, County, "/ xyz"),
    ("search-filter", Mode::Search, County, "/ 部门:"),
    ("help", Mode::Help, County, "?"),
    ("help-table", Mode::Help, County, "/ 水利工程运行 Enter Tab ?"),
    ("help-findings", Mode::Help, County, "f ?"),
    ("help-compare", Mode::Help, County, "/ 54.18 Enter c Enter ?"),
    ("help-search", Mode::Help, County, "/ F1"),
    ("problems", Mode::Problems, County, "!"),
    ("problems-none", Mode::Problems, Right, "!"),
    ("findings", Mode::Findings, County, "f Down"),
    ("findings-judged", Mode::Findings, County, "f a Down d Home"),
    ("findings-chosen", Mode::Findings, County, "f s t"),
    ("findings-none", Mode::Findings, Right, "f"),
    ("filter", Mode::Filter, County, "f / 公务"),
    ("filter-nothing", Mode::Filter, County, "f / xyz"),
    ("explanation", Mode::Explanation, County, "f e"),
    ("note", Mode::Note, County, "f m 已问过"),
    ("outcomes", Mode::Outcomes, County, "O"),
    ("outcomes-disclosure", Mode::Outcomes, County, "O n Down"),
    ("choose", Mode::Choose, County, "/ 54.18 Enter c"),
    ("choose-nothing", Mode::Choose, County, "/ 54.18 Enter c xyz"),
    ("compare", Mode::Compare, County, "/ 54.18 Enter c Enter n"),
    ("compare-why", Mode::Compare, County, "/ 54.18 Enter c Enter n e"),
    ("compare-alone", Mode::Compare, County, "/ 54.18 Enter c Enter o o"),
    ("compare-parts", Mode::Compare, County, "/ 54.18 Enter c Enter w"),
    ("compare-sorted", Mode::Compare, County, "/ 54.18 Enter c Enter s x"),
    ("compare-split", Mode::Compare, Years, "c Enter n"),
    ("compare-split-why", Mode::Compare, Years, "c Enter n n e"),
    ("trend", Mode::Trend, County, "/ 收入预算 Enter t"),
    ("palette", Mode::Palette, County, ":"),
    ("palette-nothing", Mode::Palette, County, ": xyz"),
    ("copy", Mode::Copying, County, "/ 54.18 Enter y Down"),
];

/// The sizes of the pictures.
const SIZES: [(u16, u16); 3] = [(60, 18), (100, 30), (160, 45)];

fn problem(file: &str, kind: ErrorKind) -> Event {
    Event::Loaded(Loaded::Problem(Error { path: PathBuf::from(file), kind }))
}

fn state(open: Open, keys: &str, size: (u16, u16), lang: Lang) -> App {
    let problems = |app: &mut App| {
        let scan = ErrorKind::Unreadable(Unreadable::Scan);
        app.update(problem("水务局/附件/2021年度部门决算公开报表（扫描件）.pdf", scan));
        app.update(problem("空.txt", ErrorKind::Unreadable(Unreadable::Empty)));
        app.settle();
    };
    let unfinished = |found| {
        let options = Options { lang, title: "公开".to_owned() };
        let mut app = App::new(options, Theme::new(true), Size { width: size.0, height: size.1 });
        app.update(Event::Loaded(Loaded::Found(found)));
        app
    };
    let right = "栖云县文化局2022年部门预算\n\n一、收支总体情况\n\n2022年收入预算420.00万元。\n";
    let mut app = match open {
        County => {
            let mut app = county(size, lang);
            app.update(read("水利局/2022.html", &PAGE.replace("水务", "水利")));
            problems(&mut app);
            app
        }
        Right => app(size, lang, &[("2022.txt", right)]),
        Years => {
            let year = |year: u16, parts: &str| {
                format!(
                    "栖云县文化局{year}年部门预算\n\n一、支出预算情况\n\n{year}年支出预算131.57万元，其中：\
                    {parts}；办公费100.00万元。\n"
                )
            };
            let before = year(2022, "对外服务费31.57万元");
            let after = year(2023, "咨询费12.34万元；劳务费19.23万元");
            app(size, lang, &[("2022.txt", &before), ("2023.txt", &after)])
        }
        Loading => {
            let mut app = unfinished(340);
            app.update(read("2022.txt", right));
            problems(&mut app);
            app
        }
        Beginning => unfinished(12),
        Empty => app(size, lang, &[]),
        Problems => {
            let mut app = app(size, lang, &[]);
            problems(&mut app);
            app
        }
    };
    press(&mut app, keys);
    while app.is_busy() {
        app.work();
    }
    app.settle();
    app
}

/// Returns what the cells of a frame look like otherwise than by colour: a letter each.
fn looks(buffer: &Buffer) -> String {
    let mut looks = String::new();
    for y in 0..buffer.area.height {
        let cells = (0..buffer.area.width).filter_map(|x| buffer.cell((x, y)));
        let line: String = cells
            .map(|cell| {
                assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "a colour without colours");
                match cell.modifier {
                    modifier if modifier.contains(Modifier::REVERSED) => 'r',
                    modifier if modifier.contains(Modifier::UNDERLINED) => 'u',
                    modifier if modifier.contains(Modifier::BOLD) => 'b',
                    modifier if modifier.contains(Modifier::DIM) => 'd',
                    _ => ' ',
                }
            })
            .collect();
        let _ = writeln!(looks, "{}", line.trim_end());
    }
    looks
}

/// What may stand in Latin letters on a Chinese screen: names of keys, codes of checks and of formats, the way to English.
const LATIN: &[&str] = &[
    "Alt",
    "Backspace",
    "Ctrl",
    "Delete",
    "Down",
    "End",
    "English",
    "Enter",
    "Esc",
    "F",
    "Home",
    "PgDn",
    "PgUp",
    "Shift",
    "Space",
    "Tab",
    "BALANCE",
    "CONTINUITY",
    "COUNT",
    "DEFINITION",
    "DELTA",
    "DIRECTION",
    "PERIOD",
    "RATE",
    "SHARE",
    "STRUCTURE",
    "SUM",
    "TEXT",
    "UNIT",
    "XREF",
    "CSV",
    "PDF",
    "Word",
    "Excel",
    "html",
    "md",
    "pdf",
    "txt",
    "fg",
    "gwjd",
    "xyz",
];

/// Returns the English words on a Chinese screen.
fn english(screen: &str) -> BTreeSet<&str> {
    screen
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| word.len() > 1 && !LATIN.contains(word))
        .collect()
}

#[test]
fn every_state_has_its_pictures() {
    let mut shown = BTreeSet::new();
    for &(name, mode, open, keys) in STATES {
        let mut pictures = String::new();
        for lang in [Lang::Chinese, Lang::English] {
            for size in SIZES {
                let app = state(open, keys, size, lang);
                assert_eq!(app.mode(), mode, "{name} at {size:?}");
                let (buffer, _) = draw(&app);
                check_cells(&buffer);
                let screen = text(&buffer);
                let _ = write!(pictures, "{}×{} {lang:?}\n{screen}\n", size.0, size.1);
                if lang == Lang::Chinese && open_is_chinese(name) {
                    assert_eq!(english(&screen), BTreeSet::new(), "{name} at {size:?}:\n{screen}");
                }
            }
        }
        let (size, lang) = (SIZES[0], Lang::Chinese);
        let mut app = state(open, keys, size, lang);
        let coloured = text(&draw(&app).0);
        let told = app.told.take();
        app.apply(Settings { colours: false, unit: app.settings.unit, ..Settings::default() });
        app.told = told;
        let (buffer, _) = draw(&app);
        assert_eq!(text(&buffer), coloured, "{name}: without colours all is said that is said with them");
        let _ = write!(pictures, "{}×{} NO_COLOR\n{}", size.0, size.1, looks(&buffer));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/screens/gallery/{name}.txt"));
        expect_file![file].assert_eq(&pictures);
        shown.insert(format!("{mode:?}"));
    }
    for mode in MODES {
        assert!(shown.contains(&format!("{mode:?}")), "{mode:?} has no picture: give it a line in STATES");
    }
    let names: BTreeSet<String> = STATES.iter().map(|(name, ..)| format!("{name}.txt")).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/screens/gallery");
    let files = std::fs::read_dir(folder).expect("the pictures").flatten();
    let files: BTreeSet<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(files, names, "every picture is of a state");
}

/// Whether nothing on a Chinese screen is English by its nature: the palette has the names of the configuration.
fn open_is_chinese(name: &str) -> bool {
    !name.starts_with("palette")
}
