//! The configuration file → the choices in it, or what is wrong with it and on which line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::command::{self, COMMANDS};
use super::keymap::Key;
use super::settings::{Settings, UNITS};
use super::table::Column;
use super::theme::Look;
use crate::lang::{Lang, Word};
use crate::quantity::Unit;

/// What is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The line, counted from 1.
    pub line: usize,
    /// What was found, what is possible.
    pub message: String,
}

/// One thing that may be written in the file.
struct Choice {
    key: &'static str,
    /// What may be written, for whoever wrote something else.
    values: &'static str,
    /// Takes what is written into the settings; nothing where it is none of the values.
    take: fn(&DeValue, &mut Settings) -> Option<()>,
}

/// Everything that may be written, but for the keys. The README tells what each is for.
const CHOICES: &[Choice] = &[
    Choice { key: "language", values: "zh, en", take: language },
    Choice { key: "theme", values: "dark, light, high-contrast, colour-blind", take: theme },
    Choice { key: "color", values: "auto, never", take: color },
    Choice { key: "borders", values: "lines, ascii", take: borders },
    Choice { key: "ambiguous-width", values: "1, 2", take: ambiguous },
    Choice { key: "units", values: "printed, 元, 万元, 亿元", take: units },
    Choice { key: "columns", values: "this, last, change, rate, share", take: columns },
];

/// The table of keys in the file.
const KEYS: &str = "keys";

/// The columns with the names that they have in the file.
const COLUMNS: [(&str, Column); Column::COUNT] = [
    ("this", Column::This),
    ("last", Column::Last),
    ("change", Column::Delta),
    ("rate", Column::Rate),
    ("share", Column::Share),
];

fn language(value: &DeValue, settings: &mut Settings) -> Option<()> {
    settings.lang = Some(match value.as_str()? {
        "zh" => Lang::Chinese,
        "en" => Lang::English,
        _ => return None,
    });
    Some(())
}

fn theme(value: &DeValue, settings: &mut Settings) -> Option<()> {
    settings.look = Look::ALL.iter().find(|(name, _)| Some(*name) == value.as_str())?.1;
    Some(())
}

fn color(value: &DeValue, settings: &mut Settings) -> Option<()> {
    settings.colours = choose(value, "never", "auto")?;
    Some(())
}

fn borders(value: &DeValue, settings: &mut Settings) -> Option<()> {
    settings.glyphs.ascii = choose(value, "lines", "ascii")?;
    Some(())
}

fn ambiguous(value: &DeValue, settings: &mut Settings) -> Option<()> {
    let DeValue::Integer(cells) = value else { return None };
    settings.glyphs.wide = match cells.as_str() {
        "1" => false,
        "2" => true,
        _ => return None,
    };
    Some(())
}

fn units(value: &DeValue, settings: &mut Settings) -> Option<()> {
    let name = value.as_str()?;
    let unit: Option<Unit> = UNITS.into_iter().find(|unit| unit.name() == name);
    (unit.is_some() || name == "printed").then(|| settings.unit = unit)
}

fn columns(value: &DeValue, settings: &mut Settings) -> Option<()> {
    let named = |value: &Spanned<DeValue>| {
        let name = value.get_ref().as_str()?;
        Some(COLUMNS.iter().find(|(known, _)| *known == name)?.1)
    };
    settings.columns = value.as_array()?.iter().map(named).collect::<Option<_>>()?;
    Some(())
}

/// Returns whether a value is the second of two words; nothing where it is neither.
fn choose(value: &DeValue, first: &str, second: &str) -> Option<bool> {
    match value.as_str()? {
        word if word == first => Some(false),
        word if word == second => Some(true),
        _ => None,
    }
}

/// Reads the file. What is wrong is said in a language.
pub fn parse(text: &str, lang: Lang) -> Result<Settings, Wrong> {
    let line = |span: Range<usize>| 1 + text.bytes().take(span.start).filter(|&byte| byte == b'\n').count();
    let table = DeTable::parse(text).map_err(|error| Wrong {
        line: line(error.span().unwrap_or_default()),
        message: format!("{}{}", Word::ConfigSyntax.text(lang), error.message()),
    })?;
    let mut settings = Settings::default();
    let mut keys_line = 1;
    for (key, value) in table.get_ref() {
        let wrong = |message: String| Wrong { line: line(key.span()), message };
        let name: &str = key.get_ref();
        if name == KEYS {
            keys_line = line(key.span());
            take_keys(value, &mut settings, lang, &line)?;
            continue;
        }
        let Some(choice) = CHOICES.iter().find(|choice| choice.key == name) else {
            let known: Vec<&str> = CHOICES.iter().map(|choice| choice.key).chain([KEYS]).collect();
            return Err(wrong(fill(Word::ConfigKey, lang, &[name, &known.join(", ")])));
        };
        (choice.take)(value.get_ref(), &mut settings)
            .ok_or_else(|| wrong(fill(Word::ConfigValue, lang, &[name, choice.values])))?;
    }
    if let Some((key, one, other)) = settings.keys.clash() {
        let called = |action| command::command(action).map_or("", |command| command.name);
        let message = fill(Word::ConfigClash, lang, &[&key.name(), called(one), called(other)]);
        return Err(Wrong { line: keys_line, message });
    }
    Ok(settings)
}

