//! Everything that a person can ask for, with the name it has in the configuration and on the palette.

use super::action::{Action, As};
use super::app::{Turn, Way};
use super::compare;
use super::cursor::Motion;
use super::review::By;
use crate::corpus::compare::Side;
use crate::judgement::Verdict;
use crate::lang::Word;

/// One thing to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// What it does.
    pub action: Action,
    /// What it is called in the configuration.
    pub name: &'static str,
    /// What it is called on the palette.
    pub word: Word,
}

const fn of(name: &'static str, action: Action, word: Word) -> Command {
    Command { action, name, word }
}

/// Everything that is not typing, as the palette lists it.
pub const COMMANDS: &[Command] = &[
    of("search", Action::Search, Word::KeySearch),
    of("findings", Action::Findings, Word::KeyFindings),
    of("next-finding", Action::Finding(Way::Next), Word::CommandNextFinding),
    of("previous-finding", Action::Finding(Way::Previous), Word::CommandPreviousFinding),
    of("explain", Action::Explain, Word::KeyExplain),
    of("compare", Action::Compare, Word::KeyCompare),
    of("trend", Action::Trend, Word::KeyTrend),
    of("copy", Action::Copy, Word::KeyCopy),
    of("copy-value", Action::CopyAs(As::Value), Word::CommandCopyValue),
    of("copy-row", Action::CopyAs(As::Row), Word::CommandCopyRow),
    of("copy-citation", Action::CopyAs(As::Citation), Word::CommandCopyCitation),
    of("open-source", Action::OpenSource, Word::KeyOpenSource),
    of("mark", Action::Mark, Word::KeyMark),
    of("export-marked", Action::ExportMarked, Word::KeyExportMarked),
    of("narrow", Action::Narrow, Word::KeyWiden),
    of("back", Action::Back, Word::CommandBack),
    of("forward", Action::Forward, Word::CommandForward),
    of("accept", Action::Judge(Verdict::Accepted), Word::KeyAccept),
    of("dismiss", Action::Judge(Verdict::Dismissed), Word::KeyDismiss),
    of("note", Action::Note, Word::KeyNote),
    of("undo", Action::Undo, Word::KeyUndo),
    of("outcomes", Action::Outcomes, Word::KeyOutcomes),
    of("problems", Action::Problems, Word::KeyProblems),
    of("filter", Action::Filter, Word::KeyFilter),
    of("by-severity", Action::Turn(By::Level), Word::KeyLevel),
    of("by-check", Action::Turn(By::Check), Word::KeyCheck),
    of("by-department", Action::Turn(By::Department), Word::KeyDepartment),
    of("by-state", Action::Turn(By::State), Word::KeyState),
    of("next-change", Action::Change(compare::Way::Next), Word::CommandNextChange),
    of("previous-change", Action::Change(compare::Way::Previous), Word::CommandPreviousChange),
    of("sort", Action::TurnCompare(Turn::Sort), Word::KeySort),
    of("only", Action::TurnCompare(Turn::Only), Word::KeyOnly),
    of("parts", Action::TurnCompare(Turn::Parts), Word::KeyParts),
    of("evidence", Action::TurnCompare(Turn::Evidence), Word::KeyEvidence),
    of("swap-sides", Action::TurnCompare(Turn::Sides), Word::KeySides),
    of("show-left", Action::ShowSide(Side::Left), Word::KeyShowLeft),
    of("show-right", Action::ShowSide(Side::Right), Word::KeyShowRight),
    of("next-disclosure", Action::Entry(Way::Next), Word::CommandNextDisclosure),
    of("previous-disclosure", Action::Entry(Way::Previous), Word::CommandPreviousDisclosure),
    of("theme", Action::Theme, Word::KeyTheme),
    of("units", Action::Units, Word::KeyUnits),
    of("language", Action::Language, Word::KeyLanguage),
    of("reload", Action::Reload, Word::KeyReload),
    of("redraw", Action::Redraw, Word::KeyRedraw),
    of("help", Action::Help, Word::KeyHelp),
    of("palette", Action::Palette, Word::KeyPalette),
    of("in", Action::In, Word::KeyIn),
    of("out", Action::Out, Word::KeyOut),
    of("toggle", Action::Toggle, Word::KeyToggle),
    of("next-pane", Action::NextPane, Word::CommandNextPane),
    of("previous-pane", Action::PreviousPane, Word::CommandPreviousPane),
    of("up", Action::Go(Motion::Up), Word::CommandUp),
    of("down", Action::Go(Motion::Down), Word::CommandDown),
    of("next-column", Action::Column(Way::Next), Word::CommandNextColumn),
    of("previous-column", Action::Column(Way::Previous), Word::CommandPreviousColumn),
    of("tables", Action::Raw, Word::KeyRaw),
    of("page-up", Action::Go(Motion::PageUp), Word::CommandPageUp),
    of("page-down", Action::Go(Motion::PageDown), Word::CommandPageDown),
    of("half-page-up", Action::Go(Motion::HalfUp), Word::CommandHalfUp),
    of("half-page-down", Action::Go(Motion::HalfDown), Word::CommandHalfDown),
    of("first", Action::Go(Motion::First), Word::CommandFirst),
    of("last", Action::Go(Motion::Last), Word::CommandLast),
    of("complete", Action::Complete, Word::KeyComplete),
    of("older", Action::Older, Word::CommandOlder),
    of("newer", Action::Newer, Word::CommandNewer),
    of("suspend", Action::Suspend, Word::KeySuspend),
    of("quit", Action::Quit, Word::KeyQuit),
];

/// Returns the command that does something; typing is none.
pub fn command(action: Action) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.action == action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keymap::KEYMAP;

    #[test]
    fn every_action_has_a_name_and_a_key_and_the_names_differ() {
        for binding in KEYMAP {
            let typing = matches!(binding.action, Action::Edit(_));
            assert!(typing || command(binding.action).is_some(), "{:?} has no name", binding.action);
        }
        for (index, one) in COMMANDS.iter().enumerate() {
            assert!(KEYMAP.iter().any(|binding| binding.action == one.action), "{} has no key", one.name);
            let again = COMMANDS.iter().skip(index + 1);
            assert!(
                again.clone().all(|other| other.name != one.name && other.action != one.action),
                "{}",
                one.name
            );
            assert!(again.clone().all(|other| other.word != one.word), "{} is called as another", one.name);
        }
    }
}
