//! Which lines of the pages are no text of the document: page numbers, and what stands on page after page at the same
//! place.

use std::collections::HashMap;

use super::line::Line;
use super::page::Area;

/// What part of a page, from above and from below, holds headers and footers: an eighth.
const MARGIN: i32 = 8;
/// On how many pages a line must stand at the same place.
const LEAST_PAGES: usize = 3;
/// Lines no further apart, in hundredths of a point, stand at the same place.
const SAME_PLACE: i32 = 400;

/// The lines of a page, its tables and its height.
pub(super) struct Shown<'a> {
    pub(super) lines: &'a [Line],
    pub(super) tables: Vec<Area>,
    pub(super) height: i32,
}

/// Returns for every page which of its lines are no text of the document.
///
/// What stands above a table, and near it, does not count: 单位：万元 stands on many pages at the same place too.
pub(super) fn furniture(pages: &[Shown]) -> Vec<Vec<bool>> {
    let mut places: HashMap<(String, i32), usize> = HashMap::new();
    for page in pages {
        let mut seen = Vec::new();
        for line in page.lines.iter().filter(|line| in_margin(page, line) && !heads_table(page, line)) {
            let key = key(line);
            if !seen.contains(&key) {
                seen.push(key);
            }
        }
        for key in seen {
            *places.entry(key).or_default() += 1;
        }
    }
    let repeated = |line: &Line| {
        let (text, place) = key(line);
        let near = [place - 1, place, place + 1].map(|place| places.get(&(text.clone(), place)).copied());
        let count: usize = near.into_iter().flatten().sum();
        count >= LEAST_PAGES && count * 4 >= pages.len()
    };
    let of_page = |page: &Shown| {
        let is = |line: &Line| {
            in_margin(page, line)
                && (is_page_number(&line.text) && is_outermost(page, line) || repeated(line))
        };
        page.lines.iter().map(is).collect()
    };
    pages.iter().map(of_page).collect()
}

fn in_margin(page: &Shown, line: &Line) -> bool {
    let margin = page.height / MARGIN;
    line.area.bottom <= margin || line.area.top >= page.height - margin
}

/// The text with any digit for every digit, and the place.
fn key(line: &Line) -> (String, i32) {
    let text =
        line.text.chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_ascii_digit() { '0' } else { c });
    let mut text: String = text.collect();
    while text.contains("00") {
        text = text.replace("00", "0");
    }
    (text, line.area.bottom / SAME_PLACE)
}

/// Whether nothing stands further out.
fn is_outermost(page: &Shown, line: &Line) -> bool {
    let above = line.area.bottom <= page.height / 2;
    let others =
        page.lines.iter().map(|other| &other.area).filter(|area| **area != line.area).chain(&page.tables);
    if above {
        others.into_iter().all(|area| area.bottom >= line.area.top)
    } else {
        others.into_iter().all(|area| area.top <= line.area.bottom)
    }
}

/// Whether a table begins below a line, with nothing but a few lines between.
fn heads_table(page: &Shown, line: &Line) -> bool {
    const LINES: i32 = 8;
    page.tables.iter().any(|table| {
        let gap = table.top - line.area.bottom;
        gap >= -line.size && gap <= LINES * line.size.max(1000)
    })
}

/// Whether a text is a page number: 3, - 3 -, 第 3 页, 第3页 共20页, 3/20.
fn is_page_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let roman = !text.is_empty() && text.chars().all(|c| "ivxIVX".contains(c));
    let marks = |c: char| c.is_ascii_digit() || c.is_whitespace() || "-—–－─~·/|第页共，,.".contains(c);
    roman || (1..=8).contains(&digits) && text.chars().all(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, top: i32) -> Line {
        let area = Area { left: 10_000, right: 20_000, top, bottom: top + 1_000 };
        Line { text: text.to_owned(), area, size: 1_000 }
    }

    #[track_caller]
    fn check(pages: &[Vec<Line>], table: Option<i32>, expect: &[&[bool]]) {
        let tables: Vec<Area> =
            table.map(|top| Area { left: 0, right: 50_000, top, bottom: top + 20_000 }).into_iter().collect();
        let shown: Vec<Shown> =
            pages.iter().map(|lines| Shown { lines, tables: tables.clone(), height: 80_000 }).collect();
        assert_eq!(furniture(&shown), expect);
    }

    #[test]
    fn page_numbers_and_repeated_lines_are_dropped() {
        let page = |number: u32| {
            vec![
                line("甲局2026年部门预算", 4_000),
                line(&format!("第{number}句话。"), 40_000),
                line(&format!("- {number} -"), 78_000),
            ]
        };
        check(
            &[page(1), page(2), page(13)],
            None,
            &[&[true, false, true], &[true, false, true], &[true, false, true]],
        );
    }

    #[test]
    fn a_line_over_a_table_stays() {
        let page = || vec![line("单位：万元", 8_000)];
        check(&[page(), page(), page()], Some(9_500), &[&[false], &[false], &[false]]);
    }

    #[test]
    fn a_number_in_the_text_stays() {
        check(&[vec![line("2026", 40_000)]], None, &[&[false]]);
        assert!(is_page_number("第 3 页 共 20 页") && is_page_number("─ 6 ─") && !is_page_number("2026年"));
    }
}
