//! Reviews: each row is one that was held, whatever its code says of who took part.

use chrono::NaiveDate;

use super::episodes::{Episode, Episodes};
use super::files::{FORM, Return, origin};
use super::kind::Kind;
use super::latest::{Latest, day};
use crate::derived::{Derived, Value};

/// The reviews, each in the period of care that it was held in.
pub(super) fn cla_reviews<'a>(of: &'a Return, episodes: &Episodes<'a>) -> Derived<'a> {
    let mut table = Derived::new("cla_reviews", &["cla_review_id", "cla_id", "date"]);
    let Latest { rows, bad } =
        Latest::new(of.rows(Kind::Reviews), |row| (row.text("CHILD"), day(row, "REVIEW")));
    for row in rows.into_values().flatten() {
        let (child, written) = (row.text("CHILD"), row.text("REVIEW"));
        let day = FORM.read(written);
        let episodes = episodes.by_child.get(child).map(Vec::as_slice).unwrap_or_default();
        // Without a period of care there is no chain that it belongs to: it is out, and listed.
        let period =
            day.and_then(|day| period(episodes, day)).map_or(Value::Null, |id| Value::Made(id.to_owned()));
        let id = day.map_or_else(|| format!("{child}/{written}"), |day| format!("{child}/{day}"));
        table.push(origin(row), [Value::Made(id), period, row.field("REVIEW").into()]);
    }
    for row in bad {
        table.push_bad(origin(row));
    }
    table
}

/// The period of care that a day is in, its last day included: of several the one that began last.
pub(super) fn period<'e>(episodes: &'e [Episode<'_>], day: NaiveDate) -> Option<&'e str> {
    let is_in = |episode: &&Episode<'_>| {
        episode.start.is_some_and(|start| start <= day) && episode.end.is_none_or(|end| day <= end)
    };
    episodes.iter().rfind(is_in).map(|episode| episode.period.as_str())
}
