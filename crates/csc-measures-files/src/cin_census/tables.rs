//! The tables that are made of a census.

use std::collections::BTreeMap;

use csc_measures::Origin;
use csc_measures::tables::Lack;

use super::census::{Child, Enquiry, Item, Referral};
use super::children::Children;
use super::standing::Standing;
use crate::derived::{Derived, Value};

impl<'a> From<&'a Item> for Value<'a> {
    fn from(item: &'a Item) -> Self {
        match &item.value {
            _ if item.is_twice => Self::Unreadable,
            Some(text) => Self::Text(text),
            None => Self::Null,
        }
    }
}

fn origin(item: &Item) -> Origin<'_> {
    Origin { source: &item.source, row: item.number }
}

/// The end of a row: what stands there, unless the next census says that there is another.
fn end<'a>(item: &'a Item, standing: Standing) -> Value<'a> {
    standing.end().map_or_else(|| item.into(), |day| Value::Day(day.to_epoch_days()))
}

/// Tells what became of a row that the next census does not have. Whether the row is left out.
fn tell<'a>(table: &mut Derived<'a>, at: &'a Item, id: &str, standing: Standing) -> bool {
    if let Some(what) = standing.superseded {
        table.superseded(origin(at), id.to_owned(), what);
    }
    standing.is_redated()
}

fn made(outer: &str, what: &str, number: usize) -> String {
    format!("{outer}/{what}{number}")
}

/// The referrals of the children, each with its id: the child, the day, and which of that day.
fn referrals(children: &Children) -> impl Iterator<Item = (&Child, &Referral, String)> {
    children.iter().flat_map(|child| {
        let mut of_day: BTreeMap<&str, usize> = BTreeMap::new();
        child.referrals.iter().map(move |referral| {
            let date = referral.date.text();
            let number = of_day.entry(date).and_modify(|before| *before += 1).or_insert(1);
            let id = match *number {
                1 => format!("{}/{date}", child.id.text()),
                number => format!("{}/{date}/{number}", child.id.text()),
            };
            (child, referral, id)
        })
    })
}

impl Enquiry {
    /// Whether it says that a conference is to follow.
    pub(super) fn is_conference_required(&self) -> bool {
        let not_required = self.not_required.text().to_ascii_lowercase();
        matches!(not_required.as_str(), "0" | "false" | "f" | "no" | "n" | "off")
    }
}

impl Children {
    /// The tables that are made of them.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        tables(self)
    }
}

fn tables(children: &Children) -> Vec<Derived<'_>> {
    let mut tables = vec![
        persons(children),
        all_referrals(children),
        assessments(children),
        section_47_enquiries(children),
        initial_conferences(children),
        cin_plans(children),
        cp_plans(children),
        cp_reviews(children),
    ];
    let has_enquiries = children.iter().flat_map(|child| &child.referrals).any(|of| !of.enquiries.is_empty());
    for table in &mut tables {
        let is_there = match table.table() {
            "initial_conferences" => has_enquiries,
            "cp_reviews" => children.has_reviews,
            _ => false,
        };
        if table.is_made_of_nothing() && !is_there {
            table.lacks(Lack::Everything);
        }
    }
    for (name, at) in &children.faults {
        if let Some(table) = tables.iter_mut().find(|table| table.table() == *name) {
            table.push_bad(origin(at));
        }
    }
    tables
}

fn persons(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["person_id", "date_of_birth", "expected_date_of_birth", "date_of_death"];
    let mut table = Derived::new("persons", &COLUMNS);
    // The latest census has a child's details; a second child of one id in it is a fault, and is reported.
    for child in children.latest() {
        let values = [
            (&child.id).into(),
            (&child.birth).into(),
            (&child.expected_birth).into(),
            (&child.death).into(),
        ];
        table.push(origin(&child.id), values);
    }
    table
}

fn all_referrals(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 5] = ["referral_id", "person_id", "referral_date", "close_date", "close_reason"];
    let mut table = Derived::new("referrals", &COLUMNS);
    for (child, referral, id) in referrals(children) {
        if tell(&mut table, &referral.date, &id, referral.standing) {
            continue;
        }
        table.push(
            origin(&referral.date),
            [
                Value::Made(id),
                (&child.id).into(),
                (&referral.date).into(),
                end(&referral.closed, referral.standing),
                (&referral.reason).into(),
            ],
        );
    }
    table
}

fn assessments(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 5] = ["assessment_id", "person_id", "referral_id", "start_date", "authorised_date"];
    let mut table = Derived::new("assessments", &COLUMNS);
    for (child, referral, id) in referrals(children) {
        for (number, assessment) in (1..).zip(&referral.assessments) {
            let own = made(&id, "assessment", number);
            if tell(&mut table, &assessment.at, &own, assessment.standing) {
                continue;
            }
            table.push(
                origin(&assessment.at),
                [
                    Value::Made(own),
                    (&child.id).into(),
                    Value::Made(id.clone()),
                    (&assessment.start).into(),
                    (&assessment.authorised).into(),
                ],
            );
        }
    }
    table
}

