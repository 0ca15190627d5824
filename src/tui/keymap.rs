//! Keys → actions: one table that dispatch, the hints at the bottom and the help all read.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::{Action, As, Edit};
use super::app::{Turn, Way};
use super::compare;
use super::cursor::Motion;
use super::review::By;
use crate::corpus::compare::Side;
use crate::judgement::Verdict;
use crate::lang::Word;

/// What has the keys: the panes or one of the overlays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The panes.
    Explore,
    /// The panes, while a table in the source has the keys.
    Table,
    /// The search.
    Search,
    /// The help.
    Help,
    /// The list of problems.
    Problems,
    /// The list of findings.
    Findings,
    /// The line of words that the findings must hold.
    Filter,
    /// What every check came to.
    Outcomes,
    /// Two disclosures side by side.
    Compare,
    /// The disclosures to compare with.
    Choose,
    /// The command palette.
    Palette,
    /// What of the thing at hand is copied.
    Copying,
    /// What is said of a subject over the years.
    Trend,
    /// What a check looks for.
    Explanation,
    /// A line to write a note in.
    Note,
}

/// A key as it is pressed. Shift is part of a character and not looked at beside one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    control: bool,
}

/// What some keys do.
#[derive(Debug)]
pub struct Binding {
    /// Where they do it.
    pub modes: &'static [Mode],
    /// The keys; the first stands in the hints.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// The word in the bottom line, for those that stand there.
    pub hint: Option<Word>,
    /// What the help says; nothing for what any line of text can do.
    pub help: Option<Word>,
}

const fn key(code: KeyCode) -> Key {
    Key { code, control: false }
}

const fn char(c: char) -> Key {
    key(KeyCode::Char(c))
}

const fn control(c: char) -> Key {
    Key { code: KeyCode::Char(c), control: true }
}

use KeyCode::{
    BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up,
};
use Mode::{
    Choose, Compare, Copying, Explanation, Explore, Filter, Findings, Help, Note, Outcomes, Palette,
    Problems, Search, Table, Trend,
};

/// Every mode.
pub const MODES: &[Mode] = &[
    Explore,
    Table,
    Search,
    Help,
    Problems,
    Findings,
    Filter,
    Explanation,
    Note,
    Outcomes,
    Compare,
    Choose,
    Palette,
    Copying,
    Trend,
];
/// The modes of the panes.
const PANES: &[Mode] = &[Explore, Table];
/// The modes over which the palette and the help open.
const OVER: &[Mode] = &[Explore, Table, Findings, Explanation, Outcomes, Problems, Compare, Trend];

/// The modes without a line to type in.
const READING: &[Mode] =
    &[Explore, Table, Help, Problems, Findings, Explanation, Outcomes, Compare, Copying, Trend];
/// The modes that show a list to choose from.
const LISTS: &[Mode] = MODES;
/// The modes in which one types.
const TYPING: &[Mode] = &[Search, Note, Filter, Choose, Palette];

