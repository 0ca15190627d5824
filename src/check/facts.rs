//! What the checks ask of a disclosure: figures by name, parts by whole, intervals, and the words around a figure.

use std::cell::OnceCell;
use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::model::{Basis, Disclosure, Item, ItemId, Measure, NameId, NoteKind, Part, Relation, Section};
use crate::quantity::{Interval, Kind, Unit};
use crate::source::fold::{fold, folded};
use crate::source::span::{sentence, slice};
use crate::source::{BlockKind, Span};

use super::report::Reason;

/// How far back the words before a figure are looked at, in bytes.
const REACH: u32 = 240;
/// How many figures of money it takes to say how a writer writes them.
const ENOUGH: usize = 8;

/// Which money a figure is of, as far as its section and sentence say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Scope {
    /// All money of the department.
    All,
    /// 财政拨款.
    Appropriation,
    /// 一般公共预算.
    General,
    /// 基本支出 by economic class, and 机关运行经费.
    Basic,
    /// “三公”经费.
    ThreePublic,
    /// 政府性基金 and 国有资本经营.
    Other,
    /// One project, a table of performance targets of it.
    Project,
}

/// A disclosure with what the checks need at hand.
pub(super) struct Facts<'a> {
    pub(super) d: &'a Disclosure,
    pub(super) year: u16,
    pub(super) basis: Option<Basis>,
    /// The parts of each figure by `Sum`, and its changes and shares, in document order.
    children: Vec<Vec<ItemId>>,
    doubtful: Vec<bool>,
    sentences: Vec<Span>,
    by_name: HashMap<NameId, Vec<ItemId>>,
    /// The whole text in its folded form, and for each byte of the source where it went.
    text: String,
    places_of: Vec<u32>,
    /// The folded name of each subject, by its number.
    names: Vec<String>,
    /// Whether the name of each subject is only made of words that every amount could have.
    generic: Vec<bool>,
    /// The written and the official name of each subject without what only says that it is a total.
    bare: Vec<(String, String)>,
    /// The folded title of each section.
    titles: Vec<String>,
    /// What is asked of figures again and again, once it was found out.
    scopes: Vec<OnceCell<Scope>>,
    bases: Vec<OnceCell<bool>>,
    /// The places that most money in 万元 has, and whether zeros at its end are left out.
    places: u32,
    trims: bool,
}

impl<'a> Facts<'a> {
    pub(super) fn new(d: &'a Disclosure) -> Self {
        let mut children = vec![Vec::new(); d.items.len()];
        let mut by_name: HashMap<NameId, Vec<ItemId>> = HashMap::new();
        for (id, item) in (0..).map(ItemId).zip(&d.items) {
            if let Some(list) = item.parent.and_then(|parent| children.get_mut(parent.0 as usize)) {
                list.push(id);
            }
            if let Some(subject) = d.words.get(item.subject) {
                by_name.entry(subject.canonical).or_default().push(id);
            }
        }
        for list in &mut children {
            list.sort_by_key(|id| d.items.get(id.0 as usize).map(|item| item.span.start));
        }
        let mut doubtful = vec![false; d.items.len()];
        for note in d.notes.iter().filter(|note| note.kind == NoteKind::Doubtful) {
            if let Some(doubt) = note.item.and_then(|id| doubtful.get_mut(id.0 as usize)) {
                *doubt = true;
            }
        }
        let (places, trims) = places(d);
        let (text, places_of) = folded_whole(&d.source.text);
        Self {
            d,
            year: d.header.year.map_or(0, |year| year.value),
            basis: d.header.basis.map(|basis| basis.value),
            children,
            doubtful,
            sentences: sentences(d),
            by_name,
            text,
            places_of,
            names: d.words.subjects().map(|(_, subject)| folded(d.words.text(subject.name))).collect(),
            generic: d.words.subjects().map(|(_, s)| is_generic(&folded(d.words.text(s.name)))).collect(),
            bare: d
                .words
                .subjects()
                .map(|(_, s)| (bare(d.words.text(s.name)), bare(d.words.text(s.canonical))))
                .collect(),
            titles: d.sections.iter().map(|section| folded(d.words.text(section.title))).collect(),
            scopes: vec![OnceCell::new(); d.items.len()],
            bases: vec![OnceCell::new(); d.items.len()],
            places,
            trims,
        }
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&'a Item> {
        self.d.items.get(id.0 as usize)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = ItemId> + use<> {
        (0..self.d.items.len() as u32).map(ItemId)
    }

    /// Returns the figures of a measure with their ids.
    pub(super) fn measured(&self, measure: Measure) -> impl Iterator<Item = (ItemId, &'a Item)> {
        let items = (0..).map(ItemId).zip(&self.d.items);
        items.filter(move |(_, item)| item.measure == measure)
    }

    /// Returns the figures that hang on another by a relation, in document order.
    pub(super) fn children(&self, id: ItemId, relation: Relation) -> impl Iterator<Item = ItemId> {
        let list = self.children.get(id.0 as usize).map_or(&[][..], Vec::as_slice);
        list.iter().copied().filter(move |id| self.item(*id).and_then(|i| i.relation) == Some(relation))
    }

    /// Returns the levels of an official name.
    pub(super) fn levels(&self, name: &str) -> Vec<ItemId> {
        let ids = self.d.words.find(name).and_then(|name| self.by_name.get(&name));
        let level = |id: &ItemId| self.item(*id).is_some_and(|item| item.measure == Measure::Amount);
        ids.map_or(&[][..], Vec::as_slice).iter().copied().filter(level).collect()
    }

    /// Returns the official name of a figure's subject.
    pub(super) fn canonical(&self, id: ItemId) -> &'a str {
        let subject = self.item(id).and_then(|item| self.d.words.get(item.subject));
        subject.map_or("", |subject| self.d.words.text(subject.canonical))
    }

