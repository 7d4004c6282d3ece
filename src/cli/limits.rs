//! `--time-limit` and `--memory-limit`: what the user's policies may take.

use std::time::Duration;

use anyhow::Context;
use clap::Args;

use crate::apart::Apart;
use crate::engine::Limits;

/// What a policy may take.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Policies")]
pub(super) struct LimitArgs {
    /// The time that each policy has, for each 10,000 resources of a plan, such as 500ms, 10s or 2m
    #[arg(long, value_name = "TIME", value_parser = time, default_value = "10s")]
    time_limit: Duration,

    /// The memory that each policy of a folder may take besides the plan, such as 512MiB or 2GiB (on Linux)
    #[arg(long, value_name = "SIZE", value_parser = memory, default_value = "1GiB")]
    memory_limit: u64,
}

impl LimitArgs {
    /// These limits, for policies that judge apart.
    ///
    /// # Errors
    ///
    /// Where the binary cannot be found again.
    pub(super) fn limits(self) -> anyhow::Result<Limits> {
        let program = std::env::current_exe().context("where this binary is cannot be told")?;
        Ok(Limits {
            time: self.time_limit,
            apart: Some(Apart {
                program,
                memory: self.memory_limit,
            }),
            ..Limits::default()
        })
    }
}

fn time(text: &str) -> Result<Duration, String> {
    let units = [("ms", 1), ("s", 1000), ("m", 60_000)];
    let milliseconds = scaled(text, &units).ok_or("write a number and its unit: 500ms, 10s or 2m")?;
    Ok(Duration::from_millis(milliseconds))
}

fn memory(text: &str) -> Result<u64, String> {
    let bytes = scaled(text, &[("MiB", 1 << 20), ("GiB", 1 << 30)]);
    let bytes = bytes.ok_or("write a number and its unit: 512MiB or 2GiB")?;
    if bytes < 16 << 20 {
        return Err("the engine itself takes 16MiB: give it more".to_owned());
    }
    Ok(bytes)
}

/// A whole number above 0 with a unit, in the least unit.
fn scaled(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit())?);
    let (_, times) = units.iter().find(|(name, _)| *name == unit)?;
    number
        .parse::<u64>()
        .ok()
        .filter(|number| *number > 0)?
        .checked_mul(*times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_has_a_unit() {
        assert_eq!(time("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(time("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(memory("64MiB"), Ok(64 << 20));
        for wrong in ["", "10", "s", "0s", "-1s", "1.5s", "10 s", "99999999999999999m"] {
            assert!(time(wrong).unwrap_err().contains("10s"), "{wrong}");
        }
        for wrong in ["1", "1MB", "GiB", "99999999999GiB", "1MiB"] {
            assert!(memory(wrong).unwrap_err().contains("MiB"), "{wrong}");
        }
    }
}
