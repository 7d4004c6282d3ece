//! `sprintf` of literals: the engine knows few verbs, and gets widths, signs and precision wrong without a word.

/// Why a format does not go with that many values, if so.
pub(super) fn fault(format: &str, values: usize) -> Option<String> {
    let mut verbs = 0;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            continue;
        }
        match chars.next() {
            Some('%') => {}
            Some('s' | 'd' | 'v' | 'x' | 'f') => verbs += 1,
            other => {
                let verb = other.map(String::from).unwrap_or_default();
                return Some(format!(
                    "the format has `%{verb}`: only %s, %d, %v, %x, %f and %% are safe, without width or precision"
                ));
            }
        }
    }
    (verbs != values).then(|| format!("the format has {verbs} verbs for {values} values, which makes it undefined"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sprintf_with_a_wrong_number_of_values_or_a_width_is_a_fault() {
        assert_eq!(fault("%s is %d%%, not %v", 3), None);
        assert!(fault("%s", 0).is_some_and(|fault| fault.contains("1 verbs for 0 values")));
        assert!(fault("%05d", 1).is_some_and(|fault| fault.contains("`%0`")));
        assert!(fault("100%", 0).is_some_and(|fault| fault.contains("`%`")));
    }
}
