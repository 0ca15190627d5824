//! Two outlines → which sections of one are which of the other.

use rustc_hash::FxHashMap;

use super::likeness::{self, Pairs};
use super::{Place, Stop, go_on};
use crate::corpus::Corpus;
use crate::model::{Disclosure, SectionId};
use crate::source::fold::folded;
use crate::source::numbering::numbering;
use crate::source::span::slice;

/// The pairs of sections.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pairs: FxHashMap<SectionId, SectionId>,
}

/// From how much on two titles are alike: there are few under one heading, and the best are taken first.
const ALIKE: u8 = 30;
/// How many times what is under the headings just paired is looked at: no outline is as deep.
const DEEPEST: usize = 16;
/// How many sections without a counterpart are looked at under one heading: no outline has as many.
const MOST: usize = 64;

impl Sections {
    /// Returns the place in the second disclosure that a place in the first is.
    pub(super) fn right_of(&self, left: Place) -> Option<Place> {
        match left {
            None => Some(None),
            Some(section) => self.pairs.get(&section).map(|&section| Some(section)),
        }
    }
}

/// Pairs the sections of two disclosures: those with the same title under the same heading, those with the same title,
/// those with a similar one under the same heading.
pub(super) fn pairs(stop: Stop, corpus: &Corpus, left: &Disclosure, right: &Disclosure) -> Option<Sections> {
    let titles = [titles(stop, corpus, left)?, titles(stop, corpus, right)?];
    let mut sections = Sections::default();
    let mut taken = vec![false; right.sections.len()];
    let id = |index: usize| SectionId(index as u32);
    for under_the_same in [true, false] {
        let mut waiting: FxHashMap<(&str, Option<Place>), Vec<usize>> = FxHashMap::default();
        for (index, section) in right.sections.iter().enumerate().rev().filter(|(index, _)| !taken[*index]) {
            go_on(stop)?;
            let under = under_the_same.then_some(section.parent);
            waiting.entry((titles[1][index].as_str(), under)).or_default().push(index);
        }
        for (index, section) in left.sections.iter().enumerate() {
            go_on(stop)?;
            // A heading stands before those under it, so its own pair is known by now.
            let under = if under_the_same { sections.right_of(section.parent) } else { None };
            let title = titles[0][index].as_str();
            if sections.pairs.contains_key(&id(index))
                || title.is_empty()
                || (under_the_same && under.is_none())
            {
                continue;
            }
            if let Some(found) = waiting.get_mut(&(title, under)).and_then(Vec::pop) {
                taken[found] = true;
                sections.pairs.insert(id(index), id(found));
            }
        }
    }
    // The headings under those that are paired here can be paired the next time.
    let pairs = titles.map(|titles| titles.iter().map(|title| Pairs::of(title)).collect());
    for _ in 0..DEEPEST {
        if !pair_alike(stop, &mut sections, &mut taken, [left, right], &pairs)? {
            break;
        }
    }
    Some(sections)
}

/// Pairs what is left under one heading, those that are most alike first, and returns whether there was any.
fn pair_alike(
    stop: Stop,
    sections: &mut Sections,
    taken: &mut [bool],
    [left, right]: [&Disclosure; 2],
    titles: &[Vec<Pairs>; 2],
) -> Option<bool> {
    let id = |index: usize| SectionId(index as u32);
    let mut waiting: FxHashMap<Place, Vec<usize>> = FxHashMap::default();
    for (at, other) in right.sections.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        let under = waiting.entry(other.parent).or_default();
        if under.len() < MOST {
            under.push(at);
        }
    }
    let mut alike = Vec::new();
    for (index, section) in left.sections.iter().enumerate() {
        go_on(stop)?;
        let free = !sections.pairs.contains_key(&id(index));
        let Some(under) = sections.right_of(section.parent).filter(|_| free) else { continue };
        for &at in waiting.get(&under).into_iter().flatten() {
            go_on(stop)?;
            let like = likeness::of(titles[0][index].as_slice(), titles[1][at].as_slice());
            if like >= ALIKE {
                alike.push((like, index, at));
            }
        }
    }
    alike.sort_by_key(|&(like, left, right)| (std::cmp::Reverse(like), left, right));
    for &(_, index, found) in &alike {
        if !taken[found] && !sections.pairs.contains_key(&id(index)) {
            taken[found] = true;
            sections.pairs.insert(id(index), id(found));
        }
    }
    Some(!alike.is_empty())
}

/// Returns the titles without what differs from year to year and between a budget and a final account: numbers, years,
/// the department's name, the words for the two.
fn titles(stop: Stop, corpus: &Corpus, disclosure: &Disclosure) -> Option<Vec<String>> {
    let department = disclosure.header.department.map(|name| folded(corpus.words.text(name.value)));
    let plain = |title: &str| {
        let title = folded(title);
        let length = numbering(&title).map_or(0, |number| number.length);
        let mut rest = slice(&title, length, title.len()).to_owned();
        if let Some(department) = department.as_deref().filter(|name| !name.is_empty()) {
            rest = rest.replace(department, "");
        }
        for word in ["预算", "决算", "年度"] {
            rest = rest.replace(word, "");
        }
        rest.retain(|c| c.is_alphabetic() && c != '年');
        rest
    };
    let mut titles = Vec::with_capacity(disclosure.sections.len());
    for section in &disclosure.sections {
        go_on(stop)?;
        titles.push(plain(corpus.words.text(section.title)));
    }
    Some(titles)
}
