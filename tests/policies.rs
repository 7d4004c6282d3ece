//! The policies of this binary, judged as `plangate test` judges them.

use plangate::engine::{Engine, Limits};
use plangate::pack::Pack;

#[test]
fn every_embedded_policy_holds_alone() {
    let pack = Pack::embedded().unwrap_or_else(|error| panic!("{error}"));
    assert!(pack.policies.len() >= 12);
    Engine::verify(&pack, Limits::default())
        .map(drop)
        .unwrap_or_else(|error| panic!("{error}"));
}