    /// Returns the folded name of a figure's subject as written.
    pub(super) fn name(&self, id: ItemId) -> &str {
        self.item(id).and_then(|item| self.names.get(item.subject.index())).map_or("", String::as_str)
    }

    /// Returns whether two figures are of the same thing.
    pub(super) fn same_subject(&self, a: ItemId, b: ItemId) -> bool {
        let (one, other) = (self.canonical(a), self.canonical(b));
        one == other || self.item(a).map(|item| item.subject) == self.item(b).map(|item| item.subject)
    }

    /// Returns the values a figure may have: in yuan for money, as it stands for all else. A figure of a writer who leaves
    /// out zeros at the end is exact to the places that the document's money has.
    pub(super) fn interval(&self, id: ItemId) -> Option<Interval> {
        self.interval_to(id, 0)
    }

    /// Returns the same for a figure of a list whose finest figure has so many places.
    pub(super) fn interval_to(&self, id: ItemId, finest: u32) -> Option<Interval> {
        let item = self.item(id)?;
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
        let item = self.item(id)?;
        item.value.decimal().checked_mul(item.unit.yuan().unwrap_or(Decimal::ONE))
    }

    /// Returns why nothing may be concluded from a figure.
    pub(super) fn doubt(&self, id: ItemId) -> Option<Reason> {
        if self.doubtful.get(id.0 as usize) == Some(&true) {
            return Some(Reason::Doubtful);
        }
        let before = self.before(id);
        let about =
            ["约", "近", "大约", "超过", "不少于", "不超过"].iter().any(|word| before.ends_with(word));
        about.then_some(Reason::Approximate)
    }

    /// Returns the first reason why nothing may be concluded from some figures.
    pub(super) fn doubt_of(&self, ids: impl IntoIterator<Item = ItemId>) -> Option<Reason> {
        ids.into_iter().find_map(|id| self.doubt(id))
    }

    /// Returns the sentence or table row that a figure stands in.
    pub(super) fn sentence(&self, id: ItemId) -> Span {
        self.sentences.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Returns the folded words between the mark before a figure and the figure.
    pub(super) fn before(&self, id: ItemId) -> &str {
        let Some(item) = self.item(id) else { return "" };
        let text = self.between(item.span.start.saturating_sub(REACH), item.span.start);
        let start = text.rfind([',', '。', ';', ':', '、']).map_or(0, |at| at + 1);
        slice(text, start, text.len()).trim_start_matches(['、', '。'])
    }

    /// Returns the folded text of the figure's sentence before it.
    pub(super) fn sentence_before(&self, id: ItemId) -> &str {
        const LONGEST: u32 = 1200;
        let Some(item) = self.item(id) else { return "" };
        self.between(self.sentence(id).start.max(item.span.start.saturating_sub(LONGEST)), item.span.start)
    }

    /// Returns the folded text between two places.
    pub(super) fn between(&self, start: u32, end: u32) -> &str {
        let place = |at: u32| self.places_of.get(at as usize).map_or(self.text.len(), |at| *at as usize);
        slice(&self.text, place(start), place(end))
    }

    /// Returns the innermost section of a place.
    pub(super) fn section_at(&self, span: Span) -> Option<&'a Section> {
        let after = self.d.sections.partition_point(|section| section.heading.start <= span.start);
        self.d.sections.get(after.checked_sub(1)?)
    }

