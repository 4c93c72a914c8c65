//! The health of looked after children: the assessment at the start of care, those that follow it, and the dentist.

use chrono::NaiveDate;
use csc_measures::tables::{ClaHealthCheck, Table};

use crate::council::Council;
use crate::course::Trend;
use crate::diary::{EXTRACT, HISTORY, plus, plus_months};
use crate::people::Child;

/// First assessments in twenty working days: the paediatrician has too few appointments, whatever inspectors say.
const FIRST_IN_TIME: Trend = Trend::inspected(520, 430, 640);
const LATER_IN_TIME: Trend = Trend::inspected(860, 800, 910);
/// Young people who refuse an assessment, of those of this age and more.
const REFUSES: u32 = 90;
const REFUSES_FROM: u32 = 15;
/// Children go to the dentist from this age on, most of them every year.
const DENTIST_FROM: u32 = 2;
const DENTIST: Trend = Trend::inspected(830, 790, 870);
/// Checks whose type nobody recorded.
const NO_TYPE: u64 = 70;

/// The checks of a period of care from the day the child is looked after for good.
pub(crate) fn watch_over(council: &mut Council, child: &mut Child, from: NaiveDate, to: NaiveDate) {
    let chance = &mut child.person;
    let is_quick = chance.happens(FIRST_IN_TIME.at(from));
    let days = if is_quick { chance.between(4, 20) } else { chance.between(21, 70) };
    let mut date = council.diary.after(from, days);
    let mut kind = "Initial health assessment";
    while date < to && date <= EXTRACT {
        let refuses = date >= child.birthday(REFUSES_FROM) && child.person.happens(REFUSES);
        if !refuses {
            check(council, child, date, kind);
        }
        kind = "Review health assessment";
        let due = plus_months(date, if date < child.birthday(5) { 6 } else { 12 });
        let is_in_time = child.person.happens(LATER_IN_TIME.at(due));
        let late = if is_in_time { -child.person.between(0, 30) } else { child.person.between(3, 100) };
        date = council.diary.working_back(plus(due, late));
    }
    let first = from.max(child.birthday(DENTIST_FROM));
    let mut date = council.diary.working(plus(first, child.person.between(30, 200)));
    while date < to && date <= EXTRACT {
        if child.person.happens(DENTIST.at(date)) {
            check(council, child, date, "Dental check");
        }
        date = council.diary.working(plus(date, child.person.between(300, 380)));
    }
}

fn check(council: &mut Council, child: &mut Child, date: NaiveDate, kind: &str) {
    let has_type = !child.person.one_in(NO_TYPE);
    if date < HISTORY || date >= child.lives_until() {
        return;
    }
    let row = ClaHealthCheck {
        health_id: council.id(Table::ClaHealth),
        person_id: child.id.clone(),
        date,
        r#type: has_type.then(|| kind.to_owned()),
    };
    council.add(&row);
}
