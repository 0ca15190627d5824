//! What the words before figures mean, remembered from one document to the next: most are about the same things.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::official::canonical;
use super::subject::{Meaning, clean, is_generic};
use crate::model::catalog::Domain;
use crate::model::{NameId, SubjectId, Vocabulary};
use crate::source::span::{holds, slice};

/// What a reader of many documents remembers of the words in them. It makes reading faster and changes nothing else.
#[derive(Default)]
pub struct Lexicon {
    /// The words before figures, and which of them name the subject.
    phrases: IndexMap<Box<str>, Cut, FxBuildHasher>,
    /// The names of subjects, and what they mean.
    names: IndexMap<Box<str>, Known, FxBuildHasher>,
    /// How many bytes all of them take.
    bytes: usize,
    /// The number of the document at hand.
    document: u32,
}

/// The place of a name in a lexicon, until that forgets.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name(usize);

/// Words that name a subject, without what only frames it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase<'a> {
    pub(super) words: &'a str,
    pub(super) name: Name,
    /// Whether they say nothing by themselves.
    pub(super) generic: bool,
}

/// Where in some words the name of the subject stands.
#[derive(Debug, Clone, Copy)]
struct Cut {
    from: usize,
    to: usize,
    name: Name,
    generic: bool,
}

#[derive(Debug, Default)]
struct Known {
    meaning: Meaning,
    /// The document that the subjects are of, and the last subject in it by domain.
    document: u32,
    subjects: [Option<SubjectId>; 3],
}

impl Lexicon {
    /// How much is remembered before all is forgotten.
    const MOST: usize = 1 << 15;
    const MOST_BYTES: usize = 1 << 22;

    /// Begins with another document, whose vocabulary is another one.
    pub(super) fn begin_document(&mut self) {
        self.document = self.document.wrapping_add(1);
        if self.document == 0 {
            // So many documents later nothing is to be taken for what was known in the first ones.
            self.names.clear();
            self.phrases.clear();
        }
    }

    /// Forgets all where there is too much of it. What was found before is not to be used after this.
    pub(super) fn forget(&mut self) {
        if self.phrases.len() > Self::MOST || self.names.len() > Self::MOST || self.bytes > Self::MOST_BYTES {
            self.phrases.clear();
            self.names.clear();
            self.bytes = 0;
        }
    }

