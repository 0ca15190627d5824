//! A zip of XML parts → one part after the other as a stream of tags and texts, within limits of size and depth.

use std::borrow::Cow;
use std::io::{self, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::Unreadable;

/// The most that all parts together may unpack to, in bytes.
pub const LARGEST_UNPACKED: u64 = 512 << 20;
/// The most that one part may unpack to, in bytes. The longest that a department has published has 40 MiB.
const LARGEST_PART: u64 = 128 << 20;
/// The deepest that the tags of a part may stand in each other.
const DEEPEST: usize = 2000;

/// A file of parts.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens a zip, without unpacking anything.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
        // What a zip says of its size may be left out, or a lie: each part has a limit too.
        let too_much = archive.decompressed_size().is_some_and(|size| size > u128::from(LARGEST_UNPACKED));
        if too_much { Err(Unreadable::Unpacks) } else { Ok(Self { archive }) }
    }

    /// Returns whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Returns the name of the first part whose name begins and ends so.
    pub(super) fn named(&self, start: &str, end: &str) -> Option<String> {
        let fits = |name: &&[u8]| name.starts_with(start.as_bytes()) && name.ends_with(end.as_bytes());
        self.archive.file_names_raw().find(fits).map(|name| String::from_utf8_lossy(name).into_owned())
    }

    /// Returns a part to be read from its beginning, where there is one.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Xml<Part<'_, 'a>>>, Unreadable> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword => {
                Unreadable::Encrypted
            }
            _ => Unreadable::Damaged,
        })?;
        Ok(Some(Xml::new(Part { file, left: LARGEST_PART })))
    }

    /// Returns the beginning of a part as text.
    pub(super) fn head(&mut self, name: &str) -> String {
        let mut head = Vec::new();
        if let Some(index) = self.archive.index_for_name(name)
            && let Ok(file) = self.archive.by_index(index)
        {
            // What cannot be unpacked is told when the part is read.
            let _ = file.take(1024).read_to_end(&mut head);
        }
        String::from_utf8_lossy(&head).into_owned()
    }
}

/// A part that is unpacked as it is read, up to its limit.
pub(super) struct Part<'p, 'a> {
    file: ZipFile<'p, Cursor<&'a [u8]>>,
    left: u64,
}

impl Read for Part<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.left = self.left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(read)
    }
}

/// XML as tags and texts.
pub(super) struct Xml<R> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// A tag, named without its prefix, or a text.
#[derive(Clone, Copy)]
pub(super) enum Token<'a> {
    /// A tag begins; one that is empty ends right after.
    Start(&'a Tag<'a>),
    /// A tag of this name ends.
    End(&'a str),
    /// A text, as it is meant.
    Text(&'a str),
}

/// A tag that begins.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Returns its name without the prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Returns the value of an attribute, named without its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|known| known.key.local_name().into_inner() == name)?;
        let value = found.normalized_value(quick_xml::XmlVersion::Implicit1_0);
        Some(value.map_or_else(|_| found.value.to_string(), Cow::into_owned))
    }

    /// Returns the value of an attribute as a number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Returns the value of an attribute as a count, at least 1.
    pub(super) fn count(&self, name: &str) -> u32 {
        self.number(name).map_or(1, |number| u32::try_from(number).unwrap_or(1).max(1))
    }

    /// Returns whether a switch such as `<w:vanish/>` is on: it is but for a value that says no.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

impl<R: Read> Xml<R> {
    /// Returns what a reader yields as XML.
    pub(super) fn new(read: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, read));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        config.allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), depth: 0 }
    }

    /// Hands over one tag and text after the other. Entities other than XML's own stand for nothing, so that none can
    /// grow.
    pub(super) fn each(
        mut self,
        mut take: impl FnMut(Token<'_>) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        loop {
            self.buffer.clear();
            match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(tag)) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Unreadable::TooDeep);
                    }
                    take(Token::Start(&Tag(tag)))?;
                }
                Ok(Event::End(tag)) => {
                    self.depth = self.depth.saturating_sub(1);
                    take(Token::End(tag.local_name().into_inner()))?;
                }
                Ok(Event::Text(text)) => take(Token::Text(&text.xml10_content()))?,
                Ok(Event::CData(text)) => take(Token::Text(&text.xml10_content()))?,
                Ok(Event::GeneralRef(reference)) => {
                    if let Ok(Some(c)) = reference.resolve_char_ref() {
                        take(Token::Text(c.encode_utf8(&mut [0; 4])))?;
                    } else if let Some(text) = resolve_xml_entity(&reference.into_inner()) {
                        take(Token::Text(text))?;
                    }
                }
                Ok(
                    Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_),
                ) => {}
                Ok(Event::Eof) => return Ok(()),
                Err(quick_xml::Error::Io(error)) if error.kind() == io::ErrorKind::FileTooLarge => {
                    return Err(Unreadable::Unpacks);
                }
                Err(_) => return Err(Unreadable::Damaged),
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// Returns a zip of these parts.
    pub(in super::super) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
            zip.write_all(content).expect("memory takes it");
        }
        zip.finish().expect("memory takes it").into_inner()
    }

    fn texts(package: &mut Package, part: &str) -> Result<Vec<String>, Unreadable> {
        let mut texts = Vec::new();
        package.part(part)?.ok_or(Unreadable::Damaged)?.each(|token| {
            match token {
                Token::Start(tag) => texts.push(format!("<{} {:?}>", tag.name(), tag.attribute("val"))),
                Token::End(name) => texts.push(format!("</{name}>")),
                Token::Text(text) => texts.push(text.to_owned()),
            }
            Ok(())
        })?;
        Ok(texts)
    }

    #[test]
    fn xml_is_tags_and_texts() {
        let zip = zipped(&[(
            "a.xml",
            b"<?xml version='1.0'?><w:a w:val='&lt;1'><b/>x&amp;&#65;&no;<![CDATA[<]]></w:a>",
        )]);
        let mut package = Package::open(&zip).expect("a zip");
        let tokens = texts(&mut package, "a.xml").map(|texts| texts.join(" "));
        assert_eq!(tokens.as_deref(), Ok("<a Some(\"<1\")> <b None> </b> x & A < </a>"));
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_early() {
        let spaces = vec![b' '; 8 << 20];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["a", "b"] {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            for _ in 0..if name == "a" { 50 } else { 20 } {
                zip.write_all(&spaces).expect("memory takes it");
            }
        }
        let zip = zip.finish().expect("memory takes it").into_inner();
        assert!(zip.len() < 1 << 20);
        assert_eq!(Package::open(&zip).err(), Some(Unreadable::Unpacks));
        // The same with less in it, so that only the part itself is too large.
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a", SimpleFileOptions::default()).expect("a part");
        for _ in 0..20 {
            zip.write_all(&spaces).expect("memory takes it");
        }
        let zip = zip.finish().expect("memory takes it").into_inner();
        assert_eq!(texts(&mut Package::open(&zip).expect("a zip"), "a"), Err(Unreadable::Unpacks));
    }
}
