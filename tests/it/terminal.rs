//! The real program in a pseudo-terminal: what it shows, and that the terminal is afterwards as it was before.

use std::env;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use mingbai::tui::terminal;
use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use vt100::{MouseProtocolMode, Parser};

/// How long something may take on a machine that has much else to do.
const DEADLINE: Duration = Duration::from_mins(1);

/// A program in a pseudo-terminal.
struct Session {
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal can still be asked after its program has ended.
    _slave: Box<dyn SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    /// Everything that was written so far.
    written: Vec<u8>,
    screen: Parser,
    modes_before: String,
}

impl Session {
    fn start(mut command: CommandBuilder, (cols, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let modes_before = modes(&*pair.master);
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                // One escape sequence at a time, or what is on screen for a moment only would be missed.
                let mut pieces = buffer[..read].chunk_by(|_, next| *next != 0x1b);
                if pieces.any(|piece| sender.send(piece.to_vec()).is_err()) {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        let screen = Parser::new(rows, cols, 0);
        let written = Vec::new();
        Self { master: pair.master, _slave: pair.slave, child, keys, output, written, screen, modes_before }
    }

    /// Starts the program on the samples, with nothing decided about their findings.
    fn browse(size: (u16, u16)) -> Self {
        Self::browse_with(&env::temp_dir().join("mingbai-no-such-state"), size)
    }

    /// Starts the program on a folder with one disclosure, an editor that leaves its arguments beside it, and a folder in
    /// which it keeps what it is told.
    #[cfg(unix)]
    fn browse_folder(state: &Path, data: &Path, arguments: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mingbai"));
        command.args(["--lang", "zh"]);
        command.args(arguments);
        command.arg(data);
        command.env("XDG_STATE_HOME", state);
        command.env("XDG_CONFIG_HOME", state);
        command.env("VISUAL", "");
        command.env("EDITOR", state.join("editor"));
        Self::start(command, (140, 40))
    }

    /// Starts the program on the samples, with a folder in which it keeps what is decided.
    fn browse_with(state: &Path, size: (u16, u16)) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_mingbai"));
        command.args(["--lang", "zh"]);
        command.env("XDG_STATE_HOME", state);
        command.env("XDG_CONFIG_HOME", state);
        Self::start(command, size)
    }

    fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("it listens");
        self.keys.flush().expect("it listens");
    }

    /// Reads what the program writes until the screen is as it should be.
    #[track_caller]
    fn wait(&mut self, what: &str, is_there: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + DEADLINE;
        while !is_there(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.output.recv_timeout(left) else {
                panic!("no {what}:\n{}", self.screen.screen().contents());
            };
            self.screen.process(&bytes);
            self.written.extend(bytes);
        }
    }

    #[track_caller]
    fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Waits for the program's end and checks that the terminal is as it was.
    #[track_caller]
    fn end(mut self) -> (ExitStatus, String) {
        self.wait("end of the screen", |screen| !screen.alternate_screen() && !screen.hide_cursor());
        let status = self.child.wait().expect("it ends");
        let screen = self.screen.screen();
        assert!(!screen.bracketed_paste(), "pasted text is marked");
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
        assert_eq!(modes(&*self.master), self.modes_before, "the modes of the terminal");
        (status, screen.contents())
    }
}

/// Returns the modes of a terminal, only to be compared.
fn modes(terminal: &dyn MasterPty) -> String {
    format!("{:?}", terminal.get_termios())
}

/// Waits until all files are read: the counts stand alone on the right.
fn loaded(screen: &vt100::Screen) -> bool {
    let contents = screen.contents();
    let first = contents.lines().next().unwrap_or_default();
    first.contains("个数字") && !first.contains("读取") && !first.contains(" 0 份公开")
}

