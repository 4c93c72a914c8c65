//! Who the children are, how long things take and who leaves, of a year: rates that no measure gives.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use csc_measures::Calendar;
use csc_measures::tables::Table;

use crate::diary::{day, days_between};
use crate::figures::{Figures, Ratio, Row, Year, date};

fn field<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", String::as_str)
}

fn count<T>(rows: &[T]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// Those of the rows that are so, in a hundred.
fn percent<T>(rows: &[T], is_so: impl Fn(&T) -> bool) -> String {
    let part = i64::try_from(rows.iter().filter(|row| is_so(row)).count()).unwrap_or(i64::MAX);
    Ratio { part, whole: count(rows) }.times(100)
}

/// The children of some ids.
fn persons(figures: &Figures, ids: &BTreeSet<String>) -> Vec<Row> {
    let rows = figures.read_rows(Table::Persons);
    rows.into_iter().filter(|row| ids.contains(field(row, "person_id"))).collect()
}

fn ids(rows: &[Row]) -> BTreeSet<String> {
    rows.iter().map(|row| field(row, "person_id").to_owned()).collect()
}

/// Whether the law is that of short breaks, which are not care.
fn is_short_break(law: &Row) -> bool {
    matches!(field(law, "legal_status"), "V3" | "V4")
}

/// Who is looked after at the end of the year.
fn looked_after(figures: &Figures, year: Year) -> BTreeSet<String> {
    let mut laws = figures.open(Table::LegalStatuses, year.last());
    laws.retain(|law| !is_short_break(law));
    ids(&laws)
}

/// Looked after children of a sex, in a hundred.
pub(crate) fn boys(figures: &Figures, year: Year) -> String {
    percent(&persons(figures, &looked_after(figures, year)), |row| field(row, "sex") == "M")
}

/// Looked after children whose ethnicity is one of the group, by the letters that its codes begin with.
pub(crate) fn of_group(figures: &Figures, year: Year, letters: [&str; 2]) -> String {
    let is_of = |row: &Row| {
        let code = field(row, "ethnicity");
        code != "NOBT" && code != "REFU" && letters.iter().any(|letter| code.starts_with(letter))
    };
    percent(&persons(figures, &looked_after(figures, year)), is_of)
}

/// Looked after children with special educational needs, in a hundred.
pub(crate) fn with_needs(figures: &Figures, year: Year) -> String {
    percent(&persons(figures, &looked_after(figures, year)), |row| field(row, "sen") == "true")
}

/// Children in need at the end of the year who are disabled, in a hundred: those with an open referral, a plan, or in
/// care.
pub(crate) fn disabled(figures: &Figures, year: Year) -> String {
    let mut children = looked_after(figures, year);
    let open = figures.open_from(Table::Referrals, ["referral_date", "close_date"], year.last());
    children.extend(ids(&open));
    children.extend(ids(&figures.open(Table::CinPlans, year.last())));
    children.extend(ids(&figures.open(Table::CpPlans, year.last())));
    percent(&persons(figures, &children), |row| field(row, "disability") == "true")
}

/// Children looked after at any time of the year who went missing in it, in a hundred.
pub(crate) fn missing(figures: &Figures, year: Year) -> String {
    let mut laws = figures.read_rows(Table::LegalStatuses);
    laws.retain(|law| {
        let is_before = date(law, "end_date").is_some_and(|end| end <= year.first());
        !is_short_break(law)
            && !is_before
            && date(law, "start_date").is_some_and(|start| start <= year.last())
    });
    let gone = ids(&figures.dated(Table::MissingEpisodes, "start_date", year));
    let children: Vec<String> = ids(&laws).into_iter().collect();
    percent(&children, |child| gone.contains(child))
}

/// The working days from one day to another, which is not before it.
fn working_days(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> Option<i64> {
    let days = calendar.working_days_between(from, to).ok()?;
    Some(i64::from(days)).filter(|days| *days >= 0)
}

/// How many working days the assessments took that were authorised in the year, the shortest first.
fn assessments(figures: &Figures, year: Year) -> Vec<i64> {
    let calendar = Calendar::england_and_wales();
    let rows = figures.dated(Table::Assessments, "authorised_date", year);
    let days = |row: &Row| {
        let (start, end) = (date(row, "start_date")?, date(row, "authorised_date")?);
        working_days(&calendar, start, end)
    };
    let mut taken: Vec<i64> = rows.iter().filter_map(days).collect();
    taken.sort_unstable();
    taken
}

/// Assessments done on the day that they began, in a hundred.
pub(crate) fn same_day(figures: &Figures, year: Year) -> String {
    percent(&assessments(figures, year), |days| *days == 0)
}

/// So many quarters of the assessments took no more working days.
pub(crate) fn quartile(figures: &Figures, year: Year, quarters: usize) -> String {
    let taken = assessments(figures, year);
    let place = (taken.len() * quarters / 4).min(taken.len().saturating_sub(1));
    taken.get(place).map_or_else(|| "–".to_owned(), ToString::to_string)
}

/// Conferences held in the year so many working days after the enquiry that they name, in a hundred.
pub(crate) fn conferences(figures: &Figures, year: Year, low: i64, high: i64) -> String {
    let calendar = Calendar::england_and_wales();
    let started: BTreeMap<String, NaiveDate> = figures
        .read_rows(Table::Section47Enquiries)
        .iter()
        .filter_map(|row| Some((field(row, "s47_enquiry_id").to_owned(), date(row, "start_date")?)))
        .collect();
    let days = |row: &Row| {
        let from = started.get(field(row, "s47_enquiry_id"))?;
        working_days(&calendar, *from, date(row, "date")?)
    };
    let held = figures.dated(Table::InitialConferences, "date", year);
    let taken: Vec<i64> = held.iter().filter_map(days).collect();
    percent(&taken, |days| (low..=high).contains(days))
}

/// A worker's FTE in hundredths.
pub(crate) fn hundredths(row: &Row) -> i64 {
    let fte = field(row, "fte");
    let (ones, parts) = fte.split_once('.').unwrap_or((fte, ""));
    format!("{ones}{parts:0<2}").parse().unwrap_or(0)
}

/// The FTE of those of the council's own who left it in the year to 30 September, for that of those in post then.
pub(crate) fn turnover(figures: &Figures, year: Year) -> String {
    let census = day(year.0, 9, 30);
    let is_own = |row: &&Row| field(row, "agency") == "false";
    let in_post = figures.open(Table::Workers, census);
    let workers = figures.read_rows(Table::Workers);
    let has_left = |row: &&Row| {
        let is_of_year =
            date(row, "end_date").is_some_and(|end| end <= census && days_between(end, census) < 365);
        is_of_year && field(row, "leaving_type") != "internal_move"
    };
    let part = workers.iter().filter(is_own).filter(has_left).map(hundredths).sum();
    Ratio { part, whole: in_post.iter().filter(is_own).map(hundredths).sum() }.times(100)
}
