//! Numbers in bytes, least byte first; what lies beyond the end is not there.

/// Returns two bytes as a number.
pub(in crate::source) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(bytes.try_into().ok()?))
}

/// Returns four bytes as a number.
pub(in crate::source) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Returns two bytes as a number with a sign.
pub(in crate::source) fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    u16_at(bytes, at).map(u16::cast_signed)
}

/// Returns UTF-16 text of a number of characters.
pub(in crate::source) fn utf16(bytes: &[u8], at: usize, characters: usize) -> Option<String> {
    let bytes = bytes.get(at..at.checked_add(characters.checked_mul(2)?)?)?;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units))
}