#[test]
fn one_looks_around_searches_and_quits() {
    let mut session = Session::browse((140, 40));
    session.wait("samples", loaded);
    session.wait("panes", |screen| {
        let contents = screen.contents();
        ["目录", "原文", "栖云县", "预算", "q 退出"].iter().all(|text| contents.contains(text))
            && screen.alternate_screen()
            && screen.bracketed_paste()
            && screen.mouse_protocol_mode() != MouseProtocolMode::None
    });
    session.send("/公务接待");
    session.wait("results and a caret", |screen| {
        screen.contents().contains("个结果")
            && screen.contents().contains("/ 公务接待")
            && !screen.hide_cursor()
    });
    session.send("\r");
    session.wait("a sentence", |screen| {
        screen.contents().contains("公务接待费")
            && !screen.contents().contains("个结果")
            && screen.hide_cursor()
    });
    session.send("q");
    let (status, _) = session.end();
    assert_eq!((status.exit_code(), status.signal()), (0, None));
}

#[test]
fn what_is_decided_about_a_finding_is_still_known_the_next_time() {
    let state = tempfile::tempdir().expect("a folder");
    let mut session = Session::browse_with(state.path(), (140, 40));
    session.wait("samples", loaded);
    session.send("f");
    session.wait_for("Esc 关闭");
    session.send("d");
    session.wait_for("已排除 1");
    session.send("\x03");
    session.end();
    let file = state.path().join("mingbai/findings.json");
    let text = std::fs::read_to_string(file).expect("it was written");
    assert!(text.contains("\"state\": \"dismissed\""), "{text}");
    let mut session = Session::browse_with(state.path(), (140, 40));
    session.wait("samples", loaded);
    session.send("f");
    session.wait_for("已排除 1");
    session.send("\x03");
    session.end();
}

#[test]
fn pasted_text_goes_into_the_search_and_nowhere_else() {
    let mut session = Session::browse((100, 30));
    session.wait("samples", loaded);
    // Were these keys, they would quit.
    session.send("\x1b[200~qqq\x1b[201~/\x1b[200~公务\n接待\x1b[201~");
    session.wait_for("/ 公务 接待");
    session.send("\x03");
    assert_eq!(session.end().0.exit_code(), 0);
}

#[test]
fn another_size_is_drawn_anew() {
    let mut session = Session::browse((140, 40));
    session.wait("samples", loaded);
    for (cols, rows, text) in [(50, 10, "窗口太小"), (100, 30, "? 帮助")] {
        session.screen.screen_mut().set_size(rows, cols);
        session
            .master
            .resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })
            .expect("it is resized");
        session.wait_for(text);
    }
    session.send("q");
    assert_eq!(session.end().0.exit_code(), 0);
}

