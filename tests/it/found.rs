//! What the checks found on the screens: marks that add up, the way from one to the next, the list, judgements.

use std::path::{Path, PathBuf};

use expect_test::expect_file;
use mingbai::check::{CHECKS, Code, Outcome, Severity};
use mingbai::corpus::FindingRef;
use mingbai::corpus::load::{Input, start};
use mingbai::corpus::tree::Node;
use mingbai::lang::Lang;
use mingbai::tui::marks::{self, Marks, Tally};
use mingbai::tui::overlay::Overlay;
use mingbai::tui::review::Level;
use mingbai::tui::{App, Effect, Event, Options, Theme};
use ratatui::layout::Size;

use crate::screens::{app, check, check_cells, draw, focus, press, text};

const WATER: &str = "\
栖云县水务局2022年部门预算

第一部分 2022年部门预算情况说明

一、收支总体情况

2022年收入预算1679.88万元，比上年增加115.97万元，增长7.42%。其中：一般公共预算拨款收入931.56万元，占55.45%；其他收入748.32万元，占44.55%。

二、“三公”经费情况

2022年“三公”经费预算6.58万元，其中：公务用车购置及运行费3.15万元，占“三公”经费的47.87%；公务接待费3.43万元，占“三公”经费的54.18%。因公出国（境）费0万元。

三、机关运行经费情况

2022年机关运行经费143.18万元，较上年减少9.93万元，下降6.94%，主要原因是。
";

const CULTURE: &str = "\
栖云县文化局2022年部门预算

一、收支总体情况

2022年收入预算420.00万元，其中：财政拨款收入400.00万元，事业收入30.00万元。
";

fn county(size: (u16, u16), lang: Lang) -> App {
    app(size, lang, &[("水务局/2022.txt", WATER), ("文化局/2022.txt", CULTURE)])
}

fn samples() -> App {
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), Size { width: 140, height: 40 });
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

#[test]
fn a_finding_with_its_proof() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["found-60x18"]),
        ((140, 40), Lang::Chinese, screen!["found-140x40"]),
        ((120, 40), Lang::English, screen!["found-120x40-en"]),
    ] {
        let mut app = county(size, lang);
        press(&mut app, "n n");
        check(&app, &expect);
    }
}

#[test]
fn the_list_of_findings() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["findings-60x18"]),
        ((140, 40), Lang::Chinese, screen!["findings-140x40"]),
        ((120, 40), Lang::English, screen!["findings-120x40-en"]),
    ] {
        let mut app = county(size, lang);
        press(&mut app, "f Home a Down");
        check(&app, &expect);
    }
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "f End d t t t Home");
    check(&app, &screen!["findings-dismissed-140x40"]);
    press(&mut app, "m 已问过");
    check(&app, &screen!["findings-note-140x40"]);
    press(&mut app, "Enter e");
    check(&app, &screen!["findings-explained-140x40"]);
}

/// Returns the marks that the findings below a place make when they are counted one by one.
fn counted(app: &App, node: Node) -> Tally {
    let mut tally = Tally::default();
    for at in marks::all(&app.corpus).filter(|&at| marks::counts(&app.corpus, &app.judgements, at)) {
        let home = marks::home(&app.corpus, at).expect("it has one");
        let mut path = std::iter::successors(Some(home), |&node| app.corpus.parent(node));
        if path.any(|above| above == node) {
            match app.corpus.finding(at).map(|finding| finding.severity) {
                Some(Severity::Error) => tally.errors += 1,
                Some(Severity::Warning) => tally.warnings += 1,
                Some(Severity::Info) | None => panic!("it does not count"),
            }
        }
    }
    tally
}

/// Checks that the marks below every place make those of the place, and all of them those of the folder.
fn check_sums(app: &App) {
    let sum = |nodes: &[Node]| {
        nodes
            .iter()
            .map(|&node| app.marks.tally(node))
            .fold((0, 0), |sum, tally| (sum.0 + tally.errors, sum.1 + tally.warnings))
    };
    let departments = app.corpus.departments();
    assert_eq!(sum(&departments), (app.marks.total.errors, app.marks.total.warnings));
    let mut open = departments;
    while let Some(node) = open.pop() {
        let tally = app.marks.tally(node);
        assert_eq!(tally, counted(app, node), "{node:?}");
        let children = app.corpus.children(node);
        let below = sum(&children);
        if !matches!(node, Node::Item(_)) {
            let own = app.marks.of(node).iter();
            let own = own.filter(|&&at| marks::counts(&app.corpus, &app.judgements, at)).count();
            assert_eq!(tally.errors + tally.warnings, below.0 + below.1 + own, "{node:?}");
        }
        open.extend(children);
    }
}

