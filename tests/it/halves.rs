//! Disclosures that came as two files, the text and the tables.

use mingbai::check::Finding;
use mingbai::corpus::Corpus;
use mingbai::corpus::load::{self, Input};
use mingbai::corpus::tree::Node;
use mingbai::lang::Lang;
use mingbai::tui::marks::Marks;
use mingbai::tui::{App, Event, Options, Theme};
use ratatui::layout::Size;

use crate::cli::export_of;
use crate::folder::Folder;
use crate::ledgers::BUDGET;
use crate::screens;
use crate::shared::beside;

/// The budget as two files: the text, and the tables under a title of their own.
fn halves() -> (String, String) {
    let (text, tables) = BUDGET.split_once("## 第三部分").expect("it has tables");
    (text.to_owned(), format!("# 清禾市测试局2024年部门预算公开表\n\n##{tables}"))
}

fn load(folder: &Folder) -> Corpus {
    load::load_all(Input::Paths(vec![folder.path().to_owned()]), &mut |_, _| {})
}

/// Returns the files of each disclosure, in order.
fn files(corpus: &Corpus) -> Vec<Vec<String>> {
    let files =
        |entry: &mingbai::corpus::Entry| entry.files().map(|file| file.display().to_string()).collect();
    let mut files: Vec<Vec<String>> =
        corpus.order().iter().filter_map(|id| corpus.entry(*id)).map(files).collect();
    files.sort();
    files
}

#[test]
fn text_and_tables_are_one_disclosure() {
    let (text, tables) = halves();
    let folder = Folder::new(&[("附件1.md", &text), ("附件2.md", &tables)]);
    let corpus = load(&folder);
    assert_eq!(files(&corpus), [["附件1.md", "附件2.md"]]);
    // One figure of the text is wrong: only with the tables can that be told, each place in its own file.
    folder.write("附件1.md", text.replace("2024年收入预算100.50万元", "2024年收入预算101.50万元").as_bytes());
    let corpus = load(&folder);
    let entry = corpus.entry(corpus.order()[0]).expect("it is there");
    let named = |finding: &&Finding| finding.check.key() == "XREF";
    let found = entry.report.findings.iter().find(named).expect("text and tables differ");
    let places: Vec<String> = found
        .items
        .iter()
        .chain(found.formula.terms.iter().map(|term| &term.item))
        .map(|id| {
            let start = entry.disclosure.items[id.0 as usize].span.start;
            format!("{}:{}", entry.file_at(start).display(), entry.disclosure.source.line_of(start))
        })
        .collect();
    let line = |text: &str, words: &str| {
        text.lines().position(|line| line.contains(words)).expect("it is there") + 1
    };
    let in_text = format!("附件1.md:{}", line(&text, "2024年收入预算"));
    let in_tables = format!("附件2.md:{}", line(&tables, "收入总计"));
    assert!(places.contains(&in_text) && places.contains(&in_tables), "{places:?}");
}

#[test]
fn what_does_not_belong_together_stays_apart() {
    let (text, tables) = halves();
    let apart = |files: &[(&str, &str)]| load(&Folder::new(files)).order().len();
    assert_eq!(apart(&[("甲/1.md", &text), ("乙/2.md", &tables)]), 2, "other folders");
    assert_eq!(apart(&[("1.md", &text), ("2.md", &tables.replace("2024", "2023"))]), 2, "other years");
    assert_eq!(
        apart(&[("1.md", &text), ("2.md", &tables.replace("测试局", "观测局"))]),
        2,
        "other departments"
    );
    assert_eq!(apart(&[("1.md", &text), ("2.md", &text), ("3.md", &tables)]), 3, "two texts");
    assert_eq!(apart(&[("1.md", BUDGET), ("2.md", &tables)]), 2, "a whole and tables");
    assert_eq!(apart(&[("2.md", &tables)]), 1, "tables alone");
}

#[test]
fn the_screen_shows_one_disclosure_with_the_figures_of_both() {
    let (text, tables) = halves();
    let folder = Folder::new(&[("附件1.md", &text), ("附件2.md", &tables)]);
    let options = Options { lang: Lang::Chinese, title: String::new() };
    let mut app = App::new(options, Theme::new(true), Size { width: 120, height: 40 });
    for loaded in load::start(Input::Paths(vec![folder.path().to_owned()])) {
        app.update(Event::Loaded(loaded));
    }
    app.settle();
    let whole = load(&folder);
    assert_eq!((app.corpus.order().len(), app.corpus.item_count()), (1, whole.item_count()));
    let node = Node::Disclosure(whole.order()[0]);
    let tally = Marks::new(&whole, &app.judgements).tally(node);
    assert_eq!(app.marks.tally(node), tally, "no finding is counted twice");
    let shown = screens::text(&screens::draw(&app).0);
    assert!(shown.contains("1 份公开") && shown.contains("附件1.md"), "{shown}");
}

#[test]
fn an_export_names_the_file_of_each_figure() {
    let (text, tables) = halves();
    let folder = Folder::new(&[("附件1.md", &text), ("附件2.md", &tables)]);
    let export = export_of(folder.path());
    let disclosure = &export["disclosures"][0];
    assert_eq!(disclosure["file"], "附件1.md");
    assert_eq!(disclosure["attached"][0], "附件2.md");
    let lines = |file: Option<&str>| -> Vec<u64> {
        let items = disclosure["items"].as_array().expect("it has figures").iter();
        items.filter(|item| item["file"].as_str() == file).filter_map(|item| item["line"].as_u64()).collect()
    };
    assert!(lines(None).len() > 5 && lines(None).iter().all(|line| *line <= text.lines().count() as u64));
    assert!(lines(Some("附件2.md")).len() > 60);
    assert!(lines(Some("附件2.md")).iter().all(|line| *line <= tables.lines().count() as u64));
}

#[test]
fn real_texts_and_tables_are_one_disclosure() {
    let Some(folder) = beside("corpus") else {
        eprintln!("no real PDF stands beside the project: nothing was tested on it");
        return;
    };
    let corpus = load::load_all(Input::Paths(vec![folder]), &mut |_, _| {});
    assert!(corpus.problems.is_empty(), "{:?}", corpus.problems);
    let several: Vec<Vec<String>> = files(&corpus).into_iter().filter(|files| files.len() > 1).collect();
    assert_eq!((corpus.order().len(), several.len()), (24, 2), "{several:?}");
}
