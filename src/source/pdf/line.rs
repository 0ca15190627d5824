//! Glyphs → lines of text from top to bottom.

use super::page::{Area, Glyph};

/// A line of text on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// What it says, without blanks at either side.
    pub(super) text: String,
    pub(super) area: Area,
    /// The size of most of its characters.
    pub(super) size: i32,
}

/// Returns the lines that glyphs make. A gap of several characters ends a line: what follows stands beside it.
pub(super) fn lines(glyphs: &mut Vec<Glyph>, apart: bool) -> Vec<Line> {
    let mut found = Vec::new();
    for mut row in rows(glyphs) {
        row.sort_by_key(|glyph| (glyph.area.left, glyph.area.right));
        drop_doubles(&mut row);
        let mut start = 0;
        for at in 1..=row.len() {
            let ends = at == row.len() || apart && is_apart(row.get(..at).unwrap_or_default(), row.get(at));
            if ends {
                found.extend(line(row.get(start..at).unwrap_or_default()));
                start = at;
            }
        }
    }
    found
}

/// Glyphs that stand on one base line, from top to bottom.
fn rows(glyphs: &mut Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by_key(|glyph| (middle(glyph), glyph.area.left));
    let mut rows: Vec<Vec<Glyph>> = Vec::new();
    // Blanks may be of any height; they go to the line that they stand in.
    let (blanks, shown): (Vec<Glyph>, Vec<Glyph>) = glyphs.drain(..).partition(|glyph| is_blank(glyph.c));
    for glyph in shown {
        match rows.last_mut() {
            Some(row)
                if row.last().is_some_and(|last| {
                    middle(&glyph) - middle(last) <= last.size.min(glyph.size) / 4
                        && middle(&glyph) - row.first().map_or(0, middle) <= last.size.max(glyph.size) / 2
                }) =>
            {
                row.push(glyph);
            }
            _ => rows.push(vec![glyph]),
        }
    }
    for blank in blanks {
        let place = middle(&blank);
        let at = rows.partition_point(|row| row.first().is_some_and(|first| middle(first) < place));
        let near = [at.checked_sub(1), Some(at)].into_iter().flatten();
        let near = near.filter_map(|at| Some((at, rows.get(at)?.first()?)));
        let best = near.min_by_key(|(_, first)| (middle(first) - place).abs());
        if let Some((at, _)) = best.filter(|(_, first)| (middle(first) - place).abs() <= first.size / 2)
            && let Some(row) = rows.get_mut(at)
        {
            row.push(blank);
        }
    }
    rows
}

