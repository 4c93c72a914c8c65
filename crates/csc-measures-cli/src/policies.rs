//! The policies by which figures are counted, where they are not the library's defaults.

use csc_measures::due::DueList;
use csc_measures::plan::{Plan, PlanRow, RowId};
use csc_measures::{Policy, Scorecard};

/// The policies of a run that are not the defaults, and those that rows of the plan have of their own.
pub(crate) fn of_run(policy: &Policy, plan: &Plan) -> String {
    let rows = plan.rows().iter().filter(|row| row.is_printed()).filter_map(|row| {
        let own = listed(row.own_policies());
        (!own.is_empty()).then(|| format!("; of {}: {own}", row.id()))
    });
    different(policy) + &rows.collect::<String>()
}

/// The policies of a due list: a built-in plan has no rows with policies of their own.
pub(crate) fn of_due_list(list: &DueList) -> String {
    match &list.plan_definition {
        Some(plan) => of_run(&list.policy, plan),
        None => different(&list.policy),
    }
}

/// The policies of a run that are not the defaults, and those that one row has of its own.
pub(crate) fn of_row(policy: &Policy, row: &PlanRow) -> String {
    let own = listed(row.own_policies());
    let own = if own.is_empty() { String::new() } else { format!("; of this row: {own}") };
    different(policy) + &own
}

/// The changed policies of each row whose figures they change, in words, as they follow its title.
pub(crate) fn in_words(card: &Scorecard) -> Vec<(RowId, String)> {
    let rows = card.plan().rows().iter().zip(card.titles());
    rows.filter_map(|(row, (id, title))| {
        let words = title.strip_prefix(row.title())?.trim();
        (!words.is_empty()).then(|| (id, words.to_owned()))
    })
    .collect()
}

fn different(policy: &Policy) -> String {
    let changes = listed(policy.changes());
    if changes.is_empty() { "the defaults".to_owned() } else { changes }
}

fn listed<'a>(policies: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let each: Vec<String> = policies.into_iter().map(|(key, value)| format!("{key} = {value}")).collect();
    each.join(", ")
}
