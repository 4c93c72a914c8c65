//! The timescales by topic.

use super::row::Row;

mod adoption;
mod child_protection;
mod complaints;
mod courts;
mod health_and_education;
mod leaving_care;
mod looked_after_plans;
mod looked_after_visits;
mod missing;
mod other_children;
mod policies;
mod referrals;
mod short_breaks;

/// The rows by topic, in the order of a child's journey.
const TOPICS: [&[Row]; 13] = [
    referrals::ROWS,
    child_protection::ROWS,
    missing::ROWS,
    looked_after_visits::ROWS,
    looked_after_plans::ROWS,
    short_breaks::ROWS,
    health_and_education::ROWS,
    adoption::ROWS,
    leaving_care::ROWS,
    courts::ROWS,
    other_children::ROWS,
    complaints::ROWS,
    policies::ROWS,
];

/// How many timescales there are.
pub(super) const COUNT: usize = {
    let (mut count, mut topics): (usize, &[&[Row]]) = (0, &TOPICS);
    while let [topic, rest @ ..] = topics {
        count += topic.len();
        topics = rest;
    }
    count
};

/// Every row, topic after topic.
pub(super) static ROWS: [&Row; COUNT] = flatten();

const fn flatten() -> [&'static Row; COUNT] {
    const NO_ROW: &Row = &Row::EMPTY;
    let mut flat = [NO_ROW; COUNT];
    let mut places: &mut [&'static Row] = &mut flat;
    let mut topics: &[&'static [Row]] = &TOPICS;
    while let [topic, more_topics @ ..] = topics {
        let mut rows: &'static [Row] = topic;
        while let [row, more_rows @ ..] = rows {
            if let Some((place, more_places)) = places.split_first_mut() {
                *place = row;
                places = more_places;
            } else {
                return flat;
            }
            rows = more_rows;
        }
        topics = more_topics;
    }
    flat
}
