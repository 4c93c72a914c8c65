//! Children with their referrals, and what goes with each.
//!
//! A return reports everything under a referral. What names no referral in the tables (plans name none, and some
//! records lost theirs) goes with the child's latest referral by then. A child whose case was opened before the record
//! began has none by then: it is reported as opened the day before the record, or earlier if something in it is.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use crate::diary::{HISTORY, plus};
use crate::tables::{Row, Tables};

/// A child.
#[derive(Default)]
pub(super) struct Child {
    pub(super) id: String,
    pub(super) person: Row,
    /// A case from before the record, if something must go with it.
    before: Option<Case>,
    /// In the order of their days.
    referred: Vec<Case>,
}

/// A referral and what goes with it.
#[derive(Default)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) date: String,
    pub(super) closed: String,
    pub(super) reason: String,
    pub(super) assessments: Vec<Row>,
    pub(super) enquiries: Vec<Enquiry>,
    /// Initial conferences without an enquiry.
    pub(super) conferences: Vec<Row>,
    pub(super) cin_plans: Vec<Row>,
    pub(super) cp_plans: Vec<Plan>,
}

/// An enquiry with its conference: with the first if two are on record, for a return has room for one.
pub(super) struct Enquiry {
    pub(super) row: Row,
    pub(super) conference: Option<Row>,
}

/// A child protection plan with its reviews.
pub(super) struct Plan {
    pub(super) row: Row,
    pub(super) reviews: Vec<Row>,
}

/// The children of the tables.
#[derive(Default)]
pub(super) struct Children(BTreeMap<String, Child>);

impl Children {
    /// With what the census asks about.
    pub(super) fn read(tables: &Tables<'_>) -> Result<Self, Box<dyn Error>> {
        let mut children = Self::default();
        for person in tables.rows(Table::Persons)? {
            let child = children.of(&person);
            child.person = person;
        }
        for row in tables.rows(Table::Referrals)? {
            let text = |column: &str| row.get(column).to_owned();
            let case = Case {
                id: text("referral_id"),
                date: text("referral_date"),
                closed: text("close_date"),
                reason: text("close_reason"),
                ..Case::default()
            };
            children.of(&row).referred.push(case);
        }
        for child in children.0.values_mut() {
            child.referred.sort_by(|a, b| a.date.cmp(&b.date));
        }
        for row in tables.rows(Table::Assessments)? {
            children.case(&row, "start_date").assessments.push(row);
        }
        let mut conferences = tables.rows_by(Table::InitialConferences, "s47_enquiry_id")?;
        for row in conferences.remove("").unwrap_or_default() {
            children.case(&row, conference_day(&row)).conferences.push(row);
        }
        for row in tables.rows(Table::Section47Enquiries)? {
            let conference =
                conferences.get(row.get("s47_enquiry_id")).and_then(|rows| rows.first()).cloned();
            children.case(&row, "start_date").enquiries.push(Enquiry { row, conference });
        }
        for row in tables.rows(Table::CinPlans)? {
            children.case(&row, "start_date").cin_plans.push(row);
        }
        let mut reviews = tables.rows_by(Table::CpReviews, "cp_plan_id")?;
        for row in tables.rows(Table::CpPlans)? {
            let reviews = reviews.remove(row.get("cp_plan_id")).unwrap_or_default();
            children.case(&row, "start_date").cp_plans.push(Plan { row, reviews });
        }
        Ok(children)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Child> {
        self.0.values()
    }

    /// The child of a row.
    fn of(&mut self, row: &Row) -> &mut Child {
        let id = row.get("person_id");
        self.0.entry(id.to_owned()).or_insert_with(|| Child { id: id.to_owned(), ..Child::default() })
    }

    /// The case that a row goes with, by the referral that it names or else by its day.
    pub(super) fn case(&mut self, row: &Row, day: &str) -> &mut Case {
        self.of(row).case(row.get("referral_id"), row.get(day))
    }
}

/// The day of a conference, or of the decision that there must be one.
fn conference_day(row: &Row) -> &'static str {
    if row.get("date").is_empty() { "decision_date" } else { "date" }
}

impl Child {
    /// All cases, that from before the record first.
    pub(super) fn cases(&self) -> impl Iterator<Item = &Case> {
        self.before.iter().chain(&self.referred)
    }

    fn case(&mut self, referral: &str, day: &str) -> &mut Case {
        let named = self.referred.iter().position(|case| !referral.is_empty() && case.id == referral);
        // Of two that were recorded on a day the first.
        let latest = || {
            let date = self.referred.iter().rfind(|case| case.date.as_str() <= day).map(|case| &case.date)?;
            self.referred.iter().position(|case| case.date == *date)
        };
        match named.or_else(latest).and_then(|place| self.referred.get_mut(place)) {
            Some(case) => case,
            None => {
                let before = self.before.get_or_insert_with(|| Case::before(&self.id));
                if !day.is_empty() && day < before.date.as_str() {
                    day.clone_into(&mut before.date);
                }
                before
            }
        }
    }
}

impl Case {
    fn before(child: &str) -> Self {
        Self { id: format!("{child}-BEFORE"), date: plus(HISTORY, -1).to_string(), ..Self::default() }
    }
}
