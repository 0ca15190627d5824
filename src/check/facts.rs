//! What the checks ask of a disclosure: figures by name, parts by whole, intervals, and the words around a figure.

mod groups;
mod sections;
mod tables;
mod within;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use rust_decimal::Decimal;
use rustc_hash::FxBuildHasher;

use crate::model::{Basis, Disclosure, Item, ItemId, Measure, NameId, NoteKind, Part, Relation};
use crate::quantity::{Interval, Kind, Unit};
use crate::source::fold::{Folded, Index, folded};
use crate::source::numbering::{Numbering, numbering};
use crate::source::span::{sentence, slice};
use crate::source::{BlockKind, Cell, Span};

use groups::Groups;

use super::clue::{Clue, Clues, Hits, clue, clues};
use super::ledger::Book;
use super::names::{Bare, Name, Scope, hash_of_bare};
use super::report::Reason;

/// How far back the words before a figure are looked at, in bytes.
const REACH: usize = 240;
/// How many figures of money it takes to say how a writer writes them.
const ENOUGH: usize = 8;

/// A disclosure with what the checks need at hand.
pub(super) struct Facts<'a> {
    pub(super) d: &'a Disclosure,
    pub(super) year: u16,
    pub(super) basis: Option<Basis>,
    /// The text of all blocks in its folded form.
    pub(super) text: Cow<'a, Folded>,
    index: Index,
    /// Where the words that checks look for stand in it.
    pub(super) hits: Hits,
    /// The text blocks after the contents page, in order.
    pub(super) blocks: Vec<Block>,
    /// What is known of each section's heading.
    titles: Vec<Title>,
    names: Vec<Name>,
    /// For each row of all tables whether its table was read with its columns.
    tabled: Vec<bool>,
    figures: Vec<Figure>,
    /// The figures that hang on each figure, in document order.
    children: Groups,
    /// The figures of each official name.
    named: Groups,
    /// The places that most money in 万元 has, and whether zeros at its end are left out.
    places: u32,
    trims: bool,
    /// What only some documents ask for.
    bare: OnceCell<Bare>,
    book: OnceCell<Book>,
    values: OnceCell<HashMap<Decimal, Vec<ItemId>, FxBuildHasher>>,
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
pub(super) struct Title {
    /// The heading in folded form.
    pub(super) text: String,
    /// The number it begins with.
    pub(super) number: Option<Numbering>,
    /// Which money the heading says its figures are of, or else the headings above it.
    scope: Option<Scope>,
}

/// What is found out about a figure once, because it is asked again and again.
struct Figure {
    /// Where it begins and ends in the folded text.
    start: u32,
    end: u32,
    /// Where the words before it begin, and its sentence.
    before: u32,
    lead: u32,
    sentence: Span,
    section: Option<u32>,
    doubt: Option<Reason>,
    interval: Option<Interval>,
    exact: Option<Decimal>,
    scope: OnceCell<Scope>,
    base: OnceCell<bool>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(d: &'a Disclosure) -> Self {
        // A disclosure that was not just parsed no longer has it.
        let text = if d.folded.text.is_empty() {
            Cow::Owned(Folded::of(&d.source))
        } else {
            Cow::Borrowed(&d.folded)
        };
        let names = Name::all(&d.words);
        let with_ids = || (0..).map(ItemId).zip(&d.items);
        let mut children = Groups::new(
            d.items.len(),
            with_ids().filter_map(|(id, item)| Some((item.parent?.0 as usize, id))),
        );
        // A total of a table may stand after its parts.
        let place = |id: &ItemId| d.items.get(id.0 as usize).map(|item| item.span.start);
        if !d.items.is_sorted_by_key(|item| item.span.start) {
            children.sort_each_by_key(place);
        }
        let canonical = |item: &Item| names.get(item.subject.index()).map(|name| name.canonical.index());
        let by_name = Groups::new(
            d.words.names().len(),
            with_ids().filter_map(|(id, item)| Some((canonical(item)?, id))),
        );
        let (places, trims) = places(d);
        let mut facts = Self {
            d,
            year: d.header.year.map_or(0, |year| year.value),
            basis: d.header.basis.map(|basis| basis.value),
            hits: Hits::new(&text.text),
            index: text.index(),
            blocks: Vec::new(),
            titles: Vec::new(),
            tabled: tabled(d),
            figures: Vec::with_capacity(d.items.len()),
            text,
            names,
            children,
            named: by_name,
            places,
            trims,
            bare: OnceCell::new(),
            book: OnceCell::new(),
            values: OnceCell::new(),
        };
        facts.read_titles();
        facts.read_blocks();
        facts.read_figures();
        facts
    }

