//! A source as lines that a test can be read by: headings with `#`, rows with `|`, cells with their columns and sizes.

use super::{Block, BlockKind, Cell, Source, Unreadable};

/// Returns what was read, one block a line, or why nothing was.
pub(super) fn shown(source: Result<Source, Unreadable>) -> String {
    match source {
        Err(why) => format!("{why:?}\n"),
        Ok(source) => source.blocks.iter().map(|block| line(&source, block)).collect(),
    }
}

fn line(source: &Source, block: &Block) -> String {
    let text = |span| source.cut(span).replace('\n', "/");
    match block.kind {
        BlockKind::Heading => format!("# {}\n", text(block.span)),
        BlockKind::Paragraph => format!("{}\n", text(block.span)),
        BlockKind::Row { table, row } => {
            let cell = |cell: &Cell| {
                let large = cell.columns.saturating_mul(cell.rows) > 1;
                let size = if large { format!("[{}x{}]", cell.columns, cell.rows) } else { String::new() };
                format!("{}:{}{size}", cell.column, text(cell.span))
            };
            let row = source.tables.get(table as usize).and_then(|table| table.rows.get(row as usize));
            let cells: Vec<String> = row.map_or(&[][..], |row| &row.cells).iter().map(cell).collect();
            format!("|{}\n", cells.join(" "))
        }
    }
}
