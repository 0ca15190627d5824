//! HTML → text and tables: the document alone, as a browser would show it, without the page around it.

mod chrome;
mod message;
mod tree;

use self::chrome::Chrome;
use self::tree::{Kind, Node, Tree};
use super::build::Builder;
use super::grid::{Grid, GridCell, MOST_CELLS, Piece};
use super::{Encoding, Format, Source, Unreadable, decode, span};

/// The largest page that is read, in bytes.
const LARGEST_PAGE: usize = 64 << 20;
/// How many bytes at the start are looked at for the encoding that a page names.
const HEAD: usize = 4096;

/// Returns whether bytes without a telling name are a page: it says so, or begins with a tag that only pages have.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    let head: String = match head {
        [0xFF, 0xFE, rest @ ..] => rest.iter().step_by(2).map(|b| char::from(*b)).collect(),
        [0xFE, 0xFF, rest @ ..] => rest.iter().skip(1).step_by(2).map(|b| char::from(*b)).collect(),
        head => head.iter().map(|b| char::from(*b)).collect(),
    };
    let head = head.trim_start_matches("ï»¿").trim_start().to_ascii_lowercase();
    let tagged = ["<!doctype html", "<html", "<head", "<body", "<table", "<div", "<meta"];
    tagged.iter().any(|tag| head.starts_with(tag))
        || (head.starts_with("<?xml") || head.starts_with("<!--")) && head.contains("<html")
}

/// Returns the document on a page.
pub(super) fn read(bytes: &[u8]) -> Result<Source, Unreadable> {
    if bytes.len() > LARGEST_PAGE {
        return Err(Unreadable::TooLarge);
    }
    let (text, encoding) = text_of(bytes)?;
    let mut source = read_text(text)?;
    source.encoding = encoding;
    Ok(source)
}

/// Returns the document on the page that a message holds, as Word and Excel save one with its pictures.
pub(super) fn read_message(bytes: &[u8]) -> Result<Source, Unreadable> {
    if bytes.len() > LARGEST_PAGE {
        return Err(Unreadable::TooLarge);
    }
    read(&message::page(bytes).ok_or(Unreadable::Damaged)?)
}

/// Returns the document on a page that is decoded already.
pub(super) fn read_text(text: String) -> Result<Source, Unreadable> {
    let tree = tree::parse(text)?;
    let chrome = Chrome::of(&tree);
    let mut walk = Walk {
        tree: &tree,
        chrome: &chrome,
        pieces: Vec::new(),
        line: String::new(),
        heading: false,
        pre: false,
        lists: Vec::new(),
        cells: MOST_CELLS,
    };
    walk.node(0)?;
    walk.end_line();
    let mut builder = Builder::new(Format::Html);
    builder.pieces(walk.pieces);
    builder.finish()
}

/// Decodes a page: a byte-order mark and valid UTF-8 are believed before what the page says, which is often copied from
/// another page.
fn text_of(bytes: &[u8]) -> Result<(String, Encoding), Unreadable> {
    let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !marked
        && std::str::from_utf8(bytes).is_err()
        && let Some(named) = named_encoding(bytes)
    {
        let chinese = [encoding_rs::GB18030, encoding_rs::GBK, encoding_rs::UTF_8].contains(&named);
        if !chinese && named.is_ascii_compatible() {
            return Ok((named.decode_without_bom_handling(bytes).0.into_owned(), Encoding::Named));
        }
    }
    decode::decode(bytes)
}

/// Returns the encoding that a page names in its head.
fn named_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let (_, rest) = head.split_once("charset=")?;
    let label: String = rest
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

/// The way through the elements of a page.
struct Walk<'a> {
    tree: &'a Tree,
    chrome: &'a Chrome,
    pieces: Vec<Piece>,
    line: String,
    heading: bool,
    pre: bool,
    /// The numbers of the numbered lists that are open; nothing for other lists.
    lists: Vec<Option<i64>>,
    /// How many more cells the tables of the page may cover.
    cells: usize,
}

