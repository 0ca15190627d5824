//! How fast text is read, parsed and checked, on one core: `cargo bench --bench parse [FOLDER]`.
//!
//! The texts of a folder (the samples where none is named) are taken again and again until 50 MB have been read, each
//! with its own parse, as the loader does it: what the names of subjects mean is remembered from one document to the next,
//! and nothing else of them is. What that is worth shows beside it: parsing where nothing is remembered.

use std::hint::black_box;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mingbai::check::check;
use mingbai::corpus::load::Input;
use mingbai::parse::{Lexicon, parse, parse_with};
use mingbai::source::{Encoding, Format, Source};

/// How much is read, in bytes.
const TOTAL: usize = 50_000_000;

fn main() {
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let input = folder.map_or(Input::Samples, |folder| Input::Paths(vec![PathBuf::from(folder)]));
    let corpus = mingbai::corpus::load::load_all(input, &mut |_, _| ());
    let texts: Vec<(&Path, &str, Format)> = corpus
        .entries
        .iter()
        .map(|entry| {
            (entry.file.as_path(), entry.disclosure.source.text.as_str(), entry.disclosure.source.format)
        })
        .collect();
    let (mut read, mut items, mut findings) = (0, 0, 0);
    let (mut laying_out, mut parsing, mut alone, mut checking) =
        (Duration::ZERO, Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut lexicon = Lexicon::default();
    while read < TOTAL && !texts.is_empty() {
        for (file, text, format) in &texts {
            let text = (*text).to_owned();
            read += text.len();
            let start = Instant::now();
            let source = Source::from_text(text, *format, Encoding::Utf8);
            laying_out += start.elapsed();
            let start = Instant::now();
            let disclosure = parse_with(&mut lexicon, file, source);
            items += disclosure.items.len();
            parsing += start.elapsed();
            let start = Instant::now();
            findings += check(&disclosure).findings.len();
            checking += start.elapsed();
            let source = Source::from_text((*text).to_owned(), *format, Encoding::Utf8);
            let start = Instant::now();
            drop(black_box(parse(file, source)));
            alone += start.elapsed();
        }
    }
    let mut out = std::io::stdout();
    let speed = |time: Duration| read as u128 / time.as_micros().max(1);
    let report = format!(
        "{} MB, {items} figures, {findings} findings, one core\nlayout  {:>6} ms  {:>5} MB/s\nparsing {:>6} ms  {:>5} MB/s\n  alone {:>6} ms  {:>5} MB/s\nboth    {:>6} ms  {:>5} MB/s\nchecking{:>6} ms  {:>5} MB/s\n",
        read / 1_000_000,
        laying_out.as_millis(),
        speed(laying_out),
        parsing.as_millis(),
        speed(parsing),
        alone.as_millis(),
        speed(alone),
        (laying_out + parsing).as_millis(),
        speed(laying_out + parsing),
        checking.as_millis(),
        speed(checking),
    );
    let _ = out.write_all(report.as_bytes());
}
