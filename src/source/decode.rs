//! Bytes → text: byte-order mark first, then valid UTF-8, then GB18030, the encoding of older county sites.

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Encoding, Unreadable};

/// How many characters of a thousand may be undecodable before a file is taken for something other than text.
const UNDECODABLE_PER_MILLE: usize = 20;

/// Returns the bytes as text and the encoding they were in, or why they are no text.
///
/// Line ends, NBSP and full-width characters are kept as they are; only the byte-order mark is dropped. A byte that has
/// no meaning in the encoding becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Encoding), Unreadable> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok((lossy_utf8(rest)?, Encoding::Utf8));
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return Ok((UTF_16LE.decode_with_bom_removal(bytes).0.into_owned(), Encoding::Utf16));
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Ok((UTF_16BE.decode_with_bom_removal(bytes).0.into_owned(), Encoding::Utf16));
    }
    if bytes.contains(&0) {
        return Err(Unreadable::NotText);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8)),
        Err(_) => gb18030_or_damaged(bytes),
    }
}

/// Chooses between GB18030 and UTF-8 with damage by which of them leaves fewer undecodable places.
fn gb18030_or_damaged(bytes: &[u8]) -> Result<(String, Encoding), Unreadable> {
    let gb = GB18030.decode_without_bom_handling(bytes).0.into_owned();
    let utf8 = String::from_utf8_lossy(bytes).into_owned();
    let (text, encoding) =
        if undecodable(&utf8) < undecodable(&gb) { (utf8, Encoding::Utf8) } else { (gb, Encoding::Gb18030) };
    refuse_garbage(text).map(|text| (text, encoding))
}

fn lossy_utf8(bytes: &[u8]) -> Result<String, Unreadable> {
    refuse_garbage(String::from_utf8_lossy(bytes).into_owned())
}

fn refuse_garbage(text: String) -> Result<String, Unreadable> {
    let characters = text.chars().count();
    if undecodable(&text) * 1000 > characters * UNDECODABLE_PER_MILLE {
        return Err(Unreadable::NotText);
    }
    Ok(text)
}

/// Counts what no text holds: replacement characters, and the private characters that GB18030 makes of noise.
fn undecodable(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "２０２２年收入预算\u{a0}1,679.88 万元。\r\n";

    #[test]
    fn reads_the_encodings_of_real_files() {
        let gb = GB18030.encode(TEXT).0.into_owned();
        let mut bom = b"\xEF\xBB\xBF".to_vec();
        bom.extend_from_slice(TEXT.as_bytes());
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(TEXT.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(TEXT.as_bytes()), Ok((TEXT.to_owned(), Encoding::Utf8)));
        assert_eq!(decode(&gb), Ok((TEXT.to_owned(), Encoding::Gb18030)));
        assert_eq!(decode(&bom), Ok((TEXT.to_owned(), Encoding::Utf8)));
        assert_eq!(decode(&utf16), Ok((TEXT.to_owned(), Encoding::Utf16)));
    }

    #[test]
    fn keeps_utf8_with_one_damaged_byte() {
        let mut bytes = TEXT.repeat(20).into_bytes();
        bytes[4] = 0xFF;
        let (text, encoding) = decode(&bytes).expect("one damaged byte is not garbage");
        assert_eq!(encoding, Encoding::Utf8);
        assert!(text.contains("收入预算") && text.contains('\u{FFFD}'));
    }

    #[test]
    fn refuses_what_is_not_text() {
        assert_eq!(decode(b"PK\x03\x04\x00\x00"), Err(Unreadable::NotText));
        let noise: Vec<u8> =
            (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80).collect();
        assert_eq!(decode(&noise), Err(Unreadable::NotText));
    }
}
