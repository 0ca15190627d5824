//! PDF → pages of lines and cells ([`page`]), and these → text with a layout ([`document`]).
//!
//! The crate `pdfni` reads the file: where each glyph stands and which ruled lines make cells. What the glyphs say, which
//! lines go on, what repeats on every page and which tables go on is decided here.

mod document;
mod furniture;
mod line;
mod matrix;
mod page;
mod tables;

use std::collections::HashSet;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

use pdfni::{BBox, EdgePart, ExtractOptions, GlyphPart, Orientation, PagePart, ReaderSettings};

use super::{Source, Unreadable};
use page::{Area, Glyph, Grid, Page};

/// The name of the thread that reads a file, by which a panic on it is known to be told elsewhere.
pub(crate) const THREAD: &str = "pdf";
/// How long a file may take: this, and as much again for so many bytes. Real documents take a hundredth of it on a machine
/// that has nothing else to do; damaged ones can take any time.
const TIME: Duration = Duration::from_secs(10);
const BYTES_FOR_TIME: usize = 4 << 20;
/// How many files are read at once. Each spreads its pages over all cores.
const AT_ONCE: usize = 2;
/// How many bytes a stream may unpack to. The pages of real documents take a twentieth at most; a whole Chinese font has some 20 MiB.
const LARGEST_STREAM: usize = 32 << 20;
/// How many glyphs and ruled lines a page may have: six times what real ones have. What is over is a drawing, and finding
/// tables in it takes long.
const MOST_GLYPHS: usize = 20_000;
const MOST_EDGES: usize = 10_000;
/// At how many places ruled lines of a page may cross.
const MOST_CROSSINGS: usize = 25_000;

/// Reads a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Source, Unreadable> {
    let pages = in_time(bytes)?;
    if pages.is_empty() {
        return Err(Unreadable::Damaged);
    }
    if pages.iter().all(Page::is_blank) {
        return Err(Unreadable::Scan);
    }
    Ok(document::document(pages))
}

/// Reads the pages on a thread of its own, which is left to itself where it takes too long.
fn in_time(bytes: &[u8]) -> Result<Vec<Page>, Unreadable> {
    let _permit = Permit::take();
    let bytes = mended(bytes);
    let time = TIME * (1 + bytes.len() / BYTES_FOR_TIME) as u32;
    let (sender, receiver) = channel();
    let spawned = thread::Builder::new().name(THREAD.to_owned()).spawn(move || {
        // Nobody listens any more where it took too long.
        let _ = sender.send(pages(&bytes));
    });
    if spawned.is_err() {
        return Err(Unreadable::TooSlow);
    }
    match receiver.recv_timeout(time) {
        Ok(pages) => pages,
        Err(RecvTimeoutError::Timeout) => Err(Unreadable::TooSlow),
        // The crate panicked.
        Err(RecvTimeoutError::Disconnected) => Err(Unreadable::Damaged),
    }
}

/// The right to read a file; there are only [`AT_ONCE`] of them.
struct Permit;

static TAKEN: Mutex<usize> = Mutex::new(0);
static GIVEN_BACK: Condvar = Condvar::new();

impl Permit {
    fn take() -> Self {
        if let Ok(mut taken) = TAKEN.lock() {
            while *taken >= AT_ONCE {
                match GIVEN_BACK.wait(taken) {
                    Ok(woken) => taken = woken,
                    Err(_) => return Self,
                }
            }
            *taken += 1;
        }
        Self
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Ok(mut taken) = TAKEN.lock() {
            *taken = taken.saturating_sub(1);
        }
        GIVEN_BACK.notify_one();
    }
}

/// Returns the bytes with what is known to be wrong in many files put right. Some converters give the first free object
/// the generation 65536, which no reader that holds to the format (ISO 32000-1, 7.5.4) takes.
fn mended(bytes: &[u8]) -> Vec<u8> {
    const WRONG: &[u8] = b"0000000000 65536 f";
    const RIGHT: &[u8] = b"0000000000 65535 f";
    let mut bytes = bytes.to_vec();
    let found: Vec<usize> = memchr::memmem::find_iter(&bytes, WRONG).collect();
    for at in found {
        if let Some(entry) = bytes.get_mut(at..at + WRONG.len()) {
            entry.copy_from_slice(RIGHT);
        }
    }
    bytes
}

