//! Numbers with a unit → levels with their subject, year and basis, and what else a number can be.

use std::borrow::Cow;

use super::clause::{Reader, State};
use super::domain::listed;
use super::fold::form;
use super::lexer::{Base, Kind, Token};
use super::lexicon::{Name, Phrase};
use super::official::{people, visits};
use super::organisation::name_length;
use super::scope::Opener;
use super::subject::{Class, is_below};
use rust_decimal::Decimal;

use crate::model::catalog::Domain;
use crate::model::{Basis, Item, ItemId, Measure, NoteKind, Part, Relation, Subject, SubjectId};
use crate::quantity::{Amount, Kind as UnitKind, Unit};
use crate::source::span::{holds, is_blank};

impl<'a> Reader<'a> {
    /// One number with a unit.
    pub(super) fn figure(
        &mut self,
        state: &mut State,
        index: usize,
        token: Token,
        value: Amount,
        unit: Unit,
        cut_short: bool,
    ) {
        self.lexicon.forget();
        let direction =
            state.direction.filter(|(_, _, _, end)| is_adjacent(self.stretch.cut(*end, token.start)));
        let begin = state.clause;
        let written = (begin, direction.map_or(token.start, |(_, _, start, _)| start));
        let written = state.respective.pop().unwrap_or(written);
        let beside = self.rate_of_a_change(index, unit);
        let rate = state.rate.map(|(sign, _)| sign);
        let measure = match (unit.kind(), direction, state.ratio, rate.or(beside)) {
            (UnitKind::Ratio, Some(_), _, _) | (UnitKind::Ratio, None, None, Some(_)) => Measure::Rate,
            (UnitKind::Ratio, None, ratio, _) => {
                let of_whole = self.stretch.cut(begin, token.start).ends_with("预算的");
                if ratio.is_none() && !of_whole {
                    return state.skip(token);
                }
                Measure::Share
            }
            (_, Some(_), _, _) => Measure::Delta,
            (UnitKind::Money, None, _, _) => Measure::Amount,
            (UnitKind::Count, None, _, _) => Measure::Count,
        };
        if !self.is_counted(state.part, measure, unit, index, token) {
            return state.skip(token);
        }
        state.figures += 1;
        let id = match measure {
            Measure::Amount | Measure::Count => self.level(state, index, token, written, value, unit),
            Measure::Delta | Measure::Rate | Measure::Share => {
                let sign = direction.map(|(sign, _, _, _)| sign).or(rate).or(beside).unwrap_or(1);
                let value = if sign < 0 && measure != Measure::Share { value.negated() } else { value };
                let end = match measure {
                    Measure::Share => state.ratio.unwrap_or(written.1).max(begin),
                    // 减少率 names no subject.
                    Measure::Rate => state.rate.map_or(written.1, |(_, start)| start.clamp(begin, written.1)),
                    _ => written.1,
                };
                self.change(state, index, token, (written.0, end), measure, value, unit)
            }
        };
        let doubtful = state.doubtful > 0;
        state.doubtful = state.doubtful.saturating_sub(1);
        let span = self.links.item(id).map(|item| item.span).unwrap_or_default();
        if doubtful || self.is_put_together(token, span) {
            self.note(token, NoteKind::Doubtful, Some(id));
        }
        if cut_short {
            self.note(token, NoteKind::UnitCutShort, Some(id));
        }
        if direction.is_some_and(|(_, choice, _, _)| choice) {
            self.note(token, NoteKind::TemplateChoice, Some(id));
        }
        state.skip(token);
        let next = self.tokens.get(index + 1).map(|next| next.kind);
        if let (Unit::Each, Some(Kind::Figure { unit: Unit::PersonTime, .. })) = (unit, next) {
            // What was counted is no subject of the persons beside it: 0个团组0人次.
            state.clause += self.noun_after(index, token).len();
        }
    }

