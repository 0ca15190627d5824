//! Sentences → figures: a clause grammar over tokens, read from left to right.

use std::collections::HashMap;

use super::fold::{Folded, folded};
use super::lexer::{Base, Kind, Token, lex};
use super::outline::Paragraph;
use super::scope::{Links, Opener, Scope, amount};
use super::subject::{canonical, class_of, clean, intern, is_generic};
use crate::model::catalog::Domain;
use crate::model::{
    Basis, Item, ItemId, Measure, NameId, Note, NoteKind, Part, Relation, SectionId, SubjectId, Vocabulary,
};
use crate::quantity::{Amount, Kind as UnitKind, Unit};
use crate::source::{Source, Span};

/// The longest label before a colon, in characters.
const LONGEST_LABEL: usize = 24;

/// Reads the paragraphs of a document one after another.
pub(super) struct Reader<'a> {
    source: &'a Source,
    pub(super) words: &'a mut Vocabulary,
    year: u16,
    basis: Option<Basis>,
    department: String,
    pub(super) links: Links,
    pub(super) notes: Vec<Note>,
    /// The levels read so far by their official names.
    known: HashMap<NameId, Vec<ItemId>>,
    /// The level that the paragraph before was about.
    topic: Option<ItemId>,
    /// How that paragraph was numbered.
    topic_style: Option<super::numbering::Style>,
    section: Option<SectionId>,
    paragraphs: u32,
    folded: Folded,
    tokens: Vec<Token>,
}

/// What is known while one paragraph is read.
struct State {
    part: Part,
    section: SectionId,
    /// The year that levels are about.
    year: u16,
    /// Where the words of the next subject begin.
    clause: usize,
    /// The words before a colon at the paragraph's beginning, which name what its bare 支出 are about.
    label: Option<(usize, usize)>,
    against: Option<Base>,
    direction: Option<(i8, bool, usize, usize)>,
    ratio: Option<usize>,
    rate: Option<i8>,
    reason: bool,
    /// The level read last, of whatever year and basis.
    last: Option<ItemId>,
    /// The level of money of the disclosure's own year and basis read last, or of people and things where there is none.
    current: Option<ItemId>,
    /// The words before a comparison: 部门预算支出 in 部门预算支出较2024年减少.
    before: Option<(usize, usize)>,
    /// What the change read last in this sentence was a change of.
    changed: Option<(ItemId, SubjectId)>,
    /// The level beside which another basis or year of it was just named: 1.44万元、年初预算6万元.
    beside: Option<ItemId>,
    /// Whether the year was set by 上年, which ends with its sentence.
    relative: bool,
    domain: Option<Domain>,
    figures: u32,
}

impl State {
    /// A year in a reason is none of the figures' years.
    fn set_year(&mut self, year: u16, relative: bool, token: Token) {
        if !self.reason {
            (self.year, self.relative) = (year, relative);
        }
        self.clause = token.end;
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        source: &'a Source,
        words: &'a mut Vocabulary,
        year: u16,
        basis: Option<Basis>,
        department: &str,
    ) -> Self {
        Self {
            source,
            words,
            year,
            basis,
            department: folded(department),
            links: Links::default(),
            notes: Vec::new(),
            known: HashMap::new(),
            topic: None,
            topic_style: None,
            section: None,
            paragraphs: 0,
            folded: Folded::default(),
            tokens: Vec::new(),
        }
    }

