//! O3.M5.statutory: visits to children looked after, by the paragraph of regulation 28 that governs each child.

use crate::calendar::{add_days, add_months, days, ymd};
use crate::case::{Case, Date};
use crate::facts::{Month, Period, open_at};
use crate::input::Row;
use std::collections::BTreeSet;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rule {
    R2,
    R3,
    R3A,
    R4I,
    R4T,
    R5,
    R6,
    A36,
}

impl Rule {
    fn paragraph(self) -> &'static str {
        match self {
            Rule::R2 => "28(2)",
            Rule::R3 => "28(3)",
            Rule::R3A => "28(3A)",
            Rule::R4I | Rule::R4T => "28(4)",
            Rule::R5 => "28(5)",
            Rule::R6 => "28(6)",
            Rule::A36 => "AAR 36(4)",
        }
    }
}

/// What one rule says of a child, in one of the forms that it can have.
struct Candidate {
    rule: Rule,
    clock: &'static str,
    anchor: Date,
    due: Option<Date>,
    outcome: &'static str,
    reason: Option<&'static str>,
}

/// A row of the map from codes to rules.
struct Fits {
    order: u8,
    rules: Vec<Rule>,
    reason: Option<&'static str>,
}

/// A case, the clock that its earliest due date runs by, and the row of the map that it was found in (none
/// where the child is placed for adoption or a column told the rule).
pub(crate) struct Judged {
    pub(crate) case: Case,
    pub(crate) clock: &'static str,
    pub(crate) row: Option<u8>,
}

/// What is known of a child on the day.
struct Child<'m> {
    m: &'m Month<'m>,
    period: &'m Period,
    /// The anchor of the care period.
    a: Date,
    placement: Option<&'m Row>,
    /// The start of the stay, not before the anchor.
    p: Date,
    status: Option<&'static str>,
    /// The first day of the unbroken run of the order that is in force.
    order: Option<Date>,
    placed: Option<Date>,
    /// The latest visit that counts.
    last: Option<Date>,
}

fn in_force() -> Date {
    ymd(2011, 4, 1)
}

/// The window in which the intervals were relaxed.
fn relaxed(due: Date) -> bool {
    ymd(2020, 4, 24) <= due && due <= ymd(2020, 9, 25)
}

/// The code of a placement as the map knows it; none where it has no such row.
// READING: a temporary placement that has no lasting one of its care under it is none that the map knows.
fn place(code: &str) -> Option<&'static str> {
    let known = [
        "a3", "a4", "a5", "a6", "p1", "r2", "r5", "k1", "r3", "u1", "u4", "u3", "u2", "u5", "u6", "k2", "k3",
        "h5", "p2", "p3", "r1", "s1", "z1", "z11", "z12", "z13", "z14",
    ];
    match code {
        "a1" | "a2" => Some("a3"),
        "h1" | "h2" | "h3" | "h4" | "r4" => Some("k2"),
        _ if code.starts_with(['f', 'q']) => Some("k2"),
        _ => known.into_iter().find(|k| *k == code),
    }
}

fn status(code: &str) -> Option<&'static str> {
    let known = ["c1", "c2", "e1", "d1", "v2", "j1", "j2", "j3", "l1", "l2", "l3"];
    known.into_iter().find(|k| *k == code)
}

