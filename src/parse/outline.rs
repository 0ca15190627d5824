//! Blocks → the contents page apart, the sections of the body, and the paragraphs between them.
//!
//! A heading is known by its number, its shortness and what follows it; what a format calls a heading is a hint only,
//! because converters and clerks both get it wrong.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::contents::{contents_page, entries};
use super::fold::{Folded, folded};
use super::line::{Ending, LONGEST_HEADING, Line, measure};
use super::marks::{Marks, has_figure, without_asides};
use super::numbering::{Numbering, Style};
use super::wordlist::Wordlist;
use crate::model::{Part, Section, SectionId, Vocabulary};
use crate::source::span::{holds, trim};
use crate::source::{BlockKind, Source, Span};

/// The longest heading without a number, in characters.
const LONGEST_TOPIC: usize = 24;

/// The shape of a document.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The headings of the body in document order.
    pub(super) sections: Vec<Section>,
    /// The block that each of them has for a heading.
    pub(super) headings: Vec<usize>,
    /// The contents page, where there is one.
    pub(super) contents: Option<Span>,
    /// The text between the headings, in document order.
    pub(super) paragraphs: Vec<Paragraph>,
}

/// A stretch of running text: one paragraph of the author, however many lines a converter made of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paragraph {
    /// The section it stands in.
    pub(super) section: Option<SectionId>,
    /// Its first block.
    pub(super) first: usize,
    /// The block after its last.
    pub(super) end: usize,
    /// The number it begins with.
    pub(super) numbering: Option<Numbering>,
    /// The table and the row, where it is a row of a table.
    pub(super) row: Option<(u32, u32)>,
}

/// Returns the outline of a source and interns its titles.
pub(super) fn outline(source: &Source, folded: &Folded, words: &mut Vocabulary) -> Outline {
    let lines = Line::all(source, folded);
    let body = contents_page(&lines);
    let contents = body.and_then(|(from, to)| {
        let (first, last) = (source.blocks.get(from)?, source.blocks.get(to.checked_sub(1)?)?);
        Some(first.span.cover(last.span))
    });
    let mut builder = Builder {
        source,
        words,
        lines: &lines,
        outline: Outline { contents, paragraphs: Vec::with_capacity(lines.len()), ..Outline::default() },
        entries: Vec::new(),
        open: Vec::new(),
        looked_at: None,
        listed: None,
        measure: measure(&lines),
    };
    let skipped = body.unwrap_or((0, 0));
    builder.entries = entries(lines.get(skipped.0..skipped.1).unwrap_or_default());
    let mut index = 0;
    while index < lines.len() {
        if index >= skipped.0 && index < skipped.1 {
            index = skipped.1;
        } else if let Some(style) = builder.style_of(index) {
            builder.add_section(index, style);
            if lines.get(index).is_some_and(|line| !line.is_row() && has_figure(line.core())) {
                builder.add_paragraph(index, (index + 1, index + 1));
            }
            index += 1;
        } else {
            index = builder.add_paragraph(index, skipped);
        }
    }
    builder.close(source.text.len());
    builder.outline
}

struct Builder<'a> {
    source: &'a Source,
    words: &'a mut Vocabulary,
    lines: &'a [Line<'a>],
    outline: Outline,
    /// What the contents page calls the parts of the body, where it does not number them as such.
    entries: Vec<&'a str>,
    /// The block that was looked at last as one that may go on with the sentence before it, and what heading it is: the
    /// same is asked again when it begins a paragraph of its own.
    looked_at: Option<(usize, Option<Style>)>,
    /// The sections that are open, outermost first, with the style of their number.
    open: Vec<(SectionId, Style)>,
    /// The width that lines were broken at.
    measure: Option<usize>,
    /// How the sentences of a list in this section are numbered, where there is one.
    listed: Option<Style>,
}

