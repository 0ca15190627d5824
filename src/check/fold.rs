//! Many findings → one for each cause, with what follows from it below.

use super::finding::{Finding, Severity};
use crate::model::ItemId;

/// Puts findings under an earlier one that names a figure of theirs as the wrong one.
pub(super) fn folded_under(findings: Vec<Finding>) -> Vec<Finding> {
    let mut roots: Vec<Finding> = Vec::with_capacity(findings.len());
    // The figures that were found wrong, each with the first finding that did.
    let mut wrong: Vec<(ItemId, usize)> = Vec::new();
    for finding in findings {
        let cause = wrong.iter().find(|(item, _)| finding.items.contains(item));
        let cause = cause.and_then(|(_, root)| roots.get_mut(*root));
        match cause {
            Some(root) if finding.severity <= root.severity => root.refers.push(finding),
            _ => {
                let item = finding.items.first().filter(|_| finding.severity > Severity::Info);
                wrong.extend(item.map(|item| (*item, roots.len())));
                roots.push(finding);
            }
        }
    }
    roots
}
