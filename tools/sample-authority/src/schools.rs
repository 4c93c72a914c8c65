//! The schools of looked after children, as the head of the virtual school keeps them: groups of the council's own.

use chrono::{Datelike, NaiveDate};
use csc_measures::tables::PersonGroup;

use crate::council::Council;
use crate::diary::{EXTRACT, HISTORY, day, known, plus};
use crate::people::Child;

/// What the groups are by.
const DIMENSION: &str = "school";
const PRIMARY: [(u32, &str); 5] = [
    (230, "Castle Hill Primary School"),
    (210, "Northmoor Primary School"),
    (190, "St Bride's Primary School"),
    (150, "Eastholme Primary School"),
    (120, "Westbrook Primary School"),
];
const OTHER_PRIMARY: &str = "Primary school outside the county";
const SECONDARY: [(u32, &str); 3] =
    [(370, "Castle Hill Academy"), (300, "Riverside High School"), (200, "Southfields School")];
const OTHER_SECONDARY: &str = "Secondary school outside the county";
const SPECIAL: &str = "Willow Bank School";
/// Disabled children who go to the special school.
const TO_SPECIAL: u32 = 550;
/// Children who change school while they are in care, of those who are there for some time.
const CHANGES: u32 = 240;
const CHANGES_AFTER: i64 = 90;

/// The schools of a child who comes into care, each from the September in which the child came to it; a later period
/// of care changes nothing.
pub(crate) fn enrol(council: &mut Council, child: &mut Child, from: NaiveDate, to: NaiveDate) {
    if std::mem::replace(&mut child.is_enrolled, true) {
        return;
    }
    let chance = &mut child.person.clone();
    let is_special = child.is_disabled() && chance.happens(TO_SPECIAL);
    let [first, second, last] = [4, 11, 16].map(|age| september(child.birthday(age)));
    let phases = [
        (chance.pick(&PRIMARY, OTHER_PRIMARY), chance.pick(&PRIMARY, OTHER_PRIMARY), first, second),
        (chance.pick(&SECONDARY, OTHER_SECONDARY), chance.pick(&SECONDARY, OTHER_SECONDARY), second, last),
    ];
    for (school, next, starts, ends) in phases {
        let (within, until) = (from.max(HISTORY).max(starts), to.min(ends).min(plus(EXTRACT, 1)));
        if within >= until {
            continue;
        }
        let change = plus(within, chance.between(CHANGES_AFTER, 700));
        if is_special {
            attend(council, child, SPECIAL, starts, ends);
        } else if chance.happens(CHANGES) && change < until && next != school {
            attend(council, child, school, starts, change);
            attend(council, child, next, change, ends);
        } else {
            attend(council, child, school, starts, ends);
        }
    }
    child.person = chance.clone();
}

fn attend(council: &mut Council, child: &Child, school: &str, from: NaiveDate, to: NaiveDate) {
    let to = to.min(child.lives_until());
    if from <= EXTRACT && from < to {
        council.add(&PersonGroup {
            person_id: child.id.clone(),
            dimension: DIMENSION.to_owned(),
            value: school.to_owned(),
            start_date: Some(from),
            end_date: known(to),
        });
    }
}

/// The first of September on or after a day: the start of the school year.
fn september(date: NaiveDate) -> NaiveDate {
    let of_year = day(date.year(), 9, 1);
    if date <= of_year { of_year } else { day(date.year() + 1, 9, 1) }
}
