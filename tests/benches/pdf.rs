//! Reading and checking PDF against `pdftotext -layout`, over a folder: `cargo bench --bench pdf -- FOLDER`.
//!
//! Ours reads them as the program does, on all cores; `pdftotext` takes them one after the other.

#![allow(missing_docs, clippy::print_stdout, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use mingbai::corpus::load::{Input, load_all};

/// How often each is done; the shortest time counts.
const RUNS: usize = 5;

fn main() {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let folder = named.map_or(beside, PathBuf::from);
    let mut files = Vec::new();
    collect(&folder, &mut files);
    if files.is_empty() {
        println!("no PDF in {}; name a folder after --", folder.display());
        return;
    }
    let ours = shortest(|| {
        let corpus = load_all(Input::Paths(vec![folder.clone()]), &mut |_, _| {});
        let read: usize = corpus.entries.iter().map(|entry| entry.files().count()).sum();
        assert_eq!(read + corpus.problems.len(), files.len());
        Some(())
    });
    println!("{} PDF read and checked: {}", files.len(), ours.unwrap_or_default());
    let theirs = shortest(|| {
        files.iter().try_for_each(|file| {
            let status = Command::new("pdftotext")
                .arg("-layout")
                .arg(file)
                .arg("-")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            status.ok().map(drop)
        })
    });
    println!(
        "pdftotext -layout, one after the other: {}",
        theirs.unwrap_or_else(|| "is not installed".to_owned())
    );
}

fn shortest(run: impl Fn() -> Option<()>) -> Option<String> {
    let times = (0..RUNS).map(|_| {
        let start = Instant::now();
        run().map(|()| start.elapsed())
    });
    times.min()?.map(|time| format!("{time:.2?}"))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "pdf") {
            files.push(path);
        }
    }
}
