//! Colours and weights, where there is a terminal.

/// Whether the output is told colours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// It is.
    Colours,
    /// It is not: the output goes to a file or another program.
    Plain,
}

/// What a text is, to the eye.
#[derive(Clone, Copy)]
pub enum Look {
    /// Begins something.
    Heading,
    /// Says what a value is.
    Label,
    /// Explains.
    Note,
    /// Is not shown, and why.
    Withheld,
    /// Must not be missed.
    Warning,
}

impl Ink {
    /// The text as it looks, without a change in width.
    pub fn paint(self, look: Look, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colours => format!("\u{1b}[{}m{text}\u{1b}[0m", look.code()),
        }
    }
}

impl Look {
    /// Select Graphic Rendition, ECMA-48.
    fn code(self) -> &'static str {
        match self {
            Self::Heading => "1;36",
            Self::Label => "36",
            Self::Note => "2;3",
            Self::Withheld => "33",
            Self::Warning => "1;31",
        }
    }
}
