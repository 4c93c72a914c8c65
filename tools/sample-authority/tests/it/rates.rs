//! How near the rates of the county are to those published for England, by the page, which another test keeps up to date.

use std::fs;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sample-authority.md");

/// The years of a rate that are compared with what is published.
#[derive(Clone, Copy)]
enum Of {
    /// 2016-17 alone.
    Year,
    /// The mean of the five years from 2015-16 on. The first year is left out, as it has no year before it.
    Years,
}

/// A rate that is published for England, and how far from it the county's may be, in its own unit.
struct Published {
    title: &'static str,
    of: Of,
    low: f64,
    high: f64,
    tolerance: f64,
}

const fn published(title: &'static str, of: Of, rate: f64, tolerance: f64) -> Published {
    Published { title, of, low: rate, high: rate, tolerance }
}

const RATES: [Published; 18] = [
    // Chance alone moves the larger numbers by two in a hundred, and the smaller ones by four.
    published("Referrals per 10,000 under-18s", Of::Year, 553.6, 11.0),
    published("Assessments authorised per 10,000 (O2.M2)", Of::Year, 520.0, 10.5),
    published("Section 47 enquiries per 10,000", Of::Year, 159.1, 5.0),
    published("Initial conferences per 10,000", Of::Year, 65.9, 2.5),
    published("Child protection plans started per 10,000", Of::Year, 56.9, 2.5),
    published("Assessments done on the day, %", Of::Years, 2.8, 0.5),
    Published {
        title: "Working days of an assessment, lower quartile",
        of: Of::Years,
        low: 15.0,
        high: 17.0,
        tolerance: 0.5,
    },
    Published {
        title: "Working days of an assessment, median",
        of: Of::Years,
        low: 29.0,
        high: 32.0,
        tolerance: 0.5,
    },
    published("Conferences in 10 working days, %", Of::Years, 15.5, 1.5),
    published("Agency workers at 30 September, % of FTE", Of::Years, 15.8, 3.0),
    // Some forty workers leave in a year, so that six more or fewer are chance.
    published("Turnover to 30 September, % of FTE", Of::Years, 13.4, 3.0),
    // A county looks after some 800 children, and brothers and sisters are of one ethnicity.
    published("Of those looked after, boys, %", Of::Years, 56.0, 2.0),
    published("White, %", Of::Years, 75.0, 3.0),
    published("Mixed, %", Of::Years, 9.0, 2.0),
    published("Black, %", Of::Years, 7.0, 2.0),
    published("Asian, %", Of::Years, 5.0, 1.5),
    published("Of other ethnic groups, %", Of::Years, 3.0, 1.5),
    published("Children in need at 31 March who are disabled, %", Of::Years, 13.0, 1.5),
];

/// The years of a rate in the table of the page.
fn years(page: &str, title: &str) -> Vec<f64> {
    let start = format!("| {title} | ");
    let line = page.lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_default().split(" | ").take(6).map(|field| field.parse().unwrap()).collect()
}

fn mean(numbers: &[f64]) -> f64 {
    let count: f64 = numbers.iter().map(|_| 1.0).sum();
    numbers.iter().sum::<f64>() / count
}

#[test]
fn rates_are_near_those_published_for_england() {
    let page = fs::read_to_string(PAGE).unwrap();
    for Published { title, of, low, high, tolerance } in RATES {
        let years = years(&page, title);
        let rate = match of {
            Of::Year => years[2],
            Of::Years => mean(&years[1..]),
        };
        assert!(
            (low - tolerance..=high + tolerance).contains(&rate),
            "{title}: {rate}, published {low} to {high}"
        );
    }
}

#[test]
fn conferences_pile_up_on_the_last_days_in_time() {
    let page = fs::read_to_string(PAGE).unwrap();
    let late = years(&page, "Conferences on the 13th to 15th working day, %");
    let early = years(&page, "Conferences in 10 working days, %");
    // Three days have more than twice what the first ten have, in every year.
    assert!(late.iter().zip(&early).all(|(late, early)| *late > 2.0 * early), "{late:?} {early:?}");
}