impl Builder<'_> {
    /// Returns the style of the heading that a block is, as far as possible from what was found out before.
    fn style_of(&mut self, index: usize) -> Option<Style> {
        match self.looked_at.take() {
            // What a list before it is numbered like may have changed; for a block without a number that is nothing.
            Some((at, style)) if at == index && self.lines.get(at).is_some_and(|l| l.numbering.is_none()) => {
                style
            }
            Some(_) | None => self.heading_style(index),
        }
    }

    /// Returns the style of the heading that a block is, or nothing where it is text.
    fn heading_style(&self, index: usize) -> Option<Style> {
        let line = self.lines.get(index)?;
        if line.is_row() {
            return self.heads_rows(index).then_some(Style::RowTitle);
        }
        if self.titles_table(index, line) {
            return Some(Style::TableTitle);
        }
        if !line.short || line.text.len() > 3 * LONGEST_HEADING {
            return None;
        }
        let core = line.core();
        // Bars stand between the cells of a table that was written as text; a line of the classification names its figures.
        if core.is_empty() || ends_a_path(core) || memchr::memchr_iter(b'|', core.as_bytes()).nth(1).is_some()
        {
            return None;
        }
        let Some(numbering) = line.numbering else {
            // Most lines are told to be text by less than their marks.
            let unnumbered = || self.unnumbered(index, line, core).filter(|_| !Marks::of(core).stop);
            let part = self.names_part(index, line) || self.is_an_entry(line);
            return if part { Some(Style::Part) } else { unnumbered() };
        };
        let marks = Marks::of(core);
        let heading = !marks.stop && self.is_heading(index, line, numbering, (core, marks));
        heading.then(|| {
            let glossary =
                core.ends_with("名词解释") && self.open.iter().any(|(_, style)| *style == Style::Part);
            if glossary { Style::Part } else { numbering.style }
        })
    }

    /// A heading without a number that the contents page names, with the department in front or without.
    fn is_an_entry(&self, line: &Line) -> bool {
        const SHORTEST: usize = 4;
        let core = line.core();
        let named = |entry: &str| {
            let own = entry.trim_start_matches("单位").trim_start_matches("部门");
            core == entry || own.chars().count() >= SHORTEST && core.ends_with(own)
        };
        !self.entries.is_empty() && !line.closes() && self.entries.iter().copied().any(named)
    }

    /// The name of a part whose number, 第二部分, stands on a line of its own above, as on a title page.
    fn names_part(&self, index: usize, line: &Line) -> bool {
        let above = index.checked_sub(1).and_then(|above| self.lines.get(above));
        let number = above.filter(|above| above.core().is_empty()).and_then(|above| above.numbering);
        number.is_some_and(|number| number.style == Style::Part)
            && !line.closes()
            && line.core().chars().nth(LONGEST_TOPIC).is_none()
    }

    /// A line that ends with 表 and has a table right below it, or below the line with its unit.
    fn titles_table(&self, index: usize, line: &Line) -> bool {
        let below = || self.lines.iter().skip(index + 1).take(2).any(Line::is_row);
        line.numbering.is_none()
            && line.short
            && line.text.ends_with('表')
            && below()
            && !self.open.is_empty()
    }

    /// A row that holds nothing but the name of a goal or of the rows below it.
    fn heads_rows(&self, index: usize) -> bool {
        let Some(BlockKind::Row { table, row }) = self.source.blocks.get(index).map(|block| block.kind)
        else {
            return false;
        };
        let cells = self.source.tables.get(table as usize).and_then(|table| table.rows.get(row as usize));
        if cells.is_none_or(|row| row.cells.len() > 2) {
            return false;
        }
        let texts: Vec<String> = cells
            .map_or(&[][..], |row| &row.cells)
            .iter()
            .map(|cell| folded(self.source.cut(cell.span)))
            .collect();
        let goal = |text: &str| text.ends_with(':') && text.contains("目标") && text.chars().count() <= 8;
        match texts.as_slice() {
            [only] => only.ends_with("目标") || only.ends_with("目标表"),
            [first, second] => goal(first) && !second.is_empty(),
            _ => false,
        }
    }

    /// Whether a line was broken at its end, so that the next one goes on with its sentence.
    fn is_broken(&self, line: &Line) -> bool {
        let full = self.measure.is_some_and(|measure| line.width == measure || line.width + 1 == measure);
        full && matches!(line.ending, Ending::Text | Ending::Number | Ending::Mark(':' | ';'))
    }

    fn is_heading(
        &self,
        index: usize,
        line: &Line,
        numbering: Numbering,
        (core, marks): (&str, Marks),
    ) -> bool {
        if numbering.style == Style::Part {
            return true;
        }
        // No sentence begins with a mark.
        let next = self.lines.get(index + 1);
        let goes_on = next.is_some_and(|next| next.marked);
        if goes_on
            || line.ending == Ending::Number
            || self.is_broken(line) && !names_a_topic(core.trim_end_matches('。'))
        {
            return false;
        }
        let stopped = core.ends_with('。');
        let name = without_asides(core.trim_end_matches('。'), marks);
        let marks = if matches!(name, Cow::Owned(_)) { Marks::of(&name) } else { marks };
        let name = name.as_ref();
        if marks.colon || line.text.ends_with([',', '、']) {
            return false;
        }
        if line.is_marked_heading() {
            return !has_figure(name) || !marks.comma;
        }
        if marks.comma || name.is_empty() {
            return false;
        }
        let next = self.lines.get(index + 1);
        let next_style = next.and_then(|next| next.numbering).map(|numbering| numbering.style);
        // What the sections that this one would close were numbered like says nothing of what stands below it.
        let mut around =
            self.open.iter().map(|(_, style)| *style).take_while(|style| *style != numbering.style);
        let deeper =
            next_style.is_some_and(|style| style != numbering.style && around.all(|open| open != style));
        if has_figure(name) {
            return deeper && numbering.style == Style::ChineseBracket;
        }
        if stopped {
            let body = next_style.is_none() || deeper;
            // The last duty of every department is what else it is told to do: a sentence, though it ends like a topic.
            let duty = holds(name, "交办");
            return body && !duty && names_a_topic(name);
        }
        if self.listed == Some(numbering.style) && !names_a_topic(name) {
            return false;
        }
        match numbering.style {
            Style::Part | Style::Chinese | Style::ChineseBracket => true,
            Style::Arabic | Style::ArabicBracket | Style::Circled | Style::Letter => {
                !self.is_list_item(index, numbering)
            }
            Style::TableTitle | Style::RowTitle => false,
        }
    }

    /// A short numbered line is an item of a list where its neighbours are the numbers before and after it.
    fn is_list_item(&self, index: usize, numbering: Numbering) -> bool {
        let neighbour = |at: Option<usize>, value: u32| {
            let line = at.and_then(|at| self.lines.get(at)).filter(|line| !line.closes());
            let other = line.and_then(|line| line.numbering);
            other.is_some_and(|other| other.style == numbering.style && other.value == value)
        };
        neighbour(index.checked_add(1), numbering.value + 1)
            || numbering.value > 1 && neighbour(index.checked_sub(1), numbering.value - 1)
    }

    /// A heading without a number: marked by the format, or a short name of a topic that stands alone.
    fn unnumbered(&self, index: usize, line: &Line, core: &str) -> Option<Style> {
        let (_, style) = self.open.last().copied()?;
        if core.starts_with("关于") && core.ends_with("报告") {
            return Some(Style::Part);
        }
        let part = self.outline.sections.last().map(|section| section.part)?;
        let accounts = matches!(part, Part::Accounts | Part::Staff);
        let topic = || accounts && names_a_topic(core) && self.stands_alone(index);
        let plain = || {
            let marked = core.contains([',', '。', ';', '、', ':']) || line.text.ends_with(':');
            !marked && !has_figure(core)
        };
        if (line.is_marked_heading() || topic()) && core.chars().nth(LONGEST_TOPIC).is_none() && plain() {
            if core.ends_with("名词解释") {
                return Some(Style::Part);
            }
            return Some(if self.open.iter().any(|(_, style)| *style == Style::Chinese) {
                Style::Chinese
            } else {
                style
            });
        }
        None
    }

    /// Whether no sentence goes on from the block before into this one.
    fn stands_alone(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.lines.get(before));
        index == 0 || before.is_some_and(|before| before.closes() || before.numbering.is_some())
    }

    fn add_section(&mut self, index: usize, style: Style) {
        let Some(block) = self.source.blocks.get(index).copied() else { return };
        let Some(line) = self.lines.get(index) else { return };
        self.listed = None;
        let start = block.span.start as usize;
        let keep = self
            .open
            .iter()
            .position(|(_, open)| *open == style || style == Style::Part)
            .unwrap_or(self.open.len());
        self.close_to(keep, start);
        let parent = self.open.last().map(|(id, _)| *id);
        let id = SectionId(self.outline.sections.len() as u32);
        let inherited =
            parent.and_then(|parent| self.outline.sections.get(parent.0 as usize)).map(|parent| parent.part);
        let heading = without_marks(self.source, block.span);
        let title = self.words.name(&clean_title(self.source.cut(heading)));
        let level = self.open.len() as u8 + 1;
        let part = part_of(line.core(), inherited);
        self.outline.sections.push(Section {
            title,
            level,
            part,
            parent,
            heading,
            span: Span::new(start, start),
        });
        self.outline.headings.push(index);
        self.open.push((id, style));
    }

    /// Adds the paragraph that begins at a block and returns the block after it.
    fn add_paragraph(&mut self, first: usize, skipped: (usize, usize)) -> usize {
        let mut end = first + 1;
        while end < self.lines.len() && end != skipped.0 && self.continues(end) {
            end += 1;
        }
        let section = self.outline.sections.len().checked_sub(1).map(|last| SectionId(last as u32));
        let numbering = self.lines.get(first).and_then(|line| line.numbering);
        if let Some(numbering) = numbering {
            self.listed = Some(numbering.style);
        }
        let row = self.source.blocks.get(first).and_then(|block| match block.kind {
            BlockKind::Row { table, row } => Some((table, row)),
            BlockKind::Paragraph | BlockKind::Heading => None,
        });
        self.outline.paragraphs.push(Paragraph { section, first, end, numbering, row });
        end
    }

    /// Whether a block goes on with the sentence of the block before it, as after a page break.
    fn continues(&mut self, index: usize) -> bool {
        let (Some(before), Some(line)) =
            (index.checked_sub(1).and_then(|at| self.lines.get(at)), self.lines.get(index))
        else {
            return false;
        };
        let part = line.numbering.is_some_and(|numbering| numbering.style == Style::Part);
        if line.is_row() || before.is_row() || part {
            return false;
        }
        // 1、农林水支出（类）水利（款）防汛（项）。 and its figures on the next line.
        if line.numbering.is_none() && before.numbering.is_some() && ends_a_path(before.core()) {
            return true;
        }
        // A number after a colon or semicolon begins an item of a list even at the end of a full line.
        let open = !before.closes() && (self.is_broken(before) || line.numbering.is_none());
        let broken = self.is_broken(before) && line.numbering.is_none();
        if !open && !broken || self.is_broken(before) {
            return open || broken;
        }
        let style = self.heading_style(index);
        self.looked_at = Some((index, style));
        style.is_none()
    }

    fn close_to(&mut self, keep: usize, end: usize) {
        for (id, _) in self.open.drain(keep.min(self.open.len())..) {
            if let Some(section) = self.outline.sections.get_mut(id.0 as usize) {
                section.span = Span::new(section.span.start as usize, end);
            }
        }
    }

    fn close(&mut self, end: usize) {
        self.close_to(0, end);
    }
}

