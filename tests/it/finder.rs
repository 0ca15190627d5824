//! The search on screen: pinyin, filters, what is offered, the queries before, the narrowed tree.

use std::fmt::Write as _;

use expect_test::expect_file;
use mingbai::lang::Lang;
use ratatui::buffer::Buffer;

use crate::screens::{app, check, county, draw, focus, press, text};

/// Returns the characters of a frame that are drawn as found.
fn marked(buffer: &Buffer) -> String {
    let style = mingbai::tui::Theme::new(true).matched;
    let cells = buffer.content.iter().filter(|cell| cell.modifier.contains(style.add_modifier));
    cells.map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn pinyin_finds_and_marks_what_it_is_typed_for() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ gwjd");
    check(&app, &expect_file!["screens/search-pinyin-140x40.txt"]);
    assert!(marked(&draw(&app).0).starts_with("公务接待"), "{}", marked(&draw(&app).0));
    press(&mut app, "C-u yunxingjf Space 2022");
    assert!(marked(&draw(&app).0).contains("运行经费"), "{}", marked(&draw(&app).0));
    press(&mut app, "Enter");
    assert_eq!(focus(&app), "Figures 机关运行经费 [143.18万元]");
}

#[test]
fn money_is_found_in_another_unit_and_marked() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ 16798800");
    assert!(marked(&draw(&app).0).contains("1,679.88"), "{}", text(&draw(&app).0));
    press(&mut app, "Enter");
    assert_eq!(focus(&app), "Figures 收入预算 [1679.88万元]");
}

#[test]
fn filters_are_offered_and_completed() {
    let mut app = county((100, 30), Lang::Chinese);
    press(&mut app, "/ Tab");
    assert!(text(&draw(&app).0).contains("/ 部门:"), "{}", text(&draw(&app).0));
    check(&app, &expect_file!["screens/search-filter-100x30.txt"]);
    press(&mut app, "Tab");
    assert!(text(&draw(&app).0).contains("/ 部门:栖云县文化局"), "{}", text(&draw(&app).0));
    press(&mut app, "Tab");
    assert!(text(&draw(&app).0).contains("/ 部门:栖云县水务局"), "{}", text(&draw(&app).0));
    press(&mut app, "Space 金额>1600万");
    check(&app, &expect_file!["screens/search-filtered-100x30.txt"]);
    press(&mut app, "C-u find Tab ra Tab");
    assert!(text(&draw(&app).0).contains("/ finding:rate"), "{}", text(&draw(&app).0));
    let mut app = county((60, 18), Lang::English);
    press(&mut app, "/ year:2022 Space amount>1");
    check(&app, &expect_file!["screens/search-filtered-60x18-en.txt"]);
}

#[test]
fn queries_that_led_somewhere_come_back() {
    let mut app = county((140, 40), Lang::Chinese);
    press(&mut app, "/ 54.18 Enter / 会议 Esc / gwjd Enter");
    press(&mut app, "/ Up");
    let line = |app: &_| text(&draw(app).0).lines().find(|line| line.contains("/ ")).map(str::to_owned);
    assert!(line(&app).is_some_and(|line| line.contains("/ gwjd")), "{:?}", line(&app));
    press(&mut app, "C-p");
    assert!(line(&app).is_some_and(|line| line.contains("/ 54.18")), "{:?}", line(&app));
    press(&mut app, "C-p");
    assert!(line(&app).is_some_and(|line| line.contains("/ 54.18")), "there is none before it");
    press(&mut app, "C-n C-n");
    assert!(line(&app).is_some_and(|line| !line.contains("gwjd")), "{:?}", line(&app));
}

#[test]
fn the_tree_is_narrowed_to_what_is_found() {
    let mut app = county((140, 40), Lang::Chinese);
    let before = app.outline.rows.len();
    press(&mut app, "/ gwjd C-t");
    check(&app, &expect_file!["screens/narrowed-140x40.txt"]);
    assert_eq!(focus(&app), "Tree 公务接待费 [3.43万元]");
    press(&mut app, "C-t");
    assert_eq!(app.outline.scope(), None);
    assert_eq!(focus(&app), "Tree 公务接待费 [3.43万元]", "the same is selected");
    press(&mut app, "C-t");
    assert_eq!(app.outline.scope().map(|(query, _)| query), Some("gwjd"), "as the last time");
    // Who goes elsewhere sees all again.
    press(&mut app, "/ 文化局 Enter");
    assert_eq!(app.outline.scope(), None);
    assert!(app.outline.rows.len() >= before);
    let mut app = county((60, 18), Lang::English);
    press(&mut app, "/ gwjd C-t");
    check(&app, &expect_file!["screens/narrowed-60x18-en.txt"]);
}

#[test]
fn a_search_of_very_much_takes_no_key_longer_than_a_moment() {
    // As many names as take more than one piece of work.
    let mut text = String::from("栖云县水务局2022年部门预算\n\n一、收支总体情况\n\n");
    let letters: Vec<char> = "水文教卫农林交通住建财政民司公安社商自然资源审计统信访档案".chars().collect();
    let letter = |number: usize| letters[number % letters.len()];
    for number in 0..20_000_usize {
        let name: String = [number, number / 28, number / 784, number / 21_952].map(letter).iter().collect();
        let _ = write!(text, "{name}项目支出1.43万元。");
    }
    let mut app = app((100, 30), Lang::Chinese, &[("2022.txt", &text)]);
    press(&mut app, "/ 水文");
    assert!(app.is_busy(), "it goes on while the next key is waited for");
    press(&mut app, "教 Enter");
    assert!(app.overlay.is_some(), "what is not found yet is not gone to");
    while app.is_busy() {
        app.work();
    }
    assert!(app.overlay.is_none() && focus(&app).contains("水文教"), "{}", focus(&app));
}
