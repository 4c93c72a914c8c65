//! Which id was meant.

/// The candidate nearest to `name`, where it is near: two slips, or one in a short name.
pub(super) fn nearest(name: &str, candidates: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let slips = if name.len() < 5 { 1 } else { 2 };
    candidates
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= slips)
        .min()
        .map(|(_, candidate)| candidate)
}

pub(super) fn suggestion(nearest: Option<&str>) -> String {
    nearest.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default()
}

/// The insertions, deletions and changes of a letter that make one text from the other.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (1..=b.chars().count()).collect();
    for (i, in_a) in a.chars().enumerate() {
        let (mut diagonal, mut left) = (i, i + 1);
        for (cell, in_b) in row.iter_mut().zip(b.chars()) {
            let changed = diagonal + usize::from(in_a != in_b);
            diagonal = *cell;
            left = changed.min(diagonal + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_else(|| a.chars().count())
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn slips_are_counted() {
        for (a, b, slips) in [
            ("", "", 0),
            ("", "ab", 2),
            ("ab", "", 2),
            ("kitten", "sitting", 3),
            ("icpc", "ipcc", 2),
            ("ab", "ab", 0),
        ] {
            assert_eq!(distance(a, b), slips, "{a} {b}");
        }
    }
}
