//! How many of the improvements that the generator plants are signals within a year, as docs/signals.md has it.
//!
//! `WRITE_SIGNALS=1 cargo test -p sample-authority --test it signals::` writes the table anew.

use std::fmt::Write as _;
use std::fs;

use csc_measures::measures::{Better, Unit};
use csc_measures::plan::PlanRow;
use csc_measures::signals::{Rounded, SignalPoint, Signals, Variation};
use csc_measures::{Dataset, Month, Options, Plan, Scorecard};
use csc_measures_files::read_folder;
use serde_json::json;

use crate::sample::COMMITTED;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/signals.md");
const BEGIN: &str = "<!-- improvements: written by tools/sample-authority/tests/it/signals.rs -->";
const END: &str = "<!-- end of improvements -->";

/// The report is out on 24 January.
const AFTER_THE_REPORT: &str = "2017-02";
/// More audits are asked for from the first month after the inspection.
const AFTER_THE_INSPECTION: &str = "2016-12";
const EXTRACT: &str = "2020-03";

/// The months before the change, which are the baseline.
const BEFORE: u16 = 24;

/// What is better by a rate or a number of the generator's own, by its row in the default plan, or else in that of
/// all measures.
const PLANTED: [&str; 30] = [
    "O1.M4",
    "O1.M7",
    "O2.M1",
    "O2.M3",
    "O3.M1",
    "O3.M2",
    "O3.M3",
    "O3.M4",
    "O3.M4.seen_alone",
    "O3.M5",
    "O3.M5.seen_alone",
    "O3.M6",
    "O3.M7",
    "O3.M7.seen_alone",
    "O3.M8",
    "O3.M9",
    "O3.M10",
    "O4.M3",
    "O5.M1",
    "O5.M2",
    "O5.M3",
    "O5.M4.percent",
    "O6.M5",
    "O6.M10",
    "O6.M10.ten_working_days",
    "O6.M11",
    "O6.M12",
    "O7.M4",
    "return_interviews_in_time",
    "health_assessments_in_time",
];

/// Those whose cases stay from month to month.
const LEVELS: [&str; 7] = ["O1.M4", "O2.M1", "O3.M1", "O4.M3", "O6.M5", "O6.M11", "O6.M12"];

fn planted(id: &str) -> Month {
    let month = if matches!(id, "O3.M8" | "O3.M9") { AFTER_THE_INSPECTION } else { AFTER_THE_REPORT };
    month.parse().unwrap()
}

fn plan(id: &str) -> Plan {
    let default = Plan::default();
    if default.row(id).is_ok() { default } else { Plan::all_measures() }
}

/// The scorecard from the months before the change to a month.
fn card(dataset: &Dataset, id: &str, to: Month) -> Scorecard {
    let mut asked = json!({"signals": true, "baseline": BEFORE});
    if LEVELS.contains(&id) {
        asked["chart"] = json!({id: "level"});
    }
    let mut options: Options = serde_json::from_value(asked).unwrap();
    options.plan = plan(id);
    options.measures = Some(vec![id.to_owned()]);
    dataset.scorecard(planted(id).plus(-i32::from(BEFORE)), to, &options).unwrap()
}

fn signals(card: &Scorecard, id: &str) -> Option<Signals> {
    card.signals().iter().find(|signals| signals.measure.as_str() == id).cloned()
}

/// The month by which a chart shows an improvement, and the marks that it shows.
fn found(dataset: &Dataset, id: &str, by: Month) -> Option<(Month, Vec<&'static str>)> {
    let start = planted(id);
    (0..=by.since(start)).map(|step| start.plus(step)).find_map(|to| {
        let signals = signals(&card(dataset, id, to), id)?;
        let is_found =
            |point: &&SignalPoint| point.month >= start && point.variation == Variation::Improvement;
        let first = signals.points.iter().find(is_found)?;
        Some((to, first.marks.iter().map(|mark| mark.as_str()).collect()))
    })
}

/// What the year from a month on is, of all its cases.
#[derive(Default)]
struct Year {
    part: i64,
    whole: i64,
}

fn year(card: &Scorecard, id: &str) -> Year {
    let mut year = Year::default();
    for result in (0..12).filter_map(|step| card.result(id, planted(id).plus(step))) {
        year.part += result.numerator.map_or(0, |amount| amount.thousandths());
        // A count is of its month.
        year.whole += result.denominator.map_or(1000, |amount| amount.thousandths());
    }
    year
}

