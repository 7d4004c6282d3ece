//! The binary as its users run it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may panic, and says what it skips"
)]

mod author;
#[path = "../../src/beside.rs"]
mod beside;
mod bundle;
mod check;
mod config;
mod conformance;
mod conftest;
mod corpus;
mod eval;
#[cfg(unix)]
mod examples;
mod explain;
mod fixture;
mod formats;
mod gate;
mod guides;
mod help;
mod large;
mod limits;
mod lint;
#[cfg(unix)]
mod linted;
mod mutate;
#[cfg(unix)]
mod pipelines;
mod policies;
mod proof;
#[cfg(unix)]
mod readme;
mod regula;
mod repl;
mod support;
mod timings;
mod trivy;
#[cfg(unix)]
mod tutorial;
#[cfg(unix)]
mod watch;
