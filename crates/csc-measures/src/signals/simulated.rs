//! How often a chart marks months of a service that does not change: the table of `docs/signals.md`.

use super::measure_signals::{Asked, signals};
use super::series::{Figure, Series};
use crate::measures::{Better, Unit};
use crate::plan::Plan;
use crate::time::Month;
use crate::value::Amount;

/// Numbers that look like chance and are the same on every machine (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// How many of some cases count, each with a chance in a thousand.
    fn count_of(&mut self, cases: i64, in_a_thousand: u64) -> i64 {
        (0..cases).map(|_| i64::from(self.next() % 1000 < in_a_thousand)).sum()
    }

    /// How many cases come in a month, so many on average: each of a thousand children has a small chance.
    fn cases(&mut self, mean: u64) -> i64 {
        self.count_of(1000, mean)
    }

    /// A number about a middle, with the spread of twelve dice.
    fn about(&mut self, middle: i64) -> i64 {
        middle - 6 * 99 + (0..12).map(|_| i64::try_from(self.next() % 199).unwrap()).sum::<i64>() - 6 * 99
    }
}

const SERIES: u32 = 1000;
const MONTHS: i32 = 36;

/// What is simulated: the unit, how many cases a month has, and the numerator of a month.
type Kind = (&'static str, Unit, i64, fn(&mut Chance) -> i64);

const KINDS: [Kind; 12] = [
    ("a percentage about 50 %, of 5", Unit::Percent, 5, |chance| chance.count_of(5, 500)),
    ("a percentage about 50 %, of 20", Unit::Percent, 20, |chance| chance.count_of(20, 500)),
    ("a percentage about 50 %, of 200", Unit::Percent, 200, |chance| chance.count_of(200, 500)),
    ("a percentage about 90 %, of 5", Unit::Percent, 5, |chance| chance.count_of(5, 900)),
    ("a percentage about 90 %, of 20", Unit::Percent, 20, |chance| chance.count_of(20, 900)),
    ("a percentage about 90 %, of 200", Unit::Percent, 200, |chance| chance.count_of(200, 900)),
    ("a percentage about 98 %, of 20", Unit::Percent, 20, |chance| chance.count_of(20, 980)),
    ("a count about 1", Unit::Count, 0, |chance| chance.cases(1)),
    ("a count about 4", Unit::Count, 0, |chance| chance.cases(4)),
    ("a count about 20", Unit::Count, 0, |chance| chance.cases(20)),
    ("a count about 100", Unit::Count, 0, |chance| chance.cases(100)),
    ("an average, spread evenly about it", Unit::Average, 100, |chance| chance.about(5000)),
];

fn counted(cases: i64) -> Amount {
    Amount::count(u32::try_from(cases).unwrap())
}

/// Of a thousand series how many have a mark, and of all their points how many.
fn marked(unit: Unit, cases: i64, numerator: fn(&mut Chance) -> i64) -> (u32, usize) {
    let plan = Plan::worcestershire_2017();
    let measure = plan.row("O3.M10").unwrap().id();
    let first: Month = "2015-01".parse().unwrap();
    let mut chance = Chance(cases.unsigned_abs());
    let (mut series_marked, mut points_marked) = (0, 0);
    for _ in 0..SERIES {
        let figures: Vec<Figure> = (0..MONTHS)
            .map(|step| Figure {
                month: first.plus(step),
                unit,
                numerator: counted(numerator(&mut chance)),
                denominator: (cases > 0).then(|| counted(cases)),
            })
            .collect();
        let series = Series {
            measure,
            unit,
            better: Better::Higher,
            hangs_together: false,
            may_pass_100: false,
            target: None,
            figures,
        };
        let found = signals(&series, Asked::default()).unwrap();
        let points = found.points.iter().filter(|point| !point.marks.is_empty()).count();
        points_marked += points;
        series_marked += u32::from(points > 0);
    }
    (series_marked, points_marked)
}

#[test]
fn a_service_that_does_not_change_is_seldom_marked_and_the_page_says_how_often() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/signals.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (mut missing, mut often) = (Vec::new(), Vec::new());
    for (name, unit, cases, numerator) in KINDS {
        let (series, points) = marked(unit, cases, numerator);
        // Averages have no cases to reckon a chance from.
        let most = if unit == Unit::Average { 300 } else { 170 };
        if series > most {
            often.push(format!("{name}: {series} of {SERIES} series have a mark"));
        }
        let in_a_thousand = points.div_ceil(usize::try_from(MONTHS).unwrap());
        let line = format!("| {name} | {}.{} % | {in_a_thousand} |", series / 10, series % 10);
        if !page.contains(&line) {
            missing.push(line);
        }
    }
    assert!(missing.is_empty(), "the table of docs/signals.md is to have\n{}", missing.join("\n"));
    assert!(often.is_empty(), "{}", often.join("\n"));
}