impl<'m> Child<'m> {
    fn new(m: &'m Month<'m>, period: &'m Period, a: Date) -> Child<'m> {
        let id = period.person.as_str();
        let placement = m.placement(id);
        let stay: Vec<Row> = placement.map_or(Vec::new(), |r| m.stay_of(r));
        let start = stay.iter().map(|r| r.day("start_date")).min();
        let adoptive = stay
            .iter()
            .filter(|r| matches!(r.text("placement_type"), Some("a1" | "a2" | "a3" | "a4" | "a5" | "a6")));
        let adoptive = adoptive.map(|r| r.day("start_date")).min();
        // READING: the period's permanence date is the one that ends its chain of reviews.
        let permanence = m.then.rows("permanence").iter().filter(|r| {
            r.id("person_id") == id
                && r.text("cla_id") == Some(period.cla_id.as_str())
                && r.date("decision_reversed_date").is_none()
        });
        let permanence =
            permanence.filter_map(|r| r.date("placed_for_adoption_date")).filter(|x| *x >= a).min();
        let statuses = m.then.rows("legal_statuses").iter();
        let standing = statuses.filter(|r| r.id("person_id") == id && open_at(r, m.last)).max_by(|x, y| {
            (x.day("start_date"), x.id("legal_status_id"))
                .cmp(&(y.day("start_date"), y.id("legal_status_id")))
        });
        let order = standing.filter(|r| matches!(r.id("legal_status"), "c1" | "c2"));
        Child {
            m,
            period,
            a,
            placement,
            p: start.map_or(a, |s| s.max(a)),
            status: standing.and_then(|r| status(r.id("legal_status"))),
            order: order.map(|r| run_start(m, r)),
            placed: [adoptive, permanence].into_iter().flatten().min(),
            last: counted(m, id, a),
        }
    }

    fn flag(&self, column: &str) -> Option<bool> {
        self.placement.and_then(|r| r.flag(column))
    }

    fn place(&self) -> Option<&'static str> {
        self.placement.and_then(|r| r.text("placement_type")).and_then(place)
    }

    fn has_been_a_year(&self) -> bool {
        self.m.last >= add_months(self.p, 12)
    }

    /// Temporary approval lasts sixteen weeks and, extended, twenty-four.
    fn approval_can_last(&self) -> bool {
        self.m.last < add_days(self.p, 168)
    }

    /// The row of the map, or the rule that the columns tell without it.
    fn fits(&self) -> Fits {
        let told = |rule| Fits { order: 0, rules: vec![rule], reason: None };
        let in_care = matches!(self.status, Some("c1" | "c2"));
        if self.placed.is_some() {
            return told(Rule::A36);
        }
        if in_care && self.flag("arranged_by_other") == Some(true) {
            return told(Rule::R6);
        }
        if in_care && self.flag("lives_with_parent") == Some(true) {
            return told(if self.status == Some("c1") { Rule::R4I } else { Rule::R5 });
        }
        if self.flag("temporary_approval") == Some(true) && self.approval_can_last() {
            return told(Rule::R4T);
        }
        self.row()
    }

    fn row(&self) -> Fits {
        use Rule::{A36, R2, R3, R3A, R4I, R4T, R5, R6};
        let row = |order, rules: &[Rule], reason| Fits { order, rules: rules.to_vec(), reason };
        match (self.place(), self.status) {
            (Some("a3" | "a4" | "a5" | "a6"), _) => row(2, &[A36], None),
            (Some("p1"), Some("c1")) => row(4, &[R4I], None),
            (Some("p1"), Some("c2")) => row(5, &[R5, R3], Some("assessment_not_recorded")),
            (Some("p1"), Some("e1" | "d1")) => row(6, &[R5, R2], Some("order_suspended")),
            (Some("p1"), Some("v2")) => row(7, &[R2], Some("p1_not_in_care")),
            (Some("p1"), Some(_)) => row(8, &[R2], None),
            (Some("p1"), None) => row(9, &[R4I, R5, R3], Some("legal_status_not_recorded")),
            (Some("r2" | "r5"), Some("c1" | "c2")) => row(10, &[R6, R2], Some("arrangements_not_recorded")),
            (Some("r5" | "k1"), Some("j1")) => row(11, &[R2], None),
            (Some("r3"), Some("c1")) => row(12, &[R4I, R2], Some("parent_not_recorded")),
            (Some("r3"), Some("c2")) => row(13, &[R5, R2], Some("parent_not_recorded")),
            (Some("u1" | "u4"), _) => row(14, &[R2, R3A], Some("agreement_not_recorded")),
            (Some("u3"), _) => row(15, &[R2, R4T], Some("approval_not_recorded")),
            // READING: the note on U6 begun in the window of 2020 adds no rule: `rules` has R2 alone.
            (Some("u2" | "u5" | "u6"), _) => row(16, &[R2], None),
            (Some(_), _) => row(17, &[R2], None),
            (None, status) => {
                let rules: &[Rule] = match status {
                    Some("c1") => &[R2, R4I],
                    Some("c2") => &[R2, R5, R3],
                    None => &[R2, R4I, R5, R3],
                    Some(_) => &[R2],
                };
                let none = self.placement.is_none();
                row(18, rules, Some(if none { "no_placement" } else { "placement_type_not_recorded" }))
            }
        }
    }

