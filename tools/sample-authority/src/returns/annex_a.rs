//! Annex A: the lists of an inspection, a workbook as at the last day of a month.
//!
//! The lists show how things stood at the end of that day: the last visit at which the child was seen, the current
//! placement, the latest activity.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use chrono::NaiveDate;
use csc_measures::tables::Table;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use crate::diary::{EXTRACT, plus_months};
use crate::done::Done;
use crate::tables::{Row, Tables};

/// How far back a list of what is over goes.
const MONTHS_BEFORE: i32 = 6;

/// A day with the days before from which something is still listed, as text: dates are in order as text.
struct Day {
    date: String,
    half_a_year_before: String,
    a_year_before: String,
}

impl Day {
    fn new(date: NaiveDate) -> Self {
        let before = |months: i32| plus_months(date, -months).to_string();
        Self { date: date.to_string(), half_a_year_before: before(MONTHS_BEFORE), a_year_before: before(12) }
    }

    /// A date as it is known on the day.
    fn known<'a>(&self, date: &'a str) -> &'a str {
        if date <= self.date.as_str() { date } else { "" }
    }

    fn is_open(&self, row: &Row) -> bool {
        self.has_begun(row) && self.known(row.get("end_date")).is_empty()
    }

    fn has_begun(&self, row: &Row) -> bool {
        row.get("start_date") <= self.date.as_str()
    }

    /// Whether something is open, or was within half a year.
    fn is_listed(&self, row: &Row) -> bool {
        let end = self.known(row.get("end_date"));
        self.has_begun(row) && (end.is_empty() || end > self.half_a_year_before.as_str())
    }
}

/// What the lists are made of, by child.
struct Record {
    persons: BTreeMap<String, Row>,
    assessments: Vec<Row>,
    enquiries: Vec<Row>,
    conferences: BTreeMap<String, Vec<Row>>,
    cin_plans: Vec<Row>,
    cp_plans: Vec<Row>,
    /// Those at which the child was seen.
    visits: BTreeMap<String, Vec<Row>>,
    periods: BTreeMap<String, Vec<Period>>,
    laws: BTreeMap<String, Vec<Row>>,
    placements: BTreeMap<String, Vec<Row>>,
    leavers: BTreeMap<String, Vec<Row>>,
    activities: BTreeMap<String, Vec<Row>>,
    pathway_plans: BTreeMap<String, Vec<Row>>,
    permanence: Vec<Row>,
}

/// A period of care.
struct Period {
    id: String,
    start: String,
    /// Empty while it goes on.
    end: String,
    died: bool,
}

/// Writes a workbook as at the last day of each of so many months, the last of them that of the extract.
pub(super) fn write(folder: &Path, tables: &Tables<'_>, months: u32) -> Done {
    let record = Record::read(tables)?;
    for back in 0..i32::try_from(months)? {
        let date = plus_months(EXTRACT, -back);
        record.write(&folder.join(format!("{}.xlsx", date.format("%Y-%m"))), &Day::new(date))?;
    }
    Ok(())
}

impl Record {
    fn read(tables: &Tables<'_>) -> Result<Self, Box<dyn Error>> {
        let by_child = |table| tables.rows_by(table, "person_id");
        let mut visits: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        for table in [Table::CpVisits, Table::CinVisits, Table::ClaVisits] {
            for row in tables.rows(table)?.into_iter().filter(|row| row.get("seen") == "true") {
                visits.entry(row.get("person_id").to_owned()).or_default().push(row);
            }
        }
        Ok(Self {
            persons: by_child(Table::Persons)?
                .into_iter()
                .filter_map(|(id, rows)| Some((id, rows.into_iter().next()?)))
                .collect(),
            assessments: tables.rows(Table::Assessments)?,
            enquiries: tables.rows(Table::Section47Enquiries)?,
            conferences: tables.rows_by(Table::InitialConferences, "s47_enquiry_id")?,
            cin_plans: tables.rows(Table::CinPlans)?,
            cp_plans: tables.rows(Table::CpPlans)?,
            visits,
            periods: by_child(Table::ClaEpisodes)?
                .into_iter()
                .map(|(id, episodes)| (id, periods(&episodes)))
                .collect(),
            laws: by_child(Table::LegalStatuses)?,
            placements: by_child(Table::ClaPlacements)?,
            leavers: by_child(Table::CareLeavers)?,
            activities: by_child(Table::Activities)?,
            pathway_plans: by_child(Table::PathwayPlans)?,
            permanence: tables.rows(Table::Permanence)?,
        })
    }

