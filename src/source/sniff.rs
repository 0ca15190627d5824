//! The first bytes of a file → what it is. The name has the last word only where the bytes leave it open: sites publish
//! pages as .doc and .xls, and rename .docx to .doc.

use std::path::Path;

use super::html;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, marked up or not.
    Text,
    /// A page.
    Html,
    /// A page in the form of a message with its pictures, as Word and Excel save it.
    Message,
    /// Rich text.
    Rtf,
    /// Portable pages.
    Pdf,
    /// Parts in a zip: Word and Excel since 2007, OpenDocument.
    Package,
    /// Streams in one file: Word and Excel before 2007, and everything that is locked with a password.
    Compound,
    /// Nothing that its name says, and no text either.
    Foreign,
}

/// The extensions of documents.
const DOCUMENTS: &[&str] = &[
    "txt", "md", "markdown", "html", "htm", "shtml", "mht", "mhtml", "rtf", "pdf", "docx", "docm", "doc",
    "wps", "xlsx", "xlsm", "xls", "et", "ods", "ofd",
];
/// Those of them that are no text, whatever stands in them.
const BINARY: &[&str] = &["pdf", "docx", "docm", "xlsx", "xlsm", "ods", "ofd"];

/// Returns what a file is.
pub(super) fn kind(path: &Path, bytes: &[u8]) -> Kind {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let has = |word: &[u8]| head.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word));
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Kind::Package
    } else if head.starts_with(b"\xD0\xCF\x11\xE0") {
        Kind::Compound
    } else if text.starts_with(b"{\\rtf") {
        Kind::Rtf
    } else if text.starts_with(b"%PDF-") {
        Kind::Pdf
    } else if html::is_html(head) {
        Kind::Html
    } else if has(b"MIME-Version:") && has(b"multipart/") {
        Kind::Message
    } else if has_extension(path, &["html", "htm", "shtml"]) {
        Kind::Html
    } else if has_extension(path, &["pdf"]) && has(b"%PDF-") {
        Kind::Pdf
    } else if has_extension(path, BINARY) && !bytes.iter().all(u8::is_ascii_whitespace) {
        Kind::Foreign
    } else {
        Kind::Text
    }
}

/// Returns whether a file of this name is a document that belongs in the list: read, or reported as unreadable.
///
/// A file of this program's own export is one where it is named, and not where it lies in a folder: most files of JSON
/// are something else.
pub fn is_document(path: &Path) -> bool {
    has_extension(path, DOCUMENTS)
}

/// Returns whether a file's name ends with one of these extensions, in letters of any case.
pub(super) fn has_extension(path: &Path, names: &[&str]) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| names.iter().any(|name| e.eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expect: Kind) {
        assert_eq!(kind(Path::new(name), bytes), expect, "{name}");
    }

    #[test]
    fn the_bytes_are_believed_before_the_name() {
        check("a.doc", b"<html><body>", Kind::Html);
        check("a.xls", b"\xEF\xBB\xBF <!DOCTYPE html>", Kind::Html);
        check("a.doc", b"{\\rtf1\\ansi", Kind::Rtf);
        check("a.doc", b"PK\x03\x04..", Kind::Package);
        check("a.docx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Compound);
        check("a.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", Kind::Message);
        check("a.txt", b"%PDF-1.7", Kind::Pdf);
        check("a.doc", "一、收入".as_bytes(), Kind::Text);
        check("a.pdf", b"junk %PDF-1.4", Kind::Pdf);
    }

    #[test]
    fn the_name_decides_what_the_bytes_leave_open() {
        check("a.html", "一、收入".as_bytes(), Kind::Html);
        check("a.docx", "一、收入".as_bytes(), Kind::Foreign);
        check("a.docx", b"", Kind::Text);
        check("a.txt", b"", Kind::Text);
    }

    #[test]
    fn knows_documents_by_name() {
        assert!(is_document(Path::new("x/预算.TXT")) && is_document(Path::new("b.Pdf")));
        assert!(!is_document(Path::new("logo.png")) && !is_document(Path::new("txt")));
        assert!(!is_document(Path::new("a.json")));
    }
}