    /// Reads one paragraph of a section that holds accounts.
    pub(super) fn read(&mut self, paragraph: &Paragraph, part: Part) {
        let source = self.source;
        let blocks = source.blocks.get(paragraph.first..paragraph.end).unwrap_or_default();
        if !blocks.iter().any(|block| has_digit(source.cut(block.span))) {
            return;
        }
        if self.section != paragraph.section {
            self.links.close_all(self.words);
            self.section = paragraph.section;
            (self.topic, self.topic_style) = (None, None);
        }
        self.folded.clear();
        for block in blocks {
            self.folded.push(&source.text, block.span);
        }
        self.tokens.clear();
        lex(&self.folded.text, &mut self.tokens);
        self.paragraphs += 1;
        let style = paragraph.numbering.map(|numbering| numbering.style);
        let deeper = style.is_some() && self.topic_style.is_some() && style != self.topic_style;
        let deeper = deeper && self.links.scopes.is_empty();
        self.links.begin_paragraph(self.words, style);
        if let (true, Some(head)) = (deeper, self.topic) {
            self.open(Opener::Numbered, Some(head), self.topic_style);
            if let Some(scope) = self.links.scopes.last_mut() {
                // The numbered paragraphs that follow are its parts too.
                scope.paragraph = 0;
            }
        }
        let start = paragraph.numbering.map_or(0, |numbering| numbering.length);
        let mut state = State {
            part,
            section: paragraph.section.unwrap_or_default(),
            year: self.year,
            clause: start,
            label: None,
            against: None,
            direction: None,
            ratio: None,
            rate: None,
            reason: false,
            last: None,
            current: None,
            before: None,
            changed: None,
            beside: None,
            relative: false,
            domain: None,
            figures: 0,
        };
        for index in 0..self.tokens.len() {
            if let Some(token) = self.tokens.get(index).copied().filter(|token| token.start >= start) {
                self.token(&mut state, index, token, style);
            }
        }
        self.links.stop(self.words, self.paragraphs);
        self.links.end_paragraph();
        if let Some(first) =
            self.links.top.first().copied().or(state.changed.map(|(parent, _)| parent)).or(state.current)
        {
            let inside = self.links.scopes.iter().any(|scope| scope.opener == Opener::Numbered);
            if !inside {
                (self.topic, self.topic_style) = (Some(first), style);
            }
        }
    }

    /// Closes what is open and returns the figures.
    pub(super) fn finish(mut self) -> (Vec<Item>, Vec<Note>) {
        self.links.close_all(self.words);
        (self.links.items, self.notes)
    }

    fn open(&mut self, opener: Opener, head: Option<ItemId>, numbering: Option<super::numbering::Style>) {
        self.links.scopes.push(Scope {
            opener,
            head,
            members: Vec::new(),
            deltas: Vec::new(),
            own_changes: false,
            semicolons: 0,
            paragraph: self.paragraphs,
            numbering,
            numbered: false,
        });
    }

    fn token(
        &mut self,
        state: &mut State,
        index: usize,
        token: Token,
        style: Option<super::numbering::Style>,
    ) {
        let begins = state.clause;
        match token.kind {
            Kind::Figure { value, unit, cut_short } => {
                self.figure(state, index, token, value, unit, cut_short)
            }
            Kind::Bare(value) => self.bare(state, index, token, value),
            Kind::Year(year) | Kind::Date(Some(year)) => state.set_year(year, false, token),
            // A threshold or a day of the month is part of the words around it.
            Kind::Date(None) => {}
            Kind::LastYear => state.set_year(self.year.saturating_sub(1), true, token),
            Kind::ThisYear => state.set_year(self.year, false, token),
            Kind::Comma => self.separate(state, token),
            // A mark between words joins them to one subject: 离休、退休人员6人.
            Kind::Pause if begins < token.start => {}
            Kind::Pause => self.separate(state, token),
            Kind::Semicolon => {
                self.separate(state, token);
                (state.reason, state.against, state.changed) = (false, None, None);
                self.links.semicolon(self.words);
            }
            Kind::Stop => {
                self.separate(state, token);
                (state.reason, state.against, state.changed) = (false, None, None);
                if std::mem::take(&mut state.relative) {
                    state.year = self.year;
                }
                self.links.stop(self.words, self.paragraphs);
                let top = self.links.top.last().copied();
                state.last = top.or(state.last);
                state.current = top.filter(|id| self.is_current(*id)).or(state.current);
            }
            Kind::Colon => {
                let short = self.folded.cut(begins, token.start).chars().count() <= LONGEST_LABEL;
                if state.figures == 0 && state.label.is_none() && short && begins < token.start {
                    state.label = Some((begins, token.start));
                }
                self.separate(state, token);
            }
            Kind::Open => {
                let head = state.last.filter(|_| begins == token.start);
                self.open(Opener::Bracket, head, style);
                state.clause = token.end;
            }
            Kind::Close => self.close_bracket(state, token),
            Kind::Remark | Kind::Enumerator => {
                if begins == token.start || token.kind == Kind::Enumerator {
                    state.clause = token.end;
                }
                if token.kind == Kind::Enumerator
                    && let Some(scope) = self.links.scopes.last_mut()
                {
                    scope.numbered |= scope.members.is_empty();
                }
            }
            Kind::Parts(loose) => self.parts(state, token, loose, style),
            Kind::Uses => {
                self.open(Opener::Uses, state.last, style);
                state.clause = token.end;
            }
            Kind::ByClass => {
                let head = self.topic_of_expenditure().or(self.topic);
                self.links.close_all(self.words);
                self.open(Opener::ByClass, head, None);
                let words = self.folded.cut(token.start, token.end);
                state.domain = by_class_domain(words);
                state.clause = token.end;
            }
            Kind::Against(base) => {
                state.before = Some((begins, token.start)).filter(|_| begins < token.start);
                state.against = Some(base);
                state.clause = token.end;
            }
            Kind::Direction { sign, choice } => {
                state.direction = Some((sign, choice, token.start, token.end))
            }
            Kind::Unchanged => {
                if let Some(item) = state.current.or(state.last) {
                    self.note(token, NoteKind::Unchanged, Some(item));
                }
            }
            Kind::Ratio => state.ratio = Some(token.start),
            Kind::RateWord { sign } => state.rate = Some(sign),
            Kind::Reason => {
                // 其他用车主要是机要通信用车0台: no reason but parts of what was just named.
                let words = clean(self.folded.cut(begins, token.start), &self.department).to_owned();
                match state.last.filter(|last| !words.is_empty() && self.find_level(&words) == Some(*last)) {
                    Some(head) => self.open(Opener::Parts { loose: true }, Some(head), style),
                    None => state.reason = true,
                }
                state.clause = token.end;
            }
        }
    }

