//! The rates of the authority, year by year, beside those published for England.

use chrono::NaiveDate;
use csc_measures::Outcome;
use csc_measures::tables::Table;

use crate::diary::days_between;
use crate::figures::{Figures, Ratio, Row, Year, date};
use crate::shares;

/// A rate: how it is reckoned, and what is published for England.
struct Rate {
    title: &'static str,
    reckon: fn(&Figures, Year) -> String,
    england: &'static str,
    /// The letter of the source.
    source: &'static str,
}

const fn rate(
    title: &'static str,
    reckon: fn(&Figures, Year) -> String,
    england: &'static str,
    source: &'static str,
) -> Rate {
    Rate { title, reckon, england, source }
}

const RATES: [Rate; 42] = [
    rate(
        "Referrals per 10,000 under-18s",
        |f, y| dated(f, y, Table::Referrals, "referral_date"),
        "553.6 (2016-17)",
        "l",
    ),
    rate("Re-referrals within 12 months, % (O5.M3)", |f, y| percent(f, y, "O5.M3"), "22 (2016-17)", "b"),
    rate(
        "Assessments authorised per 10,000 (O2.M2)",
        |f, y| dated(f, y, Table::Assessments, "authorised_date"),
        "520.0 (2016-17)",
        "l",
    ),
    rate("Assessments in 45 working days, % (O2.M3)", |f, y| percent(f, y, "O2.M3"), "83 (2016-17)", "k"),
    rate("Assessments done on the day, %", shares::same_day, "2.8 (2016-17)", "l"),
    rate("Working days of an assessment, lower quartile", |f, y| shares::quartile(f, y, 1), "15 to 17", "l"),
    rate("Working days of an assessment, median", |f, y| shares::quartile(f, y, 2), "29 to 32", "l"),
    rate(
        "Section 47 enquiries per 10,000",
        |f, y| dated(f, y, Table::Section47Enquiries, "start_date"),
        "159.1 (2016-17)",
        "l",
    ),
    rate(
        "Initial conferences per 10,000",
        |f, y| dated(f, y, Table::InitialConferences, "date"),
        "65.9 (2016-17)",
        "l",
    ),
    rate("Conferences in 15 working days, % (O3.M2)", |f, y| percent(f, y, "O3.M2"), "77 (2016-17)", "k"),
    rate("Conferences in 10 working days, %", |f, y| shares::conferences(f, y, 0, 10), "15.5 (2016-17)", "l"),
    rate(
        "Conferences on the 13th to 15th working day, %",
        |f, y| shares::conferences(f, y, 13, 15),
        "the most",
        "l",
    ),
    rate(
        "Child protection plans started per 10,000",
        |f, y| dated(f, y, Table::CpPlans, "start_date"),
        "56.9 (2016-17)",
        "l",
    ),
    rate("Children with such a plan at 31 March per 10,000", |f, y| cohort(f, y, "O3.M1"), "43 (2017)", "a"),
    rate(
        "Plans for a second time or more, % (O5.M4.percent)",
        |f, y| percent(f, y, "O5.M4.percent"),
        "19 (2016-17)",
        "k",
    ),
    rate(
        "Child protection reviews in time, % (O3.M3)",
        |f, y| percent(f, y, "O3.M3"),
        "92 (2016-17, by child)",
        "k",
    ),
    rate(
        "Children looked after at 31 March per 10,000",
        |f, y| cohort(f, y, "O6.M6"),
        "64 (2018), 65 (2019), 67 (2020)",
        "c",
    ),
    rate("Periods of care begun per 10,000", care_begun, "28 (2016-17)", "k"),
    rate("Of those looked after, boys, %", shares::boys, "56 (2017)", "m"),
    rate("White, %", |f, y| shares::of_group(f, y, ["W", "W"]), "75 (2017)", "m"),
    rate("Mixed, %", |f, y| shares::of_group(f, y, ["M", "M"]), "9 (2017)", "m"),
    rate("Black, %", |f, y| shares::of_group(f, y, ["B", "B"]), "7 (2017)", "m"),
    rate("Asian, %", |f, y| shares::of_group(f, y, ["A", "CHNE"]), "5 (2017)", "m"),
    rate("Of other ethnic groups, %", |f, y| shares::of_group(f, y, ["OOTH", "OOTH"]), "3 (2017)", "m"),
    rate("With special educational needs, %", shares::with_needs, "56 (2017, after a year in care)", "k"),
    rate("Looked after in the year who went missing, %", shares::missing, "10 (2016-17)", "k"),
    rate("Children in need at 31 March who are disabled, %", shares::disabled, "13 (2017)", "m"),
    rate("Of those looked after, unaccompanied, %", unaccompanied, "6 (2018)", "d"),
    rate(
        "Under a care order, interim ones included, %",
        |f, y| under_orders(f, y, &["C1", "C2"]),
        "75 (2019), 77 (2020)",
        "c",
    ),
    rate("By agreement with the parents, %", |f, y| under_orders(f, y, &["V2"]), "18 (2019), 17 (2020)", "c"),
    rate(
        "Three placements or more in 12 months, % (O6.M6)",
        |f, y| at_end(f, y, "O6.M6"),
        "10 (2019-20)",
        "e",
    ),
    rate(
        "Over 20 miles away and outside the county, % (O6.M2)",
        |f, y| at_end(f, y, "O6.M2"),
        "15 (2018)",
        "k",
    ),
    rate("Days from care to adopters (O6.M3)", |f, y| f.of_year("O6.M3", y).times(1), "486 (2015-18)", "f"),
    rate("Care leavers who are NEET, % (O6.M9)", neet, "40 (2017, at 19 to 21)", "g"),
    rate(
        "Care proceedings issued per 10,000",
        |f, y| dated(f, y, Table::CareProceedings, "issue_date"),
        "12.4 (2016-17)",
        "h",
    ),
    rate(
        "Proceedings in 26 weeks, % (O7.M2)",
        |f, y| percent(f, y, "O7.M2"),
        "52 (Jul-Sep 2018), 41 (Apr-Jun 2019)",
        "i",
    ),
    rate("Weeks that proceedings take", weeks, "30 (Jul-Sep 2018), 33 (Apr-Jun 2019)", "i"),
    rate(
        "Cases for each social worker, FTE (O1.M1)",
        |f, y| f.of_year("O1.M1", y).times(1),
        "17.4 (2018), 16.9 (2019)",
        "j",
    ),
    rate("Agency workers at 30 September, % of FTE", agency, "15.8 (2017), 15.9 (2019)", "n, j"),
    rate("Turnover to 30 September, % of FTE", shares::turnover, "13.4 (2017)", "n"),
    rate("Turnover to 31 March, % of FTE (O1.M5)", |f, y| at_end(f, y, "O1.M5"), "15 (2017), 16 (2019)", "j"),
    rate(
        "Audits judged adequate or better, % (O3.M10)",
        |f, y| percent(f, y, "O3.M10"),
        "none published",
        "",
    ),
];

