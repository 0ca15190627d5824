//! Lists of parts → parents: which figures are parts of which, as 其中, brackets and numbering say, with arithmetic only to
//! decide where a list ends and which of several heads it has.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::range::Range;
use super::subject::whole_of;
use crate::model::{Item, ItemId, Measure, NameId, Relation, Vocabulary};
use crate::quantity::{Written, is_mistyped, is_swapped};

use super::numbering::Style;

/// How many characters a number has that is hardly ever one slip away from another by chance.
const LONG_NUMBER: usize = 6;

/// What opened a list of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opener {
    /// 其中, 包括. `loose` where the parts need not be complete.
    Parts { loose: bool },
    /// A bracket around figures.
    Bracket,
    /// 主要用于.
    Uses,
    /// 按…分类.
    ByClass,
    /// Numbered paragraphs below a numbered paragraph.
    Numbered,
}

/// An open list of parts.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) opener: Opener,
    /// The level that the parts are parts of, as the grammar has it.
    pub(super) head: Option<ItemId>,
    /// The levels listed so far.
    pub(super) members: Vec<ItemId>,
    /// What they are always parts of by their names.
    pub(super) whole: Whole,
    /// What they make; nothing where one of them has more places than can be summed.
    pub(super) sum: Option<Range>,
    /// The changes of other subjects listed so far.
    pub(super) deltas: Vec<ItemId>,
    /// Whether a member had a change or share of its own.
    pub(super) own_changes: bool,
    /// How many semicolons stood between members.
    pub(super) semicolons: u32,
    /// The number of the paragraph it was opened in, and that paragraph's style of numbering.
    pub(super) paragraph: u32,
    pub(super) numbering: Option<Style>,
    /// How its parts are numbered, where they are paragraphs.
    pub(super) child: Option<Style>,
    /// Whether its members are numbered (1), (2), so that a full stop does not end it.
    pub(super) numbered: bool,
    /// Whether a full stop stands right before it.
    pub(super) stopped: bool,
}

/// What the parts of a list are always parts of by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whole {
    /// All of the same, if of anything.
    One(Option<&'static str>),
    Several,
}

/// The figures and the open lists of one section.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) items: Vec<Item>,
    pub(super) scopes: Vec<Scope>,
    /// The levels of this paragraph that are in no list.
    pub(super) top: Vec<ItemId>,
    /// All levels of this paragraph.
    pub(super) levels: Vec<ItemId>,
    /// The last change of every level that has one, unless that has another parent by now.
    changes: FxHashMap<ItemId, ItemId>,
}

impl Links {
    /// Returns no figures, with room for so many.
    pub(super) fn with_capacity(figures: usize) -> Self {
        Self { items: Vec::with_capacity(figures), ..Self::default() }
    }

