//! What one does with the thing at hand: palette, help of a pane, copy, marks, the source file, back and forward, themes.

use std::path::PathBuf;

use expect_test::expect_file;
use mingbai::corpus::load::Loaded;
use mingbai::lang::Lang;
use mingbai::quantity::Unit;
use mingbai::tui::action::As;
use mingbai::tui::theme::Look;
use mingbai::tui::{App, Effect, Event, Settings, Theme};
use ratatui::style::Color;

use crate::screens::{check, check_cells, county, draw, focus, press, read, text};

#[test]
fn the_palette_does_what_is_chosen_on_it() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, ":");
    check(&app, &expect_file!["screens/palette-140x40.txt"]);
    press(&mut app, "wenti");
    press(&mut app, "Enter");
    assert!(text(&draw(&app).0).contains("问题"), "{}", text(&draw(&app).0));
    // Over the findings it has what can be done there, and comes back to them.
    press(&mut app, "Esc Esc f : qrzgwt");
    assert!(text(&draw(&app).0).contains("确认这个问题"), "{}", text(&draw(&app).0));
    assert!(matches!(press(&mut app, "Enter"), Some(Effect::Judge(_))));
    assert!(matches!(press(&mut app, "Esc : quit Enter"), Some(Effect::Quit)));
    let mut app = county((60, 18), Lang::English);
    press(&mut app, ": copy");
    check(&app, &expect_file!["screens/palette-60x18-en.txt"]);
    press(&mut app, "nothing like it Enter");
    assert!(app.overlay.is_some(), "nothing is done where nothing is found");
}

#[test]
fn the_help_begins_with_the_keys_of_where_one_is() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "f ?");
    check(&app, &expect_file!["screens/help-findings-140x40.txt"]);
    press(&mut app, "Esc");
    assert!(text(&draw(&app).0).contains("Esc 关闭"), "the findings are still open");
    press(&mut app, "Esc / 公务 F1");
    assert!(text(&draw(&app).0).contains("帮助"));
    press(&mut app, "Esc");
    assert!(text(&draw(&app).0).contains("/ 公务"), "the search goes on");
}

#[test]
fn value_row_and_citation_are_copied() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ 54.18 Enter y");
    check(&app, &expect_file!["screens/copy-140x40.txt"]);
    let mut copied = |keys: &str| match press(&mut app, keys) {
        Some(Effect::Copy(text)) => text,
        other => panic!("{keys}: {other:?}"),
    };
    assert_eq!(copied("v"), "54.18%");
    assert_eq!(copied("y r"), "公务接待费\t3.43万元\t\t-0.03万元\t-0.87%\t54.18%");
    let place = "栖云县水务局2022年部门预算，二、“三公”经费情况";
    assert_eq!(copied("y c"), format!("{place}：公务接待费（占比%）54.18%"));
    assert_eq!(copied("Up Down Left Down Down Y"), format!("{place}：公务接待费（增减）-0.03万元"));
    assert_eq!(copied("Left Y"), place);
    assert_eq!(copied("Left Left Left Left Y"), "栖云县水务局2022年部门预算");
    assert_eq!(copied("y Enter"), "2022 预算");
    assert_eq!(copied("f Y"), format!("{place}：“三公”经费6.33万元"));
    let mut app = county((60, 18), Lang::English);
    press(&mut app, "/ 收入预算 Enter y");
    check(&app, &expect_file!["screens/copy-60x18-en.txt"]);
    press(&mut app, "q");
    assert!(app.overlay.is_none());
}

#[test]
fn marked_rows_are_shown_counted_and_exported() {
    let mut app = county((140, 40), Lang::Chinese);
    assert_eq!(press(&mut app, "x"), None);
    assert!(text(&draw(&app).0).contains("还没有标记"));
    press(&mut app, "/ 三公 Enter Space Space");
    check(&app, &expect_file!["screens/marked-140x40.txt"]);
    let Some(Effect::Export(table)) = press(&mut app, "x") else { panic!("a table") };
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(lines[1].contains("“三公”经费,,,amount,6.33,万元,水务局/2022.txt"), "{table}");
    press(&mut app, "Up Up Space");
    assert_eq!(app.picks.len(), 1);
    let mut app = county((60, 18), Lang::English);
    press(&mut app, "Space");
    check(&app, &expect_file!["screens/marked-60x18-en.txt"]);
}

