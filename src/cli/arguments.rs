//! The command line: what may be written on it, and what the help says in the user's language.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use super::failure::Failure;
use crate::lang::{Lang, Word};

/// What was asked for. The help of each argument is in [`HELP`], in two languages.
#[derive(Debug, Parser)]
#[command(name = "mingbai", version, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[arg(long)]
    pub(super) fresh: bool,
    #[arg(long, value_name = "WHEN", hide_possible_values = true, value_parser = PossibleValuesParser::new(["auto", "never"]))]
    pub(super) color: Option<String>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[arg(long, global = true, value_name = "LANG", hide_possible_values = true, value_parser = PossibleValuesParser::new(["zh", "en"]))]
    lang: Option<String>,
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// A command other than to browse.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Check {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[arg(long, value_name = "FORMAT", hide_possible_values = true, value_parser = PossibleValuesParser::new(["text", "json", "csv", "checklist", "checklist-csv"]))]
        format: Option<String>,
        #[arg(long, value_name = "CODES", value_delimiter = ',')]
        check: Vec<String>,
        #[arg(long, value_name = "SEVERITY", hide_possible_values = true, value_parser = PossibleValuesParser::new(["error", "warning", "info"]))]
        severity: Option<String>,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Compare {
        #[arg(value_name = "LEFT")]
        left: String,
        #[arg(value_name = "RIGHT")]
        right: String,
        #[arg(long = "in", value_name = "PATH")]
        within: Vec<PathBuf>,
        #[arg(long, value_name = "FORMAT", hide_possible_values = true, value_parser = PossibleValuesParser::new(["text", "json", "csv"]))]
        format: Option<String>,
        #[arg(long, value_name = "ROWS", hide_possible_values = true, value_parser = PossibleValuesParser::new(["changed", "unmatched"]))]
        only: Option<String>,
        #[arg(long, value_name = "ORDER", hide_possible_values = true, value_parser = PossibleValuesParser::new(["document", "difference", "percent"]))]
        sort: Option<String>,
    },
    Explain {
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    Export {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        // There is one so far, but a script that names it will go on to work.
        #[arg(long, value_name = "FORMAT", hide_possible_values = true, value_parser = PossibleValuesParser::new(["json"]))]
        format: Option<String>,
    },
    Search {
        #[arg(value_name = "PATH")]
        path: PathBuf,
        #[arg(value_name = "QUERY", required = true, allow_negative_numbers = true)]
        query: Vec<String>,
        #[arg(short = 'n', long, value_name = "NUMBER")]
        limit: Option<usize>,
        #[arg(long, value_name = "FORMAT", hide_possible_values = true, value_parser = PossibleValuesParser::new(["text", "json", "csv"]))]
        format: Option<String>,
    },
}

/// What the help says of each argument, by its command; that of the command itself stands under no argument.
const HELP: &[(&str, &str, Word)] = &[
    ("", "", Word::HelpAbout),
    ("", "paths", Word::HelpPaths),
    ("", "fresh", Word::HelpFresh),
    ("", "color", Word::HelpColor),
    ("", "lang", Word::HelpLang),
    ("", "help", Word::HelpHelp),
    ("", "version", Word::HelpVersion),
    ("check", "", Word::HelpCheck),
    ("check", "paths", Word::HelpPaths),
    ("check", "format", Word::HelpChecklistFormat),
    ("check", "check", Word::HelpCheckCodes),
    ("check", "severity", Word::HelpCheckSeverity),
    ("check", "output", Word::HelpCheckOutput),
    ("compare", "", Word::HelpCompare),
    ("compare", "left", Word::HelpCompareLeft),
    ("compare", "right", Word::HelpCompareRight),
    ("compare", "within", Word::HelpCompareIn),
    ("compare", "format", Word::HelpCheckFormat),
    ("compare", "only", Word::HelpCompareOnly),
    ("compare", "sort", Word::HelpCompareSort),
    ("explain", "", Word::HelpExplain),
    ("explain", "code", Word::HelpCode),
    ("export", "", Word::HelpExport),
    ("export", "paths", Word::HelpPaths),
    ("export", "format", Word::HelpFormat),
    ("search", "", Word::HelpSearch),
    ("search", "path", Word::HelpPath),
    ("search", "query", Word::HelpQuery),
    ("search", "limit", Word::HelpLimit),
    ("search", "format", Word::HelpCheckFormat),
];

/// The usage line of the program; that of a command is made from its arguments.
const USAGE: &str = "mingbai [PATH]...\n       mingbai check [PATH]...\n       mingbai compare <LEFT> <RIGHT>\n       mingbai explain [CODE]\n       mingbai export [PATH]...\n       mingbai search <PATH> <QUERY>...";

impl Arguments {
    /// Returns whether a language was asked for.
    pub(super) fn names_language(&self) -> bool {
        self.lang.is_some()
    }
}

/// Reads the arguments, of which the first is the program's name.
pub(super) fn parse(arguments: &[OsString], lang: Lang) -> Result<Arguments, Failure> {
    let matches = command(lang).try_get_matches_from(arguments).map_err(|error| failure(&error, lang))?;
    Arguments::from_arg_matches(&matches).map_err(|error| failure(&error, lang))
}

