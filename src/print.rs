//! What was read → text and JSON for pipes.

pub mod checklist;
pub mod comparison;
pub mod findings;
pub mod hits;
mod indicators;
pub mod json;
pub mod lines;
pub mod plain;
mod rows;

use crate::lang::Word;
use crate::model::NoteKind;

/// Returns what a note says, as a word of the program.
pub fn note_word(kind: NoteKind) -> Word {
    match kind {
        NoteKind::Unchanged => Word::NoteUnchanged,
        NoteKind::UnitCutShort => Word::NoteUnitCutShort,
        NoteKind::UnitMissing => Word::NoteUnitMissing,
        NoteKind::TemplateChoice => Word::NoteTemplateChoice,
        NoteKind::Exported => Word::NoteExported,
        NoteKind::Doubtful => Word::NoteDoubtful,
    }
}
