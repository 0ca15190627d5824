//! Rows below each other → which is part of which: by code, by the number before the name, by how far it is set in; a
//! total is of the rows below it where it stands first, otherwise of those above it.

use super::label::Label;
use crate::parse::numbering::Style;

/// A row of one stretch of columns.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) label: Label,
    /// Whether it is about a unit or the like, of which all rows below it are until the next one.
    pub(super) over: bool,
    /// The row that it is a part of, by its place among the rows.
    pub(super) parent: Option<usize>,
}

/// How deep a row lies, as far as it says so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Code(u32),
    Number(Style),
    Indent(u16),
    /// A row that all below are parts of, unless they are set in as far.
    Over(u16),
}

/// How much further in a name must stand to be below another, in half-width columns.
const STEP: u16 = 2;

/// Finds the parent of every row.
pub(super) fn link(lines: &mut [Line]) {
    find_units(lines);
    let opening = lines.first().is_some_and(|line| line.label.is_bare_total()).then_some(0);
    let mut open: Vec<(usize, Depth)> = Vec::new();
    // The rows that no total has taken yet.
    let mut top: Vec<usize> = Vec::new();
    let coded = codes_are_distinct(lines);
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
        let over = lines.get(at).is_some_and(|line| line.over);
        let depth = if over { Depth::Over(label.indent) } else { depth(&label, coded) };
        close(&mut open, depth, &label);
        if let Some((parent, _)) = open.last() {
            set(lines, at, *parent);
        } else {
            top.push(at);
            if let Some(total) = opening {
                set(lines, at, total);
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

/// Where most rows have a code, one without that stands right above one with is about a unit.
fn find_units(lines: &mut [Line]) {
    let plain =
        |line: &Line| line.label.code.is_none() && !line.label.is_total() && line.label.style.is_none();
    let coded = lines.iter().filter(|line| line.label.code.is_some()).count();
    if coded * 2 < lines.len() {
        return;
    }
    let mut below = false;
    for line in lines.iter_mut().rev() {
        line.over |= plain(line) && below;
        below = line.over || line.label.code.is_some();
    }
}

/// Whether codes tell rows apart, as between rows about units; where most come again and again, they only say what a
/// purchase or a project is for.
fn codes_are_distinct(lines: &[Line]) -> bool {
    let mut seen = Vec::new();
    let (mut all, mut again) = (0, 0);
    for line in lines {
        if line.over {
            seen.clear();
        }
        if let Some(code) = line.label.code {
            all += 1;
            again += usize::from(seen.contains(&code));
            seen.push(code);
        }
    }
    again * 3 <= all
}

fn depth(label: &Label, coded: bool) -> Depth {
    match (label.code.filter(|_| coded), label.style) {
        (Some(code), _) => Depth::Code(code),
        (None, Some(style)) => Depth::Number(style),
        (None, None) => Depth::Indent(label.indent),
    }
}

/// Closes the rows that a row is not below.
fn close(open: &mut Vec<(usize, Depth)>, depth: Depth, label: &Label) {
    match depth {
        Depth::Over(indent) => {
            open.retain(|(_, above)| matches!(above, Depth::Over(outer) if *outer + STEP <= indent));
        }
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
                    Depth::Over(_) => true,
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
    let mut part = code;
    let above = match above {
        Depth::Over(_) => return true,
        Depth::Code(above) => above,
        Depth::Number(_) | Depth::Indent(_) => return false,
    };
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
            Line { label: Label::of(text.trim_start(), indent), over: text.starts_with('~'), parent: None }
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
    fn a_row_about_a_unit_is_over_the_rows_below() {
        check(&[
            ("合计", None),
            ("~甲局", Some(0)),
            ("201一般公共服务支出", Some(1)),
            ("~乙局", Some(0)),
            ("201一般公共服务支出", Some(3)),
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
