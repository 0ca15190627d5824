//! Changes, growth rates and shares → the level that each is about.

use super::clause::{Reader, State};
use super::lexer::{Kind, Token};
use super::lexicon::Name;
use super::range::Range;
use super::scope::Opener;
use crate::model::{ItemId, Measure, Relation};
use crate::quantity::{Amount, Kind as UnitKind, Unit};
use crate::source::span::holds;

impl Reader<'_> {
    /// A change, a rate or a share of a level.
    #[expect(clippy::too_many_arguments, reason = "these are the columns of a row")]
    pub(super) fn change(
        &mut self,
        state: &mut State,
        index: usize,
        token: Token,
        written: (usize, usize),
        measure: Measure,
        value: Amount,
        unit: Unit,
    ) -> ItemId {
        let mut phrase = self.phrase(written.0, written.1);
        if let (true, Some((start, end))) = (phrase.words.is_empty(), state.before) {
            phrase = self.phrase(start, end);
        }
        let words = phrase.words;
        let total = state.label.is_none() && (holds(words, "支出") || holds(words, "收入"));
        let own = (!phrase.generic || total) && !is_whole(words);
        let share = measure == Measure::Share;
        let parent = if own {
            self.find_level(phrase.name)
        } else if unit.kind() == UnitKind::Count {
            None
        } else {
            match state.changed.filter(|_| !share) {
                Some((parent, _)) => parent,
                None => self.anchor(state, index, measure, value).map(|id| self.of_this_year(id, share)),
            }
        };
        let counts = unit.kind() == UnitKind::Count;
        let before = state.changed.filter(|_| !own && !share && !counts);
        let subject = match (before, parent.and_then(|parent| self.links.item(parent))) {
            (Some((_, subject)), _) => subject,
            (None, Some(parent)) if !own => parent.subject,
            // 主要是局机关调出1人，比上年减少1人: a number of people is no change of money.
            (None, None) if words.is_empty() && counts && state.counted.is_some() => {
                state.counted.unwrap_or_else(|| self.intern("", None))
            }
            _ if words.is_empty() => match state.label {
                None if state.last.is_some() => {
                    let last = state.last.and_then(|last| self.links.item(last)).map(|last| last.subject);
                    last.unwrap_or_else(|| self.intern("", None))
                }
                Some(label) => {
                    let name = self.lexicon.name(self.stretch.cut(label.0, label.1));
                    self.intern_at(label, name, state.domain)
                }
                None => self.intern("", None),
            },
            _ => self.lexicon.intern(self.words, phrase.name, words, state.domain),
        };
        let of = parent.filter(|_| share).and_then(|parent| self.links.item(parent));
        let year = of.map_or(self.year, |parent| parent.about_year);
        let id = self.push(state, token, subject, measure, value, unit, year, self.basis);
        if let Some(parent) = parent {
            let relation = if measure == Measure::Share { Relation::Share } else { Relation::Change };
            self.links.set_parent(id, parent, relation);
            state.current = Some(parent);
        }
        if !share {
            state.changed = Some((parent, subject));
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
    pub(super) fn find_level(&self, name: Name) -> Option<ItemId> {
        let name = self.lexicon.find(self.words, name)?;
        self.known.of(name).find(|id| self.is_current(*id))
    }

    /// Returns the level that a change without a subject is about.
    pub(super) fn anchor(
        &mut self,
        state: &State,
        index: usize,
        measure: Measure,
        value: Amount,
    ) -> Option<ItemId> {
        let share = measure == Measure::Share;
        if let (false, Some(beside)) = (share, state.beside) {
            return Some(beside);
        }
        let before = match state.label {
            Some(label) => {
                let label = self.phrase(label.0, label.1);
                self.find_level(label.name)
            }
            None => self.topic,
        };
        let fallback = if share { state.last } else { state.current.or(state.last) }.or(before);
        let Some(scope) = self.links.scopes.last_mut() else { return fallback };
        let (Some(&member), head) = (scope.members.last(), scope.head) else { return fallback };
        if !share && head.is_some_and(|head| !self.is_current(head)) {
            return fallback;
        }
        let Some(scope) = self.links.scopes.last_mut() else { return fallback };
        // A level that is in no list, such as a 项 below its 类, is nearer than the list around it.
        let nearest = if share { state.last } else { state.current };
        if let Some(nearest) = nearest.filter(|nearest| *nearest > member) {
            return Some(nearest);
        }
        // What follows a part in a paragraph of its own is about that part.
        if scope.own_changes || scope.members.len() == 1 || scope.paragraph != self.paragraphs {
            scope.own_changes = true;
            return Some(if share { member } else { state.current.unwrap_or(member) });
        }
        let (members, head) = (scope.members.clone(), scope.head);
        let listed = self.links.fits(&members, head) || members.len() >= 3 && !self.goes_on(index);
        if share && (!listed || head.is_some_and(|head| self.is_share(value, member, head))) {
            let head = head?;
            let one =
                members.iter().copied().filter(|id| self.is_share(value, *id, head)).collect::<Vec<_>>();
            return Some(match one.as_slice() {
                [one] => *one,
                _ => member,
            });
        }
        // A whole whose own change was told before its parts has no other one behind them.
        let told = !share && head.is_some_and(|head| self.links.last_delta(head).is_some());
        if listed && head.is_some() && !told {
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
        if !share && let Some(scope) = self.links.scopes.last_mut() {
            // Where one of several parts has a change of its own, those of the last ones are theirs too.
            scope.own_changes = true;
        }
        Some(member)
    }

    /// 年初预算14万元，完成95.5%，比上年减少0.48万元: what is completed or changes is the level of the disclosure's own basis
    /// and year, where it is known.
    pub(super) fn of_this_year(&self, id: ItemId, share: bool) -> ItemId {
        let Some(item) = self.links.item(id).filter(|item| !share || item.basis != self.basis) else {
            return id;
        };
        let subject = self.words.get(item.subject);
        let current =
            subject.and_then(|subject| self.known.of(subject.canonical).find(|id| self.is_current(*id)));
        if self.is_current(id) { id } else { current.unwrap_or(id) }
    }

    /// Whether more levels follow in the sentence, so that the list is not at its end.
    pub(super) fn goes_on(&self, index: usize) -> bool {
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
    pub(super) fn is_share(&self, value: Amount, part: ItemId, whole: ItemId) -> bool {
        let ranges =
            self.links.item(part).and_then(Range::of).zip(self.links.item(whole).and_then(Range::of));
        ranges.is_some_and(|(part, whole)| {
            Range::of_percent(value).is_some_and(|share| share.is_share(part, whole))
        })
    }
}

/// Whether words name the whole of a share or nothing: 占总支出的, 预算总额.
fn is_whole(words: &str) -> bool {
    words.ends_with('的') || words == "决算" || words == "总额" || words == "预算总额"
}
