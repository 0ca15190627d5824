//! The shape of the code itself.

use std::fs;
use std::path::Path;

use mingbai::lang::{Lang, Word};

/// The longest a file may be.
const LONGEST_FILE: usize = 600;

/// Who may use what of the outside world: the words of its use, and what the paths of those who may begin with.
const DOORS: &[(&[&str], &[&str])] = &[
    // Only the loader reads files, and only what failed there knows of it. Files of the user's own, never of the data,
    // keep what was decided about findings, what was copied, where one was.
    (
        &["std::fs", "fs::", "walkdir", "include_dir"],
        &["corpus/load.rs", "error.rs", "judgement/store.rs", "cli/output.rs", "tui/files.rs"],
    ),
    // Only a file that the user names for a result is written.
    (&["rust_xlsxwriter"], &["print/checklist/workbook.rs"]),
    // Only the screens own a terminal.
    (&["ratatui", "crossterm"], &["tui.rs", "tui/", "cli.rs", "cli/", "main.rs"]),
    // Each of these crates stays behind one module, so that another can take its place.
    (&["fuzzy_matcher"], &["corpus/search.rs", "corpus/search/"]),
    (&["pinyin::"], &["corpus/search/spelling.rs"]),
    (&["unicode_width"], &["tui/width.rs"]),
    (&["clap"], &["cli.rs", "cli/"]),
    (&["encoding_rs"], &["source/"]),
    (&["pdfni"], &["source/pdf.rs"]),
    (&["html5ever"], &["source/html/tree.rs"]),
    (&["zip::", "quick_xml"], &["source/package.rs"]),
    (&["cfb"], &["source/compound.rs"]),
    (&["serde"], &["print/", "judgement.rs", "tui/address.rs", "tui/state.rs"]),
    (&["notify"], &["tui/watch.rs"]),
    (&["toml"], &["tui/config.rs", "tui/files.rs"]),
    // Nobody talks to others, and only the user's editor or viewer is started.
    (&["std::net", "process::exit"], &[]),
    (
        &["Command", "process::Stdio"],
        &["tui/opener.rs", "tui/command.rs", "tui/palette.rs", "cli/", "cli.rs"],
    ),
];

/// A file of the program: its path under `src` and its lines without comments.
struct Code {
    path: String,
    text: String,
}

fn sources() -> Vec<Code> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    assert!(files.len() > 10, "the sources are there");
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<Code>) {
    for entry in fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("a file of the sources").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root).expect("it is in there").to_string_lossy().replace('\\', "/");
            files.push(Code { path: name, text: fs::read_to_string(&path).expect("it is text") });
        }
    }
}

impl Code {
    /// Returns the lines that are no comments, with their numbers.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// Returns the top-level module: `corpus` for `corpus/load.rs`.
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }
}

#[test]
fn a_module_uses_only_those_before_it() {
    let files = sources();
    let lib = files.iter().find(|file| file.path == "lib.rs").expect("the library has a root");
    let order: Vec<&str> =
        lib.text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let place = |module: &str| order.iter().position(|known| *known == module);
    for file in files.iter().filter(|file| !["lib", "main"].contains(&file.module())) {
        let own = place(file.module()).unwrap_or_else(|| panic!("{} is in no module of lib.rs", file.path));
        for (number, line) in file.lines() {
            for used in line.split("crate::").skip(1) {
                let used =
                    used.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
                let used_place =
                    place(used).unwrap_or_else(|| panic!("{}:{number}: crate::{used}", file.path));
                assert!(used_place <= own, "{}:{number}: {} comes before {used}", file.path, file.module());
            }
        }
    }
}

#[test]
fn the_outside_world_has_few_doors() {
    for file in sources() {
        for (words, allowed) in DOORS {
            if allowed.iter().any(|prefix| file.path.starts_with(prefix)) {
                continue;
            }
            for (number, line) in file.lines() {
                let used = words.iter().find(|word| has_word(line, word));
                assert!(used.is_none(), "{}:{number}: {} is for {allowed:?}", file.path, used.unwrap_or(&""));
            }
        }
    }
}

/// Returns whether a line has a word that does not begin inside another one.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|after| after.chars().next());
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !inside(before) && (word.ends_with(':') || !inside(after))
    })
}

#[test]
fn a_file_is_short_and_says_what_it_is() {
    for file in sources() {
        let lines = file.text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", file.path);
        assert!(file.text.starts_with("//! "), "{} does not say what it is", file.path);
    }
}

#[test]
fn every_word_is_said_in_both_languages_and_used() {
    let used: String =
        sources().into_iter().filter(|file| file.path != "lang.rs").map(|file| file.text).collect();
    for word in Word::ALL {
        let (chinese, english) = (word.text(Lang::Chinese), word.text(Lang::English));
        // The English may be empty: a measure word behind a number has none.
        assert!(!chinese.trim().is_empty(), "{word:?}");
        assert!(!chinese.is_ascii() || !english.is_ascii() || chinese == english, "{word:?} is not Chinese");
        let name = format!("{word:?}");
        assert!(used.contains(&format!("Word::{name}")), "{name} is not used");
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("it is there");
    let (mut section, mut before, mut seen) = ("", "", 0);
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]") && !line.is_empty() && !line.starts_with('#') {
            assert!(before.starts_with("# "), "{line}");
            seen += 1;
        }
        before = line;
    }
    assert!(seen > 10, "the dependencies are there");
}

#[test]
fn tests_neither_wait_nor_are_left_out() {
    // In two halves, or this file would find itself.
    let forbidden = [concat!("thread::", "sleep"), concat!("#[", "ignore")];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        collect(root, &root.join(folder), &mut files);
    }
    for file in files {
        for word in forbidden {
            assert!(!file.text.contains(word), "{}: {word}", file.path);
        }
    }
}
