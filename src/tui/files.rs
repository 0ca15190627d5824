//! The files in the user's own state folder that hold what was copied or exported: nothing is written beside the data.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::judgement::store;

/// The file that holds what was copied last, for terminals that do not take it.
const COPIED: &str = "copied.txt";
/// How many exports may stand beside each other.
const MOST_EXPORTS: u32 = 9999;

/// Returns the folder.
pub fn folder() -> Option<PathBuf> {
    Some(store::path()?.parent()?.to_owned())
}

/// Returns the configuration file: in `$XDG_CONFIG_HOME`, or where that is not set, in the platform's folder for it.
pub fn config() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::home_dir();
    let folder = variable("XDG_CONFIG_HOME").or_else(|| {
        if cfg!(windows) {
            variable("APPDATA")
        } else if cfg!(target_os = "macos") {
            Some(home()?.join("Library/Application Support"))
        } else {
            Some(home()?.join(".config"))
        }
    })?;
    Some(folder.join("mingbai").join("config.toml"))
}

/// Writes down what was copied and returns the file.
pub fn keep_copied(folder: &Path, text: &str) -> io::Result<PathBuf> {
    let path = folder.join(COPIED);
    replace(&path, text.as_bytes())?;
    Ok(path)
}

/// Writes a table into a file of its own and returns the file. No earlier one is written over.
pub fn export(folder: &Path, table: &str) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    for number in 1..=MOST_EXPORTS {
        let path = folder.join(format!("marked-{number}.csv"));
        match File::create_new(&path) {
            Ok(mut file) => return file.write_all(table.as_bytes()).map(|()| path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

/// Returns the text of a file; nothing where there is none.
pub fn read(path: &Path) -> io::Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a file so that whoever reads meanwhile finds the old one or the new one, never half of it.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let new = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = File::create(&new)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    written.and_then(|()| fs::rename(&new, path)).inspect_err(|_| {
        let _ = fs::remove_file(&new);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_stand_beside_each_other_and_the_copy_is_the_last_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("state/mingbai");
        let name = |path: PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        assert_eq!(export(&folder, "a").ok().and_then(name).as_deref(), Some("marked-1.csv"));
        assert_eq!(export(&folder, "b").ok().and_then(name).as_deref(), Some("marked-2.csv"));
        keep_copied(&folder, "一").expect("it is written");
        let path = keep_copied(&folder, "二").expect("it is written");
        assert_eq!(read(&path).expect("it is read").as_deref(), Some("二"));
        assert_eq!(read(&folder.join("none")).expect("no file is no error"), None);
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 3, "no temporary file stays");
    }
}
