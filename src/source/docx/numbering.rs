//! `numbering.xml` → the lists of a text.

use std::io::Read;

use super::super::Unreadable;
use super::super::lists::Lists;
use super::super::package::{Token, Xml};

/// Reads the lists.
pub(super) fn read<R: Read>(xml: Xml<R>) -> Result<Lists, Unreadable> {
    let mut lists = Lists::default();
    let (mut kind, mut list, mut level) = (None, None, 0);
    xml.each(|token| {
        let Token::Start(tag) = token else { return Ok(()) };
        match tag.name() {
            "abstractNum" => (kind, list) = (tag.number("abstractNumId"), None),
            "num" => (kind, list) = (None, tag.number("numId")),
            "abstractNumId" => {
                if let (Some(list), Some(kind)) = (list, tag.number("val")) {
                    lists.add_list(list, kind);
                }
            }
            "lvl" | "lvlOverride" => {
                level = tag.number("ilvl").and_then(|level| usize::try_from(level).ok()).unwrap_or(0);
            }
            "startOverride" => {
                if let (Some(list), Some(start)) = (list, tag.number("val")) {
                    lists.start(list, level, start);
                }
            }
            name @ ("start" | "numFmt" | "lvlText" | "suff") => {
                let Some(level) = kind.and_then(|kind| lists.level(kind, level)) else { return Ok(()) };
                let value = tag.attribute("val").unwrap_or_default();
                match name {
                    "start" => level.start = value.trim().parse().unwrap_or(1),
                    "numFmt" => level.format = value,
                    "lvlText" => level.text = value,
                    _ => level.spaced = value != "nothing",
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_by_level_and_go_on() {
        let xml = "<w:numbering><w:abstractNum w:abstractNumId='7'>\
             <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/><w:lvlText w:val='%1、'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2'/></w:lvl>\
             <w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl></w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num></w:numbering>";
        let mut lists = read(Xml::new(xml.as_bytes())).expect("it is XML");
        let steps = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 0), (9, 0)];
        let shown = steps.map(|(list, level)| lists.next(list, level).unwrap_or_default());
        assert_eq!(shown, ["一、", "1 ", "2 ", "二、", "1 ", "", "五、", "六、", ""]);
    }
}