    fn separate(&mut self, state: &mut State, token: Token) {
        state.clause = token.end;
        (state.direction, state.ratio, state.rate, state.before) = (None, None, None, None);
    }

    fn close_bracket(&mut self, state: &mut State, token: Token) {
        let Some(at) = self.links.scopes.iter().rposition(|scope| scope.opener == Opener::Bracket) else {
            return;
        };
        let head = self.links.scopes.get(at).and_then(|scope| scope.head);
        while self.links.scopes.len() > at {
            self.links.close_last(self.words);
        }
        state.clause = token.end;
        state.last = head.or(state.last);
        state.current = head.filter(|head| self.is_current(*head)).or(state.current);
        (state.direction, state.ratio, state.rate) = (None, None, None);
    }

    /// 其中, 包括, 含: opens a list below the level before, or, at the paragraph's beginning, below the one before that.
    fn parts(
        &mut self,
        state: &mut State,
        token: Token,
        loose: bool,
        style: Option<super::numbering::Style>,
    ) {
        let before = self.folded.cut(state.clause, token.start);
        state.clause = token.end;
        if let Some(scope) = self.links.scopes.last_mut()
            && scope.members.is_empty()
            && scope.opener == Opener::Bracket
        {
            return;
        }
        let of_topic = matches!(before, "收入" | "支出" | "预算收入" | "预算支出");
        let listed = self.folded.cut(token.start, token.end) == "如下";
        let head = if of_topic || listed {
            let only = self.links.top.first().copied().filter(|_| of_topic || self.links.top.len() == 1);
            only.or(if listed { None } else { self.topic })
        } else {
            state.last.or(self.topic)
        };
        if of_topic {
            self.links.stop(self.words, self.paragraphs);
        }
        if listed && head.is_none() {
            return;
        }
        if let Some(scope) = self.links.scopes.last()
            && scope.members.is_empty()
            && scope.deltas.is_empty()
            && scope.head == head
        {
            return;
        }
        self.open(Opener::Parts { loose }, head, style);
    }

    /// The total of expenditure that a breakdown by class is of.
    fn topic_of_expenditure(&self) -> Option<ItemId> {
        let name = self.words.find("支出总计")?;
        self.known.get(&name)?.iter().rev().copied().find(|id| self.is_current(*id))
    }

