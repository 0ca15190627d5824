//! What a hasty hand makes of a number: two digits the other way round, one changed, left out or put in.

/// How many characters it takes: numbers of few digits are a slip away from many others.
const SHORTEST: usize = 4;

/// Returns whether two neighbouring digits of one number stand the other way round in the other.
pub fn is_swapped(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let differ: Vec<usize> = (0..a.len()).filter(|at| a.get(*at) != b.get(*at)).take(3).collect();
    let [first, second] = differ.as_slice() else { return false };
    let apart = second - first == 1 || second - first == 2 && a.get(first + 1) == Some(&b'.');
    let swapped = a.get(*first) == b.get(*second) && a.get(*second) == b.get(*first);
    a.len() >= SHORTEST && a.len() == b.len() && apart && swapped
}

/// Returns whether one digit of a number is another, too many or missing.
pub fn is_mistyped(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let digit = |bytes: &[u8]| bytes.get(same).is_some_and(u8::is_ascii_digit);
    let rest = long.get(same + 1..).unwrap_or_default();
    let one = match long.len() - short.len() {
        0 => digit(short) && digit(long) && short.get(same + 1..) == Some(rest),
        1 => digit(long) && short.get(same..) == Some(rest),
        _ => false,
    };
    one && long.len() >= SHORTEST
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
        assert!(!is_mistyped("58.02", "58.02") && !is_mistyped("2", "5") && !is_swapped("73", "37"));
        assert!(is_mistyped("450", "4500") && !is_mistyped("8", "80"));
    }
}