    pub(super) fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(id.0 as usize)
    }

    fn canonical(&self, words: &Vocabulary, id: ItemId) -> Option<NameId> {
        Some(words.get(self.item(id)?.subject)?.canonical)
    }

    fn whole(&self, words: &Vocabulary, id: ItemId) -> Option<&'static str> {
        whole_of(words.text(self.canonical(words, id)?))
    }

    fn same_subject(&self, words: &Vocabulary, a: ItemId, b: ItemId) -> bool {
        self.canonical(words, a) == self.canonical(words, b)
    }

    fn named(&self, words: &Vocabulary, id: ItemId, name: &str) -> bool {
        self.canonical(words, id).is_some_and(|canonical| words.text(canonical) == name)
    }

    /// Adds a level to the list it belongs to; lists that are full or do not fit are closed first.
    pub(super) fn add_level(&mut self, words: &Vocabulary, id: ItemId) {
        self.levels.push(id);
        if self.scopes.last().is_some_and(|scope| self.differs(scope, id)) {
            return;
        }
        let whole = if self.scopes.is_empty() { None } else { self.whole(words, id) };
        while let Some(scope) = self.scopes.last() {
            if scope.opener == Opener::Bracket || self.belongs(words, scope, id, whole) {
                break;
            }
            self.close_last(words);
        }
        match self.scopes.last_mut() {
            Some(scope) => {
                if scope.members.is_empty() {
                    scope.whole = Whole::One(whole);
                } else if scope.whole != Whole::One(whole) {
                    scope.whole = Whole::Several;
                }
                let value = self.items.get(id.0 as usize).and_then(Range::of);
                scope.sum = scope.sum.zip(value).map(|(sum, value)| sum.plus(value));
                scope.members.push(id);
            }
            None => self.top.push(id),
        }
    }

    /// Whether a level cannot be a part: it is money and the list is of people, or it is of another year or basis.
    fn differs(&self, scope: &Scope, id: ItemId) -> bool {
        let about = |id: ItemId| self.item(id).map(|item| (item.unit.kind(), item.about_year, item.basis));
        scope.head.is_some_and(|head| about(head) != about(id))
    }

    /// Whether a level can be the next part of a list; `whole` is what it is always a part of.
    fn belongs(&self, words: &Vocabulary, scope: &Scope, id: ItemId, whole: Option<&'static str>) -> bool {
        let Some(item) = self.item(id).filter(|_| scope.head.is_some()) else { return true };
        if scope.opener == Opener::ByClass {
            return true;
        }
        if let (Some(whole), Some(head)) = (whole, scope.head) {
            let outer = self.scopes.iter().rev().skip(1).filter_map(|scope| scope.head);
            if !self.named(words, head, whole)
                && outer.into_iter().any(|outer| self.named(words, outer, whole))
            {
                return false;
            }
        }
        let full = self.is_full(scope);
        if full && !item.value.is_zero() {
            // Small numbers make their whole by chance, but 用车 after 用车 is of the same list.
            return self.is_one_kind(words, scope.members.iter().copied().chain([id]));
        }
        if full {
            let of_head =
                || whole.zip(scope.head).is_some_and(|(whole, head)| self.named(words, head, whole));
            return whole.is_none() || scope.whole == Whole::One(whole) || of_head();
        }
        // That it is larger than the whole is no sign of another list: then the list or the number is wrong.
        true
    }

    /// Whether the parts of a list make its whole within what their printed places allow.
    pub(super) fn is_full(&self, scope: &Scope) -> bool {
        let whole = scope.head.and_then(|head| self.item(head)).and_then(Range::of);
        let sum = scope.sum.filter(|_| !scope.members.is_empty());
        sum.zip(whole).is_some_and(|(sum, whole)| sum.meets(whole))
    }

    /// Whether parts make a whole within what their printed places allow.
    pub(super) fn fits(&self, members: &[ItemId], whole: Option<ItemId>) -> bool {
        let Some(whole) = whole.and_then(|whole| self.item(whole)).and_then(Range::of) else { return false };
        self.sum(members).is_some_and(|sum| sum.meets(whole))
    }

    /// Whether parts make a whole, or would without one slip of the hand: a list that is as good as right is still one.
    fn nearly_fits(&self, members: &[ItemId], whole: ItemId) -> bool {
        // Of a single part every other number is soon one digit away from the whole.
        let slipped = || members.len() > 1 && self.slipped(members, whole, 0).unwrap_or(false);
        self.fits(members, Some(whole)) || slipped()
    }

    fn slipped(&self, members: &[ItemId], whole: ItemId, shortest: usize) -> Option<bool> {
        let item = self.item(whole)?;
        let unit = |item: &Item| (item.unit, item.about_year, item.basis);
        let items: Vec<&Item> = members.iter().filter_map(|member| self.item(*member)).collect();
        if items.len() != members.len() || items.iter().any(|part| unit(part) != unit(item)) {
            return None;
        }
        let sum = items.iter().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value.decimal()))?;
        let gap = item.value.decimal().checked_sub(sum)?;
        let (mut a, mut b) = (String::new(), String::new());
        let mut slip = |written: Decimal, meant: Decimal| {
            if written.is_sign_negative() != meant.is_sign_negative() {
                return false;
            }
            for (text, number) in [(&mut a, written), (&mut b, meant)] {
                text.clear();
                Written(number.abs()).push_to(text);
            }
            a.len().max(b.len()) >= shortest && (is_swapped(&a, &b) || is_mistyped(&a, &b))
        };
        if slip(item.value.decimal(), sum) {
            return Some(true);
        }
        let mut parts = items.iter().map(|part| part.value.decimal());
        Some(parts.any(|part| part.checked_add(gap).is_some_and(|meant| slip(part, meant))))
    }

    pub(super) fn sum(&self, members: &[ItemId]) -> Option<Range> {
        let mut sum = Range::default();
        for member in members {
            sum = sum.plus(Range::of(self.item(*member)?)?);
        }
        (!members.is_empty()).then_some(sum)
    }

    /// At a semicolon a list of parts that was not joined by semicolons ends.
    pub(super) fn semicolon(&mut self, words: &Vocabulary, paragraph: u32) {
        while let Some(scope) = self.scopes.last_mut() {
            let listed = matches!(scope.opener, Opener::Parts { .. } | Opener::Uses);
            // A list from an earlier paragraph has the paragraphs as its parts, not what their semicolons divide.
            let here = scope.paragraph == paragraph;
            if listed && here && scope.members.len() >= 2 && scope.semicolons == 0 {
                self.close_last(words);
            } else {
                scope.semicolons += 1;
                return;
            }
        }
    }

    /// At a semicolon a list ends whose opening word only had words behind it, 主要用于业务培训，包括干部培训；, and the list
    /// around it goes on. Returns whether there was one.
    pub(super) fn drop_unused(&mut self) -> bool {
        let unused = |scope: &Scope| {
            let listed = matches!(scope.opener, Opener::Parts { .. } | Opener::Uses);
            listed && scope.members.is_empty() && scope.deltas.is_empty()
        };
        let before = self.scopes.len();
        while self.scopes.pop_if(|scope| unused(scope)).is_some() {}
        let dropped = self.scopes.len() < before;
        if let Some(around) = self.scopes.last_mut().filter(|_| dropped) {
            around.semicolons += 1;
        }
        dropped
    }

    /// At the end of a sentence a list of mere words ends: 人员经费5万元，主要包括基本工资、津贴补贴。
    pub(super) fn drop_words(&mut self) {
        let words = |scope: &Scope| {
            let loose = scope.opener == Opener::Parts { loose: true };
            loose && scope.members.is_empty() && scope.deltas.is_empty()
        };
        while self.scopes.pop_if(|scope| words(scope)).is_some() {}
    }

    /// At the end of a sentence the lists that were opened in it end, unless their parts are numbered or still to come.
    pub(super) fn stop(&mut self, words: &Vocabulary, paragraph: u32) {
        while let Some(scope) = self.scopes.last() {
            let waits =
                scope.members.is_empty() && scope.deltas.is_empty() && scope.opener != Opener::Bracket;
            if waits || scope.numbered || scope.paragraph != paragraph {
                return;
            }
            self.close_last(words);
        }
    }

    /// At the beginning of a paragraph the lists of paragraphs of the same style of numbering end.
    pub(super) fn begin_paragraph(&mut self, words: &Vocabulary, style: Option<Style>) {
        self.top.clear();
        self.levels.clear();
        while let Some(scope) = self.scopes.last() {
            // The list goes on where its parts are numbered so, and ends where its own paragraph or one around it is.
            let sibling = style.is_some() && scope.child != style && self.is_outer(style);
            let unused =
                scope.opener == Opener::Bracket || scope.opener == Opener::Uses && scope.members.is_empty();
            if !sibling && !unused {
                return;
            }
            self.close_last(words);
        }
    }

    /// Whether a style of numbering is that of an open list's own paragraph, or of the parts of a list further out.
    fn is_outer(&self, style: Option<Style>) -> bool {
        let outer = self.scopes.len().saturating_sub(1);
        self.scopes.iter().any(|scope| scope.numbering == style)
            || self.scopes.iter().take(outer).any(|scope| scope.child == style)
    }

    /// At the end of a paragraph: a level followed by levels that make it, without any word that says so; the level may
    /// be what the paragraph before was about.
    pub(super) fn end_paragraph(&mut self, before: Option<ItemId>) {
        let top = std::mem::take(&mut self.top);
        self.link_implied(&top, before);
        self.top = top;
    }

    fn link_implied(&mut self, top: &[ItemId], before: Option<ItemId>) {
        let Some((&first, others)) = top.split_first() else { return };
        for (head, parts) in [(Some(first), others), (before, top)] {
            let Some(head) = head.filter(|head| parts.len() >= 2 && !self.is_zero(*head)) else { continue };
            let free = parts.iter().all(|part| self.item(*part).is_some_and(|item| item.parent.is_none()));
            // No word says that this is a list, so that only long numbers may differ by a slip.
            let made = self.fits(parts, Some(head))
                || self.can_hold(head, parts) && self.slipped(parts, head, LONG_NUMBER).unwrap_or(false);
            if free && made && self.alike(head, parts) {
                for part in parts {
                    self.set_parent(*part, head, Relation::Sum);
                }
                return;
            }
        }
    }

    fn alike(&self, head: ItemId, parts: &[ItemId]) -> bool {
        let key = |id: ItemId| self.item(id).map(|item| (item.unit.kind(), item.about_year, item.basis));
        parts.iter().all(|part| key(*part) == key(head))
    }

    /// Closes every list, as at the end of a section.
    pub(super) fn close_all(&mut self, words: &Vocabulary) {
        while !self.scopes.is_empty() {
            self.close_last(words);
        }
    }

    /// Closes the innermost list: its members get their parent.
    pub(super) fn close_last(&mut self, words: &Vocabulary) {
        let Some(scope) = self.scopes.pop() else { return };
        self.link_deltas(&scope);
        if scope.members.is_empty() {
            return;
        }
        if scope.opener == Opener::ByClass {
            self.link_classes(&scope);
            return;
        }
        let fits = self.is_full(&scope);
        if !fits && self.parts_of_a_change(&scope) {
            return;
        }
        let other = if fits { None } else { self.other_head(words, &scope) };
        let holds = |head: &ItemId| {
            self.can_hold(*head, &scope.members)
                || self.nearly_fits(&scope.members, *head)
                || self.names_parts(words, *head, &scope.members)
                || self.is_one_kind(words, scope.members.iter().copied())
                || self.is_told_at_once(&scope, *head)
        };
        let Some(head) = other.or(scope.head.filter(holds)) else {
            // Without a head the members are on their own, as if there were no list.
            self.top.extend(&scope.members);
            return;
        };
        let fits = fits || self.nearly_fits(&scope.members, head);
        // A head that the grammar did not name and the numbers do not prove is that of some parts only, unless they are people.
        let people = self.item(head).is_some_and(|item| item.measure == Measure::Count);
        let guessed = other.is_some() && !fits && scope.head.is_some() && !people;
        let known = scope.members.iter().all(|member| self.is_within(words, *member, head));
        let complete = match scope.opener {
            _ if guessed && !known => false,
            Opener::Parts { loose: false } | Opener::Bracket => scope.members.len() > 1 || fits || known,
            Opener::Parts { loose: true } => fits && !self.is_zero(head),
            Opener::Uses => fits || scope.members.len() > 1,
            Opener::Numbered if scope.members.iter().any(|part| self.same_subject(words, *part, head)) => {
                return;
            }
            Opener::Numbered if fits || known => true,
            Opener::Numbered => return,
            Opener::ByClass => false,
        };
        let relation = if complete { Relation::Sum } else { Relation::Of };
        for member in scope.members {
            // What is said again is no part of itself.
            let again = self.same_subject(words, member, head) && self.fits(&[member], Some(head));
            if !again {
                self.set_parent(member, head, relation);
            }
        }
    }

    fn is_zero(&self, id: ItemId) -> bool {
        self.item(id).is_some_and(|item| item.value.is_zero())
    }

    /// Looks for a head that the grammar did not name: the whole that all members are always parts of, or the one other
    /// level of the paragraph that they make exactly.
    fn other_head(&self, words: &Vocabulary, scope: &Scope) -> Option<ItemId> {
        let year = self.item(*scope.members.first()?)?.about_year;
        let candidates = || {
            let in_lists = self.scopes.iter().flat_map(|scope| scope.members.iter().chain(&scope.head));
            let all = self.levels.iter().chain(in_lists).chain(&scope.head);
            all.copied().filter(|id| {
                !scope.members.contains(id) && self.item(*id).is_some_and(|item| item.about_year == year)
            })
        };
        let whole = self.whole(words, *scope.members.first()?);
        if let Some(whole) = whole
            && scope.members.iter().all(|member| self.whole(words, *member) == Some(whole))
            && let Some(head) = candidates().filter(|id| self.named(words, *id, whole)).max()
        {
            return Some(head);
        }
        let stays = |head| self.can_hold(head, &scope.members) || self.nearly_fits(&scope.members, head);
        if scope.head.is_none_or(stays) {
            return None;
        }
        candidates().filter(|id| self.holds_all(*id, &scope.members)).max()
    }

    /// Whether a level is by its name always a part of another, or of what is a part of it.
    fn is_within(&self, words: &Vocabulary, id: ItemId, whole: ItemId) -> bool {
        const DEEPEST: usize = 3;
        let above = std::iter::successors(self.whole(words, id), |name| whole_of(name)).take(DEEPEST);
        above.into_iter().any(|name| self.named(words, whole, name))
    }

    /// Whether the name of a level says of which kind all of its parts are: 编制 of 行政编制 and 事业编制.
    fn names_parts(&self, words: &Vocabulary, head: ItemId, members: &[ItemId]) -> bool {
        let name = |id: ItemId| self.item(id).map_or("", |item| words.subject_text(item.subject));
        let head = name(head);
        members.len() > 1 && !head.is_empty() && members.iter().all(|member| name(*member).ends_with(head))
    }

    /// Whether the parts of a list of people follow their whole at once, 编制80人：行政14人、事业48人, so that nothing else can
    /// be meant, however much more they are.
    fn is_told_at_once(&self, scope: &Scope, head: ItemId) -> bool {
        let told = matches!(scope.opener, Opener::Parts { loose: false } | Opener::Bracket) && !scope.stopped;
        let counts = |id: ItemId| self.item(id).is_some_and(|item| item.measure == Measure::Count);
        let next = scope.members.first().is_some_and(|first| first.0 == head.0 + 1);
        told && next && scope.members.len() > 1 && counts(head) && self.alike(head, &scope.members)
    }

    /// Whether things that are counted are all called the same, but for what comes before it: 机要通信用车, 其他用车.
    fn is_one_kind(&self, words: &Vocabulary, mut ids: impl Iterator<Item = ItemId>) -> bool {
        let end = |id: ItemId| {
            let item = self.item(id).filter(|item| item.measure == Measure::Count)?;
            let name = words.subject_text(item.subject);
            let (at, _) = name.char_indices().rev().nth(1)?;
            (at > 0).then(|| name.get(at..)).flatten()
        };
        let Some(kind) = ids.next().and_then(end) else { return false };
        ids.all(|id| end(id) == Some(kind))
    }

    /// Whether a level can be the whole of a list at all: a whole is not less than its first part.
    fn can_hold(&self, head: ItemId, members: &[ItemId]) -> bool {
        let first = members.first().and_then(|first| self.item(*first)).and_then(Range::of);
        let head = self.item(head).and_then(Range::of);
        first.zip(head).is_none_or(|(first, head)| first.low <= head.high || head.high <= 0)
    }

    fn holds_all(&self, head: ItemId, members: &[ItemId]) -> bool {
        let sum = self.sum(members).zip(self.item(head).and_then(Range::of));
        let alike = members.iter().all(|member| self.alike(head, &[*member]));
        alike && sum.is_some_and(|(sum, head)| sum.low <= head.high)
    }

    /// 比上年增加180.70万元，其中：财政拨款收入125.12万元: the parts are parts of the change, though worded as levels.
    fn parts_of_a_change(&mut self, scope: &Scope) -> bool {
        let Some(delta) = scope.head.and_then(|head| self.last_delta(head)) else { return false };
        if self.is_zero(delta) || !self.fits(&scope.members, Some(delta)) {
            return false;
        }
        for member in &scope.members {
            if let Some(item) = self.items.get_mut(member.0 as usize) {
                item.measure = Measure::Delta;
            }
            self.set_parent(*member, delta, Relation::Sum);
        }
        true
    }

    fn link_deltas(&mut self, scope: &Scope) {
        let Some(delta) = scope.head.and_then(|head| self.last_delta(head)) else { return };
        let kind = |id: ItemId| self.item(id).map(|item| item.unit.kind());
        let parts = scope.deltas.iter().copied().filter(|part| *part != delta && kind(*part) == kind(delta));
        let parts: Vec<ItemId> = parts.collect();
        let made = self.nearly_fits(&parts, delta);
        for part in parts {
            if made || self.item(part).is_some_and(|item| item.parent.is_none()) {
                self.set_parent(part, delta, Relation::Sum);
            }
        }
    }

    pub(super) fn last_delta(&mut self, head: ItemId) -> Option<ItemId> {
        let known = *self.changes.get(&head)?;
        let is_change = |item: &Item| item.measure == Measure::Delta && item.parent == Some(head);
        if self.item(known).is_some_and(is_change) {
            return Some(known);
        }
        // A change stands behind its level.
        let after = self.items.get(head.0 as usize..known.0 as usize)?;
        let found = after.iter().rposition(is_change).map(|found| ItemId(head.0 + found as u32));
        match found {
            Some(found) => self.changes.insert(head, found),
            None => self.changes.remove(&head),
        };
        found
    }

    /// 按功能分类: the classes of a whole; where the first is what all others make, it stands above them.
    fn link_classes(&mut self, scope: &Scope) {
        let Some((&first, others)) = scope.members.split_first() else { return };
        let whole = scope.members.len() > 1 && self.fits(&scope.members, scope.head);
        if others.len() >= 2 && !whole && self.nearly_fits(others, first) {
            for other in others {
                self.set_parent(*other, first, Relation::Sum);
            }
            if let Some(head) = scope.head {
                self.set_parent(first, head, Relation::Of);
            }
        } else if let Some(head) = scope.head.filter(|head| self.can_hold(*head, &scope.members)) {
            let relation = if self.nearly_fits(&scope.members, head) { Relation::Sum } else { Relation::Of };
            for member in &scope.members {
                self.set_parent(*member, head, relation);
            }
        }
    }

    pub(super) fn set_parent(&mut self, id: ItemId, parent: ItemId, relation: Relation) {
        if let Some(item) = self.items.get_mut(id.0 as usize)
            && id != parent
        {
            item.parent = Some(parent);
            item.relation = Some(relation);
            if item.measure == Measure::Delta {
                let last = self.changes.entry(parent).or_insert(id);
                *last = id.max(*last);
            }
        }
    }
}