    fn read_titles(&mut self) {
        for section in &self.d.sections {
            let text = folded(self.d.words.text(section.title));
            let own = Scope::of(Clues::of(&text));
            let above = section.parent.and_then(|parent| self.titles.get(parent.0 as usize));
            let scope = own.or_else(|| above?.scope);
            self.titles.push(Title { number: numbering(&text), text, scope });
        }
    }

    fn read_blocks(&mut self) {
        let body = self.d.contents.map_or(0, |contents| contents.end);
        for block in self.d.source.blocks.iter().filter(|block| block.span.start >= body) {
            let (start, end) = (self.at(block.span.start), self.at(block.span.end));
            let row = matches!(block.kind, BlockKind::Row { .. });
            let part = self.section_at(block.span).map(|section| section.part);
            self.blocks.push(Block { span: block.span, start, end, row, part });
        }
    }

    fn read_figures(&mut self) {
        let (mut last, mut lead) = (Span::default(), 0);
        for item in &self.d.items {
            if !last.contains(item.span) || last.is_empty() {
                last = sentence(&self.d.source.text, item.span);
                lead = self.at(last.start);
            }
            let start = self.at(item.span.start);
            let end = self.at(item.span.end);
            let before = before(&self.text.text, start as usize) as u32;
            let about = is_about(self.text.cut(before as usize, start as usize));
            let exact = item.value.decimal().checked_mul(item.unit.yuan().unwrap_or(Decimal::ONE));
            let figure = Figure {
                start,
                end,
                before,
                lead,
                sentence: last,
                section: self.section_index(item.span).map(|index| index as u32),
                doubt: about.then_some(Reason::Approximate),
                interval: self.find_interval(item, 0),
                exact,
                scope: OnceCell::new(),
                base: OnceCell::new(),
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
        self.text.at(&self.index, place)
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
        self.all_measured(measure).filter(|(_, item)| !self.has_column(item))
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
        item.cell.is_some_and(|cell| self.tabled.get(cell.row() as usize).copied().unwrap_or(false))
    }

    /// Returns the figures that hang on another by a relation, in document order.
    pub(super) fn children(&self, id: ItemId, relation: Relation) -> impl Iterator<Item = ItemId> {
        let list = self.children.of(id.0 as usize);
        list.iter().copied().filter(move |id| self.item(*id).and_then(|i| i.relation) == Some(relation))
    }

    /// Returns the levels of an official name.
    pub(super) fn levels(&self, name: &str) -> Vec<ItemId> {
        let ids = self.d.words.find(name).map_or(&[][..], |name| self.named.of(name.index()));
        ids.iter().copied().filter(|id| self.is_level(*id)).collect()
    }

    /// Returns the levels that have the official name of a figure.
    pub(super) fn levels_like(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        self.all_like(id).filter(|id| self.is_level(*id))
    }

    /// Returns the figures that have the official name of a figure.
    pub(super) fn all_like(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        let ids = self.name_of(id).map_or(&[][..], |name| self.named.of(name.canonical.index()));
        ids.iter().copied()
    }

    /// Returns the levels of which the written or the official name is this one, but for words that only say that it is a
    /// total, in no order.
    pub(super) fn levels_of_bare(&self, bare: &str) -> Vec<ItemId> {
        let names = self.bare.get_or_init(|| Name::by_bare(&self.names, &self.d.words));
        let hash = hash_of_bare(bare);
        let first = names.partition_point(|(other, _)| *other < hash);
        let alike = names.iter().skip(first).take_while(|(other, _)| *other == hash);
        let alike = alike.filter_map(|(_, index)| self.names.get(*index));
        let mut canonical: Vec<NameId> = alike.map(|name| name.canonical).collect();
        canonical.sort_unstable();
        canonical.dedup();
        let is_one = |id: &ItemId| {
            let name = self.name_of(*id).filter(|_| self.is_level(*id));
            name.is_some_and(|name| name.is_bare(bare, &self.d.words))
        };
        canonical.iter().flat_map(|name| self.named.of(name.index())).copied().filter(is_one).collect()
    }

    /// Returns the levels of a value in yuan.
    pub(super) fn levels_of_value(&self, value: Decimal) -> &[ItemId] {
        let values = self.values.get_or_init(|| {
            let mut values: HashMap<Decimal, Vec<ItemId>, FxBuildHasher> = HashMap::default();
            for (id, _) in self.measured(Measure::Amount) {
                if let Some(exact) = self.exact(id) {
                    values.entry(exact).or_default().push(id);
                }
            }
            values
        });
        values.get(&value).map_or(&[], Vec::as_slice)
    }

    fn name_of(&self, id: ItemId) -> Option<&Name> {
        self.item(id).and_then(|item| self.names.get(item.subject.index()))
    }

    /// Returns the official name of a figure's subject.
    pub(super) fn canonical(&self, id: ItemId) -> &'a str {
        self.name_of(id).map_or("", |name| self.d.words.text(name.canonical))
    }

    /// Returns the folded name of a figure's subject as written.
    pub(super) fn name(&self, id: ItemId) -> &str {
        self.name_of(id).map_or("", |name| &name.written)
    }

    /// Returns the words that checks look for in the name of a figure's subject as written.
    pub(super) fn says(&self, id: ItemId) -> Clues {
        self.name_of(id).map_or(Clues::NONE, |name| name.clues)
    }

    /// Returns the same for its official name.
    pub(super) fn officially(&self, id: ItemId) -> Clues {
        self.name_of(id).map_or(Clues::NONE, |name| name.official)
    }

    /// Returns whether two figures are of the same thing.
    pub(super) fn same_subject(&self, a: ItemId, b: ItemId) -> bool {
        self.name_of(a).map(|name| name.canonical) == self.name_of(b).map(|name| name.canonical)
    }

    /// Returns whether a figure's name is only made of words that every amount could have.
    pub(super) fn is_generic(&self, id: ItemId) -> bool {
        self.name_of(id).is_some_and(|name| name.generic)
    }

    /// Returns the values a figure may have: in yuan for money, as it stands for all else. A figure of a writer who leaves
    /// out zeros at the end is exact to the places that the document's money has.
    pub(super) fn interval(&self, id: ItemId) -> Option<Interval> {
        self.figure(id)?.interval
    }

    /// Returns the same for a figure of a list whose finest figure has so many places.
    pub(super) fn interval_to(&self, id: ItemId, finest: u32) -> Option<Interval> {
        let item = self.item(id)?;
        if finest <= item.value.places() { self.interval(id) } else { self.find_interval(item, finest) }
    }

    fn find_interval(&self, item: &Item, finest: u32) -> Option<Interval> {
        let value = item.value;
        match item.unit.kind() {
            Kind::Count if value.places() == 0 => Some(Interval::exactly(value.decimal())),
            Kind::Count | Kind::Ratio => Some(value.interval()),
            Kind::Money => {
                let trimmed = self.trims && item.unit == Unit::TenThousandYuan;
                let places = finest.max(if trimmed { self.places } else { 0 });
                let interval = if places > value.places() && !value.is_zero() {
                    let half = Decimal::new(5, places + 1);
                    Interval { low: value.decimal() - half, high: value.decimal() + half }
                } else {
                    value.interval()
                };
                interval.times(item.unit.yuan()?)
            }
        }
    }

    /// Returns the exact value in yuan for money, as it stands for all else.
    pub(super) fn exact(&self, id: ItemId) -> Option<Decimal> {
        self.figure(id)?.exact
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
        self.figure(id).map_or(Span::default(), |figure| figure.sentence)
    }

    /// Returns the folded words between the mark before a figure and the figure.
    pub(super) fn before(&self, id: ItemId) -> &str {
        self.figure(id).map_or("", |figure| self.text.cut(figure.before as usize, figure.start as usize))
    }

    /// Returns the folded text of a figure's sentence behind it.
    pub(super) fn sentence_after(&self, id: ItemId) -> &str {
        self.figure(id)
            .map_or("", |figure| self.text.cut(figure.end as usize, self.at(figure.sentence.end) as usize))
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
        self.text.cut(self.at(start) as usize, self.at(end) as usize)
    }

    /// Returns the folded text of a stretch.
    pub(super) fn cut(&self, span: Span) -> &str {
        self.between(span.start, span.end)
    }

    /// Returns the words that checks look for in a stretch.
    pub(super) fn clues_in(&self, span: Span) -> Clues {
        let hits = self.hits.between(self.at(span.start), self.at(span.end));
        hits.fold(Clues::NONE, |clues, (_, clue)| clues.with(clue))
    }

    /// Returns whether a word stands in a stretch.
    pub(super) fn has(&self, clue: Clue, span: Span) -> bool {
        !self.hits.within(clue, self.at(span.start), self.at(span.end)).is_empty()
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
        let words = self.hits.between(from, to).map(|(_, clue)| clue);
        words.take_while(|clue| *clue != clue!("元")).fold(Clues::NONE, Clues::with)
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
        let (words, clues) = self.comparison(id)?;
        if clues.has_any(clues!["上年", "去年", "上一年", "同期"]) {
            return Some(false);
        }
        if let Some(year) = year_in(words) {
            return Some(year == self.year);
        }
        clues.has(clue!("预算")).then_some(true)
    }

    /// Returns the words from the last 比 or 较, or else 与, in the sentence before a figure, and what stands in them.
    pub(super) fn comparison(&self, id: ItemId) -> Option<(&str, Clues)> {
        let (from, to) = self.figure(id)?.lead();
        let last = |clue| self.hits.within(clue, from, to).last().copied();
        let at = last(clue!("比")).max(last(clue!("较"))).or_else(|| last(clue!("与")))?;
        let clues = self.hits.between(at, to).fold(Clues::NONE, |clues, (_, clue)| clues.with(clue));
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
        let tables = self.d.source.tables.iter().enumerate();
        let mut cells = tables.flat_map(|(number, table)| {
            table.rows.iter().flat_map(|row| &row.cells).map(move |cell| (number, cell))
        });
        cells.find(|(_, cell)| cell.span.contains(span))
    }

    /// Returns the text blocks that are no table rows, with their folded text.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (&Block, &str)> {
        let texts = self.blocks.iter().filter(|block| !block.row);
        texts.map(|block| (block, self.text.cut(block.start as usize, block.end as usize)))
    }
}

