//! Who the children are: families of brothers and sisters, births, birthdays and deaths.

use chrono::{Datelike, NaiveDate};
use csc_measures::dates::birthday;
use csc_measures::tables::{ImmigrationStatus, Person};

use crate::chance::{Chance, Stream};
use crate::characteristics::{Household, Known};
use crate::council::Council;
use crate::diary::{EXTRACT, HISTORY, NEVER, day, days_between, known, plus};
use crate::proceedings::Proceedings;

/// One child in so many dies while known.
const DEATHS: u64 = 900;
/// One child in so many was born on 29 February.
const LEAP_DAYS: u64 = 400;
/// One child in so many has no date of birth on record.
const NO_BIRTH_DATE: u64 = 1200;
/// One unborn child in so many whose birth nobody recorded.
const BIRTH_NOT_RECORDED: u64 = 6;
const BROTHERS_AND_SISTERS: [(u32, u64); 3] = [(560, 1), (270, 2), (120, 3)];
const LARGEST_FAMILY: u64 = 4;
const YEAR: i64 = 365;
/// The least time between the births of two children who are not twins, and so many in a thousand of those who
/// would come nearer are.
const BETWEEN_BIRTHS: i64 = 330;
const TWINS: u32 = 60;
/// Young people who are granted leave, and lose the status, while they are still children.
const GRANTED_BEFORE_18: u32 = 300;
/// Of the families whose children come into care together, those who live together.
const TOGETHER: u32 = 650;

/// What the children of one family share.
pub(crate) struct Family {
    chance: Chance,
    household: Household,
    pub(crate) size: u64,
    births: Vec<NaiveDate>,
    pub(crate) care_start: Option<NaiveDate>,
    pub(crate) proceedings: Option<Proceedings>,
    /// Where the children live who live together.
    pub(crate) homes: Vec<String>,
    pub(crate) is_together: bool,
}

impl Family {
    pub(crate) fn new(seed: u64, number: u64, is_single: bool, known: Known) -> Self {
        let mut chance = Chance::new(seed, Stream::Family(number));
        let size = chance.pick(&BROTHERS_AND_SISTERS, LARGEST_FAMILY);
        let is_together = chance.happens(TOGETHER) && !is_single;
        Self {
            chance,
            household: Household::new(seed, number, known),
            size: if is_single { 1 } else { size },
            births: Vec::new(),
            care_start: None,
            proceedings: None,
            homes: Vec::new(),
            is_together,
        }
    }

    /// The birth nearest to the one that was drawn that leaves time for those of brothers and sisters.
    fn give_birth(&mut self, drawn: NaiveDate, earliest: NaiveDate, chance: &mut Chance) -> NaiveDate {
        let mut born = drawn;
        let mut births = self.births.clone();
        births.sort_unstable();
        for other in births.into_iter().rev() {
            if days_between(other, born).abs() < BETWEEN_BIRTHS {
                let earlier = plus(other, -BETWEEN_BIRTHS - chance.between(0, 400));
                born = if earlier < earliest || chance.happens(TWINS) { other } else { earlier };
            }
        }
        self.births.push(born);
        born
    }
}

/// One child.
pub(crate) struct Child {
    pub(crate) id: String,
    /// When the journey starts.
    since: NaiveDate,
    /// The birth, which may still be to come.
    pub(crate) born: NaiveDate,
    died: Option<NaiveDate>,
    row: Option<Person>,
    /// Whether a child protection plan of the child is on record.
    pub(crate) had_plan: bool,
    /// The day on which a child who had gone missing was last back.
    pub(crate) last_back: NaiveDate,
    /// Whether the child's schools are on record.
    pub(crate) is_enrolled: bool,
    /// The child's own chances.
    pub(crate) own: Chance,
    /// The chances of what is on record beside the journey: what they decide changes nothing in it.
    pub(crate) person: Chance,
    /// The family's chances: brothers and sisters draw the same for as long as they ask the same.
    pub(crate) shared: Chance,
}

/// How old the child is when the journey starts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum AgeBand {
    Unborn,
    Baby,
    Toddler,
    School,
    Teenager,
    Older,
}