#[test]
fn the_source_file_is_opened_at_its_line() {
    let mut app = county((140, 40), Lang::Chinese);
    let water = PathBuf::from("水务局/2022.txt");
    press(&mut app, "/ 54.18 Enter");
    assert_eq!(press(&mut app, "o"), Some(Effect::Open(water.clone(), 17)));
    assert_eq!(press(&mut app, "Left Left o"), Some(Effect::Open(water.clone(), 15)));
    assert_eq!(press(&mut app, "f o"), Some(Effect::Open(water, 17)));
    assert_eq!(press(&mut app, "Esc g o"), Some(Effect::Open(PathBuf::from("文化局/2022.txt"), 1)));
}

#[test]
fn one_goes_back_to_where_one_was() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "[");
    assert!(text(&draw(&app).0).contains("之前没有别的位置"));
    press(&mut app, "/ 54.18 Enter / 420 Enter");
    assert_eq!(focus(&app), "Figures 收入预算 [420.00万元]");
    press(&mut app, "[");
    assert_eq!(focus(&app), "Figures 公务接待费 [54.18%]");
    press(&mut app, "[");
    assert_eq!(focus(&app), "Tree 2022 预算 [栖云县文化局]");
    press(&mut app, "] ]");
    assert_eq!(focus(&app), "Figures 收入预算 [420.00万元]");
    press(&mut app, "]");
    assert!(text(&draw(&app).0).contains("之后没有别的位置"));
}

#[test]
fn money_is_shown_in_the_unit_one_chose_and_nothing_else_changes() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ 三公 Enter U");
    assert!(text(&draw(&app).0).contains("34,300"), "{}", text(&draw(&app).0));
    assert!(text(&draw(&app).0).contains("公务接待费3.43万元"), "the source is as it is written");
    check(&app, &expect_file!["screens/units-140x40.txt"]);
    press(&mut app, "U U");
    assert_eq!(app.settings.unit, Some(Unit::HundredMillionYuan));
    press(&mut app, "U");
    assert_eq!(app.settings.unit, None);
    assert!(text(&draw(&app).0).contains("3.43"));
}

#[test]
fn every_theme_is_drawn_and_without_colours_nothing_is_lost() {
    let mut app = county((140, 40), Lang::Chinese);
    let whole = text(&draw(&app).0);
    for (name, look) in Look::ALL {
        app.apply(Settings { look, ..Settings::default() });
        let (buffer, _) = draw(&app);
        assert_eq!(text(&buffer), whole, "{name}");
        assert!(
            buffer.content.iter().any(|cell| cell.fg == Theme::of(look, true).accent.fg.unwrap_or_default())
        );
        app.apply(Settings { look, colours: false, ..Settings::default() });
        let (buffer, _) = draw(&app);
        assert_eq!(text(&buffer), whole, "every meaning has a sign: {name}");
        assert!(
            buffer.content.iter().all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset)),
            "{name}"
        );
    }
    press(&mut app, "T");
    assert_eq!(app.settings.look, Look::Dark);
}

#[test]
fn a_terminal_with_nothing_but_ascii_gets_lines_of_it() {
    for wide in [false, true] {
        let mut app = county((140, 40), Lang::Chinese);
        let mut settings = Settings::default();
        settings.glyphs.ascii = !wide;
        settings.glyphs.wide = wide;
        app.apply(settings);
        press(&mut app, "/ 54.18 Enter");
        let shown = text(&draw(&app).0);
        assert!(!shown.contains(['─', '│', '╭', '▸', '▾', '✗', '▲', '·']), "{shown}");
        if wide {
            check_wide(&app);
            expect_file!["screens/wide-140x40.txt"].assert_eq(&shown);
        } else {
            check_cells(&draw(&app).0);
            expect_file!["screens/ascii-140x40.txt"].assert_eq(&shown);
        }
    }
}

