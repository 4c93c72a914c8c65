//! Faults of the record, such as every real extract has: one of each kind in turn.

use csc_measures::tables::{Assessment, CinPlan, CinVisit, ClaVisit, CpPlan, CpReview, RagRating, Table};

use crate::council::Council;
use crate::diary::{HISTORY, day, plus};
use crate::people::Child;

/// One child in so many has a fault on record.
const EVERY: u64 = 40;
const KINDS: u64 = 10;

/// Writes the fault of the child of that number, if there is one.
pub(crate) fn sprinkle(council: &mut Council, child: &Child, number: u64) {
    if number % EVERY != EVERY / 2 {
        return;
    }
    match number / EVERY % KINDS {
        0 => ragged_line(council, child),
        1 => no_start(council, child),
        2 => no_such_day(council, child),
        3 => no_such_answer(council, child),
        4 => same_row_twice(council, child),
        5 => ends_before_start(council, child),
        6 => nobody_knows_the_child(council, number),
        7 => referral_gone(council, child),
        8 => review_after_plan(council, child),
        _ => plans_overlap(council, child),
    }
}

/// A comma in a note that the export does not quote.
fn ragged_line(council: &mut Council, child: &Child) {
    let id = council.id(Table::CpVisits);
    council.add_as_typed(Table::CpVisits, &[&id, &child.id, "2016-05-11", "Y", "Y", "see note"]);
}

fn no_start(council: &mut Council, child: &Child) {
    let id = council.id(Table::Assessments);
    council.add_as_typed(Table::Assessments, &[&id, &child.id, "", "", "2016-03-04", "Family Front Door"]);
}

fn no_such_day(council: &mut Council, child: &Child) {
    let id = council.id(Table::CinVisits);
    council.add_as_typed(Table::CinVisits, &[&id, &child.id, "2016-02-30", "Y", "N"]);
}

fn no_such_answer(council: &mut Council, child: &Child) {
    let id = council.id(Table::ClaVisits);
    council.add_as_typed(Table::ClaVisits, &[&id, &child.id, "2015-11-17", "Partly", "N"]);
    let id = council.id(Table::RagRatings);
    council.add_as_typed(Table::RagRatings, &[&id, &child.id, "cp_child", "2016-09-01", "purple"]);
}

fn same_row_twice(council: &mut Council, child: &Child) {
    let row = RagRating {
        rag_rating_id: council.id(Table::RagRatings),
        person_id: child.id.clone(),
        scope: "cp_child".to_owned(),
        date: plus(HISTORY, 200),
        rating: "amber".to_owned(),
    };
    council.add(&row);
    council.add(&row);
}

fn ends_before_start(council: &mut Council, child: &Child) {
    let row = CinPlan {
        cin_plan_id: council.id(Table::CinPlans),
        person_id: child.id.clone(),
        start_date: day(2015, 6, 15),
        end_date: Some(day(2015, 5, 16)),
        visit_working_days: None,
    };
    council.add(&row);
}

/// A visit under the number of a record that was merged into another.
fn nobody_knows_the_child(council: &mut Council, number: u64) {
    let row = ClaVisit {
        cla_visit_id: council.id(Table::ClaVisits),
        person_id: format!("X{number:06}"),
        date: day(2016, 7, 12),
        seen: Some(true),
        seen_alone: None,
    };
    council.add(&row);
    let row = CinVisit {
        cin_visit_id: council.id(Table::CinVisits),
        person_id: format!("X{number:06}"),
        date: day(2016, 8, 9),
        seen: Some(true),
        seen_alone: Some(false),
    };
    council.add(&row);
}

fn referral_gone(council: &mut Council, child: &Child) {
    let row = Assessment {
        assessment_id: council.id(Table::Assessments),
        person_id: child.id.clone(),
        referral_id: Some("REF0".to_owned()),
        start_date: day(2014, 9, 8),
        authorised_date: Some(day(2014, 10, 20)),
        team: Some("Family Front Door".to_owned()),
    };
    council.add(&row);
}

fn old_plan(council: &mut Council, child: &Child, start: (u32, u32), end: (u32, u32)) -> String {
    let plan = council.id(Table::CpPlans);
    council.add(&CpPlan {
        cp_plan_id: plan.clone(),
        person_id: child.id.clone(),
        start_date: day(2014, start.0, start.1),
        end_date: Some(day(2014, end.0, end.1)),
        other_authority: Some(false),
        transfer_in: Some(false),
    });
    plan
}

fn review_after_plan(council: &mut Council, child: &Child) {
    let plan = old_plan(council, child, (4, 14), (6, 20));
    let row = CpReview {
        cp_review_id: council.id(Table::CpReviews),
        person_id: child.id.clone(),
        cp_plan_id: plan,
        date: Some(day(2014, 7, 4)),
    };
    council.add(&row);
}

fn plans_overlap(council: &mut Council, child: &Child) {
    old_plan(council, child, (4, 7), (7, 4));
    old_plan(council, child, (6, 30), (8, 15));
}