/// Each from the day of the strategy discussion that began it.
fn section_47_enquiries(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["s47_enquiry_id", "person_id", "referral_id", "start_date"];
    let mut table = Derived::new("section_47_enquiries", &COLUMNS);
    for (child, referral, id) in referrals(children) {
        for (number, enquiry) in (1..).zip(&referral.enquiries) {
            let own = made(&id, "s47-", number);
            if enquiry.standing.is_redated() {
                tell(&mut table, &enquiry.at, &own, enquiry.standing);
                continue;
            }
            table.push(
                origin(&enquiry.at),
                [Value::Made(own), (&child.id).into(), Value::Made(id.clone()), (&enquiry.start).into()],
            );
        }
    }
    table
}

/// Those held, and those to come: of an enquiry that has none yet and does not say that none is required. One that
/// stands with the referral alone has no enquiry that its time could be counted from.
fn initial_conferences(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["icpc_id", "person_id", "s47_enquiry_id", "date"];
    let mut table = Derived::new("initial_conferences", &COLUMNS);
    for (child, referral, id) in referrals(children) {
        for (number, enquiry) in (1..).zip(&referral.enquiries) {
            // One that the next census has from another day is left out with the conference that was to follow.
            let is_held = enquiry.conference.is_twice || !enquiry.conference.text().is_empty();
            let is_required = is_required(&enquiry.not_required);
            if (is_held || is_required != Some(false)) && !enquiry.standing.is_redated() {
                // Whether there is one to come cannot be told: the row is out, and listed.
                let is_told = is_held || is_required.is_some();
                let own = made(&id, "icpc", number);
                tell(&mut table, &enquiry.at, &own, enquiry.standing);
                table.push(
                    origin(&enquiry.at),
                    [
                        if is_told { Value::Made(own) } else { Value::Unreadable },
                        (&child.id).into(),
                        Value::Made(made(&id, "s47-", number)),
                        (&enquiry.conference).into(),
                    ],
                );
            }
        }
        for (number, conference) in (1..).zip(&referral.conferences) {
            let date = conference.text();
            // Told of the referral and of an enquiry, it is one conference.
            let is_of_enquiry = referral.enquiries.iter().any(|enquiry| enquiry.conference.text() == date);
            if conference.is_twice || (!date.is_empty() && !is_of_enquiry) {
                table.push(
                    origin(conference),
                    [
                        Value::Made(made(&id, "conference", number)),
                        (&child.id).into(),
                        Value::Null,
                        conference.into(),
                    ],
                );
            }
        }
    }
    table
}

/// Whether an enquiry needs a conference, by what says that it needs none; `None` if that cannot be read. Where
/// nothing is said, none is waited for.
fn is_required(not_required: &Item) -> Option<bool> {
    match not_required.text().to_ascii_lowercase().as_str() {
        _ if not_required.is_twice => None,
        "0" | "false" | "f" | "no" | "n" | "off" => Some(true),
        "" | "1" | "true" | "t" | "yes" | "y" | "on" => Some(false),
        _ => None,
    }
}

fn cin_plans(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("cin_plans", &["cin_plan_id", "person_id", "start_date", "end_date"]);
    for (child, referral, id) in referrals(children) {
        for (number, plan) in (1..).zip(&referral.plans) {
            let own = made(&id, "plan", number);
            if !tell(&mut table, &plan.at, &own, plan.standing) {
                let end = end(&plan.end, plan.standing);
                let values = [Value::Made(own), (&child.id).into(), (&plan.start).into(), end];
                table.push(origin(&plan.at), values);
            }
        }
    }
    table
}

fn cp_plans(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("cp_plans", &["cp_plan_id", "person_id", "start_date", "end_date"]);
    for (child, referral, id) in referrals(children) {
        for (number, plan) in (1..).zip(&referral.protection) {
            let own = made(&id, "protection", number);
            if !tell(&mut table, &plan.at, &own, plan.standing) {
                let end = end(&plan.end, plan.standing);
                let values = [Value::Made(own), (&child.id).into(), (&plan.start).into(), end];
                table.push(origin(&plan.at), values);
            }
        }
    }
    table
}

fn cp_reviews(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("cp_reviews", &["cp_review_id", "person_id", "cp_plan_id", "date"]);
    for (child, referral, id) in referrals(children) {
        for (number, plan) in (1..).zip(&referral.protection) {
            let plan_id = made(&id, "protection", number);
            for (number, review) in (1..).zip(&plan.reviews) {
                let own = Value::Made(made(&plan_id, "review", number));
                table.push(
                    origin(review),
                    [own, (&child.id).into(), Value::Made(plan_id.clone()), review.into()],
                );
            }
        }
    }
    table
}