    fn write(&self, path: &Path, day: &Day) -> Done {
        let mut book = Workbook::new();
        self.list_4(
            &mut List::new(
                &mut book,
                4,
                &["Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"],
            )?,
            day,
        )?;
        self.list_5(
            &mut List::new(
                &mut book,
                5,
                &[
                    "Strategy discussion initiating Section 47 Enquiry Start Date",
                    "Was an Initial Child Protection Conference deemed unnecessary?",
                    "Date of Initial Child Protection Conference",
                ],
            )?,
            day,
        )?;
        self.list_6(
            &mut List::new(
                &mut book,
                6,
                &["CIN Start Date", "Date Child Was Last Seen", "CIN Closure Date", "Case Status"],
            )?,
            day,
        )?;
        self.list_7(
            &mut List::new(
                &mut book,
                7,
                &[
                    "Child Protection Plan Start Date",
                    "Date of the Last Statutory Visit",
                    "Was the Child Seen Alone?",
                    "Child Protection Plan End Date",
                ],
            )?,
            day,
        )?;
        self.list_8(
            &mut List::new(
                &mut book,
                8,
                &[
                    "Date Started to be Looked After",
                    "Start date of current legal status",
                    "Child's Legal Status",
                    "Date of Last Social Work Visit",
                    "Date Ceased to be Looked After",
                    "Reason Ceased to be Looked After",
                    "Start Date of Most Recent Placement",
                    "Placement Type",
                    "Placement Location",
                ],
            )?,
            day,
        )?;
        self.list_9(
            &mut List::new(
                &mut book,
                9,
                &["Eligibility Category", "Latest Pathway Plan Review Date", "Activity Status"],
            )?,
            day,
        )?;
        self.list_10(
            &mut List::new(
                &mut book,
                10,
                &[
                    "Date the Child Entered Care",
                    "Date Placed for Adoption",
                    "Date of Adoption Order",
                    "Date of Decision that Child Should No Longer be Placed for Adoption",
                ],
            )?,
            day,
        )?;
        book.save(path)?;
        Ok(())
    }

    /// The day on which a child was born, or is expected.
    fn birth(&self, child: &str) -> &str {
        let person = self.persons.get(child);
        let told = |column: &str| person.map_or("", |person| person.get(column));
        if told("date_of_birth").is_empty() { told("expected_date_of_birth") } else { told("date_of_birth") }
    }

    /// The visits of the last day on which a child was seen.
    fn last_seen(&self, child: &str, day: &Day) -> Vec<&Row> {
        let visits = || self.visits.get(child).into_iter().flatten();
        let last = visits().map(|visit| visit.get("date")).filter(|date| *date <= day.date.as_str()).max();
        visits().filter(|visit| Some(visit.get("date")) == last).collect()
    }

    fn list_4(&self, list: &mut List<'_>, day: &Day) -> Done {
        for row in &self.assessments {
            let authorised = day.known(row.get("authorised_date"));
            let is_open = day.has_begun(row) && authorised.is_empty();
            if is_open || authorised > day.half_a_year_before.as_str() {
                let child = row.get("person_id");
                list.row(
                    child,
                    self.birth(child),
                    &[Cell::Date(row.get("start_date")), Cell::Date(authorised)],
                )?;
            }
        }
        Ok(())
    }

    fn list_5(&self, list: &mut List<'_>, day: &Day) -> Done {
        for row in self.enquiries.iter().filter(|row| day.has_begun(row)) {
            let conference = self.conferences.get(row.get("s47_enquiry_id")).and_then(|rows| rows.first());
            let held = conference.map_or("", |conference| day.known(conference.get("date")));
            let is_listed = row.get("start_date") > day.half_a_year_before.as_str()
                || held > day.half_a_year_before.as_str()
                || (conference.is_some() && held.is_empty());
            if is_listed {
                let child = row.get("person_id");
                let unnecessary = if conference.is_none() { "a) Yes" } else { "b) No" };
                let cells = [Cell::Date(row.get("start_date")), Cell::Text(unnecessary), Cell::Date(held)];
                list.row(child, self.birth(child), &cells)?;
            }
        }
        Ok(())
    }

    fn list_6(&self, list: &mut List<'_>, day: &Day) -> Done {
        for row in self.cin_plans.iter().filter(|row| day.is_listed(row)) {
            let child = row.get("person_id");
            let end = day.known(row.get("end_date"));
            let status = if end.is_empty() { "c) Child in need plan" } else { "e) Closed episode" };
            let seen = self.last_seen(child, day).first().map_or("", |visit| visit.get("date"));
            let cells =
                [Cell::Date(row.get("start_date")), Cell::Date(seen), Cell::Date(end), Cell::Text(status)];
            list.row(child, self.birth(child), &cells)?;
        }
        Ok(())
    }