    /// Returns the title of the innermost section of a place.
    pub(super) fn section_title(&self, span: Span) -> &'a str {
        self.section_at(span).map_or("", |section| self.d.words.text(section.title))
    }

    /// Returns the folded titles of the sections around a place, the innermost first.
    pub(super) fn titles(&self, span: Span) -> Vec<&str> {
        let mut titles = Vec::new();
        let after = self.d.sections.partition_point(|section| section.heading.start <= span.start);
        let mut section = after.checked_sub(1);
        while let Some(current) = section {
            titles.extend(self.titles.get(current).map(String::as_str));
            let parent = self.d.sections.get(current).and_then(|section| section.parent);
            section = parent.map(|parent| parent.0 as usize).filter(|parent| *parent < current);
        }
        titles
    }

    /// Returns which money a figure is of.
    pub(super) fn scope(&self, id: ItemId) -> Scope {
        self.scopes.get(id.0 as usize).map_or(Scope::All, |cell| *cell.get_or_init(|| self.find_scope(id)))
    }

    fn find_scope(&self, id: ItemId) -> Scope {
        const DEEPEST: usize = 6;
        let Some(item) = self.item(id) else { return Scope::All };
        let part = self.section_at(item.span).map(|section| section.part);
        if part == Some(Part::Performance) && (item.cell.is_none() || self.canonical(id).chars().count() > 14)
        {
            return Scope::Project;
        }
        let mut around = Some(id);
        for _ in 0..=DEEPEST {
            let Some(current) = around else { break };
            if let Some(scope) = scope_of(self.name(current)) {
                return scope;
            }
            around = self.item(current).and_then(|item| item.parent);
        }
        // What the sentence is about stands before its first figure.
        let lead = if item.cell.is_none() { self.sentence_before(id) } else { "" };
        let lead = lead.split('元').next().unwrap_or_default();
        scope_of(lead).or_else(|| self.titles(item.span).into_iter().find_map(scope_of)).unwrap_or(Scope::All)
    }

    /// Returns the levels that stand before a figure in its section, the nearest first: what a change or a share whose own
    /// words name nothing may be about.
    pub(super) fn levels_before(&self, id: ItemId) -> impl Iterator<Item = ItemId> {
        const REACH: u32 = 24;
        let section =
            self.item(id).and_then(|item| self.section_at(item.span)).map(|section| section.heading);
        let near = (id.0.saturating_sub(REACH)..id.0).rev().map(ItemId);
        near.filter(move |other| {
            let item = self.item(*other).filter(|_| self.is_level(*other));
            item.is_some_and(|item| self.section_at(item.span).map(|section| section.heading) == section)
        })
    }

    /// Returns whether a figure is a level of money.
    pub(super) fn is_level(&self, id: ItemId) -> bool {
        self.item(id).is_some_and(|item| item.measure == Measure::Amount)
    }

    /// Returns whether a level is the one that a comparison names: 比2023年度的138.52万元.
    pub(super) fn is_base(&self, id: ItemId) -> bool {
        self.bases.get(id.0 as usize).is_some_and(|cell| *cell.get_or_init(|| self.find_base(id)))
    }

    fn find_base(&self, id: ItemId) -> bool {
        let Some(item) = self.item(id) else { return false };
        if item.year().is_some_and(|year| year != self.year && self.year != 0) {
            return true;
        }
        let before = self.before(id);
        let compared = ["比", "较", "与", "同"].iter().any(|word| before.contains(word));
        compared && (before.ends_with('年') || before.ends_with("年度") || before.ends_with("年的"))
            || before.ends_with("年度的")
            || compared
                && before.ends_with("预算")
                && item.basis == self.basis
                && item.relation.is_none()
                && before.contains("上年")
    }

    /// Returns the official budgeted or last year's level beside which a change is stated, and whether it is the budget's.
    pub(super) fn change_is_against_budget(&self, id: ItemId) -> Option<bool> {
        let text = self.sentence_before(id);
        let at = text.rfind(['比', '较']).or_else(|| text.rfind("与"))?;
        let words = slice(text, at, text.len());
        if words.contains("上年")
            || words.contains("去年")
            || words.contains("上一年")
            || words.contains("同期")
        {
            return Some(false);
        }
        if let Some(year) = year_in(words) {
            return Some(year == self.year);
        }
        words.contains("预算").then_some(true)
    }

    /// Returns the text blocks that are no table rows, with their folded text.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = (Span, &str)> {
        let body = self.d.contents.map_or(0, |contents| contents.end);
        let blocks = self.d.source.blocks.iter().filter(move |block| block.span.start >= body);
        let texts = blocks.filter(|block| !matches!(block.kind, BlockKind::Row { .. }));
        texts.map(|block| (block.span, self.between(block.span.start, block.span.end)))
    }

    /// Returns whether a figure's name is only made of words that every amount could have.
    pub(super) fn is_generic(&self, id: ItemId) -> bool {
        self.item(id).and_then(|item| self.generic.get(item.subject.index())).is_some_and(|generic| *generic)
    }

    /// Returns the written and the official name of a figure's subject without the words that only say that it is a total.
    pub(super) fn bare_names(&self, id: ItemId) -> (&str, &str) {
        let names = self.item(id).and_then(|item| self.bare.get(item.subject.index()));
        names.map_or(("", ""), |(name, canonical)| (name, canonical))
    }
}

