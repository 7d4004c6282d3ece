//! What is wrong with a pack of policies.

use std::fmt;

/// One thing that is wrong, where, and what to do about it.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Problem {
    /// The file or folder, or empty where no single one is at fault.
    pub path: String,
    /// The line, from 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl Problem {
    /// A problem of a whole file or folder.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Problem {
            path: path.into(),
            line: None,
            message: message.into(),
        }
    }

    /// A problem at a line of a file.
    pub fn at(path: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Problem {
            path: path.into(),
            line: Some(line),
            message: message.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match (self.path.as_str(), self.line) {
            ("", _) => formatter.write_str(&self.message),
            (path, None) => write!(formatter, "{path}: {}", self.message),
            (path, Some(line)) => write!(formatter, "{path}:{line}: {}", self.message),
        }
    }
}

/// Everything that is wrong with a pack of policies; a pack with any of it is not used.
#[derive(Debug)]
pub struct PackError {
    problems: Vec<Problem>,
}

impl PackError {
    pub(super) fn of(problem: Problem) -> Self {
        PackError {
            problems: vec![problem],
        }
    }

    /// Ok with the value where there are no problems.
    pub(super) fn unless<T>(mut problems: Vec<Problem>, value: T) -> Result<T, Self> {
        if problems.is_empty() {
            return Ok(value);
        }
        problems.sort();
        Err(PackError { problems })
    }

    /// The problems, sorted by file and line; at least one.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl std::error::Error for PackError {}

impl fmt::Display for PackError {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                formatter.write_str("\n")?;
            }
            write!(formatter, "{problem}")?;
        }
        Ok(())
    }
}
