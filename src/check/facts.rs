//! What the checks ask of a disclosure: figures by name, parts by whole, intervals, and the words around a figure.

mod sections;
mod subjects;
mod tables;
mod values;
mod within;

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::model::{Basis, Disclosure, Index, Item, ItemId, Measure, NoteKind, Part, Relation, Standing};
use crate::source::fold::{Folded, is_folded};
use crate::source::numbering::Numbering;
use crate::source::span::{holds, slice};
use crate::source::{BlockKind, Cell, Span};

use super::clue::{Clue, Clues, Hits, clue, clues};
use super::delta::{Comparison, comparison};
use super::ledger::Book;
use super::memory::Memory;
use super::names::{Name, Scope};
use super::report::Reason;
use super::{Argument, Place};

/// How far back the words before a figure are looked at, in bytes.
const REACH: usize = 240;

/// A disclosure with what the checks need at hand.
pub(super) struct Facts<'a> {
    pub(super) d: &'a Disclosure,
    pub(super) year: u16,
    pub(super) basis: Option<Basis>,
    /// The text of all blocks in its folded form.
    pub(super) text: Cow<'a, Folded>,
    index: Cow<'a, Index>,
    /// Where the words that checks look for stand in it.
    pub(super) hits: Hits,
    /// The text blocks after the contents page, in order.
    pub(super) blocks: Vec<Block>,
    /// What is known of each section's heading.
    titles: Vec<Title<'a>>,
    names: Vec<Name<'a>>,
    figures: Vec<Figure>,
    /// What only some documents ask for.
    book: OnceCell<Book>,
    values: OnceCell<Vec<(u64, ItemId)>>,
}

/// A paragraph, a heading or a table row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    /// Where it stands in the source.
    pub(super) span: Span,
    /// Where it stands in the folded text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Whether it is a row of a table.
    pub(super) row: bool,
    /// What it is part of.
    pub(super) part: Option<Part>,
}

/// What is known of a section's heading.
pub(super) struct Title<'a> {
    /// The heading in folded form.
    pub(super) text: Cow<'a, str>,
    /// The number it begins with.
    pub(super) number: Option<Numbering>,
    /// The words in it that checks look for.
    pub(super) clues: Clues,
    /// Which money the heading says its figures are of, or else the headings above it.
    scope: Option<Scope>,
}

/// What is found out about a figure once, because it is asked again and again.
struct Figure {
    standing: Standing,
    section: Option<u32>,
    doubt: Option<Reason>,
    /// Where the words before it begin.
    before: OnceCell<u32>,
    scope: OnceCell<Scope>,
    base: OnceCell<bool>,
    budget: OnceCell<Option<bool>>,
    compared: OnceCell<Option<Comparison>>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(memory: &mut Memory, d: &'a Disclosure) -> Self {
        // A disclosure that was not just parsed no longer has it.
        let (text, index) = if d.folded.text.is_empty() {
            let folded = Folded::of(&d.source);
            let index = Index::of(d, &folded);
            (Cow::Owned(folded), Cow::Owned(index))
        } else {
            (Cow::Borrowed(&d.folded), Cow::Borrowed(&d.index))
        };
        let names = Name::all(memory, &d.words);
        let mut facts = Self {
            d,
            year: d.header.year.map_or(0, |year| year.value),
            basis: d.header.basis.map(|basis| basis.value),
            hits: Hits::new(&text.text),
            blocks: Vec::with_capacity(d.source.blocks.len()),
            titles: Vec::with_capacity(d.sections.len()),
            figures: Vec::with_capacity(d.items.len()),
            text,
            index,
            names,
            book: OnceCell::new(),
            values: OnceCell::new(),
        };
        facts.read_titles(memory);
        facts.read_blocks();
        facts.read_figures();
        facts
    }

    fn read_titles(&mut self, memory: &mut Memory) {
        for section in &self.d.sections {
            let title = self.d.words.text(section.title);
            let words = memory.words(title);
            let own = Scope::of(words.clues);
            let above = section.parent.and_then(|parent| self.titles.get(parent.0 as usize));
            let scope = own.or_else(|| above?.scope);
            let (text, clues) = (words.form(title), words.clues);
            self.titles.push(Title { number: words.number, clues, text, scope });
        }
    }

    fn read_blocks(&mut self) {
        let body = self.d.contents.map_or(0, |contents| contents.end);
        let mut later = self.d.sections.iter().peekable();
        let mut part = None;
        for (block, (start, end)) in self.d.source.blocks.iter().zip(self.text.blocks()) {
            while let Some(section) = later.next_if(|section| section.heading.start <= block.span.start) {
                part = Some(section.part);
            }
            let row = matches!(block.kind, BlockKind::Row { .. });
            if block.span.start >= body {
                self.blocks.push(Block { span: block.span, start, end, row, part });
            }
        }
    }