/// Takes in the keys: each action with one key or several.
fn take_keys(
    value: &Spanned<DeValue>,
    settings: &mut Settings,
    lang: Lang,
    line: &dyn Fn(Range<usize>) -> usize,
) -> Result<(), Wrong> {
    let Some(table) = value.get_ref().as_table() else {
        let message = fill(Word::ConfigValue, lang, &[KEYS, "[keys]"]);
        return Err(Wrong { line: line(value.span()), message });
    };
    for (name, value) in table {
        let wrong = |message: String| Wrong { line: line(name.span()), message };
        let called: &str = name.get_ref();
        let Some(command) = COMMANDS.iter().find(|command| command.name == called) else {
            let known: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
            return Err(wrong(fill(Word::ConfigKey, lang, &[called, &known.join(", ")])));
        };
        let names: Option<Vec<&str>> = match value.get_ref() {
            DeValue::String(name) => Some(vec![name]),
            DeValue::Array(names) => names.iter().map(|name| name.get_ref().as_str()).collect(),
            _ => None,
        };
        let keys: Option<Vec<Key>> = names.and_then(|names| names.into_iter().map(Key::parse).collect());
        let keys = keys.ok_or_else(|| {
            wrong(fill(Word::ConfigValue, lang, &[called, Word::ConfigKeyNames.text(lang)]))
        })?;
        settings.keys.change(command.action, keys);
    }
    Ok(())
}

fn fill(word: Word, lang: Lang, values: &[&str]) -> String {
    let mut text = word.text(lang).to_owned();
    for (number, value) in values.iter().enumerate() {
        text = text.replace(&format!("{{{number}}}"), value);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Action;
    use crate::tui::keymap::Mode;

    #[test]
    fn every_choice_is_taken() {
        let text = "\
language = \"en\"
theme = \"high-contrast\"
color = \"never\"
borders = \"ascii\"
ambiguous-width = 2
units = \"万元\"
columns = [\"this\", \"rate\"]

[keys]
search = [\"S\", \"Ctrl-K\"]
compare = \"F2\"
";
        let settings = parse(text, Lang::English).expect("it is right");
        assert_eq!(
            (settings.lang, settings.look, settings.colours),
            (Some(Lang::English), Look::Contrast, false)
        );
        assert!(settings.glyphs.ascii && settings.glyphs.wide);
        assert_eq!(settings.unit, Some(Unit::TenThousandYuan));
        assert_eq!(settings.columns, [Column::This, Column::Rate]);
        let press = |key: &str| settings.keys.action(Mode::Explore, Key::parse(key).expect("a key").event());
        assert_eq!(
            (press("S"), press("Ctrl-K"), press("/")),
            (Some(Action::Search), Some(Action::Search), None)
        );
        assert_eq!(press("F2"), Some(Action::Compare));
        assert_eq!(parse("", Lang::English).expect("nothing need be written"), Settings::default());
        assert_eq!(parse("units = \"printed\"", Lang::English).expect("it is right").unit, None);
    }

    #[track_caller]
    fn check(text: &str, line: usize, message: &str) {
        let wrong = parse(text, Lang::English).expect_err("it is wrong");
        assert_eq!(wrong.line, line, "{}", wrong.message);
        assert!(wrong.message.starts_with(message), "{}", wrong.message);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        check(
            "language = \"en\"\n\ncolour = \"never\"\n",
            3,
            "no such setting: colour; there are language, theme",
        );
        check("theme = \"pink\"", 1, "theme cannot be that; it can be dark, light");
        check("\nambiguous-width = \"2\"", 2, "ambiguous-width cannot be that; it can be 1, 2");
        check("columns = [\"this\", 3]", 1, "columns cannot be that");
        check("theme = ", 1, "not written as TOML: ");
        check("theme = \"dark\"\nlanguage == 1", 2, "not written as TOML: ");
        check("[keys]\nsearch = \"/\"\nfly = \"x\"", 3, "no such setting: fly; there are search, findings");
        check("[keys]\nsearch = \"Hyper-X\"", 2, "search cannot be that");
        check("[keys]\nsearch = 3", 2, "search cannot be that");
        check("keys = 3", 1, "keys cannot be that");
        check("theme = \"dark\"\n[keys]\nsearch = \"q\"", 2, "q is both search and quit");
    }

    #[test]
    fn the_readme_names_every_setting_and_every_action() {
        let readme = include_str!("../../README.md");
        for choice in CHOICES {
            assert!(readme.contains(&format!("`{}`", choice.key)), "{} is not in the README", choice.key);
        }
        for command in COMMANDS {
            assert!(readme.contains(&format!("`{}`", command.name)), "{} is not in the README", command.name);
        }
    }
}