#[test]
fn the_screen_is_drawn_anew_where_something_else_wrote_on_it() {
    let mut session = Session::browse((100, 30));
    session.wait("samples", loaded);
    let written = String::from_utf8_lossy(&session.written);
    assert!(
        written.contains("\x1b[?1049h\x1b[2J"),
        "the screen begins empty also where it is not another one"
    );
    session.screen.process(b"\x1b[H\x1b[7mBroadcast message");
    assert!(!session.screen.screen().contents().contains("明白"));
    session.send("\x0c");
    // All is drawn, not only the line that was written on. How few bytes that takes is held in slow_line.rs.
    session.wait("whole screen", |screen| {
        let contents = screen.contents();
        let chinese = contents.chars().filter(|c| ('一'..='龥').contains(c)).count();
        contents.contains("明白") && !contents.contains("Broadcast") && chinese > 300
    });
    session.send("q");
    assert_eq!(session.end().0.exit_code(), 0);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_and_leaves_the_terminal_as_it_was() {
    for (signal, number) in [("-TERM", "Terminated"), ("-HUP", "Hangup")] {
        let mut session = Session::browse((140, 40));
        session.wait("samples", loaded);
        let process = session.child.process_id().expect("it runs").to_string();
        let sent = Command::new("kill").args([signal, &process]).status().expect("there is kill");
        assert!(sent.success());
        let (status, _) = session.end();
        assert_eq!(status.signal(), Some(number));
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_told() {
    const ROLE: &str = "MINGBAI_TEST_PANICS";
    if env::var_os(ROLE).is_some() {
        // This is the program in the pseudo-terminal.
        terminal::open().expect("a terminal");
        thread::spawn(|| panic!("a quiet one")).join().expect_err("it panics");
        panic!("a loud one");
    }
    let mut command = CommandBuilder::new(env::current_exe().expect("this program"));
    command.args(["--exact", "terminal::a_panic_gives_the_terminal_back_before_it_is_told", "--nocapture"]);
    command.env(ROLE, "1");
    let mut session = Session::start(command, (140, 40));
    session.wait("alternate screen", vt100::Screen::alternate_screen);
    session.wait("panic on the first screen", |screen| {
        !screen.alternate_screen() && screen.contents().contains("a loud one")
    });
    let (status, contents) = session.end();
    assert!(!status.success());
    assert!(!contents.contains("a quiet one"), "{contents}");
}

/// A disclosure, and one with another amount.
#[cfg(unix)]
fn disclosure(amount: &str) -> String {
    format!("栖云县水务局2022年部门预算\n\n一、收支总体情况\n\n2022年收入预算{amount}万元。\n")
}

#[cfg(unix)]
#[test]
fn what_is_copied_goes_to_the_clipboard_and_into_a_file_that_is_named() {
    let (state, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    std::fs::write(data.path().join("2022.txt"), disclosure("420.00")).expect("it is written");
    let mut session = Session::browse_folder(state.path(), data.path(), &[]);
    session.wait_for("420.00");
    session.send("/420\r");
    session.wait("the figure", |screen| !screen.contents().contains("个结果"));
    session.send("yv");
    session.wait_for("copied.txt");
    // 420.00万元 in base 64, between the marks of OSC 52.
    let written = String::from_utf8_lossy(&session.written).into_owned();
    assert!(written.contains("\u{1b}]52;c;NDIwLjAw5LiH5YWD"), "{written:?}");
    let file = state.path().join("mingbai/copied.txt");
    assert_eq!(std::fs::read_to_string(file).expect("it was written"), "420.00万元");
    session.send(" x");
    session.wait_for("marked-1.csv");
    let file = state.path().join("mingbai/marked-1.csv");
    assert!(std::fs::read_to_string(file).expect("it was written").contains("420.00"));
    session.send("q");
    assert_eq!(session.end().0.exit_code(), 0);
    assert_eq!(
        std::fs::read_dir(data.path()).expect("it is there").count(),
        1,
        "nothing is written beside the data"
    );
}

#[cfg(unix)]
#[test]
fn an_editor_gets_the_terminal_the_file_and_the_line_and_gives_it_back() {
    use std::os::unix::fs::PermissionsExt as _;
    let (state, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    std::fs::write(data.path().join("2022.txt"), disclosure("420.00")).expect("it is written");
    let editor = state.path().join("editor");
    // It reads a line as an editor would; the program must not take it.
    let script = format!(
        "#!/bin/sh\necho \"EDITOR $1 IS READY\"\nread line\necho \"$line\" > {}/typed\n",
        state.path().display()
    );
    std::fs::write(&editor, script).expect("it is written");
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    let mut session = Session::browse_folder(state.path(), data.path(), &[]);
    session.wait_for("420.00");
    session.send("/420\r");
    session.wait("the figure", |screen| !screen.contents().contains("个结果"));
    session.send("o");
    session.wait("the editor", |screen| {
        screen.contents().contains("EDITOR +5 IS READY") && !screen.alternate_screen()
    });
    session.send("qqq\n");
    session.wait("the screens again", |screen| {
        screen.alternate_screen() && screen.contents().contains("420.00")
    });
    assert_eq!(std::fs::read_to_string(state.path().join("typed")).expect("it was written"), "qqq\n");
    session.send("/");
    session.wait_for("Tab 部门:");
    session.send("\x03");
    assert_eq!(session.end().0.exit_code(), 0);
}

#[cfg(unix)]
#[test]
fn it_stops_with_the_terminal_as_it_was_and_goes_on() {
    let (state, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    std::fs::write(data.path().join("2022.txt"), disclosure("420.00")).expect("it is written");
    // A shell, because a program that stops must be gone on with by one.
    let mut command = CommandBuilder::new("/bin/sh");
    let program = env!("CARGO_BIN_EXE_mingbai");
    command.args(["-i", "-c", "set -m; \"$0\" --lang zh \"$1\"; echo STOPPED HERE; fg; echo ENDED HERE"]);
    command.args([program, &data.path().display().to_string()]);
    command.env("XDG_STATE_HOME", state.path());
    command.env("XDG_CONFIG_HOME", state.path());
    let mut session = Session::start(command, (100, 30));
    session.wait_for("420.00");
    session.send("\x1a");
    session.wait("the screens again", |screen| {
        screen.alternate_screen() && screen.contents().contains("420.00")
    });
    session.send("q");
    session
        .wait("the shell", |screen| !screen.alternate_screen() && screen.contents().contains("ENDED HERE"));
    assert!(
        session.screen.screen().contents().contains("STOPPED HERE"),
        "{}",
        session.screen.screen().contents()
    );
}

#[cfg(unix)]
#[test]
fn what_changes_on_disk_is_on_screen_and_the_place_is_kept_for_the_next_time() {
    let (state, data) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let file = data.path().join("2022.txt");
    std::fs::write(&file, disclosure("420.00")).expect("it is written");
    let mut session = Session::browse_folder(state.path(), data.path(), &[]);
    session.wait_for("420.00");
    std::fs::write(&file, disclosure("430.55")).expect("it is written");
    session.wait_for("430.55");
    session.send("/430\r");
    session.wait("the figure", |screen| !screen.contents().contains("个结果"));
    session.send("q");
    session.end();
    // A section that was open is open again, unless all begins anew.
    let open = |screen: &vt100::Screen| screen.contents().contains("430.55 万元");
    let mut session = Session::browse_folder(state.path(), data.path(), &[]);
    session.wait("the open section", open);
    session.send("q");
    session.end();
    let mut session = Session::browse_folder(state.path(), data.path(), &["--fresh"]);
    session.wait("the folder", loaded);
    assert!(!open(session.screen.screen()), "{}", session.screen.screen().contents());
    session.send("q");
    session.end();
}

#[cfg(unix)]
#[test]
fn a_wrong_setting_is_named_with_its_line_before_a_screen_opens() {
    let state = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(state.path().join("mingbai")).expect("a folder");
    let file = state.path().join("mingbai/config.toml");
    std::fs::write(&file, "theme = \"light\"\ncolour = 1\n").expect("it is written");
    let mut session = Session::browse_with(state.path(), (100, 30));
    session.wait_for("config.toml:2: 没有这个设置：colour");
    assert_eq!(session.child.wait().expect("it ends").exit_code(), 2);
    // The language on the command line goes before.
    std::fs::write(&file, "language = \"en\"\nborders = \"ascii\"\n[keys]\nquit = \"Q\"\n")
        .expect("it is written");
    let mut session = Session::browse_with(state.path(), (100, 30));
    session.wait("lines of ASCII", |screen| screen.contents().contains("+- 目录") && loaded(screen));
    session.send("q?");
    session.wait_for("帮助");
    session.send("q");
    session.wait("the panes", |screen| !screen.contents().contains("帮助 -"));
    session.send("Q");
    assert_eq!(session.end().0.exit_code(), 0);
}

#[test]
fn the_mouse_selects_and_scrolls() {
    let mut session = Session::browse((140, 40));
    session.wait("samples", loaded);
    let first = |screen: &vt100::Screen| screen.contents().lines().next().unwrap_or_default().to_owned();
    let before = first(session.screen.screen());
    // A click, as terminals report it in their newer form: button, column, row, pressed and let go.
    session.send("\x1b[<0;12;6M\x1b[<0;12;6m");
    session.wait("another place", |screen| first(screen) != before);
    let row = |screen: &vt100::Screen| screen.contents().lines().nth(4).unwrap_or_default().to_owned();
    let shown = row(session.screen.screen());
    session.send("\x1b[<65;90;8M");
    session.wait("rows further down", |screen| row(screen) != shown);
    session.send("q");
    assert_eq!(session.end().0.exit_code(), 0);
}