    /// 减少18.50万元(65.37%): the sign of a percentage that is all of a bracket behind a change, of which it is the rate.
    fn rate_of_a_change(&self, index: usize, unit: Unit) -> Option<i8> {
        let kind = |at: usize| self.tokens.get(at).map(|token| token.kind);
        let alone = unit.kind() == UnitKind::Ratio
            && kind(index.checked_sub(1)?) == Some(Kind::Open)
            && kind(index + 1) == Some(Kind::Close)
            && matches!(kind(index.checked_sub(2)?)?, Kind::Figure { .. });
        let change = self.links.items.last().filter(|last| alone && last.measure == Measure::Delta)?;
        Some(if change.value.decimal().is_sign_negative() { -1 } else { 1 })
    }

    /// Whether a figure is one of the accounts and not of the prose around them.
    pub(super) fn is_counted(
        &self,
        part: Part,
        measure: Measure,
        unit: Unit,
        index: usize,
        token: Token,
    ) -> bool {
        let noun = || self.noun_after(index, token);
        let before = || self.stretch.cut(token.start.saturating_sub(24), token.start);
        match (part, unit.kind()) {
            (Part::Prose | Part::Glossary, _) => false,
            (_, UnitKind::Money) | (Part::Accounts | Part::Staff, UnitKind::Ratio) => true,
            (Part::Performance, UnitKind::Count) => {
                unit == Unit::Each && (noun().contains("项目") || before().ends_with("项目"))
            }
            (Part::Performance, UnitKind::Ratio) => measure != Measure::Share,
            (Part::Accounts | Part::Staff, UnitKind::Count) => match unit {
                Unit::Each if ["团组", "批次", "项目"].iter().any(|word| before().ends_with(word)) => {
                    true
                }
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
    pub(super) fn noun_after(&self, index: usize, token: Token) -> &'a str {
        let end = self.tokens.get(index + 1).map_or(self.stretch.text.len(), |next| next.start);
        self.stretch.cut(token.end, end)
    }

    /// A level: money or a count.
    pub(super) fn level(
        &mut self,
        state: &mut State,
        index: usize,
        token: Token,
        written: (usize, usize),
        value: Amount,
        unit: Unit,
    ) -> ItemId {
        // 较2014年度“三公”经费16.08万元增加15.15万元: what the change stands behind is what it is a change from.
        let changed = || {
            let next = self.tokens.get(index + 1).filter(|next| next.start == token.end);
            next.is_some_and(|next| matches!(next.kind, Kind::Direction { .. }))
        };
        let based =
            state.against.filter(|_| self.follows_against(index) && (written.0 == written.1 || changed()));
        let (mut year, mut basis) = (state.year, self.basis_of(written));
        if let Some(base) = based {
            (year, basis) = match base {
                Base::LastYear => (self.year.saturating_sub(1), self.basis),
                Base::Year(year) => (year, self.basis),
                Base::Budget => (self.year, Some(Basis::Budget)),
            };
        }
        let (subject, own) = self.subject(state, index, token, written, unit);
        let subject = self.counted(subject, unit).unwrap_or(subject);
        let measure = if unit.kind() == UnitKind::Money { Measure::Amount } else { Measure::Count };
        let id = self.push(state, token, subject, measure, value, unit, year, basis);
        if measure == Measure::Count {
            state.counted = Some(subject);
        }
        // 支出0.16万元，完成预算2万元的8%: the budget is only told for the share of it.
        let completed = state.ratio.is_some() && basis == Some(Basis::Budget) && self.basis != basis;
        let beside = based.is_some() || completed || basis != self.basis && !own;
        if beside || state.reason {
            state.beside = state.current.or(state.last).filter(|_| beside);
            return id;
        }
        (state.beside, state.changed) = (None, None);
        match self.class_above(state, id, subject) {
            Some(class) => self.links.set_parent(id, class, Relation::Sum),
            None => self.links.add_level(self.words, id),
        }
        if let Some(subject) = self.words.get(subject) {
            // No other levels are ever looked for, and there may be many of them.
            if self.is_current(id) {
                self.known.add(subject.canonical, id);
            }
            state.domain = listed(self.words.text(subject.canonical)).or(state.domain);
        }
        state.year_used = true;
        state.last = Some(id);
        let current = state.current.and_then(|id| self.links.item(id));
        let money_before = current.is_some_and(|item| item.measure == Measure::Amount);
        if self.is_current(id) && (measure == Measure::Amount || !money_before) {
            state.current = Some(id);
        }
        id
    }

    /// The subject of a number of people, visits or receptions, where its name does not say yet that it is one.
    fn counted(&mut self, subject: SubjectId, unit: Unit) -> Option<SubjectId> {
        let known = self.words.get(subject)?;
        let canonical = match unit {
            Unit::Person | Unit::PersonPolite => {
                people(&form(self.words.text(known.canonical)), self.lists_posts())
            }
            Unit::PersonTime | Unit::Batch => visits(&form(self.words.text(known.name)), unit.name()),
            _ => None,
        };
        let canonical = self.words.name(&canonical?);
        Some(self.words.subject(Subject { canonical, code: None, ..known }))
    }

    /// The level of the 类 that a 项 stands below: the one its path begins with, or the last one of the section.
    pub(super) fn class_above(&mut self, state: &State, id: ItemId, subject: SubjectId) -> Option<ItemId> {
        if state.domain == Some(Domain::Economic) {
            return None;
        }
        if self.classes.len() <= subject.index() {
            self.classes.resize(subject.index() + 1, None);
        }
        let known = self.classes.get_mut(subject.index())?;
        match known.get_or_insert_with(|| Class::of(&form(self.words.subject_text(subject)))) {
            Class::Path(class) => {
                let class = self.lexicon.name(class);
                self.find_level(class)
            }
            Class::Itself(code) => {
                self.class = Some((id, *code));
                None
            }
            Class::Other { marked } => {
                let marked = *marked;
                let in_bracket =
                    self.links.scopes.last().is_some_and(|scope| scope.opener == Opener::Bracket);
                let (class, code) = self.class.filter(|_| !in_bracket)?;
                let known = self.words.get(subject)?;
                is_below(self.words.text(known.canonical), marked, known.code, code).then_some(class)
            }
        }
    }

    /// In final accounts a level may be of the budget: 年初预算6万元, 预算收入为777.82万元.
    pub(super) fn basis_of(&self, written: (usize, usize)) -> Option<Basis> {
        let words = self.stretch.cut(written.0, written.1);
        if self.basis != Some(Basis::FinalAccounts) {
            // What was carried out is no budget, also where a budget tells of it.
            let carried_out = holds(words, "执行数");
            return if carried_out { Some(Basis::FinalAccounts) } else { self.basis };
        }
        if !holds(words, "预算") {
            return self.basis;
        }
        let planned = || {
            const FRAMES: &[&str] = &["公共", "基金", "经营", "保险"];
            let end = words.trim_end_matches(['为', '是', '数']);
            let end = end.strip_suffix("安排").unwrap_or(end);
            end.strip_suffix("预算").is_some_and(|rest| !FRAMES.iter().any(|frame| rest.ends_with(frame)))
        };
        let budget = ["年初预算", "调整预算", "全年预算"].iter().any(|word| holds(words, word))
            || words.starts_with("预算收入")
            || words.starts_with("预算支出")
            || words.starts_with("预算数")
            || planned();
        if budget && !holds(words, "决算") { Some(Basis::Budget) } else { self.basis }
    }

    /// Returns what a level is of, and whether its own words say so.
    pub(super) fn subject(
        &mut self,
        state: &State,
        index: usize,
        token: Token,
        written: (usize, usize),
        unit: Unit,
    ) -> (SubjectId, bool) {
        let raw = self.stretch.cut(written.0, written.1);
        if raw.is_empty()
            && let Some(named) = self.named_behind(state, index, token)
        {
            return (named, true);
        }
        let mut place = written;
        let mut phrase = self.phrase(written.0, written.1);
        let pending = state.pending.filter(|before| self.means(phrase, *before, written.0));
        if let Some(pending) = pending {
            place = pending;
            phrase = self.phrase(pending.0, pending.1);
        }
        let words = phrase.words;
        if let (true, Unit::PersonTime) = (words.is_empty(), unit)
            && let Some(persons) = self.persons(state)
        {
            return (self.intern(persons, None), true);
        }
        let outer = self.stretch.cut(place.0, place.1);
        place = within(outer, words).map_or(place, |(from, to)| (place.0 + from, place.0 + to));
        if matches!(unit, Unit::Each | Unit::PersonPolite) {
            let noun = self.noun_after(index, token);
            let counted = noun.split_once('等').map_or(noun, |(noun, _)| noun);
            if !counted.is_empty() {
                // The words of a clause before say what was done, not what is counted.
                let own = if raw.is_empty() || raw.ends_with('、') { "" } else { words };
                let name = format!("{own}{counted}");
                return (self.intern(&name, state.domain), true);
            }
        } else if phrase.generic
            && (state.label.is_some() || !holds(words, "支出") || !self.is_total(state.last))
        {
            // Of another year, too, but a budget of money is none of the persons before it.
            let alike =
                |id: &ItemId| self.links.item(*id).is_some_and(|item| item.unit.kind() == unit.kind());
            let nearest = state.current.max(state.last.filter(alike)).or(state.last);
            if let (true, Some(last)) = (holds(outer, "预算"), nearest.and_then(|id| self.links.item(id))) {
                return (last.subject, false);
            } else if let Some(label) = state.label {
                phrase = self.phrase(label.0, label.1);
                place = label;
            } else if let Some(last) = state.last.or(self.topic).and_then(|id| self.links.item(id)).copied() {
                if unit.kind() == UnitKind::Money
                    && let Some(cost) = self.cost_of(&last)
                {
                    return (self.intern(cost, None), false);
                }
                return match self.spent(words) {
                    Some(name) => (self.intern(&name, None), true),
                    None => (last.subject, false),
                };
            }
            return (self.intern_at(place, phrase.name, state.domain), false);
        }
        (self.intern_at(place, phrase.name, state.domain), true)
    }

    /// 基金收入10万元，年初结转0万元，支出10万元: what is spent is of the same money as what came in.
    fn spent(&self, words: &str) -> Option<String> {
        const FAR: usize = 3;
        if words != "支出" {
            return None;
        }
        let levels = self.links.levels.iter().rev().take(FAR).filter_map(|id| self.links.item(*id));
        let mut names = levels.map(|item| form(self.words.subject_text(item.subject)));
        let before = names.find(|name| !holds(name, "结转") && !holds(name, "结余"))?;
        holds(&before, "收入").then(|| before.replace("收入", "支出"))
    }

    /// Whether the words before those of a figure, which begin at `from`, name what it is of.
    fn means(&mut self, own: Phrase, before: (usize, usize), from: usize) -> bool {
        // 2、会务2016年预算: a year stands behind the words of an item of a list, and its figure's words behind that.
        let dated = self.stretch.cut(before.1, from).ends_with(['年', '度']);
        let named = || name_length(self.stretch.cut(before.0, before.1)).is_some();
        if own.words.is_empty() || own.generic && dated && !named() {
            return true;
        }
        // 公务接待费2013年度财政拨款决算数 is 公务接待费.
        (own.generic || dated && is_appropriated(own.words)) && self.is_official(before.0, before.1)
    }

    /// 其中5498.23万元为学费、住宿费收入: what a part is of stands behind it.
    fn named_behind(&mut self, state: &State, index: usize, token: Token) -> Option<SubjectId> {
        let noun = self.noun_after(index, token).strip_prefix('为').filter(|noun| !noun.is_empty())?;
        if !self.follows(index, |kind| matches!(kind, Kind::Parts(_))) {
            return None;
        }
        let start = token.end + '为'.len_utf8();
        let ends = |token: &&Token| !matches!(token.kind, Kind::Pause | Kind::Remark);
        let next = self.tokens.iter().skip(index + 1).find(ends);
        let end = next.map_or(self.stretch.text.len(), |next| next.start).max(start + noun.len());
        let phrase = self.phrase(start, end);
        (!phrase.words.is_empty()).then(|| self.intern_at((start, end), phrase.name, state.domain))
    }

    /// Returns the id of the subject with a folded name.
    pub(super) fn intern(&mut self, folded: &str, domain: Option<Domain>) -> SubjectId {
        let name = self.lexicon.name(folded);
        self.lexicon.intern(self.words, name, folded, domain)
    }

    /// Returns the id of the subject with a name that is written at a place.
    pub(super) fn intern_at(
        &mut self,
        place: (usize, usize),
        name: Name,
        domain: Option<Domain>,
    ) -> SubjectId {
        let written = self.written(place);
        self.lexicon.intern(self.words, name, &written, domain)
    }

    /// Whether there is no level before, or only a total, so that 支出预算 is a subject of its own.
    pub(super) fn is_total(&self, level: Option<ItemId>) -> bool {
        let subject = level.and_then(|id| self.links.item(id)).and_then(|item| self.words.get(item.subject));
        subject.is_none_or(|subject| self.words.text(subject.canonical).ends_with("总计"))
    }

    /// The words of a folded stretch as the source has them, in one line.
    pub(super) fn written(&self, (start, end): (usize, usize)) -> Cow<'a, str> {
        let span = self.stretch.span(start, end);
        let text = self.source.cut(span);
        // Folding leaves out blanks and emphasis: where nothing is shorter for it, there are none.
        if span.len() == end - start {
            return Cow::Borrowed(text);
        }
        let mut written = String::with_capacity(text.len());
        written.extend(text.chars().filter(|c| !is_blank(*c) && *c != '*'));
        Cow::Owned(written)
    }

    /// A number without a unit: after 增加 it is a change whose unit was mistyped, after 保有量 a count; anything else is left
    /// alone.
    pub(super) fn bare(&mut self, state: &mut State, index: usize, token: Token, value: Amount) {
        let adjacent =
            state.direction.filter(|(_, _, _, end)| is_adjacent(self.stretch.cut(*end, token.start)));
        if let (Some((sign, _, start, _)), Some(_)) = (adjacent, state.against)
            && let Some(level) =
                state.current.or(state.last).or(self.topic).and_then(|id| self.links.item(id)).copied()
        {
            let value = if sign < 0 { value.negated() } else { value };
            let id =
                self.change(state, index, token, (state.clause, start), Measure::Delta, value, level.unit);
            self.note(token, NoteKind::UnitMissing, Some(id));
        } else if let Some(start) = self.bare_share(state, index, token, value) {
            let id =
                self.change(state, index, token, (state.clause, start), Measure::Share, value, Unit::Percent);
            self.note(token, NoteKind::UnitMissing, Some(id));
        } else if let Some(id) = self.bare_count(state, index, token, value) {
            self.note(token, NoteKind::UnitMissing, Some(id));
        }
        state.skip(token);
    }

    /// 15411.43万元，占76.23，: what stands alone behind 占 after a level is a share without its sign. Returns where 占 begins.
    fn bare_share(&self, state: &State, index: usize, token: Token, value: Amount) -> Option<usize> {
        let start = state.ratio?;
        let said = matches!(self.stretch.cut(start, token.start), "占" | "占比" | "占比为" | "占比:");
        let next = self.tokens.get(index + 1).map(|next| next.kind);
        let ends = matches!(
            next,
            None | Some(Kind::Comma | Kind::Pause | Kind::Semicolon | Kind::Stop | Kind::Close)
        );
        let possible = value.places() > 0 && value.decimal() <= Decimal::ONE_HUNDRED;
        let level = state.last.and_then(|last| self.links.item(last));
        let after_money = level.is_some_and(|level| level.measure == Measure::Amount);
        (said && ends && possible && after_money && state.part == Part::Accounts).then_some(start)
    }

    /// 年末机动车保有量1, 接待人数12: the words before say what is counted. 接待34个批次，总计310: after a number of receptions a
    /// total without a unit is the number of their guests.
    fn bare_count(&mut self, state: &mut State, index: usize, token: Token, value: Amount) -> Option<ItemId> {
        const COUNTED: &[(&str, Unit)] = &[
            ("保有量", Unit::Vehicle),
            ("车辆数", Unit::Vehicle),
            ("人数", Unit::Person),
            ("人次", Unit::PersonTime),
            ("批次", Unit::Batch),
        ];
        let whole = value.places() == 0 && matches!(state.part, Part::Accounts | Part::Staff);
        let written = (state.clause, token.start);
        let words = self.stretch.cut(written.0, written.1);
        // 人数(人)12 has its unit before it, and 2,310 may be two numbers.
        let next = self.stretch.cut(token.end, self.stretch.text.len());
        let ends =
            next.is_empty() || next.starts_with([',', '。', ';', ')', '、']) || next.starts_with("年初");
        if !whole || !ends {
            return None;
        }
        if let Some((_, unit)) = COUNTED.iter().find(|(ending, _)| words.ends_with(ending)) {
            return Some(self.level(state, index, token, written, value, *unit));
        }
        let persons = self.persons(state).filter(|_| matches!(words, "总计" | "共计" | "合计" | "共"))?;
        let persons = self.intern(persons, None);
        Some(self.push(
            state,
            token,
            persons,
            Measure::Count,
            value,
            Unit::PersonTime,
            state.year,
            self.basis,
        ))
    }

    /// Whether the list that a figure stands in is of posts: 编制64名（行政12名、事业52名）.
    fn lists_posts(&self) -> bool {
        let head =
            self.links.scopes.last().and_then(|scope| scope.head).and_then(|head| self.links.item(head));
        let name =
            head.and_then(|head| self.words.get(head.subject)).map(|head| self.words.text(head.canonical));
        name.is_some_and(|name| name.ends_with("编制") || name.ends_with("编制人数"))
    }

    /// What the money is for that stands beside a number of delegations or receptions: 0个团组0人次，支出0万元.
    fn cost_of(&self, count: &Item) -> Option<&'static str> {
        let name = self.words.text(self.words.get(count.subject)?.canonical);
        if count.measure != Measure::Count {
            return None;
        }
        let abroad = name.starts_with("因公出国").then_some("因公出国(境)费");
        let received = || holds(name, "公务接待") && !holds(name, "外公务接待");
        abroad.or_else(|| received().then_some("公务接待费"))
    }

