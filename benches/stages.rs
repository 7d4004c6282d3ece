//! The stages of a check in the library: `cargo bench --bench stages`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a benchmark may panic")]

mod support;

use std::collections::BTreeMap;

use divan::Bencher;
use divan::counter::BytesCount;
use plangate::engine::{Engine, Limits};
use plangate::judge::Judge;
use plangate::model::State;
use plangate::pack::Pack;
use plangate::plan;

use support::generate;

const SIZES: [usize; 3] = [10, 1_000, 10_000];

fn main() {
    divan::main();
}

fn text(resources: usize) -> Vec<u8> {
    let mut text = Vec::new();
    generate::write(resources, &mut text).unwrap();
    text
}

/// From bytes to the text of a plan.
#[divan::bench(args = SIZES, sample_count = 10)]
fn decode(bencher: Bencher, resources: usize) {
    let bytes = text(resources);
    bencher
        .counter(BytesCount::new(bytes.len()))
        .with_inputs(|| bytes.clone())
        .bench_values(|bytes| plan::decode(bytes).unwrap());
}

/// From text to a plan.
#[divan::bench(args = SIZES, sample_count = 10)]
fn parse(bencher: Bencher, resources: usize) {
    let text = plan::decode(text(resources)).unwrap().text;
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| std::hint::black_box(plan::parse(&text).unwrap()).resource_changes.len());
}

fn with_judge(resources: usize, then: impl FnOnce(&Judge, &plan::Plan)) {
    let text = plan::decode(text(resources)).unwrap().text;
    let pack = Pack::embedded().unwrap();
    let judge = Judge {
        engine: Engine::new(&pack, Limits::default()).unwrap(),
        params: pack.params(&BTreeMap::new()).unwrap(),
        as_of: "2026-11-22".to_owned(),
        pack: &pack,
    };
    then(&judge, &plan::parse(&text).unwrap());
}

/// From a plan to the whole model.
#[divan::bench(args = SIZES, sample_count = 5)]
fn model(bencher: Bencher, resources: usize) {
    with_judge(resources, |judge, plan| {
        bencher.bench(|| judge.document(plan, State::After, None));
    });
}

/// From the whole model to the engine's input, and no policy that reads it.
#[divan::bench(args = SIZES, sample_count = 5)]
fn input(bencher: Bencher, resources: usize) {
    with_judge(resources, |judge, plan| {
        let model = judge.document(plan, State::After, None);
        bencher.bench(|| judge.engine.judge(&model, |_| false).unwrap());
    });
}

/// From a plan to the report by all policies.
#[divan::bench(args = SIZES, sample_count = 5)]
fn judge(bencher: Bencher, resources: usize) {
    with_judge(resources, |judge, plan| {
        bencher.bench(|| judge.judge("plan.json", plan, None).unwrap());
    });
}
