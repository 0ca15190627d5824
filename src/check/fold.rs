//! Many findings → one for each cause, with what follows from it below.

use super::finding::{Finding, Severity};
use crate::model::ItemId;

/// Puts findings under an earlier one that names a figure of theirs as the wrong one.
pub(super) fn folded_under(findings: Vec<Finding>) -> Vec<Finding> {
    // The figures that were found wrong, each with the first finding that did, and the findings with their causes.
    let (mut wrong, mut caused) = (Vec::<(ItemId, usize)>::new(), Vec::new());
    for (at, finding) in findings.iter().enumerate() {
        let cause = wrong.iter().find(|(item, _)| finding.items.contains(item)).map(|(_, root)| *root);
        let cause = cause.and_then(|root| Some((root, findings.get(root)?)));
        if let Some((root, _)) = cause.filter(|(_, cause)| finding.severity <= cause.severity) {
            caused.push((at, root));
        } else if finding.severity > Severity::Info {
            wrong.extend(finding.items.first().map(|item| (*item, at)));
        }
    }
    if caused.is_empty() {
        return findings;
    }
    let mut caused = caused.into_iter().peekable();
    let (mut roots, mut places) = (Vec::<Finding>::with_capacity(findings.len()), Vec::new());
    for (at, finding) in findings.into_iter().enumerate() {
        places.push(roots.len());
        match caused.next_if(|(caused, _)| *caused == at) {
            None => roots.push(finding),
            Some((_, root)) => {
                if let Some(root) = places.get(root).and_then(|place| roots.get_mut(*place)) {
                    root.refers.push(finding);
                }
            }
        }
    }
    roots
}