/// Checks that every character that may be wide has two cells.
fn check_wide(app: &App) {
    let (buffer, _) = draw(app);
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let symbol = buffer.cell((x, y)).map_or("", |cell| cell.symbol());
            if "“”—…①".contains(symbol) && !symbol.is_empty() {
                let next = buffer.cell((x + 1, y)).map_or("", |cell| cell.symbol());
                assert_eq!(next, "", "behind {symbol} at {x},{y}");
            }
        }
    }
}

/// Reads the same files anew, one of them changed and one gone.
fn read_anew(app: &mut App) {
    let files = [
        (
            "水务局/2022.txt",
            "栖云县水务局2022年部门预算\n\n一、“三公”经费情况\n\n2022年“三公”经费预算6.33万元，其中：公务接待费3.43万元。\n",
        ),
        ("水务局/2024.txt", "栖云县水务局2024年部门预算\n\n一、收支总体情况\n\n2024年收入预算99.00万元。\n"),
    ];
    app.begin_reload();
    for (file, text) in files {
        app.update(read(file, text));
    }
    app.update(Event::Loaded(Loaded::Done));
    app.settle();
}

#[test]
fn what_changed_is_read_anew_and_one_stays_where_one_was() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ 公务接待费 Enter Left Space Up Tab");
    assert_eq!(app.update(Event::Changed), Some(Effect::Reload));
    let before = focus(&app);
    read_anew(&mut app);
    assert_eq!(focus(&app), before);
    assert_eq!((app.corpus.entries.len(), app.picks.len()), (2, 1));
    assert!(text(&draw(&app).0).contains("已重新读取"));
    check_cells(&draw(&app).0);
    assert_eq!(press(&mut app, "r"), Some(Effect::Reload));
}

#[test]
fn a_note_that_is_being_written_is_not_lost_when_files_change() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "n m 要问");
    read_anew(&mut app);
    assert_eq!(app.corpus.entries.len(), 3, "the old is still there");
    assert!(text(&draw(&app).0).contains("要问"));
    press(&mut app, "Esc");
    app.settle();
    assert_eq!(app.corpus.entries.len(), 2);
}

#[test]
fn changes_while_files_are_read_are_read_after_that() {
    let mut app = county((140, 40), Lang::Chinese);
    app.begin_reload();
    assert_eq!(app.update(Event::Changed), None);
    assert_eq!(app.update(Event::Loaded(Loaded::Done)), Some(Effect::Reload));
}

#[test]
fn what_was_kept_is_shown_again() {
    use mingbai::tui::state::State;
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ 54.18 Enter Left Space Up Tab");
    let (state, before) = (State::of(&app), (focus(&app), app.outline.rows.len()));
    let state = State::from_json(&state.to_json());
    let mut app = county((140, 40), Lang::Chinese);
    state.clone().restore(&mut app);
    assert_eq!((focus(&app), app.outline.rows.len()), before);
    assert_eq!((app.picks.len(), app.history.len()), (1, 1));
    // One who has gone somewhere already stays there.
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "G");
    let before = focus(&app);
    state.restore(&mut app);
    assert_eq!((focus(&app), app.picks.len()), (before, 1));
}

#[test]
fn a_citation_is_the_same_by_every_way() {
    let mut app = county((140, 40), Lang::English);
    press(&mut app, "/ 143.18 Enter");
    let citation = "栖云县水务局2022年部门预算，三、机关运行经费情况：机关运行经费143.18万元";
    assert_eq!(press(&mut app, "Y"), Some(Effect::Copy(citation.to_owned())));
    assert_eq!(press(&mut app, ": copy-citation Enter"), Some(Effect::Copy(citation.to_owned())));
    let node = app.outline.selected().expect("something is selected");
    assert_eq!(app.copied(node, As::Citation), citation);
}
