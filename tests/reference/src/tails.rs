//! How likely each number of cases is: shares of many drawn by chance, and counts.

use std::collections::BTreeMap;

/// How likely each number is, as a part of the likeliest, down to 1e-18 of it.
pub(crate) struct Terms(BTreeMap<i64, f64>);

#[expect(clippy::cast_precision_loss, reason = "numbers of cases")]
fn float(number: i64) -> f64 {
    number as f64
}

impl Terms {
    /// Of `of` cases, each counted with the chance `p`, which is neither 0 nor 1.
    pub(crate) fn binomial(of: i64, p: f64) -> Terms {
        // From k to k + 1 a term is multiplied by this.
        Terms::by(|k| if k < of { float(of - k) / float(k + 1) * (p / (1.0 - p)) } else { 0.0 })
    }

    /// A count whose mean is `mean`, which is not 0.
    pub(crate) fn poisson(mean: f64) -> Terms {
        Terms::by(|k| mean / float(k + 1))
    }

    fn by(ratio: impl Fn(i64) -> f64) -> Terms {
        // The largest term is the last that is no less than the one before it.
        let mut largest = 0;
        while ratio(largest) >= 1.0 {
            largest += 1;
        }
        let mut terms: BTreeMap<i64, f64> = BTreeMap::from([(largest, 1.0)]);
        let (mut k, mut term) = (largest, 1.0);
        loop {
            term *= ratio(k);
            k += 1;
            if term < 1e-18 {
                break;
            }
            terms.insert(k, term);
        }
        (k, term) = (largest, 1.0);
        while k > 0 {
            k -= 1;
            term /= ratio(k);
            if term < 1e-18 {
                break;
            }
            terms.insert(k, term);
        }
        Terms(terms)
    }

    /// The chance of the numbers that are so.
    pub(crate) fn chance(&self, is_so: impl Fn(i64) -> bool) -> f64 {
        let wanted: f64 = self.0.iter().filter(|(k, _)| is_so(**k)).map(|(_, term)| term).sum();
        wanted / self.0.values().sum::<f64>()
    }
}

/// What a tail is a part of 1 at most, a billionth part of the limit more counting as it.
pub(crate) fn at_most(tail: f64, limit: f64) -> bool {
    tail <= limit * (1.0 + 1e-9)
}
