//! Plain text → blocks: every line that shows something is a paragraph, but for tables.

use super::span::{self, Span};
use super::{Block, BlockKind, Source, dump, tabs};

/// Fills the layout of a plain text.
pub(super) fn lay_out(source: &mut Source) {
    let mut line = 1;
    let last = source.lines.len() as u32;
    while line <= last {
        if let Some(next) = dump::read_table(source, line) {
            line = next;
            continue;
        }
        if let Some(last) = tabs::read_table(source, line) {
            line = last + 1;
            continue;
        }
        let span = span::trim(&source.text, source.line(line));
        if !span.is_empty() {
            source.blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
        line += 1;
    }
}

/// Returns the trimmed span of line `number`.
pub(super) fn trimmed_line(source: &Source, number: u32) -> Span {
    span::trim(&source.text, source.line(number))
}

#[cfg(test)]
mod tests {
    use super::super::{Encoding, Format};
    use super::*;

    #[test]
    fn every_visible_line_is_a_paragraph() {
        let source = Source::from_text(
            "\u{3000}一、收入\r\n\r\n\u{a0}\n2022年。\u{c}".to_owned(),
            Format::Text,
            Encoding::Utf8,
        );
        let blocks: Vec<&str> = source.blocks.iter().map(|block| source.cut(block.span)).collect();
        assert_eq!(blocks, ["一、收入", "2022年。"]);
    }
}
