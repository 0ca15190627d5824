//! What the checks say of real disclosures as PDF, each error and warning judged by hand on the page it is about.

use std::collections::BTreeMap;

use mingbai::check::{CHECKS, Outcome, Report, Severity, check};
use mingbai::lang::Lang;

use crate::tables::DOCUMENTS;

/// Each line: part of the file's path, the page, the check, what is written, right or wrong, and why.
const JUDGED: &str = include_str!("data/judged.csv");

/// The share of errors and warnings that must be right, in per cent.
const LEAST: usize = 95;

#[test]
fn errors_and_warnings_of_real_disclosures_are_judged_and_right() {
    let (mut right, mut all) = (0, 0);
    let mut unknown = Vec::new();
    let mut used = BTreeMap::new();
    for (path, read) in DOCUMENTS.iter() {
        let path = path.to_string_lossy();
        for finding in check(read).findings.iter().filter(|finding| finding.severity > Severity::Info) {
            all += 1;
            let page = read.source.page_of(finding.span.start).unwrap_or_default().to_string();
            let line = JUDGED.lines().skip(1).find(|line| {
                let fields: Vec<&str> = line.splitn(6, ',').collect();
                let &[file, at, check, stated, ..] = fields.as_slice() else { panic!("{line}") };
                path.contains(file)
                    && at == page
                    && check == finding.check.key()
                    && (stated.is_empty() || stated == finding.stated.to_string())
            });
            let Some(line) = line else {
                let text = finding.says(read, &read.words, Lang::Chinese);
                unknown.push(format!("{path},{page},{},{},?,{text}", finding.check.key(), finding.stated));
                continue;
            };
            *used.entry(line).or_insert(0) += 1;
            right += usize::from(line.split(',').nth(4) == Some("right"));
        }
    }
    println!("{right} of {all} errors and warnings are right");
    for line in JUDGED.lines().skip(1).filter(|line| !used.contains_key(line)) {
        println!("  no longer found: {line}");
    }
    assert!(unknown.is_empty(), "judge these by hand and write them down:\n{}", unknown.join("\n"));
    assert!(right * 100 >= all * LEAST, "{right} of {all}");
}

#[test]
fn checks_of_tables_apply_to_real_disclosures() {
    if DOCUMENTS.is_empty() {
        return;
    }
    let reports: Vec<Report> = DOCUMENTS.iter().map(|(_, read)| check(read)).collect();
    let mut holds = BTreeMap::new();
    for check in CHECKS {
        let sum = Outcome::sum(check.code, &reports);
        println!(
            "{}: {} hold, {} found, {} hints, {} cannot be told; not applicable to {} of {} documents",
            check.code.key(),
            sum.holds,
            sum.findings,
            sum.hints,
            sum.cannot_tell,
            sum.not_applicable,
            reports.len()
        );
        holds.insert(check.code.key(), sum.holds);
    }
    for (check, least) in [("SUM", 7000), ("BALANCE", 70), ("XREF", 500)] {
        assert!(holds[check] >= least, "{check} holds {} times", holds[check]);
    }
}
