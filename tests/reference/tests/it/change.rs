//! Why figures moved: the parts add up to the difference, for every measure and pair of months.

use csc_measures::{Change, Scorecard};

use crate::random;
use crate::rows::{months, options, scorecard};

/// Random authorities, unless SEEDS says which.
const SEEDS: std::ops::Range<u64> = 0..60;

/// A difference of two values worked out from the sums that results show, as a fraction.
fn difference(change: &Change) -> Option<(i128, i128)> {
    let value = |side: &csc_measures::Side| {
        side.value?;
        let over = i128::from(side.numerator?.thousandths());
        let under = side.denominator.map_or(1000, |amount| amount.thousandths().into());
        let scale = if change.unit.as_str() == "percent" { 100 } else { 1 };
        Some((over * scale, under))
    };
    let ((a, b), (c, d)) = (value(&change.before)?, value(&change.after)?);
    Some((c * b - a * d, b * d))
}

fn holds(change: &Change, of: &str) {
    assert_eq!(change.difference.is_some(), difference(change).is_some(), "{of}");
    let (Some(whole), Some((over, under))) = (change.difference, difference(change)) else {
        assert!(change.moves.iter().all(|part| part.points.is_none()), "{of}");
        return;
    };
    let (numerator, denominator) = whole.exact();
    assert_eq!(numerator * under, over * denominator, "{of}: {change:?}");
    let parts: i128 = change.moves.iter().map(|part| part.points.unwrap().exact().0).sum();
    assert_eq!(parts, numerator, "{of}: the ways");
    let cases: i128 = change.cases.iter().map(|case| case.points.unwrap().exact().0).sum();
    assert_eq!(cases, numerator, "{of}: the cases");
    let moved: u64 =
        change.moves.iter().filter(|part| part.moved.as_str() != "stayed").map(|part| part.cases).sum();
    assert_eq!(moved as usize, change.cases.len(), "{of}");
}

#[test]
fn the_parts_of_a_change_add_up_to_it() {
    let mut seen = 0;
    for seed in SEEDS {
        let question = random::question(seed, false);
        let card = scorecard(&question);
        let (from, to) = months(&question);
        let ids: Vec<String> = card.plan().rows().iter().map(|row| row.id().to_string()).collect();
        let explained = card.explain_all(&ids, from, to).unwrap();
        for one in &explained {
            let alone = card.explain(&one.measure, one.month).unwrap();
            assert_eq!(*one, alone, "seed {seed}: {} in {}", one.measure, one.month);
        }
        let results = card.results();
        for before in results {
            for after in results.iter().filter(|after| after.measure == before.measure) {
                let change = card.change(&before.measure, before.month, after.month).unwrap();
                holds(&change, &format!("seed {seed}: {} {} {}", before.measure, before.month, after.month));
                seen += usize::from(!change.cases.is_empty());
                if before.month == after.month {
                    assert!(change.cases.is_empty(), "seed {seed}: {}", before.measure);
                }
            }
        }
    }
    assert!(seen > 1000, "only {seen} changes have cases");
}

#[test]
fn the_parts_of_what_another_dataset_says_add_up_to_it() {
    let mut seen = 0;
    for seed in SEEDS {
        let question = random::question(seed, false);
        let mut later = random::question(seed, false);
        for (place, table) in later.input.tables.iter_mut().enumerate() {
            let (_, table) = table;
            if table.rows.len() > 1 && place % 3 == seed as usize % 3 {
                table.rows.remove(seed as usize % table.rows.len());
            }
        }
        let (from, to) = months(&question);
        let card = scorecard(&question);
        let other: Scorecard =
            crate::rows::dataset(&later.input, |_, _| true).scorecard(from, to, &options(&question)).unwrap();
        for change in card.compare(&other).unwrap() {
            holds(&change, &format!("seed {seed}: {} in {}", change.measure, change.from));
            seen += 1;
        }
        assert!(card.compare(&card).unwrap().is_empty(), "seed {seed}");
    }
    assert!(seen > 100, "only {seen} figures differ");
}
