//! The `plangate` binary.
#![forbid(unsafe_code)]
fn main() {}
