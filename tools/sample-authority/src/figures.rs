//! The finished authority, read back: its scorecard, and the rows behind it.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use csc_measures::tables::Table;
use csc_measures::{Month, Options, Outcome, Scorecard};
use csc_measures_files::read_folder;

use crate::diary::{EXTRACT, HISTORY, day};

/// So many children known in the six years are what a county of so many under-18s has.
pub(crate) const COUNTY: (u64, u64) = (29_000, 118_000);

/// A financial year, by the calendar year in which it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Year(pub(crate) i32);

impl Year {
    pub(crate) const ALL: [Self; 6] =
        [Self(2014), Self(2015), Self(2016), Self(2017), Self(2018), Self(2019)];

    /// `2016-17`.
    pub(crate) fn name(self) -> String {
        format!("{}-{:02}", self.0, (self.0 + 1) % 100)
    }

    pub(crate) fn first(self) -> NaiveDate {
        day(self.0, 4, 1)
    }

    pub(crate) fn last(self) -> NaiveDate {
        day(self.0 + 1, 3, 31)
    }

    fn months(self) -> impl Iterator<Item = Month> {
        to(Month::of(self.last()))
    }
}

/// The twelve months to a month.
pub(crate) fn to(last: Month) -> impl Iterator<Item = Month> {
    (-11..=0).map(move |step| last.plus(step))
}

/// Something for something else.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ratio {
    pub(crate) part: i64,
    pub(crate) whole: i64,
}

impl Ratio {
    /// So many times the ratio, to one decimal; a dash if there is nothing to divide by.
    pub(crate) fn times(self, scale: i64) -> String {
        let tenths = (self.part * scale * 20 + self.whole).checked_div(2 * self.whole);
        tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
    }

    /// Whether it is less than another.
    pub(crate) fn is_below(self, other: Self) -> bool {
        i128::from(self.part) * i128::from(other.whole) < i128::from(other.part) * i128::from(self.whole)
    }
}

/// A row of a table: its fields by column.
pub(crate) type Row = BTreeMap<String, String>;

/// The figures of an authority.
pub(crate) struct Figures {
    folder: PathBuf,
    card: Scorecard,
    rows: BTreeMap<Table, u64>,
    under_18s: i64,
}

impl Figures {
    pub(crate) fn read(folder: &Path, children: u64) -> Result<Self, Box<dyn Error>> {
        let dataset = read_folder(folder)?;
        let card = dataset.scorecard(Month::of(HISTORY), Month::of(EXTRACT), &Options::default())?;
        let rows = dataset.tables().iter().map(|count| (count.table, count.rows)).collect();
        let under_18s = i64::try_from(children * COUNTY.1 / COUNTY.0)?;
        Ok(Self { folder: folder.to_owned(), card, rows, under_18s })
    }

    /// How many rows a table has.
    pub(crate) fn row_count(&self, table: Table) -> u64 {
        self.rows.get(&table).copied().unwrap_or_default()
    }

    /// The numerators of a measure in some months for its denominators.
    pub(crate) fn pooled(&self, measure: &str, months: impl Iterator<Item = Month>) -> Ratio {
        let mut ratio = Ratio::default();
        for result in months.filter_map(|month| self.card.result(measure, month)) {
            ratio.part += result.numerator.map_or(0, |amount| amount.thousandths());
            ratio.whole += result.denominator.map_or(0, |amount| amount.thousandths());
        }
        ratio
    }

    /// The same of a year.
    pub(crate) fn of_year(&self, measure: &str, year: Year) -> Ratio {
        self.pooled(measure, year.months())
    }

    /// The cases of a year with one of the outcomes, summed over its months.
    pub(crate) fn cases_of_year(&self, measure: &str, year: Year, outcomes: &[Outcome]) -> i64 {
        year.months().map(|month| self.cases(measure, month, outcomes)).sum()
    }

    /// The cases at the end of a year with one of the outcomes.
    pub(crate) fn cases_at_end(&self, measure: &str, year: Year, outcomes: &[Outcome]) -> i64 {
        self.cases(measure, Month::of(year.last()), outcomes)
    }

    fn cases(&self, measure: &str, month: Month, outcomes: &[Outcome]) -> i64 {
        let result = self.card.result(measure, month);
        let count = |outcome: &Outcome| result.map_or(0, |result| result.outcomes.get(*outcome));
        i64::try_from(outcomes.iter().map(count).sum::<u64>()).unwrap_or(i64::MAX)
    }

    /// A number of children for all the under-18s.
    pub(crate) fn for_under_18s(&self, part: i64) -> Ratio {
        Ratio { part, whole: self.under_18s }
    }

    /// The rows of a table whose column holds a date of the year.
    pub(crate) fn dated(&self, table: Table, column: &str, year: Year) -> Vec<Row> {
        let is_of_year =
            |row: &Row| date(row, column).is_some_and(|date| (year.first()..=year.last()).contains(&date));
        self.read_rows(table).into_iter().filter(is_of_year).collect()
    }

    /// The rows of a table that are open on a day.
    pub(crate) fn open(&self, table: Table, on: NaiveDate) -> Vec<Row> {
        self.open_from(table, ["start_date", "end_date"], on)
    }

    /// The same, whose first and last day stand in other columns.
    pub(crate) fn open_from(&self, table: Table, [start, end]: [&str; 2], on: NaiveDate) -> Vec<Row> {
        let is_open = |row: &Row| {
            date(row, start).is_none_or(|start| start <= on) && date(row, end).is_none_or(|end| end > on)
        };
        self.read_rows(table).into_iter().filter(is_open).collect()
    }

    /// The rows of a table.
    pub(crate) fn read_rows(&self, table: Table) -> Vec<Row> {
        let path = self.folder.join(format!("{}.csv", table.name()));
        let Ok(mut reader) = csv::Reader::from_path(path) else { return Vec::new() };
        // Rows that a fault has spoilt are left out here as they are there.
        reader.deserialize().filter_map(Result::ok).collect()
    }
}

/// The date in a column.
pub(crate) fn date(row: &Row, column: &str) -> Option<NaiveDate> {
    row.get(column)?.parse().ok()
}