/// What every key does, in the order of the help and of the hints, of which the last are left out where there is no room.
pub const KEYMAP: &[Binding] = &[
    bind(&[Explore], &[key(Enter), key(Right), char('l')], Action::In, Some(Word::HintIn), Some(Word::KeyIn)),
    bind(
        &[Table],
        &[key(Left), char('h')],
        Action::Column(Way::Previous),
        Some(Word::HintColumn),
        Some(Word::KeyColumn),
    ),
    bind(
        &[Table],
        &[key(Right), char('l')],
        Action::Column(Way::Next),
        Some(Word::HintColumn),
        Some(Word::KeyColumn),
    ),
    bind(&[Table], &[key(Esc), key(Backspace)], Action::Out, Some(Word::HintOut), Some(Word::KeyOut)),
    bind(&[Table], &[char('v')], Action::Raw, Some(Word::HintRaw), Some(Word::KeyRaw)),
    bind(
        &[Explore],
        &[key(Left), key(Esc), key(Backspace), char('h')],
        Action::Out,
        Some(Word::HintOut),
        Some(Word::KeyOut),
    ),
    bind(PANES, &[char('z')], Action::Toggle, None, Some(Word::KeyToggle)),
    bind(PANES, &[key(Tab)], Action::NextPane, Some(Word::HintPane), Some(Word::KeyPanes)),
    bind(PANES, &[key(BackTab)], Action::PreviousPane, None, Some(Word::KeyPanes)),
    bind(READING, &[key(Up), char('k')], Action::Go(Motion::Up), None, Some(Word::KeyMove)),
    bind(READING, &[key(Down), char('j')], Action::Go(Motion::Down), None, Some(Word::KeyMove)),
    bind(LISTS, &[key(PageUp), control('b')], Action::Go(Motion::PageUp), None, Some(Word::KeyPage)),
    bind(LISTS, &[key(PageDown), control('f')], Action::Go(Motion::PageDown), None, Some(Word::KeyPage)),
    bind(READING, &[control('u')], Action::Go(Motion::HalfUp), None, Some(Word::KeyHalf)),
    bind(READING, &[control('d')], Action::Go(Motion::HalfDown), None, Some(Word::KeyHalf)),
    bind(READING, &[key(Home), char('g')], Action::Go(Motion::First), None, Some(Word::KeyEnds)),
    bind(READING, &[key(End), char('G')], Action::Go(Motion::Last), None, Some(Word::KeyEnds)),
    // The key of the solidus gives 、 while a Chinese input method is on.
    bind(PANES, &[char('/'), char('、')], Action::Search, Some(Word::HintSearch), Some(Word::KeySearch)),
    bind(PANES, &[control('t')], Action::Narrow, None, Some(Word::KeyWiden)),
    bind(PANES, &[char('n')], Action::Finding(Way::Next), Some(Word::HintNext), Some(Word::KeyNextFinding)),
    bind(PANES, &[char('N')], Action::Finding(Way::Previous), None, Some(Word::KeyNextFinding)),
    bind(&[Findings], &[char('n')], Action::Go(Motion::Down), None, None),
    bind(&[Findings], &[char('N')], Action::Go(Motion::Up), None, None),
    bind(PANES, &[char('f')], Action::Findings, Some(Word::HintFindings), Some(Word::KeyFindings)),
    bind(PANES, &[char('c')], Action::Compare, Some(Word::HintCompare), Some(Word::KeyCompare)),
    bind(PANES, &[char('t')], Action::Trend, Some(Word::HintTrend), Some(Word::KeyTrend)),
    bind(&[Trend], &[key(Enter)], Action::In, Some(Word::HintText), None),
    // Two disclosures side by side.
    bind(
        &[Compare],
        &[char('n')],
        Action::Change(compare::Way::Next),
        Some(Word::HintChange),
        Some(Word::KeyChange),
    ),
    bind(&[Compare], &[char('N')], Action::Change(compare::Way::Previous), None, Some(Word::KeyChange)),
    bind(
        &[Compare],
        &[char('s')],
        Action::TurnCompare(Turn::Sort),
        Some(Word::HintSort),
        Some(Word::KeySort),
    ),
    bind(
        &[Compare],
        &[char('o')],
        Action::TurnCompare(Turn::Only),
        Some(Word::HintOnly),
        Some(Word::KeyOnly),
    ),
    bind(
        &[Compare],
        &[char('w')],
        Action::TurnCompare(Turn::Parts),
        Some(Word::HintParts),
        Some(Word::KeyParts),
    ),
    bind(
        &[Compare],
        &[char('e')],
        Action::TurnCompare(Turn::Evidence),
        Some(Word::HintEvidence),
        Some(Word::KeyEvidence),
    ),
    bind(&[Compare], &[char('t')], Action::Trend, Some(Word::HintTrend), Some(Word::KeyTrend)),
    bind(&[Compare], &[char('x')], Action::TurnCompare(Turn::Sides), None, Some(Word::KeySides)),
    bind(
        &[Compare],
        &[key(Enter), char('2')],
        Action::ShowSide(Side::Right),
        Some(Word::HintText),
        Some(Word::KeyShowRight),
    ),
    bind(&[Compare], &[char('1')], Action::ShowSide(Side::Left), None, Some(Word::KeyShowLeft)),
    bind(&[Compare], &[char('c')], Action::Compare, Some(Word::HintOther), Some(Word::KeyOther)),
    bind(
        &[Compare],
        &[key(Esc), char('q'), key(Left), key(Backspace), char('h')],
        Action::Out,
        Some(Word::HintClose),
        Some(Word::KeyLeaveCompare),
    ),
    bind(&[Choose], &[key(Up), control('p')], Action::Go(Motion::Up), None, None),
    bind(&[Choose], &[key(Down), control('n')], Action::Go(Motion::Down), Some(Word::HintChoose), None),
    bind(&[Choose], &[key(Enter)], Action::In, Some(Word::HintCompare), None),
    bind(&[Choose], &[key(Esc)], Action::Out, Some(Word::HintClose), None),
    bind(&[Choose], &[control('u')], Action::Edit(Edit::Clear), Some(Word::HintClear), None),
    bind(&[Choose], &[control('w')], Action::Edit(Edit::DeleteWord), None, None),
    // The findings.
    bind(&[Findings], &[key(Enter)], Action::In, Some(Word::HintJump), Some(Word::KeyJumpFinding)),
    bind(
        &[Findings],
        &[char('/'), char('、')],
        Action::Filter,
        Some(Word::HintFilter),
        Some(Word::KeyFilter),
    ),
    bind(&[Findings], &[char('s')], Action::Turn(By::Level), Some(Word::HintLevel), Some(Word::KeyLevel)),
    bind(&[Findings], &[char('c')], Action::Turn(By::Check), Some(Word::HintCheck), Some(Word::KeyCheck)),
    bind(
        &[Findings],
        &[char('b')],
        Action::Turn(By::Department),
        Some(Word::HintDepartment),
        Some(Word::KeyDepartment),
    ),
    bind(&[Findings], &[char('t')], Action::Turn(By::State), Some(Word::HintState), Some(Word::KeyState)),
    bind(
        &[Findings],
        &[char('a')],
        Action::Judge(Verdict::Accepted),
        Some(Word::HintAccept),
        Some(Word::KeyAccept),
    ),
    bind(
        &[Findings],
        &[char('d')],
        Action::Judge(Verdict::Dismissed),
        Some(Word::HintDismiss),
        Some(Word::KeyDismiss),
    ),
    bind(&[Findings], &[char('m')], Action::Note, Some(Word::HintNote), Some(Word::KeyNote)),
    bind(&[Findings], &[char('u')], Action::Undo, Some(Word::HintUndo), Some(Word::KeyUndo)),
    bind(&[Findings], &[char('e')], Action::Explain, Some(Word::HintExplain), Some(Word::KeyExplain)),
    bind(
        &[Findings],
        &[key(Esc), char('q'), char('f'), key(Left), key(Backspace), char('h')],
        Action::Out,
        Some(Word::HintClose),
        None,
    ),
    bind(PANES, &[char('O')], Action::Outcomes, None, Some(Word::KeyOutcomes)),
    bind(&[Findings], &[char('O')], Action::Outcomes, Some(Word::HintOutcomes), None),
    bind(&[Outcomes], &[key(Enter)], Action::In, Some(Word::HintItsFindings), None),
    bind(
        &[Outcomes],
        &[char('n')],
        Action::Entry(Way::Next),
        Some(Word::HintNextDisclosure),
        Some(Word::CommandNextDisclosure),
    ),
    bind(
        &[Outcomes],
        &[char('N')],
        Action::Entry(Way::Previous),
        None,
        Some(Word::CommandPreviousDisclosure),
    ),
    bind(&[Filter], &[key(Up), control('p')], Action::Go(Motion::Up), None, None),
    bind(&[Filter], &[key(Down), control('n')], Action::Go(Motion::Down), None, None),
    bind(&[Filter], &[key(Enter)], Action::In, Some(Word::HintKeepFilter), None),
    bind(&[Filter], &[key(Esc)], Action::Out, Some(Word::HintNoFilter), None),
    bind(&[Filter], &[control('u')], Action::Edit(Edit::Clear), Some(Word::HintClear), None),
    bind(&[Filter], &[control('w')], Action::Edit(Edit::DeleteWord), None, None),
    bind(&[Note], &[key(Enter)], Action::In, Some(Word::HintKeep), None),
    bind(&[Note], &[key(Esc)], Action::Out, Some(Word::HintClose), None),
    bind(&[Note], &[control('u')], Action::Edit(Edit::Clear), Some(Word::HintClear), None),
    bind(&[Note], &[control('w')], Action::Edit(Edit::DeleteWord), None, None),
    bind(&[Explore, Table, Findings], &[char('y')], Action::Copy, Some(Word::HintCopy), Some(Word::KeyCopy)),
    bind(
        &[Explore, Table, Findings],
        &[char('Y')],
        Action::CopyAs(As::Citation),
        None,
        Some(Word::CommandCopyCitation),
    ),
    bind(&[Explore, Table, Findings], &[char(' ')], Action::Mark, None, Some(Word::KeyMark)),
    bind(&[Explore, Table, Findings], &[char('x')], Action::ExportMarked, None, Some(Word::KeyExportMarked)),
    bind(&[Explore, Table, Findings], &[char('o')], Action::OpenSource, None, Some(Word::KeyOpenSource)),
    bind(PANES, &[char('[')], Action::Back, None, Some(Word::KeyTravel)),
    bind(PANES, &[char(']')], Action::Forward, None, Some(Word::KeyTravel)),
    bind(OVER, &[char(':')], Action::Palette, Some(Word::HintPalette), Some(Word::KeyPalette)),
    bind(&[Help, Copying], &[char(':')], Action::Palette, None, Some(Word::KeyPalette)),
    bind(&[Search, Filter, Choose, Note], &[control('k')], Action::Palette, None, Some(Word::KeyPalette)),
    bind(OVER, &[char('?'), key(KeyCode::F(1))], Action::Help, Some(Word::HintHelp), Some(Word::KeyHelp)),
    bind(TYPING, &[key(KeyCode::F(1))], Action::Help, None, Some(Word::KeyHelp)),
    bind(&[Copying], &[char('?'), key(KeyCode::F(1))], Action::Help, None, None),
    bind(&[Explore], &[char('v')], Action::Raw, None, Some(Word::KeyRaw)),
    bind(PANES, &[char('T')], Action::Theme, None, Some(Word::KeyTheme)),
    bind(PANES, &[char('U')], Action::Units, None, Some(Word::KeyUnits)),
    bind(PANES, &[char('r')], Action::Reload, None, Some(Word::KeyReload)),
    bind(LISTS, &[control('z')], Action::Suspend, None, Some(Word::KeySuspend)),
    bind(PANES, &[char('q')], Action::Quit, Some(Word::HintQuit), Some(Word::KeyQuit)),
    bind(LISTS, &[control('c')], Action::Quit, None, Some(Word::KeyQuit)),
    bind(PANES, &[char('!')], Action::Problems, Some(Word::HintProblems), Some(Word::KeyProblems)),
    bind(PANES, &[char('L')], Action::Language, Some(Word::HintLanguage), Some(Word::KeyLanguage)),
    bind(PANES, &[char('e')], Action::Explain, Some(Word::HintExplain), None),
    bind(PANES, &[char('a')], Action::Judge(Verdict::Accepted), None, None),
    bind(PANES, &[char('d')], Action::Judge(Verdict::Dismissed), None, None),
    bind(PANES, &[char('m')], Action::Note, None, None),
    bind(PANES, &[char('u')], Action::Undo, None, None),
    bind(LISTS, &[control('l')], Action::Redraw, None, Some(Word::KeyRedraw)),
    // The search.
    bind(&[Search], &[key(Up)], Action::Go(Motion::Up), None, Some(Word::KeyHits)),
    bind(&[Search], &[key(Down)], Action::Go(Motion::Down), Some(Word::HintChoose), Some(Word::KeyHits)),
    bind(&[Search], &[key(Enter)], Action::In, Some(Word::HintJump), Some(Word::KeyJump)),
    bind(&[Search], &[key(Tab)], Action::Complete, Some(Word::HintComplete), Some(Word::KeyComplete)),
    bind(&[Search], &[control('t')], Action::Narrow, Some(Word::HintNarrow), Some(Word::KeyNarrow)),
    bind(&[Search], &[control('p')], Action::Older, Some(Word::HintOlder), Some(Word::KeyOlder)),
    bind(&[Search], &[control('n')], Action::Newer, None, Some(Word::KeyOlder)),
    bind(&[Search], &[key(Esc)], Action::Out, Some(Word::HintClose), Some(Word::KeyCloseSearch)),
    bind(&[Search], &[control('u')], Action::Edit(Edit::Clear), Some(Word::HintClear), Some(Word::KeyClear)),
    bind(&[Search], &[control('w')], Action::Edit(Edit::DeleteWord), None, Some(Word::KeyDeleteWord)),
    bind(TYPING, &[key(Left)], Action::Edit(Edit::Left), None, None),
    bind(TYPING, &[key(Right)], Action::Edit(Edit::Right), None, None),
    bind(TYPING, &[key(Home), control('a')], Action::Edit(Edit::Start), None, None),
    bind(TYPING, &[key(End), control('e')], Action::Edit(Edit::End), None, None),
    bind(TYPING, &[key(Backspace), control('h')], Action::Edit(Edit::Backspace), None, None),
    bind(TYPING, &[key(Delete), control('d')], Action::Edit(Edit::Delete), None, None),
    // What is copied.
    bind(&[Copying], &[char('v')], Action::CopyAs(As::Value), Some(Word::HintCopyValue), None),
    bind(&[Copying], &[char('r')], Action::CopyAs(As::Row), Some(Word::HintCopyRow), None),
    bind(
        &[Copying],
        &[char('c'), char('y')],
        Action::CopyAs(As::Citation),
        Some(Word::HintCopyCitation),
        None,
    ),
    bind(&[Copying], &[key(Enter)], Action::In, None, None),
    bind(&[Copying], &[key(Esc), char('q'), key(Left), char('h')], Action::Out, Some(Word::HintClose), None),
    // The palette.
    bind(&[Palette], &[key(Up), control('p')], Action::Go(Motion::Up), None, None),
    bind(&[Palette], &[key(Down), control('n')], Action::Go(Motion::Down), Some(Word::HintChoose), None),
    bind(&[Palette], &[key(Enter)], Action::In, Some(Word::HintDo), None),
    bind(&[Palette], &[key(Esc)], Action::Out, Some(Word::HintClose), None),
    bind(&[Palette], &[control('u')], Action::Edit(Edit::Clear), Some(Word::HintClear), None),
    bind(&[Palette], &[control('w')], Action::Edit(Edit::DeleteWord), None, None),
    // The other overlays.
    bind(
        &[Help, Problems, Explanation],
        &[key(Esc), char('q'), key(Left), key(Backspace), char('h'), key(Enter)],
        Action::Out,
        Some(Word::HintClose),
        None,
    ),
    bind(
        &[Trend],
        &[key(Esc), char('q'), char('t'), key(Left), key(Backspace), char('h')],
        Action::Out,
        Some(Word::HintClose),
        None,
    ),
    bind(
        &[Outcomes],
        &[key(Esc), char('q'), char('O'), key(Left), key(Backspace), char('h')],
        Action::Out,
        Some(Word::HintClose),
        None,
    ),
    bind(&[Help], &[char('?')], Action::Out, None, None),
    bind(&[Problems], &[char('!')], Action::Out, None, None),
    bind(&[Explanation], &[char('e')], Action::Out, None, None),
    bind(
        &[Help, Problems, Findings, Explanation, Outcomes, Compare, Trend],
        &[char('L')],
        Action::Language,
        Some(Word::HintLanguage),
        None,
    ),
];