    /// The rules that are left after the dates and the columns have taken theirs away.
    // READING: each column takes away the rules that it decides and no others, and those of living with a
    // parent, of arrangements and of approval only where R2 is there to be left.
    fn left(&self, fits: &Fits) -> Vec<Rule> {
        let mut rules = fits.rules.clone();
        if self.m.last < ymd(2015, 4, 1) || !self.has_been_a_year() {
            rules.retain(|r| *r != Rule::R3A);
        }
        if !self.approval_can_last() {
            rules.retain(|r| *r != Rule::R4T);
        }
        match self.flag("before_assessment") {
            Some(true) if rules.contains(&Rule::R3) => rules.retain(|r| *r != Rule::R5),
            Some(false) => rules.retain(|r| *r != Rule::R3),
            _ => {}
        }
        let decided: [(&str, &[Rule]); 3] = [
            ("arranged_by_other", &[Rule::R6]),
            ("lives_with_parent", &[Rule::R4I, Rule::R5, Rule::R3]),
            ("temporary_approval", &[Rule::R4T]),
        ];
        for (column, gone) in decided {
            if self.flag(column) == Some(false) && rules.contains(&Rule::R2) {
                rules.retain(|r| !gone.contains(r));
            }
        }
        if rules.contains(&Rule::R3A) && self.m.then.has_column("cla_placements", "visits_agreed_date") {
            let agreed = self.placement.and_then(|r| r.date("visits_agreed_date")).is_some();
            rules.retain(|r| *r != if agreed { Rule::R2 } else { Rule::R3A });
        }
        rules
    }

    fn long_term(&self) -> Option<bool> {
        self.flag("long_term").or(match self.place() {
            Some("u1" | "u4") => Some(true),
            Some("u2" | "u3" | "u5" | "u6") => Some(false),
            _ => None,
        })
    }

    fn seen_since(&self, from: Date) -> Option<Date> {
        self.last.filter(|x| *x >= from)
    }

    /// Whether a review of the period was held from a day on; both where nobody can tell.
    fn reviewed(&self, from: Date) -> Vec<bool> {
        if !self.m.then.has("cla_reviews") {
            return vec![false, true];
        }
        let from = if self.m.policy.first_review == "of_care" { self.a } else { from };
        let reviews = self.m.then.rows("cla_reviews").iter();
        let mut held = reviews
            .filter(|r| r.id("cla_id") == self.period.cla_id && r.flag("cancelled") != Some(true))
            .filter_map(|r| r.date("date"));
        vec![held.any(|h| h >= from && h <= self.m.last)]
    }

    /// A candidate with a due date, under the window of 2020.
    fn judged(
        &self,
        rule: Rule,
        clock: &'static str,
        seen: Option<Date>,
        from: Date,
        due: Date,
    ) -> Candidate {
        let d = self.m.last;
        let (mut due, mut reason) = (due, None);
        let mut outcome = match seen {
            _ if d > due => "overdue",
            Some(_) => "met",
            None => "not_yet_due",
        };
        if self.m.policy.temporary_rules == "as_law" && relaxed(due) && d > due {
            if relaxed(d) {
                (outcome, reason) = ("not_applicable", Some("relaxed_law"));
            } else {
                due = ymd(2020, 9, 25);
            }
        }
        Candidate { rule, clock, anchor: seen.unwrap_or(from), due: Some(due), outcome, reason }
    }

