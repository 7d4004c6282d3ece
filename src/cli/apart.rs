//! The hidden command by which the user's policies are judged in processes of their own.

use std::io;
use std::time::Duration;

use crate::apart::Served;
use crate::engine;
use crate::report::Exit;

/// Policies recurse by the depth of their expressions; it is the stack that they have on a thread of the engine, too.
const STACK: usize = 16 << 20;

/// Does what standard input says.
///
/// # Errors
///
/// Where that is nothing that can be done.
pub(super) fn run() -> anyhow::Result<Exit> {
    let work = || -> anyhow::Result<Exit> {
        let mut served = Served::read(io::stdin(), confine())?;
        engine::serve(&mut served)?;
        Ok(Exit::Passed)
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work)?;
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Holds this process to its limits; the memory from the first time on.
#[cfg(unix)]
fn confine() -> Box<dyn FnMut(u64, Duration)> {
    use rustix::process::{Resource, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};

    let set = |resource, most: u64| {
        let limit = rustix::process::Rlimit {
            current: Some(most),
            ..getrlimit(resource)
        };
        // Where a limit cannot be set, the engine's timer and the process that waits for this one are left.
        let _ = setrlimit(resource, limit);
    };
    let mut is_held = false;
    Box::new(move |memory, time| {
        if !is_held {
            set(Resource::Core, 0);
            set(Resource::Data, held().saturating_add(memory));
            is_held = true;
        }
        let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or_default();
        set(Resource::Cpu, used.saturating_add(time.as_secs() + 1));
    })
}

#[cfg(not(unix))]
fn confine() -> Box<dyn FnMut(u64, Duration)> {
    Box::new(|_, _| {})
}

/// The bytes of data that this process has, by what the kernel counts; 0 where it does not tell.
#[cfg(unix)]
fn held() -> u64 {
    let counts = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = counts.split(' ').nth(5).and_then(|pages| pages.parse::<u64>().ok());
    let size = u64::try_from(rustix::param::page_size()).unwrap_or_default();
    pages.unwrap_or_default().saturating_mul(size)
}
