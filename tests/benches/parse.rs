//! How fast text is read, parsed and checked, on one core: `cargo bench --bench parse [FOLDER]`.
//!
//! The texts of a folder (the samples where none is named) are taken again and again until 50 MB have been read, each
//! with its own parse, as the loader does it: what the names of subjects mean is remembered from one document to the next,
//! and nothing else of them is. The second line of parsing is without that, as the first document of a folder is read.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mingbai::check::check;
use mingbai::corpus::load::Input;
use mingbai::model::Disclosure;
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
    let mut lexicon = Lexicon::default();
    let known = run(&texts, |file, source| parse_with(&mut lexicon, file, source));
    let alone = run(&texts, parse);
    let line = |name: &str, run: &Run, time: Duration| {
        let speed = run.read as u128 / time.as_micros().max(1);
        format!("{name:<8}{:>6} ms  {speed:>5} MB/s\n", time.as_millis())
    };
    let report = [
        format!(
            "{} MB, {} figures, {} findings, one core\n",
            known.read / 1_000_000,
            known.figures,
            known.findings
        ),
        line("layout", &known, known.laying_out),
        line("parsing", &known, known.parsing),
        line(" alone", &alone, alone.parsing),
        line("both", &known, known.laying_out + known.parsing),
        line("checking", &known, known.checking),
    ];
    let _ = std::io::stdout().write_all(report.concat().as_bytes());
}

/// What was read, and how long each step took.
#[derive(Default)]
struct Run {
    read: usize,
    figures: usize,
    findings: usize,
    laying_out: Duration,
    parsing: Duration,
    checking: Duration,
}

fn run(texts: &[(&Path, &str, Format)], mut parse: impl FnMut(&Path, Source) -> Disclosure) -> Run {
    let mut run = Run::default();
    while run.read < TOTAL && !texts.is_empty() {
        for (file, text, format) in texts {
            let text = (*text).to_owned();
            run.read += text.len();
            let start = Instant::now();
            let source = Source::from_text(text, *format, Encoding::Utf8);
            run.laying_out += start.elapsed();
            let start = Instant::now();
            let disclosure = parse(file, source);
            run.figures += disclosure.items.len();
            run.parsing += start.elapsed();
            let start = Instant::now();
            run.findings += check(&disclosure).findings.len();
            run.checking += start.elapsed();
        }
    }
    run
}
