//! The places of a query in what is said of the module that is made of it.

use super::{PATH, VALUE, rejected};
use crate::engine::{EngineError, Rejection, Rejections};

/// An error with the places of the query, which stands so many lines into the module that is made of it.
pub(super) fn moved(error: EngineError, shift: usize) -> EngineError {
    match error {
        EngineError::Rejected(Rejections(rejections)) => rejected(
            rejections
                .into_iter()
                .map(|rejection| Rejection {
                    line: rejection.line.saturating_sub(shift as u64),
                    message: frame(&rejection.message, shift),
                    path: rejection.path,
                })
                .collect(),
        ),
        EngineError::Broken { policy, message } => EngineError::Broken {
            policy,
            message: frame(&message, shift),
        },
        other => other,
    }
}

/// A message's frame with the lines and columns of the query.
fn frame(message: &str, shift: usize) -> String {
    let mut lines: Vec<String> = message.lines().map(str::to_owned).collect();
    let Some(at) = lines
        .iter()
        .position(|line| line.trim_start().starts_with(&format!("--> {PATH}:")))
    else {
        return message.to_owned();
    };
    let source = lines[at + 1..]
        .iter()
        .position(|line| line.contains(VALUE))
        .map(|next| at + 1 + next);
    let mut columns = 0;
    if let Some(source) = source {
        columns = VALUE.len();
        lines[source] = lines[source].replacen(VALUE, "", 1);
        if let Some(caret) = lines.get_mut(source + 1).filter(|line| line.contains('^'))
            && let Some(end) = caret.find('^')
        {
            caret.replace_range(end.saturating_sub(columns)..end, "");
        }
    }
    let place: Vec<String> = lines[at].splitn(4, ':').map(str::to_owned).collect();
    if let [head, line, column, ..] = &place[..]
        && let (Ok(line), Ok(column)) = (line.parse::<usize>(), column.parse::<usize>())
    {
        let (line, column) = (line.saturating_sub(shift).max(1), column.saturating_sub(columns).max(1));
        lines[at] = format!("{head}:{line}:{column}");
    }
    for text in &mut lines[at + 1..] {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(line) = digits.parse::<usize>() {
            let number = line.saturating_sub(shift).max(1).to_string();
            let padded = format!("{number:<width$}", width = digits.len());
            text.replace_range(..digits.len(), &padded);
        }
    }
    lines.join("\n")
}
