//! The real program: what it writes where, and its exit codes.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::folder::{BUDGET, FINAL, Folder};

/// Returns the program with arguments, speaking English, in a folder.
fn mingbai<A: AsRef<OsStr>>(folder: &Path, arguments: &[A]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingbai"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("LANG", "en_GB.UTF-8");
    command.env("XDG_STATE_HOME", std::env::temp_dir().join("mingbai-no-such-state"));
    command
}

/// Runs the program and returns its exit code, output and error output.
fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        mingbai(folder.path(), arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
    (status.code(), text(stdout), text(stderr))
}

fn two() -> Folder {
    Folder::new(&[("2024.txt", BUDGET), ("in/2023.txt", FINAL)])
}

/// Checks that the program fails with exactly one line.
#[track_caller]
fn fails(folder: &Folder, arguments: &[&str], expect: &str) {
    let (code, out, err) = run(folder, arguments);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(2), "", format!("mingbai: {expect}\n").as_str()));
}

fn export(folder: &Folder, arguments: &[&str]) -> Value {
    let (code, out, err) = run(folder, &[&["export"], arguments].concat());
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out.matches('\n').count(), 1, "it is one line");
    serde_json::from_str(&out).expect("it is JSON")
}

/// Returns the export of one file anywhere.
pub(crate) fn export_of(path: &Path) -> Value {
    let output = mingbai(Path::new("."), &[OsStr::new("export"), path.as_os_str()]).output();
    let output = output.expect("the program starts");
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

/// Returns whether the export of a file is a failure that is told in one line.
pub(crate) fn fails_to_export(path: &Path) -> bool {
    let output = mingbai(Path::new("."), &[OsStr::new("export"), path.as_os_str()]).output();
    let output = output.expect("the program starts");
    output.status.code() == Some(2) && String::from_utf8_lossy(&output.stderr).lines().count() == 1
}

fn files(rows: &Value) -> Vec<&str> {
    let rows = rows.as_array().expect("a list").iter();
    rows.map(|row| row.get("file").and_then(Value::as_str).expect("a file")).collect()
}

#[test]
fn help_and_version_go_to_the_output() {
    let folder = two();
    for arguments in [&["--help"][..], &["-h"], &["export", "--help"], &["search", "-h"]] {
        let (code, out, err) = run(&folder, arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert!(out.contains("Usage: mingbai"), "{out}");
        let (_, chinese, _) = run(&folder, &[&["--lang", "zh"], arguments].concat());
        assert!(chinese.contains("用法： mingbai") && !chinese.contains("Usage"), "{chinese}");
    }
    let (code, out, _) = run(&folder, &["--version"]);
    assert_eq!((code, out), (Some(0), format!("mingbai {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn the_help_says_what_the_exit_codes_mean() {
    let (_, out, _) = run(&two(), &["--help"]);
    expect_test::expect![[r"
        Explores budget and final-account disclosures of Chinese government departments in the terminal

        Usage: mingbai [PATH]...
               mingbai check [PATH]...
               mingbai compare <LEFT> <RIGHT>
               mingbai explain [CODE]
               mingbai export [PATH]...
               mingbai search <PATH> <QUERY>...

        Commands:
          check    Checks whether the figures agree and lists what does not
          compare  Puts two disclosures side by side: two years, budget and final accounts, two departments
          explain  Explains the checks, with an example that each finds and one that it does not
          export   Writes everything that was read as JSON
          search   Writes what is found, one line each, the best first

        Arguments:
          [PATH]...  folders, with all in them, or files; the samples where there are none. A folder named
                     export is written ./export

        Options:
              --fresh         begins anew, without the place and the marks of the last time
              --color <WHEN>  colours: auto (default) or never
              --lang <LANG>   the language of the program: zh or en (default by LC_ALL, LC_MESSAGES, LANG)
          -h, --help          shows this help
          -V, --version       shows the version

        Exit codes: 0 done; 1 a search found nothing, or a check has findings that nobody dismissed; 2 an
        error, told in one line on standard error
    "]]
    .assert_eq(&out);
}

#[test]
fn wrong_arguments_are_told_in_one_line() {
    let folder = two();
    fails(&folder, &["--foo"], "no such option: --foo; see mingbai --help");
    fails(&folder, &["export", "--foo"], "no such option: --foo; see mingbai --help");
    fails(&folder, &["search"], "missing: <PATH>, <QUERY>...; see mingbai --help");
    fails(&folder, &["search", "."], "missing: <QUERY>...; see mingbai --help");
    fails(
        &folder,
        &["--lang", "fr"],
        r#"no such value for --lang <LANG> (zh, en): "fr"; see mingbai --help"#,
    );
    fails(
        &folder,
        &["export", "--format", "csv"],
        r#"no such value for --format <FORMAT> (json): "csv"; see mingbai --help"#,
    );
    fails(
        &folder,
        &["search", ".", "x", "-n", "y"],
        r#"no such value for --limit <NUMBER>: "y"; see mingbai --help"#,
    );
    fails(
        &folder,
        &["search", ".", "　 "],
        "nothing to search for; name a budget line, a department, a year or an amount",
    );
}

#[test]
fn a_path_with_nothing_to_read_is_told_in_one_line() {
    let folder = Folder::new(&[("no/logo.png", &b"PNG"[..]), ("one/a.pdf", b"%PDF-"), ("b.txt", b"")]);
    folder.write("two/a.pdf", b"%PDF-");
    folder.write("two/b.txt", b"");
    for command in [&["export"][..], &["search"]] {
        let rest = if command == ["search"] { &["x"][..] } else { &[] };
        let fails = |path: &str, expect: &str| fails(&folder, &[command, &[path], rest].concat(), expect);
        fails("nowhere", "nowhere: no such file or folder; check the path");
        fails(
            "no",
            "no: holds no disclosure that can be read (txt, md, html, pdf, Word, Excel); name another folder",
        );
        fails("one", "a.pdf: is damaged or incomplete; download it again");
        fails("b.txt", "b.txt: is empty");
        fails(
            "two",
            "two: files that could not be read: 2, such as a.pdf: is damaged or incomplete; download it again",
        );
    }
    fails(&folder, &["nowhere"], "nowhere: no such file or folder; check the path");
    fails(
        &folder,
        &["no"],
        "no: holds no disclosure that can be read (txt, md, html, pdf, Word, Excel); name another folder",
    );
}

#[test]
fn browsing_needs_a_terminal() {
    let expect = "browsing needs a terminal; for files and pipes use mingbai export or mingbai search";
    fails(&two(), &[], expect);
    fails(&two(), &["."], expect);
}

#[test]
fn messages_are_in_the_language_of_the_locale() {
    let folder = two();
    let say = |name: &str, value: &str| {
        let output =
            mingbai(folder.path(), &["nowhere"]).env(name, value).output().expect("the program starts");
        String::from_utf8(output.stderr).expect("it writes UTF-8")
    };
    assert_eq!(say("LC_ALL", "zh_CN.UTF-8"), "mingbai: nowhere: 没有这个文件或文件夹，请检查路径\n");
    assert_eq!(say("LC_MESSAGES", "en_US"), "mingbai: nowhere: no such file or folder; check the path\n");
}

#[test]
fn the_export_has_every_field_of_the_schema() {
    let json = export(&two(), &["."]);
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().expect("an object").keys().cloned().collect() };
    assert_eq!(keys(&json), ["disclosures", "problems", "schema"]);
    assert_eq!(json["schema"], "mingbai/1");
    let disclosure = &json["disclosures"][0];
    assert_eq!(
        keys(disclosure),
        [
            "basis",
            "department",
            "file",
            "findings",
            "items",
            "notes",
            "outcomes",
            "region",
            "sections",
            "tables",
            "year"
        ]
    );
    assert_eq!((&disclosure["year"], &disclosure["basis"]), (&2024.into(), &"budget".into()));
    assert_eq!(keys(&disclosure["sections"][0]), ["id", "level", "line", "page", "parent", "span", "title"]);
    let item = &disclosure["items"][0];
    assert_eq!(
        keys(item),
        [
            "aspect",
            "basis",
            "canonical",
            "code",
            "column",
            "id",
            "line",
            "measure",
            "page",
            "parent",
            "relation",
            "row",
            "section",
            "span",
            "subject",
            "table",
            "unit",
            "value",
            "year"
        ]
    );
    assert_eq!(
        (&item["value"], &item["unit"], &item["line"]),
        (&"1202.95".into(), &"万元".into(), &4.into())
    );
}

#[test]
fn every_span_of_the_export_cuts_the_text() {
    let folder = two();
    let json = export(&folder, &["2024.txt"]);
    let cut = |row: &Value| {
        let [start, end] = [0, 1].map(|at| row["span"][at].as_u64().expect("an offset") as usize);
        BUDGET.get(start..end).expect("on character boundaries").to_owned()
    };
    let disclosure = &json["disclosures"][0];
    let all = |name: &str| disclosure[name].as_array().expect("a list").clone();
    let items: Vec<String> = all("items").iter().map(cut).collect();
    assert_eq!(items, ["1,202.95万元", "3.43万元", "0.80万元"]);
    for section in all("sections") {
        let text = cut(&section);
        assert!(text.starts_with(section["title"].as_str().expect("a title")), "{text}");
        let line = section["line"].as_u64().expect("a line") as usize;
        assert!(text.starts_with(BUDGET.lines().nth(line - 1).expect("a line of the file")));
    }
}

#[test]
fn the_export_is_the_same_every_time_and_sorted_by_file() {
    let files: Vec<(String, &str)> =
        (0..60).map(|n| (format!("{}/{n}.txt", n % 4), [BUDGET, FINAL, ""][n % 3])).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = Folder::new(&files);
    let (_, first, _) = run(&folder, &["export", "."]);
    let json: Value = serde_json::from_str(&first).expect("it is JSON");
    for (name, count) in [("disclosures", 40), ("problems", 20)] {
        let files = self::files(&json[name]);
        assert_eq!(files.len(), count);
        assert!(files.iter().map(Path::new).is_sorted(), "{files:?}");
    }
    assert_eq!(run(&folder, &["export", "."]).1, first);
    assert_eq!(run(&folder, &["export", ".", "--format", "json"]).1, first);
}

#[test]
fn problems_are_exported_beside_what_was_read() {
    let folder = Folder::new(&[("a.txt", BUDGET), ("b.txt", ""), ("c.pdf", "%PDF-")]);
    let json = export(&folder, &["."]);
    assert_eq!(files(&json["disclosures"]), ["a.txt"]);
    assert_eq!(files(&json["problems"]), ["b.txt", "c.pdf"]);
    assert_eq!(json["problems"][0]["message"], "is empty");
}

#[test]
fn files_are_named_by_the_folder_that_was_opened() {
    let folder = two();
    let json = |arguments: &[&str]| files(&export(&folder, arguments)["disclosures"]).join(" ");
    assert_eq!(json(&["."]), "2024.txt in/2023.txt");
    assert_eq!(json(&["in"]), "2023.txt");
    assert_eq!(json(&["in/2023.txt"]), "in/2023.txt");
    assert_eq!(json(&["in", "2024.txt"]), "2024.txt in/2023.txt");
}

#[test]
fn a_folder_named_like_a_command_is_written_as_a_path() {
    let folder = Folder::new(&[("export/a.txt", BUDGET)]);
    assert_eq!(files(&export(&folder, &["export"])["disclosures"]), ["a.txt"]);
    fails(
        &folder,
        &["./export"],
        "browsing needs a terminal; for files and pipes use mingbai export or mingbai search",
    );
}

#[test]
fn without_a_path_the_samples_are_exported() {
    let json = export(&Folder::new::<&str>(&[]), &[]);
    assert!(!files(&json["disclosures"]).is_empty());
    assert_eq!(json["problems"], Value::Array(vec![]));
}

#[test]
fn a_search_writes_one_line_a_hit() {
    let (code, out, err) = run(&two(), &["search", ".", "接待费", "2024"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let section = "二、“三公”经费预算情况";
    let line = format!("清禾市测试局\t2024 budget\t{section}\t公务接待费\t3.43万元\t2024.txt:6\n");
    assert_eq!(out, line);
    let (_, several, _) = run(&two(), &["search", ".", "测试局"]);
    assert_eq!(several.lines().next(), Some("清禾市测试局\t\t\t\t\t"));
    assert!(several.lines().all(|line| line.matches('\t').count() == 5), "{several}");
    let (_, few, _) = run(&two(), &["search", ".", "测试局", "--limit", "2"]);
    assert_eq!(few.lines().collect::<Vec<_>>(), several.lines().take(2).collect::<Vec<_>>());
}

#[test]
fn a_search_is_written_as_a_table_or_as_json_too() {
    let (code, out, _) = run(&two(), &["search", ".", "gwjd", "年:2024", "--format", "csv"]);
    assert_eq!(code, Some(0));
    let section = "二、“三公”经费预算情况";
    let row = format!("figure,清禾市测试局,2024,budget,{section},公务接待费,,,amount,3.43,万元,2024.txt,6");
    assert!(out.lines().any(|line| line == row), "{out}");
    let (_, out, _) = run(&two(), &["search", ".", "34300元", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((&json[0]["value"], &json[0]["line"]), (&"3.43".into(), &6.into()));
}

#[test]
fn a_search_without_a_hit_is_silent_and_says_so_by_its_code() {
    assert_eq!(run(&two(), &["search", ".", "没有这样的科目"]), (Some(1), String::new(), String::new()));
}

#[test]
fn a_search_says_what_it_could_not_look_at() {
    let folder = Folder::new(&[("a.txt", BUDGET), ("b.txt", ""), ("c.pdf", "%PDF-")]);
    let (code, out, err) = run(&folder, &["search", ".", "会议费"]);
    assert_eq!((code, out.lines().count()), (Some(0), 1));
    assert_eq!(err, "mingbai: not searched: files that could not be read: 2, such as b.txt: is empty\n");
}

#[test]
fn nothing_of_a_document_acts_on_the_terminal() {
    let text = BUDGET.replace("公务接待费3.43", "公务\u{1b}]0;标题\u{7}\u{9b}31m接待费\u{202e}3.43");
    let folder = Folder::new(&[("a.txt", &text), ("b\u{1b}[2J.txt", &String::new())]);
    for arguments in [&["search", ".", "3.43"][..], &["export", "."], &["export", "b\u{1b}[2J.txt"]] {
        let (_, out, err) = run(&folder, arguments);
        let acts = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{202e}';
        assert!(!out.contains(acts) && !err.contains(acts), "{out:?} {err:?}");
    }
    // JSON has them back.
    let json = export(&folder, &["."]);
    assert_eq!(files(&json["problems"]), ["b\u{1b}[2J.txt"]);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = two();
    for arguments in [&["export"][..], &["search", ".", "测试局"], &["--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let output = mingbai(folder.path(), arguments)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .and_then(std::process::Child::wait_with_output)
            .expect("the program starts");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_in_one_line() {
    let full = std::fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let folder = two();
    let child = mingbai(folder.path(), &["export"]).stdout(full).stderr(Stdio::piped()).spawn();
    let output = child.and_then(std::process::Child::wait_with_output).expect("the program starts");
    let err = String::from_utf8(output.stderr).expect("it writes UTF-8");
    assert_eq!(output.status.code(), Some(2));
    assert!(err.starts_with("mingbai: the output cannot be written: ") && err.lines().count() == 1, "{err}");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_columns_are_apart_by_spaces() {
    use std::io::Read as _;

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};

    let folder = two();
    let size = PtySize { rows: 24, cols: 200, ..PtySize::default() };
    let terminal = native_pty_system().openpty(size).expect("a terminal can be had");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mingbai"));
    command.args(["--lang", "en", "search", ".", "接待费", "2024"]);
    command.cwd(folder.path());
    let mut child = terminal.slave.spawn_command(command).expect("the program starts");
    drop(terminal.slave);
    let mut shown = Vec::new();
    // On Linux the terminal of a program that has ended is a read error, after all that it wrote.
    let _ = terminal.master.try_clone_reader().expect("it can be read").read_to_end(&mut shown);
    assert!(child.wait().expect("it ends").success());
    let shown = String::from_utf8(shown).expect("it writes UTF-8");
    let line = "清禾市测试局  2024 budget  二、“三公”经费预算情况  公务接待费  3.43万元  2024.txt:6\r\n";
    assert!(shown.ends_with(line), "{shown:?}");
}

/// A budget whose growth rate was divided by the wrong year.
const WRONG: &str = "\
清禾市测试局2024年部门预算公开
第一部分 2024年部门预算情况说明
一、收入支出预算情况
2024年收入预算1679.88万元，比上年增加180.70万元，增长10.75%。
";

#[test]
fn check_says_what_is_wrong_and_exits_with_one() {
    let folder = Folder::new(&[("a.txt", WRONG)]);
    let (code, out, err) = run(&folder, &["check", "."]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let block: Vec<&str> = out.lines().take(5).collect();
    expect_test::expect![[r"
        a.txt:4:25: warning RATE
          The growth rate of 收入预算 is given as 10.75%; 180.70万元 ÷ (1679.88万元 − 180.70万元) makes 12.05%.
          It was divided by this year's amount and cut off (10.76%).
          180.70万元 ÷ (1679.88万元 − 180.70万元) = 12.05% ≠ 10.75%
          │ …情况说明 一、收入支出预算情况 2024年收入预算1679.88万元，比上年增加180.70万元，增长10.75%。"]]
    .assert_eq(&block.join("\n"));
    assert!(out.contains("Outcomes (holds · findings · hints · not applicable · cannot tell)"), "{out}");
}

#[test]
fn check_filters_by_code_and_severity() {
    let folder = Folder::new(&[("a.txt", WRONG)]);
    let code = |arguments: &[&str]| run(&folder, &[&["check", "."], arguments].concat()).0;
    assert_eq!(code(&["--check", "RATE"]), Some(1));
    assert_eq!(code(&["--check", "sum,rate"]), Some(1));
    assert_eq!(code(&["--check", "SUM"]), Some(0));
    assert_eq!(code(&["--severity", "error"]), Some(0));
    assert_eq!(code(&["--severity", "info", "--check", "STRUCTURE"]), Some(0));
    fails(
        &folder,
        &["check", ".", "--check", "SUMS"],
        "no such check: SUMS; there are UNIT, SUM, BALANCE, DELTA, SHARE, RATE, DIRECTION, XREF, DEFINITION, PERIOD, COUNT, STRUCTURE, TEXT, CONTINUITY",
    );
    let clean = Folder::new(&[("a.txt", BUDGET)]);
    assert_eq!(run(&clean, &["check", "."]).0, Some(0));
    assert_eq!(run(&clean, &["check", "missing"]).0, Some(2));
}

#[test]
fn check_writes_for_programs() {
    let folder = Folder::new(&[("a.txt", WRONG)]);
    let (code, out, _) = run(&folder, &["check", ".", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(
        (code, json[0]["check"].as_str(), json[0]["file"].as_str()),
        (Some(1), Some("RATE"), Some("a.txt"))
    );
    let (_, exported, _) = run(&folder, &["export", "."]);
    let exported: Value = serde_json::from_str(&exported).expect("it is JSON");
    let finding = &exported["disclosures"][0]["findings"][0];
    assert_eq!((&json[0]["id"], &json[0]["items"]), (&finding["id"], &finding["items"]));
    let outcomes = exported["disclosures"][0]["outcomes"].as_array().expect("a list");
    assert_eq!(outcomes.len(), 14);
    let (_, csv, _) = run(&folder, &["check", ".", "--format", "csv"]);
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 2);
    assert!(
        rows[0].starts_with("file,line,check,severity,id,") && rows[1].starts_with("a.txt,4,RATE,warning,"),
        "{csv}"
    );
}

#[test]
fn what_was_decided_about_a_finding_goes_with_it() {
    let folder = Folder::new(&[("a.txt", WRONG)]);
    let (_, out, _) = run(&folder, &["check", ".", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((&json[0]["state"], &json[0]["note"]), (&Value::Null, &Value::Null));
    let key = format!("清禾市测试局 2024 budget {}", json[0]["id"].as_str().expect("an id"));
    let state = tempfile::tempdir().expect("a folder can be made");
    let file = state.path().join("mingbai/findings.json");
    std::fs::create_dir(state.path().join("mingbai")).expect("a folder can be made");
    let kept = serde_json::json!({ "schema": "mingbai-findings/1",
        "findings": { key: { "state": "dismissed", "note": "已问过，=1\u{1b}" } } });
    std::fs::write(&file, kept.to_string()).expect("it is written");
    let with = |arguments: &[&str]| {
        let output = mingbai(folder.path(), arguments).env("XDG_STATE_HOME", state.path()).output();
        let output = output.expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("it writes UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let judged = ("dismissed".into(), "已问过，=1\u{1b}".into());
    let (_, out, _) = with(&["check", ".", "--format", "json"]);
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!((&json[0]["state"], &json[0]["note"]), (&judged.0, &judged.1));
    let (_, out, err) = with(&["export", "."]);
    let json: Value = serde_json::from_str(&out).expect("it is JSON");
    let finding = &json["disclosures"][0]["findings"][0];
    assert_eq!((&finding["state"], &finding["note"], err.as_str()), (&judged.0, &judged.1, ""));
    let (_, csv, _) = with(&["check", ".", "--format", "csv"]);
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].ends_with(",state,note") && rows[1].ends_with(",dismissed,已问过，=1␛"), "{csv}");
    let (code, text, _) = with(&["check", "."]);
    assert_eq!(code, Some(0), "nothing is left that nobody dismissed");
    assert!(text.starts_with("a.txt:4:25: warning RATE [dismissed]\n"), "{text}");
    assert!(text.contains("\n  note: 已问过，=1␛\n"), "{text}");
    // A file that is not understood is told and left alone, and what was found is still told.
    std::fs::write(&file, "{ mine").expect("it is written");
    let (code, out, err) = with(&["check", ".", "--format", "json"]);
    assert!(serde_json::from_str::<Value>(&out).is_ok_and(|json| json[0]["state"].is_null()));
    assert_eq!((code, err.lines().count()), (Some(1), 1), "{err}");
    assert!(err.contains("findings.json"), "{err}");
}

#[test]
fn explain_shows_a_check_with_its_examples() {
    let folder = two();
    let (code, all, _) = run(&folder, &["explain"]);
    assert_eq!((code, all.lines().count()), (Some(0), 14));
    let (code, one, _) = run(&folder, &["explain", "share"]);
    assert_eq!(code, Some(0));
    assert!(one.starts_with("SHARE shares\n") && one.contains("It finds something here:"), "{one}");
    assert_eq!(run(&folder, &["explain", "NOTHING"]).0, Some(2));
}

/// A disclosure in two files: the text, and the tables as a page.
fn reviewed() -> Folder {
    let tables = "<h1>清禾市测试局2024年部门预算公开表</h1><p>支出总表</p><p>单位：万元</p><table>\
        <tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出\
        <tr><td>201<td>一般公共服务支出<td>100.50<td>80.50<td>20.00<tr><td><td>合计<td>100.50<td>80.50<td>20.00</table>\
        <p>政府性基金预算支出表</p><p>单位：万元</p><table><tr><td>科目编码<td>科目名称<td>合计<td>基本支出<td>项目支出\
        <tr><td><td><td><td><td></table>";
    let text = "批复时间：2024年1月20日，发布日期：2024年2月5日\n";
    let wrong = "“三公”经费预算6.58万元，其中：公务接待费3.43万元，占“三公”经费的54.18%；公务用车运行维护费3.15万元。\n";
    Folder::new(&[("text.txt", format!("{BUDGET}{text}{wrong}")), ("tables.html", tables.to_owned())])
}

#[test]
fn a_check_sheet_has_a_verdict_on_every_required_item() {
    let folder = reviewed();
    let (code, out, err) = run(&folder, &["check", "--format", "checklist", ".", "--lang", "zh"]);
    assert_eq!((code, err.as_str()), (Some(1), ""));
    let verdict = |item: &str| {
        let line = out
            .lines()
            .find(|line| line.trim_end().ends_with(item))
            .unwrap_or_else(|| panic!("{item}\n{out}"));
        line.trim_start().split(']').next().expect("a verdict").trim_start_matches('[').to_owned()
    };
    assert_eq!(out.matches("公开情况检查表").count(), 1, "two files are one disclosure");
    assert_eq!(verdict("及时性"), "符合");
    assert_eq!(verdict("封面"), "符合");
    assert_eq!(verdict("目录"), "不符合");
    assert_eq!(verdict("名词解释"), "不符合");
    assert_eq!(verdict("支出总体情况表"), "符合");
    assert_eq!(verdict("政府性基金预算支出情况表"), "不符合");
    assert_eq!(verdict("其他说明：“三公”经费"), "不符合");
    assert!(
        out.contains("相隔16日") && out.contains("text.txt 第8行：") && out.contains("≠ 54.18%"),
        "{out}"
    );
}

#[test]
fn a_check_sheet_is_written_as_a_workbook_that_can_be_read() {
    let folder = reviewed();
    let (code, out, err) = run(&folder, &["check", "--format", "checklist", ".", "--output", "sheet.xlsx"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(1), "", ""));
    let bytes = std::fs::read(folder.join("sheet.xlsx")).expect("it was written");
    let source = mingbai::source::Source::read(Path::new("sheet.xlsx"), &bytes).expect("it is a workbook");
    let (_, csv, _) = run(&folder, &["check", "--format", "checklist-csv", "text.txt", "tables.html"]);
    let rows = csv.lines().count();
    assert_eq!(source.tables.iter().map(|table| table.rows.len()).sum::<usize>(), rows);
    fails(
        &folder,
        &["check", "--format", "checklist", "text.txt", "-o", "no/sheet.xlsx"],
        "no/sheet.xlsx: cannot be written: No such file or directory (os error 2)",
    );
}
