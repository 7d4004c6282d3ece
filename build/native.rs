//! Built-ins of our own, which the engine's compiler does not know: others stand for them until the code is made.

use regorus::rvm::program::BuiltinInfo;

use crate::names;

/// The package whose functions [`names::VOCABULARY`] are.
const PACKAGE: &str = "lib.tf";

/// Our built-ins, each with one of Rego's that takes as many arguments and that no policy calls.
const STAND_INS: [(&str, &str); names::VOCABULARY.len() + 1] = [
    (names::WALK, "yaml.marshal"),
    ("plangate.tf.blocks", "bits.and"),
    ("plangate.tf.candidates", "bits.or"),
    ("plangate.tf.cause", "hex.encode"),
    ("plangate.tf.causes", "hex.decode"),
    ("plangate.tf.elements", "bits.negate"),
    ("plangate.tf.finding", "bits.xor"),
    ("plangate.tf.finding_with", "regex.find_n"),
    ("plangate.tf.get", "regex.find_all_string_submatch_n"),
    ("plangate.tf.is_known", "yaml.unmarshal"),
    ("plangate.tf.known", "yaml.is_valid"),
    ("plangate.tf.mentions", "bits.lsh"),
    ("plangate.tf.referrers", "numbers.range_step"),
];

/// What stands for a built-in of ours.
pub(crate) fn stand_in(name: &str) -> Option<&'static str> {
    STAND_INS
        .iter()
        .find(|(ours, _)| *ours == name)
        .map(|(_, unused)| *unused)
}

/// What a rule is called where it is a built-in.
pub(crate) fn of_rule(package: &str, rule: &str) -> Option<&'static str> {
    let (_, name, _) = names::VOCABULARY.iter().find(|(function, ..)| *function == rule)?;
    stand_in(name).filter(|_| package == PACKAGE)
}

/// Whether a text names what stands for one of ours.
pub(crate) fn names_a_stand_in(text: &str) -> bool {
    STAND_INS.iter().any(|(_, unused)| text.contains(unused))
}

/// Calls our built-ins by their names.
pub(crate) fn rename(table: &mut [BuiltinInfo]) {
    for builtin in table {
        if let Some((ours, _)) = STAND_INS.iter().find(|(_, unused)| *unused == builtin.name) {
            builtin.name = (*ours).to_owned();
        }
    }
}
