//! A referral that the censuses of several years tell.
//!
//! A census holds of a case what is of its year: assessments, conferences and plans that ended in it, and those that
//! go on. What was over by then only the earlier census has.

use super::census::{Assessment, Enquiry, Item, Plan, Protection, Referral};

impl Referral {
    /// Takes over what an earlier census had of this referral and this one does not repeat.
    pub(super) fn follow(&mut self, earlier: Self) {
        follow(&mut self.assessments, earlier.assessments);
        follow(&mut self.plans, earlier.plans);
        follow(&mut self.enquiries, earlier.enquiries);
        follow(&mut self.protection, earlier.protection);
        follow(&mut self.conferences, earlier.conferences);
    }
}

/// What is in each census in which it went on.
trait Told {
    /// The day by which it is known.
    fn day(&self) -> &str;

    /// Whether it was over: what went on at an earlier census is repeated, or else was corrected.
    fn is_over(&self) -> bool {
        true
    }

    /// Takes over what only the earlier census has.
    fn keep(&mut self, _earlier: &mut Self) {}
}

/// Puts what only the earlier census has before what this one has.
fn follow<T: Told>(later: &mut Vec<T>, earlier: Vec<T>) {
    let mut all = Vec::with_capacity(later.len() + earlier.len());
    for mut told in earlier {
        match later.iter_mut().find(|anew| anew.day() == told.day()) {
            Some(anew) => anew.keep(&mut told),
            None if told.is_over() => all.push(told),
            None => {}
        }
    }
    all.append(later);
    *later = all;
}

impl Told for Assessment {
    fn day(&self) -> &str {
        self.start.text()
    }

    fn is_over(&self) -> bool {
        !self.authorised.text().is_empty()
    }
}

impl Told for Plan {
    fn day(&self) -> &str {
        self.start.text()
    }

    fn is_over(&self) -> bool {
        !self.end.text().is_empty()
    }
}

impl Told for Enquiry {
    fn day(&self) -> &str {
        self.start.text()
    }
}

impl Told for Protection {
    fn day(&self) -> &str {
        self.start.text()
    }

    fn is_over(&self) -> bool {
        !self.end.text().is_empty()
    }

    fn keep(&mut self, earlier: &mut Self) {
        follow(&mut self.reviews, std::mem::take(&mut earlier.reviews));
    }
}

/// A review, or a conference without an enquiry.
impl Told for Item {
    fn day(&self) -> &str {
        self.text()
    }
}