impl Walk<'_> {
    /// Reads an element and what stands in it. How deep they stand in each other is limited by the tree.
    fn node(&mut self, id: u32) -> Result<(), Unreadable> {
        if self.chrome.drops(id) {
            return Ok(());
        }
        let node = self.tree.node(id);
        match (&node.kind, node.name()) {
            (Kind::Text(text), _) => self.text(text),
            (Kind::Element(..), "br" | "hr") => self.end_line(),
            (Kind::Element(..), "img") => {}
            (Kind::Element(..), "table") => {
                self.end_line();
                let grid = self.table(id)?;
                self.pieces.push(Piece::Table(grid));
            }
            (Kind::Element(..), name) => {
                let (block, heading, pre) = (is_block(name), self.heading, self.pre);
                if block {
                    self.end_line();
                }
                self.heading |= is_heading(name);
                self.pre |= name == "pre";
                match name {
                    "ol" => self.lists.push(first_number(node)),
                    "ul" => self.lists.push(None),
                    "li" => self.number(node),
                    _ => {}
                }
                self.children(id)?;
                if matches!(name, "ol" | "ul") {
                    self.lists.pop();
                }
                if block {
                    self.end_line();
                }
                (self.heading, self.pre) = (heading, pre);
            }
            (Kind::Other, _) => self.children(id)?,
        }
        Ok(())
    }

    fn children(&mut self, id: u32) -> Result<(), Unreadable> {
        let tree = self.tree;
        tree.children(id).try_for_each(|child| self.node(child))
    }

    /// Adds text to the line; white space runs together as in a browser, but for that of other widths, which is kept.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.pre => self.end_line(),
                '\t' | '\n' | '\r' | '\u{c}' | ' ' => {
                    if !self.line.is_empty() && !self.line.ends_with(' ') {
                        self.line.push(' ');
                    }
                }
                c => self.line.push(c),
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.chars().all(span::is_blank) {
            self.pieces.push(Piece::Paragraph(self.heading, line));
        }
    }

    /// An item of a numbered list begins with the number that a browser shows.
    fn number(&mut self, item: &Node) {
        if let Some(Some(number)) = self.lists.last_mut() {
            let own = item.attribute("value").and_then(|value| value.trim().parse().ok());
            *number = own.unwrap_or(number.saturating_add(1));
            self.line = format!("{number}. ");
        }
    }

    /// Reads the rows of a table, those of its parts included and those of tables in it not.
    fn table(&mut self, id: u32) -> Result<Grid, Unreadable> {
        let tree = self.tree;
        let mut rows = Vec::new();
        for child in tree.children(id).filter(|child| !self.chrome.drops(*child)) {
            match tree.node(child).name() {
                "tr" => rows.push(self.row(child)?),
                "thead" | "tbody" | "tfoot" => {
                    for row in tree.children(child).filter(|row| tree.node(*row).name() == "tr") {
                        if !self.chrome.drops(row) {
                            rows.push(self.row(row)?);
                        }
                    }
                }
                "caption" => {
                    self.children(child)?;
                    self.end_line();
                }
                _ => {}
            }
        }
        Grid::placed(rows, &mut self.cells).ok_or(Unreadable::TooManyCells)
    }

    fn row(&mut self, id: u32) -> Result<Vec<GridCell>, Unreadable> {
        let tree = self.tree;
        let mut cells = Vec::new();
        for child in tree.children(id).filter(|child| matches!(tree.node(*child).name(), "td" | "th")) {
            if self.chrome.drops(child) {
                continue;
            }
            let (outer, heading) = (std::mem::take(&mut self.pieces), std::mem::take(&mut self.heading));
            self.children(child)?;
            self.end_line();
            let pieces = std::mem::replace(&mut self.pieces, outer);
            self.heading = heading;
            let node = tree.node(child);
            cells.push(GridCell {
                columns: covers(node, "colspan", 1000).max(1),
                rows: covers(node, "rowspan", 65_534),
                ..GridCell::new(0, pieces)
            });
        }
        Ok(cells)
    }
}

/// How many columns or rows a cell says it covers, up to the standard's limits; 0 is for all that follow.
fn covers(cell: &Node, name: &str, most: u16) -> u16 {
    let value = cell.attribute(name).map(str::trim).unwrap_or_default();
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    digits.parse::<u16>().map_or(if digits.is_empty() { 1 } else { most }, |number| number.min(most))
}

