//! Placements: where a child is, and how many stays there were.

use crate::calendar::{add_days, add_months, days};
use crate::case::Date;
use crate::facts::{Month, open_at, respite};
use crate::input::Row;

fn temporary(r: &Row) -> bool {
    matches!(r.text("placement_type"), Some("t0" | "t1" | "t2" | "t3" | "t4"))
}

fn latest<'a>(rows: impl Iterator<Item = &'a Row>) -> Option<&'a Row> {
    rows.max_by(|a, b| {
        (a.day("start_date"), a.id("placement_id")).cmp(&(b.day("start_date"), b.id("placement_id")))
    })
}

impl Month<'_> {
    fn placements_of(&self, id: &str) -> Vec<&Row> {
        self.then.rows("cla_placements").iter().filter(|r| r.id("person_id") == id).collect()
    }

    /// The placement of a child looked after at the end of the month.
    // READING: a temporary placement without a lasting one of its care before it stands itself.
    pub(crate) fn placement(&self, id: &str) -> Option<&Row> {
        let mine = self.placements_of(id);
        let open = || mine.iter().copied().filter(|r| open_at(r, self.last));
        if let Some(lasting) = latest(open().filter(|r| !temporary(r))) {
            return Some(lasting);
        }
        let temp = latest(open())?;
        let of_its_care = mine.iter().copied().filter(|r| r.id("cla_id") == temp.id("cla_id"));
        Some(latest(of_its_care.filter(|r| !temporary(r))).unwrap_or(temp))
    }

    /// The start reason of the earliest episode of the person that names a placement.
    fn start_reason(&self, r: &Row) -> Option<&str> {
        let rows = self.then.rows("cla_episodes").iter();
        let naming = rows.filter(|e| {
            e.id("person_id") == r.id("person_id") && e.text("placement_id") == Some(r.id("placement_id"))
        });
        let earliest = naming.min_by(|a, b| {
            (a.day("start_date"), a.id("cla_episode_id")).cmp(&(b.day("start_date"), b.id("cla_episode_id")))
        });
        earliest.and_then(|e| e.text("start_reason"))
    }

    fn too_short(&self, r: &Row) -> bool {
        let limit = match r.text("placement_type") {
            Some("t0" | "t2") => return true,
            Some("t1") => 42,
            Some("t3") => 21,
            Some("t4") => 7,
            _ => return false,
        };
        days(r.day("start_date"), r.date("end_date").unwrap_or(self.last)) <= limit
    }

    /// How many stays of a person have a day in `(after, D]`.
    pub(crate) fn stays(&self, id: &str, after: Date) -> usize {
        let mut mine = self.placements_of(id);
        mine.sort_by_key(|r| (r.id("cla_id"), r.day("start_date"), r.id("placement_id")));
        let left_out = |r: &Row| {
            self.too_short(r)
                || r.date("end_date") == r.date("start_date")
                || respite(&self.then, id, r.day("start_date"))
        };
        let mut stays: Vec<Vec<&Row>> = Vec::new();
        for r in mine.iter().copied().filter(|r| !left_out(r)) {
            let before = stays.last().and_then(|s| s.last().copied());
            let before = before.filter(|b| b.id("cla_id") == r.id("cla_id"));
            let continues = before.is_some_and(|b| {
                let reason = self.start_reason(r);
                let carers = (b.text("carer_id"), r.text("carer_id"));
                // READING: a temporary placement is left out for whatever reason.
                let returns = mine.iter().any(|t| {
                    temporary(t)
                        && left_out(t)
                        && t.id("cla_id") == r.id("cla_id")
                        && t.date("end_date") == r.date("start_date")
                });
                let moved =
                    matches!(carers, (Some(x), Some(y)) if x != y) || matches!(reason, Some("p" | "b"));
                matches!(r.text("placement_type"), Some("a3" | "a5"))
                    || matches!(carers, (Some(x), Some(y)) if x == y)
                    || matches!(reason, Some("t" | "u"))
                    || (returns && !moved)
            });
            if continues {
                stays.last_mut().unwrap().push(r);
            } else {
                stays.push(vec![r]);
            }
        }
        let in_window = |r: &&Row| r.date("end_date").is_none_or(|e| e > add_days(after, 1));
        stays.iter().filter(|s| s.iter().any(in_window)).count()
    }

    pub(crate) fn twelve_months_ago(&self) -> Date {
        add_months(self.last, -12)
    }
}
