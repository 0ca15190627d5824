//! Sentences → figures: a clause grammar over tokens, read from left to right.

use super::brackets::Brackets;
use super::domain;
use super::fold::{self, Folded, Stretch};
use super::known::Known;
use super::lexer::{Base, Kind, Token, lex};
use super::lexicon::{Lexicon, Phrase};
use super::line::has_digit;
use super::numbering::Style;
use super::official::canonical;
use super::outline::Paragraph;
use super::range::Range;
use super::scope::{Links, Opener, Scope, Whole};
use super::subject::{Class, names};

use crate::model::catalog::Domain;
use crate::model::{Basis, Item, ItemId, Measure, Note, NoteKind, Part, SectionId, SubjectId, Vocabulary};
use crate::source::{Source, Span};

/// Most documents have about one figure in so many bytes, and no more tokens in a paragraph than this.
const BYTES_A_FIGURE: usize = 200;
const PARAGRAPH_TOKENS: usize = 256;
/// The longest label before a colon, in characters.
const LONGEST_LABEL: usize = 24;

/// Reads the paragraphs of a document one after another.
pub(super) struct Reader<'a> {
    pub(super) source: &'a Source,
    pub(super) folded: &'a Folded,
    pub(super) words: &'a mut Vocabulary,
    pub(super) lexicon: &'a mut Lexicon,
    pub(super) year: u16,
    pub(super) basis: Option<Basis>,
    /// The department's name, folded, with and without the place it begins with.
    pub(super) department: [String; 2],
    pub(super) links: Links,
    pub(super) notes: Vec<Note>,
    /// The levels of the disclosure's year and basis read so far by their official names.
    pub(super) known: Known,
    /// The places of subjects in the functional classification, by their number, as far as they were asked for.
    pub(super) classes: Vec<Option<Class>>,
    /// The level that the paragraph before was about.
    pub(super) topic: Option<ItemId>,
    /// The level of a 类 of the functional classification read last in the section, and its code.
    pub(super) class: Option<(ItemId, u32)>,
    /// How that paragraph was numbered.
    pub(super) topic_style: Option<Style>,
    pub(super) section: Option<SectionId>,
    pub(super) paragraphs: u32,
    pub(super) stretch: Stretch<'a>,
    pub(super) tokens: Vec<Token>,
    brackets: Brackets,
    /// The token that opens or closes a bracket next, as far as that was asked for.
    next_bracket: usize,
}

/// What is known while one paragraph is read.
pub(super) struct State {
    pub(super) part: Part,
    /// How the paragraph is numbered.
    style: Option<Style>,
    pub(super) section: SectionId,
    /// The year that levels are about.
    pub(super) year: u16,
    /// Where the words of the next subject begin.
    pub(super) clause: usize,
    /// The words before a colon at the paragraph's beginning, which name what its bare 支出 are about.
    pub(super) label: Option<(usize, usize)>,
    pub(super) against: Option<Base>,
    pub(super) direction: Option<(i8, bool, usize, usize)>,
    pub(super) ratio: Option<usize>,
    /// The sign of 增长率 or 降幅, and where it begins.
    pub(super) rate: Option<(i8, usize)>,
    pub(super) reason: bool,
    /// The level read last, of whatever year and basis.
    pub(super) last: Option<ItemId>,
    /// The level of money of the disclosure's own year and basis read last, or of people and things where there is none.
    pub(super) current: Option<ItemId>,
    /// The clause before, where it has no figure of its own: 前两项合计为人员经费，共767.54万元.
    pub(super) pending: Option<(usize, usize)>,
    /// The words before a comparison: 部门预算支出 in 部门预算支出较2024年减少.
    pub(super) before: Option<(usize, usize)>,
    /// What people or things were counted last in this paragraph.
    pub(super) counted: Option<SubjectId>,
    /// What the change read last in this sentence was a change of.
    pub(super) changed: Option<(Option<ItemId>, SubjectId)>,
    /// The level beside which another basis or year of it was just named: 1.44万元、年初预算6万元.
    pub(super) beside: Option<ItemId>,
    /// Whether the year was set by 上年, which ends with its sentence.
    pub(super) relative: bool,
    /// Whether a level was read in that year: a year that only dates an event ends with its sentence too.
    pub(super) year_used: bool,
    pub(super) domain: Option<Domain>,
    pub(super) figures: u32,
    /// The names that the next figures have, the last first, and how many of the next figures are in doubt.
    pub(super) respective: Vec<(usize, usize)>,
    pub(super) doubtful: usize,
}

