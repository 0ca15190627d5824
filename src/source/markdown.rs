//! Markdown → blocks without markup: `#`, list bullets and emphasis are hints and dropped at a block's sides only.

use super::span::{self, Span};
use super::text::trimmed_line;
use super::{Block, BlockKind, Source, pipes};

/// Fills the layout of a markdown text, as converters from PDF write it.
pub(super) fn lay_out(source: &mut Source) {
    let mut number = 0;
    while number < source.lines.len() as u32 {
        number += 1;
        if let Some(last) = pipes::read_table(source, number) {
            number = last;
            continue;
        }
        let line = trimmed_line(source, number);
        let (kind, span) = strip(&source.text, line);
        if !span.is_empty() {
            source.blocks.push(Block { kind, span });
        }
    }
}

/// Returns whether a text whose name says nothing is Markdown: several of its lines are marked as headings.
pub(super) fn is_markdown(text: &str) -> bool {
    const HEADINGS: usize = 3;
    let heading = |line: &&str| line.starts_with('#') && line.trim_start_matches('#').starts_with(' ');
    text.lines().filter(heading).nth(HEADINGS - 1).is_some()
}

/// Returns what the marks of a line say and the line without them.
fn strip(text: &str, line: Span) -> (BlockKind, Span) {
    let inner = span::cut(text, line);
    let mut rest = inner.trim_start_matches('#');
    let kind = if rest.len() < inner.len() { BlockKind::Heading } else { BlockKind::Paragraph };
    rest = rest.trim_start_matches(span::is_blank);
    for bullet in ["- ", "* ", "+ ", "> "] {
        rest = rest.strip_prefix(bullet).unwrap_or(rest);
    }
    rest = rest.trim_start_matches(['*', ' ']);
    let start = line.end as usize - rest.len();
    let whole = rest.trim_end_matches(['*', ' ']);
    let rule = whole.chars().all(|c| matches!(c, '-' | '=' | '_'));
    (kind, Span::new(start, if rule { start } else { start + whole.len() }))
}

#[cfg(test)]
mod tests {
    use super::super::{Encoding, Format};
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expect: &[(BlockKind, &str)]) {
        let source = Source::from_text(markdown.to_owned(), Format::Markdown, Encoding::Utf8);
        let blocks: Vec<_> = source.blocks.iter().map(|block| (block.kind, source.cut(block.span))).collect();
        assert_eq!(blocks, expect);
    }

    #[test]
    fn knows_markdown_without_its_name() {
        assert!(is_markdown("# 一\n\n## 二\n\n### 三\n"));
        assert!(!is_markdown("#1\n一\n# 二\n"));
    }

    #[test]
    fn drops_marks_at_the_sides() {
        use BlockKind::{Heading, Paragraph};
        check("## **（一） 主要职责**", &[(Heading, "（一） 主要职责")]);
        check("- 一、收入\n\n---\n", &[(Paragraph, "一、收入")]);
        check("**1、办公室。**负责", &[(Paragraph, "1、办公室。**负责")]);
        check("14. **实现支付。**", &[(Paragraph, "14. **实现支付。")]);
    }
}
