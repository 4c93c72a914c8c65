//! Placements: where a child is, and how many stays there were.

use crate::calendar::{add_days, add_months, days};
use crate::case::Date;
use crate::facts::{Month, open_at, periods};
use crate::input::{Cell, Row};

fn temporary(r: &Row) -> bool {
    matches!(r.text("placement_type"), Some("t0" | "t1" | "t2" | "t3" | "t4"))
}

/// Whether the codes of two years name one home.
// READING: whatever the days between them, unless the carers are known and differ or the child is said to move.
fn recoded(before: &Row, after: &Row) -> bool {
    matches!(
        (before.text("placement_type"), after.text("placement_type")),
        (Some("h5"), Some("k3")) | (Some("z1"), Some("z11" | "z12" | "z13" | "z14"))
    )
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

    /// A placement as it counts: from the day obligations began, if it began before.
    // READING: that day is of the placement's own care: of the periods of its cla_id the first that is not over
    // when the placement begins.
    fn counted_as(&self, r: &Row) -> Option<Row> {
        let start = r.day("start_date");
        let mut care = periods(&self.then, r.id("person_id"));
        care.retain(|p| p.cla_id == r.id("cla_id") && p.end.is_none_or(|e| e > start));
        let Some(care) = care.iter().min_by_key(|p| p.start) else { return Some(r.clone()) };
        // READING: care that is respite throughout has no such day, and its placements are over by it.
        let anchor = care.anchor?;
        let mut r = r.clone();
        if start < anchor {
            if r.date("end_date").is_some_and(|e| e <= anchor) {
                return None;
            }
            r.cells.insert("start_date", Cell::Date(anchor));
        }
        Some(r)
    }

    /// The stays of a person: each placement with those that continue it.
    fn stays(&self, id: &str, count_temporary: bool) -> Vec<Vec<Row>> {
        let empty = |r: &Row| r.date("end_date") == r.date("start_date");
        let left_out = |r: &Row| empty(r) || (!count_temporary && self.too_short(r));
        let mut mine: Vec<Row> =
            self.placements_of(id).into_iter().filter_map(|r| self.counted_as(r)).collect();
        mine.sort_by(|a, b| {
            let key =
                |r: &Row| (r.id("cla_id").to_string(), r.day("start_date"), r.id("placement_id").to_string());
            key(a).cmp(&key(b))
        });
        let mut stays: Vec<Vec<Row>> = Vec::new();
        for r in mine.iter().filter(|r| !left_out(r)) {
            let before = stays.last().and_then(|s| s.last());
            let before = before.filter(|b| b.id("cla_id") == r.id("cla_id"));
            let continues = before.is_some_and(|b| {
                let reason = self.start_reason(r);
                let carers = (b.text("carer_id"), r.text("carer_id"));
                // READING: a temporary placement is left out for whatever reason.
                let returns = !count_temporary
                    && mine.iter().any(|t| {
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
                    || (recoded(b, r) && !moved)
            });
            if continues {
                stays.last_mut().unwrap().push(r.clone());
            } else {
                stays.push(vec![r.clone()]);
            }
        }
        stays
    }

    /// The stay that a placement is in: alone, where it is in none (a temporary one, one over before obligations began).
    pub(crate) fn stay_of(&self, r: &Row) -> Vec<Row> {
        let stays = self.stays(r.id("person_id"), false);
        let with_it = |s: &Vec<Row>| s.iter().any(|x| x.id("placement_id") == r.id("placement_id"));
        stays.into_iter().find(with_it).unwrap_or_else(|| vec![r.clone()])
    }

    /// How many stays of a person have a day in `(after, D]`.
    pub(crate) fn stays_after(&self, id: &str, after: Date) -> usize {
        let stays = self.stays(id, self.policy.temporary_placements == "count");
        let in_window = |r: &Row| r.date("end_date").is_none_or(|e| e > add_days(after, 1));
        stays.iter().filter(|s| s.iter().any(in_window)).count()
    }

    pub(crate) fn twelve_months_ago(&self) -> Date {
        add_months(self.last, -12)
    }
}
