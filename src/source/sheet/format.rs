//! A stored number and the format of its cell → what the sheet prints (ECMA-376 18.8.30, 18.8.31).
//!
//! Numbers are decimal digits throughout: a sheet stores 3.0300000000000002 and means 3.03, for it counts 15 digits.

use super::super::span::slice;

/// How many digits of a number a sheet keeps.
const DIGITS: i32 = 15;
/// The longest number that is one, in digits: no float has more.
const LONGEST: usize = 400;
const LIMIT: i32 = 400;
/// How many characters a number without a format takes at most.
const WIDTH: usize = 11;

/// A decimal number: its digits without zeros at either side, and where the point stands among them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Number {
    negative: bool,
    digits: Vec<u8>,
    /// How many of the digits stand before the point; less than 0 where zeros stand between.
    point: i32,
}

impl Number {
    /// Returns a number as XML and programs write it: 3.0300000000000002, -1.5E-3.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (text, exponent) = match text.split_once(['e', 'E']) {
            Some((text, exponent)) => (text, exponent.trim_start_matches('+').parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = || whole.bytes().chain(fraction.bytes());
        let count = whole.len() + fraction.len();
        let fits = (1..=LONGEST).contains(&count) && (-LIMIT..=LIMIT).contains(&exponent);
        if !fits || !digits().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let digits: Vec<u8> = digits().map(|digit| digit - b'0').collect();
        let mut number = Self { negative, digits, point: small(whole.len()) + exponent };
        let zeros = number.digits.iter().take_while(|digit| **digit == 0).count();
        number.digits.drain(..zeros);
        number.point -= small(zeros);
        number.keep(DIGITS);
        Some(number)
    }

    /// Returns a number as a processor keeps it.
    pub(super) fn of(value: f64) -> Option<Self> {
        if value.is_finite() { Self::parse(&format!("{value:e}")) } else { None }
    }

    /// Returns the number with its point moved to the right.
    pub(super) fn times_ten_to(mut self, places: i32) -> Self {
        if !self.is_zero() {
            self.point = self.point.saturating_add(places);
        }
        self
    }

    /// Returns whether nothing is left of it.
    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Keeps this many digits, half of the last one rounded up.
    fn keep(&mut self, digits: i32) {
        let keep = usize::try_from(digits).unwrap_or(0);
        let up = digits >= 0 && self.digits.get(keep).is_some_and(|digit| *digit >= 5);
        self.digits.truncate(keep);
        if up {
            let nines = self.digits.iter().rev().take_while(|digit| **digit == 9).count();
            self.digits.truncate(self.digits.len() - nines);
            if let Some(last) = self.digits.last_mut() {
                *last += 1;
            } else {
                self.digits.push(1);
                self.point += 1;
            }
        }
        let zeros = self.digits.iter().rev().take_while(|digit| **digit == 0).count();
        self.digits.truncate(self.digits.len() - zeros);
        if self.digits.is_empty() {
            (self.point, self.negative) = (0, false);
        }
    }

    /// Keeps this many places after the point.
    fn round(&mut self, places: usize) {
        self.keep(self.point.saturating_add(small(places)));
    }

    /// Returns the digits before the point, at least one, and those after it.
    fn parts(&self) -> (String, String) {
        let digit = |at: i32| {
            let digit = usize::try_from(at).ok().and_then(|at| self.digits.get(at)).copied().unwrap_or(0);
            char::from(b'0' + digit)
        };
        let whole: String = (0..self.point).map(digit).collect();
        let fraction = (self.point..small(self.digits.len())).map(digit).collect();
        (if whole.is_empty() { "0".to_owned() } else { whole }, fraction)
    }

    /// Returns the number as a cell without a format shows it: as many places as have room.
    pub(super) fn general(mut self) -> String {
        let whole = self.parts().0.len();
        self.round(WIDTH.saturating_sub(whole + 1));
        let (whole, fraction) = self.parts();
        let sign = if self.negative { "-" } else { "" };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }

    /// Returns the whole part as a number, where it is small enough for a date.
    fn days(&self) -> Option<i64> {
        if self.negative || self.point > 7 { None } else { self.parts().0.parse().ok() }
    }

    /// Returns the part of a day after the point, in seconds.
    fn seconds(&self) -> u64 {
        let fraction: String = self.parts().1.chars().chain("0000000000".chars()).take(10).collect();
        (fraction.parse::<u64>().unwrap_or(0) * 86_400 + 5_000_000_000) / 10_000_000_000
    }
}