impl State {
    /// A year in a reason is none of the figures' years.
    fn set_year(&mut self, year: u16, relative: bool, token: Token) {
        if !self.reason {
            (self.year, self.relative, self.year_used) = (year, relative, false);
        }
        self.clause = token.end;
    }

    /// At a mark between clauses the next subject begins, and words before the mark say nothing of figures after it.
    fn separate(&mut self, token: Token) {
        self.skip(token);
        self.before = None;
    }

    /// After a figure the next subject begins.
    pub(super) fn skip(&mut self, token: Token) {
        self.clause = token.end;
        (self.direction, self.ratio, self.rate, self.pending) = (None, None, None, None);
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        source: &'a Source,
        folded: &'a Folded,
        words: &'a mut Vocabulary,
        lexicon: &'a mut Lexicon,
        year: u16,
        basis: Option<Basis>,
        department: &str,
    ) -> Self {
        lexicon.begin_document();
        let figures = folded.text.len() / BYTES_A_FIGURE;
        Self {
            source,
            folded,
            words,
            lexicon,
            year,
            basis,
            department: names(&fold::folded(department)),
            links: Links::with_capacity(figures),
            notes: Vec::new(),
            known: Known::with_capacity(figures),
            classes: Vec::with_capacity(figures),
            topic: None,
            class: None,
            topic_style: None,
            section: None,
            paragraphs: 0,
            stretch: folded.stretch(0, 0),
            tokens: Vec::with_capacity(PARAGRAPH_TOKENS),
            brackets: Brackets::default(),
            next_bracket: 0,
        }
    }

    /// Reads one paragraph of a section that holds accounts.
    pub(super) fn read(&mut self, paragraph: &Paragraph, part: Part) {
        let stretch = self.folded.stretch(paragraph.first, paragraph.end);
        if !has_digit(stretch.text) {
            return;
        }
        self.stretch = stretch;
        if self.section != paragraph.section {
            self.links.close_all(self.words);
            self.section = paragraph.section;
            (self.topic, self.topic_style, self.class) = (None, None, None);
        }
        self.tokens.clear();
        lex(stretch.text, &mut self.brackets, &mut self.tokens);
        self.next_bracket = 0;
        self.paragraphs += 1;
        let style = paragraph.numbering.map(|numbering| numbering.style);
        self.links.begin_paragraph(self.words, style);
        let listed = self
            .links
            .scopes
            .last()
            .is_some_and(|scope| scope.opener != Opener::Numbered || scope.child == style);
        if let (Some(_), Some(head), false) = (style, self.topic, listed || style == self.topic_style) {
            self.open(Opener::Numbered, Some(head), self.topic_style);
            if let Some(scope) = self.links.scopes.last_mut() {
                // The numbered paragraphs that follow are its parts too.
                (scope.paragraph, scope.child) = (0, style);
            }
        }
        let start = paragraph.numbering.map_or(0, |numbering| numbering.length);
        let mut state = State {
            part,
            style,
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
            pending: None,
            before: None,
            counted: None,
            changed: None,
            beside: None,
            relative: false,
            year_used: false,
            domain: None,
            figures: 0,
            respective: Vec::new(),
            doubtful: 0,
        };
        for index in 0..self.tokens.len() {
            if let Some(token) = self.tokens.get(index).copied().filter(|token| token.start >= start) {
                self.token(&mut state, index, token);
            }
        }
        self.links.stop(self.words, self.paragraphs);
        self.links.end_paragraph(self.topic);
        if let Some(first) = self
            .links
            .levels
            .first()
            .copied()
            .or(state.changed.and_then(|(parent, _)| parent))
            .or(state.current)
        {
            (self.topic, self.topic_style) = (Some(first), style);
        }
    }

