//! The ids of the dataset: whole numbers, which without their millions are those of the authority's own ids.

use csc_measures::tables::Table;

use crate::council::prefix;

/// Apart from each other by so much, the numbers of different things never meet, and all of a kind are as long as
/// each other, so that two of them put together can be read in one way only.
const APART: u64 = 10_000_000;
/// People.
const PEOPLE: u64 = APART;
/// People whose records were merged into those of others.
const MERGED: u64 = 9 * APART;
/// What the dataset has besides: rows that no table of the authority has.
const BESIDES: u64 = 90 * APART;
/// Periods of care.
const CARE: u64 = 91 * APART;
/// Homes of carers.
const HOMES: u64 = 92 * APART;
/// Homes of which no carers are told.
const LONE_HOMES: u64 = 93 * APART;
/// Nothing: whatever has such a number leads nowhere.
const NOWHERE: u64 = 94 * APART;
/// Meetings.
const MEETINGS: u64 = 95 * APART;

/// The number in an id, after the letters before it.
fn after(letters: &str, id: &str) -> Option<u64> {
    id.strip_prefix(letters)?.parse().ok()
}

/// A number of a kind; an id of another form stays as it is.
fn number_or(number: Option<u64>, kind: u64, id: &str) -> String {
    number.map_or_else(|| id.to_owned(), |number| (kind + number).to_string())
}

/// The number of a row of a table, without its millions.
pub(super) fn number(table: Table, id: &str) -> u64 {
    after(&prefix(table.name()), id).unwrap_or_default()
}

/// The id of a row of a table.
pub(super) fn row(table: Table, id: &str) -> String {
    number_or(after(&prefix(table.name()), id), kind(table), id)
}

/// The id of the row of a number, in a table whose own rows have none.
pub(super) fn nth(table: Table, number: u64) -> String {
    (kind(table) + number).to_string()
}

/// Where the numbers of a table begin; the first places are for people.
const fn kind(table: Table) -> u64 {
    (20 + table as u64) * APART
}

/// The number of a person, without its millions.
pub(super) fn person_number(id: &str) -> u64 {
    after("P", id).unwrap_or_default()
}

/// The id of a person.
pub(super) fn person(id: &str) -> String {
    match after("M", id) {
        Some(number) => (MERGED + number).to_string(),
        None => number_or(after("P", id), PEOPLE, id),
    }
}

/// The id of a period of care.
pub(super) fn care(id: &str) -> String {
    number_or(after("CARE", id), CARE, id)
}

/// The id of a home, by its carers or else by the placement.
pub(super) fn home(carer: &str, placement: &str) -> String {
    if carer.is_empty() {
        number_or(Some(number(Table::ClaPlacements, placement)), LONE_HOMES, placement)
    } else {
        number_or(after("HOME", carer), HOMES, carer)
    }
}

/// The id of a meeting, by the number of the conference that it was.
pub(super) fn meeting(number: u64) -> String {
    (MEETINGS + number).to_string()
}

/// The id of a row that no table of the authority has.
pub(super) fn besides(number: u64) -> String {
    (BESIDES + number).to_string()
}

/// An id that exists nowhere.
pub(super) fn nowhere(number: u64) -> String {
    (NOWHERE + number).to_string()
}

/// An id of one of the authority's own tables as the dataset has it; a field that is none stays as it is.
pub(super) fn translated(table: Table, column: &str, text: &str) -> String {
    let is_own =
        table.ssd_name().is_some() && table.columns().first().is_some_and(|first| first.name == column);
    let of = match column {
        "person_id" => return person(text),
        "cla_id" => return care(text),
        "referral_id" => Table::Referrals,
        "s47_enquiry_id" => Table::Section47Enquiries,
        "cp_plan_id" => Table::CpPlans,
        "placement_id" => Table::ClaPlacements,
        "worker_id" => Table::Workers,
        _ if is_own => table,
        _ => return text.to_owned(),
    };
    row(of, text)
}
