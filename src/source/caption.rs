//! The lines around a table, and its first rows → what it is called, the unit of its money, the note below it.
//!
//! The same for every format: a reader lays out blocks and tables, then asks for this once.

use super::fold::folded;
use super::numbering::numbering;
use super::span::{Span, trim};
use super::{BlockKind, Source, Table};

/// How many blocks above a table are looked at, and how many of its rows.
const BLOCKS_ABOVE: usize = 8;
const ROWS_OF_TITLE: usize = 4;
/// The longest title and the longest note of a unit, in characters of folded text.
const LONGEST_TITLE: usize = 60;
const LONGEST_UNIT: usize = 24;

/// Finds the title, the unit and the note of every table that has none yet.
pub(super) fn caption(source: &mut Source) {
    let mut found = Vec::new();
    for (at, block) in source.blocks.iter().enumerate() {
        if let BlockKind::Row { table, .. } = block.kind
            && found.last().is_none_or(|(last, _, _): &(u32, usize, usize)| *last != table)
        {
            match found.iter_mut().find(|(known, _, _)| *known == table) {
                Some((_, _, last)) => *last = at,
                None => found.push((table, at, at)),
            }
        } else if let (BlockKind::Row { .. }, Some((_, _, last))) = (block.kind, found.last_mut()) {
            *last = at;
        }
    }
    for (table, from, to) in found {
        let Some(layout) = source.tables.get(table as usize) else { continue };
        let mut words = Caption { title: layout.title, unit: layout.unit_note, note: layout.note };
        words.inside(source, layout);
        words.above(source, from);
        words.below(source, to);
        if let Some(layout) = source.tables.get_mut(table as usize) {
            (layout.title, layout.unit_note, layout.note) = (words.title, words.unit, words.note);
        }
    }
}

/// What is known of a table so far.
struct Caption {
    title: Option<Span>,
    unit: Option<Span>,
    note: Option<Span>,
}

impl Caption {
    /// A sheet and a word processor may have the title and the unit in rows of the table itself.
    fn inside(&mut self, source: &Source, table: &Table) {
        for row in table.rows.iter().take(ROWS_OF_TITLE) {
            let filled: Vec<Span> =
                row.cells.iter().map(|cell| cell.span).filter(|span| !span.is_empty()).collect();
            for span in &filled {
                let text = folded(source.cut(*span));
                if self.unit.is_none() && is_unit_note(&text) {
                    self.unit = Some(*span);
                } else if self.title.is_none() && filled.len() == 1 && table.width() > 1 && is_title(&text) {
                    self.title = Some(*span);
                }
            }
        }
    }

    fn above(&mut self, source: &Source, first: usize) {
        let start = first.saturating_sub(BLOCKS_ABOVE);
        for block in source.blocks.get(start..first).unwrap_or_default().iter().rev() {
            if matches!(block.kind, BlockKind::Row { .. }) || self.title.is_some() {
                break;
            }
            let text = folded(source.cut(block.span));
            if is_unit_note(&text) {
                self.unit = self.unit.or(Some(block.span));
            } else if is_title(&text) {
                self.title = Some(block.span);
            } else if !is_aside(&text) {
                break;
            }
        }
    }

    fn below(&mut self, source: &Source, last: usize) {
        let Some(block) = source.blocks.get(last + 1).filter(|block| block.kind == BlockKind::Paragraph)
        else {
            return;
        };
        let text = folded(source.cut(block.span));
        let marked = ["注", "备注", "说明"].iter().any(|word| {
            text.strip_prefix(word)
                .is_some_and(|rest| rest.starts_with(|c: char| c == ':' || c.is_ascii_digit()))
        });
        if self.note.is_none() && (marked || text.contains("本表") || text.contains("此表")) {
            self.note = Some(trim(&source.text, block.span));
        }
    }
}

/// Whether a line says nothing but the unit of money: 单位：万元, 金额单位:元. 编制单位：财政局 is none.
fn is_unit_note(text: &str) -> bool {
    text.chars().count() <= LONGEST_UNIT
        && text.match_indices("单位").any(|(at, word)| {
            let rest = text.split_at(at + word.len()).1.trim_start_matches([':', '(', '为']);
            ["元", "万元", "亿元", "千元", "人民币"].iter().any(|unit| rest.starts_with(unit))
        })
}