    /// Returns which subject folded words name in a document of a department.
    pub(super) fn phrase<'a>(&mut self, words: &'a str, department: &[String; 2]) -> Phrase<'a> {
        // The second name is the end of the first where there are two.
        let [long, short] = department;
        let own = if short.is_empty() { long } else { short };
        if !own.is_empty() && own.len() <= words.len() && holds(words, own) {
            let words = clean(words, department);
            return Phrase { words, name: self.name(words), generic: is_generic(words) };
        }
        let cut = match self.phrases.get(words) {
            Some(cut) => *cut,
            None => self.cut(words),
        };
        Phrase { words: slice(words, cut.from, cut.to), name: cut.name, generic: cut.generic }
    }

    #[cold]
    fn cut(&mut self, words: &str) -> Cut {
        let name = clean(words, &[]);
        let from = (name.as_ptr() as usize).saturating_sub(words.as_ptr() as usize);
        let cut = Cut { from, to: from + name.len(), name: self.name(name), generic: is_generic(name) };
        self.bytes += words.len();
        self.phrases.insert(words.into(), cut);
        cut
    }

    /// Returns the place of a folded name.
    pub(super) fn name(&mut self, folded: &str) -> Name {
        Name(self.names.get_index_of(folded).unwrap_or_else(|| {
            self.bytes += folded.len();
            let known = Known { meaning: Meaning::of(folded), ..Known::default() };
            self.names.insert_full(folded.into(), known).0
        }))
    }

    /// Returns the official wording of a name as it stands, where it has one.
    pub(super) fn official(&self, name: Name) -> Option<Cow<'_, str>> {
        let (folded, known) = self.names.get_index(name.0)?;
        if known.meaning.plain {
            known.meaning.official.as_deref().map(Cow::Borrowed)
        } else {
            canonical(folded)
        }
    }

    /// Returns the id that the official wording of a name has in a vocabulary, or the name itself where it has none.
    pub(super) fn find(&self, words: &Vocabulary, name: Name) -> Option<NameId> {
        let (folded, known) = self.names.get_index(name.0)?;
        let plain =
            known.meaning.plain && known.meaning.official.is_some() && known.document == self.document;
        if let Some(subject) = known.subjects.iter().flatten().next().filter(|_| plain) {
            return words.get(*subject).map(|subject| subject.canonical);
        }
        words.find(&self.official(name).unwrap_or(Cow::Borrowed(folded)))
    }

    /// Returns the id of the subject that a name as it is written in the document at hand means.
    pub(super) fn intern(
        &mut self,
        words: &mut Vocabulary,
        name: Name,
        written: &str,
        domain: Option<Domain>,
    ) -> SubjectId {
        let document = self.document;
        let Some((_, known)) = self.names.get_index_mut(name.0) else {
            return Meaning::default().intern(words, written, domain);
        };
        if known.document != document {
            (known.document, known.subjects) = (document, [None; 3]);
        }
        let Some(last) = known.subjects.get_mut(domain.map_or(0, |domain| domain as usize + 1)) else {
            return known.meaning.intern(words, written, domain);
        };
        match *last {
            Some(subject) if words.subject_text(subject) == written => subject,
            Some(_) | None => {
                let subject = known.meaning.intern(words, written, domain);
                *last = Some(subject);
                subject
            }
        }
    }
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lexicon of {} phrases and {} names", self.phrases.len(), self.names.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_was_found() {
        let department = ["咸宁市咸安区医疗保障局".to_owned(), "咸安区医疗保障局".to_owned()];
        let mut lexicon = Lexicon::default();
        for words in [
            "其中公务接待费预算支出",
            "行政运行(2070101)",
            "(类)",
            "",
            "咸安区医疗保障局机关运行经费预算安排",
        ] {
            for department in [&department, &[String::new(), String::new()]] {
                let phrase = lexicon.phrase(words, department);
                assert_eq!(phrase.words, clean(words, department), "{words}");
                assert_eq!(phrase.generic, is_generic(phrase.words), "{words}");
                assert_eq!(lexicon.official(phrase.name), canonical(phrase.words), "{words}");
            }
        }
    }

    #[test]
    fn subjects_are_of_the_document_at_hand() {
        let mut lexicon = Lexicon::default();
        for before in ["", "会议费", "培训费"] {
            lexicon.begin_document();
            let mut words = Vocabulary::default();
            words.name(before);
            for written in ["“三公”经费", "\"三公\"经费", "“三公”经费"] {
                for domain in [None, Some(Domain::Functional), Some(Domain::Economic)] {
                    let name = lexicon.name("\"三公\"经费");
                    let subject = lexicon.intern(&mut words, name, written, domain);
                    assert_eq!(subject, Meaning::of("\"三公\"经费").intern(&mut words, written, domain));
                    assert_eq!(lexicon.find(&words, name), words.find("“三公”经费"));
                }
            }
        }
    }

    #[test]
    fn it_forgets_before_it_grows_too_large() {
        let mut lexicon = Lexicon::default();
        for number in 0..=Lexicon::MOST {
            lexicon.forget();
            lexicon.name(&format!("项目{number}"));
        }
        assert_eq!(lexicon.names.len(), Lexicon::MOST + 1);
        lexicon.forget();
        lexicon.name(&"项".repeat(Lexicon::MOST_BYTES));
        lexicon.forget();
        assert_eq!((lexicon.names.len(), lexicon.bytes), (0, 0));
    }
}
