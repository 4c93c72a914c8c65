//! Names that a caller misspelt: the nearest valid one, and the folding under which codes are compared.

/// The candidate with the smallest edit distance from `name`; the first of equals.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    candidates.into_iter().min_by_key(|candidate| distance(name, candidate)).unwrap_or_default().to_owned()
}

/// Levenshtein distance over characters.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (y, cell) in b.chars().zip(row.iter_mut().skip(1)) {
            let substituted = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = substituted.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// A code as it is compared: lower case, without white space, `-` and `_`.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_fewest_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(nearest("icpc_clok", ["assessment_clock", "icpc_clock"]), "icpc_clock");
    }

    #[test]
    fn case_spaces_hyphens_and_underscores_do_not_count() {
        assert_eq!(fold(" Former-Relevant_ Child"), "formerrelevantchild");
    }
}