/// Whether a line ends as the lines of the functional classification do.
fn ends_a_path(core: &str) -> bool {
    let name = core.strip_suffix('。').unwrap_or(core);
    name.ends_with("(项)") && (holds(name, "(类)") || holds(name, "(款)"))
}

/// What headings end with.
static TOPICS: LazyLock<Wordlist<()>> = LazyLock::new(|| {
    const ENDINGS: &[&str] = &[
        "情况", "说明", "概况", "措施", "内容", "解释", "分析", "构成", "职责", "职能", "设置", "结果",
        "目标", "指标", "事项", "体系", "制度", "工作",
    ];
    Wordlist::by_last(ENDINGS.iter().map(|ending| (*ending, ())))
});

/// Whether a name ends as headings do.
fn names_a_topic(name: &str) -> bool {
    TOPICS.of(name).next().is_some()
}

/// The span of a heading without the emphasis marks at its sides.
fn without_marks(source: &Source, span: Span) -> Span {
    let text = source.cut(span);
    let start = span.start as usize + text.len() - text.trim_start_matches(['*', '#', ' ']).len();
    trim(&source.text, Span::new(start, start + text.trim_matches(['*', '#', ' ']).len()))
}

/// A title as one line without emphasis.
fn clean_title(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| matches!(c, '*' | '\u{3000}') || c.is_control()) {
        return Cow::Borrowed(text);
    }
    // The cells of a row that is a heading follow each other without the blanks between them.
    let mut title = String::with_capacity(text.len());
    for c in text.chars().filter(|c| *c != '*' && !c.is_control()) {
        if c != '\u{3000}' || !title.ends_with('：') {
            title.push(c);
        }
    }
    Cow::Owned(title)
}

