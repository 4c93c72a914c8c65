//! Policies of the service.

use crate::time::clock::limit::Counting;
use crate::time::clock::row::{Row, Version, from, months};
use crate::time::clock::version::Certainty::{FromKnowledge, SecondHand};
use crate::time::clock::version::Standing;

pub(super) const ROWS: &[Row] = &[Row {
    id: "policy_review",
    title: "Review of a policy, from its last review or its coming into force",
    counting: Counting::Strict,
    standing: Standing::Local,
    note: "A policy exactly three years old is out of date: the last day in time is the day before.",
    versions: &[
        Version::new(months(36), from(2017, 1, 24), "Local to a council").sure(SecondHand, FromKnowledge)
    ],
    ..Row::EMPTY
}];
