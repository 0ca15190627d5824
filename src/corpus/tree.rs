//! The corpus as a tree of departments, disclosures and sections: ranges over the order, no boxes.

use super::table::{self, TableRef};
use super::{Corpus, EntryId, ItemRef, SectionRef};
use crate::model::{Disclosure, Item, ItemId, NameId, Section, SectionId};

/// One place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// All disclosures of one department, or those whose department was not found.
    Department(Option<NameId>),
    /// One disclosure.
    Disclosure(EntryId),
    /// One section of a disclosure.
    Section(SectionRef),
    /// One table of a disclosure.
    Table(TableRef),
    /// One figure; of a table the one that stands for its row.
    Item(ItemRef),
}

impl Corpus {
    /// Returns the departments by name; disclosures without one come last.
    pub fn departments(&self) -> Vec<Node> {
        let mut departments: Vec<Node> =
            self.order().iter().map(|&entry| Node::Department(self.department_id(entry))).collect();
        departments.dedup();
        departments
    }

    /// Returns what lies directly under a node, in the order it is shown: disclosures by year, sections, tables and
    /// figures as they stand in the document, the rows of a table with each part below its total. A figure before the first section lies directly under its disclosure.
    pub fn children(&self, node: Node) -> Vec<Node> {
        match node {
            Node::Department(department) => {
                self.entries_of(department).iter().map(|&entry| Node::Disclosure(entry)).collect()
            }
            Node::Disclosure(entry) => self.under(entry, None),
            Node::Section(SectionRef { entry, section }) => self.under(entry, Some(section)),
            Node::Table(table) => {
                let rows = self.table_rows(table).into_iter();
                rows.map(|row| Node::Item(ItemRef { entry: table.entry, item: row.main })).collect()
            }
            Node::Item(_) => Vec::new(),
        }
    }

    /// Returns what a node lies directly under; nothing for a department, or for what is not in the corpus.
    pub fn parent(&self, node: Node) -> Option<Node> {
        match node {
            Node::Department(_) => None,
            Node::Disclosure(entry) => {
                self.entry(entry)?;
                Some(Node::Department(self.department_id(entry)))
            }
            Node::Section(SectionRef { entry, section }) => {
                let disclosure = &self.entry(entry)?.disclosure;
                let parent = disclosure.sections.get(section.0 as usize)?.parent;
                Some(parent.map_or(Node::Disclosure(entry), |section| section_node(entry, section)))
            }
            Node::Table(TableRef { entry, table }) => {
                let disclosure = &self.entry(entry)?.disclosure;
                let first = disclosure.items.get(table::items(disclosure, table).start as usize)?;
                Some(above(disclosure, entry, first))
            }
            Node::Item(place @ ItemRef { entry, item }) => {
                let disclosure = &self.entry(entry)?.disclosure;
                let item = disclosure.items.get(item.0 as usize)?;
                Some(self.table_of(place).map_or_else(|| above(disclosure, entry, item), Node::Table))
            }
        }
    }

    /// Returns the section that a figure, a table or a section stands in; a section is its own.
    pub fn section_over(&self, node: Node) -> Option<SectionRef> {
        match node {
            Node::Department(_) | Node::Disclosure(_) => None,
            Node::Section(place) => Some(place),
            Node::Table(_) | Node::Item(_) => self.section_over(self.parent(node)?),
        }
    }

    /// Returns a figure.
    pub fn item(&self, place: ItemRef) -> Option<&Item> {
        self.entry(place.entry)?.disclosure.items.get(place.item.0 as usize)
    }

    /// Returns a section.
    pub fn section(&self, place: SectionRef) -> Option<&Section> {
        self.entry(place.entry)?.disclosure.sections.get(place.section.0 as usize)
    }

    /// Returns how many figures lie under a node at any depth; a figure counts as one.
    pub fn item_count_in(&self, node: Node) -> usize {
        let in_entry = |&entry: &EntryId| self.entry(entry).map_or(0, |entry| entry.disclosure.items.len());
        match node {
            Node::Department(department) => self.entries_of(department).iter().map(in_entry).sum(),
            Node::Disclosure(entry) => in_entry(&entry),
            Node::Section(SectionRef { entry, section }) => {
                self.entry(entry).map_or(0, |entry| count_in_section(&entry.disclosure, section))
            }
            Node::Table(TableRef { entry, table }) => {
                self.entry(entry).map_or(0, |entry| table::items(&entry.disclosure, table).len())
            }
            Node::Item(place) => usize::from(self.item(place).is_some()),
        }
    }