    /// Closes what is open and returns the figures.
    pub(super) fn finish(mut self) -> (Vec<Item>, Vec<Note>) {
        self.links.close_all(self.words);
        (self.links.items, self.notes)
    }

    /// Returns the subject that a folded stretch names, without what only frames it.
    pub(super) fn phrase(&mut self, start: usize, end: usize) -> Phrase<'a> {
        self.lexicon.phrase(self.stretch.cut(start, end), &self.department)
    }

    fn open(&mut self, opener: Opener, head: Option<ItemId>, numbering: Option<Style>) {
        self.links.scopes.push(Scope {
            opener,
            head,
            members: Vec::new(),
            whole: Whole::One(None),
            sum: Some(Range::default()),
            deltas: Vec::new(),
            own_changes: false,
            semicolons: 0,
            paragraph: self.paragraphs,
            numbering,
            child: None,
            numbered: false,
            stopped: false,
        });
    }

    /// One step of the grammar: what a token does to what is known.
    fn token(&mut self, state: &mut State, index: usize, token: Token) {
        let begins = state.clause;
        match token.kind {
            Kind::Figure { value, unit, cut_short } => {
                self.figure(state, index, token, value, unit, cut_short);
            }
            Kind::Garbled { value, unit } => {
                state.doubtful = usize::from(value.is_some());
                if let Some(value) = value {
                    self.figure(state, index, token, value, unit, false);
                } else {
                    self.note(token, NoteKind::Doubtful, None);
                    state.skip(token);
                }
            }
            Kind::Bare(value) => self.bare(state, index, token, value),
            Kind::Year(year) | Kind::Date(Some(year)) => {
                state.set_year(year, false, token);
                // 公务用车购置费2026年预算数: the words behind the year name nothing, those before it do.
                let listed = self.follows(index, |kind| kind == Kind::Enumerator);
                if begins < token.start && (listed || self.is_official(begins, token.start)) {
                    state.pending = Some((begins, token.start));
                }
            }
            // A threshold, a day or a bracket is part of the words around it, and so is a mark between words: 离休、退休.
            Kind::Date(None) => {}
            Kind::Pause | Kind::Remark if begins < token.start => {}
            Kind::LastYear => state.set_year(self.year.saturating_sub(1), true, token),
            Kind::ThisYear => state.set_year(self.year, false, token),
            Kind::Comma => {
                let words = Some((begins, token.start)).filter(|_| begins < token.start);
                // “三公”经费支出决算中，公务接待费支出0.18万元: a list of its parts.
                if let Some(whole) = words.and_then(|(start, end)| self.level_within(start, end)) {
                    self.open(Opener::Parts { loose: true }, Some(whole), state.style);
                    state.clause = token.end;
                    return;
                }
                // 接待费支出比预算无增减变化，比上年增加1万元: what did not change in one way did in another.
                let unchanged = state.before.filter(|_| self.follows_unchanged(index));
                state.separate(token);
                (state.pending, state.before) = (words.filter(|_| unchanged.is_none()), unchanged);
            }
            Kind::Pause => state.separate(token),
            Kind::Semicolon => {
                state.separate(token);
                (state.reason, state.against, state.changed) = (false, None, None);
                if begins == token.start || !self.links.drop_unused() {
                    self.links.semicolon(self.words, self.paragraphs);
                }
            }
            // 维修费。12万元: between a name and its figure a full stop is a slip of the hand. Before a closing bracket it
            // what the bracket says, not the sentence around it.
            Kind::Stop if begins < token.start && self.precedes_figure(index, token) => {}
            Kind::Stop if self.is_in_bracket(index) => {
                state.separate(token);
                (state.reason, state.against, state.changed) = (false, None, None);
            }
            Kind::Stop => self.stop(state, token),
            Kind::Colon => self.colon(state, index, token),
            Kind::From => self.from(state, token),
            Kind::Open => {
                let head = state.last.filter(|_| begins == token.start);
                self.open(Opener::Bracket, head, state.style);
                state.clause = token.end;
            }
            Kind::Close => self.close_bracket(state, token),
            Kind::Remark => state.clause = token.end,
            Kind::Enumerator => self.enumerator(state, token),
            Kind::Parts(loose) => self.parts(state, index, token, loose),
            Kind::Uses => {
                self.open(Opener::Uses, state.last, state.style);
                state.clause = token.end;
            }
            Kind::ByClass => self.by_class(state, token),
            Kind::Against(base) => {
                let words = Some((begins, token.start)).filter(|_| begins < token.start);
                state.before = words.or(state.before);
                state.against = Some(base);
                state.clause = token.end;
            }
            Kind::Direction { sign, choice } => {
                state.direction = Some((sign, choice, token.start, token.end));
            }
            Kind::Unchanged => {
                if let Some(item) = state.current.or(state.last) {
                    self.note(token, NoteKind::Unchanged, Some(item));
                    if let Some(scope) = self.links.scopes.last_mut() {
                        scope.own_changes |= scope.members.last() == Some(&item);
                    }
                }
            }
            Kind::Ratio => state.ratio = Some(token.start),
            Kind::RateWord { sign } => state.rate = Some((sign, token.start)),
            Kind::Reason => self.reason(state, token),
        }
    }

    /// A full stop: what was opened in the sentence ends, and what follows is about the paragraph's own level again.
    fn stop(&mut self, state: &mut State, token: Token) {
        let begins = state.clause;
        if state.figures == 0 && state.label.is_none() && self.is_title(state, begins, token.start) {
            state.label = Some((begins, token.start));
        }
        state.separate(token);
        (state.reason, state.against, state.changed) = (false, None, None);
        if std::mem::take(&mut state.relative) || !state.year_used {
            state.year = self.year;
        }
        (state.doubtful, state.respective) = (0, Vec::new());
        if begins < token.start {
            self.links.drop_words();
        }
        self.links.stop(self.words, self.paragraphs);
        let top = self.links.top.last().copied();
        state.last = top.or(state.last);
        state.current = top.filter(|id| self.is_current(*id)).or(state.current);
    }

    /// Whether a bracket with figures is open that the next bracket closes.
    fn is_in_bracket(&mut self, index: usize) -> bool {
        let open = |scope: &Scope| scope.opener == Opener::Bracket && scope.paragraph == self.paragraphs;
        if !self.links.scopes.iter().any(open) {
            return false;
        }
        if self.next_bracket <= index {
            let mut after = self.tokens.iter().skip(index + 1);
            let ahead = after.position(|token| matches!(token.kind, Kind::Open | Kind::Close));
            self.next_bracket = ahead.map_or(self.tokens.len(), |ahead| index + 1 + ahead);
        }
        self.tokens.get(self.next_bracket).is_some_and(|token| matches!(token.kind, Kind::Close))
    }

    /// Whether a figure follows a mark at once.
    fn precedes_figure(&self, index: usize, token: Token) -> bool {
        let next = self.tokens.get(index + 1);
        next.is_some_and(|next| next.start == token.end && matches!(next.kind, Kind::Figure { .. }))
    }

    /// Whether words are a name of the classification.
    pub(super) fn is_official(&mut self, start: usize, end: usize) -> bool {
        let phrase = self.phrase(start, end);
        ["(项)", "(款)", "(类)"].iter().any(|end| phrase.words.ends_with(end))
            || self.lexicon.official(phrase.name).is_some()
    }

    /// 1．社会保障和就业支出（类）…（项）。年初预算为18.36万元: what stands before the first full stop names what the bare 支出
    /// behind it are about, where it is a path of the classification or the short name of a numbered paragraph.
    fn is_title(&self, state: &State, start: usize, end: usize) -> bool {
        let words = self.stretch.cut(start, end);
        let path = words.ends_with("(项)") || words.ends_with("(款)") || words.ends_with("(类)");
        let name = || state.style.is_some() && canonical(words).is_some();
        state.before.is_none() && state.pending.is_none() && (path || name())
    }

    /// A colon: after a level, or after words that announce one, a list of its parts follows; after other words at the
    /// paragraph's beginning they are its label.
    fn colon(&mut self, state: &mut State, index: usize, token: Token) {
        let begins = state.clause;
        let after_level = state.last.filter(|_| begins == token.start && self.follows_figure(index));
        if let Some(head) = after_level.or_else(|| self.listed_level(begins, token.start)) {
            self.open(Opener::Parts { loose: false }, Some(head), state.style);
            state.clause = token.end;
            return;
        }
        let short = self.stretch.cut(begins, token.start).chars().count() <= LONGEST_LABEL;
        let named = short && begins < token.start || self.is_title(state, begins, token.start);
        if state.figures == 0 && state.label.is_none() && named {
            state.label = Some((begins, token.start));
        }
        state.separate(token);
    }

    /// 由 after a known level: 收入总计由本年收入…和年初结转…组成.
    fn from(&mut self, state: &mut State, token: Token) {
        let phrase = self.phrase(state.clause, token.start);
        if let Some(head) = self.find_level(phrase.name).filter(|_| !phrase.words.is_empty()) {
            self.open(Opener::Parts { loose: false }, Some(head), state.style);
            state.clause = token.end;
        }
    }

    fn enumerator(&mut self, state: &mut State, token: Token) {
        state.clause = token.end;
        if let Some(scope) = self.links.scopes.last_mut() {
            scope.numbered |= scope.members.is_empty();
        }
    }

    fn by_class(&mut self, state: &mut State, token: Token) {
        // 收支总预算100万元，收入按来源分为…；支出按功能分类为…: both are of the total of the paragraph.
        let of_total = matches!(self.stretch.cut(state.clause, token.start), "收入" | "支出");
        let total = self.links.top.first().copied().filter(|_| of_total);
        let head = total.or(state.last).or_else(|| self.topic_of_expenditure()).or(self.topic);
        self.links.close_all(self.words);
        self.open(Opener::ByClass, head, None);
        state.domain = domain::named(self.stretch.cut(token.start, token.end));
        state.clause = token.end;
    }

    /// 主要是: most often a reason; after the name of the level before, the parts of it: 其他用车主要是机要通信用车0台.
    fn reason(&mut self, state: &mut State, token: Token) {
        let phrase = self.phrase(state.clause, token.start);
        let named = if phrase.words.is_empty() { None } else { self.find_level(phrase.name) };
        match state.last.filter(|last| named == Some(*last)) {
            Some(head) => self.open(Opener::Parts { loose: true }, Some(head), state.style),
            None => state.reason = true,
        }
        state.clause = token.end;
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
    fn parts(&mut self, state: &mut State, index: usize, token: Token, loose: bool) {
        let begins = state.clause;
        let before = self.stretch.cut(state.clause, token.start);
        state.clause = token.end;
        if self.stretch.cut(token.start, token.end).starts_with("分别")
            && self.give_respectively(state, index, (begins, token.start))
        {
            return;
        }
        // 主要是为履行职责而发生的支出，其中：教育支出270万元: the parts of a level, and none of its reasons.
        state.reason &= loose;
        if let Some(scope) = self.links.scopes.last_mut()
            && scope.members.is_empty()
            && matches!(scope.opener, Opener::Bracket | Opener::ByClass)
        {
            return;
        }
        let named = if before.is_empty() { None } else { self.level_named(before) };
        let of_topic = matches!(before, "收入" | "支出" | "预算收入" | "预算支出");
        let listed = self.stretch.cut(token.start, token.end) == "如下";
        let head = if of_topic || listed {
            let only = self.links.top.first().copied().filter(|_| of_topic || self.links.top.len() == 1);
            only.or(if listed { None } else { self.topic })
        } else {
            let changed = state.changed.and_then(|(parent, _)| parent);
            // 接待费6万元，购车费15万元。其中： and paragraphs for each: of several levels none is what all of those are of.
            let rest = self.tokens.get(index + 1..).unwrap_or_default();
            let several = self.links.top.len() != 1
                && self.links.levels.len() > 1
                && self.follows(index, |kind| kind == Kind::Stop)
                && rest.iter().all(|token| token.kind == Kind::Colon);
            named.or(changed).or(state.last.filter(|_| !several)).or(self.topic)
        };
        if of_topic || named.is_some() {
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
        self.open(Opener::Parts { loose }, head, state.style);
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        if let Some(scope) = self.links.scopes.last_mut() {
            scope.stopped = before.is_some_and(|token| token.kind == Kind::Stop);
        }
    }

    /// The total of expenditure that a breakdown by class is of.
    fn topic_of_expenditure(&self) -> Option<ItemId> {
        let name = self.words.find("支出总计")?;
        let here = |id: &ItemId| self.links.item(*id).is_some_and(|item| Some(item.section) == self.section);
        self.known.of(name).take_while(here).find(|id| self.is_current(*id))
    }

    /// The level that a list is announced for: 工资福利支出按明细为：基本工资…
    fn listed_level(&mut self, start: usize, end: usize) -> Option<ItemId> {
        const ANNOUNCE: &[&str] =
            &["按明细为", "明细为", "明细如下", "具体为", "分别为", "构成为", "主要为", "具体如下"];
        let words = self.stretch.cut(start, end);
        let name = ANNOUNCE.iter().find_map(|word| words.strip_suffix(word))?;
        // 本年收入的具体构成为：…
        let name = name.strip_suffix("具体").unwrap_or(name);
        self.level_named(name.strip_suffix('的').unwrap_or(name))
    }

    /// The level of which words say that what follows is within it.
    fn level_within(&mut self, start: usize, end: usize) -> Option<ItemId> {
        self.level_named(self.stretch.cut(start, end).strip_suffix('中')?)
    }

    /// The level that words name.
    fn level_named(&mut self, words: &str) -> Option<ItemId> {
        let phrase = self.lexicon.phrase(words, &self.department);
        self.find_level(phrase.name)
    }

    pub(super) fn follows_figure(&self, index: usize) -> bool {
        self.follows(index, |kind| matches!(kind, Kind::Figure { .. }))
    }

    /// Whether the token before is a comparison that the figure follows at once: 比上年12万元.
    pub(super) fn follows_against(&self, index: usize) -> bool {
        self.follows(index, |kind| matches!(kind, Kind::Against(_)))
    }

    /// Whether the token before says that nothing changed.
    fn follows_unchanged(&self, index: usize) -> bool {
        self.follows(index, |kind| kind == Kind::Unchanged)
    }

    /// Whether the token before is one of some kinds.
    pub(super) fn follows(&self, index: usize, is: impl Fn(Kind) -> bool) -> bool {
        index.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|token| is(token.kind))
    }

    pub(super) fn is_current(&self, id: ItemId) -> bool {
        self.links.item(id).is_some_and(|item| item.about_year == self.year && item.basis == self.basis)
            || self.links.item(id).is_some_and(|item| item.measure == Measure::Count)
    }

    pub(super) fn note(&mut self, token: Token, kind: NoteKind, item: Option<ItemId>) {
        let span: Span = self.stretch.span(token.start, token.end);
        self.notes.push(Note { span, kind, item });
    }
}
