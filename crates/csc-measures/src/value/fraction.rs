//! Fractions compared exactly, however large their parts.

use std::cmp::Ordering;

/// Compares two fractions of positive denominators, without a product that might not fit.
pub(crate) fn compare((over, under): (i128, i128), (other_over, other_under): (i128, i128)) -> Ordering {
    let wholes = over.div_euclid(under).cmp(&other_over.div_euclid(other_under));
    wholes.then_with(|| {
        let (rest, other_rest) = (over.rem_euclid(under), other_over.rem_euclid(other_under));
        match (rest, other_rest) {
            (0, _) | (_, 0) => rest.cmp(&other_rest),
            // What is left of each is below one: the greater is that whose reciprocal is the smaller.
            _ => compare((other_under, other_rest), (under, rest)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_fractions_are_compared_as_their_products() {
        for a in -12..=12_i128 {
            for b in 1..=12 {
                for c in -12..=12 {
                    for d in 1..=12 {
                        assert_eq!(compare((a, b), (c, d)), (a * d).cmp(&(c * b)), "{a}/{b} {c}/{d}");
                    }
                }
            }
        }
    }

    #[test]
    fn large_fractions_are_not_taken_for_equal() {
        let large = i128::MAX;
        assert_eq!(compare((large, 1), (large - 1, 1)), Ordering::Greater);
        assert_eq!(compare((large - 1, large), (large - 2, large - 1)), Ordering::Greater);
        assert_eq!(compare((large, large - 1), (large, large - 1)), Ordering::Equal);
    }
}
