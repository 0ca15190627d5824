//! Changed cells → bytes for the terminal, a third of what a cursor move before every wide character would take: on a
//! slow line that is the difference between a frame and a pause.

use std::fmt;
use std::io::{self, Write};

use crossterm::cursor::{MoveTo, MoveToColumn};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::width;

/// The backend of ratatui for crossterm, but for how it draws.
#[derive(Debug)]
pub struct ThinBackend<W: Write> {
    inner: CrosstermBackend<W>,
}

/// The modifiers that a terminal may show, and the numbers that ask for them (ECMA-48, 8.3.117).
const MODIFIERS: &[(Modifier, u8)] = &[
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::CROSSED_OUT, 9),
];

/// The colours that have a name, as terminals number them.
const NAMED: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

impl<W: Write> ThinBackend<W> {
    /// Returns a backend that writes to `writer`.
    pub fn new(writer: W) -> Self {
        Self { inner: CrosstermBackend::new(writer) }
    }
}

/// From one look to another in one sequence, which asks for no more than what differs.
struct Turn {
    before: Look,
    look: Look,
}

impl fmt::Display for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mut before, look } = *self;
        f.write_str("\x1b[")?;
        let mut between = "";
        let mut ask = |f: &mut fmt::Formatter<'_>, what: fmt::Arguments<'_>| {
            f.write_str(between)?;
            between = ";";
            f.write_fmt(what)
        };
        if !look.modifier.contains(before.modifier) {
            ask(f, format_args!("0"))?;
            before = PLAIN;
        }
        for (modifier, code) in MODIFIERS {
            if look.modifier.contains(*modifier) && !before.modifier.contains(*modifier) {
                ask(f, format_args!("{code}"))?;
            }
        }
        for (base, from, to) in [(30, before.fg, look.fg), (40, before.bg, look.bg)] {
            if from == to {
                continue;
            }
            match to {
                Color::Reset => ask(f, format_args!("{}", base + 9))?,
                Color::Rgb(r, g, b) => ask(f, format_args!("{};2;{r};{g};{b}", base + 8))?,
                Color::Indexed(index) => ask(f, format_args!("{};5;{index}", base + 8))?,
                named => {
                    let place = NAMED.iter().position(|known| *known == named).unwrap_or_default();
                    // The bright ones have a row of their own.
                    let code = if place < 8 { base + place } else { base + 60 + place - 8 };
                    ask(f, format_args!("{code}"))?;
                }
            }
        }
        f.write_str("m")
    }
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The modifiers that are asked for.
const SHOWN: Modifier = Modifier::BOLD
    .union(Modifier::DIM)
    .union(Modifier::ITALIC)
    .union(Modifier::UNDERLINED)
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// The look of a terminal that was asked for none.
const PLAIN: Look = Look { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// How many ambiguous symbols do not reach the next line before another place is asked for.
const FEW: usize = 2;

/// Returns whether terminals may differ on how wide a symbol is: to some, ─ and “ are as wide as Chinese characters.
fn is_ambiguous(symbol: &str, cells: usize) -> bool {
    cells == 1 && !symbol.is_ascii()
}

impl<W: Write> Backend for ThinBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut before = PLAIN;
        // Where the cursor stands, as far as that is certain, and how many symbols before it were ambiguous.
        let mut cursor = None;
        let mut doubt = 0;
        for (x, y, cell) in content {
            let symbol = cell.symbol();
            let cells = width::of(symbol);
            let ambiguous = is_ambiguous(symbol, cells);
            // After a run of ambiguous symbols the next certain one is put where it belongs.
            if cursor != Some((x, y)) || doubt > 0 && !ambiguous {
                // In its line the column says enough, but what is taken to be wider may have gone on in the next.
                match cursor {
                    Some((after, line)) if line == y && after <= x && doubt <= FEW => {
                        queue!(self.inner, MoveToColumn(x))?;
                    }
                    Some(_) | None => {
                        queue!(self.inner, MoveTo(x, y))?;
                    }
                }
            }
            let modifier = cell.modifier & SHOWN;
            let look = Look { fg: cell.fg, bg: cell.bg, modifier };
            if look != before {
                queue!(self.inner, Print(Turn { before, look }))?;
                before = look;
            }
            queue!(self.inner, Print(symbol))?;
            cursor = Some((x.saturating_add(cells as u16), y));
            doubt = if ambiguous { doubt + 1 } else { 0 };
        }
        queue!(self.inner, SetAttribute(Attribute::Reset))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const SIZE: Rect = Rect::new(0, 0, 24, 6);

    /// Returns a frame of some words in some looks.
    fn frame() -> impl Strategy<Value = Buffer> {
        let words = proptest::sample::select(vec!["公务接待费", "3.43", "──┤", "“三公”", "  ", "a费b"]);
        let colours =
            proptest::sample::select(vec![Color::Reset, Color::Cyan, Color::DarkGray, Color::Yellow]);
        let modifiers = proptest::sample::select(vec![
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::REVERSED,
            Modifier::DIM,
            Modifier::BOLD | Modifier::UNDERLINED,
        ]);
        let piece = (0..SIZE.width, 0..SIZE.height, words, colours, modifiers);
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| {
            let mut buffer = Buffer::empty(SIZE);
            for (x, y, words, colour, modifier) in pieces {
                // As the view does, nothing is left of a wide character whose half is drawn over.
                let clear = Rect::new(0, y, SIZE.width, 1);
                buffer.set_string(0, y, " ".repeat(clear.width.into()), Style::reset());
                let style = Style::new().fg(colour).add_modifier(modifier);
                buffer.set_stringn(x, y, words, usize::from(SIZE.width - x), style);
            }
            buffer
        })
    }

    /// Returns the bytes that lead from one frame to the next.
    fn bytes(mut backend: impl Backend<Error = io::Error>, before: &Buffer, after: &Buffer) {
        backend.draw(before.diff_iter(after)).expect("memory can be written");
        Backend::flush(&mut backend).expect("memory can be written");
    }

    fn screen(bytes: &[&[u8]]) -> vt100::Parser {
        let mut screen = vt100::Parser::new(SIZE.height, SIZE.width, 0);
        for bytes in bytes {
            screen.process(bytes);
        }
        screen
    }

    proptest! {
        #[test]
        fn the_screen_is_the_same_with_fewer_bytes(first in frame(), second in frame()) {
            let blank = Buffer::empty(SIZE);
            let (mut thin, mut thick) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
            bytes(ThinBackend::new(&mut thin.0), &blank, &first);
            bytes(ThinBackend::new(&mut thin.1), &first, &second);
            bytes(CrosstermBackend::new(&mut thick.0), &blank, &first);
            bytes(CrosstermBackend::new(&mut thick.1), &first, &second);
            let ours = screen(&[&thin.0, &thin.1]);
            let theirs = screen(&[&thick.0, &thick.1]);
            for (row, column) in (0..SIZE.height).flat_map(|row| (0..SIZE.width).map(move |column| (row, column))) {
                prop_assert_eq!(ours.screen().cell(row, column), theirs.screen().cell(row, column));
            }
        }
    }

    #[test]
    fn a_row_of_chinese_takes_a_third_of_the_bytes() {
        let blank = Buffer::empty(Rect::new(0, 0, 120, 40));
        let full = Buffer::with_lines(vec!["公务接待费支出".repeat(8) + "三公经费"; 40]);
        let (mut thin, mut thick) = (Vec::new(), Vec::new());
        bytes(ThinBackend::new(&mut thin), &blank, &full);
        bytes(CrosstermBackend::new(&mut thick), &blank, &full);
        assert!(thin.len() * 3 < thick.len() && !thin.is_empty(), "{} of {}", thin.len(), thick.len());
    }
}