    /// One number with a unit.
    fn figure(
        &mut self,
        state: &mut State,
        index: usize,
        token: Token,
        value: Amount,
        unit: Unit,
        cut_short: bool,
    ) {
        let direction =
            state.direction.filter(|(_, _, _, end)| is_adjacent(self.folded.cut(*end, token.start)));
        let begin = state.clause;
        let written = (begin, direction.map_or(token.start, |(_, _, start, _)| start));
        let measure = match (unit.kind(), direction, state.ratio, state.rate) {
            (UnitKind::Ratio, Some(_), _, _) | (UnitKind::Ratio, None, None, Some(_)) => Measure::Rate,
            (UnitKind::Ratio, None, ratio, _) => {
                let of_whole = self.folded.cut(begin, token.start).ends_with("预算的");
                if ratio.is_none() && !of_whole {
                    return self.skip(state, token);
                }
                Measure::Share
            }
            (_, Some(_), _, _) => Measure::Delta,
            (UnitKind::Money, None, _, _) => Measure::Amount,
            (UnitKind::Count, None, _, _) => Measure::Count,
        };
        if !self.is_counted(state.part, measure, unit, index, token) {
            return self.skip(state, token);
        }
        state.figures += 1;
        let id = match measure {
            Measure::Amount | Measure::Count => self.level(state, index, token, written, value, unit),
            Measure::Delta | Measure::Rate | Measure::Share => {
                let sign = direction.map(|(sign, _, _, _)| sign).or(state.rate).unwrap_or(1);
                let value = if sign < 0 && measure != Measure::Share { value.negated() } else { value };
                let end = match measure {
                    Measure::Share => state.ratio.unwrap_or(written.1).max(begin),
                    _ => written.1,
                };
                self.change(state, index, token, (written.0, end), measure, value, unit)
            }
        };
        if cut_short {
            self.note(token, NoteKind::UnitCutShort, Some(id));
        }
        if direction.is_some_and(|(_, choice, _, _)| choice) {
            self.note(token, NoteKind::TemplateChoice, Some(id));
        }
        self.skip(state, token);
    }

    fn skip(&mut self, state: &mut State, token: Token) {
        state.clause = token.end;
        (state.direction, state.ratio, state.rate) = (None, None, None);
    }

    /// Whether a figure is one of the accounts and not of the prose around them.
    fn is_counted(&self, part: Part, measure: Measure, unit: Unit, index: usize, token: Token) -> bool {
        let noun = || self.noun_after(index, token);
        match (part, unit.kind()) {
            (Part::Prose | Part::Glossary, _) => false,
            (_, UnitKind::Money) => true,
            (Part::Performance, UnitKind::Count) => unit == Unit::Each && noun().contains("项目"),
            (Part::Performance, UnitKind::Ratio) => measure != Measure::Share,
            (Part::Accounts | Part::Staff, UnitKind::Ratio) => true,
            (Part::Accounts | Part::Staff, UnitKind::Count) => match unit {
                Unit::Each => {
                    ["项目", "团组", "批次", "一级项目", "批"].iter().any(|word| noun().starts_with(word))
                }
                Unit::Institution
                | Unit::Time
                | Unit::Entry
                | Unit::Place
                | Unit::Household
                | Unit::Volume => false,
                _ => true,
            },
        }
    }

    /// The words between a figure and the next token: what a general measure word counts.
    fn noun_after(&self, index: usize, token: Token) -> &str {
        let end = self.tokens.get(index + 1).map_or(self.folded.text.len(), |next| next.start);
        self.folded.cut(token.end, end)
    }

