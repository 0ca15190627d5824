//! Rows below each other → which is part of which: by code, by the number before the name, by how far it is set in; a
//! total is of the rows below it where it stands first, otherwise of those above it.

use super::label::Label;
use crate::parse::numbering::Style;

/// A row of one stretch of columns.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) label: Label,
    /// The row that it is a part of, by its place among the rows.
    pub(super) parent: Option<usize>,
}

/// How deep a row lies, as far as it says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Code(u32),
    Number(Style),
    Indent(u16),
}

/// How much further in a name must stand to be below another, in half-width columns.
const STEP: u16 = 2;

/// Finds the parent of every row.
pub(super) fn link(lines: &mut [Line]) {
    let opening = lines.first().is_some_and(|line| line.label.is_bare_total()).then_some(0);
    let mut open: Vec<(usize, Depth)> = Vec::new();
    // The rows that no total has taken yet.
    let mut top: Vec<usize> = Vec::new();
    for at in 0..lines.len() {
        let Some(label) = lines.get(at).map(|line| line.label.clone()) else { continue };
        if opening == Some(at) {
            continue;
        }
        if label.is_total() && label.code.is_none() {
            if opening.is_none() {
                for part in top.drain(..) {
                    set(lines, part, at);
                }
                top.push(at);
            }
            open.clear();
            continue;
        }
        let depth = depth(&label);
        close(&mut open, depth, &label);
        match open.last() {
            Some((parent, _)) => set(lines, at, *parent),
            None => {
                top.push(at);
                if let Some(total) = opening {
                    set(lines, at, total);
                }
            }
        }
        open.push((at, depth));
    }
}

fn set(lines: &mut [Line], at: usize, parent: usize) {
    if let Some(line) = lines.get_mut(at) {
        line.parent = Some(parent);
    }
}

fn depth(label: &Label) -> Depth {
    match (label.code, label.style) {
        (Some(code), _) => Depth::Code(code),
        (None, Some(style)) => Depth::Number(style),
        (None, None) => Depth::Indent(label.indent),
    }
}

/// Closes the rows that a row is not below.
fn close(open: &mut Vec<(usize, Depth)>, depth: Depth, label: &Label) {
    match depth {
        Depth::Code(code) => {
            while open.last().is_some_and(|(_, above)| !is_above(*above, code)) {
                open.pop();
            }
        }
        Depth::Number(_) | Depth::Indent(_) if label.among => {
            // 其中 is below the row before it, whatever its form; a second one stands beside the first.
            if let Some(same) = open.iter().rposition(|(_, above)| *above == depth) {
                open.truncate(same);
            }
        }
        Depth::Number(_) => {
            if let Some(same) = open.iter().position(|(_, above)| *above == depth) {
                open.truncate(same);
            }
        }
        Depth::Indent(indent) => {
            while let Some((_, above)) = open.last() {
                let outer = match above {
                    Depth::Indent(other) => *other + STEP <= indent,
                    Depth::Number(_) => indent >= STEP,
                    Depth::Code(_) => false,
                };
                if outer {
                    break;
                }
                open.pop();
            }
        }
    }
}

/// Whether a code is that of a part of another one: 20133 is part of 201.
fn is_above(above: Depth, code: u32) -> bool {
    let Depth::Code(mut part) = Depth::Code(code) else { return false };
    let Depth::Code(above) = above else { return false };
    while part > above {
        part /= 100;
    }
    part == above && above != code
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as they are written, blanks for the indent; each with the number of its parent.
    #[track_caller]
    fn check(rows: &[(&str, Option<usize>)]) {
        let line = |(text, _): &(&str, Option<usize>)| {
            let indent = (text.len() - text.trim_start().len()) as u16;
            Line { label: Label::of(text.trim_start(), indent), parent: None }
        };
        let mut lines: Vec<Line> = rows.iter().map(line).collect();
        link(&mut lines);
        let parents: Vec<Option<usize>> = lines.iter().map(|line| line.parent).collect();
        assert_eq!(parents, rows.iter().map(|(_, parent)| *parent).collect::<Vec<_>>());
    }

    #[test]
    fn codes_make_a_tree_below_the_total() {
        check(&[
            ("合计", None),
            ("201一般公共服务支出", Some(0)),
            ("20140信访事务", Some(1)),
            ("2014001行政运行", Some(2)),
            ("2014004信访业务", Some(2)),
            ("208社会保障和就业支出", Some(0)),
        ]);
    }

    #[test]
    fn numbers_and_indents_make_a_tree_above_the_total() {
        check(&[
            ("一、财政拨款", Some(3)),
            ("    一般公共预算", Some(0)),
            ("二、其他收入", Some(3)),
            ("本年收入合计", Some(5)),
            ("上年结转", Some(5)),
            ("收入总计", None),
        ]);
        check(&[
            ("“三公”经费", None),
            ("  其中:(一)因公出国(境)支出", Some(0)),
            ("    (二)公务用车购置及运行维护支出", Some(0)),
            ("      1.公务用车购置费", Some(2)),
            ("      2.公务用车运行维护费", Some(2)),
            ("    (三)公务接待费支出", Some(0)),
        ]);
    }
}
