//! Two disclosures side by side: on screen, on the command line, and what holds of every comparison.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use expect_test::{ExpectFile, expect_file};
use mingbai::corpus::compare::{Comparison, Only, Part, Side, Sort, Verdict};
use mingbai::corpus::load::{Input, load_all, start};
use mingbai::corpus::{Corpus, EntryId, ItemRef};
use mingbai::lang::Lang;
use mingbai::model::{ItemId, Measure};
use mingbai::quantity::Unit;
use mingbai::tui::overlay::Overlay;
use mingbai::tui::{App, Event, Options, Theme};
use ratatui::layout::Size;
use ratatui::style::Color;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::screens::{app, check, check_cells, draw, focus, press, text};
use crate::shared::beside;

const BUDGET_2022: &str = "\
栖云县水务局2022年部门预算

第二部分 2022年部门预算情况说明

一、收入支出预算情况

2022年收入预算1679.88万元，其中：一般公共预算拨款收入931.56万元；其他收入748.32万元。2022年支出预算1679.88万元，其中：基本支出600.00万元，项目支出1079.88万元。

二、“三公”经费情况

2022年“三公”经费预算6.58万元，其中：公务用车购置及运行费3.12万元，占“三公”经费的45.82%；公务接待费3.46万元，主要是接待任务。因公出国（境）费0万元。

三、机关运行经费情况

2022年机关运行经费143.18万元。
";

const BUDGET_2023: &str = "\
栖云县水务局2023年部门预算

第二部分 2023年部门预算情况说明

一、收入支出预算情况

2023年收入预算1700.00万元，其中：一般公共预算拨款收入940.00万元；其他收入760.00万元。2023年支出预算1700.00万元，其中：基本支出585.00万元，项目支出1115.00万元。

二、“三公”经费情况

2023年“三公”经费预算6.55万元，其中：公务用车购置及运行费3.12万元；公务接待费34300元，主要原因是接待减少。会议费1.20万元。

三、机关运行经费情况

2023年机关运行经费143.18万元，2022年机关运行经费143.50万元。
";

const FINAL_2023: &str = "\
栖云县水务局2023年部门决算

一、收入支出决算情况

2023年收入总计1802.44万元，其中：财政拨款收入1790.12万元，其他收入12.32万元。

二、“三公”经费情况

2023年“三公”经费支出5.95万元，其中：公务接待费2.83万元。
";

fn county(size: (u16, u16), lang: Lang) -> App {
    let files = [("2022.txt", BUDGET_2022), ("2023.txt", BUDGET_2023), ("2023决.txt", FINAL_2023)];
    app(size, lang, &files)
}

fn samples(size: (u16, u16)) -> App {
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), Size { width: size.0, height: size.1 });
    for loaded in start(Input::Samples) {
        app.update(Event::Loaded(loaded));
    }
    app.settle();
    app
}

macro_rules! screen {
    ($name:literal) => {
        expect_file![concat!("screens/", $name, ".txt")]
    };
}

/// The sizes that every state of the screens is drawn at, with their languages.
const SIZES: [((u16, u16), Lang); 3] =
    [((60, 18), Lang::Chinese), ((120, 40), Lang::Chinese), ((200, 50), Lang::English)];

/// Draws a state at the three sizes.
#[track_caller]
fn check_sizes(keys: &str, expect: &[ExpectFile; 3]) {
    for ((size, lang), expect) in SIZES.into_iter().zip(expect) {
        let mut app = county(size, lang);
        press(&mut app, keys);
        check(&app, expect);
    }
}

#[test]
fn the_screen() {
    check_sizes(
        "/ 34300 Enter c Enter",
        &[screen!["compare-60x18"], screen!["compare-120x40"], screen!["compare-200x50-en"]],
    );
}

#[test]
fn why_two_rows_are_one() {
    check_sizes(
        "/ 34300 Enter c Enter e s",
        &[screen!["compare-why-60x18"], screen!["compare-why-120x40"], screen!["compare-why-200x50-en"]],
    );
}

#[test]
fn only_what_is_on_one_side() {
    check_sizes(
        "/ 34300 Enter c Enter o o",
        &[
            screen!["compare-alone-60x18"],
            screen!["compare-alone-120x40"],
            screen!["compare-alone-200x50-en"],
        ],
    );
}

