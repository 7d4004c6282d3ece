//! One change of a text, and the kinds of them.

use std::fmt;

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A clause of a rule, or a branch of one, is left out.
    DropClause,
    /// A condition is left out.
    DropCondition,
    /// A condition becomes its opposite, by `not` or by the absence of one.
    Negate,
    /// A comparison becomes its opposite, or takes in its bound, or leaves it out.
    Compare,
    /// Another operator or call of the same kind: `|` and `&`, `startswith` and `contains`.
    Operator,
    /// A number, a text or a boolean becomes another.
    Constant,
    /// An element of a set, of an array or of a table is left out.
    DropElement,
    /// One of two things that are joined is left out, or a call that makes texts alike.
    DropOperand,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Change::DropClause => "drops a clause",
            Change::DropCondition => "drops a condition",
            Change::Negate => "negates a condition",
            Change::Compare => "changes a comparison",
            Change::Operator => "changes an operator",
            Change::Constant => "changes a constant",
            Change::DropElement => "drops an element",
            Change::DropOperand => "drops a part",
        })
    }
}

/// Bytes of a text that something else takes the place of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) new: String,
    pub(super) change: Change,
}

impl Edit {
    /// The text with the change made; none where its bounds are none of the text.
    pub(super) fn apply(&self, text: &str) -> Option<String> {
        let (before, after) = (text.get(..self.start)?, text.get(self.end..)?);
        Some([before, &self.new, after].concat())
    }
}
