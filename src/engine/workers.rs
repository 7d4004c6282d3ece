//! Jobs on threads, none of which is waited for longer than it may take.
//!
//! The engine's own timer ends loops, but not one long built-in; so the threads are not joined, and one that does not
//! come back is left behind: the caller has its answer, and the process ends with it.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroUsize;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Policies recurse by the depth of their expressions; the default of two megabytes is scant for them.
const STACK: usize = 16 << 20;

/// Why a job has no result.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unfinished {
    /// It took too long.
    Late,
    /// Its thread ended.
    Lost,
}

/// A piece of work.
pub(super) type Job<T> = Box<dyn FnOnce() -> T + Send>;

type Queue<T> = Arc<Mutex<VecDeque<(usize, Job<T>)>>>;

enum Event<T> {
    Started(usize, Instant),
    Finished(usize, T),
}

/// The results of the jobs in their order; each has `limit` from its own start.
pub(super) fn run<T: Send + 'static>(
    jobs: Vec<Job<T>>,
    workers: NonZeroUsize,
    limit: Duration,
) -> Vec<Result<T, Unfinished>> {
    let count = jobs.len();
    let queue: Queue<T> = Arc::new(Mutex::new(jobs.into_iter().enumerate().collect()));
    let (sender, events) = mpsc::channel();
    let mut results: Vec<Option<Result<T, Unfinished>>> = (0..count).map(|_| None).collect();
    let mut running: BTreeMap<usize, Instant> = BTreeMap::new();
    let mut open = count;
    for _ in 0..workers.get().min(count) {
        spawn(&queue, &sender);
    }
    while open > 0 {
        let first = running.values().min().copied().unwrap_or_else(Instant::now);
        match events.recv_timeout((first + limit).saturating_duration_since(Instant::now())) {
            Ok(Event::Started(index, at)) => {
                running.insert(index, at);
            }
            Ok(Event::Finished(index, result)) => {
                if running.remove(&index).is_some() {
                    results[index] = Some(Ok(result));
                    open -= 1;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                let late: Vec<usize> = running
                    .iter()
                    .filter(|(_, at)| at.elapsed() >= limit)
                    .map(|(index, _)| *index)
                    .collect();
                // No thread came up, or all that did are gone.
                if running.is_empty() {
                    break;
                }
                for index in late {
                    running.remove(&index);
                    results[index] = Some(Err(Unfinished::Late));
                    open -= 1;
                    spawn(&queue, &sender);
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    results
        .into_iter()
        .map(|result| result.unwrap_or(Err(Unfinished::Lost)))
        .collect()
}

fn spawn<T: Send + 'static>(queue: &Queue<T>, sender: &Sender<Event<T>>) {
    let (queue, sender) = (queue.clone(), sender.clone());
    let work = move || {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
            let Some((index, job)) = next else { return };
            if sender.send(Event::Started(index, Instant::now())).is_err() {
                return;
            }
            if sender.send(Event::Finished(index, job())).is_err() {
                return;
            }
        }
    };
    // Where no thread can be had, the jobs stay open, and the caller is told so.
    drop(
        thread::Builder::new()
            .name("policy".to_owned())
            .stack_size(STACK)
            .spawn(work),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

    fn job<T>(work: impl FnOnce() -> T + Send + 'static) -> Job<T> {
        Box::new(work)
    }

    #[test]
    fn results_are_in_the_order_of_the_jobs() {
        let jobs = (0..100).map(|n| job(move || n)).collect();
        let results: Vec<_> = run(jobs, TWO, Duration::from_secs(5));
        assert!(results.into_iter().eq((0..100).map(Ok)));
        assert!(run(Vec::<Job<()>>::new(), TWO, Duration::from_secs(5)).is_empty());
    }

    #[test]
    fn a_job_that_does_not_come_back_is_given_up_and_the_others_are_done() {
        let jobs = (0..6)
            .map(|n| {
                job(move || {
                    if n < 3 {
                        thread::sleep(Duration::from_secs(30));
                    }
                    n
                })
            })
            .collect();
        let begin = Instant::now();
        let results = run(jobs, TWO, Duration::from_millis(200));
        assert!(begin.elapsed() < Duration::from_secs(5));
        let late = Err(Unfinished::Late);
        assert_eq!(results, [late, late, late, Ok(3), Ok(4), Ok(5)]);
    }

    #[test]
    fn a_job_whose_thread_ends_is_no_result() {
        let jobs = vec![job(|| std::panic::panic_any(())), job(|| ())];
        let results = run(jobs, TWO, Duration::from_millis(200));
        assert!(results[0].is_err());
        assert_eq!(results[1], Ok(()));
    }
}
