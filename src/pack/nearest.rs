//! Names that a mistyped one may have meant.

/// The names nearest to `wanted`, best first, at most three; those too far away are left out.
pub(super) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut scored: Vec<(usize, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let score = if name.contains(wanted) || wanted.contains(name) {
                0
            } else {
                distance(wanted, name)
            };
            (score <= 2 + wanted.len() / 4).then_some((score, name))
        })
        .collect();
    scored.sort_unstable();
    scored.dedup();
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

/// ` (did you mean ...?)`, or nothing where no name is near.
pub(crate) fn hint<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(wanted, names).as_slice() {
        [] => String::new(),
        near => format!("; did you mean {}?", near.join(" or ")),
    }
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_come_first_and_far_ones_not_at_all() {
        assert_eq!(nearest("severty", ["title", "severity", "since"]), ["severity"]);
        assert_eq!(
            nearest("encryption", ["aws.s3.encryption", "aws.iam.wildcard"]),
            ["aws.s3.encryption"]
        );
        assert_eq!(hint("zzzzzz", ["title"]), "");
    }
}
