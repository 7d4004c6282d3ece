//! The policies of this binary: each is checked alone, judged by its fixtures, and its Rego tests are run, as `plangate
//! test policies` does.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use plangate::author;
use plangate::engine::{Engine, Limits, TestOutcome, Tested};
use plangate::pack::{Pack, Policy};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("policies")
}

/// What is wrong with each policy, on all processors.
fn problems(pack: &Pack, of: impl Fn(&Policy) -> Vec<String> + Sync) -> String {
    let open = Mutex::new(pack.policies.iter());
    let next = || open.lock().unwrap().next();
    let work = || {
        let mut found = Vec::new();
        while let Some(policy) = next() {
            found.extend(
                of(policy)
                    .into_iter()
                    .map(|problem| format!("{}: {problem}\n", policy.id)),
            );
        }
        found
    };
    let number = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..number).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn every_embedded_policy_holds_alone() {
    let pack = Pack::embedded().unwrap_or_else(|error| panic!("{error}"));
    assert!(pack.policies.len() >= 94);
    Engine::verify(&pack, Limits::default())
        .map(drop)
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_policy_says_of_its_fixtures_what_their_names_state() {
    let pack = Pack::embedded().unwrap();
    let problems = problems(&pack, |policy| {
        author::judge_fixtures(
            &pack,
            policy,
            &author::folder_of(&folder(), policy),
            "2026-11-22",
            &Limits::default(),
        )
        .problems
    });
    assert!(problems.is_empty(), "{problems}");
}

#[test]
fn every_library_s_rego_tests_pass() {
    let pack = Pack::from_dir(folder()).unwrap();
    for library in &pack.libraries {
        let results = Tested::library(library, &pack.libraries)
            .run(&Limits::default(), &|_| true)
            .unwrap();
        assert!(!results.is_empty(), "{} has no tests", library.package);
        for result in results {
            assert_eq!(result.outcome, TestOutcome::Pass, "{}", result.name);
        }
    }
}

#[test]
fn every_policy_s_rego_tests_pass() {
    let pack = Pack::from_dir(folder()).unwrap();
    let problems = problems(&pack, |policy| {
        let results = match Tested::policy(policy, &pack.libraries).run(&Limits::default(), &|_| true) {
            Ok(results) if results.is_empty() => return vec!["has no Rego tests".to_owned()],
            Ok(results) => results.into_iter(),
            Err(error) => return vec![error.to_string()],
        };
        let failed = results.filter(|result| result.outcome != TestOutcome::Pass);
        failed
            .map(|result| format!("{}: {:?}", result.name, result.outcome))
            .collect()
    });
    assert!(problems.is_empty(), "{problems}");
}