const fn bind(
    modes: &'static [Mode],
    keys: &'static [Key],
    action: Action,
    hint: Option<Word>,
    help: Option<Word>,
) -> Binding {
    Binding { modes, keys, action, hint, help }
}

/// Returns whether one types in a mode.
pub fn is_typing(mode: Mode) -> bool {
    TYPING.contains(&mode)
}

/// Returns the key of an event. Where nothing is typed, the full-width characters that a Chinese input method gives
/// stand for the keys they are printed on.
pub(super) fn pressed(mode: Mode, event: KeyEvent) -> Option<Key> {
    if event.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER | KeyModifiers::META) {
        return None;
    }
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let code = match event.code {
        KeyCode::Char(c) if control => KeyCode::Char(c.to_ascii_lowercase()),
        KeyCode::Char(c @ '！'..='～') if !TYPING.contains(&mode) => {
            KeyCode::Char(char::from_u32(c as u32 - '！' as u32 + '!' as u32).unwrap_or(c))
        }
        KeyCode::Char('\u{3000}') if !TYPING.contains(&mode) => KeyCode::Char(' '),
        code => code,
    };
    Some(Key { code, control })
}

impl From<Key> for KeyEvent {
    fn from(key: Key) -> Self {
        let modifiers = if key.control { KeyModifiers::CONTROL } else { KeyModifiers::NONE };
        Self::new(key.code, modifiers)
    }
}

