//! A message of several parts → the page that is one of them.

use memchr::memmem;

/// Returns the first page of a message, its bytes as they were before they were written for mail.
pub(super) fn page(message: &[u8]) -> Option<Vec<u8>> {
    let mut rest = message;
    while let Some(at) = find(rest, b"content-type: text/html") {
        // The head of a part ends with an empty line; what says how it is written stands before that.
        let start = memmem::rfind(rest.get(..at)?, b"\n--").unwrap_or(0);
        let part = rest.get(start..)?;
        let from = at - start;
        let head_end = [&b"\r\n\r\n"[..], b"\n\n"]
            .iter()
            .filter_map(|end| memmem::find(part.get(from..)?, end).map(|found| from + found + end.len()))
            .min()?;
        let head = part.get(..head_end)?;
        let body = part.get(head_end..)?;
        let end = memmem::find(body, b"\n--").unwrap_or(body.len());
        let body = body.get(..end)?;
        let page = if find(head, b"quoted-printable").is_some() {
            quoted_printable(body)
        } else if find(head, b"base64").is_some() {
            base64(body)
        } else {
            body.to_vec()
        };
        if !page.is_empty() {
            return Some(page);
        }
        rest = rest.get(at + 1..)?;
    }
    None
}

/// Finds a word in lower case, in letters of any case, in what can be a head.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word))
}

fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let hex = |at: usize| text.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, hex(at + 1), hex(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
            }
            (b'=', ..) => {
                at = memchr::memchr(b'\n', text.get(at..).unwrap_or_default())
                    .map_or(text.len(), |end| at + end + 1);
            }
            _ => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    bytes
}

fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_page_among_the_parts() {
        let message = |encoding: &str, body: &str| {
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Location: a\r\n\
                 Content-Transfer-Encoding: {encoding}\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n{body}\r\n--x\r\n\
                 Content-Type: image/png\r\n\r\nAAAA\r\n--x--"
            )
        };
        let read = |encoding, body| {
            page(message(encoding, body).as_bytes()).map(|page| String::from_utf8_lossy(&page).into_owned())
        };
        assert_eq!(
            read("quoted-printable", "<p>=E6=94=B6=\r\n=E5=85=A5").as_deref().map(str::trim_end),
            Some("<p>收入")
        );
        assert_eq!(read("base64", "PHA+5pS2\r\n5YWl").as_deref(), Some("<p>收入"));
        assert_eq!(read("8bit", "<p>收入").as_deref().map(str::trim_end), Some("<p>收入"));
        assert_eq!(page(b"MIME-Version: 1.0\r\n\r\n"), None);
    }
}
