//! The `plangate` binary.
#![forbid(unsafe_code)]

/// A check makes and drops small values without end; the system's allocator takes a third of its time, and more in a
/// thread of its own. Without huge pages: to clear them costs a short run more than it saves, and memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    plangate::cli::main().into()
}