/// The number before the first of a numbered list; nothing where the list hides its numbers.
fn first_number(list: &Node) -> Option<i64> {
    let hidden =
        list.attribute("style").is_some_and(|style| style.replace(' ', "").contains("list-style:none"));
    let start: i64 = list.attribute("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    (!hidden).then(|| start.saturating_sub(1))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether an element begins and ends on lines of its own.
fn is_block(name: &str) -> bool {
    !matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    ) && !name.contains(':')
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::shown::shown;
    use super::*;

    #[track_caller]
    fn check(html: &str, expect: &Expect) {
        expect.assert_eq(&shown(read(html.as_bytes())));
    }

    #[test]
    fn text_is_what_a_browser_shows() {
        check(
            "<!DOCTYPE html><title>某局</title><h1>某局2024年<br>部门预算</h1><p>一、收入&nbsp;1,202.95\n 万元<b>。</b>\
             <p>&ldquo;三公&rdquo;经费<!-- 略 --><script>x</script><ol start=3><li>甲<li>乙</ol>\
             <p style='display: none'>隐藏</p><div>一<span>段</span><div>二段</div>三段</div><pre>1\n2</pre>",
            &expect![[r"
                # 某局2024年
                # 部门预算
                一、收入 1,202.95 万元。
                “三公”经费
                3. 甲
                4. 乙
                一段
                二段
                三段
                1
                2
            "]],
        );
    }

    #[test]
    fn cells_stand_in_their_columns() {
        check(
            "<table><caption>表1 支出表</caption><thead><tr><th colspan=2>科目<th rowspan=2>合计<tr><th>编码<th>名称\
             </thead><tr><td>201<td>一般公共<br>服务<td><p>3.43</p><tr><td>202<td><td>&nbsp;</table>",
            &expect![[r"
                表1 支出表
                |0:科目[2x1] 2:合计[1x2]
                |0:编码 1:名称
                |0:201 1:一般公共/服务 2:3.43
                |0:202 1: 2:
            "]],
        );
    }

    #[test]
    fn tables_that_lay_out_a_page_are_text() {
        check(
            "<table><tr><td><p>一、职责</p><p>负责。</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table></td>\
             <td>&nbsp;</td></tr></table><table><tr><td>单位：万元<tr><td>无</table>",
            &expect![[r"
                一、职责
                负责。
                |0:甲 1:1
                |0:乙 1:2
                单位：万元
                无
            "]],
        );
    }

    #[test]
    fn the_page_around_the_document_is_left_out() {
        let text = "<p>2024年收入预算1,202.95万元，比上年增加3.43万元，主要原因是人员增加。</p>".repeat(20);
        let page = format!(
            "<body><header>网站</header><nav><a href=/>首页</a></nav>\
             <div><ul><li><a href=/1>政务公开</a><li><a href=/2>政策</a><li><a href=/3>服务</a></ul></div>\
             <div><div>您的位置：<a href=/>首页</a> &gt; <a href=/4>预算</a></div><h1>某局2024年部门预算</h1>\
             <div>发布日期：2024-02-05</div><div><p>一、收入</p>{text}</div></div>\
             <div><p>主办：某县人民政府 <a href=/5>网站地图</a></p><p>备案号：1</p></div><footer>版权</footer></body>"
        );
        let source = read(page.as_bytes()).expect("it is a page");
        let lines: Vec<&str> = source.text.lines().take(4).collect();
        assert_eq!(lines, ["某局2024年部门预算", "发布日期：2024-02-05", "一、收入", lines[3]]);
        assert_eq!(source.text.lines().count(), 23);
    }

    #[test]
    fn links_within_the_page_are_a_contents_page_and_no_menu() {
        check(
            "<ul><li><a href='#1'>第一部分 概况</a><li><a href='#2'>第二部分 预算表</a><li><a href='#3'>第三部分 说明</a>\
             </ul><p>附件：<a href=a.xlsx>预算公开表.xlsx</a></p>",
            &expect![[r"
                第一部分 概况
                第二部分 预算表
                第三部分 说明
                附件：预算公开表.xlsx
            "]],
        );
    }

    #[test]
    fn pages_come_in_the_encodings_of_their_time() {
        let page = "<meta charset=utf-8><p>收入预算</p>";
        let gb = encoding_rs::GB18030.encode(page).0.into_owned();
        let big5 = encoding_rs::BIG5.encode("<meta charset='big5'><p>收入預算</p>").0.into_owned();
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(page.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let texts = [gb, big5, utf16].map(|bytes| read(&bytes).map(|source| (source.text, source.encoding)));
        assert_eq!(
            texts,
            [
                Ok(("收入预算\n".to_owned(), Encoding::Gb18030)),
                Ok(("收入預算\n".to_owned(), Encoding::Named)),
                Ok(("收入预算\n".to_owned(), Encoding::Utf16)),
            ]
        );
    }

    #[test]
    fn pages_are_known_by_their_first_tag() {
        assert!(is_html(b"\xEF\xBB\xBF\r\n<!DOCTYPE HTML PUBLIC \"-//W3C\">"));
        assert!(is_html(b"<?xml version='1.0'?><html>") && is_html(b"\xFF\xFE<\0h\0t\0m\0l\0>\0"));
        assert!(!is_html("<一>".as_bytes()) && !is_html(b"") && !is_html(b"<?xml?><w:document>"));
    }

    #[test]
    fn what_would_take_the_square_of_its_length_is_refused() {
        let refused = |page: String| read(page.as_bytes()).map(|source| source.text.len());
        assert_eq!(refused("<div>".repeat(20_000)), Err(Unreadable::TooDeep));
        let formats: Vec<String> = (0..2000).map(|i| format!("<b id={i}>")).collect();
        assert_eq!(refused(formats.concat() + &"<p>x".repeat(10_000)), Err(Unreadable::TooDeep));
        assert_eq!(refused("<div>".repeat(900) + &"<p></p>".repeat(20_000)), Err(Unreadable::TooDeep));
        let wide = "<td rowspan=65000>".repeat(1000) + &"<tr>".repeat(2000);
        assert_eq!(refused(format!("<table><tr>{wide}")), Err(Unreadable::TooManyCells));
    }
}