/// Returns the language of what the program says: that of `--lang`, else that of the first of `LC_ALL`, `LC_MESSAGES`
/// and `LANG` that is set. It must be known before the arguments are read, because the help and their faults are said
/// in it.
pub(super) fn language(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Lang {
    let options = arguments.iter().skip(1).take_while(|argument| *argument != "--");
    let texts: Vec<&str> = options.filter_map(|argument| argument.to_str()).collect();
    let apart = texts.windows(2).filter_map(|pair| match pair {
        ["--lang", value] => Some(*value),
        _ => None,
    });
    let joined = texts.iter().filter_map(|text| text.strip_prefix("--lang="));
    let asked = apart.chain(joined).find_map(|value| match value {
        "zh" => Some(Lang::Chinese),
        "en" => Some(Lang::English),
        _ => None,
    });
    asked.unwrap_or_else(|| {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty());
        Lang::from_locale(&set.unwrap_or_default())
    })
}

/// Returns the command line with its help in a language.
fn command(lang: Lang) -> clap::Command {
    let whole = Arguments::command().override_usage(USAGE).after_help(Word::HelpCodes.text(lang));
    let whole = whole.subcommand_help_heading(Word::HeadingCommands.text(lang));
    HELP.iter().fold(layout(whole, lang), |whole, &(name, argument, word)| {
        if name.is_empty() {
            help(whole, argument, word, lang)
        } else {
            whole.mut_subcommand(name, |command| help(layout(command, lang), argument, word, lang))
        }
    })
}

/// Gives a command's help the headings of a language.
fn layout(command: clap::Command, lang: Lang) -> clap::Command {
    let usage = Word::HeadingUsage.text(lang);
    command.help_template(format!("{{about}}\n\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"))
}

fn help(command: clap::Command, argument: &str, word: Word, lang: Lang) -> clap::Command {
    let text = word.text(lang);
    if argument.is_empty() {
        return command.about(text);
    }
    let heading =
        |argument: &Arg| if argument.is_positional() { Word::HeadingArguments } else { Word::HeadingOptions };
    command.mut_arg(argument, |argument| {
        let heading = heading(&argument).text(lang);
        argument.help(text).help_heading(heading)
    })
}

/// Returns what is wrong with the arguments, in one line; clap's own words have several and are English.
fn failure(error: &clap::Error, lang: Lang) -> Failure {
    let context = |kind| error.get(kind).map(context_text).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let said = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return Failure::Help(error.render().to_string());
        }
        ErrorKind::UnknownArgument => format!("{}{argument}", Word::UnknownArgument.text(lang)),
        ErrorKind::MissingRequiredArgument => format!("{}{argument}", Word::MissingArgument.text(lang)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (value, valid) = (context(ContextKind::InvalidValue), context(ContextKind::ValidValue));
            let valid = if valid.is_empty() { valid } else { format!(" ({valid})") };
            format!("{}{argument}{valid}: {value:?}", Word::InvalidValue.text(lang))
        }
        _ => {
            let whole = error.render().to_string();
            let first = whole.lines().next().unwrap_or_default();
            first.strip_prefix("error: ").unwrap_or(first).to_owned()
        }
    };
    Failure::Said(format!("{said}{}", Word::SeeHelp.text(lang)))
}

fn context_text(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(several) => several.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        std::iter::once("mingbai").chain(line.split_whitespace()).map(OsString::from).collect()
    }

    #[track_caller]
    fn lang(line: &str, environment: &[(&str, &str)], expect: Lang) {
        let variable = |name: &str| {
            environment.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(language(&words(line), variable), expect, "{line} {environment:?}");
    }

    #[test]
    fn the_option_goes_before_the_environment() {
        lang("", &[], Lang::Chinese);
        lang("", &[("LANG", "en_GB.UTF-8")], Lang::English);
        lang("", &[("LANG", "en_GB.UTF-8"), ("LC_ALL", "zh_CN")], Lang::Chinese);
        lang("", &[("LANG", "en_GB.UTF-8"), ("LC_ALL", "")], Lang::English);
        lang("--lang zh", &[("LANG", "en")], Lang::Chinese);
        lang("search . --lang=en 三公", &[], Lang::English);
        lang("search . -- --lang en", &[], Lang::Chinese);
    }

    #[test]
    fn a_command_stands_first_and_a_folder_of_its_name_is_written_as_a_path() {
        let parsed = |line: &str| parse(&words(line), Lang::English).expect("it is right");
        assert!(
            matches!(parsed("--lang en export a b").command, Some(Command::Export { paths, .. }) if paths.len() == 2)
        );
        assert_eq!(parsed("./export a").paths, [PathBuf::from("./export"), PathBuf::from("a")]);
        assert_eq!(parsed("-- export").paths, [PathBuf::from("export")]);
        assert!(
            matches!(parsed("search . -3.43 2022").command, Some(Command::Search { query, .. }) if query == ["-3.43", "2022"])
        );
    }

    #[test]
    fn every_argument_has_its_help_in_both_languages() {
        for lang in [Lang::Chinese, Lang::English] {
            let whole = command(lang);
            for command in whole.get_subcommands().chain([&whole]) {
                assert!(command.get_about().is_some(), "{}", command.get_name());
                for argument in command.get_arguments() {
                    assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
                }
            }
        }
    }

    #[test]
    fn the_declaration_holds() {
        command(Lang::Chinese).debug_assert();
    }
}
