//! Text of a document → text that is safe and readable on a terminal.

use std::borrow::Cow;

/// Returns text as one line that a terminal shows as it stands, with as many characters as before.
///
/// Line ends and tabs become spaces. Other control characters become their pictures (`␛`), so that no escape sequence of
/// a document reaches the terminal; characters without a width or that turn the direction of writing become `␦`, so
/// that what is read is what is there.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == c) { text.into() } else { text.chars().map(shown).collect() }
}

/// Returns whether a character changes how a terminal shows the others, or shows nothing itself.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{61C}'
                | '\u{115F}' | '\u{1160}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('␦'),
        '\u{7F}' => '␡',
        c if is_hidden(c) => '␦',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let shown = visible(text);
        assert_eq!(shown, expect);
        assert_eq!(shown.chars().count(), text.chars().count());
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        assert!(matches!(visible("“三公”经费　3.43\u{a0}万元 ✗"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_of_a_document_moves_the_cursor() {
        check("\x1b[2J清屏\x07", "␛[2J清屏␇");
        check("\u{9b}31m红", "␦31m红");
        check("一\r\n二\t三\u{2028}四", "一  二 三 四");
        check("\u{7f}", "␡");
    }

    #[test]
    fn nothing_of_a_document_is_hidden_or_turned() {
        check("预算\u{202e}算决\u{200b}\u{feff}", "预算␦算决␦␦");
    }

    #[test]
    fn no_character_is_hidden_after_it_was_made_visible() {
        for c in '\0'..=char::MAX {
            assert!(!is_hidden(shown(c)), "U+{:04X}", c as u32);
        }
    }
}