/// To one decimal.
fn tenths(number: f64) -> String {
    format!("{number:.1}")
}

#[expect(clippy::cast_precision_loss, reason = "numbers of cases")]
impl Year {
    fn value(&self, row: &PlanRow) -> f64 {
        let scale = if row.unit() == Unit::Percent { 100.0 } else { 1.0 };
        scale * self.part as f64 / self.whole as f64
    }

    fn cases_a_month(&self, row: &PlanRow) -> f64 {
        let cases = if row.unit() == Unit::Percent { self.whole } else { self.part };
        cases as f64 / 12_000.0
    }
}

/// Why a year without a signal had none.
fn why(row: &PlanRow, before: f64, now: f64, last: &SignalPoint) -> &'static str {
    let is_lower = row.better() == Better::Lower;
    let is_better = if is_lower { now < before } else { now > before };
    let is_at = |limit: Option<Rounded>, end: i64| limit.is_some_and(|limit| limit.thousandths() == end);
    if !is_better {
        "no better yet: it began from worse than the 24 months"
    } else if is_lower && is_at(last.low, 0) {
        "the limits reach 0, which no month can be outside"
    } else if row.unit() == Unit::Percent && !is_lower && is_at(last.high, 100_000) {
        "the limits reach 100, which no month can be outside"
    } else {
        "better by less than its ups and downs"
    }
}

fn table() -> String {
    let dataset = read_folder(COMMITTED).unwrap();
    let extract: Month = EXTRACT.parse().unwrap();
    let mut lines = String::new();
    let (mut charts, mut of_charts, mut levels, mut of_levels, mut later) = (0, 0, 0, 0, 0);
    for id in PLANTED {
        let plan = plan(id);
        let row = plan.row(id).unwrap();
        let start = planted(id);
        let last = start.plus(11);
        let card = card(&dataset, id, last);
        let year = year(&card, id);
        let now = year.value(row);
        let Some(signals) = signals(&card, id) else {
            charts += 1;
            let _ = writeln!(
                lines,
                "| `{id}` | – | {start} | – | {} | {} | no; fewer than twelve months have a figure |",
                tenths(now),
                tenths(year.cases_a_month(row))
            );
            continue;
        };
        let before = signals.stretches[0].centre.as_f64();
        let is_level = LEVELS.contains(&id);
        *(if is_level { &mut levels } else { &mut charts }) += 1;
        let said = match found(&dataset, id, extract) {
            Some((month, marks)) if month <= last => {
                *(if is_level { &mut of_levels } else { &mut of_charts }) += 1;
                let marks: Vec<String> = marks.iter().map(|mark| format!("`{mark}`")).collect();
                format!("**{month}**, {}", marks.join(", "))
            }
            other => {
                let why = why(row, before, now, signals.points.last().unwrap());
                later += usize::from(other.is_some());
                let then =
                    other.map_or_else(|| format!("nor by {extract}"), |(month, _)| format!("but by {month}"));
                format!("no, {then}; {why}")
            }
        };
        let _ = writeln!(
            lines,
            "| `{id}` | `{}` | {start} | {} | {} | {} | {said} |",
            signals.chart,
            tenths(before),
            tenths(now),
            tenths(year.cases_a_month(row))
        );
    }
    let summary = format!(
        "Of {} planted improvements {} are signals within twelve months: {of_charts} of the {charts} that have a \
         chart of their own, {of_levels} of the {levels} that are charted as a level. {later} more are by {extract}.",
        PLANTED.len(),
        of_charts + of_levels,
    );
    format!(
        "{summary}\n\n| Measure | Chart | Planted | Before | In the year | Cases a month | A signal within twelve \
         months |\n|---|---|---|---:|---:|---:|---|\n{lines}"
    )
}

#[test]
fn the_page_has_which_planted_improvements_are_signals() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (head, rest) = page.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let renewed = format!("{head}{BEGIN}\n\n{}\n{END}{tail}", table());
    if std::env::var_os("WRITE_SIGNALS").is_some() {
        fs::write(PAGE, renewed).unwrap();
    } else {
        assert_eq!(page, renewed, "WRITE_SIGNALS=1 writes it anew");
    }
}