fn middle(glyph: &Glyph) -> i32 {
    i32::midpoint(glyph.area.top, glyph.area.bottom)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Bold print is sometimes made by printing the same character twice, a little aside.
fn drop_doubles(row: &mut Vec<Glyph>) {
    row.dedup_by(|next, last| {
        next.c == last.c
            && next.area.left - last.area.left <= last.size / 8
            && (next.area.top - last.area.top).abs() <= last.size / 8
            && !is_blank(next.c)
    });
}

/// Returns whether a glyph stands so far behind the ones before it that it belongs to something else. A page number
/// behind the dots, or the blanks, of a contents page does not.
fn is_apart(before: &[Glyph], next: Option<&Glyph>) -> bool {
    const CHARACTERS: i32 = 3;
    let Some(next) = next.filter(|next| !is_blank(next.c)) else { return false };
    let Some(last) = before.iter().rfind(|glyph| !is_blank(glyph.c)) else { return false };
    next.area.left - last.area.right >= CHARACTERS * last.size.max(next.size)
        && !next.c.is_ascii_digit()
        && !matches!(last.c, '.' | '…' | '·')
}

/// Returns the text of glyphs from left to right. A gap between them is a blank where blanks make words: where one side
/// is no Chinese character, or where it is as wide as a character.
fn line(row: &[Glyph]) -> Option<Line> {
    let mut line = Line::default();
    let mut last: Option<&Glyph> = None;
    let mut blank = false;
    let mut sizes: Vec<i32> = Vec::with_capacity(row.len());
    for glyph in row {
        if is_blank(glyph.c) {
            blank = true;
            continue;
        }
        if let Some(last) = last {
            let gap = glyph.area.left - last.area.right;
            let size = last.size.min(glyph.size);
            // Lines that are set to full width have gaps, and even blanks, between all their characters.
            let (wide, written) = match (is_wide(last.c), is_wide(glyph.c)) {
                (true, true) => (size, size),
                (false, false) => (size / 5, size / 5),
                (true, false) | (false, true) => (size, size / 5),
            };
            if gap >= if blank { written } else { wide } {
                line.text.push(' ');
            }
            line.area = line.area.cover(&glyph.area);
        } else {
            line.area = glyph.area;
        }
        line.text.push(glyph.c);
        sizes.push(glyph.size);
        (last, blank) = (Some(glyph), false);
    }
    sizes.sort_unstable();
    line.size = *sizes.get(sizes.len() / 2)?;
    Some(line)
}

/// Whether a character takes the place of two, as Chinese ones do.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Adds a line to the text of the lines before it, of which it is the next. Chinese goes on as it is, and so does a
/// number that is broken off; words need a blank.
pub(super) fn join(text: &mut String, next: &str) {
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
    let (Some(last), Some(first)) = (text.chars().next_back(), next.chars().next()) else {
        text.push_str(next);
        return;
    };
    let broken = number(next) && text.rsplit(is_wide).next().is_some_and(number);
    if last.is_ascii_alphanumeric() && first.is_ascii_alphanumeric() && !broken {
        text.push(' ');
    }
    text.push_str(next);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns glyphs of one line from its left side: wide ones of 10 points, others of 5, and `_` for a gap of 5.
    fn glyphs(text: &str, left: i32, top: i32) -> Vec<Glyph> {
        let mut at = left;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            let width = if is_wide(c) { 1000 } else { 500 };
            if c != '_' {
                let area = Area { left: at, right: at + width, top, bottom: top + 1000 };
                glyphs.push(Glyph { c, area, size: 1000 });
            }
            at += width;
        }
        glyphs
    }

    #[track_caller]
    fn check(mut input: Vec<Glyph>, expect: &[&str]) {
        let found = lines(&mut input, true);
        assert_eq!(found.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn lines_come_from_top_to_bottom() {
        let mut all = glyphs("支出", 0, 2000);
        all.extend(glyphs("收入", 0, 0));
        check(all, &["收入", "支出"]);
    }

    #[test]
    fn blanks_are_kept_where_they_make_words() {
        check(glyphs("2026_年_ABC_def", 0, 0), &["2026年ABC def"]);
        check(glyphs("2026 年", 0, 0), &["2026 年"]);
        check(glyphs("合__计", 0, 0), &["合 计"]);
        check(glyphs("绩 效 目 标", 0, 0), &["绩效目标"]);
        check(glyphs("编制单位：甲局________单位：元", 0, 0), &["编制单位：甲局", "单位：元"]);
        check(glyphs("一、收入______________3", 0, 0), &["一、收入 3"]);
    }

    #[test]
    fn bold_by_double_print_is_read_once() {
        let mut all = glyphs("合计", 0, 0);
        all.extend(glyphs("合计", 30, 0));
        check(all, &["合计"]);
    }

    #[test]
    fn lines_are_joined_without_what_was_not_there() {
        let joined = |a: &str, b: &str| {
            let mut text = a.to_owned();
            join(&mut text, b);
            text
        };
        assert_eq!(joined("370,219.2", "5"), "370,219.25");
        assert_eq!(joined("比上年增加", "3.5万元"), "比上年增加3.5万元");
        assert_eq!(joined("Microsoft", "Word"), "Microsoft Word");
    }
}
