//! The tables that are made of a census.

use std::collections::BTreeMap;

use csc_measures::Origin;

use super::census::{Child, Item, Referral};
use super::children::Children;
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

impl Children {
    /// The tables that are made of them.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        tables(self)
    }
}

fn tables(children: &Children) -> Vec<Derived<'_>> {
    vec![
        persons(children),
        all_referrals(children),
        assessments(children),
        section_47_enquiries(children),
        initial_conferences(children),
        cin_plans(children),
        cp_plans(children),
        cp_reviews(children),
    ]
}

fn persons(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["person_id", "date_of_birth", "expected_date_of_birth", "date_of_death"];
    let mut table = Derived::new("persons", &COLUMNS);
    for same in children.by_id.values() {
        // The latest census has a child's details; a second child of one id in it is a fault, and is reported.
        let latest = same.last().map(|child| &child.id.source);
        for child in same.iter().filter(|child| Some(&child.id.source) == latest) {
            let values = [
                (&child.id).into(),
                (&child.birth).into(),
                (&child.expected_birth).into(),
                (&child.death).into(),
            ];
            table.push(origin(&child.id), values);
        }
    }
    table
}

fn all_referrals(children: &Children) -> Derived<'_> {
    const COLUMNS: [&str; 5] = ["referral_id", "person_id", "referral_date", "close_date", "close_reason"];
    let mut table = Derived::new("referrals", &COLUMNS);
    for (child, referral, id) in referrals(children) {
        table.push(
            origin(&referral.date),
            [
                Value::Made(id),
                (&child.id).into(),
                (&referral.date).into(),
                (&referral.closed).into(),
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
            table.push(
                origin(&assessment.at),
                [
                    Value::Made(made(&id, "assessment", number)),
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
            table.push(
                origin(&enquiry.at),
                [
                    Value::Made(made(&id, "s47-", number)),
                    (&child.id).into(),
                    Value::Made(id.clone()),
                    (&enquiry.start).into(),
                ],
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
            let is_held = enquiry.conference.is_twice || !enquiry.conference.text().is_empty();
            let is_required = is_required(&enquiry.not_required);
            if is_held || is_required != Some(false) {
                // Whether there is one to come cannot be told: the row is out, and listed.
                let is_told = is_held || is_required.is_some();
                let own = Value::Made(made(&id, "icpc", number));
                table.push(
                    origin(&enquiry.at),
                    [
                        if is_told { own } else { Value::Unreadable },
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
            let own = Value::Made(made(&id, "plan", number));
            table.push(origin(&plan.at), [own, (&child.id).into(), (&plan.start).into(), (&plan.end).into()]);
        }
    }
    table
}

fn cp_plans(children: &Children) -> Derived<'_> {
    let mut table = Derived::new("cp_plans", &["cp_plan_id", "person_id", "start_date", "end_date"]);
    for (child, referral, id) in referrals(children) {
        for (number, plan) in (1..).zip(&referral.protection) {
            let own = Value::Made(made(&id, "protection", number));
            table.push(origin(&plan.at), [own, (&child.id).into(), (&plan.start).into(), (&plan.end).into()]);
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
