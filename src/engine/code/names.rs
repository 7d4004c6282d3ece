//! What the build and the engine call alike: the build reads this same file.

/// The rules of a policy that a check reads.
pub(crate) const RULES: [&str; 3] = ["deny", "unknown", "examined"];

/// The package of the rules that read verdicts: all of a policy at once, so that what they share is worked out once.
pub(crate) const PACKAGE: &str = "__plangate";

/// Its rule for those policies of a group that the input asks for.
pub(crate) const ASKED: &str = "asked";

/// `walk` as a function: the pairs of each path in a value and what is there.
pub(crate) const WALK: &str = "plangate.walk";

/// Checks that a value can be gone over.
pub(crate) const COLLECTION: &str = "plangate.collection";

/// Checks that two values are numbers.
pub(crate) const NUMBERS: &str = "plangate.numbers";

/// Checks that two values are numbers, or both sets.
pub(crate) const NUMBERS_OR_SETS: &str = "plangate.numbers_or_sets";

/// Checks that an object has no other value for a key: of object, key and value.
pub(crate) const FRESH: &str = "plangate.fresh";

/// Forgets what a rule of a number has said.
pub(crate) const BEGIN: &str = "plangate.begin";

/// Checks that what a rule of a number says is what it has said since [`BEGIN`].
pub(crate) const SAME: &str = "plangate.same";
