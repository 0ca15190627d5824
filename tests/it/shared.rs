//! Texts to test on: the samples, and real disclosures where a folder of them stands beside the project.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the texts that are tested on, with their names: the samples and, where they are there, real ones.
pub(crate) fn files() -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("assets/samples"), &mut files);
    match beside("seeds") {
        Some(seeds) => collect(&seeds, &mut files),
        None => eprintln!("no real disclosures stand beside the project: tested on the samples alone"),
    }
    files.sort();
    files
}

/// Returns a folder of the material beside the project, where it is there.
pub(crate) fn beside(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    folder.is_dir().then_some(folder)
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("the folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "txt" || extension == "md") {
            let bytes = fs::read(&path).expect("the file can be read");
            files.push((path, bytes));
        }
    }
}