/// A count of digits as a distance between them, no longer than any number.
fn small(count: usize) -> i32 {
    i32::try_from(count).map_or(LIMIT, |count| count.min(LIMIT))
}

/// Returns the format that a number in the styles stands for where the file does not say.
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 | 41 | 42 => "#,##0",
        4 | 39 | 40 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 => "yyyy/m/d",
        27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
        28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        15..=17 | 30 => "yyyy-m-d",
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        _ => "General",
    }
}

/// Returns what a cell with this format prints; `late` is for workbooks that count days from 1904.
pub(super) fn print(number: &Number, format: &str, late: bool) -> String {
    let sections = sections(format);
    let (section, conditional) = choose(number, &sections);
    let tokens = tokens(section);
    if tokens.contains(&Token::General)
        || tokens.contains(&Token::Text)
        || tokens.is_empty() && sections.len() < 2
    {
        return number.clone().general();
    }
    if tokens.iter().any(|token| matches!(token, Token::Date(..))) {
        return date(number, &tokens, late).unwrap_or_else(|| number.clone().general());
    }
    if tokens.contains(&Token::Other) {
        return number.clone().general();
    }
    // A section of its own for negative numbers says how the sign looks.
    let signed = sections.len() < 2 || conditional;
    plain(number, &tokens, signed)
}

/// A part of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A place for a digit, and whether a zero is written there.
    Digit(bool),
    Point,
    Comma,
    Percent,
    Literal(char),
    Text,
    General,
    /// A letter of a date or a time and how often it stands there.
    Date(char, usize),
    /// Exponents and fractions, which no money is written in.
    Other,
}

/// Cuts a format at its semicolons.
fn sections(format: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut start, mut quoted, mut escaped, mut bracket) = (0, false, false, false);
    for (at, c) in format.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            ';' if !quoted && !bracket => {
                sections.push(slice(format, start, at));
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(slice(format, start, format.len()));
    sections
}

/// Returns the section for a number, and whether a condition of the format's own chose it.
fn choose<'a>(number: &Number, sections: &[&'a str]) -> (&'a str, bool) {
    let at = |index: usize| sections.get(index).copied();
    let first = at(0).unwrap_or_default();
    let conditions = sections.iter().map(|section| condition(section)).collect::<Vec<_>>();
    if conditions.iter().any(Option::is_some) {
        let holds = |(sign, limit): &(String, Number)| {
            let order = compare(number, limit);
            match sign.as_str() {
                "<" => order.is_lt(),
                "<=" => order.is_le(),
                ">" => order.is_gt(),
                ">=" => order.is_ge(),
                "<>" => order.is_ne(),
                _ => order.is_eq(),
            }
        };
        let chosen = conditions.iter().position(|condition| condition.as_ref().is_none_or(holds));
        return (chosen.and_then(at).unwrap_or(first), true);
    }
    // What rounds to nothing is still of its own sign.
    let section = match sections.len() {
        0 | 1 => first,
        2 => {
            if number.negative {
                at(1).unwrap_or(first)
            } else {
                first
            }
        }
        _ if number.is_zero() => at(2).unwrap_or(first),
        _ => {
            if number.negative {
                at(1).unwrap_or(first)
            } else {
                first
            }
        }
    };
    (section, false)
}

/// Returns the condition of a section: [>=100].
fn condition(section: &str) -> Option<(String, Number)> {
    section.split('[').skip(1).find_map(|part| {
        let (inside, _) = part.split_once(']')?;
        let limit = inside.trim_start_matches(['<', '>', '=']);
        let sign = slice(inside, 0, inside.len() - limit.len());
        (!sign.is_empty()).then_some(())?;
        Some((sign.to_owned(), Number::parse(limit)?))
    })
}

fn compare(one: &Number, other: &Number) -> std::cmp::Ordering {
    let size = |number: &Number| (!number.is_zero(), number.point, number.digits.clone());
    match (one.negative, other.negative) {
        (false, true) => std::cmp::Ordering::Greater,
        (true, false) => std::cmp::Ordering::Less,
        (false, false) => size(one).cmp(&size(other)),
        (true, true) => size(other).cmp(&size(one)),
    }
}

