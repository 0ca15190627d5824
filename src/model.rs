//! What a disclosure says, as flat rows in document order with ids into them.

pub mod catalog;
mod groups;
mod header;
mod index;
mod indicator;
mod item;
mod section;
mod table;
mod values;
mod vocabulary;

pub use header::{Basis, Confidence, Edition, Evidence, Header};
pub(crate) use index::{Index, Standing};
pub use indicator::Indicator;
pub use item::{Cell, Item, ItemId, Measure, Relation};
pub use section::{Part, Section, SectionId};
pub use table::{Column, TableFacts, TableKind};
pub use vocabulary::{Code, NameId, Remap, Subject, SubjectId, Vocabulary};

use crate::source::fold::Folded;
use crate::source::{Source, Span};

/// One disclosure as read: the source and everything found in it.
#[derive(Debug, Clone, Default)]
pub struct Disclosure {
    /// The text and layout that every span points into.
    pub source: Source,
    /// The names and subjects that the ids below mean; empty once a corpus has taken them over.
    pub words: Vocabulary,
    /// Whose it is, and of which year.
    pub header: Header,
    /// The contents page, where there is one.
    pub contents: Option<Span>,
    /// The outline in document order; a section's parent stands before it.
    pub sections: Vec<Section>,
    /// The figures in document order, except that a total of a table may stand after its parts.
    pub items: Vec<Item>,
    /// What is known of each table of the source.
    pub tables: Vec<TableFacts>,
    /// The rows of the tables of performance indicators, in document order.
    pub indicators: Vec<Indicator>,
    /// What was noticed beside the figures, in document order.
    pub notes: Vec<Note>,
    /// The text of the blocks in one form, kept from the parser for the checks; empty once a corpus has taken the rest over.
    pub(crate) folded: Folded,
    /// The figures by what is asked of them, for as long as that is there.
    pub(crate) index: Index,
}

/// Something noticed in the text that is no figure, or that casts doubt on one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: NoteKind,
    /// The figure it is about, if it is about one.
    pub item: Option<ItemId>,
}

/// What a [`Note`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// The level is said to be the same as last year's (持平, 无增减): a change of 0 without digits.
    Unchanged,
    /// 万 or 亿 stands where 万元 or 亿元 is meant.
    UnitCutShort,
    /// A number of money without any unit.
    UnitMissing,
    /// A template's choice was left in: 增加（减少）.
    TemplateChoice,
    /// The file is an export: the text is not in it, nor the tables, the indicators and the findings.
    Exported,
    /// The reading of the figure is uncertain.
    Doubtful,
}

impl Disclosure {
    /// Returns the figures of a section, those of its subsections not included.
    pub fn items_of(&self, section: SectionId) -> &[Item] {
        let start = self.items.partition_point(|item| item.section < section);
        let end = self.items.partition_point(|item| item.section <= section);
        self.items.get(start..end).unwrap_or_default()
    }

    /// Returns the table, the row in it and the column that a cell is, each counted from 0.
    pub fn place_of(&self, cell: Cell) -> Option<(u32, u32, u32)> {
        let mut row = cell.row();
        for (table, rows) in self.source.tables.iter().map(|table| table.rows.len() as u32).enumerate() {
            if row < rows {
                return Some((table as u32, row, cell.column()));
            }
            row -= rows;
        }
        None
    }

    /// Returns the sentence or table row that a figure stands in, for showing beside it.
    pub fn sentence_of(&self, item: &Item) -> Span {
        crate::source::span::sentence(&self.source.text, item.span)
    }
}