    /// Returns the disclosures of a department, or those without one, in the corpus's order.
    pub fn entries_of(&self, department: Option<NameId>) -> &[EntryId] {
        let name = department.map(|id| self.words.text(id));
        // The order has those without a name last.
        let key = |entry: EntryId| (self.department(entry).is_none(), self.department(entry));
        let start = self.order.partition_point(|&entry| key(entry) < (name.is_none(), name));
        let end = self.order.partition_point(|&entry| key(entry) <= (name.is_none(), name));
        self.order.get(start..end).unwrap_or_default()
    }

    /// Returns the department of an entry as an id, where one was found.
    pub fn department_id(&self, entry: EntryId) -> Option<NameId> {
        self.entry(entry)?.disclosure.header.department.map(|department| department.value)
    }

    /// Returns the sections and figures directly under a section, or directly under the disclosure.
    fn under(&self, entry: EntryId, parent: Option<SectionId>) -> Vec<Node> {
        let Some(disclosure) = self.entry(entry).map(|entry| &entry.disclosure) else { return Vec::new() };
        let items = own_items(disclosure, parent);
        let mut sections = subsections(disclosure, parent).peekable();
        let mut nodes = Vec::new();
        // The rows of the table that was met last: its figures stand together.
        let mut known = 0..0;
        for (item, row) in items {
            if row.cell.is_some_and(|cell| known.contains(&cell.row())) {
                continue;
            }
            let table = table::table_of(disclosure, row);
            known = table.map_or(0..0, |table| table::rows_of(disclosure, table));
            while let Some((section, _)) = sections.next_if(|(_, next)| next.heading.start <= row.span.start)
            {
                nodes.push(section_node(entry, section));
            }
            nodes.push(match table {
                Some(table) => Node::Table(TableRef { entry, table }),
                None => Node::Item(ItemRef { entry, item }),
            });
        }
        nodes.extend(sections.map(|(section, _)| section_node(entry, section)));
        nodes
    }
}

fn section_node(entry: EntryId, section: SectionId) -> Node {
    Node::Section(SectionRef { entry, section })
}

/// Returns what a figure stands in, its table left out.
fn above(disclosure: &Disclosure, entry: EntryId, item: &Item) -> Node {
    let section = section_of(disclosure, item);
    section.map_or(Node::Disclosure(entry), |section| section_node(entry, section))
}

/// Returns the section that a figure stands in: none before the first heading, whatever the row says.
pub fn section_of(disclosure: &Disclosure, item: &Item) -> Option<SectionId> {
    let section = disclosure.sections.get(item.section.0 as usize)?;
    (section.heading.start <= item.span.start).then_some(item.section)
}

/// Returns the sections directly under a section, or those under none.
fn subsections(
    disclosure: &Disclosure,
    parent: Option<SectionId>,
) -> impl Iterator<Item = (SectionId, &Section)> {
    let all = disclosure.sections.iter().enumerate().map(|(id, section)| (SectionId(id as u32), section));
    all.skip(parent.map_or(0, |parent| parent.0 as usize + 1))
        .take_while(move |(_, section)| section.parent >= parent)
        .filter(move |(_, section)| section.parent == parent)
}

/// Returns the figures directly in a section, or those in none, with their ids.
fn own_items(disclosure: &Disclosure, parent: Option<SectionId>) -> impl Iterator<Item = (ItemId, &Item)> {
    let rows = match parent {
        Some(section) => rows_of(disclosure, section, section),
        None => 0..disclosure.items.len(),
    };
    let items = disclosure.items.get(rows.clone()).unwrap_or_default();
    let numbered = items.iter().zip(rows.start as u32..).map(|(item, id)| (ItemId(id), item));
    numbered.filter(move |(_, item)| section_of(disclosure, item) == parent)
}

/// Counts the figures in a section and everything under it.
fn count_in_section(disclosure: &Disclosure, section: SectionId) -> usize {
    let below = disclosure.sections.iter().skip(section.0 as usize + 1);
    let below = below.take_while(|other| other.parent >= Some(section)).count();
    let rows = rows_of(disclosure, section, SectionId(section.0 + below as u32));
    let items = disclosure.items.get(rows).unwrap_or_default();
    items.iter().filter(|item| section_of(disclosure, item).is_some()).count()
}

