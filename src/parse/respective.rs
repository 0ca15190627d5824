//! 因公出国（境）费、公务接待费分别为1万元、2万元: names in one list, their figures in another.

use super::clause::{Reader, State};
use super::lexer::{Kind, Token};
use crate::quantity::Unit;
use crate::source::Span;

/// What joins the last two of a list.
const JOINTS: &[&str] = &["以及", "和", "与", "及"];

impl Reader<'_> {
    /// Gives the names before 分别为 to the figures behind it, each to its own. Where there are not as many of them as of the
    /// others, the figures are of the whole list, and their reading is in doubt. Returns whether there are several figures.
    pub(super) fn give_respectively(
        &self,
        state: &mut State,
        index: usize,
        (start, end): (usize, usize),
    ) -> bool {
        let count = self.figures_in_a_row(index);
        if count < 2 {
            return false;
        }
        let names = names(self.stretch.cut(start, end), count);
        state.respective = if names.len() == count {
            names.iter().rev().map(|(from, to)| (start + from, start + to)).collect()
        } else {
            state.doubtful = count;
            vec![(start, end); count]
        };
        true
    }

    /// How many figures of one kind stand behind a token with nothing but marks and 和 between them.
    fn figures_in_a_row(&self, index: usize) -> usize {
        let mut unit: Option<Unit> = None;
        let mut end = self.tokens.get(index).map_or(0, |token| token.end);
        let mut count = 0;
        for token in self.tokens.iter().skip(index + 1) {
            let between = self.stretch.cut(end, token.start);
            if !between.is_empty() && !JOINTS.contains(&between) && between != ":" {
                break;
            }
            end = token.end;
            match token.kind {
                Kind::Pause | Kind::Comma | Kind::Colon => {}
                Kind::Figure { unit: own, .. } if unit.is_none_or(|unit| unit == own) => {
                    (unit, count) = (Some(own), count + 1);
                }
                _ => break,
            }
        }
        count
    }

    /// Whether a figure, which stands at `span` of the source, was put together over the end of a line.
    pub(super) fn is_put_together(&self, token: Token, span: Span) -> bool {
        // Where folding left nothing out, there is no end of a line.
        if span.len() == token.end - token.start {
            return false;
        }
        let text = self.source.cut(span);
        let mut halves = text.split('\n');
        let ends = halves.next().is_some_and(|half| half.trim_end().ends_with(|c: char| c.is_ascii_digit()));
        ends && halves.next().is_some_and(|half| half.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// Cuts a list of names; 和 cuts only where there are too few names without it, as it stands in many names.
fn names(list: &str, count: usize) -> Vec<(usize, usize)> {
    let mut names: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for piece in list.split('、') {
        names.push((from, from + piece.len()));
        from += piece.len() + '、'.len_utf8();
    }
    if names.len() + 1 == count
        && let Some((from, to)) = names.pop()
    {
        let tail = list.get(from..to).unwrap_or_default();
        let joint = JOINTS.iter().find_map(|joint| Some((tail.find(joint)?, joint.len())));
        match joint {
            Some((at, length)) if at > 0 => {
                names.extend([(from, from + at), (from + at + length, to)]);
            }
            _ => names.push((from, to)),
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_as_there_are_figures() {
        let cut = |list: &'static str, count| -> Vec<&str> {
            names(list, count).into_iter().map(|(from, to)| list.get(from..to).unwrap_or_default()).collect()
        };
        assert_eq!(cut("办公费、水费和电费", 3), ["办公费", "水费", "电费"]);
        assert_eq!(cut("工资福利支出、商品和服务支出", 2), ["工资福利支出", "商品和服务支出"]);
        assert_eq!(cut("办公费、水费", 3), ["办公费", "水费"]);
        assert_eq!(cut("和", 2), ["和"]);
    }
}