impl Figure {
    /// Returns the folded bytes of the sentence before the figure, as far as they are looked at.
    fn lead(&self) -> (u32, u32) {
        const LONGEST: u32 = 1200;
        (self.lead.max(self.start.saturating_sub(LONGEST)).min(self.start), self.start)
    }
}

/// Returns the byte after the last mark before a place in a folded text.
fn before(text: &str, at: usize) -> usize {
    let reach = text.floor_char_boundary(at.saturating_sub(REACH));
    let bytes = text.as_bytes().get(reach..at).unwrap_or_default();
    let mark = |end: usize| match bytes.get(..end) {
        Some([.., b',' | b';' | b':'] | [.., 0xE3, 0x80, 0x81 | 0x82]) => true,
        Some(_) | None => false,
    };
    reach + (0..=bytes.len()).rev().find(|end| mark(*end)).unwrap_or(0)
}

/// Whether words before a figure say that it is not exact.
fn is_about(before: &str) -> bool {
    ["约", "近", "大约", "超过", "不少于", "不超过"].iter().any(|word| before.ends_with(word))
}

/// Returns the first year in folded words, as of 2023年.
pub(super) fn year_in(words: &str) -> Option<u16> {
    words.match_indices('年').find_map(|(at, _)| {
        let year: u16 = slice(words, at.checked_sub(4)?, at).parse().ok()?;
        (1990..2100).contains(&year).then_some(year)
    })
}

