//! The years of a return that is sent once a year, and what becomes of a row that the next year does not have.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use csc_measures::{DateForm, Superseded};

/// A year of a return, 1 April to 31 March, by the calendar year in which it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ReturnYear(i32);

impl ReturnYear {
    /// The year that ends in a calendar year.
    pub(crate) fn ending(year: i32) -> Option<Self> {
        // Dates outside these years are none.
        (1921..=2061).contains(&year).then_some(Self(year))
    }

    /// The year that a day lies in.
    pub(crate) fn of(day: NaiveDate) -> Option<Self> {
        Self::ending(if day.month() < 4 { day.year() } else { day.year() + 1 })
    }

    /// The year in the name of a file or folder: four digits that begin with 20, the last of them, or the second year
    /// of `2016-17`.
    pub(crate) fn in_name(name: &str) -> Option<Self> {
        let mut found = None;
        let mut before: Option<i32> = None;
        for run in name.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty()) {
            let number: Option<i32> = run.parse().ok();
            let year = match (run.len(), before, number) {
                (4, _, Some(year)) if run.starts_with("20") => Some(year),
                (2, Some(before), Some(year)) if (before + 1) % 100 == year => Some(before + 1),
                _ => None,
            };
            found = year.or(found);
            before = number.filter(|_| run.len() == 4 && run.starts_with("20"));
        }
        found.and_then(Self::ending)
    }

    /// The calendar year in which it ends.
    pub(crate) fn number(self) -> i32 {
        self.0
    }

    pub(crate) fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Whether a day is not after its last.
    pub(crate) fn has_begun(self, day: NaiveDate) -> bool {
        (day.year(), day.month()) < (self.0, 4)
    }

    /// The day after its last.
    fn day_after(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.0, 4, 1)
    }

    /// Whether what has this end is open when the year is over: it has none, or a later one.
    pub(crate) fn leaves_open(self, end: &str, form: DateForm) -> bool {
        form.is_no_end(end) || form.read(end).is_some_and(|end| !self.has_begun(end))
    }
}

/// The years from the first of some up to the newest that are not among them.
pub(crate) fn missing(
    years: &BTreeSet<ReturnYear>,
    newest: Option<ReturnYear>,
) -> impl Iterator<Item = ReturnYear> {
    let first = years.first().copied();
    let upto = newest.map_or(0, ReturnYear::number);
    let all = std::iter::successors(first, |year| Some(year.next()));
    all.take_while(move |year| year.number() <= upto).filter(|year| !years.contains(year))
}

/// A day as a key: by what it means if it can be read, for one year's file may write it with a time of day, or in
/// another form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Day {
    Read(NaiveDate),
    Written(Box<str>),
}

impl Day {
    pub(crate) fn of(text: &str, form: DateForm) -> Self {
        form.read(text).map_or_else(|| Self::Written(text.into()), Self::Read)
    }

    /// The day, if it can be read.
    pub(crate) fn date(&self) -> Option<NaiveDate> {
        match self {
            Self::Read(day) => Some(*day),
            Self::Written(_) => None,
        }
    }
}

/// The days from which a list has rows of one child, by the years that tell them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Starts {
    years: BTreeMap<ReturnYear, BTreeMap<Day, usize>>,
    /// By year the days of the next that began by the end of this one, which knows nothing of them.
    new: OnceCell<BTreeMap<ReturnYear, Vec<NaiveDate>>>,
}

impl Starts {
    pub(crate) fn add(&mut self, year: ReturnYear, start: Day) {
        *self.years.entry(year).or_default().entry(start).or_default() += 1;
        self.new.take();
    }

    /// How many rows of a year begin on a day.
    fn count(&self, year: ReturnYear, start: &Day) -> usize {
        self.years.get(&year).and_then(|starts| starts.get(start)).copied().unwrap_or_default()
    }

    /// What becomes of a row that is open at the end of its year, if the list of the next year is there: nothing if
    /// that has it too.
    pub(crate) fn superseded(&self, year: ReturnYear, start: &Day) -> Option<Superseded> {
        let next = self.count(year.next(), start);
        if next > 0 && next >= self.count(year, start) {
            return None;
        }
        match self.redated(year, start) {
            Some(_) => Some(Superseded::Redated),
            None => year.day_after().map(Superseded::Dropped),
        }
    }

    /// The day from which the next year has a row that began by the end of this one, which knows nothing of it: the
    /// nearest if there are several.
    pub(crate) fn redated(&self, year: ReturnYear, start: &Day) -> Option<NaiveDate> {
        let new = self.new.get_or_init(|| {
            let of = |year: &ReturnYear| {
                let next = self.years.get(&year.next()).into_iter().flat_map(BTreeMap::keys);
                let new = next.filter(|day| self.count(*year, day) == 0).filter_map(Day::date);
                (*year, new.filter(|day| year.has_begun(*day)).collect())
            };
            self.years.keys().map(of).collect()
        });
        let new: &[NaiveDate] = new.get(&year)?;
        let Some(start) = start.date() else { return new.first().copied() };
        // The keys are in order, and so are the days.
        let place = new.partition_point(|day| *day < start);
        let before = place.checked_sub(1).and_then(|place| new.get(place));
        let near = before.into_iter().chain(new.get(place));
        near.copied().min_by_key(|day| (*day - start).num_days().abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_begins_in_april_and_is_called_by_its_end() {
        let ends = |text: &str| ReturnYear::of(day(text)).map(ReturnYear::number);
        assert_eq!((ends("2017-03-31"), ends("2017-04-01")), (Some(2017), Some(2018)));
        assert_eq!((ends("1900-01-01"), ends("2999-12-31")), (None, None));
        let year = ReturnYear(2017);
        assert!(year.has_begun(day("2017-03-31")) && !year.has_begun(day("2017-04-01")));
        for (end, is_open) in [
            ("", true),
            ("31/03/2017", false),
            ("01/04/2017", true),
            ("31/12/2099", true),
            ("31/02/2017", false),
        ] {
            assert_eq!(year.leaves_open(end, DateForm::Uk), is_open, "{end}");
        }
    }

    #[test]
    fn the_year_in_a_name() {
        for (name, expected) in [
            ("SSDA903_2020_episodes", Some(2020)),
            ("returns 2018-2019", Some(2019)),
            ("CIN 2016-17", Some(2017)),
            ("CIN 2016-18", Some(2016)),
            ("2017-03-31", Some(2017)),
            ("20201", None),
            ("episodes", None),
        ] {
            assert_eq!(ReturnYear::in_name(name).map(ReturnYear::number), expected, "{name}");
        }
    }

    #[test]
    fn a_row_was_dated_anew_if_the_next_year_has_one_of_this_year_that_is_new() {
        let (year, start) = (ReturnYear(2017), Day::Read(day("2016-09-27")));
        let with = |starts: &[&str]| {
            let mut all = Starts::default();
            all.add(year, start.clone());
            for text in starts {
                all.add(year.next(), Day::Read(day(text)));
            }
            all.superseded(year, &start)
        };
        let dropped = Some(Superseded::Dropped(day("2017-04-01")));
        assert_eq!(with(&[]), dropped);
        assert_eq!(with(&["2016-09-27"]), None);
        assert_eq!(with(&["2016-09-23"]), Some(Superseded::Redated));
        assert_eq!(with(&["2017-04-01"]), dropped);
    }
}