/// What the title of a section says of its content; of several the first counts.
const TITLES: &[(&str, Part)] = &[
    ("名词解释", Part::Glossary),
    ("名词说明", Part::Glossary),
    ("绩效", Part::Performance),
    ("人员", Part::Staff),
    ("编制情况", Part::Staff),
    ("机构编制", Part::Staff),
    ("职责", Part::Prose),
    ("职能", Part::Prose),
    ("机构设置", Part::Prose),
    ("内设机构", Part::Prose),
    ("工作重点", Part::Prose),
    ("重点工作", Part::Prose),
    ("工作任务", Part::Prose),
    ("主要工作", Part::Prose),
    ("单位构成", Part::Prose),
    ("公开情况的报告", Part::Prose),
    ("概况", Part::Prose),
    ("基本情况", Part::Prose),
];

static PARTS: LazyLock<Wordlist<usize>> =
    LazyLock::new(|| Wordlist::by_first(TITLES.iter().enumerate().map(|(index, (word, _))| (*word, index))));

/// Returns what kind of content a section has, from its title and the section around it.
fn part_of(title: &str, inherited: Option<Part>) -> Part {
    let explains = || ["预算编制", "决算编制", "收支"].iter().any(|word| holds(title, word));
    let found = PARTS.first_in(title).and_then(|index| TITLES.get(index)).map(|(_, part)| *part);
    match (inherited, found) {
        (Some(Part::Glossary), _) => Part::Glossary,
        (_, Some(Part::Staff)) if explains() => Part::Accounts,
        (_, Some(part)) => part,
        (Some(inherited), None) => inherited,
        (None, None) => Part::Accounts,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::source::{Encoding, Format};

    #[track_caller]
    fn check(text: &str, format: Format, expect: &Expect) {
        let source = Source::from_text(text.to_owned(), format, Encoding::Utf8);
        let mut words = Vocabulary::default();
        let outline = outline(&source, &Folded::of(&source), &mut words);
        let mut shown = String::new();
        for section in &outline.sections {
            let line = source.line_of(section.heading.start);
            let _ = writeln!(
                shown,
                "{}{} L{line} {:?}",
                "  ".repeat(section.level as usize - 1),
                words.text(section.title),
                section.part
            );
        }
        for paragraph in &outline.paragraphs {
            let text: Vec<&str> = source.blocks[paragraph.first..paragraph.end]
                .iter()
                .map(|block| source.cut(block.span))
                .collect();
            let _ = writeln!(shown, "[{:?}] {}", paragraph.section.map(|id| id.0), text.join("|"));
        }
        expect.assert_eq(&shown);
    }

    #[test]
    fn the_contents_page_is_kept_apart() {
        check(
            "目 录\n第一部分 部门概况\n一、主要职责\n第二部分 名词解释\n第一部分 部门概况\n一、主要职责:\n负责水。\n第二部分名词解释\n1、基本支出:指支出。",
            Format::Text,
            &expect![[r"
                第一部分 部门概况 L5 Prose
                  一、主要职责: L6 Prose
                第二部分名词解释 L8 Glossary
                [Some(1)] 负责水。
                [Some(2)] 1、基本支出:指支出。
            "]],
        );
    }

    #[test]
    fn the_body_begins_where_the_contents_page_ends() {
        // One of the entries is a heading further on, and none is at the beginning of the body.
        check(
            "目 录\n一、单位主要职能\n二、名词解释\n三、单位预算编制说明\n某市文献馆主要职能\n某市文献馆是直属单位。\n1.整理经验;\n2.承办上级交办的其他事项。\n名词解释\n(一)基本支出:指支出。",
            Format::Text,
            &expect![[r"
                某市文献馆主要职能 L5 Prose
                名词解释 L9 Glossary
                [Some(0)] 某市文献馆是直属单位。
                [Some(0)] 1.整理经验;
                [Some(0)] 2.承办上级交办的其他事项。
                [Some(1)] (一)基本支出:指支出。
            "]],
        );
        // A remark in the contents page is no body yet.
        check(
            "目 录\n第一部分 部门概况\n第二部分 预算表\n反映预算收支的总体情况。\n一、收支总表\n第一部分 部门概况\n负责水。",
            Format::Text,
            &expect![[r"
                第一部分 部门概况 L6 Prose
                [Some(0)] 负责水。
            "]],
        );
    }

    #[test]
    fn numbered_sentences_and_lists_are_no_headings() {
        check(
            "第二部分 2025年预算\n一、单位\n1.县水利局本级\n2.县水库管理所\n3.县河道站\n二、“三公”经费情况\n(一)2025年预算安排10万元,持平。\n1、公务接待费4万元,持平。\n2、因公出国(境)费0万元,持平。\n三、绩效情况\n1.工作开展情况\n开展了。\n2.结果应用情况。\n用了。",
            Format::Text,
            &expect![[r"
                第二部分 2025年预算 L1 Accounts
                  一、单位 L2 Accounts
                  二、“三公”经费情况 L6 Accounts
                  三、绩效情况 L10 Performance
                    1.工作开展情况 L11 Performance
                    2.结果应用情况。 L13 Performance
                [Some(1)] 1.县水利局本级
                [Some(1)] 2.县水库管理所
                [Some(1)] 3.县河道站
                [Some(2)] (一)2025年预算安排10万元,持平。
                [Some(2)] 1、公务接待费4万元,持平。
                [Some(2)] 2、因公出国(境)费0万元,持平。
                [Some(4)] 开展了。
                [Some(5)] 用了。
            "]],
        );
    }

    #[test]
    fn levels_of_markdown_lie_and_page_breaks_cut_sentences() {
        check(
            "# 栖霞县水利局 2022 年部门预算\n\n#### **第一部分 概况**\n\n## 一、职责\n\n制定医疗服务项\n\n目价格。\n\n### （一）推进改革。\n\n改。\n\n## **第二部分 预算**",
            Format::Markdown,
            &expect![[r"
                第一部分 概况 L3 Prose
                  一、职责 L5 Prose
                    （一）推进改革。 L11 Prose
                第二部分 预算 L15 Accounts
                [None] 栖霞县水利局 2022 年部门预算
                [Some(1)] 制定医疗服务项|目价格。
                [Some(2)] 改。
            "]],
        );
    }
}
