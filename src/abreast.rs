//! Work on many things side by side.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;

/// As deep as the main thread's stack usually is.
const STACK: usize = 8 << 20;

/// How many threads the machine runs at once; it is asked once, since that takes files to be read.
pub(crate) fn threads() -> NonZeroUsize {
    static THREADS: OnceLock<NonZeroUsize> = OnceLock::new();
    *THREADS.get_or_init(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
}

/// What `work` makes of each thing, in their order, on as many threads as the machine has, or fewer. Each thread has one
/// thing at a time, so no more are held at once than there are threads.
pub(crate) fn each<T, R: Send>(
    things: impl Iterator<Item = T> + Send,
    most_threads: usize,
    work: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let things = Mutex::new(things.enumerate());
    let done: Mutex<Vec<(usize, R)>> = Mutex::default();
    let next = || things.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        while let Some((at, thing)) = next() {
            let made = work(thing);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((at, made));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads().get().min(most_threads) {
            // Where no thread can be had, the others do its work.
            let thread = thread::Builder::new().stack_size(STACK);
            drop(thread.spawn_scoped(scope, run));
        }
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}

/// What both make: `other` on a thread of its own, while `one` is here. Where no thread can be had, one after the other.
pub(crate) fn both<A, B: Send>(one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &other);
        let one = one();
        match thread {
            Ok(thread) => (one, thread.join().unwrap_or_else(|panic| resume_unwind(panic))),
            Err(_) => (one, other()),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_things() {
        let double = |thing: u64| {
            if thing.is_multiple_of(100) {
                thread::sleep(std::time::Duration::from_millis(2));
            }
            thing * 2
        };
        for threads in [0, 1, 2, 100] {
            assert!(each(0..1000, threads, double).into_iter().eq((0..1000).map(|n| n * 2)));
        }
        assert!(each(std::iter::empty(), 2, |(): ()| ()).is_empty());
    }

    #[test]
    fn two_are_made_at_once() {
        // Neither ends before the other has come as far.
        let barrier = std::sync::Barrier::new(2);
        let made = both(|| barrier.wait().is_leader(), || barrier.wait().is_leader());
        assert!(made.0 != made.1);
    }
}