/// Returns the rows of the figures from one section to another, both included.
fn rows_of(disclosure: &Disclosure, first: SectionId, last: SectionId) -> std::ops::Range<usize> {
    let start = disclosure.items.partition_point(|item| item.section < first);
    let end = disclosure.items.partition_point(|item| item.section <= last);
    start..end
}

#[cfg(test)]
mod tests {
    use super::super::example::{corpus, disclosure};
    use super::*;
    use crate::model::Basis::{Budget, FinalAccounts};

    const TEXT: &str = "\
总表 1 万元
# 第一部分 概况
## 一、职责
# 第二部分 说明
说明总额 2 万元
## 一、收支
收入 3 万元
### （一）收入
税收 4 万元
### （二）支出
## 二、三公
接待 5 万元
接待 6 万元
# 第三部分 名词解释
";

    fn example() -> Corpus {
        corpus([
            disclosure("乙局", 2021, Budget, TEXT),
            disclosure("", 0, Budget, "甲 1 万元\n"),
            disclosure("甲局", 2020, Budget, "# 只有标题\n"),
            disclosure("甲局", 2021, FinalAccounts, ""),
            disclosure("甲局", 2021, Budget, ""),
        ])
    }

    fn show(corpus: &Corpus, node: Node) -> String {
        match node {
            Node::Department(name) => name.map_or("?", |name| corpus.words.text(name)).to_owned(),
            Node::Disclosure(entry) => entry.0.to_string(),
            Node::Section(place) => {
                corpus.words.text(corpus.section(place).expect("it is in").title).to_owned()
            }
            Node::Table(place) => corpus.table_title(place).expect("it is in").to_owned(),
            Node::Item(place) => {
                corpus.words.subject_text(corpus.item(place).expect("it is in").subject).to_owned()
            }
        }
    }

    fn draw(corpus: &Corpus, nodes: &[Node], depth: usize, out: &mut String) {
        for &node in nodes {
            let line =
                format!("{}{} {}\n", "  ".repeat(depth), show(corpus, node), corpus.item_count_in(node));
            out.push_str(&line);
            draw(corpus, &corpus.children(node), depth + 1, out);
        }
    }

    #[test]
    fn every_figure_is_in_the_tree_once_in_document_order() {
        let corpus = example();
        let mut drawn = String::new();
        draw(&corpus, &corpus.departments(), 0, &mut drawn);
        expect_test::expect![[r"
            乙局 6
              0 6
                总表 1
                第一部分 概况 0
                  一、职责 0
                第二部分 说明 5
                  说明总额 1
                  一、收支 2
                    收入 1
                    （一）收入 1
                      税收 1
                    （二）支出 0
                  二、三公 2
                    接待 1
                    接待 1
                第三部分 名词解释 0
            甲局 0
              4 0
              3 0
              2 0
                只有标题 0
            ? 1
              1 1
                甲 1
        "]]
        .assert_eq(&drawn);
    }

    #[test]
    fn every_child_knows_its_parent() {
        let corpus = example();
        let mut open = corpus.departments();
        let mut seen = 0;
        assert!(open.iter().all(|&department| corpus.parent(department).is_none()));
        while let Some(node) = open.pop() {
            seen += 1;
            for child in corpus.children(node) {
                assert_eq!(corpus.parent(child), Some(node), "{child:?}");
                open.push(child);
            }
        }
        assert_eq!(seen, 3 + 5 + 9 + corpus.item_count());
    }

    #[test]
    fn what_is_not_in_the_corpus_has_neither_children_nor_parent() {
        let corpus = example();
        let (entry, section, item) = (EntryId(9), SectionId(99), ItemId(99));
        let strangers = [
            Node::Disclosure(entry),
            Node::Section(SectionRef { entry, section }),
            Node::Section(SectionRef { entry: EntryId(0), section }),
            Node::Item(ItemRef { entry: EntryId(0), item }),
        ];
        for node in strangers {
            assert_eq!(
                (corpus.children(node), corpus.parent(node), corpus.item_count_in(node)),
                (vec![], None, 0)
            );
        }
        assert_eq!(Corpus::default().departments(), []);
        assert_eq!(Corpus::default().entries_of(None), []);
    }
}
