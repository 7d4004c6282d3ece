//! The `plangate` binary.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    plangate::cli::main().into()
}
