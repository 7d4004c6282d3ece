//! What the changes of a policy go by: names that have a meaning, and what is changed into what.

/// The rules that a verdict is read from; they may have a single clause, and be left without.
pub(super) const VERDICTS: [&str; 3] = ["deny", "unknown", "examined"];

/// Calls that join two things.
pub(super) const JOINS: [&str; 2] = ["array.concat", "object.union"];

/// The members of a finding that are words to people, or shown to them.
pub(super) const WORDS: [&str; 6] = ["message", "attribute", "expected", "found", "cause", "fix"];

/// The member of a finding that tells it from others of the same address.
pub(super) const KEY: &str = "key";

/// Comparisons with their opposites.
pub(super) const OPPOSITES: [(&str, &str); 6] = [
    ("==", "!="),
    ("!=", "=="),
    ("<", ">="),
    (">=", "<"),
    ("<=", ">"),
    (">", "<="),
];

/// Comparisons with those that differ at the bound.
pub(super) const BOUNDS: [(&str, &str); 4] = [("<", "<="), ("<=", "<"), (">", ">="), (">=", ">")];

/// Operators with others of their kind.
pub(super) const OTHERS: [(&str, &str); 4] = [("|", "&"), ("&", "|"), ("+", "-"), ("-", "+")];

/// Calls with others that take the same: those that are less strict about where, and opposites.
pub(super) const OTHER_CALLS: [(&str, &str); 4] = [
    ("startswith", "contains"),
    ("endswith", "contains"),
    ("max", "min"),
    ("min", "max"),
];

/// Calls that ask only whether something is known, which a constant is, whatever it is.
pub(super) const ARE_KNOWN: [&str; 4] = ["tf.cause", "tf.causes", "tf.is_known", "tf.is_unknown"];

/// The call that takes a constant for what is unset, behind what it takes it of.
pub(super) const GET: &str = "tf.get";

/// Calls that make texts alike.
pub(super) const ALIKE: [&str; 3] = ["lower", "upper", "trim_space"];
