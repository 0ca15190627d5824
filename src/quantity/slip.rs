//! What a hasty hand makes of a number: two digits the other way round, one changed, left out or put in.

/// Returns whether two neighbouring digits of one number stand the other way round in the other.
pub fn is_swapped(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differ: Vec<usize> = (0..a.len()).filter(|at| a.get(*at) != b.get(*at)).take(3).collect();
    let [first, second] = differ.as_slice() else { return false };
    let apart = second - first == 1 || second - first == 2 && a.get(first + 1) == Some(&b'.');
    a.len() == b.len() && apart && a.get(*first) == b.get(*second) && a.get(*second) == b.get(*first)
}

/// Returns whether one digit of a number is another, too many or missing. Numbers of few digits are like many others, so
/// they are none.
pub fn is_mistyped(a: &str, b: &str) -> bool {
    /// With the point, of a number with the same digits but for one, and of one with a digit less.
    const SHORTEST: usize = 4;
    const SHORTEST_LESS: usize = 3;
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let digit = |bytes: &[u8]| bytes.get(same).is_some_and(u8::is_ascii_digit);
    let rest = long.get(same + 1..).unwrap_or_default();
    match long.len() - short.len() {
        0 => short.len() >= SHORTEST && digit(short) && digit(long) && short.get(same + 1..) == Some(rest),
        1 => short.len() >= SHORTEST_LESS && digit(long) && short.get(same..) == Some(rest),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_swapped_and_mistyped_digits() {
        assert!(is_swapped("169.52", "196.52") && is_swapped("33.81", "33.18"));
        assert!(!is_swapped("28.13", "38.12") && is_swapped("12.30", "13.20"));
        assert!(is_mistyped("58.02", "59.02") && !is_mistyped("5.12", "51.2"));
        assert!(!is_mistyped("123.4", "1234") && is_mistyped("10.02", "1.02") && is_mistyped("6.4", "6.94"));
        assert!(!is_mistyped("58.02", "58.02") && !is_mistyped("2", "5"));
    }
}
