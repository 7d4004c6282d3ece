//! Work on many things side by side.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// As deep as the main thread's stack usually is.
const STACK: usize = 8 << 20;

/// What `work` makes of each thing, in their order, on as many threads as the machine has. Each thread has one thing at a
/// time, so no more are held at once than there are threads.
pub(super) fn each<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZeroUsize::get)
        .min(things.len());
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Option<R>>> = Mutex::new(things.iter().map(|_| None).collect());
    let run = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(at) else { return };
            let made = work(thing);
            done.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(made);
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // Where no thread can be had, the others do its work.
            let thread = thread::Builder::new().stack_size(STACK);
            drop(thread.spawn_scoped(scope, run));
        }
        run();
    });
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_things() {
        let things: Vec<u64> = (0..1000).collect();
        let doubled = each(&things, |thing| {
            if thing % 100 == 0 {
                thread::sleep(std::time::Duration::from_millis(2));
            }
            thing * 2
        });
        assert!(doubled.into_iter().eq((0..1000).map(|n| n * 2)));
        assert!(each(&[], |(): &()| ()).is_empty());
    }
}