/// Returns for each row of all tables whether its table was read with its columns.
fn tabled(d: &Disclosure) -> Vec<bool> {
    let tables = d.source.tables.iter().enumerate();
    let columns = |number: usize| d.tables.get(number).is_some_and(|table| !table.columns.is_empty());
    tables.flat_map(|(number, table)| table.rows.iter().map(move |_| columns(number))).collect()
}

/// Returns how many places the money in 万元 has, and whether zeros at its end are left out.
fn places(d: &Disclosure) -> (u32, bool) {
    const MOST: usize = 6;
    let money = d.items.iter().filter(|item| {
        item.unit == Unit::TenThousandYuan && !item.value.is_zero() && item.measure != Measure::Count
    });
    // How many figures have so many places, and how many of those end in a zero.
    let (mut all, mut with, mut zeros) = (0, [0; MOST + 1], [0; MOST + 1]);
    for item in money {
        all += 1;
        let places = (item.value.places() as usize).min(MOST);
        if let (Some(with), Some(zeros)) = (with.get_mut(places), zeros.get_mut(places)) {
            *with += 1;
            *zeros += usize::from(item.value.mantissa() % 10 == 0);
        }
    }
    let finer = |places: &usize| with.iter().skip(*places).sum::<usize>() * 4 >= all;
    let Some(places) = (1..=MOST).rev().find(finer) else { return (0, false) };
    let (full, zeros) = (with.get(places).copied(), zeros.get(places).copied());
    (places as u32, all >= ENOUGH && zeros == Some(0) && full >= Some(ENOUGH))
}