    fn list_7(&self, list: &mut List<'_>, day: &Day) -> Done {
        let own = |row: &&Row| row.get("other_authority") != "true";
        for row in self.cp_plans.iter().filter(|row| day.is_listed(row)).filter(own) {
            let child = row.get("person_id");
            let seen = self.last_seen(child, day);
            let answers: Vec<&str> = seen.iter().map(|visit| visit.get("seen_alone")).collect();
            let alone = if answers.contains(&"true") {
                "a) Yes"
            } else if answers.contains(&"false") {
                "b) No"
            } else {
                "c) Unknown"
            };
            let date = seen.first().map_or("", |visit| visit.get("date"));
            let cells = [
                Cell::Date(row.get("start_date")),
                Cell::Date(date),
                Cell::Text(if date.is_empty() { "" } else { alone }),
                Cell::Date(day.known(row.get("end_date"))),
            ];
            list.row(child, self.birth(child), &cells)?;
        }
        Ok(())
    }

    fn list_8(&self, list: &mut List<'_>, day: &Day) -> Done {
        for (child, periods) in &self.periods {
            for period in periods.iter().filter(|period| period.start.as_str() <= day.date.as_str()) {
                let end = day.known(&period.end);
                if !end.is_empty() && end <= day.half_a_year_before.as_str() {
                    continue;
                }
                let law = self
                    .laws
                    .get(child)
                    .into_iter()
                    .flatten()
                    .filter(|row| end.is_empty() && day.is_open(row));
                let law = law.max_by_key(|row| row.get("start_date"));
                let placement = self.placement(child, period, day);
                let seen = self.last_seen(child, day);
                let reason = if period.died && !end.is_empty() { "b) Died" } else { "" };
                let location = match placement.map_or("", |row| row.get("outside_authority")) {
                    "true" => "b) Out",
                    "false" => "a) In",
                    _ => "",
                };
                let told = |row: Option<&Row>, column: &str| {
                    row.map_or(String::new(), |row| row.get(column).to_owned())
                };
                let kind = placement
                    .map_or(String::new(), |row| format!("{}: placement", row.get("placement_type")));
                let status = law.map_or(String::new(), |row| format!("{}: status", row.get("legal_status")));
                let cells = [
                    Cell::Date(&period.start),
                    Cell::Date(&told(law, "start_date")),
                    Cell::Text(&status),
                    Cell::Date(seen.first().map_or("", |visit| visit.get("date"))),
                    Cell::Date(end),
                    Cell::Text(reason),
                    Cell::Date(&told(placement, "start_date")),
                    Cell::Text(&kind),
                    Cell::Text(location),
                ];
                list.row(child, self.birth(child), &cells)?;
            }
        }
        Ok(())
    }

    /// The placement of a child on a day: one that is not temporary before one that is, of which the one before
    /// stands in its place.
    fn placement(&self, child: &str, period: &Period, day: &Day) -> Option<&Row> {
        let is_temporary = |row: &&Row| row.get("placement_type").starts_with('T');
        let latest = |row: &&Row| (row.get("start_date").to_owned(), row.get("placement_id").to_owned());
        let all = || self.placements.get(child).into_iter().flatten();
        let open = || all().filter(|row| day.is_open(row));
        let lasting = open().filter(|row| !is_temporary(row)).max_by_key(latest);
        let before = || {
            let of_period = all().filter(|row| row.get("cla_id") == period.id && day.has_begun(row));
            of_period.filter(|row| !is_temporary(row)).max_by_key(latest)
        };
        if !day.known(&period.end).is_empty() {
            return before();
        }
        lasting.or_else(|| open().max_by_key(latest).map(|temporary| before().unwrap_or(temporary)))
    }

    fn list_9(&self, list: &mut List<'_>, day: &Day) -> Done {
        for child in self.persons.keys() {
            // Who is owed something stands as that.
            let latest = |row: &&Row| {
                let eligibility = row.get("eligibility").to_lowercase();
                let is_owed = eligibility.starts_with("relevant") || eligibility.starts_with("former");
                (is_owed, row.get("start_date").to_owned(), row.get("care_leaver_id").to_owned())
            };
            let owed = self.leavers.get(child).into_iter().flatten();
            let open = owed.clone().filter(|row| day.is_open(row)).max_by_key(latest);
            let plans = self.pathway_plans.get(child).into_iter().flatten();
            let plan = plans.filter(|row| day.is_open(row)).map(|row| row.get("start_date")).max();
            let reviews = owed.map(|row| day.known(row.get("pathway_plan_date"))).max().unwrap_or_default();
            let activity = self.activity(child, open, day);
            if open.is_none() && plan.is_none() && reviews.is_empty() && activity.is_empty() {
                continue;
            }
            let eligibility = open.map_or("e) Other", |row| row.get("eligibility"));
            let cells = [Cell::Text(eligibility), Cell::Date(plan.unwrap_or(reviews)), Cell::Text(activity)];
            list.row(child, self.birth(child), &cells)?;
        }
        Ok(())
    }