    /// A level: money or a count.
    fn level(
        &mut self,
        state: &mut State,
        index: usize,
        token: Token,
        written: (usize, usize),
        value: Amount,
        unit: Unit,
    ) -> ItemId {
        let based = state
            .against
            .filter(|_| written.0 == written.1 && state.last.is_some() && self.follows_against(index));
        let (mut year, mut basis) = (state.year, self.basis_of(written));
        if let Some(base) = based {
            (year, basis) = match base {
                Base::LastYear => (self.year.saturating_sub(1), self.basis),
                Base::Year(year) => (year, self.basis),
                Base::Budget => (self.year, Some(Basis::Budget)),
            };
        }
        let (subject, own) = self.subject(state, index, token, written, unit);
        let measure = if unit.kind() == UnitKind::Money { Measure::Amount } else { Measure::Count };
        let id = self.push(state, token, subject, measure, value, unit, year, basis);
        let beside = based.is_some() || basis != self.basis && !own;
        if beside || state.reason {
            state.beside = state.current.or(state.last).filter(|_| beside);
            return id;
        }
        (state.beside, state.changed) = (None, None);
        self.links.add_level(self.words, id);
        if let Some(subject) = self.words.get(subject) {
            self.known.entry(subject.canonical).or_default().push(id);
            state.domain = economic(self.words.text(subject.canonical)).or(state.domain);
        }
        state.last = Some(id);
        let current = state.current.and_then(|id| self.links.item(id));
        let money_before = current.is_some_and(|item| item.measure == Measure::Amount);
        if self.is_current(id) && (measure == Measure::Amount || !money_before) {
            state.current = Some(id);
        }
        if let Some(class) = self.class_level(subject)
            && self.links.scopes.is_empty()
        {
            self.links.set_parent(id, class, Relation::Sum);
        }
        id
    }

    /// The level of the 类 that a subject's path in the classification begins with.
    fn class_level(&self, subject: SubjectId) -> Option<ItemId> {
        let name = folded(self.words.subject_text(subject));
        self.find_level(class_of(&name)?)
    }

