//! Chance that is the same in every run.

/// SplitMix64, <https://prng.di.unimi.it/splitmix64.c>: a seed in, the same numbers out.
pub(crate) struct Random(u64);

impl Random {
    /// The chance of one instance, whatever else is made.
    pub(crate) fn of(parts: [usize; 3]) -> Self {
        let mut random = Random(0x0070_6c61_6e67_6174);
        for part in parts {
            random.0 = random.next() ^ part as u64;
        }
        random
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Whether something holds that holds in so many of a hundred cases.
    pub(crate) fn is(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub(crate) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.next() % all.len() as u64).unwrap_or_default()]
    }
}