    /// What a young person does: the latest that was asked in half a year, or what is on the record of the leaver
    /// who was never asked.
    fn activity<'a>(&'a self, child: &str, leaver: Option<&'a Row>, day: &Day) -> &'a str {
        let Some(asked) = self.activities.get(child) else {
            return leaver.map_or("", |row| row.get("activity"));
        };
        let latest = asked
            .iter()
            .filter(|row| row.get("date") <= day.date.as_str())
            .max_by_key(|row| (row.get("date"), row.get("activity_id")));
        match latest {
            Some(row) if row.get("date") >= day.half_a_year_before.as_str() => row.get("activity"),
            _ => "",
        }
    }

    fn list_10(&self, list: &mut List<'_>, day: &Day) -> Done {
        for row in &self.permanence {
            let is_adoption = row.get("order_type").to_lowercase().starts_with("adoption");
            let order = if is_adoption { day.known(row.get("order_date")) } else { "" };
            let placed = day.known(row.get("placed_for_adoption_date"));
            let is_listed =
                if order.is_empty() { !placed.is_empty() } else { order > day.a_year_before.as_str() };
            if !is_listed {
                continue;
            }
            let child = row.get("person_id");
            let periods = self.periods.get(child).map(Vec::as_slice).unwrap_or_default();
            let by_then = periods.iter().filter(|period| period.start.as_str() <= placed.max(order));
            let entered =
                by_then.max_by_key(|period| period.start.as_str()).map_or("", |period| &period.start);
            let reversed = day.known(row.get("decision_reversed_date"));
            let cells = [Cell::Date(entered), Cell::Date(placed), Cell::Date(order), Cell::Date(reversed)];
            list.row(child, self.birth(child), &cells)?;
        }
        Ok(())
    }
}

/// The periods of care of a child.
fn periods(episodes: &[Row]) -> Vec<Period> {
    let mut by_id: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in episodes {
        by_id.entry(row.get("cla_id")).or_default().push(row);
    }
    by_id
        .into_iter()
        .map(|(id, rows)| {
            let start = rows.iter().map(|row| row.get("start_date")).min().unwrap_or_default();
            let goes_on = rows.iter().any(|row| row.get("end_date").is_empty());
            let end = rows.iter().map(|row| row.get("end_date")).max().filter(|_| !goes_on);
            Period {
                id: id.to_owned(),
                start: start.to_owned(),
                end: end.unwrap_or_default().to_owned(),
                died: rows.iter().any(|row| row.get("end_reason") == "E2"),
            }
        })
        .collect()
}

/// What a cell is to show.
enum Cell<'a> {
    Date(&'a str),
    Text(&'a str),
}

/// A sheet, row by row.
struct List<'b> {
    sheet: &'b mut Worksheet,
    date: Format,
    next: u32,
}

impl<'b> List<'b> {
    fn new(book: &'b mut Workbook, number: u32, columns: &[&str]) -> Result<Self, Box<dyn Error>> {
        let sheet = book.add_worksheet().set_name(format!("List {number}"))?;
        for (column, title) in (0..).zip(["Child Unique ID", "Date of Birth"].iter().chain(columns)) {
            sheet.write_string(0, column, *title)?;
        }
        Ok(Self { sheet, date: Format::new().set_num_format("dd/mm/yyyy"), next: 1 })
    }

    fn row(&mut self, child: &str, birth: &str, cells: &[Cell<'_>]) -> Done {
        self.sheet.write_string(self.next, 0, child)?;
        for (column, cell) in (1..).zip([Cell::Date(birth)].iter().chain(cells)) {
            match cell {
                Cell::Date("") | Cell::Text("") => {}
                Cell::Text(text) => {
                    self.sheet.write_string(self.next, column, *text)?;
                }
                // What a slip has spoilt stands as it is.
                Cell::Date(text) => match ExcelDateTime::parse_from_str(text) {
                    Ok(date) => {
                        self.sheet.write_datetime_with_format(self.next, column, date, &self.date)?;
                    }
                    Err(_) => {
                        self.sheet.write_string(self.next, column, *text)?;
                    }
                },
            }
        }
        self.next += 1;
        Ok(())
    }
}
