//! Loading, the tree and search, from files on.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use mingbai::corpus::load::{self, Input, Loaded};
use mingbai::corpus::search::Searcher;
use mingbai::corpus::tree::Node;
use mingbai::corpus::{Corpus, ItemRef};
use mingbai::error::{Error, ErrorKind};
use mingbai::lang::Lang;
use mingbai::model::{Basis, ItemId};
use mingbai::quantity::Amount;
use mingbai::source::Unreadable;

use crate::folder::{BUDGET, FINAL, Folder};

fn load(paths: &[PathBuf]) -> Corpus {
    load::load_all(Input::Paths(paths.to_vec()), &mut |_, _| {})
}

/// Returns the names of the files that were read and of those that could not be, in order.
fn names(corpus: &Corpus) -> (Vec<String>, Vec<String>) {
    let name = |path: &Path| path.display().to_string();
    let mut read: Vec<String> = corpus.entries.iter().map(|entry| name(&entry.file)).collect();
    let mut unread: Vec<String> = corpus.problems.iter().map(|problem| name(&problem.path)).collect();
    read.sort();
    unread.sort();
    (read, unread)
}

#[track_caller]
fn check(folder: &Folder, read: &[&str], unread: &[&str]) -> Corpus {
    let corpus = load(&[folder.path().to_owned()]);
    let (found, failed) = names(&corpus);
    assert_eq!((found, failed), (owned(read), owned(unread)), "{:?}", corpus.problems);
    corpus
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn kind(corpus: &Corpus, name: &str) -> ErrorKind {
    let problem = corpus.problems.iter().find(|problem| problem.path == Path::new(name));
    problem.expect("it is a problem").kind.clone()
}

#[test]
fn a_folder_is_read_with_its_subfolders_and_named_from_there() {
    let folder =
        Folder::new(&[("a.txt", BUDGET), ("测试局/2023/b.md", FINAL), ("logo.png", "PNG"), ("README", "-")]);
    let corpus = check(&folder, &["a.txt", "测试局/2023/b.md"], &[]);
    let years: Vec<Option<u16>> =
        corpus.order().iter().map(|&id| Some(corpus.entry(id)?.disclosure.header.year?.value)).collect();
    assert_eq!(years, [Some(2024), Some(2023)]);
    assert_eq!(corpus.departments().len(), 1);
}

#[test]
fn hidden_files_and_those_of_office_programs_are_left_out() {
    let names = [".a.txt", ".git/b.txt", "~$c.txt", "d/.e/f.txt", "d/~$g.docx"];
    let folder = Folder::new(&names.map(|name| (name, BUDGET)));
    check(&folder, &[], &[]);
    let error = load::check(&Input::Paths(vec![folder.path().to_owned()])).expect_err("nothing is left");
    assert_eq!(error.kind, ErrorKind::NothingReadable);
    folder.write("d/h.txt", BUDGET.as_bytes());
    check(&folder, &["d/h.txt"], &[]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_wherever_they_lead() {
    use std::os::unix::fs::symlink;

    let outside = Folder::new(&[("secret.txt", BUDGET)]);
    let folder = Folder::new(&[("in/a.txt", BUDGET)]);
    symlink(outside.join("secret.txt"), folder.join("file.txt")).expect("a link can be made");
    symlink(outside.path(), folder.join("folder")).expect("a link can be made");
    symlink(folder.path(), folder.join("in/loop")).expect("a link can be made");
    symlink("nowhere", folder.join("broken.txt")).expect("a link can be made");
    check(&folder, &["in/a.txt"], &[]);
    // A link that is named is meant.
    let named = load(&[folder.join("file.txt"), folder.join("folder")]);
    assert_eq!(named.entries.len(), 2);
}

#[test]
fn a_broken_file_is_a_problem_and_the_others_are_read() {
    let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect();
    let (gb, _, _) = encoding_rs::GB18030.encode(FINAL);
    let folder = Folder::new(&[
        ("empty.txt", &b""[..]),
        ("blank.txt", b" \r\n\t\n"),
        ("noise.txt", &noise),
        ("zeros.txt", &[0; 100]),
        ("broken.pdf", b"%PDF-1.7"),
        ("letter.txt", "亲爱的读者\n你好。\n".as_bytes()),
        ("gb.txt", &gb),
        ("utf8.txt", BUDGET.as_bytes()),
    ]);
    let unread = ["blank.txt", "broken.pdf", "empty.txt", "letter.txt", "noise.txt", "zeros.txt"];
    let corpus = check(&folder, &["gb.txt", "utf8.txt"], &unread);
    assert_eq!(kind(&corpus, "empty.txt"), ErrorKind::Unreadable(Unreadable::Empty));
    assert_eq!(kind(&corpus, "noise.txt"), ErrorKind::Unreadable(Unreadable::NotText));
    assert_eq!(kind(&corpus, "broken.pdf"), ErrorKind::Unreadable(Unreadable::Damaged));
    assert_eq!(kind(&corpus, "letter.txt"), ErrorKind::NoDisclosure);
    assert_eq!(corpus.departments().len(), 1, "both encodings give the same name");
    for problem in &corpus.problems {
        for lang in [Lang::Chinese, Lang::English] {
            assert!(!problem.kind.message(lang).contains('\n'), "{problem}");
        }
    }
}

#[test]
fn a_file_that_is_named_is_read_whatever_its_name() {
    let folder = Folder::new(&[(".hidden", BUDGET), ("x.png", FINAL)]);
    let paths = [folder.join(".hidden"), folder.join("x.png")];
    let corpus = load(&paths);
    let shown = paths.map(|path| path.display().to_string());
    assert_eq!(names(&corpus), (shown.to_vec(), vec![]));
}

#[test]
fn several_folders_are_told_apart_and_the_same_one_is_read_once() {
    let folder = Folder::new(&[("甲/a.txt", BUDGET), ("乙/a.txt", FINAL)]);
    let paths = [folder.join("甲"), folder.join("乙"), folder.join("甲")];
    let (read, unread) = names(&load(&paths));
    assert_eq!(unread, [""; 0]);
    let expect = ["乙/a.txt", "甲/a.txt"].map(|name| folder.join(name).display().to_string());
    assert_eq!(read, expect);
}

#[test]
fn wrong_paths_are_told_before_anything_is_read() {
    let folder = Folder::new(&[("a.txt", BUDGET)]);
    let check = |path: PathBuf| {
        load::check(&Input::Paths(vec![path.clone()])).map_err(|error| {
            assert_eq!(error.path, path);
            error.kind
        })
    };
    assert_eq!(check(folder.path().to_owned()), Ok(()));
    assert_eq!(check(folder.join("a.txt")), Ok(()));
    assert_eq!(check(folder.join("b.txt")), Err(ErrorKind::NotFound));
    assert!(matches!(check(folder.join("a.txt/b.txt")), Err(ErrorKind::Io(_))));
    // The loader itself says the same of what vanished in between.
    let corpus = load(&[folder.join("b.txt")]);
    assert_eq!(corpus.problems, [Error { path: folder.join("b.txt"), kind: ErrorKind::NotFound }]);
}

#[test]
fn the_loader_says_how_many_there_are_and_when_it_is_done() {
    let files: Vec<(String, &str)> = (0..300).map(|number| (format!("{number:03}.txt"), BUDGET)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = Folder::new(&files);
    let (mut read, mut found, mut done) = (0, 0, false);
    for loaded in load::start(Input::Paths(vec![folder.path().to_owned()])) {
        assert!(!done, "nothing comes after the end");
        match loaded {
            Loaded::Found(total) => {
                assert!(total >= found, "what was found stays found");
                found = total;
            }
            Loaded::Entry { .. } => read += 1,
            Loaded::Problem(problem) => panic!("{problem}"),
            Loaded::Done => done = true,
        }
    }
    assert_eq!((read, found, done), (300, 300, true));

    let mut last = (0, 0);
    let corpus = load::load_all(Input::Paths(vec![folder.path().to_owned()]), &mut |done, found| {
        assert!(done <= found && done >= last.0);
        last = (done, found);
    });
    assert_eq!((corpus.entries.len(), last), (300, (300, 300)));
}

#[test]
fn the_order_does_not_depend_on_who_was_first() {
    let texts = [BUDGET, FINAL];
    let files: Vec<(String, &str)> = (0..40).map(|n| (format!("{}/{n}.txt", n % 3), texts[n % 2])).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = Folder::new(&files);
    let order = || {
        let corpus = load(&[folder.path().to_owned()]);
        let files = corpus.order().iter().map(|&id| corpus.entry(id).expect("it is in").file.clone());
        files.collect::<Vec<_>>()
    };
    let first = order();
    assert_eq!(first.len(), 40);
    assert!((0..5).all(|_| order() == first));
}

#[test]
fn the_samples_are_read_whole() {
    let corpus = load::load_all(Input::Samples, &mut |_, _| {});
    assert_eq!(corpus.problems, []);
    let on_disk = load(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples")]);
    assert_eq!(names(&corpus), names(&on_disk));
    assert!(!corpus.entries.is_empty());
    for entry in &corpus.entries {
        let header = &entry.disclosure.header;
        assert!(
            header.department.is_some() && header.year.is_some() && header.basis.is_some(),
            "{:?}",
            entry.file
        );
        assert!(
            !entry.disclosure.items.is_empty() && !entry.disclosure.sections.is_empty(),
            "{:?}",
            entry.file
        );
    }
}

#[test]
fn every_figure_of_the_samples_is_in_the_tree_once_and_stands_in_its_text() {
    let corpus = load::load_all(Input::Samples, &mut |_, _| {});
    let mut open = corpus.departments();
    let mut seen: HashSet<ItemRef> = HashSet::new();
    while let Some(node) = open.pop() {
        let children = corpus.children(node);
        let counted: usize = children.iter().map(|&child| corpus.item_count_in(child)).sum();
        if let Node::Item(place) = node {
            assert!(seen.insert(place), "{place:?} is there twice");
        } else {
            assert_eq!(counted, corpus.item_count_in(node), "{node:?}");
        }
        for &child in &children {
            assert_eq!(corpus.parent(child), Some(node));
        }
        open.extend(children);
    }
    assert_eq!(seen.len(), corpus.item_count());
    for place in seen {
        let item = corpus.item(place).expect("the tree has it");
        let written = corpus.entry(place.entry).expect("it is in").disclosure.source.cut(item.span);
        let number = written.trim_end_matches(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c));
        let amount = Amount::parse(number).map(|amount| (amount.mantissa().abs(), amount.places()));
        assert_eq!(amount, Some((item.value.mantissa().abs(), item.value.places())), "{written:?}");
    }
}

#[test]
fn what_was_loaded_is_found() {
    let folder = Folder::new(&[("a.txt", BUDGET), ("b.txt", FINAL)]);
    let corpus = load(&[folder.path().to_owned()]);
    let first = |query: &str| {
        let hits = Searcher::default().search(&corpus, query, 1);
        hits.first().map(|hit| hit.node)
    };
    let Some(Node::Item(place)) = first("接待费 2024") else { panic!("no figure is found") };
    let item = corpus.item(place).expect("search found it");
    assert_eq!((item.value.to_string().as_str(), item.basis), ("3.43", Some(Basis::Budget)));
    assert!(matches!(first("1202.95"), Some(Node::Item(ItemRef { item: ItemId(0), .. }))));
    assert!(matches!(first("测试局"), Some(Node::Department(Some(_)))));
    assert!(matches!(first("测试局 2023 决算"), Some(Node::Disclosure(_))));
    assert!(matches!(first("三公"), Some(Node::Section(_))));
    assert_eq!(first("没有这样的科目"), None);
}
