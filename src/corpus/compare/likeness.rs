//! Two names → how much they are alike, in per cent: how many of their pairs of neighbouring characters they share. A name
//! that stands whole in the other is like it.

/// The pairs of neighbouring characters of a name, each as one number, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pairs(Vec<u64>);

/// Returns how much two names are alike, by their pairs.
pub(super) fn of(mut left: &[u64], mut right: &[u64]) -> u8 {
    let (all, shorter) = (left.len() + right.len(), left.len().min(right.len()));
    if shorter == 0 {
        return 0;
    }
    let mut shared = 0;
    // A name is likened to dozens of others, so no step asks which of the two is the lesser and branches.
    while let (Some(first), Some(second)) = (left.first(), right.first()) {
        let (forward, back) = (usize::from(first <= second), usize::from(second <= first));
        shared += forward & back;
        left = left.get(forward..).unwrap_or_default();
        right = right.get(back..).unwrap_or_default();
    }
    let inside = if shared == shorter { INSIDE } else { 0 };
    (shared * 200 / all).max(inside) as u8
}

/// How much a name is at least like another that it stands in.
const INSIDE: usize = 60;

/// Names that are longer are cut: no name of a budget line is.
const LONGEST: usize = 80;

impl Pairs {
    /// Returns the pairs of a name.
    pub(super) fn of(name: &str) -> Self {
        let letters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).take(LONGEST).collect();
        let pair = |one: char, other: char| u64::from(u32::from(one)) << 32 | u64::from(u32::from(other));
        let mut pairs: Vec<u64> = match letters.as_slice() {
            [only] => vec![pair(*only, *only)],
            letters => letters.windows(2).filter_map(|two| Some(pair(*two.first()?, *two.get(1)?))).collect(),
        };
        pairs.sort_unstable();
        Self(pairs)
    }

    /// Returns the pairs.
    pub(super) fn as_slice(&self) -> &[u64] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_share_most_of_their_words_are_alike() {
        for (left, right, expect) in [
            ("公务接待费", "公务接待费", 100),
            ("公务接待费", "公务接待支出", 66),
            ("更新应急保障用车", "购置应急保障用车", 71),
            ("办公费", "印刷费", 0),
            ("因公出国(境)费", "因公出国（境）费用", 90),
            ("", "费", 0),
            ("", "", 0),
            ("车", "车", 100),
            ("在职", "实有在职人员", 60),
            ("三公经费", "三公经费会议费培训费支出", 60),
        ] {
            let (one, other) = (Pairs::of(left), Pairs::of(right));
            assert_eq!(of(one.as_slice(), other.as_slice()), expect, "{left} {right}");
            assert_eq!(of(other.as_slice(), one.as_slice()), expect, "{right} {left}");
        }
    }
}
