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

/// Has the machine let go of the object that it handed to [`FRESH`]: it would be copied when it is added to.
pub(crate) const LET_GO: &str = "plangate.let_go";

/// Forgets what a rule of a number has said.
pub(crate) const BEGIN: &str = "plangate.begin";

/// Checks that what a rule of a number says is what it has said since [`BEGIN`].
pub(crate) const SAME: &str = "plangate.same";

/// Functions of `lib.tf` that the machine has as built-ins, since policies call them without end: by what they are called
/// there, the built-in, and how many arguments it takes. What they do not tell
/// as their Rego would, the interpreter decides.
pub(crate) const VOCABULARY: [(&str, &str, u8); 12] = [
    ("blocks", "plangate.tf.blocks", 2),
    ("candidates", "plangate.tf.candidates", 2),
    ("cause", "plangate.tf.cause", 1),
    ("causes", "plangate.tf.causes", 1),
    ("elements", "plangate.tf.elements", 1),
    ("finding", "plangate.tf.finding", 2),
    ("finding_with", "plangate.tf.finding_with", 3),
    ("get", "plangate.tf.get", 3),
    ("is_known", "plangate.tf.is_known", 1),
    ("known", "plangate.tf.known", 1),
    ("mentions", "plangate.tf.mentions", 2),
    ("referrers", "plangate.tf.referrers", 3),
];
