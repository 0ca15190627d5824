//! A file and a line → the program that shows it: the user's editor in the terminal, or the system's viewer.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    program: OsString,
    arguments: Vec<OsString>,
    /// Whether it takes the terminal until it ends.
    pub in_terminal: bool,
}

/// The endings of files that an editor shows as they are.
const TEXT: [&str; 4] = ["txt", "md", "markdown", "csv"];
/// Editors that take the line behind the file, after this option.
const GOTO: [(&str, &str); 4] =
    [("code", "--goto"), ("codium", "--goto"), ("cursor", "--goto"), ("subl", "")];

impl Call {
    /// Returns what shows a file at a line; `variable` gives the environment. Text is for the editor of `$VISUAL` or
    /// `$EDITOR`, everything else, or where there is none, for the system's viewer.
    pub fn new(file: &Path, line: u32, variable: impl Fn(&str) -> Option<String>) -> Self {
        let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_text = ending.is_some_and(|ending| TEXT.contains(&ending.as_str()));
        let editor =
            ["VISUAL", "EDITOR"].into_iter().filter_map(variable).find(|value| !value.trim().is_empty());
        match editor.filter(|_| is_text) {
            Some(editor) => Self::editor(&editor, file, line),
            None => Self::viewer(file),
        }
    }

    fn editor(editor: &str, file: &Path, line: u32) -> Self {
        let mut words = editor.split_whitespace().map(OsString::from);
        let program = words.next().unwrap_or_default();
        let mut arguments: Vec<OsString> = words.collect();
        let name = Path::new(&program).file_stem().map(|name| name.to_string_lossy().into_owned());
        match GOTO.iter().find(|(known, _)| name.as_deref() == Some(known)) {
            Some((_, option)) => {
                let mut place = file.as_os_str().to_owned();
                place.push(format!(":{line}"));
                arguments.extend((!option.is_empty()).then(|| OsString::from(option)));
                arguments.push(place);
            }
            None => arguments.extend([OsString::from(format!("+{line}")), file.as_os_str().to_owned()]),
        }
        Self { program, arguments, in_terminal: true }
    }

    fn viewer(file: &Path) -> Self {
        let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
            ("open", &[])
        } else if cfg!(windows) {
            ("cmd", &["/c", "start", ""])
        } else {
            ("xdg-open", &[])
        };
        let mut arguments: Vec<OsString> = first.iter().map(OsString::from).collect();
        arguments.push(file.as_os_str().to_owned());
        Self { program: program.into(), arguments, in_terminal: false }
    }

    /// Runs the program: to its end where it takes the terminal, otherwise beside this one. Fails where there is no such
    /// program, or where it says that it failed.
    pub fn run(&self) -> io::Result<()> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        let named =
            |error: io::Error| io::Error::other(format!("{}: {error}", self.program.to_string_lossy()));
        if !self.in_terminal {
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            return command.spawn().map(drop).map_err(named);
        }
        let status = command.status().map_err(named)?;
        if status.success() { Ok(()) } else { Err(named(io::Error::other(status.to_string()))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(file: &str, editor: Option<&str>, expect: &str) {
        let variable = |name: &str| editor.filter(|_| name == "EDITOR").map(str::to_owned);
        let call = Call::new(Path::new(file), 12, variable);
        let words: Vec<String> = std::iter::once(&call.program)
            .chain(&call.arguments)
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        assert_eq!(words.join(" "), expect);
        assert_eq!(call.in_terminal, !expect.starts_with("xdg-open"));
    }

    #[test]
    fn text_goes_to_the_editor_at_its_line() {
        check("a b.txt", Some("vim -R"), "vim -R +12 a b.txt");
        check("a.txt", Some("/usr/bin/code --wait"), "/usr/bin/code --wait --goto a.txt:12");
        check("a.txt", Some("subl"), "subl a.txt:12");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_rest_goes_to_the_viewer() {
        check("a.pdf", Some("vim"), "xdg-open a.pdf");
        check("a.txt", None, "xdg-open a.txt");
        check("a.txt", Some("  "), "xdg-open a.txt");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let call = Call::new(Path::new("a.txt"), 1, |_| Some("no-such-editor-9".into()));
        let error = call.run().expect_err("there is none");
        assert!(error.to_string().starts_with("no-such-editor-9: "), "{error}");
    }
}
