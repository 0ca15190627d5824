//! PDF made by the tests, and what is read from it.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use mingbai::model::{Disclosure, TableKind};
use mingbai::parse::parse;
use mingbai::source::{Source, Unreadable};

/// A4 in points.
const PAPER: (u32, u32) = (595, 842);

/// How a page lies in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Lies {
    #[default]
    Upright,
    /// On its side, and the file says so, so that a reader sees it upright.
    TurnedBack,
    /// On its side.
    OnItsSide,
}

/// A page as the drawing commands of PDF.
#[derive(Default)]
struct Page {
    commands: String,
    lies: Lies,
}

impl Page {
    /// Writes a text whose lower left corner is so far from the left and from the top.
    fn text(&mut self, left: u32, top: u32, size: u32, text: &str) {
        let hex: String = text.encode_utf16().fold(String::new(), |mut hex, unit| {
            let _ = write!(hex, "{unit:04X}");
            hex
        });
        let _ = writeln!(self.commands, "BT /F1 {size} Tf {left} {} Td <{hex}> Tj ET", PAPER.1 - top);
    }

    fn line(&mut self, from: (u32, u32), to: (u32, u32)) {
        let _ = writeln!(self.commands, "{} {} m {} {} l S", from.0, PAPER.1 - from.1, to.0, PAPER.1 - to.1);
    }

    /// Draws a table of ruled cells from a place down, each row as a list of texts.
    fn table(&mut self, top: u32, edges: &[u32], rows: &[&[&str]]) {
        const HEIGHT: u32 = 24;
        let bottom = top + HEIGHT * rows.len() as u32;
        for row in 0..=rows.len() as u32 {
            let at = top + row * HEIGHT;
            self.line((edges[0], at), (*edges.last().expect("some columns"), at));
        }
        for edge in edges {
            self.line((*edge, top), (*edge, bottom));
        }
        for (row, texts) in (0..).zip(rows) {
            for (left, text) in edges.iter().zip(*texts) {
                self.text(left + 4, top + row * HEIGHT + 16, 10, text);
            }
        }
    }
}

/// Returns the pages as a file; `more` goes into its trailer.
fn file(pages: &[Page], more: &str) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Count {}/Kids[{}]>>",
            pages.len(),
            (0..pages.len()).map(|page| format!("{} 0 R", 5 + page * 2)).collect::<Vec<_>>().join(" ")
        ),
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>".to_owned(),
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 [500] 814 [500] 1 95 500]/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>".to_owned(),
    ];
    for page in pages {
        let number = objects.len() + 2;
        let (commands, (width, height)) = match page.lies {
            Lies::Upright => (page.commands.clone(), PAPER),
            Lies::TurnedBack | Lies::OnItsSide => {
                (format!("q 0 1 -1 0 {} 0 cm {} Q", PAPER.1, page.commands), (PAPER.1, PAPER.0))
            }
        };
        let turn = if page.lies == Lies::TurnedBack { 90 } else { 0 };
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Rotate {turn}/Resources<</Font<</F1 3 0 R>>>>/Contents {number} 0 R>>",
        ));
        objects.push(format!("<</Length {}>>stream\n{commands}\nendstream", commands.len() + 1));
    }
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").bytes());
    }
    bytes.extend(
        format!("trailer<</Size {}/Root 1 0 R{more}>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
            .bytes(),
    );
    bytes
}

fn read(bytes: &[u8]) -> Result<Disclosure, Unreadable> {
    Source::read(Path::new("x.pdf"), bytes).map(|source| parse(Path::new("x.pdf"), source))
}

const EDGES: &[u32] = &[60, 130, 300, 380, 460, 540];
const HEAD: &[&str] = &["科目编码", "科目名称", "合计", "基本支出", "项目支出"];

/// Returns a budget of two pages whose table goes on over them.
fn budget(lies: Lies) -> Vec<Page> {
    let mut first = Page { lies, ..Page::default() };
    first.text(180, 80, 20, "永宁市水利局2025年部门预算");
    first.text(250, 120, 14, "支出总表");
    first.text(460, 140, 10, "单位：万元");
    first.table(
        150,
        EDGES,
        &[
            HEAD,
            &["", "合计", "1,300.25", "1,000.25", "300.00"],
            &["213", "农林水支出", "1,300.25", "1,000.25", "300.00"],
            &["21303", "水利", "1,300.25", "1,000.25", "300.00"],
            &["2130301", "行政运行", "1,000.25", "1,000.25", ""],
        ],
    );
    first.text(290, 820, 9, "- 1 -");
    let mut second = Page { lies, ..Page::default() };
    second.table(80, EDGES, &[HEAD, &["2130306", "水利工程运行与维护", "300.00", "", "300.00"]]);
    second.text(290, 820, 9, "- 2 -");
    vec![first, second]
}

