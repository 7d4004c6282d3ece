//! The binary as its users run it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may panic, and says what it skips"
)]

#[path = "../../src/beside.rs"]
mod beside;
mod check;
mod conformance;
mod conftest;
mod corpus;
mod gate;
mod guides;
mod help;
mod limits;
mod mutate;
mod policies;
#[cfg(unix)]
mod readme;
mod regula;
mod support;
mod trivy;
