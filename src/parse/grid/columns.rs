//! The head of a table and what stands below it → the stretches of columns that are read together: codes and names, then
//! their figures. A table of two sides has two.

use super::cells::Cells;
use super::head::Head;
use super::label::{Label, code_of, domain_of};
use super::number;
use crate::model::catalog::{Domain, catalog};

/// Words of a head over figures that are no money.
const NO_MONEY: &[&str] = &[
    "指标",
    "编码",
    "代码",
    "行次",
    "栏次",
    "序号",
    "数量",
    "人数",
    "分值",
    "权重",
    "得分",
    "自评",
    "面积",
    "时间",
    "期限",
    "备注",
    "规格",
    "简介",
    "说明",
    "年度目标",
];

/// One stretch of columns.
#[derive(Debug, Default)]
pub(super) struct Segment {
    /// What names its rows; the first is the one that the figures are counted under.
    pub(super) labels: Vec<Labels>,
    /// Columns that say which year a row is of.
    pub(super) periods: Vec<usize>,
    /// The columns of its figures.
    pub(super) values: Vec<usize>,
}

/// Columns that together name a row: 类, 款, 项 and 科目名称.
#[derive(Debug, Default, Clone)]
pub(super) struct Labels {
    pub(super) codes: Vec<(usize, Digits)>,
    /// Each with how much its head says that it is a name.
    pub(super) names: Vec<(usize, u8)>,
    pub(super) domain: Option<Domain>,
    /// Whether it is the classification of the government's own budget, 501 to 599.
    pub(super) government: bool,
}

/// Which part of a code a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    /// 类.
    Lei,
    /// 款.
    Kuan,
    /// 项.
    Xiang,
    /// All of it.
    All,
}

enum Role {
    Code(Digits),
    Name,
    /// Nothing stands in it, though its head could be that of names.
    Blank,
    Value,
    Period,
    Nothing,
}

/// Returns the stretches of a table that hold figures.
pub(super) fn segments(cells: &Cells, head: &Head, rows: &[usize]) -> Vec<Segment> {
    let mut all: Vec<Segment> = vec![Segment::default()];
    for column in 0..cells.width {
        let role = role(cells, head, rows, column);
        let Some(segment) = all.last_mut() else { break };
        match role {
            Role::Nothing => {}
            Role::Period => segment.periods.push(column),
            Role::Value => segment.values.push(column),
            // An empty column begins no other side.
            Role::Blank if !segment.values.is_empty() => segment.values.push(column),
            Role::Code(_) | Role::Name | Role::Blank => {
                if !segment.values.is_empty() {
                    all.push(Segment::default());
                }
                if let Some(segment) = all.last_mut() {
                    add(segment, head, column, &role);
                }
            }
        }
    }
    all.retain(|segment| !segment.values.is_empty());
    for segment in &mut all {
        for labels in &mut segment.labels {
            find_domain(labels, cells, head, rows);
        }
        segment.labels.sort_by_key(rank);
    }
    all
}

/// The classification by function says most of a row, that of the government's own budget least.
fn rank(labels: &Labels) -> u8 {
    match (labels.domain, labels.government) {
        (Some(Domain::Functional), _) => 0,
        (Some(Domain::Economic), _) => 1,
        (None, false) => 2,
        (None, true) => 3,
    }
}

/// Adds a column that names rows: to the ones before it, or as the first of others.
fn add(segment: &mut Segment, head: &Head, column: usize, role: &Role) {
    let classified = |column: usize| {
        let path = head.paths.get(column).map(|path| path.concat()).unwrap_or_default();
        path.contains("科目") || path.contains("分类")
    };
    let starts = match (segment.labels.last(), role) {
        (None, _) => true,
        (Some(last), Role::Code(_)) => !last.names.is_empty(),
        (Some(last), _) => classified(column) && last.names.iter().any(|(name, _)| classified(*name)),
    };
    if starts {
        segment.labels.push(Labels::default());
    }
    let Some(labels) = segment.labels.last_mut() else { return };
    match role {
        Role::Code(digits) => labels.codes.push((column, *digits)),
        Role::Name | Role::Blank | Role::Value | Role::Period | Role::Nothing => {
            labels.names.push((column, weight(head, column)));
        }
    }
}

/// How much a head says that what is below it are names of rows: 项目名称 does, 项目类别 says something about them.
fn weight(head: &Head, column: usize) -> u8 {
    let last = head.paths.get(column).and_then(|path| path.last()).map_or("", String::as_str);
    let ends = |words: &[&str]| words.iter().any(|word| last.ends_with(word));
    if ends(&["类别", "性质", "方式", "类型", "形式", "来源", "依据", "处室"]) {
        0
    } else if last.contains("名称") || ends(&["科目", "项目", "内容"]) {
        2
    } else {
        1
    }
}

fn role(cells: &Cells, head: &Head, rows: &[usize], column: usize) -> Role {
    let path = head.paths.get(column).map_or(&[][..], Vec::as_slice);
    let last = path.last().map_or("", String::as_str);
    match last {
        "类" => return Role::Code(Digits::Lei),
        "款" => return Role::Code(Digits::Kuan),
        "项" => return Role::Code(Digits::Xiang),
        "年度" | "年份" => return Role::Period,
        _ => {}
    }
    let coded = last.contains("编码") || last.contains("代码");
    if coded {
        return if last.contains("单位") || last.contains("部门代") {
            Role::Nothing
        } else {
            Role::Code(Digits::All)
        };
    }
    let (mut filled, mut numbers) = (0, 0);
    for row in rows {
        // A merged cell counts once, where it begins.
        let Some(placed) = cells.at(*row, column).filter(|placed| placed.row == *row) else { continue };
        if !placed.text.is_empty() && usize::from(placed.cell.column) == column {
            filled += 1;
            numbers += usize::from(number(&placed.text).is_some());
        }
    }
    let money = !NO_MONEY.iter().any(|word| last.contains(word));
    let names = ["名称", "项目", "科目", "内容"].iter().any(|word| last.ends_with(word));
    match (filled, numbers * 2 >= filled.max(1)) {
        (0, _) if names => Role::Blank,
        // A column without a figure is one of figures too, where its head is.
        (0, _) | (_, true) if money => Role::Value,
        (_, false) if money || names => Role::Name,
        _ => Role::Nothing,
    }
}