/// Returns every figure with its page, code, name and column.
fn figures(read: &Disclosure) -> Vec<String> {
    let show = |item: &mingbai::model::Item| {
        let subject = read.words.get(item.subject).expect("it has a subject");
        let code = subject.code.map(|code| code.0.to_string()).unwrap_or_default();
        let aspect = item.aspect.map_or("", |aspect| read.words.text(aspect));
        let page = read.source.page_of(item.span.start).unwrap_or_default();
        format!("{page} {code} {} {aspect} {}{}", read.words.text(subject.name), item.value, item.unit.name())
    };
    read.items.iter().map(show).collect()
}

#[test]
fn a_table_over_two_pages_is_read_upright_and_lying() {
    let expect = [
        "1  合计 合计 1300.25万元",
        "1  合计 基本支出 1000.25万元",
        "1  合计 项目支出 300.00万元",
        "1 213 农林水支出 合计 1300.25万元",
        "1 213 农林水支出 基本支出 1000.25万元",
        "1 213 农林水支出 项目支出 300.00万元",
        "1 21303 水利 合计 1300.25万元",
        "1 21303 水利 基本支出 1000.25万元",
        "1 21303 水利 项目支出 300.00万元",
        "1 2130301 行政运行 合计 1000.25万元",
        "1 2130301 行政运行 基本支出 1000.25万元",
        "2 2130306 水利工程运行与维护 合计 300.00万元",
        "2 2130306 水利工程运行与维护 项目支出 300.00万元",
    ];
    for lies in [Lies::Upright, Lies::TurnedBack, Lies::OnItsSide] {
        let read = read(&file(&budget(lies), "")).expect("it can be read");
        assert_eq!(figures(&read), expect, "{lies:?}");
        let department = read.header.department.map(|found| read.words.text(found.value));
        assert_eq!(
            (department, read.header.year.map(|found| found.value)),
            (Some("永宁市水利局"), Some(2025))
        );
        assert_eq!(
            read.tables.iter().map(|table| table.kind).collect::<Vec<_>>(),
            [Some(TableKind::Expenditure)]
        );
        assert!(!read.source.text.contains("- 1 -"), "page numbers are no text");
    }
}

#[test]
fn what_cannot_be_read_is_told_apart() {
    let mut drawing = Page::default();
    drawing.line((10, 10), (500, 500));
    assert_eq!(read(&file(&[drawing], "")).map(drop), Err(Unreadable::Scan));
    let lock =
        format!("/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{0}>/U<{0}>>>", "5A".repeat(32));
    assert_eq!(read(&file(&budget(Lies::Upright), &lock)).map(drop), Err(Unreadable::Encrypted));
    assert_eq!(read(b"%PDF-1.7\n%nothing follows").map(drop), Err(Unreadable::Damaged));
    // A tree of pages that is its own branch.
    let mut looped = file(&budget(Lies::Upright), "");
    let at = looped.windows(8).position(|window| window == b"Kids[5 0").expect("the tree");
    looped[at + 5] = b'2';
    let start = Instant::now();
    assert!(read(&looped).is_err());
    // It is told and not given up on, which takes ten seconds; other tests read files at the same time.
    assert!(start.elapsed() < Duration::from_secs(8));
}

#[test]
fn a_file_cut_anywhere_is_read_or_refused() {
    let whole = file(&budget(Lies::Upright), "");
    for length in (0..whole.len()).step_by(whole.len() / 40) {
        if let Ok(read) = read(&whole[..length]) {
            assert!(read.items.iter().all(|item| item.span.end as usize <= read.source.text.len()));
        }
    }
}

#[test]
fn a_page_of_nothing_but_lines_or_figures_is_read() {
    let mut lines = Page::default();
    for at in 0..158 {
        lines.line((at * 3 + 5, 5), (at * 3 + 5, 476));
        lines.line((5, at * 3 + 5), (476, at * 3 + 5));
    }
    lines.text(50, 250, 10, "项目");
    let mut figures = Page::default();
    for at in 0..20_000 {
        figures.text(20 + (at * 7_919) % 550, 20 + (at * 104_729) % 800, 8, "8");
    }
    for page in [lines, figures] {
        assert!(read(&file(&[page], "")).is_ok());
    }
}
