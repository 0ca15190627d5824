//! What a thing on screen means → how it looks. Every colour has a sign beside it, so nothing is lost without colours.

use ratatui::style::{Color, Modifier, Style};

use crate::lang::Word;

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

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Look {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// As far apart from the background as can be.
    Contrast,
    /// Told apart by those who do not tell red from green.
    Safe,
}

/// The colours of a look.
struct Palette {
    accent: Color,
    dim: Color,
    warning: Color,
    error: Color,
    negative: Color,
    /// Whether what only accompanies is as strong as the rest.
    strong: bool,
}

impl Look {
    /// Every look with the name that it has in the configuration.
    pub const ALL: [(&'static str, Self); 4] = [
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("high-contrast", Self::Contrast),
        ("colour-blind", Self::Safe),
    ];

    /// Returns the look after this one.
    pub fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Contrast,
            Self::Contrast => Self::Safe,
            Self::Safe => Self::Dark,
        }
    }

    /// Returns what it is called.
    pub fn word(self) -> Word {
        match self {
            Self::Dark => Word::ThemeDark,
            Self::Light => Word::ThemeLight,
            Self::Contrast => Word::ThemeContrast,
            Self::Safe => Word::ThemeSafe,
        }
    }

    fn palette(self) -> Palette {
        match self {
            Self::Dark => Palette {
                accent: Color::Cyan,
                dim: Color::DarkGray,
                warning: Color::Yellow,
                error: Color::Red,
                negative: Color::Red,
                strong: false,
            },
            // Cyan and yellow cannot be read on white.
            Self::Light => Palette {
                accent: Color::Blue,
                dim: Color::DarkGray,
                warning: Color::Magenta,
                error: Color::Red,
                negative: Color::Red,
                strong: false,
            },
            Self::Contrast => Palette {
                accent: Color::LightCyan,
                dim: Color::Reset,
                warning: Color::LightYellow,
                error: Color::LightRed,
                negative: Color::LightRed,
                strong: true,
            },
            // Blue, orange and vermilion of the palette of Okabe and Ito, as near as 256 colours have them.
            Self::Safe => Palette {
                accent: Color::Indexed(74),
                dim: Color::DarkGray,
                warning: Color::Indexed(214),
                error: Color::Indexed(202),
                negative: Color::Indexed(74),
                strong: false,
            },
        }
    }
}

impl Theme {
    /// Returns the theme in the terminal's colours, or without any.
    pub fn new(colours: bool) -> Self {
        Self::of(Look::Dark, colours)
    }

    /// Returns a theme, or what is left of it without colours.
    pub fn of(look: Look, colours: bool) -> Self {
        let palette = look.palette();
        let plain = Style::new();
        let coloured = |colour: Color, without: Modifier| {
            if colours { plain.fg(colour) } else { plain.add_modifier(without) }
        };
        let accent = coloured(palette.accent, Modifier::BOLD);
        let yellow = coloured(palette.warning, Modifier::BOLD);
        let dim = if palette.strong { plain } else { coloured(palette.dim, Modifier::DIM) };
        let rule = coloured(palette.dim, Modifier::DIM);
        Self {
            text: plain,
            dim,
            rule,
            accent,
            strong: plain.add_modifier(Modifier::BOLD),
            selected: accent.add_modifier(Modifier::REVERSED),
            resting: accent.add_modifier(Modifier::BOLD),
            figure: yellow.add_modifier(Modifier::BOLD | Modifier::REVERSED),
            related: yellow.add_modifier(Modifier::UNDERLINED),
            negative: coloured(palette.negative, Modifier::empty()),
            error: coloured(palette.error, Modifier::BOLD),
            found: coloured(palette.error, Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
            warning: yellow,
            behind: rule.remove_modifier(Modifier::BOLD | Modifier::REVERSED | Modifier::UNDERLINED),
            matched: accent.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_every_look_what_means_something_else_looks_otherwise() {
        for (name, look) in Look::ALL {
            let theme = Theme::of(look, true);
            assert_ne!(theme.error.fg, theme.warning.fg, "{name}");
            assert_ne!(theme.accent.fg, theme.error.fg, "{name}");
            assert_ne!(theme.accent.fg, theme.warning.fg, "{name}");
            assert_ne!(theme.selected, theme.resting, "{name}");
            assert_ne!(theme.figure, theme.selected, "{name}");
            assert_eq!(Theme::of(look, false).error.fg, None, "{name}");
        }
        let turned = |look: Look| look.next().next().next().next();
        assert!(Look::ALL.iter().all(|&(_, look)| turned(look) == look && look.next() != look));
        // Who does not tell red from green is shown neither.
        let safe = Theme::of(Look::Safe, true);
        let shown = [safe.accent.fg, safe.warning.fg, safe.error.fg, safe.negative.fg];
        assert!(shown.iter().all(|fg| ![Some(Color::Red), Some(Color::Green)].contains(fg)));
    }

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
