//! Folders of disclosures that a test makes and that vanish with it.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A budget in a few lines, of a bureau that does not exist.
pub(crate) const BUDGET: &str = "\
清禾市测试局2024年部门预算公开
第二部分 2024年部门预算情况说明
一、收入支出预算情况
2024年收入预算1,202.95万元。
二、“三公”经费预算情况
公务接待费3.43万元，会议费0.80万元。
";

/// The final accounts of the same bureau.
pub(crate) const FINAL: &str = "\
清禾市测试局2023年度部门决算公开
第二部分 2023年度部门决算情况说明
一、收入支出决算情况
2023年度收入决算1,111.00万元。
";

/// A folder with files in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// Returns a new folder with these files; the folders that they name are made.
    pub(crate) fn new<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder can be made"));
        for (name, bytes) in files {
            folder.write(name, bytes.as_ref());
        }
        folder
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }
}
