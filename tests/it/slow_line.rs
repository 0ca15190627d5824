//! What a full frame takes over a slow line, such as ssh from home: every screen, as full as the samples make it.

use std::fmt::Write as _;

use mingbai::corpus::load::{Input, start};
use mingbai::lang::Lang;
use mingbai::tui::backend::ThinBackend;
use mingbai::tui::{App, Event, Options, Theme};
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use crate::screens::{draw, press};

/// A full frame of 120×40 takes less.
const MOST: usize = 12 * 1024;

/// The screens, and the keys that lead to them from the one before.
const SCREENS: &[(&str, &str)] = &[
    ("explore", ""),
    ("explore, much of it open", "z Right Right Right"),
    ("figures", "Tab"),
    ("source", "Tab"),
    ("a finding", "n"),
    ("findings", "Esc f"),
    ("findings of all kinds", "s s s s t t t t t"),
    ("filter", "/ 支"),
    ("outcomes", "Esc Esc Esc O"),
    ("outcomes of a disclosure", "n"),
    ("search", "Esc Esc / 支"),
    ("search with letters", "Esc / zc"),
    ("help", "Esc ?"),
    ("help of the findings", "Esc f ?"),
    ("palette", "Esc Esc :"),
    ("choose", "Esc c"),
    ("compare", "Enter"),
    ("compare, changes only", "o"),
    ("compare, why", "e n"),
    ("compare, sorted", "s"),
    ("compare, parts", "w"),
    ("trend", "t"),
];

/// The same of a table that is larger than the screen.
const TABLE: &[(&str, &str)] =
    &[("a table among figures", "/ 第7项 Enter"), ("a table", "Tab"), ("a table as text", "v")];

/// Returns a page with a table of sixty rows and eight columns of figures.
fn page() -> String {
    let mut rows = String::new();
    for row in 1..=60 {
        let _ = write!(rows, "<tr><td>2130{row:03}</td><td>第{row}项水利工程运行与维护</td>");
        for column in 1..=7 {
            let _ = write!(rows, "<td>{},{row:03}.{column}8</td>", row * column);
        }
        rows.push_str("</tr>");
    }
    format!(
        "<h1>栖云县水务局2022年部门预算</h1><p>一般公共预算支出情况表</p><p>单位：万元</p><table><tr><td>科目编码</td>\
        <td>科目名称</td><td>合计</td><td>基本支出</td><td>人员经费</td><td>公用经费</td><td>项目支出</td>\
        <td>上年预算数</td><td>比上年增减</td></tr>{rows}</table>"
    )
}

fn bytes(app: &App) -> usize {
    let full = draw(app).0;
    let blank = Buffer::empty(full.area);
    let mut sent = Vec::new();
    let mut backend = ThinBackend::new(&mut sent);
    backend.draw(blank.diff_iter(&full)).expect("memory can be written");
    Backend::flush(&mut backend).expect("memory can be written");
    sent.len()
}

#[test]
fn a_full_frame_is_short() {
    let mut too_long = Vec::new();
    for lang in [Lang::Chinese, Lang::English] {
        let options = Options { lang, title: String::new() };
        let mut app = App::new(options, Theme::new(true), Size { width: 120, height: 40 });
        for loaded in start(Input::Samples) {
            app.update(Event::Loaded(loaded));
        }
        app.settle();
        let mut table = crate::screens::app((120, 40), lang, &[("2022.html", &page())]);
        let screens = SCREENS.iter().map(|screen| (screen, true));
        for ((name, keys), samples) in screens.chain(TABLE.iter().map(|screen| (screen, false))) {
            let app = if samples { &mut app } else { &mut table };
            press(app, keys);
            while app.is_busy() {
                app.work();
            }
            let sent = bytes(app);
            println!("{lang:?} {name}: {sent}");
            assert!(sent > 1000, "{name}: something is shown");
            if sent >= MOST {
                too_long.push(format!("{lang:?} {name}: {sent}"));
            }
        }
    }
    assert!(too_long.is_empty(), "{too_long:?}");
}