/// Returns a name without the words that only say that it is a total, or of what kind.
pub(super) fn bare(name: &str) -> String {
    const WORDS: &[&str] = &["预算", "决算", "合计", "总额", "总计", "总", "全年", "本年", "安排", "部门"];
    let mut name = folded(name).replace('"', "");
    for word in WORDS {
        if name.contains(word) {
            name = name.replace(word, "");
        }
    }
    name
}

/// Whether a name is only made of words that every amount could have.
fn is_generic(name: &str) -> bool {
    let words = ["年初", "预算", "决算", "支出", "收入", "安排", "全年", "本年", "数", "为", "合计", "总计"];
    words.iter().fold(name.to_owned(), |name, word| name.replace(word, "")).is_empty() && !name.contains('总')
}

/// Returns a text in its folded form and for each of its bytes where that went.
fn folded_whole(source: &str) -> (String, Vec<u32>) {
    let (mut text, mut places) = (String::with_capacity(source.len()), Vec::with_capacity(source.len() + 1));
    for c in source.chars() {
        places.extend(std::iter::repeat_n(text.len() as u32, c.len_utf8()));
        text.extend(fold(c));
    }
    places.push(text.len() as u32);
    (text, places)
}

fn sentences(d: &Disclosure) -> Vec<Span> {
    let mut last = Span::default();
    let of = d.items.iter().map(|item| {
        if !last.contains(item.span) || last.is_empty() {
            last = sentence(&d.source.text, item.span);
        }
        last
    });
    of.collect()
}

fn scope_of(words: &str) -> Option<Scope> {
    const WORDS: &[(&str, Scope)] = &[
        ("政府性基金", Scope::Other),
        ("国有资本经营", Scope::Other),
        ("三公\"", Scope::ThreePublic),
        ("三公经费", Scope::ThreePublic),
        ("机关运行经费", Scope::Basic),
        ("公用经费", Scope::Basic),
        ("人员经费", Scope::Basic),
        ("商品和服务支出", Scope::Basic),
        ("工资福利支出", Scope::Basic),
        ("对个人和家庭", Scope::Basic),
        ("一般公共预算", Scope::General),
        ("财政拨款", Scope::Appropriation),
    ];
    WORDS.iter().find(|(word, _)| words.contains(word)).map(|(_, scope)| *scope)
}

/// Returns the first year in folded words, as of 2023年.
pub(super) fn year_in(words: &str) -> Option<u16> {
    words.match_indices('年').find_map(|(at, _)| {
        let year: u16 = slice(words, at.checked_sub(4)?, at).parse().ok()?;
        (1990..2100).contains(&year).then_some(year)
    })
}

/// Returns how many places the money in 万元 has, and whether zeros at its end are left out.
fn places(d: &Disclosure) -> (u32, bool) {
    let money = d.items.iter().filter(|item| {
        item.unit == Unit::TenThousandYuan && !item.value.is_zero() && item.measure != Measure::Count
    });
    let values: Vec<_> = money.map(|item| item.value).collect();
    let with = |places: u32| values.iter().filter(|value| value.places() >= places).count();
    let Some(places) = (1..=6).rev().find(|places| with(*places) * 4 >= values.len()) else {
        return (0, false);
    };
    let full = values.iter().filter(|value| value.places() == places);
    let zeros = full.clone().filter(|value| value.mantissa() % 10 == 0).count();
    (places, values.len() >= ENOUGH && zeros == 0 && full.count() >= ENOUGH)
}
