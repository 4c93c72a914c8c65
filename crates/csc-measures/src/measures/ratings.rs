//! Recorded red, amber or green ratings: the latest one of the plan or period stands.

use super::case::{Reason, Verdict};
use crate::policy::Unrated;
use crate::tables::records::{RagRating, RatingScope};
use crate::time::Day;
use crate::value::Rag;

/// The latest rating of a scope from one day to another; of several on a day the worst.
pub(super) fn rating_at(ratings: &[RagRating], scope: RatingScope, from: Day, day: Day) -> Option<Rag> {
    // The rows lie by date, then from green to red.
    ratings
        .iter()
        .rfind(|rating| rating.scope == scope && rating.date <= day && rating.date >= from)
        .map(|r| r.rating)
}

/// Whether a rating is not red; a child without one is as the policy says.
pub(super) fn is_not_red(rating: Option<Rag>, unrated: Unrated) -> Verdict {
    match (rating, unrated) {
        (Some(Rag::Red), _) => Verdict::NOT_MET,
        (Some(_), _) => Verdict::MET,
        (None, Unrated::Exclude) => Verdict::unknown(Reason::Unrated),
        (None, Unrated::Red) => Verdict::NOT_MET.because(Reason::Unrated),
        (None, Unrated::NotRed) => Verdict::MET.because(Reason::Unrated),
    }
}