#[test]
fn how_a_change_comes_about() {
    check_sizes(
        "/ 585 Enter c Enter w",
        &[
            screen!["compare-parts-60x18"],
            screen!["compare-parts-120x40"],
            screen!["compare-parts-200x50-en"],
        ],
    );
}

#[test]
fn the_other_is_chosen() {
    check_sizes(
        "/ 34300 Enter c 2023",
        &[screen!["choose-60x18"], screen!["choose-120x40"], screen!["choose-200x50-en"]],
    );
}

#[test]
fn the_trend() {
    check_sizes(
        "/ 143.18 Space 2023 Enter t Down",
        &[screen!["trend-60x18"], screen!["trend-120x40"], screen!["trend-200x50-en"]],
    );
}

#[test]
fn nothing_is_lost_without_colours() {
    for (keys, expect) in [
        ("/ 34300 Enter c Enter", screen!["compare-plain-120x40"]),
        ("/ 143.18 Enter t", screen!["trend-plain-120x40"]),
    ] {
        let mut app = county((120, 40), Lang::Chinese);
        app.theme = Theme::new(false);
        press(&mut app, keys);
        let (buffer, _) = draw(&app);
        check(&app, &expect);
        let coloured =
            buffer.content.iter().filter(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        assert_eq!(coloured.count(), 0, "{keys}");
    }
}

/// Returns where the compare screen stands: the names of the selected row on both sides, and how many rows there are.
fn compared(app: &App) -> String {
    let Some(compare) = &app.compare else { return focus(app) };
    let Some(row) = compare.selected_row() else { return format!("— of {}", compare.len()) };
    let names = [Side::Left, Side::Right].map(|side| {
        let entry = app.corpus.entry(compare.comparison.entry(side)).expect("it is there");
        let item = row.item(side).map(|item| &entry.disclosure.items[item.0 as usize]);
        item.map_or("—".to_owned(), |item| {
            format!("{} {}", app.corpus.words.subject_text(item.subject), item.value)
        })
    });
    format!("{} | {} of {}", names[0], names[1], compare.len())
}

#[test]
fn keys_lead_through_the_comparison() {
    for size in [(120, 40), (60, 18)] {
        let mut app = county(size, Lang::Chinese);
        for (keys, expect) in [
            ("/ 34300 Enter c", "Figures 公务接待费 [34300元]"),
            ("Enter", "公务接待费 3.46 | 公务接待费 34300 of 12"),
            ("n", "因公出国（境）费 0 | — of 12"),
            ("n", "— | 会议费 1.20 of 12"),
            ("n", "— | 会议费 1.20 of 12"),
            ("N N", "公务接待费 3.46 | 公务接待费 34300 of 12"),
            ("N", "“三公”经费 6.58 | “三公”经费 6.55 of 12"),
            ("Home", "收入预算 1679.88 | 收入预算 1700.00 of 12"),
            ("s Home", "项目支出 1079.88 | 项目支出 1115.00 of 12"),
            ("s Home", "项目支出 1079.88 | 项目支出 1115.00 of 12"),
            ("s o", "项目支出 1079.88 | 项目支出 1115.00 of 10"),
            ("o Home", "因公出国（境）费 0 | — of 2"),
            ("o", "因公出国（境）费 0 | — of 12"),
            ("x", "— | 因公出国（境）费 0 of 12"),
            ("N N", "公务接待费 34300 | 公务接待费 3.46 of 12"),
            ("w", "公务接待费 34300 | 公务接待费 3.46 of 9"),
            ("Up Up", "“三公”经费 6.55 | “三公”经费 6.58 of 9"),
            ("w 1", "Figures “三公”经费 [6.55万元]"),
            ("c Enter 2", "Figures “三公”经费 [6.55万元]"),
            ("c Enter 1", "Figures “三公”经费 [6.58万元]"),
            ("c Enter Enter", "Figures “三公”经费 [6.55万元]"),
            ("c Esc", "Figures “三公”经费 [6.55万元]"),
            ("c 决算 Enter", "“三公”经费 6.55 | “三公”经费 5.95 of 12"),
            ("c ? Esc L L t Esc q", "Figures “三公”经费 [6.55万元]"),
            ("t Enter", "Figures “三公”经费 [6.55万元]"),
        ] {
            assert_eq!(press(&mut app, keys), None, "{keys} at {size:?}");
            assert_eq!(compared(&app), expect, "after {keys} at {size:?}");
            check_cells(&draw(&app).0);
        }
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let mut app = app((100, 30), Lang::English, &[("2022.txt", BUDGET_2022)]);
    press(&mut app, "c");
    assert_eq!(app.told.as_deref(), Some("there is no other disclosure to compare with"));
    assert!(app.overlay.is_none() && app.compare.is_none());
    press(&mut app, "t");
    assert_eq!(app.told.as_deref(), Some("choose a figure first"));
}

#[test]
fn the_trend_leads_to_the_text() {
    let mut app = county((120, 40), Lang::Chinese);
    press(&mut app, "/ 143.18 Space 2023 Enter t");
    let Some(Overlay::Trend(shown)) = &app.overlay else { panic!("it is open") };
    let years: Vec<(u16, bool)> =
        shown.trend.points.iter().map(|point| (point.year, point.contradicts)).collect();
    assert_eq!(years, [(2022, false), (2022, true), (2023, false)]);
    press(&mut app, "Home Down Enter");
    assert_eq!(focus(&app), "Figures 机关运行经费 [143.50万元]");
}

#[test]
fn every_size_can_be_drawn() {
    for keys in ["", "e w", "o o s", "t", "c 决", "n n"] {
        let mut app = county((140, 40), Lang::Chinese);
        press(&mut app, &format!("/ 34300 Enter c Enter {keys}"));
        for width in (55..65).chain([84, 86, 87, 108, 110, 111, 300]) {
            for height in (0..24).chain([100]) {
                app.update(Event::Resize(Size { width, height }));
                check_cells(&draw(&app).0);
            }
        }
    }
}

/// Checks what holds of every comparison: each level stands in one row and once, pairs are of one kind, and the parts of
/// a change add up to it.
fn check_laws(corpus: &Corpus, left: EntryId, right: EntryId) -> usize {
    let comparison = Comparison::new(corpus, left, right);
    for (side, entry) in [(Side::Left, left), (Side::Right, right)] {
        let disclosure = &corpus.entry(entry).expect("it is there").disclosure;
        let mut seen = BTreeSet::new();
        for row in &comparison.rows {
            for item in row.item(side).into_iter().chain(row.again(side).iter().copied()) {
                assert!(seen.insert(item), "{item:?} stands twice");
            }
        }
        let year = disclosure.header.year.map(|year| year.value);
        let basis = disclosure.header.basis.map(|basis| basis.value);
        for (id, item) in (0..).map(ItemId).zip(&disclosure.items) {
            let level = matches!(item.measure, Measure::Amount | Measure::Count);
            let own = item.year() == year && item.basis == basis;
            assert!(!(level && own) || seen.contains(&id), "{id:?} is lost");
            assert!(level || !seen.contains(&id));
        }
    }
    for (at, row) in comparison.rows.iter().enumerate() {
        assert_eq!(row.evidence.is_some(), !row.is_alone(), "{row:?}");
        assert!(row.parent.is_none_or(|total| (total as usize) < at), "a total stands before its parts");
        if let Some(change) = row.change {
            assert!(
                change.range.low <= change.to - change.from && change.to - change.from <= change.range.high
            );
            assert_eq!(change.verdict == Verdict::Same, change.from == change.to);
        }
    }
    for steps in comparison.waterfalls(corpus) {
        let Part::Row(total) = steps[0].part else { panic!("the total comes first") };
        assert_eq!(steps, comparison.contributions(corpus, total));
        for (at, step) in steps.iter().enumerate() {
            // The parts directly below, by the way of breaking down that each belongs to.
            let below: Vec<_> = steps[at + 1..].iter().take_while(|below| below.depth > step.depth).collect();
            let direct = below.iter().filter(|below| below.depth == step.depth + 1);
            let ways: BTreeSet<u16> = direct.clone().map(|below| below.way).collect();
            for way in ways {
                let parts = direct.clone().filter(|below| below.way == way);
                let sum: Decimal = parts.clone().map(|part| part.difference).sum();
                let rest = parts.clone().any(|part| part.part == Part::Rest);
                // Without a rest, rounding alone is what is missing: half a place of each figure.
                let rows = parts.map(|part| part.part).chain([step.part]);
                let rounding: Decimal = rows.map(|part| rounding(corpus, &comparison, part, step.unit)).sum();
                let most = if rest { Decimal::new(1, 4) } else { rounding };
                let gap = (sum - step.difference).abs();
                assert!(gap <= most, "{gap} is missing under {step:?}");
            }
        }
    }
    let all = comparison.selected(Only::All, Sort::Document);
    for sort in Sort::ALL {
        let sorted: BTreeSet<usize> = comparison.selected(Only::All, sort).into_iter().collect();
        assert_eq!(sorted.len(), all.len());
    }
    comparison.rows.iter().filter(|row| !row.is_alone()).count()
}

/// Returns how much the figures of a row may have been rounded by, in a unit.
fn rounding(corpus: &Corpus, comparison: &Comparison, part: Part, unit: Unit) -> Decimal {
    let Part::Row(row) = part else { return Decimal::ZERO };
    let half = |side: Side| {
        let item = comparison.rows[row].item(side)?;
        let item = corpus.item(ItemRef { entry: comparison.entry(side), item })?;
        let interval = item.value.interval();
        // What is counted is exact.
        Some((interval.high - item.value.decimal()) * item.unit.yuan()? / unit.yuan()?)
    };
    half(Side::Left).unwrap_or_default() + half(Side::Right).unwrap_or_default()
}

fn corpora() -> Vec<Corpus> {
    let mut inputs = vec![Input::Samples];
    match beside("seeds") {
        Some(seeds) => inputs.push(Input::Paths(vec![seeds])),
        None => eprintln!("no real disclosures stand beside the project: compared the samples alone"),
    }
    inputs.into_iter().map(|input| load_all(input, &mut |_, _| {})).collect()
}

#[test]
fn what_holds_of_every_comparison() {
    for corpus in corpora() {
        for &left in corpus.order() {
            for &right in corpus.order() {
                check_laws(&corpus, left, right);
            }
        }
    }
}

#[test]
fn a_disclosure_is_the_same_as_itself() {
    for corpus in corpora() {
        for &entry in corpus.order() {
            let comparison = Comparison::new(&corpus, entry, entry);
            assert!(!comparison.rows.is_empty());
            for row in &comparison.rows {
                assert_eq!(row.left, row.right);
                assert!(row.change.is_some_and(|change| change.verdict == Verdict::Same));
            }
        }
    }
}

#[test]
fn two_years_of_the_samples_have_most_levels_in_common() {
    let corpus = load_all(Input::Samples, &mut |_, _| {});
    let mut pairs = 0;
    for &left in corpus.order() {
        for &right in corpus.order() {
            let header = |entry: EntryId| &corpus.entry(entry).expect("it is there").disclosure.header;
            let (a, b) = (header(left), header(right));
            let same = corpus.department_id(left) == corpus.department_id(right)
                && a.basis.map(|basis| basis.value) == b.basis.map(|basis| basis.value);
            if !same || a.year.map(|year| year.value + 1) != b.year.map(|year| year.value) {
                continue;
            }
            let comparison = Comparison::new(&corpus, left, right);
            let both = comparison.rows.iter().filter(|row| !row.is_alone()).count();
            let share = both * 100 / comparison.rows.len();
            assert!(share >= 45, "{share} % of {} and {} are aligned", left.0, right.0);
            // A code is one line of the classification, whatever it is called.
            let code = |entry: EntryId, item: ItemId| {
                let item = &corpus.entry(entry).expect("it is there").disclosure.items[item.0 as usize];
                corpus.words.get(item.subject).and_then(|subject| subject.code)
            };
            for row in &comparison.rows {
                if let (Some(first), Some(second)) = (row.left, row.right)
                    && let (Some(first), Some(second)) = (code(left, first), code(right, second))
                {
                    assert_eq!(first, second);
                }
            }
            pairs += 1;
        }
    }
    assert!(pairs >= 5, "{pairs}");
}

#[test]
fn the_samples_can_be_gone_through_on_screen() {
    let mut app = samples((120, 40));
    for entry in 0..app.corpus.order().len() {
        press(&mut app, "Home");
        for _ in 0..entry {
            press(&mut app, "Down");
        }
        press(&mut app, "c Enter");
        for keys in ["n n n e", "s Home", "s PgDn", "o", "o", "w PgDn", "Esc"] {
            press(&mut app, keys);
            check_cells(&draw(&app).0);
        }
    }
    let shown = text(&draw(&app).0);
    assert!(shown.contains("目录"), "{shown}");
}

fn run(folder: &crate::folder::Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_mingbai"))
        .args(arguments)
        .current_dir(folder.path())
        .env("LANG", "en_GB.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn three() -> crate::folder::Folder {
    crate::folder::Folder::new(&[("a.txt", BUDGET_2022), ("b.txt", BUDGET_2023), ("c.txt", FINAL_2023)])
}

#[test]
fn the_command_writes_an_aligned_table() {
    let folder = three();
    let (code, out, err) = run(&folder, &["compare", "a.txt", "b.txt"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    expect_file!["screens/compare-command.txt"].assert_eq(&out);
    for (left, right) in [("2022/budget", "2023/budget"), ("水务局/2022", "2023/预算")] {
        let (code, named, err) = run(&folder, &["compare", left, right, "--in", "."]);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert_eq!(named, out, "{left} {right}");
    }
    let (_, changed, _) =
        run(&folder, &["compare", "a.txt", "b.txt", "--only", "changed", "--sort", "difference"]);
    let first: Vec<&str> = changed.lines().take(2).collect();
    assert!(first[1].starts_with("项目支出 ") && first[1].contains("+35.12万元"), "{changed}");
    assert!(!changed.contains("机关运行经费"), "{changed}");
}

#[test]
fn the_command_writes_for_programs() {
    let folder = three();
    let (_, out, _) = run(&folder, &["compare", "a.txt", "b.txt", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((&json["schema"], &json["left"]["year"]), (&"mingbai-compare/1".into(), &2022.into()));
    let rows = json["rows"].as_array().expect("a list");
    let row = rows.iter().find(|row| row["right"]["value"] == "34300").expect("it is there");
    assert_eq!(
        (&row["difference"], &row["unit"], &row["percent"]),
        (&"-0.03".into(), &"万元".into(), &"-0.9".into())
    );
    assert_eq!((&row["match"], &row["verdict"]), (&"name".into(), &"changed".into()));
    let range: Vec<&str> = row["range"].as_array().expect("two").iter().filter_map(Value::as_str).collect();
    assert_eq!(range, ["-0.03505", "-0.02495"]);
    let span = |side: &str, text: &str| {
        let [start, end] = [0, 1].map(|at| row[side]["span"][at].as_u64().expect("a number") as usize);
        text.get(start..end).expect("on character boundaries").to_owned()
    };
    assert_eq!(
        (span("left", BUDGET_2022), span("right", BUDGET_2023)),
        ("3.46万元".into(), "34300元".into())
    );
    assert_eq!(json["contributions"].as_array().map(Vec::len), Some(3));
    let named = rows.iter().filter_map(|row| row["left"]["findings"].as_array()).flatten().count();
    assert!(named > 0, "the wrong share is named");
    let (_, csv, _) = run(&folder, &["compare", "a.txt", "b.txt", "--format", "csv"]);
    assert_eq!(csv.lines().count(), rows.len() + 1);
    assert!(csv.contains("1,公务接待费,3.46,万元,11,34300,元,11,-0.03,万元,-0.9,changed,name,no"), "{csv}");
}

#[test]
fn the_command_tells_what_was_split() {
    let year = |year: u16, parts: &str| {
        format!(
            "栖云县文化局{year}年部门预算\n\n一、支出\n\n{year}年支出预算131.57万元，其中：{parts}，办公费100.00万元。\n"
        )
    };
    let (before, after) = (year(2022, "对外服务费31.57万元"), year(2023, "咨询费12.34万元，劳务费19.23万元"));
    let folder = crate::folder::Folder::new(&[("a.txt", &before), ("b.txt", &after)]);
    let (_, text, _) = run(&folder, &["compare", "a.txt", "b.txt"]);
    assert!(text.contains("on one side only, = 咨询费 + 劳务费\n"), "{text}");
    assert!(text.contains("on one side only, + 劳务费 = 对外服务费\n"), "{text}");
    let (_, csv, _) = run(&folder, &["compare", "a.txt", "b.txt", "--format", "csv"]);
    let line = csv.lines().find(|line| line.contains("对外服务费")).expect("it has a line");
    assert!(line.ends_with("left_only,,,\"咨询费 + 劳务费\""), "{csv}");
    let (_, json, _) = run(&folder, &["compare", "b.txt", "a.txt", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    let rows = json["rows"].as_array().expect("a list");
    let whole = rows.iter().find(|row| row["made_of"].is_array()).expect("one is made of others");
    assert_eq!(whole["right"]["subject"], "对外服务费");
    let parts: Vec<&Value> = whole["made_of"].as_array().into_iter().flatten().collect();
    let named = rows.iter().filter(|row| parts.contains(&&row["id"])).map(|row| &row["left"]["subject"]);
    assert_eq!(named.collect::<Vec<_>>(), ["咨询费", "劳务费"]);
    assert!(rows.iter().filter(|row| !row["left"].is_null()).all(|row| row["made_of"].is_null()));
}

#[test]
fn the_command_says_which_disclosures_it_does_not_know() {
    let folder = three();
    let known = "; there are 栖云县水务局/2023/budget, 栖云县水务局/2023/final, 栖云县水务局/2022/budget";
    for (left, right, expect) in [
        ("2021", "2022", format!("there is no such disclosure: 2021{known}")),
        (
            "2022",
            "2023",
            "2023 is not the only one: 2, such as 栖云县水务局/2023/budget, 栖云县水务局/2023/final"
                .to_owned(),
        ),
        ("/", "2023", format!("there is no such disclosure: /{known}")),
        ("missing.txt", "2022", format!("there is no such disclosure: missing.txt{known}")),
    ] {
        let (code, out, err) = run(&folder, &["compare", left, right, "--in", "."]);
        assert_eq!(
            (code, out.as_str(), err.as_str()),
            (Some(2), "", format!("mingbai: {expect}\n").as_str())
        );
    }
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
    let (code, out, _) = run(
        &folder,
        &["compare", "水利局/2023/final", "水利局/2024/final", "--in", &samples.display().to_string()],
    );
    assert_eq!(code, Some(0));
    // Without a folder the names are those of the samples.
    assert_eq!(run(&folder, &["compare", "水利局/2023/final", "水利局/2024/final"]).1, out);
}

#[test]
fn what_takes_longer_than_a_key_is_done_after_it() {
    let mut files = Vec::new();
    for year in 2020..2024 {
        let mut text = format!("栖云县水务局{year}年部门预算\n\n一、收支情况\n\n");
        for line in 0..1500 {
            let _ = writeln!(text, "第{line}号水库维修费{}.{year}万元。", line * 7 % 997 + 1);
        }
        files.push((format!("{year}.txt"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    let mut app = app((120, 40), Lang::Chinese, &files);
    assert!(!app.is_busy());
    press(&mut app, "c Enter");
    assert!(app.compare.is_none() && app.is_busy(), "the key is answered before the two are compared");
    // Whoever wants something else in the middle of it need not wait, and it is not lost.
    let asked = Cell::new(0);
    for most in (0..).step_by(11) {
        asked.set(0);
        let stop = || asked.replace(asked.get() + 1) == most;
        app.work_unless(&stop);
        if !app.is_busy() {
            break;
        }
        assert!(app.compare.is_none() && matches!(app.overlay, Some(Overlay::Choose(_))));
    }
    assert!(asked.get() >= 40, "it can be left off in {} places", asked.get());
    press(&mut app, "Esc c Enter Down");
    assert!(!app.is_busy() && app.compare.is_none(), "whoever goes on to another does not choose this one");
    press(&mut app, "Up Enter");
    while app.is_busy() {
        app.work();
    }
    let sides =
        |app: &App| app.compare.as_ref().map(|compare| (compare.comparison.left, compare.comparison.right));
    let before = sides(&app).expect("they are compared");
    press(&mut app, "x");
    assert!(sides(&app) == Some(before) && app.is_busy(), "the sides are changed after the key too");
    while app.is_busy() {
        app.work();
    }
    assert_eq!(sides(&app), Some((before.1, before.0)));
    let compare = app.compare.as_ref().expect("they are compared");
    assert_eq!(compare.comparison.rows.iter().filter(|row| !row.is_alone()).count(), 1500);
    // The trend says first what is at hand, then what the others say.
    press(&mut app, "t");
    let told = |app: &App| match &app.overlay {
        Some(Overlay::Trend(shown)) => shown.trend.years().len(),
        other => panic!("no trend: {other:?}"),
    };
    assert!(told(&app) < 4 && app.is_busy());
    let first = told(&app);
    app.work_unless(&|| true);
    assert!(told(&app) == first && app.is_busy());
    while app.is_busy() {
        app.work();
    }
    assert_eq!(told(&app), 4);
}