fn tokens(section: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = section.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => tokens.extend(rest.by_ref().take_while(|c| *c != '"').map(Token::Literal)),
            '\\' | '!' => tokens.extend(rest.next().map(Token::Literal)),
            // The room of a character, and a character that fills the room there is.
            '_' | '*' => drop(rest.next()),
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                if let Some(sign) = inside.strip_prefix('$') {
                    tokens.extend(sign.chars().take_while(|c| *c != '-').map(Token::Literal));
                } else if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss")
                {
                    tokens.push(Token::Other);
                }
            }
            '0' => tokens.push(Token::Digit(true)),
            '#' | '?' => tokens.push(Token::Digit(false)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Comma),
            '%' => tokens.push(Token::Percent),
            '@' => tokens.push(Token::Text),
            'E' if rest.peek().is_some_and(|next| matches!(next, '+' | '-')) => tokens.push(Token::Other),
            '/' if tokens.iter().any(|token| matches!(token, Token::Digit(_))) => tokens.push(Token::Other),
            'G' | 'g' => {
                let word: String = std::iter::once(c).chain(rest.clone().take(6)).collect();
                if word.eq_ignore_ascii_case("general") {
                    tokens.push(Token::General);
                    let _ = rest.by_ref().nth(5);
                } else {
                    tokens.push(Token::Literal(c));
                }
            }
            'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'Y' | 'M' | 'D' | 'H' | 'S' => {
                let letter = c.to_ascii_lowercase();
                let mut count = 1;
                while rest.next_if(|next| next.to_ascii_lowercase() == letter).is_some() {
                    count += 1;
                }
                tokens.push(Token::Date(letter, count));
            }
            'A' | 'a' if rest.clone().take(4).collect::<String>().eq_ignore_ascii_case("m/pm") => {
                let _ = rest.by_ref().nth(3);
            }
            c => tokens.push(Token::Literal(c)),
        }
    }
    tokens
}

/// Prints a number by the places of its format.
fn plain(number: &Number, tokens: &[Token], signed: bool) -> String {
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    let point = tokens.iter().position(|token| *token == Token::Point).unwrap_or(tokens.len());
    let before = tokens.get(..point).unwrap_or_default();
    let after = tokens.get(point..).unwrap_or_default();
    let first = tokens.iter().position(is_digit);
    let last = tokens.iter().rposition(|token| is_digit(token) || *token == Token::Point).unwrap_or(0);
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();
    // Commas behind the last place divide by a thousand each; one between places groups them.
    let behind = tokens.get(last + 1..).unwrap_or_default();
    let thousands = behind.iter().take_while(|token| **token == Token::Comma).count();
    let last_whole = before.iter().rposition(is_digit);
    let grouped = first.zip(last_whole).is_some_and(|(first, last)| {
        before.get(first..last).is_some_and(|between| between.contains(&Token::Comma))
    });
    let mut shown = number.clone().times_ten_to(2 * small(percents) - 3 * small(thousands));
    let places = after.iter().filter(|token| is_digit(token)).count();
    shown.round(places);
    let (mut whole, mut fraction) = shown.parts();
    let needed = before.iter().filter(|token| **token == Token::Digit(true)).count();
    if whole == "0" && needed == 0 {
        whole.clear();
    }
    while whole.len() < needed {
        whole.insert(0, '0');
    }
    if grouped {
        let group = |(at, c): (usize, char)| {
            let comma = at > 0 && (whole.len() - at).is_multiple_of(3);
            comma.then_some(',').into_iter().chain(std::iter::once(c))
        };
        whole = whole.chars().enumerate().flat_map(group).collect();
    }
    let needed = after.iter().rposition(|token| *token == Token::Digit(true)).map_or(0, |at| at + 1);
    let needed = after.iter().take(needed).filter(|token| is_digit(token)).count();
    while fraction.len() < needed {
        fraction.push('0');
    }
    let mut text = String::new();
    let mut written = false;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Digit(_) | Token::Point if !written => {
                written = true;
                text.push_str(&whole);
                if point < tokens.len() && (!fraction.is_empty() || places == 0) {
                    text.push('.');
                    text.push_str(&fraction);
                }
            }
            Token::Percent => text.push('%'),
            Token::Literal(c) if !written || at > last || first.is_none() => text.push(*c),
            _ => {}
        }
    }
    let text = text.trim().to_owned();
    if signed && shown.negative { format!("-{text}") } else { text }
}

