//! The tables that are made of the lists.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use csc_measures::Origin;
use csc_measures::tables::Lack;

use super::book::{AnnexA, FORM};
use super::lists::*;
use super::workbook::{Cell, ListRow, Sheet};
use crate::derived::{Derived, Value};

impl<'a> From<&'a Cell> for Value<'a> {
    fn from(cell: &'a Cell) -> Self {
        match cell {
            Cell::Empty => Self::Null,
            Cell::Text(text) => Self::Text(text),
            Cell::Unreadable => Self::Unreadable,
        }
    }
}

fn origin<'a>(row: &ListRow<'a>) -> Origin<'a> {
    Origin { source: row.source(), row: row.number() }
}

/// Ids of what one row of a list records of a child: the child and the day that it began. Several of one child
/// and day each have their own; a row that is there twice has one, and is reported.
#[derive(Default)]
struct Ids<'a>(BTreeMap<(&'a str, &'a str), BTreeMap<&'a [Cell], usize>>);

impl<'a> Ids<'a> {
    fn of(&mut self, row: ListRow<'a>, date: &str) -> String {
        let (child, day) = (row.text(CHILD), row.text(date));
        let same = self.0.entry((child, day)).or_default();
        let next = same.len() + 1;
        match *same.entry(row.cells()).or_insert(next) {
            1 => format!("{child}/{day}"),
            number => format!("{child}/{day}/{number}"),
        }
    }
}

fn tables<'a>(of: &'a AnnexA) -> Vec<Derived<'a>> {
    let mut tables = Vec::new();
    for sheet in &of.lists {
        tables.extend(match sheet.shape.list {
            List::Assessments => vec![assessments(sheet)],
            List::Enquiries => vec![section_47_enquiries(sheet), initial_conferences(sheet)],
            List::InNeed => in_need(sheet, of.as_at),
            List::Protection => protection(sheet),
            List::LookedAfter => looked_after(sheet, of.list(List::Adoption)),
            List::Leavers => vec![care_leavers(sheet)],
            List::Adoption => vec![permanence(sheet)],
            List::Contacts | List::EarlyHelp | List::Referrals | List::Adopters => Vec::new(),
        });
    }
    for table in &mut tables {
        table.as_at(of.as_at);
    }
    // Who a child is does not change with the day.
    tables.push(persons(of));
    tables
}

/// A row for each child. A second date of birth of a child in another list is a fault, and is reported.
fn persons(of: &AnnexA) -> Derived<'_> {
    let mut table = Derived::new("persons", &["person_id", "date_of_birth", "date_of_death"]);
    // By child and birth, none first; the first row of each.
    let mut children: BTreeMap<&str, BTreeMap<&Cell, ListRow<'_>>> = BTreeMap::new();
    let mut nameless = Vec::new();
    for row in of.lists.iter().flat_map(Sheet::rows) {
        match row.text(CHILD) {
            "" => nameless.push(row),
            child => {
                children.entry(child).or_default().entry(row.cell(BIRTH)).or_insert(row);
            }
        }
    }
    let deaths = of.deaths();
    for births in children.values_mut() {
        if births.len() > 1 {
            births.remove(&Cell::Empty);
        }
    }
    let mut rows: Vec<ListRow<'_>> = children.values().flat_map(BTreeMap::values).copied().collect();
    // Of two births the one that stands first in the workbook stands.
    rows.sort_by_key(|row| (row.text(CHILD), of.place(row)));
    for row in rows.iter().chain(&nameless) {
        let death = deaths.get(row.text(CHILD)).map_or(Value::Null, |death| {
            match has_died(death.cell(CARE_END_REASON)) {
                Some(_) => death.cell(CARE_END).into(),
                None => Value::Unreadable,
            }
        });
        table.push(origin(row), [row.cell(CHILD).into(), row.cell(BIRTH).into(), death]);
    }
    table
}

impl AnnexA {
    /// The tables that are made from the workbook.
    pub(crate) fn tables(&self) -> Vec<Derived<'_>> {
        tables(self)
    }

    /// The rows of looked after children who died in care, and of those of whom it cannot be told.
    fn deaths(&self) -> BTreeMap<&str, ListRow<'_>> {
        let rows = self.list(List::LookedAfter).into_iter().flat_map(Sheet::rows);
        let died = rows.filter(|row| has_died(row.cell(CARE_END_REASON)).is_none_or(|died| died));
        died.map(|row| (row.text(CHILD), row)).collect()
    }

    /// Where a row stands in the workbook.
    fn place(&self, row: &ListRow<'_>) -> (Option<usize>, u64) {
        (self.lists.iter().position(|sheet| sheet.source == row.source()), row.number())
    }
}

