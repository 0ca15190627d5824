//! Places of a corpus → rows of CSV or JSON: what a search found, what a person marked.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::findings::csv_cell;
use super::json::{self, file_name};
use crate::corpus::tree::Node;
use crate::corpus::{Corpus, ItemRef, SectionRef, TableRef};
use crate::model::{Basis, SectionId};

/// One place with all that tells it from others. What it has none of is left out.
#[derive(Debug, Default, Serialize)]
struct Row<'a> {
    kind: &'static str,
    department: Option<&'a str>,
    year: Option<u16>,
    basis: Option<&'static str>,
    section: Option<&'a str>,
    subject: Option<&'a str>,
    code: Option<String>,
    aspect: Option<&'a str>,
    measure: Option<&'static str>,
    value: Option<String>,
    unit: Option<&'static str>,
    file: Option<String>,
    line: Option<u32>,
}

/// Writes one row for each place, with a head. A cell that a spreadsheet would compute is quoted with an apostrophe.
pub fn write_csv(
    corpus: &Corpus,
    nodes: impl IntoIterator<Item = Node>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "kind,department,year,basis,section,subject,code,aspect,measure,value,unit,file,line")?;
    for node in nodes {
        let row = row(corpus, node);
        let number = |number: Option<u32>| Cow::from(number.map(|n| n.to_string()).unwrap_or_default());
        let cells: [Cow<str>; 13] = [
            row.kind.into(),
            row.department.unwrap_or_default().into(),
            number(row.year.map(u32::from)),
            row.basis.unwrap_or_default().into(),
            row.section.unwrap_or_default().into(),
            row.subject.unwrap_or_default().into(),
            row.code.unwrap_or_default().into(),
            row.aspect.unwrap_or_default().into(),
            row.measure.unwrap_or_default().into(),
            row.value.unwrap_or_default().into(),
            row.unit.unwrap_or_default().into(),
            row.file.unwrap_or_default().into(),
            number(row.line),
        ];
        writeln!(out, "{}", cells.map(|cell| csv_cell(&cell)).join(","))?;
    }
    Ok(())
}

/// Writes a list of places as one line of JSON.
pub fn write_json(
    corpus: &Corpus,
    nodes: impl IntoIterator<Item = Node>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows: Vec<Row> = nodes.into_iter().map(|node| row(corpus, node)).collect();
    json::write_line(&rows, out)
}

fn row(corpus: &Corpus, node: Node) -> Row<'_> {
    let words = &corpus.words;
    let (kind, entry) = match node {
        Node::Department(name) => {
            let department = name.map(|name| words.text(name));
            return Row { kind: "department", department, ..Row::default() };
        }
        Node::Disclosure(entry) => ("disclosure", entry),
        Node::Section(SectionRef { entry, .. }) => ("section", entry),
        Node::Table(TableRef { entry, .. }) => ("table", entry),
        Node::Item(ItemRef { entry, .. }) => ("figure", entry),
    };
    let Some(found) = corpus.entry(entry) else { return Row::default() };
    let (disclosure, header) = (&found.disclosure, &found.disclosure.header);
    let section = |id: SectionId| disclosure.sections.get(id.0 as usize);
    let over = || section(corpus.section_over(node)?.section).map(|section| words.text(section.title));
    let mut row = Row {
        kind,
        department: corpus.department(entry),
        year: header.year.map(|year| year.value),
        basis: header.basis.map(|basis| basis.value.key()),
        file: Some(file_name(&found.file)),
        line: Some(1),
        ..Row::default()
    };
    match node {
        Node::Section(place) => {
            row.section = section(place.section).map(|section| words.text(section.title));
            row.line = section(place.section).map(|section| disclosure.source.line_of(section.heading.start));
        }
        Node::Table(place) => {
            row.section = over();
            row.subject = corpus.table_title(place);
            row.line = corpus.table_start(place).map(|start| disclosure.source.line_of(start));
        }
        Node::Item(place) => {
            let Some(item) = corpus.item(place) else { return row };
            row.section = over();
            row.year = item.year().or(row.year);
            row.basis = item.basis.map(Basis::key).or(row.basis);
            row.subject = Some(words.subject_text(item.subject));
            row.code =
                words.get(item.subject).and_then(|subject| subject.code).map(|code| code.0.to_string());
            row.aspect = item.aspect.map(|aspect| words.text(aspect));
            row.measure = Some(item.measure.key());
            row.value = Some(item.value.to_string());
            row.unit = Some(item.unit.name());
            row.line = Some(disclosure.source.line_of(item.span.start));
        }
        Node::Department(_) | Node::Disclosure(_) => {}
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::example::{corpus, disclosure};
    use crate::corpus::search::Searcher;

    fn found(query: &str) -> (Corpus, Vec<Node>) {
        let text =
            "合计 5 万元\n# 一、三公\n公务接待费 3.43 万元 财政,拨款\n接待费增幅 -8.70 %\n=接待 1 元\n";
        let corpus = corpus([disclosure("甲\u{1b}局", 2022, Basis::Budget, text)]);
        let hits = Searcher::default().search(&corpus, query, usize::MAX);
        (corpus, hits.into_iter().map(|hit| hit.node).collect())
    }

    #[test]
    fn a_table_has_a_row_for_each_place() {
        let (corpus, nodes) = found("接待");
        let mut out = Vec::new();
        write_csv(&corpus, nodes, &mut out).expect("a vector takes it");
        expect_test::expect![[r#"
            kind,department,year,basis,section,subject,code,aspect,measure,value,unit,file,line
            figure,甲␛局,2022,budget,一、三公,接待费增幅,,,rate,-8.70,%,0.txt,4
            figure,甲␛局,2022,budget,一、三公,'=接待,,,amount,1,元,0.txt,5
            figure,甲␛局,2022,budget,一、三公,公务接待费,,"财政,拨款",amount,3.43,万元,0.txt,3
        "#]]
        .assert_eq(&String::from_utf8(out).expect("it is text"));
    }

    #[test]
    fn every_kind_of_place_is_written_as_json() {
        let (corpus, mut nodes) = found("甲 三公 接待费");
        nodes.push(Node::Department(corpus.department_id(crate::corpus::EntryId(0))));
        nodes.push(Node::Disclosure(crate::corpus::EntryId(0)));
        let mut out = Vec::new();
        write_json(&corpus, nodes, &mut out).expect("a vector takes it");
        let json: serde_json::Value = serde_json::from_slice(&out).expect("it is JSON");
        let kinds: Vec<&str> = (0..4).filter_map(|at| json[at]["kind"].as_str()).collect();
        assert_eq!(kinds, ["figure", "figure", "department", "disclosure"]);
        assert_eq!(json[0]["value"], "-8.70");
        assert!(!String::from_utf8_lossy(&out).contains('\u{1b}'));
    }
}