    /// What a number of persons is of that stands beside a number of receptions or delegations: 0个团组0人次.
    fn persons(&self, state: &State) -> Option<&'static str> {
        let last = state.last.and_then(|last| self.links.item(last))?;
        let name = self.words.text(self.words.get(last.subject)?.canonical);
        if last.measure != Measure::Count {
            return None;
        }
        let receptions = holds(name, "批次").then_some("公务接待人次");
        receptions.or_else(|| holds(name, "团组").then_some("因公出国(境)人次"))
    }

    #[expect(clippy::too_many_arguments, reason = "these are the columns of a row")]
    pub(super) fn push(
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
            span: self.stretch.span(token.start, token.end),
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
}

/// Returns where a part of a text stands in it.
fn within(text: &str, part: &str) -> Option<(usize, usize)> {
    let from = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (from + part.len() <= text.len()).then_some((from, from + part.len()))
}

/// Whether what stands between a direction and a figure leaves them together.
fn is_adjacent(between: &str) -> bool {
    matches!(between, "" | "了" | "约" | "近" | ":" | "额")
}

/// Whether words only say that money is appropriated, at whatever stage.
fn is_appropriated(words: &str) -> bool {
    const FRAMES: &[&str] = &["财政拨款", "一般公共预算", "预算", "决算", "支出", "安排", "数"];
    let mut rest = words;
    while let Some(shorter) = FRAMES.iter().find_map(|frame| rest.strip_prefix(frame)) {
        rest = shorter;
    }
    rest.is_empty()
}
