//! Many findings → one for each cause, with what follows from it below.

use super::finding::{Finding, Severity};
use crate::model::ItemId;

/// Puts findings under an earlier one that names a figure of theirs as the wrong one.
pub(super) fn folded_under(findings: Vec<Finding>) -> Vec<Finding> {
    let mut roots: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings {
        let cause = roots.iter_mut().find(|root| is_cause(root, &finding.items));
        match cause {
            Some(root) if finding.severity <= root.severity => root.refers.push(finding),
            _ => roots.push(finding),
        }
    }
    roots
}

fn is_cause(root: &Finding, items: &[ItemId]) -> bool {
    let loud = root.severity > Severity::Info;
    loud && root.items.first().is_some_and(|wrong| items.contains(wrong))
}