    fn read_figures(&mut self) {
        let mut section = None;
        for (item, standing) in self.d.items.iter().zip(&self.index.standing) {
            if !self.is_in_section(section, item.span) {
                section = self.section_index(item.span);
            }
            let about = is_about(self.text.cut(0, standing.start as usize));
            let figure = Figure {
                standing: *standing,
                section: section.map(|index| index as u32),
                doubt: about.then_some(Reason::Approximate),
                before: OnceCell::new(),
                scope: OnceCell::new(),
                base: OnceCell::new(),
                budget: OnceCell::new(),
                compared: OnceCell::new(),
            };
            self.figures.push(figure);
        }
        for note in self.d.notes.iter().filter(|note| note.kind == NoteKind::Doubtful) {
            if let Some(figure) = note.item.and_then(|id| self.figures.get_mut(id.0 as usize)) {
                figure.doubt = Some(Reason::Doubtful);
            }
        }
    }

    /// Returns where a byte of the source went in the folded text.
    pub(super) fn at(&self, place: u32) -> u32 {
        self.text.at(place)
    }

    fn figure(&self, id: ItemId) -> Option<&Figure> {
        self.figures.get(id.0 as usize)
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&'a Item> {
        self.d.items.get(id.0 as usize)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = ItemId> + use<> {
        (0..self.d.items.len() as u32).map(ItemId)
    }

    /// Returns the figures of a measure with their ids, but for those of tables, of which the column says as much as the name.
    pub(super) fn measured(&self, measure: Measure) -> impl Iterator<Item = (ItemId, &'a Item)> {
        let ids = self.index.measured.of(measure as usize).iter();
        ids.filter_map(|id| Some((*id, self.item(*id)?)))
    }

    /// Returns the figures of a measure with their ids.
    pub(super) fn all_measured(
        &self,
        measure: Measure,
    ) -> impl Iterator<Item = (ItemId, &'a Item)> + use<'a> {
        let items = (0..).map(ItemId).zip(&self.d.items);
        items.filter(move |(_, item)| item.measure == measure)
    }

    /// Returns whether a figure stands in a column of a table that was read with its head. Such a figure is one of many of
    /// its name, so nothing that is read from words alone may be held against it.
    pub(super) fn has_column(&self, item: &Item) -> bool {
        self.index.has_column(item)
    }

    /// Returns the figures that hang on another by a relation, in document order.
    pub(super) fn children(&self, id: ItemId, relation: Relation) -> impl Iterator<Item = ItemId> {
        let list = self.index.children.of(id.0 as usize);
        list.iter().copied().filter(move |id| self.item(*id).and_then(|i| i.relation) == Some(relation))
    }

    /// Returns why nothing may be concluded from a figure.
    pub(super) fn doubt(&self, id: ItemId) -> Option<Reason> {
        self.figure(id)?.doubt
    }

    /// Returns the first reason why nothing may be concluded from some figures.
    pub(super) fn doubt_of(&self, ids: impl IntoIterator<Item = ItemId>) -> Option<Reason> {
        ids.into_iter().find_map(|id| self.doubt(id))
    }

    /// Returns the sentence or table row that a figure stands in.
    pub(super) fn sentence(&self, id: ItemId) -> Span {
        self.figure(id).map_or(Span::default(), |figure| figure.standing.sentence)
    }

    /// Returns the folded words between the mark before a figure and the figure.
    pub(super) fn before(&self, id: ItemId) -> &str {
        self.figure(id).map_or("", |figure| {
            let before = || before(&self.text.text, figure.standing.start as usize) as u32;
            self.text.cut(*figure.before.get_or_init(before) as usize, figure.standing.start as usize)
        })
    }

    /// Returns the folded text of a figure's sentence behind it.
    pub(super) fn sentence_after(&self, id: ItemId) -> &str {
        self.figure(id).map_or("", |figure| {
            self.text.cut(figure.standing.end as usize, self.at(figure.standing.sentence.end) as usize)
        })
    }

    /// Returns the figures of a figure's sentence, itself included.
    pub(super) fn of_sentence(&self, id: ItemId) -> impl Iterator<Item = (ItemId, &'a Item)> {
        let sentence = self.sentence(id);
        let same = move |id: &ItemId| self.sentence(*id) == sentence;
        let first = (0..id.0).rev().map(ItemId).take_while(same).last().unwrap_or(id);
        (first.0..).map(ItemId).take_while(same).filter_map(|id| Some((id, self.item(id)?)))
    }

    /// Returns the folded text between two places.
    pub(super) fn between(&self, start: u32, end: u32) -> &str {
        let (start, end) = self.text.ends_of(Span { start, end });
        self.text.cut(start as usize, end as usize)
    }

    /// Returns where a figure stands, to be told.
    pub(super) fn place(&self, id: ItemId) -> Argument {
        let at = self.item(id).map_or(0, |item| item.span.start);
        Argument::Place(Place::of(&self.d.source, at))
    }

    /// Returns the folded text of a stretch.
    pub(super) fn cut(&self, span: Span) -> &str {
        const SHORT: usize = 48;
        // Most cells and names have one form only, which is seen sooner than found.
        let written = self.d.source.cut(span);
        if written.len() <= SHORT && is_folded(written) {
            return written;
        }
        self.between(span.start, span.end)
    }

    /// Returns where a word stands in the source that begins at a byte of the folded text.
    pub(super) fn place_of(&self, at: u32, clue: Clue) -> Span {
        self.text.span(at as usize, at as usize + clue.word().len())
    }

    /// Returns the words that checks look for in a stretch.
    pub(super) fn clues_in(&self, span: Span) -> Clues {
        self.hits.clues(self.at(span.start), self.at(span.end))
    }

    /// Returns whether a word stands in a stretch.
    pub(super) fn has(&self, clue: Clue, span: Span) -> bool {
        let words = Clues::NONE.with(clue);
        self.hits.any_between(words, self.at(span.start), self.at(span.end)).next().is_some()
    }

    /// Returns which money a figure is of.
    pub(super) fn scope(&self, id: ItemId) -> Scope {
        self.figure(id).map_or(Scope::All, |figure| *figure.scope.get_or_init(|| self.find_scope(id, figure)))
    }

    fn find_scope(&self, id: ItemId, figure: &Figure) -> Scope {
        const DEEPEST: usize = 6;
        let Some(item) = self.item(id) else { return Scope::All };
        let part = self.section(id).map(|section| section.part);
        if part == Some(Part::Performance) && (item.cell.is_none() || self.canonical(id).chars().count() > 14)
        {
            return Scope::Project;
        }
        let mut around = Some(id);
        for _ in 0..=DEEPEST {
            let Some(current) = around else { break };
            if let Some(scope) = self.name_of(current).and_then(|name| name.scope) {
                return scope;
            }
            around = self.item(current).and_then(|item| item.parent);
        }
        // What the sentence is about stands before its first figure.
        let lead = if item.cell.is_none() { self.lead(figure) } else { Clues::NONE };
        let title = || self.titles.get(figure.section? as usize)?.scope;
        Scope::of(lead).or_else(title).unwrap_or(Scope::All)
    }

    /// Returns the words of a figure's sentence before the first money in it.
    fn lead(&self, figure: &Figure) -> Clues {
        let (from, to) = figure.lead();
        let money = self.text.cut(from as usize, to as usize).find('元');
        self.hits.clues(from, money.map_or(to, |money| from + money as u32))
    }

    /// Returns the levels that stand before a figure in its section, the nearest first: what a change or a share whose own
    /// words name nothing may be about.
    pub(super) fn levels_before(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        const FAR: u32 = 24;
        let near = (id.0.saturating_sub(FAR)..id.0).rev().map(ItemId);
        near.filter(move |other| self.is_level(*other) && self.same_section(*other, id))
    }

    /// Returns whether a figure is a level of money that its name and words say all of.
    pub(super) fn is_level(&self, id: ItemId) -> bool {
        self.item(id).is_some_and(|item| item.measure == Measure::Amount && !self.has_column(item))
    }

    /// Returns whether a level is the one that a comparison names: 比2023年度的138.52万元.
    pub(super) fn is_base(&self, id: ItemId) -> bool {
        self.figure(id).is_some_and(|figure| *figure.base.get_or_init(|| self.find_base(id)))
    }

    fn find_base(&self, id: ItemId) -> bool {
        let Some(item) = self.item(id) else { return false };
        if item.year().is_some_and(|year| year != self.year && self.year != 0) {
            return true;
        }
        // What nearly every figure stands after is told by one character.
        let start = self.figure(id).map_or(0, |figure| figure.standing.start as usize);
        if !self.text.cut(0, start).ends_with(['年', '度', '的', '算']) {
            return false;
        }
        let before = self.before(id);
        if before.ends_with("年度的") {
            return true;
        }
        let of_year = before.ends_with('年') || before.ends_with("年度") || before.ends_with("年的");
        let of_budget = before.ends_with("预算")
            && item.basis == self.basis
            && item.relation.is_none()
            && before.contains("上年");
        (of_year || of_budget) && before.contains(['比', '较', '与', '同'])
    }

    /// Returns the official budgeted or last year's level beside which a change is stated, and whether it is the budget's.
    pub(super) fn change_is_against_budget(&self, id: ItemId) -> Option<bool> {
        *self.figure(id)?.budget.get_or_init(|| self.find_budget(id))
    }

    /// Returns the two levels of one sentence that a change is the difference of.
    pub(super) fn compared(&self, id: ItemId) -> Option<Comparison> {
        *self.figure(id)?.compared.get_or_init(|| comparison(self, id))
    }

    fn find_budget(&self, id: ItemId) -> Option<bool> {
        let (words, clues) = self.comparison(id)?;
        if clues.has_any(clues!["上年", "去年", "上一年", "同期"]) {
            return Some(false);
        }
        if let Some(year) = year_in(words) {
            return Some(year == self.year);
        }
        holds(words, "预算").then_some(true)
    }

    /// Returns the words from the last 比 or 较, or else 与, in the sentence before a figure, and what stands in them.
    pub(super) fn comparison(&self, id: ItemId) -> Option<(&str, Clues)> {
        let (from, to) = self.figure(id)?.lead();
        let (mut clues, mut with) = (Clues::NONE, None);
        for (at, clue) in self.hits.between(from, to).rev() {
            clues = clues.with(clue);
            // 与上年相比，2024年…: the comparison begins where what is compared with is named.
            let ends = || self.text.cut((at as usize).saturating_sub(3), at as usize + 4) == "相比,";
            if clues!["比", "较"].has(clue) && !ends() {
                with = Some((at, clues));
                break;
            }
            if clue == clue!("与") && with.is_none() {
                with = Some((at, clues));
            }
        }
        let (at, clues) = with?;
        Some((self.text.cut(at as usize, to as usize), clues))
    }

    /// Whether a figure stands in a table whose columns are known: its column says as much of what it is as its name does, so that the
    /// name alone makes no two of them the same fact.
    pub(super) fn is_below_heads(&self, item: &Item) -> bool {
        let place = item.cell.and_then(|cell| self.d.place_of(cell));
        let table = place.and_then(|(table, _, _)| self.d.source.tables.get(table as usize));
        table.is_some_and(|table| !table.ragged)
    }

    /// Returns the cell that a place lies in, and the number of its table.
    pub(super) fn cell_at(&self, span: Span) -> Option<(usize, &'a Cell)> {
        let (table, _, cell) = self.d.source.cell_at(span)?;
        Some((table, cell))
    }

    /// Returns the block that a stretch of the folded text lies in.
    pub(super) fn block_at(&self, start: u32, end: u32) -> Option<&Block> {
        let after = self.blocks.partition_point(|block| block.start <= start);
        self.blocks.get(after.checked_sub(1)?).filter(|block| end <= block.end)
    }

    /// Returns the text blocks that are no table rows, with their folded text.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (&Block, &str)> {
        let texts = self.blocks.iter().filter(|block| !block.row);
        texts.map(|block| (block, self.text.cut(block.start as usize, block.end as usize)))
    }

    /// Returns those of a part.
    pub(super) fn paragraphs_of(&self, part: Part) -> impl Iterator<Item = (&Block, &str)> {
        let texts = self.blocks.iter().filter(move |block| !block.row && block.part == Some(part));
        texts.map(|block| (block, self.text.cut(block.start as usize, block.end as usize)))
    }
}

impl Figure {
    /// Returns the folded bytes of the sentence before the figure, as far as they are looked at.
    fn lead(&self) -> (u32, u32) {
        const LONGEST: u32 = 1200;
        let Standing { start, lead, .. } = self.standing;
        (lead.max(start.saturating_sub(LONGEST)).min(start), start)
    }
}

/// Returns the byte after the last mark before a place in a folded text.
fn before(text: &str, at: usize) -> usize {
    let reach = text.floor_char_boundary(at.saturating_sub(REACH));
    let words = text.get(reach..at).unwrap_or_default();
    let is_mark = |c: &(usize, char)| matches!(c.1, ',' | ';' | ':' | '、' | '。');
    reach + words.char_indices().rfind(is_mark).map_or(0, |(at, mark)| at + mark.len_utf8())
}

/// Whether words before a figure say that it is not exact.
fn is_about(before: &str) -> bool {
    match before.chars().next_back() {
        Some('约' | '近') => true,
        Some('过') => before.ends_with("超过"),
        Some('于') => before.ends_with("不少于"),
        Some(_) | None => false,
    }
}

/// Returns the first year in folded words, as of 2023年.
pub(super) fn year_in(words: &str) -> Option<u16> {
    words.match_indices('年').find_map(|(at, _)| {
        let year: u16 = slice(words, at.checked_sub(4)?, at).parse().ok()?;
        (1990..2100).contains(&year).then_some(year)
    })
}
