//! Built-ins of our own, which the engine's compiler does not know: others stand for them until the code is made.

use regorus::rvm::program::BuiltinInfo;

use crate::names;

/// The package whose functions [`names::VOCABULARY`] are.
const PACKAGE: &str = "lib.tf";

/// Of Rego's built-ins that no policy calls, those of so many arguments.
const UNUSED: [(u8, &[&str]); 3] = [
    (
        1,
        &[
            "yaml.marshal",
            "hex.encode",
            "hex.decode",
            "bits.negate",
            "yaml.unmarshal",
            "yaml.is_valid",
        ],
    ),
    (2, &["bits.and", "bits.or"]),
    (3, &["regex.find_all_string_submatch_n", "numbers.range_step"]),
];

/// Our built-ins, each with what stands for it.
fn stand_ins() -> impl Iterator<Item = (&'static str, &'static str)> {
    let ours = names::VOCABULARY.iter().map(|(_, name, arguments)| (*name, *arguments));
    UNUSED.iter().flat_map(move |(arguments, unused)| {
        let walk = (names::WALK, 1);
        let ours = std::iter::once(walk).chain(ours.clone());
        let ours = ours.filter(move |(_, taken)| taken == arguments);
        ours.map(|(name, _)| name).zip(unused.iter().copied())
    })
}

/// What stands for a built-in of ours.
pub(crate) fn stand_in(name: &str) -> Option<&'static str> {
    stand_ins().find(|(ours, _)| *ours == name).map(|(_, unused)| unused)
}

/// What a rule is called where it is a built-in.
pub(crate) fn of_rule(package: &str, rule: &str) -> Option<&'static str> {
    let (_, name, _) = names::VOCABULARY.iter().find(|(function, ..)| *function == rule)?;
    stand_in(name).filter(|_| package == PACKAGE)
}

/// Whether a text names what stands for one of ours.
pub(crate) fn names_a_stand_in(text: &str) -> bool {
    stand_ins().any(|(_, unused)| text.contains(unused))
}

/// Calls our built-ins by their names.
pub(crate) fn rename(table: &mut [BuiltinInfo]) {
    for builtin in table {
        if let Some((ours, _)) = stand_ins().find(|(_, unused)| *unused == builtin.name) {
            ours.clone_into(&mut builtin.name);
        }
    }
}