fn pages(bytes: &[u8]) -> Result<Vec<Page>, Unreadable> {
    let settings = ReaderSettings { max_decoded_bytes: LARGEST_STREAM, ..ReaderSettings::default() };
    let mut parts = pdfni::read_pages_with(bytes, None, &settings).map_err(|error| match error {
        pdfni::Error::BadPassword | pdfni::Error::SecurityRestricted => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    })?;
    let mut pages = Vec::with_capacity(parts.len());
    for part in &mut parts {
        // Lines and cells are wanted as they are read, not as the page lies.
        part.norm_rotate = 0;
        keep_shown(part);
        part.glyphs.truncate(MOST_GLYPHS);
        if part.edges.len() > MOST_EDGES || crossings(part) > MOST_CROSSINGS {
            part.edges.clear();
        }
        pages.push(page(part));
    }
    let mut options = ExtractOptions::default();
    // A number that is broken over two lines of a cell must not become two rows, nor a merged head several columns.
    (options.lattice.refine_rows, options.lattice.refine_cols) = (false, false);
    let tables = pdfni::extract_from_parts(parts, &options).pages;
    for (page, found) in pages.iter_mut().zip(tables) {
        page.grids = found.tables.iter().filter_map(grid).collect();
    }
    Ok(pages)
}

/// Leaves out what lies outside the page: nobody sees it, but a sheet that is wider than its paper has it.
fn keep_shown(part: &mut PagePart) {
    let (width, height) = (part.width, part.height);
    let inside = |left: f64, right: f64, top: f64, bottom: f64| {
        left.min(right) < width && left.max(right) > 0.0 && top.min(bottom) < height && top.max(bottom) > 0.0
    };
    part.glyphs.retain(|glyph| inside(glyph.left, glyph.right, glyph.top, glyph.bottom));
    #[expect(clippy::float_arithmetic, reason = "a place on a page is no money")]
    part.edges.retain(|edge| {
        // A line has no width, and may lie on the page's edge.
        inside(edge.left - 1.0, edge.right + 1.0, edge.top - 1.0, edge.bottom + 1.0)
    });
}

/// Returns at how many places the ruled lines of a page may cross.
fn crossings(part: &PagePart) -> usize {
    let places = |orientation: Orientation, place: fn(&EdgePart) -> f64| {
        let of = part.edges.iter().filter(|edge| edge.orientation == orientation);
        of.map(|edge| point(place(edge))).collect::<HashSet<i32>>().len()
    };
    places(Orientation::Vertical, |edge| edge.left) * places(Orientation::Horizontal, |edge| edge.top)
}

fn page(part: &PagePart) -> Page {
    let glyphs = part.glyphs.iter().filter(|glyph| glyph.upright).map(glyph).collect();
    Page { width: point(part.width), height: point(part.height), glyphs, grids: Vec::new() }
}

fn glyph(part: &GlyphPart) -> Glyph {
    let area = Area {
        left: point(part.left.min(part.right)),
        right: point(part.left.max(part.right)),
        top: point(part.top.min(part.bottom)),
        bottom: point(part.top.max(part.bottom)),
    };
    let size = part.font_size.map_or(area.bottom - area.top, point);
    Glyph { c: part.ch, area, size: size.clamp(100, 10_000) }
}

/// Returns the cells of a table; those that a merged cell covers have no area.
fn grid(table: &pdfni::Table) -> Option<Grid> {
    let ruled = table.extraction_method == "lattice";
    let cells: Vec<Area> = if ruled {
        table.data.iter().flatten().filter_map(|cell| area(&cell.bbox)).collect()
    } else {
        let texts: Vec<Vec<_>> =
            table.data.iter().map(|row| row.iter().map(|cell| area(&cell.bbox)).collect()).collect();
        page::cells_of_texts(&texts)
    };
    (!cells.is_empty()).then_some(Grid { cells, ruled })
}

fn area(bbox: &BBox) -> Option<Area> {
    let area = Area {
        left: point(bbox.x0),
        right: point(bbox.x1),
        top: point(bbox.top),
        bottom: point(bbox.bottom),
    };
    (area.left < area.right && area.top < area.bottom).then_some(area)
}

/// Returns a length in hundredths of a point, in which everything further is reckoned.
#[expect(clippy::float_arithmetic, reason = "a place on a page is no money")]
fn point(length: f64) -> i32 {
    (length.clamp(-1e6, 1e6) * 100.0).round() as i32
}
