//! Sizes → bars of half cells, without a float.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

/// Returns how many of `steps` a size takes where `largest` takes all: at least one, unless it is nothing.
pub fn length(size: Decimal, largest: Decimal, steps: usize) -> usize {
    let size = size.abs();
    if size.is_zero() || largest.is_zero() {
        return 0;
    }
    let share = size.checked_mul(Decimal::from(steps)).and_then(|size| size.checked_div(largest));
    let rounded = share.map(|share| share.round()).and_then(|share| share.to_usize());
    rounded.unwrap_or(steps).clamp(1, steps)
}

/// Returns the characters of a bar that grows from the middle of `cells` cells, to the left for what is negative.
pub fn signed(size: Decimal, largest: Decimal, cells: usize) -> Vec<char> {
    let half = cells / 2;
    let steps = length(size, largest, half * 2);
    let (whole, rest) = (steps / 2, steps % 2);
    let mut bar = vec![' '; half * 2 + 1];
    let negative = size.is_sign_negative();
    if let Some(axis) = bar.get_mut(half) {
        *axis = '│';
    }
    for step in 1..=whole + rest {
        let place = if negative { half.checked_sub(step) } else { Some(half + step) };
        let last_half = step > whole;
        let sign = match (last_half, negative) {
            (false, _) => '━',
            (true, true) => '╺',
            (true, false) => '╸',
        };
        if let Some(cell) = place.and_then(|place| bar.get_mut(place)) {
            *cell = sign;
        }
    }
    bar
}

/// Returns the cells of a bar from one value to another on a scale of `cells` cells: the first and how many.
pub fn stretch(from: Decimal, to: Decimal, (low, high): (Decimal, Decimal), cells: usize) -> (usize, usize) {
    let span = high.checked_sub(low).unwrap_or_default();
    let place = |value: Decimal| {
        let share = value.checked_sub(low).and_then(|above| above.checked_mul(Decimal::from(cells)));
        let share = share.and_then(|above| above.checked_div(span));
        share.and_then(|share| share.round().to_usize()).unwrap_or(0).min(cells)
    };
    let (start, end) = (place(from.min(to)), place(from.max(to)));
    let start = start.min(cells.saturating_sub(1));
    (start, end.saturating_sub(start).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_sizes_and_never_longer_than_there_is_room() {
        let shown = |size: i64, largest: i64| -> String {
            signed(Decimal::from(size), Decimal::from(largest), 9).into_iter().collect()
        };
        assert_eq!(shown(0, 10), "    │    ");
        assert_eq!(shown(10, 10), "    │━━━━");
        assert_eq!(shown(-10, 10), "━━━━│    ");
        assert_eq!(shown(5, 10), "    │━━  ");
        assert_eq!(shown(-6, 10), " ╺━━│    ");
        assert_eq!(shown(1, 1_000_000), "    │╸   ");
        assert_eq!(shown(-1, 1_000_000), "   ╺│    ");
        assert_eq!(shown(7, 0), "    │    ");
    }

    #[test]
    fn steps_of_a_waterfall_touch() {
        let at = |from: i64, to: i64| {
            stretch(Decimal::from(from), Decimal::from(to), (Decimal::from(-10), Decimal::from(10)), 20)
        };
        assert_eq!(at(0, 5), (10, 5));
        assert_eq!(at(5, -5), (5, 10));
        assert_eq!(at(10, 10), (19, 1));
        assert_eq!(stretch(Decimal::ONE, Decimal::ONE, (Decimal::ZERO, Decimal::ZERO), 20), (0, 1));
    }
}