/// Whether a period of care ended by the child's death; `None` if the reason cannot be read.
fn has_died(reason: &Cell) -> Option<bool> {
    match reason {
        Cell::Empty => Some(false),
        Cell::Text(text) => Some(code(text) == "E2" || text.to_lowercase().contains("died")),
        Cell::Unreadable => None,
    }
}

/// Those begun or authorised in the six months before: too short a past for assessments that came again.
fn assessments(sheet: &Sheet) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["assessment_id", "person_id", "start_date", "authorised_date"];
    let mut table = Derived::new("assessments", &COLUMNS);
    table.lacks(Lack::EarlierRows);
    let mut ids = Ids::default();
    for row in sheet.rows() {
        table.push(
            origin(&row),
            [
                Value::Made(ids.of(row, ASSESSMENT_START)),
                row.cell(CHILD).into(),
                row.cell(ASSESSMENT_START).into(),
                row.cell(AUTHORISED).into(),
            ],
        );
    }
    table
}

fn section_47_enquiries(sheet: &Sheet) -> Derived<'_> {
    let mut table = Derived::new("section_47_enquiries", &["s47_enquiry_id", "person_id", "start_date"]);
    let mut ids = Ids::default();
    for row in sheet.rows() {
        let own = Value::Made(ids.of(row, STRATEGY));
        table.push(origin(&row), [own, row.cell(CHILD).into(), row.cell(STRATEGY).into()]);
    }
    table
}

/// Those held, and those to come: of an enquiry for which none was held, nor deemed unnecessary.
fn initial_conferences(sheet: &Sheet) -> Derived<'_> {
    const COLUMNS: [&str; 4] = ["icpc_id", "person_id", "s47_enquiry_id", "date"];
    let mut table = Derived::new("initial_conferences", &COLUMNS);
    let mut ids = Ids::default();
    for row in sheet.rows() {
        let enquiry = ids.of(row, STRATEGY);
        let is_held = *row.cell(CONFERENCE) != Cell::Empty;
        let date = match is_unnecessary(row.cell(UNNECESSARY)) {
            _ if is_held => row.cell(CONFERENCE).into(),
            Answer::No => Value::Null,
            Answer::Yes => continue,
            // Whether there is one to come cannot be told.
            Answer::Unreadable => Value::Unreadable,
        };
        table.push(
            origin(&row),
            [Value::Made(format!("{enquiry}/icpc")), row.cell(CHILD).into(), Value::Made(enquiry), date],
        );
    }
    table
}

enum Answer {
    Yes,
    No,
    Unreadable,
}

/// Whether a conference was deemed unnecessary. Where nothing is said, none is waited for.
fn is_unnecessary(cell: &Cell) -> Answer {
    match cell {
        Cell::Empty => Answer::Yes,
        Cell::Unreadable => Answer::Unreadable,
        Cell::Text(text) => match text.to_lowercase().as_str() {
            "no" | "n" | "0" | "false" => Answer::No,
            "yes" | "y" | "1" | "true" | "unknown" | "not known" | "n/a" | "na" | "none" | "null" | "-" => {
                Answer::Yes
            }
            _ => Answer::Unreadable,
        },
    }
}

/// The children whose case is a child in need plan, from the day they came to be in need, and when they were last
/// seen. Those who are looked after, have a child protection plan, are being assessed or are closed have no such
/// plan.
fn in_need(sheet: &Sheet, as_at: NaiveDate) -> Vec<Derived<'_>> {
    const PLANS: [&str; 4] = ["cin_plan_id", "person_id", "start_date", "end_date"];
    let mut plans = Derived::new("cin_plans", &PLANS);
    let mut visits = Derived::new("cin_visits", &["cin_visit_id", "person_id", "date", "seen"]);
    let mut ids = Ids::default();
    for row in sheet.rows() {
        let start = row.cell(IN_NEED_START).into();
        let end = match has_plan(row.text(STATUS)) {
            Some(true) => row.cell(IN_NEED_END).into(),
            Some(false) => continue,
            // It was over by the day, whatever it was: the row is out, and listed.
            None if FORM.read(row.text(IN_NEED_END)).is_some_and(|end| end <= as_at) => {
                plans.push(origin(&row), [Value::Unreadable, row.cell(CHILD).into(), start, Value::Null]);
                continue;
            }
            // Whether there is a plan cannot be told, nor so whether it is open.
            None => Value::Unreadable,
        };
        let plan = ids.of(row, IN_NEED_START);
        let own = Value::Made(plan.clone());
        plans.push(origin(&row), [own, row.cell(CHILD).into(), start, end]);
        if *row.cell(LAST_SEEN) != Cell::Empty {
            let own = Value::Made(format!("{plan}/visit"));
            let date = row.cell(LAST_SEEN).into();
            visits.push(origin(&row), [own, row.cell(CHILD).into(), date, Value::Bool(true)]);
        }
    }
    let mut tables = vec![plans];
    if sheet.has(LAST_SEEN) {
        tables.push(visits);
    }
    tables
}

