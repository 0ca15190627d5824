//! Texts that no clerk writes take no longer for each of their bytes than others do.

use std::path::Path;
use std::time::{Duration, Instant};

use super::parse;
use crate::source::{Encoding, Format, Source};

/// Reads a beginning and something again and again. What grows with the square of its length takes minutes for as much as
/// this, and all else less than a second.
#[track_caller]
fn check(head: &str, again: &str, figures: bool) {
    const BYTES: usize = 300_000;
    const MOST: Duration = Duration::from_secs(8);
    let body = again.repeat(BYTES / again.len());
    let text = format!("第一部分 2025年某县水利局部门预算\n一、收支情况\n{head}{body}\n");
    let source = Source::from_text(text, Format::Text, Encoding::Utf8);
    let start = Instant::now();
    let found = parse(Path::new("x.txt"), source).items.len();
    let time = start.elapsed();
    assert!(time < MOST, "{head}{again} takes {time:?}");
    assert_eq!(found > 0, figures, "{head}{again}: {found} figures");
}

#[test]
fn brackets() {
    check("", "(", false);
    check("", ")", false);
    check("", "(12)", false);
    check("", "(1元", true);
    check("收入1万元", "(其中:办公费1万元,", true);
    check("收入(1万元", "增长。", true);
    check("", "收入1万元其中:办公费1万元。", true);
}

#[test]
fn marks_and_digits() {
    check("", ",", false);
    check("", "1,", false);
    check("", "1.", false);
    check("", "1,23", false);
    check("", "分别为1万元、2万元,", true);
}

#[test]
fn one_endless_list() {
    check("“三公”经费0万元,其中:", "公务接待费0万元,", true);
    check("支出99999999万元,其中:", "办公费1万元,增长1%,", true);
    check("支出99999999万元,其中:", "办公费1万元,占1%,", true);
    check("", "2020年办公费1万元,办公费增长1%。", true);
    check("", "其中:办公费1万元;", true);
}