    /// A rule that is weekly until the first review: its form before and after.
    fn weekly(&self, rule: Rule, s: Date, clocks: [&'static str; 2], later: i64) -> Vec<Candidate> {
        let seen = self.seen_since(s);
        let from = seen.unwrap_or(s);
        let form = |reviewed: bool| {
            let (clock, n) = if reviewed { (clocks[1], later) } else { (clocks[0], 7) };
            self.judged(rule, clock, seen, s, add_days(from, self.m.length(n)))
        };
        self.reviewed(s).into_iter().map(form).collect()
    }

    /// What a rule says, in each of the forms that the data leaves open.
    fn candidates(&self, rule: Rule) -> Vec<Candidate> {
        let (m, p) = (self.m, self.p);
        let in_days = |clock, seen: Option<Date>, from, n| {
            self.judged(rule, clock, seen, from, add_days(seen.unwrap_or(from), m.length(n)))
        };
        let in_months = |clock, seen: Date, n| self.judged(rule, clock, Some(seen), p, m.due_months(seen, n));
        let order = self.order.map_or(p, |o| o.max(p));
        match rule {
            Rule::R2 => match self.seen_since(p) {
                None => vec![in_days("cla_visit_placement_start", None, p, 7)],
                Some(seen) if self.has_been_a_year() => {
                    let mut forms = Vec::new();
                    if self.long_term() != Some(true) {
                        forms.push(in_days("cla_visit", Some(seen), p, 42));
                    }
                    if self.long_term() != Some(false) {
                        forms.push(in_months("cla_visit_long_term", seen, 3));
                    }
                    forms
                }
                seen => vec![in_days("cla_visit", seen, p, 42)],
            },
            Rule::R3A => vec![match self.seen_since(p) {
                None => in_days("cla_visit_placement_start", None, p, 7),
                Some(seen) => in_months("cla_visit_long_term_foster", seen, 6),
            }],
            Rule::R6 => vec![match self.seen_since(p) {
                None => in_days("cla_visit_other_arrangements_start", None, p, 7),
                Some(seen) if self.has_been_a_year() => {
                    in_months("cla_visit_other_arrangements_later", seen, 3)
                }
                seen => in_days("cla_visit_other_arrangements", seen, p, 42),
            }],
            Rule::R4I => {
                self.weekly(rule, order, ["cla_visit_interim_order_weekly", "cla_visit_interim_order"], 28)
            }
            Rule::R4T => self.weekly(
                rule,
                p,
                ["cla_visit_temporary_approval_weekly", "cla_visit_temporary_approval"],
                28,
            ),
            Rule::R3 => self.weekly(rule, p, ["cla_visit_with_parents_weekly", "cla_visit_with_parents"], 42),
            Rule::R5 => vec![match self.seen_since(order) {
                None => in_days("cla_visit_care_order_start", None, order, 7),
                seen => in_days("cla_visit_care_order", seen, order, 42),
            }],
            Rule::A36 => {
                // READING: a placement of the map's row 2 is in the stay, so there is always such a day.
                let placed = self.placed.unwrap_or(p);
                let seen = self.seen_since(placed);
                let clock = if seen.is_none() { "adoption_visit_start" } else { "adoption_visit" };
                let form = |reviewed: bool| match reviewed {
                    false => in_days(clock, seen, placed, 7),
                    // READING: the days since the last visit are told; a due date there is none.
                    true => Candidate {
                        rule,
                        clock,
                        anchor: seen.unwrap_or(placed),
                        due: None,
                        outcome: "not_applicable",
                        reason: Some("agency_decides"),
                    },
                };
                self.reviewed(placed).into_iter().map(form).collect()
            }
        }
    }

    fn judge(&self) -> Judged {
        let (m, d) = (self.m, self.m.last);
        let mut case = Case::new(&self.period.person, Some(&self.period.cla_id), "unknown").done(self.last);
        if d < in_force() {
            return Judged { case: case.because("outside_law"), clock: "cla_visit", row: None };
        }
        let fits = self.fits();
        let rules = self.left(&fits);
        let candidates: Vec<Candidate> = rules.iter().flat_map(|r| self.candidates(*r)).collect();
        // READING: of two that are due on one day the first in the order of the map's row.
        let dated = candidates.iter().filter(|c| c.due.is_some()).min_by_key(|c| c.due);
        let first = dated.unwrap_or(&candidates[0]);
        case.anchor = Some(first.anchor);
        case.due = first.due;
        case.elapsed = Some(days(first.anchor, d).max(0));
        case.rule = Some(first.rule.paragraph());
        (case.outcome, case.reason) = verdict(m, &fits, &rules, &candidates, first);
        case.rag = match (case.outcome, case.due) {
            ("overdue", _) => Some("red"),
            ("met" | "not_yet_due", Some(due)) => Some(m.calendar_rag(due)),
            _ => None,
        };
        Judged { case, clock: first.clock, row: Some(fits.order).filter(|order| *order > 0) }
    }
}

fn verdict(
    m: &Month<'_>,
    fits: &Fits,
    rules: &[Rule],
    candidates: &[Candidate],
    first: &Candidate,
) -> (&'static str, Option<&'static str>) {
    if fits.order == 7 {
        return ("unknown", fits.reason);
    }
    let outcomes: BTreeSet<&str> = candidates.iter().map(|c| c.outcome).collect();
    if outcomes.len() == 1 || outcomes == BTreeSet::from(["met", "not_yet_due"]) {
        return (first.outcome, first.reason);
    }
    let strict_to_lax = ["overdue", "not_yet_due", "met", "not_applicable"];
    let mut had = strict_to_lax.into_iter().filter(|o| outcomes.contains(o));
    let taken = match m.policy.reg28_unknown.as_str() {
        "strictest" => had.next(),
        "laxest" => had.next_back(),
        _ => None,
    };
    match taken {
        Some(outcome) => (outcome, candidates.iter().find(|c| c.outcome == outcome).and_then(|c| c.reason)),
        None if rules.len() > 1 => ("unknown", fits.reason),
        None if rules[0] == Rule::R2 => ("unknown", Some("long_term_not_recorded")),
        None => ("unknown", Some("reviews_not_recorded")),
    }
}

/// The first day of the unbroken run of rows of its code that a legal status stands in.
fn run_start(m: &Month<'_>, standing: &Row) -> Date {
    let mut same: Vec<(Date, Option<Date>)> = m
        .then
        .rows("legal_statuses")
        .iter()
        .filter(|r| r.id("person_id") == standing.id("person_id"))
        .filter(|r| r.id("legal_status") == standing.id("legal_status"))
        .map(|r| (r.day("start_date"), r.date("end_date")))
        .collect();
    same.sort();
    let mut start = standing.day("start_date");
    // Backwards from the row that stands: each that ends on its start or later makes it earlier.
    while let Some(earlier) =
        same.iter().find(|(from, to)| *from < start && to.is_none_or(|end| end >= start))
    {
        start = earlier.0;
    }
    start
}

/// The latest visit on or after the anchor at which the child was seen in a way that counts.
fn counted(m: &Month<'_>, id: &str, a: Date) -> Option<Date> {
    let mut visits = m.seen_visits(id, "cla_visits", Some(a));
    visits.retain(|r| {
        let date = r.day("date");
        let allowed =
            m.policy.temporary_rules == "as_law" && ymd(2020, 4, 24) <= date && date <= ymd(2021, 9, 30);
        r.text("mode") != Some("remote") || allowed
    });
    visits.iter().map(|r| r.day("date")).max()
}

/// O3.M5.statutory, with what its list of due visits needs beside the cases.
pub(crate) fn judged(m: &Month<'_>) -> Vec<Judged> {
    m.looked_after().iter().map(|(period, a)| Child::new(m, period, *a).judge()).collect()
}

/// O3.M5.statutory.
pub(crate) fn cases(m: &Month<'_>) -> Vec<Case> {
    judged(m).into_iter().map(|j| j.case).collect()
}
