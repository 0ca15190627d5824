//! The file in the user's state folder that keeps what was decided about findings: read once, changed one by one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Change, Judgements};

/// Returns where the file is: under `$XDG_STATE_HOME`, or where that is not set, in `.local/state` of the home folder.
pub fn path() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let folder = folder.or_else(|| Some(std::env::home_dir()?.join(".local/state")))?;
    Some(folder.join("mingbai").join("findings.json"))
}

/// Returns what the file says; nothing where there is no file yet.
pub fn read(path: &Path) -> io::Result<Judgements> {
    match fs::read_to_string(path) {
        Ok(text) => Judgements::from_json(&text).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Judgements::default()),
        Err(error) => Err(error),
    }
}

/// Writes one change into the file as it is now, so that two programs do not take each other's changes back. A file that
/// cannot be understood is left as it is.
pub fn change(path: &Path, change: Change) -> io::Result<()> {
    let mut judgements = read(path)?;
    judgements.set(change);
    let text = judgements.to_json()?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Whoever reads meanwhile finds the old file or the new one, never half of it.
    let new = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = File::create(&new)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    written.and_then(|()| fs::rename(&new, path)).inspect_err(|_| {
        let _ = fs::remove_file(&new);
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judgement::{Judgement, Verdict};

    #[test]
    fn what_is_written_is_read_back_and_can_be_undone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state/mingbai/findings.json");
        assert_eq!(read(&path).expect("no file is no error"), Judgements::default());
        let mut judgements = Judgements::default();
        for (key, verdict) in [("甲", Verdict::Dismissed), ("乙", Verdict::Accepted)] {
            let new = Change {
                key: key.to_owned(),
                judgement: Judgement { verdict: Some(verdict), note: "注".into() },
            };
            judgements.change(new.clone());
            change(&path, new).expect("it is written");
        }
        assert_eq!(read(&path).expect("it is read").to_json().ok(), judgements.to_json().ok());
        while let Some((undone, _)) = judgements.undo() {
            change(&path, undone).expect("it is written");
        }
        assert_eq!(read(&path).expect("it is read"), Judgements::default());
        let left = fs::read_dir(path.parent().expect("a folder")).expect("it can be read").count();
        assert_eq!(left, 1, "no temporary file stays");
    }

    #[test]
    fn a_file_that_is_not_understood_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("findings.json");
        fs::write(&path, "{ mine").expect("it is written");
        let new =
            Change { key: "甲".to_owned(), judgement: Judgement { verdict: None, note: "注".into() } };
        assert!(change(&path, new).is_err());
        assert_eq!(fs::read_to_string(&path).expect("it is there"), "{ mine");
    }
}
