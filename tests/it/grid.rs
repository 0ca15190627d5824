//! Tables of documents on screen: the tree of their rows, the table itself, its cells by key and mouse.

use crossterm::event::{MouseButton, MouseEventKind};
use expect_test::expect_file;
use mingbai::lang::Lang;
use mingbai::tui::{App, Effect, Event, Settings};
use ratatui::layout::Size;

use crate::screens::{app, check, check_cells, draw, focus, mouse, press, text};

/// A page as governments publish them: three tables, of which the second has a sum that is wrong.
pub(crate) const PAGE: &str = "<html><body><h1>栖云县水务局2022年部门预算</h1><h2>一、预算表</h2><p>收支总体情况表</p><p>单位：万元</p>\
<table><tr><td colspan=2>收入</td><td colspan=2>支出</td></tr>\
<tr><td>项目</td><td>预算数</td><td>项目</td><td>预算数</td></tr>\
<tr><td>一、一般公共预算拨款收入</td><td>931.56</td><td>一、农林水支出</td><td>1,540.20</td></tr>\
<tr><td>二、其他收入</td><td>748.32</td><td>二、住房保障支出</td><td>139.68</td></tr>\
<tr><td>收入总计</td><td>1,679.88</td><td>支出总计</td><td>1,679.88</td></tr></table>\
<p>一般公共预算支出情况表</p><p>单位：万元</p>\
<table><tr><td colspan=3>功能分类科目编码</td><td rowspan=2>科目名称</td><td rowspan=2>合计</td><td colspan=3>基本支出</td><td rowspan=2>项目支出</td></tr>\
<tr><td>类</td><td>款</td><td>项</td><td>小计</td><td>人员经费</td><td>公用经费</td></tr>\
<tr><td colspan=4>合计</td><td>931.56</td><td>601.56</td><td>458.38</td><td>143.18</td><td>330.00</td></tr>\
<tr><td>213</td><td></td><td></td><td>农林水支出</td><td>831.56</td><td>501.56</td><td>358.38</td><td>143.18</td><td>330.00</td></tr>\
<tr><td>213</td><td>03</td><td></td><td>水利</td><td>831.56</td><td>501.56</td><td>358.38</td><td>143.18</td><td>330.00</td></tr>\
<tr><td>213</td><td>03</td><td>01</td><td>行政运行</td><td>501.56</td><td>501.56</td><td>358.38</td><td>143.18</td><td></td></tr>\
<tr><td>213</td><td>03</td><td>05</td><td>水利工程建设</td><td>300.00</td><td></td><td></td><td></td><td>300.00</td></tr>\
<tr><td>213</td><td>03</td><td>06</td><td>水利工程运行与维护</td><td>20.00</td><td></td><td></td><td></td><td>30.00</td></tr>\
<tr><td>221</td><td></td><td></td><td>住房保障支出</td><td>100.00</td><td>100.00</td><td>100.00</td><td></td><td></td></tr>\
<tr><td>221</td><td>02</td><td></td><td>住房改革支出</td><td>100.00</td><td>100.00</td><td>100.00</td><td></td><td></td></tr>\
<tr><td>221</td><td>02</td><td>01</td><td>住房公积金</td><td>100.00</td><td>100.00</td><td>100.00</td><td></td><td></td></tr></table>\
<h2>二、预算情况说明</h2><p>2022年收入预算1679.88万元，其中：一般公共预算拨款收入931.56万元，占55.45%。</p></body></html>";

fn page(size: (u16, u16), lang: Lang) -> App {
    app(size, lang, &[("水务局/2022.html", PAGE)])
}

/// Returns the state with a figure of the second table chosen, the source having the keys.
fn table(size: (u16, u16), lang: Lang) -> App {
    let mut app = page(size, lang);
    press(&mut app, "/ 水利工程运行 Enter Tab");
    app
}

#[test]
fn a_table_is_shown_as_one() {
    for (size, lang, expect) in [
        ((60, 18), Lang::Chinese, expect_file!["screens/table-60x18.txt"]),
        ((100, 30), Lang::English, expect_file!["screens/table-100x30-en.txt"]),
        ((160, 45), Lang::Chinese, expect_file!["screens/table-160x45.txt"]),
    ] {
        check(&table(size, lang), &expect);
    }
    let mut app = table((100, 30), Lang::Chinese);
    app.apply(Settings { colours: false, ..Settings::default() });
    app.settings.glyphs.ascii = true;
    check(&app, &expect_file!["screens/table-plain-100x30.txt"]);
}

#[test]
fn the_rows_of_a_table_are_a_tree_under_its_section() {
    let mut app = page((100, 30), Lang::Chinese);
    press(&mut app, "Right Right Right Right Down Right");
    check(&app, &expect_file!["screens/table-tree-100x30.txt"]);
}