/// Whether a line can be what a table is called: 收支总表, 一般公共预算支出表(按功能分类).
fn is_title(text: &str) -> bool {
    let name = text.trim_end_matches(':');
    let name = name.rsplit_once('(').filter(|(_, rest)| rest.ends_with(')')).map_or(name, |(name, _)| name);
    let long = name.chars().count() > 2 && text.chars().count() <= LONGEST_TITLE;
    let shown_below = name.ends_with("下表") || name.ends_with("附表");
    long && name.ends_with('表') && !shown_below && !text.contains(['。', ';']) && !is_label(name)
}

/// Whether a folded line names a table, its number or the unit of its money.
pub(super) fn names_table(text: &str) -> bool {
    is_title(text) || is_unit_note(text) || is_label(text)
}

/// Whether a line is nothing but the number of a table: 表1, 公开01表, 附件1-3, 表四.
fn is_label(text: &str) -> bool {
    const WORDS: &[&str] = &["附", "件", "表", "公开", "预算", "决算", "部门"];
    let digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十-.".contains(c);
    let mut rest = text.trim_end_matches('表');
    while let Some(inner) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = inner;
    }
    let numbered = text.contains(digit);
    numbered && rest.chars().all(digit)
}

/// Whether a line may stand between the title and the table: its number, 部门名称：…, a name, a date.
fn is_aside(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.chars().count() <= LONGEST && !text.ends_with(['。', ';']) && numbering(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Cell, Encoding, Format, Row};
    use super::*;

    /// Returns a source whose lines with tabs are rows of one table.
    fn source(text: &str) -> Source {
        let mut source = Source::from_text(text.to_owned(), Format::Markdown, Encoding::Utf8);
        source.blocks.clear();
        let mut table = Table::default();
        for number in 1..=source.lines.len() as u32 {
            let line = source.line(number);
            let mut at = line.start as usize;
            if !source.cut(line).contains('\t') {
                source.blocks.push(Block { kind: BlockKind::Paragraph, span: line });
                continue;
            }
            let mut cells = Vec::new();
            for (column, text) in (0..).zip(source.cut(line).split('\t')) {
                cells.push(Cell::single(Span::new(at, at + text.len()), column));
                at += text.len() + 1;
            }
            let kind = BlockKind::Row { table: 0, row: table.rows.len() as u32 };
            source.blocks.push(Block { kind, span: line });
            table.rows.push(Row { cells, number: 0 });
        }
        source.tables = vec![table];
        caption(&mut source);
        source
    }

    #[track_caller]
    fn check(text: &str, title: Option<&str>, unit: Option<&str>, note: Option<&str>) {
        let source = source(text);
        let table = source.tables.first().expect("a table");
        let words = [table.title, table.unit_note, table.note].map(|span| span.map(|span| source.cut(span)));
        assert_eq!(words, [title, unit, note]);
    }

    #[test]
    fn finds_what_stands_above() {
        check(
            "表3\n支出总表\n编制单位：甲局\n单位：万元\n项目\t合计\n甲\t1",
            Some("支出总表"),
            Some("单位：万元"),
            None,
        );
        check(
            "一般公共预算支出表（按功能分类）\n金额单位:元\n项目\t合计\n甲\t1",
            Some("一般公共预算支出表（按功能分类）"),
            Some("金额单位:元"),
            None,
        );
        check(
            "收入总表\n公开表一\n甲局\n部门：\n单位：万元\n项目\t合计\n甲\t1",
            Some("收入总表"),
            Some("单位：万元"),
            None,
        );
        check("支出如下表所示，详情如下：\n项目\t合计\n甲\t1", None, None, None);
        check("收入总表\n收入共10万元。\n项目\t合计\n甲\t1", None, None, None);
    }

    #[test]
    fn finds_what_stands_in_the_first_rows() {
        check(
            "\t收入总表\t\n编制单位：甲局\t\t单位：元\n项目\t合计\t\n甲\t1\t",
            Some("收入总表"),
            Some("单位：元"),
            None,
        );
    }

    #[test]
    fn finds_the_note_below() {
        check(
            "国有资本表\n项目\t合计\n\t\n备注：本部门没有，故本表无数据。",
            Some("国有资本表"),
            None,
            Some("备注：本部门没有，故本表无数据。"),
        );
        check("国有资本表\n项目\t合计\n\t\n二、说明", Some("国有资本表"), None, None);
    }
}
