//! What a run of a program costs.

use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

/// The cost of one run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of processor time, of all threads.
    pub(crate) cpu: f64,
    /// The most memory that it had, in MB (of a million bytes).
    pub(crate) peak: f64,
}

/// Runs a program to its end, and gives what it printed. `None` where it does not run, or ends in another exit code
/// than these.
pub(crate) fn run(command: &mut Command, codes: &[i32]) -> Option<(Cost, Vec<u8>)> {
    let output = tempfile()?;
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command.stdout(output.0.try_clone().ok()?);
    let start = Instant::now();
    let used = command.spawn().ok()?.wait4().ok()?;
    let wall = start.elapsed().as_secs_f64();
    let printed = std::fs::read(&output.1).ok()?;
    std::fs::remove_file(output.1).ok()?;
    let cpu = used.rusage.utime + used.rusage.stime;
    let cost = Cost {
        wall,
        cpu: cpu.as_secs_f64(),
        peak: used.rusage.maxrss as f64 / 1e6,
    };
    codes.contains(&used.status.code()?).then_some((cost, printed))
}

fn tempfile() -> Option<(std::fs::File, std::path::PathBuf)> {
    let path = std::env::temp_dir().join(format!("plangate-bench-{}", std::process::id()));
    Some((std::fs::File::create(&path).ok()?, path))
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
