//! The configuration file: everything that the README says may be written in it does something that is seen.

use mingbai::lang::Lang;
use mingbai::tui::command::COMMANDS;
use mingbai::tui::config;
use mingbai::tui::keymap::{Key, MODES};
use ratatui::buffer::Buffer;

use crate::screens::{app, draw, press};

const README: &str = include_str!("../../README.md");

/// What holds where nothing is written.
const DEFAULTS: &[&str] = &["\"zh\"", "\"dark\"", "\"auto\"", "\"lines\"", "1", "\"printed\""];

/// Figures of both units, with their changes and shares.
const TEXT: &str = "\
栖云县水务局2022年部门预算

一、“三公”经费情况

2022年“三公”经费预算6.33万元，其中：公务接待费34300元，占“三公”经费的54.18%，比上年减少0.03万元，下降0.87%。
";

/// Returns the settings of the README with their values.
fn documented() -> Vec<(&'static str, Vec<String>)> {
    let table = README.lines().skip_while(|line| *line != "| key | values | |").skip(2);
    let rows = table.take_while(|line| line.starts_with("| "));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let values: Vec<&str> = cells[2].split('`').skip(1).step_by(2).collect();
        let values = if cells[2].starts_with("a list") {
            Vec::from([format!("[{}]", values.join(", ")), format!("[{}]", values[0])])
        } else {
            values.into_iter().map(str::to_owned).collect()
        };
        (cells[1].trim_matches('`'), values)
    })
    .collect()
}

/// Returns a figure with its row and its sentence under settings.
fn frame(text: &str) -> Buffer {
    let settings = config::parse(text, Lang::Chinese).expect("the README says so");
    let mut app = app((140, 40), Lang::Chinese, &[("2022.txt", TEXT)]);
    app.apply(settings);
    press(&mut app, "/ 54.18 Enter");
    draw(&app).0
}

#[test]
fn every_documented_setting_is_seen() {
    let documented = documented();
    assert_eq!(documented.len(), 7, "{documented:?}");
    let plain = frame("");
    for (key, values) in documented {
        assert!(values.len() > 1, "{key}: {values:?}");
        let frames: Vec<Buffer> = values.iter().map(|value| frame(&format!("{key} = {value}"))).collect();
        for (at, value) in values.iter().enumerate() {
            let usual = DEFAULTS.contains(&value.as_str()) || value.matches(',').count() == 4;
            assert_eq!(frames[at] == plain, usual, "{key} = {value}");
            assert!(!frames[..at].contains(&frames[at]), "{key} = {value} is as another value");
        }
    }
}

#[test]
fn every_documented_action_is_given_another_key() {
    let listed = README
        .split("The actions: ")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .expect("they are listed");
    let names: Vec<&str> = listed.split('`').skip(1).step_by(2).collect();
    assert_eq!(names.len(), COMMANDS.len());
    let other = Key::parse("F9").expect("a key").event();
    for name in names {
        let command = COMMANDS.iter().find(|command| command.name == name).expect(name);
        let settings = config::parse(&format!("[keys]\n{name} = \"F9\""), Lang::Chinese).expect(name);
        let does = |mode| settings.keys.action(mode, other) == Some(command.action);
        assert!(MODES.iter().any(|&mode| does(mode)), "{name}");
    }
}