#[test]
fn the_marks_of_the_samples_add_up() {
    let mut app = samples();
    check_sums(&app);
    let (all, loud) = (marks::all(&app.corpus).count(), app.marks.total);
    let counts =
        marks::all(&app.corpus).filter(|&at| marks::counts(&app.corpus, &app.judgements, at)).count();
    assert!(loud.errors > 3 && loud.warnings > 3 && all >= counts);
    assert_eq!(loud.errors + loud.warnings, counts);
    press(&mut app, "f Home d d d");
    check_sums(&app);
    assert_eq!(app.marks.total.errors + app.marks.total.warnings, counts - 3);
    press(&mut app, "u u u");
    check_sums(&app);
    assert_eq!(app.marks.total, loud);
}

#[test]
fn one_goes_from_finding_to_finding() {
    // Where there is room for the tree alone, the text of what was found about a section goes before it.
    for (size, pane) in [((140, 40), "Tree"), ((60, 18), "Source")] {
        let mut app = county(size, Lang::Chinese);
        let mut seen = Vec::new();
        let steps = app.marks.total.errors + app.marks.total.warnings;
        for _ in 0..steps {
            press(&mut app, "n");
            check_cells(&draw(&app).0);
            seen.push(focus(&app));
        }
        let expected = [
            "Figures 收入预算 [420.00万元]",
            "Figures 公务接待费 [54.18%]",
            "Figures 机关运行经费 [6.94%]",
            &format!("{pane} 三、机关运行经费情况 [主要原因是。]"),
        ];
        assert_eq!(seen, expected);
        let screen = text(&draw(&app).0);
        assert!(screen.contains("主要原因是。") && screen.contains("▲ TEXT"), "{screen}");
        press(&mut app, "n");
        assert_eq!(focus(&app), seen[0], "from the last to the first");
        press(&mut app, "N");
        for step in seen.iter().rev() {
            assert_eq!(&focus(&app), step);
            press(&mut app, "N");
        }
    }
}

#[test]
fn every_finding_of_the_samples_is_gone_to_and_shows_its_proof() {
    let mut app = samples();
    press(&mut app, "Home");
    let counts = |app: &App| {
        let all = marks::all(&app.corpus);
        all.filter(|&at| marks::counts(&app.corpus, &app.judgements, at)).collect::<Vec<_>>()
    };
    for at in counts(&app) {
        press(&mut app, "n");
        assert_eq!(app.spotlight, Some(at));
        let place = app.passage.place.clone().expect("its text is shown");
        assert_eq!((place.entry, place.findings.first()), (at.entry, Some(&at)));
        let code = app.corpus.finding(at).map_or("", |finding| finding.check.key());
        let shown = text(&draw(&app).0);
        assert!(shown.contains(&format!("✗ {code} ")) || shown.contains(&format!("▲ {code} ")), "{shown}");
    }
}

#[test]
fn a_finding_is_judged_and_the_judgement_undone() {
    let mut app = county((140, 40), Lang::Chinese);
    let before = app.marks.total;
    for (keys, writes) in [
        ("f", false),
        ("a", true),
        ("a", true),
        ("u", true),
        ("u", true),
        ("u", false),
        ("m 问过 Space 了 Enter", true),
        ("u", true),
        ("Esc n d", true),
        ("e Esc u", true),
    ] {
        let effect = press(&mut app, keys);
        assert_eq!(matches!(effect, Some(Effect::Judge(_))), writes, "{keys}: {effect:?}");
    }
    assert_eq!(app.marks.total, before);
    press(&mut app, "f Home d");
    assert_eq!(app.marks.total.errors + app.marks.total.warnings, before.errors + before.warnings - 1);
    assert_eq!(app.review.dismissed, 1);
    let rows = app.review.rows.len();
    press(&mut app, "t t t t t");
    assert_eq!(app.review.rows.len(), rows + 1, "all of them");
}