    /// Whether the token before is a comparison that the figure follows at once: 比上年12万元.
    fn follows_against(&self, index: usize) -> bool {
        index
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|token| matches!(token.kind, Kind::Against(_)))
    }

    /// In final accounts a level may be of the budget: 年初预算6万元, 预算收入为777.82万元.
    fn basis_of(&self, written: (usize, usize)) -> Option<Basis> {
        let words = self.folded.cut(written.0, written.1);
        let budget = ["年初预算", "调整预算", "全年预算"].iter().any(|word| words.contains(word))
            || words.starts_with("预算收入")
            || words.starts_with("预算支出")
            || words.starts_with("预算数");
        if self.basis == Some(Basis::FinalAccounts) && budget && !words.contains("决算") {
            return Some(Basis::Budget);
        }
        self.basis
    }

    fn is_current(&self, id: ItemId) -> bool {
        self.links.item(id).is_some_and(|item| item.about_year == self.year && item.basis == self.basis)
            || self.links.item(id).is_some_and(|item| item.measure == Measure::Count)
    }

    /// Returns what a level is of, and whether its own words say so.
    fn subject(
        &mut self,
        state: &State,
        index: usize,
        token: Token,
        written: (usize, usize),
        unit: Unit,
    ) -> (SubjectId, bool) {
        let mut words = clean(self.folded.cut(written.0, written.1), &self.department).to_owned();
        let mut place = self
            .folded
            .cut(written.0, written.1)
            .find(&words)
            .map_or(written, |at| (written.0 + at, written.0 + at + words.len()));
        if matches!(unit, Unit::Each | Unit::PersonPolite) {
            let noun = self.noun_after(index, token);
            words.push_str(noun.split_once('等').map_or(noun, |(noun, _)| noun));
        } else if is_generic(&words) {
            if let (true, Some(last)) =
                (words.contains("预算"), state.current.or(state.last).and_then(|id| self.links.item(id)))
            {
                return (last.subject, false);
            } else if let Some(label) = state.label {
                words = clean(self.folded.cut(label.0, label.1), &self.department).to_owned();
                place = label;
            } else if let Some(last) = state.last.or(self.topic).and_then(|id| self.links.item(id)) {
                return (last.subject, false);
            }
            let name = self.written(place);
            return (intern(self.words, &name, &words, state.domain), false);
        }
        let name = if words.len() == place.1 - place.0 { self.written(place) } else { words.clone() };
        (intern(self.words, &name, &words, state.domain), true)
    }

    /// The words of a folded stretch as the source has them, in one line.
    fn written(&self, (start, end): (usize, usize)) -> String {
        let text = self.source.cut(self.folded.span(start, end));
        text.chars().filter(|c| !crate::source::span::is_blank(*c) && *c != '*').collect()
    }

    /// A change, a rate or a share of a level.
    #[expect(clippy::too_many_arguments, reason = "these are the columns of a row")]
    fn change(
        &mut self,
        state: &mut State,
        index: usize,
        token: Token,
        written: (usize, usize),
        measure: Measure,
        value: Amount,
        unit: Unit,
    ) -> ItemId {
        let mut words = clean(self.folded.cut(written.0, written.1), &self.department).to_owned();
        if let (true, Some((start, end))) = (words.is_empty(), state.before) {
            clean(self.folded.cut(start, end), &self.department).clone_into(&mut words);
        }
        let own = !is_generic(&words) && !is_whole(&words);
        let share = measure == Measure::Share;
        let parent = if own {
            self.find_level(&words)
        } else if unit.kind() == UnitKind::Count {
            None
        } else {
            let changed = state.changed.filter(|_| !share).map(|(parent, _)| parent);
            changed.or_else(|| self.anchor(state, index, measure, value))
        };
        let before = state.changed.filter(|(changed, _)| !own && !share && parent == Some(*changed));
        let subject = match parent.and_then(|parent| self.links.item(parent)) {
            Some(parent) if !own => before.map_or(parent.subject, |(_, subject)| subject),
            _ if words.is_empty() => match state.label {
                None if state.last.is_some() => {
                    let last = state.last.and_then(|last| self.links.item(last)).map(|last| last.subject);
                    last.unwrap_or_else(|| intern(self.words, "", "", None))
                }
                Some(label) => {
                    intern(self.words, &self.written(label), self.folded.cut(label.0, label.1), state.domain)
                }
                None => intern(self.words, "", "", None),
            },
            _ => intern(self.words, &words, &words, state.domain),
        };
        let of = parent.filter(|_| share).and_then(|parent| self.links.item(parent));
        let year = of.map_or(self.year, |parent| parent.about_year);
        let id = self.push(state, token, subject, measure, value, unit, year, self.basis);
        if let Some(parent) = parent {
            let relation = if measure == Measure::Share { Relation::Share } else { Relation::Change };
            self.links.set_parent(id, parent, relation);
            state.current = Some(parent);
            if !share {
                state.changed = Some((parent, subject));
            }
        }
        if own
            && measure == Measure::Delta
            && let Some(scope) = self.links.scopes.last_mut()
        {
            scope.deltas.push(id);
        }
        id
    }

    /// Returns the level of the disclosure's year that a name is of, the nearest before.
    fn find_level(&self, words: &str) -> Option<ItemId> {
        let official = canonical(words).unwrap_or_else(|| words.to_owned());
        let name = self.words.find(&official)?;
        self.known.get(&name)?.iter().rev().copied().find(|id| self.is_current(*id))
    }

    /// Returns the level that a change without a subject is about.
    fn anchor(&mut self, state: &State, index: usize, measure: Measure, value: Amount) -> Option<ItemId> {
        let share = measure == Measure::Share;
        if let (false, Some(beside)) = (share, state.beside) {
            return Some(beside);
        }
        let fallback = if share { state.last } else { state.current.or(state.last) }.or(self.topic);
        let Some(scope) = self.links.scopes.last_mut() else { return fallback };
        let (Some(&member), head) = (scope.members.last(), scope.head) else { return fallback };
        if !share && head.is_some_and(|head| !self.is_current(head)) {
            return fallback;
        }
        let Some(scope) = self.links.scopes.last_mut() else { return fallback };
        if scope.own_changes || scope.members.len() == 1 {
            scope.own_changes = true;
            return Some(if share { member } else { state.current.unwrap_or(member) });
        }
        let (members, head) = (scope.members.clone(), scope.head);
        let listed = (members.len() >= 3 || self.links.fits(&members, head)) && !self.goes_on(index);
        if share && !listed || share && head.is_some_and(|head| self.is_share(value, member, head)) {
            let head = head?;
            let one =
                members.iter().copied().filter(|id| self.is_share(value, *id, head)).collect::<Vec<_>>();
            return Some(match one.as_slice() {
                [one] => *one,
                _ => member,
            });
        }
        if listed && head.is_some() {
            if share && let Some(head) = head {
                let one: Vec<ItemId> =
                    members.iter().copied().filter(|id| self.is_share(value, *id, head)).collect();
                if let [one] = one.as_slice() {
                    return Some(*one);
                }
            }
            if self.links.scopes.last().is_some_and(|scope| scope.opener != Opener::Bracket) {
                self.links.close_last(self.words);
            }
            return head;
        }
        Some(member)
    }

    /// Whether more levels follow in the sentence, so that the list is not at its end.
    fn goes_on(&self, index: usize) -> bool {
        let rest = self.tokens.get(index + 1..).unwrap_or_default().iter();
        let sentence = rest.take_while(|token| token.kind != Kind::Stop);
        let mut before = Kind::Comma;
        for token in sentence {
            let level = matches!(token.kind, Kind::Figure { unit, .. } if unit.kind() == UnitKind::Money);
            if level && !matches!(before, Kind::Direction { .. } | Kind::Against(_)) {
                return true;
            }
            before = token.kind;
        }
        false
    }

    /// Whether a percentage is the share of a part in a whole, within what the printed places allow.
    fn is_share(&self, value: Amount, part: ItemId, whole: ItemId) -> bool {
        let amounts = self.links.item(part).and_then(amount).zip(self.links.item(whole).and_then(amount));
        let Some((part, whole)) = amounts else { return false };
        let hundred = rust_decimal::Decimal::ONE_HUNDRED;
        let stated = value.interval();
        // part · 100 lies between the stated share's ends times the whole.
        whole.low.is_sign_positive()
            && part.high * hundred >= stated.low * whole.low
            && part.low * hundred <= stated.high * whole.high
    }

    /// A number without a unit: after 增加 it is a change whose unit was mistyped; anything else is left alone.
    fn bare(&mut self, state: &mut State, index: usize, token: Token, value: Amount) {
        let adjacent =
            state.direction.filter(|(_, _, _, end)| is_adjacent(self.folded.cut(*end, token.start)));
        if let (Some((sign, _, start, _)), Some(_)) = (adjacent, state.against)
            && let Some(level) = state.current.or(state.last).and_then(|id| self.links.item(id)).copied()
        {
            let value = if sign < 0 { value.negated() } else { value };
            let id =
                self.change(state, index, token, (state.clause, start), Measure::Delta, value, level.unit);
            self.note(token, NoteKind::UnitMissing, Some(id));
        }
        self.skip(state, token);
    }

    #[expect(clippy::too_many_arguments, reason = "these are the columns of a row")]
    fn push(
        &mut self,
        state: &State,
        token: Token,
        subject: SubjectId,
        measure: Measure,
        value: Amount,
        unit: Unit,
        year: u16,
        basis: Option<Basis>,
    ) -> ItemId {
        let id = ItemId(self.links.items.len() as u32);
        self.links.items.push(Item {
            span: self.folded.span(token.start, token.end),
            value,
            section: state.section,
            subject,
            aspect: None,
            parent: None,
            cell: None,
            about_year: year,
            measure,
            unit,
            basis,
            relation: None,
        });
        id
    }

    fn note(&mut self, token: Token, kind: NoteKind, item: Option<ItemId>) {
        let span: Span = self.folded.span(token.start, token.end);
        self.notes.push(Note { span, kind, item });
    }
}

/// Whether a text has a digit of any width.
fn has_digit(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().any(u8::is_ascii_digit) || text.contains(|c| ('０'..='９').contains(&c))
}

/// Whether what stands between a direction and a figure leaves them together.
fn is_adjacent(between: &str) -> bool {
    matches!(between, "" | "了" | "约" | "近" | ":" | "额")
}

/// Whether words name the whole of a share or nothing: 占总支出的, 预算总额.
fn is_whole(words: &str) -> bool {
    words.ends_with('的') || words == "决算" || words == "总额" || words == "预算总额"
}

/// The economic classes list economic 款, so that their names are not taken for functional ones.
fn economic(official: &str) -> Option<Domain> {
    matches!(
        official,
        "工资福利支出"
            | "商品和服务支出"
            | "对个人和家庭的补助"
            | "机关运行经费"
            | "公用经费"
            | "资本性支出"
    )
    .then_some(Domain::Economic)
}

fn by_class_domain(words: &str) -> Option<Domain> {
    if words.contains("功能") {
        return Some(Domain::Functional);
    }
    words.contains("经济").then_some(Domain::Economic)
}
