//! Whether to colour, and how wide the terminal is.

use std::io::{IsTerminal, stdout};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// At a terminal, unless NO_COLOR is set; CLICOLOR_FORCE colours everywhere
    #[default]
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// What standard output is connected to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Terminal {
    /// Whether to colour.
    pub(super) colour: bool,
    /// The width, where it is a terminal.
    pub(super) width: Option<usize>,
}

/// What a terminal is wide that does not say.
const USUAL_WIDTH: usize = 80;

impl Terminal {
    /// Looks at standard output, and settles the colours of standard error with it.
    pub(super) fn look(when: When) -> Self {
        let choice = match when {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        choice.write_global();
        let colour = match when {
            When::Auto => !matches!(AutoStream::choice(&stdout()), ColorChoice::Never),
            When::Always => true,
            When::Never => false,
        };
        let width = stdout()
            .is_terminal()
            .then(|| terminal_size::terminal_size_of(stdout()).map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0)));
        Terminal {
            colour,
            width: width.map(|width| if width == 0 { USUAL_WIDTH } else { width }),
        }
    }
}
