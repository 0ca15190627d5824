//! The names of two disclosures in one form, numbered, so that they can be told apart by number and be likened as text.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::likeness::{self, Pairs};
use crate::source::fold::folded;
use crate::source::span;

/// The number of a name; the same for names that differ in nothing but their form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Name(u32);

/// Names by number. They stand one behind the other: a hundred thousand pieces of memory would be slow to give back.
#[derive(Debug, Default)]
pub(super) struct Names {
    texts: String,
    /// The pairs of characters of what each name is of.
    stems: Vec<u64>,
    /// Where the texts and the stems of the names end.
    ends: Vec<(u32, u32)>,
    /// The numbers of the names plus one, each at the place that its text leads to or behind it; 0 where there is none.
    places: Vec<u32>,
}

/// What a budget, a final account and their lines are called by, which says nothing of what they are of.
const TAILS: &[&str] = &["预算", "决算", "支出"];

impl Names {
    /// Returns nothing yet, with room for so many: to make more of it later takes long where there are many.
    pub(super) fn with_room(names: usize) -> Self {
        Self { places: vec![0; (names * 2).next_power_of_two().max(16)], ..Self::default() }
    }

    /// Returns the number of a name.
    pub(super) fn number(&mut self, name: &str) -> Name {
        let text = folded(name);
        if self.ends.len() * 2 >= self.places.len() {
            self.make_room();
        }
        let place = self.place_of(&text);
        let number = self.ends.len() as u32;
        match self.places.get_mut(place) {
            Some(0) | None => {}
            Some(known) => return Name(*known - 1),
        }
        self.places[place] = number + 1;
        let stem = TAILS.iter().find_map(|tail| text.strip_suffix(tail)).filter(|stem| !stem.is_empty());
        self.stems.extend_from_slice(Pairs::of(stem.unwrap_or(&text)).as_slice());
        self.texts += &text;
        self.ends.push((self.texts.len() as u32, self.stems.len() as u32));
        Name(number)
    }

    /// Returns how much two names are alike in what they are of.
    pub(super) fn likeness(&self, one: Name, other: Name) -> u8 {
        likeness::of(self.stem(one), self.stem(other))
    }

    /// Returns where the number of a text stands or is to stand.
    fn place_of(&self, text: &str) -> usize {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        let (start, last) = (hasher.finish() as usize, self.places.len().saturating_sub(1));
        let mut places = (0..=last).map(|step| start.wrapping_add(step) & last);
        let is_it = |place: &usize| match self.places.get(*place) {
            Some(0) | None => true,
            Some(number) => self.text(Name(*number - 1)) == text,
        };
        // Half of the places are free.
        places.find(is_it).unwrap_or_default()
    }

    fn make_room(&mut self) {
        self.places = vec![0; (self.places.len() * 2).max(16)];
        for number in 0..self.ends.len() as u32 {
            let place = self.place_of(self.text(Name(number)));
            self.places[place] = number + 1;
        }
    }

    /// Returns where the text and the stem of a name begin and end.
    fn ends(&self, name: Name) -> [(u32, u32); 2] {
        let end = |at: Option<usize>| at.and_then(|at| self.ends.get(at)).copied().unwrap_or_default();
        [end((name.0 as usize).checked_sub(1)), end(Some(name.0 as usize))]
    }

    fn text(&self, name: Name) -> &str {
        let [(start, _), (end, _)] = self.ends(name);
        span::slice(&self.texts, start as usize, end as usize)
    }

    fn stem(&self, name: Name) -> &[u64] {
        let [(_, start), (_, end)] = self.ends(name);
        self.stems.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_number_in_whatever_form() {
        let mut names = Names::default();
        let numbers: Vec<Name> = (0..1000).map(|row| names.number(&format!("第{row}项支出"))).collect();
        assert_eq!(numbers, (0..1000).map(Name).collect::<Vec<_>>());
        assert_eq!(names.number("第７项支出"), Name(7));
        assert_eq!((names.number(""), names.number("")), (Name(1000), Name(1000)));
        assert_eq!((names.text(Name(999)), names.text(Name(1000))), ("第999项支出", ""));
        assert_eq!(names.likeness(Name(7), Name(7)), 100);
        assert_eq!(names.likeness(Name(7), Name(1000)), 0);
    }
}
