//! How fast text is read, parsed and checked, on one core: `cargo bench --bench parse [FOLDER]`.
//!
//! The texts of a folder (the samples where none is named) are taken again and again until 200 MB have been read, each
//! with its own parse, as the loader does it: what the words before figures mean and what names say is remembered from one
//! document to the next, and nothing else of them is. The second lines of parsing and of checking are without that, as the
//! first document of a folder is read.
//!
//! Two speeds are printed: that of the median round over the folder, and that of the fastest one, which is what the
//! program does where nothing else runs on the machine.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use mingbai::check::{Memory, Report, check, check_with};
use mingbai::corpus::load::Input;
use mingbai::model::Disclosure;
use mingbai::parse::{Lexicon, parse, parse_with};
use mingbai::source::{Encoding, Format, Source};

/// How much is read, in bytes.
const TOTAL: usize = 200_000_000;

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
    let (mut lexicon, mut memory) = (Lexicon::default(), Memory::default());
    let known = rounds(
        &texts,
        |file, source| parse_with(&mut lexicon, file, source),
        |disclosure| check_with(&mut memory, disclosure),
    );
    let alone = rounds(&texts, parse, check);
    let all = |count: fn(&Round) -> usize| known.iter().map(count).sum::<usize>();
    let report = [
        format!(
            "{} MB, {} figures, {} findings, one core; the median round and the fastest of {}\n",
            all(|round| round.read) / 1_000_000,
            all(|round| round.figures),
            all(|round| round.findings),
            known.len()
        ),
        line("layout", &known, |round| round.laying_out),
        line("parsing", &known, |round| round.parsing),
        line(" alone", &alone, |round| round.parsing),
        line("both", &known, |round| round.laying_out + round.parsing),
        line("checking", &known, |round| round.checking),
        line(" alone", &alone, |round| round.checking),
    ];
    let _ = std::io::stdout().write_all(report.concat().as_bytes());
}

/// What was read in one round over the folder, and how long each step took.
#[derive(Default)]
struct Round {
    read: usize,
    figures: usize,
    findings: usize,
    laying_out: Duration,
    parsing: Duration,
    checking: Duration,
}

/// Returns the speeds of a step as a line of the report.
fn line(name: &str, rounds: &[Round], time: fn(&Round) -> Duration) -> String {
    let mut speeds: Vec<u128> =
        rounds.iter().map(|round| round.read as u128 * 1_000 / time(round).as_nanos().max(1)).collect();
    speeds.sort_unstable();
    let median = speeds.get(speeds.len() / 2).copied().unwrap_or_default();
    let fastest = speeds.last().copied().unwrap_or_default();
    format!("{name:<8}{median:>6} MB/s {fastest:>6} MB/s\n")
}

fn rounds(
    texts: &[(&Path, &str, Format)],
    mut parse: impl FnMut(&Path, Source) -> Disclosure,
    mut check: impl FnMut(&Disclosure) -> Report,
) -> Vec<Round> {
    let mut rounds = Vec::new();
    let size: usize = texts.iter().map(|(_, text, _)| text.len()).sum();
    for _ in 0..TOTAL.checked_div(size).map_or(0, |count| count.max(1)) {
        let mut round = Round::default();
        for (file, text, format) in texts {
            let text = (*text).to_owned();
            round.read += text.len();
            let start = Instant::now();
            let source = Source::from_text(text, *format, Encoding::Utf8);
            round.laying_out += start.elapsed();
            let start = Instant::now();
            let disclosure = parse(file, source);
            round.parsing += start.elapsed();
            round.figures += disclosure.items.len();
            let start = Instant::now();
            let report = check(&disclosure);
            round.checking += start.elapsed();
            // What a step made is given back outside of its time: the program keeps it.
            round.findings += report.findings.len();
        }
        rounds.push(round);
    }
    rounds
}
