//! A progress bar, where somebody waits at a terminal.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::timings::Step;
use crate::report::text;

/// A check that is over by then has no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often it is drawn.
const TICK: Duration = Duration::from_millis(100);

/// How far a check has come.
pub(super) struct Progress(Option<Shown>);

struct Shown {
    bar: ProgressBar,
    /// Dropped at the end: a bar that has not come yet does not.
    over: Option<Sender<()>>,
    waiting: Option<JoinHandle<()>>,
}

impl Progress {
    /// The progress of so many plans: none is shown unless standard error is a terminal.
    pub(super) fn of(plans: usize) -> Self {
        if !stderr().is_terminal() {
            return Progress(None);
        }
        let length = u64::try_from(plans).ok();
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        // The template is constant; were it wrong, the usual one would do.
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {elapsed} {wide_msg}") {
            bar.set_style(style);
        }
        let (over, is_over) = mpsc::channel::<()>();
        let late = bar.clone();
        let wait = move || {
            if is_over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                late.set_draw_target(ProgressDrawTarget::stderr());
                late.enable_steady_tick(TICK);
            }
        };
        Progress(Some(Shown {
            bar,
            over: Some(over),
            waiting: thread::Builder::new().spawn(wait).ok(),
        }))
    }

    /// A plan has come to this step.
    pub(super) fn at(&self, plan: &str, step: Step) {
        if let Some(shown) = &self.0 {
            shown.bar.set_message(format!("{} {}", step.name(), text::safe(plan)));
        }
    }

    /// A plan is done.
    pub(super) fn done(&self) {
        if let Some(shown) = &self.0 {
            shown.bar.inc(1);
        }
    }
}

/// The bar goes, so that what is said next begins a line.
impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(shown) = &mut self.0 {
            drop(shown.over.take());
            if let Some(waiting) = shown.waiting.take() {
                let _ = waiting.join();
            }
            shown.bar.finish_and_clear();
        }
    }
}
