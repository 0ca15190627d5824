//! What a thing on screen means → how it looks. Every colour has a sign beside it, so nothing is lost without colours.

use ratatui::style::{Color, Modifier, Style};

/// The looks of everything on screen.
///
/// Only the terminal's own named colours are used, so that the program follows the palette a person has chosen, and one
/// accent. Without colours the same differences are made by weight, underline and reverse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// What a person reads.
    pub text: Style,
    /// What only accompanies it: counts, units, places.
    pub dim: Style,
    /// Rules and frames.
    pub rule: Style,
    /// The program's name, the frame that has the keys, keys in hints.
    pub accent: Style,
    /// Titles and names of departments.
    pub strong: Style,
    /// The selected row where the keys go.
    pub selected: Style,
    /// The selected row of a list that waits.
    pub resting: Style,
    /// The figure in its sentence.
    pub figure: Style,
    /// The other figures of the same row in its sentence.
    pub related: Style,
    /// A negative number.
    pub negative: Style,
    /// An error.
    pub error: Style,
    /// The figures of a finding in their sentence.
    pub found: Style,
    /// Something that needs to be looked at.
    pub warning: Style,
    /// Letters that a search found.
    pub matched: Style,
    /// Everything behind a window.
    pub behind: Style,
}

impl Theme {
    /// Returns the theme in the terminal's colours, or without any.
    pub fn new(colours: bool) -> Self {
        let plain = Style::new();
        let coloured = |colour: Color, without: Modifier| {
            if colours { plain.fg(colour) } else { plain.add_modifier(without) }
        };
        let accent = coloured(Color::Cyan, Modifier::BOLD);
        let yellow = coloured(Color::Yellow, Modifier::BOLD);
        Self {
            text: plain,
            dim: coloured(Color::DarkGray, Modifier::DIM),
            rule: coloured(Color::DarkGray, Modifier::DIM),
            accent,
            strong: plain.add_modifier(Modifier::BOLD),
            selected: accent.add_modifier(Modifier::REVERSED),
            resting: accent.add_modifier(Modifier::BOLD),
            figure: yellow.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            related: yellow.add_modifier(Modifier::UNDERLINED),
            negative: coloured(Color::Red, Modifier::empty()),
            error: coloured(Color::Red, Modifier::BOLD),
            found: coloured(Color::Red, Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
            warning: yellow,
            behind: coloured(Color::DarkGray, Modifier::DIM)
                .remove_modifier(Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED),
            matched: accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_there_are_none() {
        let theme = Theme::new(false);
        let styles = [
            theme.dim,
            theme.accent,
            theme.selected,
            theme.resting,
            theme.figure,
            theme.negative,
            theme.matched,
        ];
        for style in styles {
            assert_eq!((style.fg, style.bg), (None, None));
        }
        assert_ne!(theme.selected, theme.resting);
        assert_ne!(theme.figure, theme.related);
    }
}
