//! Brackets of a folded text → where each is closed, and whether a figure stands in it.

/// The brackets inside the one that was looked at last, so that none of them is looked through again.
#[derive(Debug, Default)]
pub(super) struct Brackets {
    /// In the order in which they open.
    pairs: Vec<Pair>,
    /// How many of them were asked for.
    asked: usize,
    /// Those that are open while a text is looked through.
    open: Vec<usize>,
}

/// One bracket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Where it opens.
    at: usize,
    /// How many bytes it takes with both sides; nothing where it is not closed.
    pub(super) length: Option<usize>,
    /// Whether a figure stands in it.
    pub(super) figure: bool,
}

impl Brackets {
    /// Begins with another text.
    pub(super) fn clear(&mut self) {
        self.pairs.clear();
    }

    /// Returns the bracket that opens at a byte of a text, with which `rest` begins. The brackets of a text are asked for
    /// in their order.
    pub(super) fn of(&mut self, at: usize, rest: &str) -> Pair {
        self.asked += self.pairs.iter().skip(self.asked).take_while(|pair| pair.at < at).count();
        if let Some(pair) = self.pairs.get(self.asked).filter(|pair| pair.at == at) {
            return *pair;
        }
        self.look_through(at, rest);
        self.pairs.first().copied().unwrap_or(Pair { at, length: None, figure: false })
    }

    fn look_through(&mut self, start: usize, rest: &str) {
        self.pairs.clear();
        self.open.clear();
        self.asked = 0;
        let mut previous = '(';
        for (offset, c) in rest.char_indices() {
            let innermost = self.open.last().copied();
            match c {
                '(' => {
                    self.open.push(self.pairs.len());
                    self.pairs.push(Pair { at: start + offset, length: None, figure: false });
                }
                ')' => {
                    self.open.pop();
                    let Some(pair) = innermost.and_then(|inner| self.pairs.get_mut(inner)) else { return };
                    pair.length = Some(start + offset + 1 - pair.at);
                    let figure = pair.figure;
                    // What stands in a bracket stands in the one around it.
                    let Some(around) = self.open.last().and_then(|outer| self.pairs.get_mut(*outer)) else {
                        return;
                    };
                    around.figure |= figure;
                }
                '元' | '%' | '人' | '名' | '辆' | '台' | '套' | '个' | '平' | '次' | '批' | '亩' | '万'
                    if previous.is_ascii_digit() || previous == '万' =>
                {
                    if let Some(pair) = innermost.and_then(|inner| self.pairs.get_mut(inner)) {
                        pair.figure = true;
                    }
                }
                _ => {}
            }
            previous = c;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[(usize, Option<usize>, bool)]) {
        let mut brackets = Brackets::default();
        let opening = text.match_indices('(').map(|(at, _)| at);
        let found = opening.map(|at| brackets.of(at, text.get(at..).unwrap_or_default()));
        let found: Vec<_> = found.map(|pair| (pair.at, pair.length, pair.figure)).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn figures_stand_in_all_brackets_around_them() {
        check("(a(1元)b)", &[(0, Some(10), true), (2, Some(6), true)]);
        check("(a(b)3%)(c)", &[(0, Some(8), true), (2, Some(3), false), (8, Some(3), false)]);
    }

    #[test]
    fn a_bracket_that_is_not_closed_has_no_end() {
        check("(a(b)1元", &[(0, None, true), (2, Some(3), false)]);
        check("(12)(", &[(0, Some(4), false), (4, None, false)]);
    }
}
