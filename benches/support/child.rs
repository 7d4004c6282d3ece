//! What a run of a program costs.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use wait4::Wait4;

/// The cost of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of processor time, of all threads.
    pub(crate) cpu: f64,
    /// The most memory that it had with the processes that it started, in MB (of a million bytes).
    pub(crate) peak: f64,
}

/// Runs a program to its end, and gives what it printed. `None` where it does not run, or ends in another exit code
/// than these.
pub(crate) fn run(command: &mut Command, codes: &[i32]) -> Option<(Cost, Vec<u8>)> {
    let output = tempfile()?;
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command.stdout(output.0.try_clone().ok()?);
    let start = Instant::now();
    let mut child = command.spawn().ok()?;
    let (id, ended) = (child.id(), AtomicBool::new(false));
    let (used, wall, sampled) = thread::scope(|scope| {
        let samples = scope.spawn(|| {
            let mut most = 0;
            while !ended.load(Ordering::Relaxed) {
                most = most.max(held(id));
                thread::sleep(Duration::from_millis(2));
            }
            most
        });
        let used = child.wait4().ok();
        let wall = start.elapsed().as_secs_f64();
        ended.store(true, Ordering::Relaxed);
        (used, wall, samples.join().unwrap_or_default())
    });
    let used = used?;
    let printed = fs::read(&output.1).ok()?;
    fs::remove_file(output.1).ok()?;
    let cpu = used.rusage.utime + used.rusage.stime;
    let cost = Cost {
        wall,
        cpu: cpu.as_secs_f64(),
        // What the kernel counts for a process begins with all that this one had when it started it.
        peak: sampled as f64 / 1e6,
    };
    codes.contains(&used.status.code()?).then_some((cost, printed))
}

/// The bytes in memory of a process and of those that it started, where the kernel tells (Linux). What those have of files
/// is the same program, which is in memory once.
fn held(process: u32) -> u64 {
    let (resident, _) = pages(process);
    (resident + started(process).map(held_by_started).sum::<u64>()) * PAGE
}

fn held_by_started(process: u32) -> u64 {
    let (resident, of_files) = pages(process);
    resident.saturating_sub(of_files) + started(process).map(held_by_started).sum::<u64>()
}

/// The bytes of a page.
const PAGE: u64 = 4096;

/// The pages of a process that are in memory, and those of them that files have.
fn pages(process: u32) -> (u64, u64) {
    let counts = fs::read_to_string(format!("/proc/{process}/statm")).unwrap_or_default();
    let count = |at| counts.split(' ').nth(at).and_then(|pages| pages.parse().ok());
    (count(1).unwrap_or_default(), count(2).unwrap_or_default())
}

/// The processes that a process started.
fn started(process: u32) -> impl Iterator<Item = u32> {
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let threads = threads.into_iter().flatten().flatten();
    let ids = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let ids: Vec<u32> = ids
        .flat_map(|ids| {
            ids.split_whitespace()
                .filter_map(|id| id.parse().ok())
                .collect::<Vec<_>>()
        })
        .collect();
    ids.into_iter()
}

fn tempfile() -> Option<(fs::File, std::path::PathBuf)> {
    let path = std::env::temp_dir().join(format!("plangate-bench-{}", std::process::id()));
    Some((fs::File::create(&path).ok()?, path))
}

/// The middle one by each measure.
pub(crate) fn median(costs: &[Cost]) -> Cost {
    let middle = |measure: fn(&Cost) -> f64| {
        let mut all: Vec<f64> = costs.iter().map(measure).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Cost {
        wall: middle(|cost| cost.wall),
        cpu: middle(|cost| cost.cpu),
        peak: middle(|cost| cost.peak),
    }
}
