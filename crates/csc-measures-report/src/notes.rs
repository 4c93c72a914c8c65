//! What is to be known of a figure besides: warnings in words.

use csc_measures::measures::PeriodKind;
use csc_measures::{MeasureResult, Month, Status};

use crate::figures::Measured;
use crate::words::{day, listed, month};

const NO_COLUMN: &str = "no_column:";

/// The notes on the last figure of a measure, each a sentence.
pub(crate) fn notes(measure: &Measured<'_>, last: Month) -> Vec<String> {
    let Some(line) = measure.last() else { return Vec::new() };
    let result = line.result;
    let mut notes = Vec::new();
    if let Some(other) = measure.row.alias_of() {
        notes.push(format!("This is the same figure as {other}."));
    }
    if result.month != last {
        let of = if measure.row.period() == PeriodKind::Quarter { "the quarter to " } else { "" };
        notes.push(format!("The last figure is of {of}{}.", month(result.month)));
    }
    match result.all_met.flatten() {
        Some(true) => notes.push("All are met.".to_owned()),
        Some(false) => notes.push("Not all are met.".to_owned()),
        None => {}
    }
    for text in of_result(result) {
        if !notes.contains(&text) {
            notes.push(text);
        }
    }
    notes
}

/// The warnings of a result in words, each a sentence.
pub(crate) fn of_result(result: &MeasureResult) -> Vec<String> {
    // The title says which policies were changed, in words.
    let is_said = |warning: &&String| !warning.starts_with("policy:") && !warning.starts_with(NO_COLUMN);
    // A figure that is not there says why by itself.
    let is_reason = |warning: &&String| {
        result.status == Status::NotSupplied
            && ["not_enough:", "no_history:"].iter().any(|start| warning.starts_with(start))
    };
    let warnings = result.warnings.iter().filter(is_said).filter(|warning| !is_reason(warning));
    let mut notes: Vec<String> = warnings.map(|warning| sentence(warning)).collect();
    let absent = result.warnings.iter().filter_map(|warning| warning.strip_prefix(NO_COLUMN));
    let absent: Vec<String> = absent.map(|column| format!("`{column}`")).collect();
    match absent.as_slice() {
        [] => {}
        [one] => notes.push(format!("There is no column {one}: it is treated as not recorded.")),
        several => {
            notes
                .push(format!("There are no columns {}: they are treated as not recorded.", listed(several)));
        }
    }
    notes
}

fn sentence(warning: &str) -> String {
    match warning.split_once(':') {
        None if warning == "small_numbers" => {
            "There are few cases: the figure moves much by chance.".to_owned()
        }
        None if warning == "short_history" => {
            "The data do not reach as far back as the measure looks.".to_owned()
        }
        Some(("as_at", rest)) => match rest.split_once(':') {
            Some((table, date)) => {
                let date = date.parse().map_or_else(|_| date.to_owned(), day);
                format!("The table `{table}` is as at {date} alone.")
            }
            None => format!("`{warning}`"),
        },
        Some(("without", "persons")) => {
            "There is no table `persons`: everybody is taken for a living child of unknown age.".to_owned()
        }
        Some(("without", table)) => format!("There is no table `{table}`: it is treated as empty."),
        Some(("no_end_dates", table)) => {
            format!("The table `{table}` has no end dates: everything in it is treated as open.")
        }
        Some(("seen_not_recorded", table)) => format!(
            "The table `{table}` has no column `seen`: the child is assumed to be seen at every visit."
        ),
        Some(("no_rows_used", table)) => format!("None of the rows of the table `{table}` is used."),
        Some(("derived", what)) => {
            format!("`{what}` was not supplied and is worked out from other columns.")
        }
        Some(("rows_out", table)) => {
            format!("More than one in twenty of the rows of the table `{table}` are left out.")
        }
        Some(("nothing_understood", column)) => {
            format!("None of the values of the column `{column}` is understood.")
        }
        Some(("never_null", column)) => {
            format!("The column `{column}` is never empty: a `no` in it may mean `not recorded`.")
        }
        Some(("spells_merged", table)) => {
            format!("In the table `{table}` nobody has one status twice, so spells may be too long.")
        }
        Some(("after_data", table)) => {
            format!("The table `{table}` has no rows as late as the month: it may end before the month does.")
        }
        Some(("closed", year)) => {
            format!("The closures close more than half of the working days of {year}.")
        }
        Some(("unknown_team", team)) => {
            format!("No table has the team `{team}` that `front_door_teams` names.")
        }
        Some(("not_enough", table)) => {
            format!("The table `{table}` does not hold what the measure reads from it.")
        }
        Some(("no_history", table)) => {
            format!("The table `{table}` does not reach as far back as the measure looks.")
        }
        _ => format!("`{warning}`"),
    }
}

/// Why a result has no figure: `needs the tables cp_visits`.
pub(crate) fn no_figure(result: &MeasureResult) -> String {
    let warned = |table: &str| {
        result.warnings.iter().find_map(|warning| match warning.split_once(':')? {
            ("not_enough", of) if of == table => {
                Some(format!("`{table}` does not hold what the measure reads from it"))
            }
            ("no_history", of) if of == table => {
                Some(format!("`{table}` does not reach as far back as the measure looks"))
            }
            ("as_at", rest) => {
                let (of, date) = rest.split_once(':')?;
                (of == table).then(|| format!("`{table}` is as at {date} alone"))
            }
            _ => None,
        })
    };
    let (mut told, mut needed) = (Vec::new(), Vec::new());
    for table in &result.missing_tables {
        match warned(table) {
            Some(reason) => told.push(reason),
            None => needed.push(format!("`{table}`")),
        }
    }
    if !needed.is_empty() {
        told.insert(0, format!("it needs {}", listed(&needed)));
    }
    told.join("; ")
}