/// Whether a case status is that of a child in need plan; `None` if it is not one of the list's.
fn has_plan(status: &str) -> Option<bool> {
    let words = words(status).join(" ");
    let begins = |starts: &[&str]| starts.iter().any(|start| words.starts_with(start));
    match () {
        () if begins(&["child in need", "cin"]) => Some(true),
        () if begins(&[
            "looked after",
            "lac",
            "cla",
            "child protection",
            "cp",
            "open assessment",
            "assessment",
        ]) =>
        {
            Some(false)
        }
        () if begins(&["closed", "child looked after"]) => Some(false),
        () => None,
    }
}

/// The plans, and the last statutory visit of each.
fn protection(sheet: &Sheet) -> Vec<Derived<'_>> {
    let mut plans = Derived::new("cp_plans", &["cp_plan_id", "person_id", "start_date", "end_date"]);
    plans.lacks(Lack::EarlierRows);
    let mut visits = Derived::new("cp_visits", &["cp_visit_id", "person_id", "date", "seen_alone"]);
    visits.has("seen_alone", sheet.has(SEEN_ALONE));
    let mut ids = Ids::default();
    for row in sheet.rows() {
        let plan = ids.of(row, PLAN_START);
        let own = Value::Made(plan.clone());
        let (start, end) = (row.cell(PLAN_START).into(), row.cell(PLAN_END).into());
        plans.push(origin(&row), [own, row.cell(CHILD).into(), start, end]);
        if *row.cell(PLAN_VISIT) != Cell::Empty {
            let own = Value::Made(format!("{plan}/visit"));
            let alone = known(row.cell(SEEN_ALONE));
            visits.push(origin(&row), [own, row.cell(CHILD).into(), row.cell(PLAN_VISIT).into(), alone]);
        }
    }
    let mut tables = vec![plans];
    if sheet.has(PLAN_VISIT) {
        tables.push(visits);
    }
    tables
}

/// An answer, or none if it says that it is not known.
fn known(cell: &Cell) -> Value<'_> {
    match cell {
        Cell::Text(text) if matches!(text.to_lowercase().as_str(), "unknown" | "not known" | "n/a") => {
            Value::Null
        }
        _ => cell.into(),
    }
}

/// The period of care, with its legal status and placement as they are now, and the last visit.
fn looked_after<'a>(sheet: &'a Sheet, adoption: Option<&'a Sheet>) -> Vec<Derived<'a>> {
    const EPISODES: [&str; 6] =
        ["cla_episode_id", "person_id", "cla_id", "placement_id", "start_date", "end_date"];
    const PLACEMENTS: [&str; 8] = [
        "placement_id",
        "person_id",
        "cla_id",
        "start_date",
        "end_date",
        "placement_type",
        "outside_authority",
        "long_term",
    ];
    const LAWS: [&str; 5] = ["legal_status_id", "person_id", "legal_status", "start_date", "end_date"];
    let mut episodes = Derived::new("cla_episodes", &EPISODES);
    let mut placements = Derived::new("cla_placements", &PLACEMENTS);
    let mut laws = Derived::new("legal_statuses", &LAWS);
    let mut visits = Derived::new("cla_visits", &["cla_visit_id", "person_id", "date"]);
    placements.has("outside_authority", sheet.has(LOCATION));
    // It does not say of each child how often the child moved, and how far away.
    placements.lacks(Lack::Distances);
    placements.lacks(Lack::Moves);
    let mut ids = Ids::default();
    for row in sheet.rows() {
        let care = ids.of(row, CARE_START);
        let placement = format!("{care}/placement");
        let child = || Value::from(row.cell(CHILD));
        let end = || Value::from(row.cell(CARE_END));
        let own = Value::Made(care.clone());
        let is_placed = *row.cell(PLACEMENT_START) != Cell::Empty;
        let placement_id = if is_placed { Value::Made(placement.clone()) } else { Value::Null };
        let (care_id, start) = (Value::Made(care.clone()), row.cell(CARE_START).into());
        episodes.push(origin(&row), [own, child(), care_id, placement_id, start, end()]);
        if is_placed {
            let kind = coded(row.cell(PLACEMENT));
            // foster placements that are meant to last
            let is_long_term = match &kind {
                Value::Unreadable => Value::Null,
                kind => Value::Bool(matches!(kind, Value::Text("U1" | "U4"))),
            };
            placements.push(
                origin(&row),
                [
                    Value::Made(placement),
                    child(),
                    Value::Made(care.clone()),
                    row.cell(PLACEMENT_START).into(),
                    end(),
                    kind,
                    outside(row.cell(LOCATION)),
                    is_long_term,
                ],
            );
        }
        if *row.cell(LAW) != Cell::Empty {
            let own = Value::Made(format!("{care}/law"));
            let law = coded(row.cell(LAW));
            laws.push(origin(&row), [own, child(), law, row.cell(LAW_START).into(), end()]);
        }
        if *row.cell(CARE_VISIT) != Cell::Empty {
            let own = Value::Made(format!("{care}/visit"));
            visits.push(origin(&row), [own, child(), row.cell(CARE_VISIT).into()]);
        }
    }
    add_adopted(&mut episodes, sheet, adoption);
    let mut tables = vec![episodes];
    for (table, column) in [(placements, PLACEMENT_START), (laws, LAW_START), (visits, CARE_VISIT)] {
        if sheet.has(column) {
            tables.push(table);
        }
    }
    tables
}

