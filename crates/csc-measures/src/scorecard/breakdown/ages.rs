//! The groups of age, and in which of them a person is.

use super::group_no::{GroupNo, NOT_RECORDED};
use crate::facts::{Birth, Life};
use crate::time::Day;

/// The names of the groups in order: the first is of no birthday yet, each of the rest begins at one of `FROM`.
pub(super) const AGES: [&str; 7] = ["unborn", "under 1", "1-4", "5-9", "10-15", "16-17", "18+"];
/// The years of age with which the groups after the second begin.
const FROM: [u32; AGES.len() - 2] = [1, 5, 10, 16, 18];
const UNBORN: GroupNo = 1;
const UNDER_ONE: GroupNo = 2;

/// A person's way through the groups of age: the birthdays are worked out once, however many cases there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ages {
    life: Life,
    /// The days on which the groups of `FROM` begin; `None`: no date of birth is recorded.
    begin: Option<[Day; FROM.len()]>,
}

impl Ages {
    pub(super) fn new(life: Life) -> Self {
        Self { life, begin: life.born.map(|born| FROM.map(|years| born.birthday(years))) }
    }

    /// The group on a day.
    pub(super) fn group(&self, day: Day) -> GroupNo {
        match (self.life.birth(day), &self.begin) {
            (Birth::Unborn, _) => UNBORN,
            (Birth::NotRecorded, _) | (Birth::Born, None) => NOT_RECORDED,
            (Birth::Born, Some(begin)) => {
                UNDER_ONE + begin.iter().filter(|birthday| **birthday <= day).count()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::tables::records::Person;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::new(NaiveDate::from_ymd_opt(year, month, day).unwrap())
    }

    /// The name of a group that is not the first.
    fn name(group: GroupNo) -> &'static str {
        AGES[group - 1]
    }

    #[test]
    fn every_day_is_in_the_group_of_the_age() {
        for born in [day(1998, 7, 14), day(2000, 2, 29), day(1999, 12, 31), day(2000, 1, 1)] {
            let ages = Ages::new(Life::new(&Person { born: Some(born), ..Person::default() }));
            for after in -30..7_500 {
                let day = born.plus(after);
                let of_age = match born.age_on(day) {
                    None => "unborn",
                    Some(0) => "under 1",
                    Some(years) => AGES
                        .into_iter()
                        .find(|name| {
                            name.split_once('-').is_some_and(|(from, to)| {
                                (from.parse().unwrap()..=to.parse().unwrap()).contains(&years)
                            })
                        })
                        .unwrap_or("18+"),
                };
                assert_eq!(name(ages.group(day)), of_age, "{born:?} on {day:?}");
            }
        }
    }

    #[test]
    fn without_a_date_of_birth_the_age_is_not_recorded() {
        let nothing = Ages::new(Life::new(&Person::default()));
        assert_eq!(nothing.group(day(2016, 4, 30)), NOT_RECORDED);
        let expected = Some(day(2016, 4, 1));
        let expected = Ages::new(Life::new(&Person { expected, ..Person::default() }));
        assert_eq!(expected.group(day(2016, 4, 29)), UNBORN);
        assert_eq!(expected.group(day(2016, 4, 30)), NOT_RECORDED);
    }
}