/// Prints a number of days as a date and a time.
fn date(number: &Number, tokens: &[Token], late: bool) -> Option<String> {
    let (year, month, day) = civil(number.days()? + if late { 1462 } else { 0 })?;
    let seconds = number.seconds();
    let (hours, minutes) = (seconds / 3600 % 24, seconds / 60 % 60);
    let mut text = String::new();
    let mut after_hours = false;
    for (at, token) in tokens.iter().enumerate() {
        let next =
            tokens.get(at + 1..).unwrap_or_default().iter().find(|token| matches!(token, Token::Date(..)));
        match token {
            Token::Date('y' | 'e', 2) => text.push_str(&padded(year % 100, 2)),
            Token::Date('y' | 'e', _) => text.push_str(&year.to_string()),
            Token::Date('m', count) if after_hours || matches!(next, Some(Token::Date('s', _))) => {
                text.push_str(&padded(minutes, *count));
            }
            Token::Date('m', count) => text.push_str(&padded(month, *count)),
            Token::Date('d', count) if *count <= 2 => text.push_str(&padded(day, *count)),
            Token::Date('h', count) => text.push_str(&padded(hours, *count)),
            Token::Date('s', count) => text.push_str(&padded(seconds % 60, *count)),
            Token::Literal(c) => text.push(*c),
            Token::Point => text.push('.'),
            Token::Comma => text.push(','),
            _ => {}
        }
        if let Token::Date(letter, _) = token {
            after_hours = *letter == 'h';
        }
    }
    Some(text.trim().to_owned())
}

fn padded(number: u64, digits: usize) -> String {
    if digits >= 2 { format!("{number:02}") } else { number.to_string() }
}

/// Returns the year, month and day that a number of days after the end of 1899 is. Day 60 is a 29 February 1900 that
/// never was.
fn civil(days: i64) -> Option<(u64, u64, u64)> {
    // Days since 1 March of the year 0, in cycles of 400 years (Howard Hinnant, "chrono-compatible low-level date
    // algorithms").
    let days = days + i64::from(days < 60) + 693_899;
    let days = u64::try_from(days).ok()?;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    Some((year_of_era + era * 400 + u64::from(month <= 2), month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(number: &str, format: &str, expect: &str) {
        let number = Number::parse(number).expect("a number");
        assert_eq!(print(&number, format, false), expect, "{format}");
    }

    #[test]
    fn numbers_have_fifteen_digits() {
        check("3.0300000000000002", "General", "3.03");
        check("0.1", "General", "0.1");
        check("1202.9499999999998", "General", "1202.95");
        check("-1.5E-3", "General", "-0.0015");
        check("0.333333333333333", "General", "0.333333333");
        check("99999999999.999", "General", "100000000000");
        check("2080505", "General", "2080505");
        check("1E15", "General", "1000000000000000");
        check("0", "General", "0");
        check("-0", "General", "0");
        assert_eq!(Number::of(3.030_000_000_000_000_2).map(Number::general).as_deref(), Some("3.03"));
        assert_eq!((Number::of(f64::NAN), Number::parse("1.2.3"), Number::parse("")), (None, None, None));
    }

    #[test]
    fn places_groups_and_signs_are_those_of_the_format() {
        check("1234.5", "#,##0.00", "1,234.50");
        check("1234567.895", "#,##0.00_ ", "1,234,567.90");
        check("0.005", "0.00", "0.01");
        check("-0.001", "0.00", "0.00");
        check("-3.43", "0.00_);[Red]\\(0.00\\)", "(3.43)");
        check("-3.43", "0.00;[Red]-0.00", "-3.43");
        check("0.5418", "0.00%", "54.18%");
        check("0.5", "#.##", ".5");
        check("12", "#.##", "12");
        check("5", "0000", "0005");
        check("12345678", "#,##0,", "12,346");
        check("12345678", "0.00,,\"百万\"", "12.35百万");
        check("0", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "-");
        check("3.4", "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "3.40");
        check("0", "#,##0.00;-#,##0.00;", "");
        check("3.43", "¥#,##0.00\"元\"", "¥3.43元");
        check("150", "[>=100]0\"高\";0\"低\"", "150高");
        check("3", "[>=100]0\"高\";0\"低\"", "3低");
        check("3.43", "@", "3.43");
        check("3", "0\"；\"", "3；");
        check("1200", "0.0E+00", "1200");
    }

    #[test]
    fn days_are_dates() {
        check("45327", "yyyy\"年\"m\"月\"d\"日\"", "2024年2月5日");
        check("45327.5", "yyyy-mm-dd h:mm:ss", "2024-02-05 12:00:00");
        check("1", "yyyy/m/d", "1900/1/1");
        check("61", "yyyy/m/d", "1900/3/1");
        check("45351", "[$-804]yyyy.mm.dd", "2024.02.29");
        check("-5", "yyyy/m/d", "-5");
    }
}
