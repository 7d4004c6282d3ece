//! Where the lines come from: a terminal, with its history, or a pipe.

use std::env;
use std::fs;
use std::io::{self, BufRead};
use std::path::PathBuf;

use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Config, Editor};

use super::super::talk;
use super::complete::Words;
use crate::engine::is_unfinished;

const PROMPT: &str = "> ";
/// The most lines of history that are kept.
const KEPT: usize = 1000;

/// Where the lines come from.
pub(super) enum Lines {
    Terminal(Box<Editor<Words, FileHistory>>, Option<PathBuf>),
    Pipe(io::Lines<io::StdinLock<'static>>),
}

/// What came.
pub(super) enum Next {
    /// A query, a definition or a command, on one line or several.
    Text(String),
    /// Nothing more.
    End,
}

impl Lines {
    /// A terminal that completes these words.
    ///
    /// # Errors
    ///
    /// Where the terminal cannot be used.
    pub(super) fn terminal(words: Words, history: Option<PathBuf>) -> anyhow::Result<Self> {
        let config = Config::builder()
            .completion_type(CompletionType::List)
            .max_history_size(KEPT)?
            .auto_add_history(true)
            .build();
        let mut editor = Editor::with_config(config)?;
        editor.set_helper(Some(words));
        let file = history.or_else(usual_history);
        if let Some(file) = &file {
            // The first time there is none.
            let _ = editor.load_history(file);
        }
        Ok(Lines::Terminal(Box::new(editor), file))
    }

    /// Standard input as it comes.
    pub(super) fn pipe() -> Self {
        Lines::Pipe(io::stdin().lock().lines())
    }

    /// The next text; lines are joined while a bracket is open.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    pub(super) fn next(&mut self) -> anyhow::Result<Next> {
        match self {
            Lines::Terminal(editor, _) => loop {
                match editor.readline(PROMPT) {
                    Ok(text) => return Ok(Next::Text(text)),
                    // What was typed is given up, not the whole.
                    Err(ReadlineError::Interrupted) => {}
                    Err(ReadlineError::Eof) => return Ok(Next::End),
                    Err(error) => return Err(error.into()),
                }
            },
            Lines::Pipe(lines) => {
                let mut text = String::new();
                for line in lines {
                    text.push_str(&line?);
                    if text.starts_with(':') || !is_unfinished(&text) {
                        return Ok(Next::Text(text));
                    }
                    text.push('\n');
                }
                Ok(match text.trim().is_empty() {
                    true => Next::End,
                    false => Next::Text(text),
                })
            }
        }
    }

    /// Keeps the history.
    pub(super) fn keep(&mut self) {
        let Lines::Terminal(editor, Some(file)) = self else {
            return;
        };
        let folder = file.parent().map_or(Ok(()), fs::create_dir_all);
        let kept = folder.map_err(|error| error.to_string());
        if let Err(error) = kept.and_then(|()| editor.save_history(file).map_err(|error| error.to_string())) {
            talk::warning(&format!("the history cannot be kept in {}: {error}", file.display()));
        }
    }
}

/// <https://specifications.freedesktop.org/basedir-spec/latest/>; Windows has a folder of its own for it.
fn usual_history() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let states = folder("XDG_STATE_HOME").or_else(|| folder("LOCALAPPDATA"));
    let states = states.or_else(|| Some(folder("HOME")?.join(".local/state")))?;
    Some(states.join("plangate").join("history"))
}
