//! What was found → the signs beside a name, each in its colour.

use ratatui::style::Style;

use crate::check::Severity;
use crate::corpus::tree::Node;
use crate::tui::app::App;
use crate::tui::marks::sign;

/// Returns how many errors and warnings lie under a place, as they are written.
pub(super) fn texts(app: &App, node: Node) -> Vec<(String, Style)> {
    let tally = app.marks.tally(node);
    [(Severity::Error, tally.errors), (Severity::Warning, tally.warnings)]
        .into_iter()
        .filter(|&(_, count)| count > 0)
        .map(|(severity, count)| (format!("{}{count}", sign(severity)), style(app, severity)))
        .collect()
}

/// Returns how the sign of a severity looks.
pub(super) fn style(app: &App, severity: Severity) -> Style {
    match severity {
        Severity::Error => app.theme.error,
        Severity::Warning => app.theme.warning,
        Severity::Info => app.theme.dim,
    }
}