impl Key {
    /// Returns a key by itself.
    pub const fn plain(code: KeyCode) -> Self {
        key(code)
    }

    /// Returns a letter with the control key.
    pub const fn with_control(c: char) -> Self {
        control(c)
    }

    /// Returns the character that is typed with it.
    pub fn letter(self) -> Option<char> {
        match self {
            Self { code: KeyCode::Char(c), control: false } => Some(c),
            _ => None,
        }
    }

    /// Returns whether a character is typed with it.
    pub fn is_letter(self) -> bool {
        self.letter().is_some()
    }

    /// Returns the name of the key as it is shown.
    pub fn name(self) -> String {
        let name = match self.code {
            Up => "↑",
            Down => "↓",
            Left => "←",
            Right => "→",
            Enter => "Enter",
            Esc => "Esc",
            Backspace => "Backspace",
            Delete => "Delete",
            Tab => "Tab",
            BackTab => "Shift-Tab",
            Home => "Home",
            End => "End",
            PageUp => "PgUp",
            PageDown => "PgDn",
            KeyCode::Char(' ') => "Space",
            KeyCode::Char(c) if self.control => return format!("Ctrl-{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => return c.to_string(),
            other => return other.to_string(),
        };
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::keys::Keys;

    fn press(mode: Mode, code: KeyCode, modifiers: KeyModifiers) -> Option<Action> {
        Keys::default().action(mode, KeyEvent::new(code, modifiers))
    }

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        for &mode in MODES {
            let mut seen = Vec::new();
            for key in KEYMAP.iter().filter(|binding| binding.modes.contains(&mode)).flat_map(|b| b.keys) {
                assert!(!seen.contains(key), "{} twice in {mode:?}", key.name());
                seen.push(*key);
            }
        }
    }

    #[test]
    fn every_mode_has_a_way_out_and_a_way_to_end_the_program() {
        for &mode in MODES {
            assert_eq!(press(mode, Esc, KeyModifiers::NONE), Some(Action::Out), "{mode:?}");
            assert_eq!(
                press(mode, KeyCode::Char('c'), KeyModifiers::CONTROL),
                Some(Action::Quit),
                "{mode:?}"
            );
        }
    }

    #[test]
    fn letters_are_typed_into_the_search_and_bound_elsewhere() {
        use KeyCode::Char;
        let (none, shift) = (KeyModifiers::NONE, KeyModifiers::SHIFT);
        assert_eq!(press(Search, Char('q'), none), Some(Action::Edit(Edit::Insert('q'))));
        assert_eq!(press(Search, Char('？'), none), Some(Action::Edit(Edit::Insert('？'))));
        assert_eq!(press(Explore, Char('q'), none), Some(Action::Quit));
        assert_eq!(press(Explore, Char('G'), shift), Some(Action::Go(Motion::Last)));
        assert_eq!(press(Explore, Char('X'), none), None);
        assert_eq!(press(Explore, Char('q'), KeyModifiers::ALT), None);
    }

    #[test]
    fn keys_of_a_chinese_input_method_are_understood() {
        use KeyCode::Char;
        for (c, action) in [
            ('？', Action::Help),
            ('！', Action::Problems),
            ('、', Action::Search),
            ('／', Action::Search),
            ('ｑ', Action::Quit),
            ('\u{3000}', Action::Mark),
            ('：', Action::Palette),
        ] {
            assert_eq!(press(Explore, Char(c), KeyModifiers::NONE), Some(action), "{c}");
        }
    }
}
