//! Names of elements that are nearly those of others.

/// The slips that a name may have and still be the one that was meant.
const MOST_SLIPS: usize = 2;
/// Shorter names are too alike.
const SHORTEST: usize = 6;
/// Longer names are none of ours.
const LONGEST: usize = 64;

/// Whether a name is another with a slip or two, or in other letters.
pub(crate) fn is_nearly(given: &str, name: &str) -> bool {
    if given.len() > LONGEST || name.len() < SHORTEST {
        return given.eq_ignore_ascii_case(name);
    }
    let (given, name) = (given.to_ascii_lowercase(), name.to_ascii_lowercase());
    slips(given.as_bytes(), name.as_bytes()) <= MOST_SLIPS
}

/// How many letters to add, drop or change to get from one to the other.
fn slips(a: &[u8], b: &[u8]) -> usize {
    // The slips from the letters of `a` so far to the first letters of `b`.
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (number, letter) in (1..).zip(a) {
        let mut row = Vec::with_capacity(before.len());
        row.push(number);
        for ((other, above), diagonal) in b.iter().zip(before.iter().skip(1)).zip(&before) {
            let left = row.last().copied().unwrap_or_default();
            row.push((diagonal + usize::from(letter != other)).min(above + 1).min(left + 1));
        }
        before = row;
    }
    before.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_or_two_and_other_letters() {
        for given in ["Section47s", "Sectoin47", "section47", "Section4"] {
            assert!(is_nearly(given, "Section47"), "{given}");
        }
        for (given, name) in [("Section", "Section47X9"), ("FTE3", "FTE"), ("Assessor", "Assessments")] {
            assert!(!is_nearly(given, name), "{given}");
        }
        assert_eq!(slips(b"", b"abc"), 3);
        assert_eq!(slips(b"abc", b"abc"), 0);
    }
}