impl AgeBand {
    pub(crate) fn days(self, chance: &mut Chance) -> i64 {
        let (low, high) = match self {
            Self::Unborn => (-130, -20),
            Self::Baby => (0, YEAR),
            Self::Toddler => (YEAR, 5 * YEAR),
            Self::School => (5 * YEAR, 12 * YEAR),
            Self::Teenager => (12 * YEAR, 16 * YEAR),
            Self::Older => (16 * YEAR, 17 * YEAR + 240),
        };
        chance.between(low, high)
    }
}

pub(crate) fn child_id(number: u64) -> String {
    format!("P{number:06}")
}

impl Child {
    /// The child of that id, the so-manieth of all who are drawn, from its own chances and those of its family.
    pub(crate) fn new(id: String, seed: u64, number: u64, family: &Family) -> Self {
        Self {
            id,
            since: NEVER,
            born: NEVER,
            died: None,
            row: None,
            had_plan: false,
            last_back: HISTORY,
            is_enrolled: false,
            own: Chance::new(seed, Stream::Child(number)),
            person: Chance::new(seed, Stream::Person(number)),
            shared: family.chance.clone(),
        }
    }

    /// Settles the birth, so many days before the journey starts.
    pub(crate) fn arrive(&mut self, family: &mut Family, start: NaiveDate, age_days: i64) {
        self.since = start;
        let earliest = plus(start, -17 * YEAR - 200);
        let mut born = family.give_birth(plus(start, -age_days), earliest, &mut self.own);
        if (5 * YEAR..15 * YEAR).contains(&age_days) && self.own.one_in(LEAP_DAYS) {
            born = nearest_leap_day(born);
        }
        self.born = born;
        let dies = self.own.one_in(DEATHS).then(|| plus(start.max(born), self.own.between(40, 500)));
        self.died = dies.filter(|died| *died <= EXTRACT);

        let was_unborn = born > start;
        let is_missing = was_unborn && self.own.one_in(BIRTH_NOT_RECORDED) || self.own.one_in(NO_BIRTH_DATE);
        let expected = was_unborn.then(|| plus(born, self.own.between(-9, 14)));
        let who = family.household.describe(&mut self.person, born, !is_missing || !was_unborn);
        self.row = Some(Person {
            person_id: self.id.clone(),
            date_of_birth: known(born).filter(|_| !is_missing),
            expected_date_of_birth: expected,
            date_of_death: self.died,
            sex: Some(who.sex.to_owned()),
            ethnicity: who.ethnicity.map(str::to_owned),
            disability: who.disability,
            sen: who.sen,
            area: who.area.map(str::to_owned),
        });
    }

    /// Writes the person.
    pub(crate) fn enrol(self, council: &mut Council) {
        if let Some(person) = &self.row {
            council.add(person);
            council.children.push((self.id, self.since));
        }
    }

    /// The status of a child who came alone to seek asylum.
    pub(crate) fn seek_asylum(&mut self, council: &mut Council, arrived: NaiveDate) {
        let status = self.own.pick(&[(700, "UASC")], "Unaccompanied asylum seeking child");
        let decided = plus(arrived, self.own.between(200, 900));
        let settled =
            if self.own.happens(GRANTED_BEFORE_18) { decided } else { NEVER }.min(self.birthday(18));
        council.add(&ImmigrationStatus {
            person_id: self.id.clone(),
            status: Some(status.to_owned()),
            start_date: Some(arrived),
            end_date: known(settled),
        });
    }

    /// Whether the record says that the child is disabled.
    pub(crate) fn is_disabled(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.disability == Some(true))
    }

    pub(crate) fn birthday(&self, age: u32) -> NaiveDate {
        birthday(self.born, age).unwrap_or(NEVER)
    }

    pub(crate) fn years(&self, on: NaiveDate) -> i64 {
        days_between(self.born, on).div_euclid(YEAR)
    }

    pub(crate) fn has_died(&self, on: NaiveDate) -> bool {
        self.died.is_some_and(|died| died <= on)
    }

    /// The day of death, or none in sight.
    pub(crate) fn lives_until(&self) -> NaiveDate {
        self.died.unwrap_or(NEVER)
    }

    /// The day from which children's services are not concerned with the child: grown up, or dead.
    pub(crate) fn childhood_ends(&self) -> NaiveDate {
        self.lives_until().min(self.birthday(18))
    }
}

fn nearest_leap_day(date: NaiveDate) -> NaiveDate {
    let year = date.year() + 2;
    day(year - year.rem_euclid(4), 2, 29)
}