#[test]
fn the_text_that_was_read_is_shown_instead() {
    let mut app = table((100, 30), Lang::Chinese);
    press(&mut app, "v");
    check(&app, &expect_file!["screens/table-raw-100x30.txt"]);
    press(&mut app, "v");
    check(&app, &expect_file!["screens/table-100x30.txt"]);
}

#[test]
fn one_goes_from_cell_to_cell_and_the_panes_follow() {
    for size in [(60, 18), (100, 30), (160, 45)] {
        let mut app = table(size, Lang::Chinese);
        for (keys, expect) in [
            ("", "Source 水利工程运行与维护 [20.00]"),
            ("Right Right Right Right", "Source 水利工程运行与维护 [30.00]"),
            ("Up", "Source 水利工程建设 [300.00]"),
            ("k k k", "Source 农林水支出 [330.00]"),
            ("h h h h", "Source 农林水支出 [831.56]"),
            // A cell without a figure leaves the panes where they are.
            ("Left", "Source 农林水支出 [831.56]"),
            ("Down Right", "Source 水利 [831.56]"),
            ("G", "Source 住房公积金 [100.00]"),
            ("g", "Source 合计 [931.56]"),
            // One cell stands over all columns that name the rows.
            ("Left Left Left", "Source 合计 [931.56]"),
            ("Right", "Source 合计 [931.56]"),
            ("Esc", "Figures 合计 [931.56]"),
            ("Down", "Figures 农林水支出 [831.56]"),
            ("Esc", "Tree 农林水支出 [831.56]"),
        ] {
            assert_eq!(press(&mut app, keys), None);
            assert_eq!(focus(&app), expect, "after {keys} at {size:?}");
            check_cells(&draw(&app).0);
        }
    }
}

#[test]
fn a_chosen_cell_is_copied_and_cited_with_its_table() {
    let mut app = table((160, 45), Lang::Chinese);
    press(&mut app, "Right Right Right Right");
    let place = "栖云县水务局2022年部门预算，《一般公共预算支出情况表》";
    for (keys, expect) in [
        ("Y", format!("{place}：水利工程运行与维护（一般公共预算/项目支出）30.00万元")),
        ("y v", "30.00万元".to_owned()),
        ("y r", "213\t03\t06\t水利工程运行与维护\t20.00\t\t\t\t30.00".to_owned()),
        ("Esc Esc Left Left Left Left Y", "栖云县水务局2022年部门预算，一般公共预算支出情况表".to_owned()),
    ] {
        let Some(Effect::Copy(text)) = press(&mut app, keys) else { panic!("{keys} copies") };
        assert_eq!(text, expect, "{keys}");
    }
}

#[test]
fn a_search_leads_to_the_cell_and_back_again() {
    let mut app = page((100, 30), Lang::Chinese);
    press(&mut app, "/ 143.18 Enter");
    assert_eq!(focus(&app), "Figures 合计 [143.18]");
    press(&mut app, "/ 748 Enter [");
    assert_eq!(focus(&app), "Figures 合计 [143.18]");
}

#[test]
fn the_mouse_chooses_cells_and_scrolls_both_ways() {
    let mut app = table((100, 30), Lang::Chinese);
    let shown = text(&draw(&app).0);
    let (y, line) = shown
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("住房公积金") && line.contains("221"))
        .expect("it is on screen");
    let at = line.split("100.00").next().map(unicode_width::UnicodeWidthStr::width).expect("a number");
    mouse(&mut app, MouseEventKind::Down(MouseButton::Left), at as u16, y as u16);
    assert_eq!(focus(&app), "Source 住房公积金 [100.00]");
    mouse(&mut app, MouseEventKind::ScrollRight, at as u16, y as u16);
    mouse(&mut app, MouseEventKind::ScrollUp, at as u16, y as u16);
    assert_eq!(focus(&app), "Source 住房公积金 [100.00]");
    assert_eq!(app.passage.grid.as_ref().map(|grid| grid.column), Some(5));
    check_cells(&draw(&app).0);
}

#[test]
fn at_every_size_the_chosen_cell_is_on_screen() {
    let mut app = table((160, 45), Lang::Chinese);
    for keys in ["Left", "Right Right Right", "G", "g"] {
        press(&mut app, keys);
        for width in (60..100).step_by(3).chain([160, 300]) {
            for height in (18..30).chain([45, 80]) {
                app.update(Event::Resize(Size { width, height }));
                let (buffer, _) = draw(&app);
                check_cells(&buffer);
                assert!(text(&buffer).contains(']'), "{width}x{height}:\n{}", text(&buffer));
            }
        }
    }
}