#[test]
fn the_list_is_chosen_from() {
    let mut app = samples();
    press(&mut app, "f");
    let whole = app.review.rows.len();
    let mut by = |keys: &str, times: usize| -> usize {
        (0..times)
            .map(|_| {
                press(&mut app, keys);
                app.review.rows.len()
            })
            .sum()
    };
    assert_eq!(by("s", 2), whole, "errors and warnings");
    by("s", 3);
    assert_eq!(by("b", 2), whole, "both departments");
    by("b", 1);
    let mut sum = 0;
    loop {
        match by("c", 1) {
            rows if rows == whole => break,
            rows => sum += rows,
        }
    }
    assert_eq!(sum, whole, "all checks");
}

#[test]
fn the_list_leads_to_the_figure() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "f Home");
    let at = app.review.selected().expect("there are findings");
    press(&mut app, "Enter");
    assert!(app.overlay.is_none());
    assert_eq!(app.spotlight, Some(at));
    assert_eq!(app.outline.selected(), marks::home(&app.corpus, at));
    assert_eq!(
        app.corpus.entry(at.entry).map(|entry| entry.file.clone()),
        Some(PathBuf::from("文化局/2022.txt"))
    );
}

#[test]
fn the_worst_stands_first_from_the_start() {
    let mut app = samples();
    press(&mut app, "f");
    // All of them, hints too.
    app.review.wanted.level = Level::All;
    app.review.refresh(&app.corpus, &app.judgements, app.lang, 40);
    app.review.work(&app.corpus, &app.judgements, 40);
    let order = |&at: &FindingRef| {
        let severity = app.corpus.finding(at).map(|finding| finding.severity);
        (std::cmp::Reverse(severity), app.corpus.rank(at.entry), at.number)
    };
    let mut expect: Vec<FindingRef> = marks::all(&app.corpus).collect();
    assert!(!expect.is_sorted_by_key(order), "the text has them in another order");
    expect.sort_by_key(order);
    assert_eq!(app.review.rows, expect);
}

#[test]
fn words_narrow_the_list() {
    let mut app = samples();
    press(&mut app, "f");
    let whole = app.review.rows.clone();
    let message = |app: &App, at: FindingRef| -> String {
        let (entry, finding) = app.corpus.entry(at.entry).zip(app.corpus.finding(at)).expect("it is there");
        let words = finding.says(&entry.disclosure, &app.corpus.words, Lang::Chinese);
        let department = app.corpus.department(at.entry).unwrap_or_default();
        format!("{} {department} {} {words}", finding.check.key(), entry.file.display())
    };
    for (typed, words) in [
        ("xref", &["XREF"][..]),
        ("水利 Space rate", &["水利", "RATE"]),
        ("Ｓ", &["Ｓ"]),
        ("决算 Space 三公 Space 2024", &["决算", "三公", "2024"]),
    ] {
        press(&mut app, &format!("/ {typed}"));
        check_cells(&draw(&app).0);
        let expect = whole.iter().filter(|&&at| words.iter().all(|word| message(&app, at).contains(word)));
        assert_eq!(app.review.rows, expect.copied().collect::<Vec<_>>(), "{typed}");
        press(&mut app, "Esc");
        assert_eq!(app.review.rows, whole, "Esc clears {typed}");
    }
    press(&mut app, "/ xref Enter");
    let narrowed = app.review.rows.clone();
    assert!(!narrowed.is_empty() && narrowed.len() < whole.len());
    // The keys of the list are keys again, and what is listed stays narrowed.
    press(&mut app, "Down a");
    assert_eq!(app.review.rows, narrowed);
    press(&mut app, "u Esc");
    assert_eq!((app.review.rows.clone(), app.overlay.is_some()), (whole, true));
    press(&mut app, "Esc");
    assert!(app.overlay.is_none());
}

#[test]
fn the_list_while_words_are_typed() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["findings-typing-60x18"]),
        ((120, 40), Lang::English, screen!["findings-typing-120x40-en"]),
    ] {
        let mut app = county(size, lang);
        press(&mut app, "f / 接待 Space share");
        check(&app, &expect);
        let (buffer, caret) = draw(&app);
        let line: Vec<&str> =
            (0..caret.x).filter_map(|x| Some(buffer.cell((x, caret.y))?.symbol())).collect();
        assert!(line.concat().ends_with("/ 接待 share"), "{:?}", line.concat());
    }
}