/// Finds which classification names belong to: the head says it, or the codes do, or most names are in only one.
fn find_domain(labels: &mut Labels, cells: &Cells, head: &Head, rows: &[usize]) {
    let columns =
        labels.codes.iter().map(|(column, _)| *column).chain(labels.names.iter().map(|(column, _)| *column));
    let words: String =
        columns.filter_map(|column| head.paths.get(column)).map(|path| path.concat()).collect();
    let economic = words.contains("经济");
    labels.government = economic && words.contains("政府");
    if labels.government {
        return;
    }
    labels.domain = match (words.contains("功能"), economic) {
        (true, _) => Some(Domain::Functional),
        (false, true) => Some(Domain::Economic),
        (false, false) => None,
    };
    if labels.domain.is_some() {
        return;
    }
    let mut found = [0, 0, 0];
    let mut count = 0;
    for row in rows {
        let Some(label) = labels.read(cells, *row, &mut [0; 2]).filter(|label| !label.is_total()) else {
            continue;
        };
        count += 1;
        let domains = [Domain::Functional, Domain::Economic];
        match label.code {
            Some(code) => {
                if let Some(slot) = found.get_mut(domain_of(code).map_or(2, |domain| domain as usize)) {
                    *slot += 1;
                }
            }
            None => {
                for (slot, domain) in found.iter_mut().zip(domains) {
                    *slot += usize::from(!catalog().codes(domain, &label.name).is_empty());
                }
            }
        }
    }
    let [functional, by_class, government] = found;
    labels.government = government * 2 > count;
    labels.domain = match functional.cmp(&by_class) {
        std::cmp::Ordering::Greater if functional * 5 > count * 3 => Some(Domain::Functional),
        std::cmp::Ordering::Less if by_class * 5 > count * 3 => Some(Domain::Economic),
        _ => None,
    };
}

impl Labels {
    /// Returns what a row is called; nothing where nothing stands there. `carried` are the 类 and the 款 of the rows above.
    pub(super) fn read(&self, cells: &Cells, row: usize, carried: &mut [u32; 2]) -> Option<Label> {
        let name = self.name(cells, row);
        let code = self.code(cells, row, carried);
        if name.is_none() && code.is_none() {
            return None;
        }
        let (text, indent) = name.unwrap_or(("", 0));
        let mut label = Label::of(text, indent);
        label.code = code.or(label.code);
        Some(label)
    }

    /// The name that says most: of those whose heads say that they are names the last.
    fn name<'a>(&self, cells: &'a Cells, row: usize) -> Option<(&'a str, u16)> {
        let filled =
            self.names.iter().filter_map(|(column, weight)| Some((*weight, cells.at(row, *column)?)));
        let filled = filled.filter(|(_, placed)| !placed.text.is_empty());
        let best = filled.max_by_key(|(weight, placed)| (*weight, placed.cell.column));
        // Without a name column the word stands where the code would: 合计.
        let coded = || {
            let (column, _) = self.codes.first()?;
            cells.at(row, *column).filter(|placed| !placed.text.is_empty() && number(&placed.text).is_none())
        };
        best.map(|(_, placed)| placed).or_else(coded).map(|placed| (placed.text.as_str(), placed.cell.indent))
    }

    /// The code of a row, joined from its parts; what is blank on the left is that of the row above.
    fn code(&self, cells: &Cells, row: usize, carried: &mut [u32; 2]) -> Option<u32> {
        let mut parts = [None; 3];
        for (column, digits) in &self.codes {
            let text = cells.text(row, *column);
            let value = text.parse::<u32>().ok().filter(|_| text.len() <= 9);
            match digits {
                Digits::All => {
                    let code = code_of(text).and_then(|(code, _)| code);
                    if let Some(code) = code {
                        *carried = [class_of(code), 0];
                    }
                    // Some print of a 款 its own two digits only.
                    let short = || value.filter(|_| text.len() == 2 && carried[0] > 0);
                    return code.or_else(|| Some(carried[0] * 100 + short()?));
                }
                Digits::Lei => parts[0] = value,
                Digits::Kuan => parts[1] = value.map(|value| value % 100),
                Digits::Xiang => parts[2] = value.map(|value| value % 100),
            }
        }
        let [lei, kuan, xiang] = parts;
        if let Some(lei) = lei {
            let same = carried[0] == lei;
            *carried = [lei, if same { carried[1] } else { 0 }];
        }
        if let Some(kuan) = kuan {
            carried[1] = kuan;
        }
        let [class, section] = *carried;
        match (lei, kuan, xiang) {
            _ if class == 0 => None,
            (_, _, Some(xiang)) => Some((class * 100 + kuan.unwrap_or(section)) * 100 + xiang),
            (_, Some(kuan), None) => Some(class * 100 + kuan),
            (Some(lei), None, None) => Some(lei),
            (None, None, None) => None,
        }
    }
}

/// Returns the first three digits of a code.
fn class_of(code: u32) -> u32 {
    std::iter::successors(Some(code), |code| Some(code / 100)).find(|code| *code < 1000).unwrap_or(code)
}