/// The rates as a table.
pub(crate) fn table(figures: &Figures) -> String {
    let years = Year::ALL.map(Year::name).join(" | ");
    let mut lines = vec![
        format!("| | {years} | England | Source |"),
        format!("|---|{}---|---|", "---:|".repeat(Year::ALL.len())),
    ];
    for rate in &RATES {
        let each = Year::ALL.map(|year| (rate.reckon)(figures, year)).join(" | ");
        lines.push(format!("| {} | {each} | {} | {} |", rate.title, rate.england, rate.source));
    }
    lines.join("\n")
}

/// Events of the year for ten thousand under-18s.
fn dated(figures: &Figures, year: Year, table: Table, column: &str) -> String {
    let events = figures.dated(table, column, year).len();
    figures.for_under_18s(whole(events)).times(10_000)
}

/// A percentage over all the months of the year.
fn percent(figures: &Figures, year: Year, measure: &str) -> String {
    figures.of_year(measure, year).times(100)
}

/// A percentage at the end of the year.
fn at_end(figures: &Figures, year: Year, measure: &str) -> String {
    let last = std::iter::once(csc_measures::Month::of(year.last()));
    figures.pooled(measure, last).times(100)
}

/// Those whom the measure judges at the end of the year, for ten thousand under-18s.
fn cohort(figures: &Figures, year: Year, measure: &str) -> String {
    figures.for_under_18s(figures.cases_at_end(measure, year, &Outcome::ALL)).times(10_000)
}

/// Every period of care has one 28th day.
fn care_begun(figures: &Figures, year: Year) -> String {
    let begun = figures.cases_of_year("O6.M10", year, &Outcome::ALL);
    figures.for_under_18s(begun).times(10_000)
}

fn unaccompanied(figures: &Figures, year: Year) -> String {
    let part = figures.cases_at_end("O6.M1", year, &[Outcome::NotApplicable]);
    Ratio { part, whole: figures.cases_at_end("O6.M1", year, &Outcome::ALL) }.times(100)
}

fn under_orders(figures: &Figures, year: Year, orders: &[&str]) -> String {
    let law = |row: &Row| row.get("legal_status").cloned().unwrap_or_default();
    let laws: Vec<String> = figures
        .open(Table::LegalStatuses, year.last())
        .iter()
        .map(law)
        // Short breaks are not care.
        .filter(|law| law != "V3" && law != "V4")
        .collect();
    let part = laws.iter().filter(|law| orders.contains(&law.as_str())).count();
    Ratio { part: whole(part), whole: whole(laws.len()) }.times(100)
}

fn neet(figures: &Figures, year: Year) -> String {
    let of = |outcomes: &[Outcome]| figures.cases_of_year("O6.M9", year, outcomes);
    Ratio { part: of(&[Outcome::Counted]), whole: of(&[Outcome::Counted, Outcome::NotCounted]) }.times(100)
}

fn weeks(figures: &Figures, year: Year) -> String {
    let days = |row: &Row| {
        let (issued, concluded) = (date(row, "issue_date")?, date(row, "concluded_date")?);
        Some(days_between(issued, concluded)).filter(|days| *days >= 0)
    };
    let concluded = figures.dated(Table::CareProceedings, "concluded_date", year);
    let taken: Vec<i64> = concluded.iter().filter_map(days).collect();
    Ratio { part: taken.iter().sum(), whole: 7 * whole(taken.len()) }.times(1)
}

fn agency(figures: &Figures, year: Year) -> String {
    let census = NaiveDate::from_ymd_opt(year.0, 9, 30).unwrap_or_default();
    let workers = figures.open(Table::Workers, census);
    let is_agency = |row: &&Row| row.get("agency").is_some_and(|agency| agency == "true");
    let part: i64 = workers.iter().filter(is_agency).map(shares::hundredths).sum();
    Ratio { part, whole: workers.iter().map(shares::hundredths).sum() }.times(100)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