/// The periods of care of children who were adopted before the months of the list of looked after children.
fn add_adopted<'a>(episodes: &mut Derived<'a>, sheet: &'a Sheet, adoption: Option<&'a Sheet>) {
    let listed: BTreeSet<&str> = sheet.rows().map(|row| row.text(CHILD)).collect();
    for row in adoption.into_iter().flat_map(Sheet::rows) {
        let is_adopted = !row.text(ORDER).is_empty() && !row.text(ENTERED).is_empty();
        if is_adopted && !listed.contains(row.text(CHILD)) {
            let care = format!("{}/{}", row.text(CHILD), row.text(ENTERED));
            episodes.push(
                origin(&row),
                [
                    Value::Made(care.clone()),
                    row.cell(CHILD).into(),
                    Value::Made(care),
                    Value::Null,
                    row.cell(ENTERED).into(),
                    row.cell(ORDER).into(),
                ],
            );
        }
    }
}

fn outside(location: &Cell) -> Value<'_> {
    match location {
        Cell::Text(text) if text.eq_ignore_ascii_case("in") => Value::Bool(false),
        Cell::Text(text) if text.eq_ignore_ascii_case("out") => Value::Bool(true),
        _ => location.into(),
    }
}

/// The code of a cell.
fn coded(cell: &Cell) -> Value<'_> {
    match cell {
        Cell::Text(text) => Value::Text(code(text)),
        other => other.into(),
    }
}

/// The code that a text begins with, as `U6: Foster placement`; a text without one as it stands.
fn code(text: &str) -> &str {
    let first = text.split([':', ' ', '-']).next().unwrap_or_default();
    let mut letters = first.chars();
    let is_code = letters.next().is_some_and(|letter| letter.is_ascii_uppercase())
        && first.len() > 1
        && letters.all(|digit| digit.is_ascii_digit());
    if is_code { first } else { text }
}

fn care_leavers(sheet: &Sheet) -> Derived<'_> {
    const COLUMNS: [&str; 5] =
        ["care_leaver_id", "person_id", "eligibility", "activity", "pathway_plan_date"];
    let mut table = Derived::new("care_leavers", &COLUMNS);
    table.has("activity", sheet.has(ACTIVITY));
    table.has("pathway_plan_date", sheet.has(PATHWAY));
    if !sheet.has(ACTIVITY) {
        table.lacks(Lack::Activity);
    }
    if !sheet.has(PATHWAY) {
        table.lacks(Lack::PathwayPlanning);
    }
    for row in sheet.rows() {
        let activity = match row.cell(ACTIVITY) {
            // Codes of before 2014, when training, employment and apprenticeships were one.
            Cell::Text(text) => match code(text) {
                "F3" => Value::Text("F5"),
                "P3" => Value::Text("P5"),
                code => Value::Text(code),
            },
            other => other.into(),
        };
        table.push(
            origin(&row),
            [
                Value::Made(format!("{}/leaver", row.text(CHILD))),
                row.cell(CHILD).into(),
                row.cell(ELIGIBILITY).into(),
                activity,
                row.cell(PATHWAY).into(),
            ],
        );
    }
    table
}

fn permanence(sheet: &Sheet) -> Derived<'_> {
    const COLUMNS: [&str; 6] = [
        "permanence_id",
        "person_id",
        "placed_for_adoption_date",
        "order_date",
        "order_type",
        "decision_reversed_date",
    ];
    let mut table = Derived::new("permanence", &COLUMNS);
    let mut ids = Ids::default();
    for row in sheet.rows() {
        let order = match row.cell(ORDER) {
            Cell::Empty => Value::Null,
            _ => Value::Text("Adoption order"),
        };
        table.push(
            origin(&row),
            [
                Value::Made(ids.of(row, PLACED)),
                row.cell(CHILD).into(),
                row.cell(PLACED).into(),
                row.cell(ORDER).into(),
                order,
                row.cell(REVERSED).into(),
            ],
        );
    }
    table
}
