//! Columns under misspelt names: no figure changes without a warning that names the column.

use csc_measures::tables::{Need, Table};
use csc_measures::{ColumnState, Dataset, MeasureResult, Month, Scorecard, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::engine::{dataset, options};
use crate::random::{Question, question};

fn card(question: &Question, dataset: &Dataset) -> Scorecard {
    let month = |text: &str| text.parse::<Month>().unwrap();
    dataset.scorecard(month(&question.from), month(&question.to), &options(&question.input)).unwrap()
}

/// What a result says of the data, its warnings left out.
fn figure(result: &MeasureResult) -> Value {
    let mut value = serde_json::to_value(result).unwrap();
    value["warnings"] = json!(null);
    value
}

/// Whether a result says that a column is not there.
fn tells_of(result: &MeasureResult, table: Table, column: &str) -> bool {
    let name = format!("{table}.{column}");
    let warnings = match column {
        "end_date" => format!("no_end_dates:{table}"),
        "seen" => format!("seen_not_recorded:{table}"),
        _ => format!("no_column:{name}"),
    };
    (result.status == Status::NotSupplied && result.missing_tables.contains(&name))
        || result.warnings.contains(&warnings)
        || result.warnings.contains(&format!("without:{name}"))
        || result.warnings.contains(&format!("derived:{column}"))
}

/// One letter more: a near miss of the name.
fn near(name: &str) -> String {
    format!("{name}x")
}

/// At least four letters otherwise.
fn beyond_recognition(name: &str) -> String {
    name.chars().map(|letter| if letter == '_' { '_' } else { 'q' }).collect::<String>() + "qqqq"
}

fn check(seed: u64, misspell: impl Fn(&str) -> String, is_near: bool) -> Result<(), TestCaseError> {
    let given = question(seed, false);
    let before = card(&given, &dataset(&given.input, usize::MAX));
    for (name, text) in &given.input.tables {
        let table = Table::by_name(name).unwrap();
        for (place, header) in text.header.iter().enumerate() {
            let Some(column) = table.column(header) else { continue };
            let column = &table.columns()[column];
            if column.need != Need::Optional {
                continue;
            }
            let mut other = question(seed, false);
            let misspelt = misspell(header);
            other.input.tables.get_mut(name).unwrap().header[place] = misspelt.clone();
            let data = dataset(&other.input, usize::MAX);
            let reports = data.columns();
            let report = reports.iter().find(|report| report.given_as.as_deref() == Some(&misspelt)).unwrap();
            prop_assert_eq!(report.state, ColumnState::Unknown);
            if is_near {
                prop_assert!(report.near_miss().is_some(), "{}.{}", table, misspelt);
            }
            let after = card(&other, &data);
            for (was, is) in before.results().iter().zip(after.results()) {
                let is_told = figure(was) == figure(is) || tells_of(is, table, column.name);
                let (measure, month) = (&is.measure, is.month);
                prop_assert!(is_told, "seed {}: {} in {} by {}.{}", seed, measure, month, table, column.name);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn a_near_miss_is_reported_and_no_figure_changes_unseen(seed in any::<u64>()) {
        check(seed, near, true)?;
    }

    #[test]
    fn a_name_beyond_recognition_changes_no_figure_unseen(seed in any::<u64>()) {
        check(seed, beyond_recognition, false)?;
    }
}
