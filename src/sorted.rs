//! Pairs side by side, sorted by what they are looked up by: of few pairs, a tree's nodes would be most of what it takes.

/// Sorts pairs, of which the last of each key counts; there is no more room than they take.
pub(crate) fn sort<K: Ord, V>(pairs: &mut Vec<(K, V)>) {
    if !pairs.is_sorted_by(|one, next| one.0 < next.0) {
        // Of neighbours the first is kept.
        pairs.reverse();
        pairs.sort_by(|one, other| one.0.cmp(&other.0));
        pairs.dedup_by(|next, one| next.0 == one.0);
    }
    pairs.shrink_to_fit();
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_last_of_each_key_counts() {
        let mut pairs = vec![("b", 1), ("a", 2), ("b", 3), ("a", 4), ("c", 5)];
        super::sort(&mut pairs);
        assert_eq!(pairs, [("a", 4), ("b", 3), ("c", 5)]);
        super::sort(&mut pairs);
        assert_eq!(pairs, [("a", 4), ("b", 3), ("c", 5)]);
    }
}