#[test]
fn the_outcomes_on_screen_are_those_of_the_export() {
    let mut app = samples();
    let mut exported = vec![[0u64; 5]; CHECKS.len()];
    let json = crate::cli::export_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples"));
    for disclosure in json["disclosures"].as_array().expect("a list") {
        for (sum, outcome) in exported.iter_mut().zip(disclosure["outcomes"].as_array().expect("a list")) {
            let keys = ["holds", "findings", "hints", "not_applicable", "cannot_tell"];
            let counts = keys.map(|key| outcome[key].as_u64().expect("a number"));
            let reasons = outcome["reasons"].as_object().expect("why").values();
            assert_eq!(reasons.filter_map(serde_json::Value::as_u64).sum::<u64>(), counts[4]);
            for (sum, count) in sum.iter_mut().zip(counts) {
                *sum += count;
            }
        }
    }
    press(&mut app, "Home O Home");
    let shown = text(&draw(&app).0);
    for (check, counts) in CHECKS.iter().zip(&exported) {
        let row = shown.lines().find(|line| line.split_whitespace().any(|word| word == check.code.key()));
        let numbers = row
            .expect("every check has a row")
            .split_whitespace()
            .skip_while(|word| *word != check.code.key());
        let numbers: Vec<u64> = numbers.skip(1).map_while(|word| word.parse().ok()).collect();
        assert_eq!(numbers, counts, "{}", check.code.key());
    }
    // All disclosures together make the folder.
    for (check, whole) in CHECKS.iter().zip(&app.marks.outcomes) {
        let each = app.corpus.entries.iter().map(|entry| Outcome::sum(check.code, [&entry.report]));
        assert_eq!((whole.check, whole.holds), (check.code, each.map(|outcome| outcome.holds).sum()));
    }
}

#[test]
fn the_outcomes_lead_to_their_findings() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, screen!["outcomes-60x18"]),
        ((140, 40), Lang::Chinese, screen!["outcomes-140x40"]),
        ((120, 40), Lang::English, screen!["outcomes-120x40-en"]),
    ] {
        let mut app = county(size, lang);
        press(&mut app, "O n N Down Down Down Down Down");
        check(&app, &expect);
        press(&mut app, "Enter");
        assert!(matches!(app.overlay, Some(Overlay::Findings)));
        assert_eq!(app.review.wanted.check, Some(Code::Share));
        press(&mut app, "O Esc");
        assert!(app.overlay.is_none());
    }
}

#[test]
fn what_is_judged_is_counted_as_if_all_was_counted_anew() {
    // The same file twice: what is said of a finding is said of it in both.
    let files = [("水务局/2022.txt", WATER), ("文化局/2022.txt", CULTURE), ("水务局/又.txt", WATER)];
    let mut app = app((140, 40), Lang::Chinese, &files);
    press(&mut app, "f");
    let mut judged = 0;
    for keys in [
        "d", "Down a", "End d", "d", "Home d", "t d", "Down d", "u", "u", "t t a", "t Down d", "u u u", "u u",
    ] {
        let before = app.review.rows.len();
        judged += usize::from(matches!(press(&mut app, keys), Some(Effect::Judge(_))));
        let anew = Marks::new(&app.corpus, &app.judgements);
        assert_eq!(app.marks.total, anew.total, "{keys}");
        let mut nodes: Vec<Node> = app.corpus.departments();
        while let Some(node) = nodes.pop() {
            assert_eq!(app.marks.tally(node), anew.tally(node), "{keys}: {node:?}");
            nodes.extend(app.corpus.children(node));
        }
        let (rows, dismissed, cursor) = (app.review.rows.clone(), app.review.dismissed, app.review.cursor);
        app.review.refresh(&app.corpus, &app.judgements, app.lang, 100);
        assert_eq!(
            (rows, dismissed),
            (app.review.rows.clone(), app.review.dismissed),
            "{keys} from {before}"
        );
        app.review.cursor = cursor;
    }
    assert!(judged >= 9, "only {judged} times was one judged");
}
