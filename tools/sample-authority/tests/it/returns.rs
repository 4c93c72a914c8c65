//! The returns of an invented authority give the results of its tables, as far as returns go.
//!
//! A return does not hold all that the tables do. Where that shows in a result, it is compared with the tables cut
//! down to what it holds; each cut is a line here, with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::LazyLock;

use csc_measures::tables::Table;
use csc_measures::{DataIssue, Dataset, IssueCode, MeasureResult, Month, Options};
use csc_measures_files::{SourceReader, read_folder, read_sources};
use tempfile::TempDir;

use crate::sample::{Row, by, generate, rows};

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let arguments =
        ["--children", "6000", "--seed", "11", "--clean", "--returns", "ssda903,cin_census,csc_api"];
    generate(&arguments, folder.path()).unwrap();
    folder
});

/// Two years in the midst of the record: what they look back on is in it, and later returns tell of them anew.
const FIRST: &str = "2016-04";
const MONTHS: i32 = 24;
const EXTRACT: &str = "2020-03-31";

fn returned(name: &str) -> PathBuf {
    FOLDER.path().join("returns").join(name)
}

fn ssda903() -> Dataset {
    read_sources([returned("ssda903")]).unwrap()
}

fn cin_census() -> Dataset {
    read_sources([returned("cin_census")]).unwrap()
}

/// Tables of the authority that may be cut down.
struct Tables(BTreeMap<&'static str, Vec<Row>>);

impl Tables {
    fn read(names: &[&'static str]) -> Self {
        Self(names.iter().map(|name| (*name, rows(FOLDER.path(), name).unwrap())).collect())
    }

    fn without_column(mut self, table: &str, column: &str) -> Self {
        for row in self.0.get_mut(table).unwrap() {
            row.remove(column).unwrap();
        }
        self
    }

    /// Of the rows that are alike in some columns the first, where none of those is empty.
    fn without_doubles(mut self, table: &str, columns: [&str; 2]) -> Self {
        let mut seen = BTreeSet::new();
        let rows = self.0.get_mut(table).unwrap();
        let before = rows.len();
        rows.retain(|row| {
            let key = columns.map(|column| row[column].clone());
            key.iter().any(String::is_empty) || seen.insert(key)
        });
        assert!(rows.len() < before, "{table} has none");
        self
    }

    fn dataset(&self) -> Dataset {
        let folder = tempfile::tempdir().unwrap();
        for (name, rows) in &self.0 {
            let mut writer = csv::Writer::from_path(folder.path().join(format!("{name}.csv"))).unwrap();
            writer.write_record(rows[0].keys()).unwrap();
            rows.iter().for_each(|row| writer.write_record(row.values()).unwrap());
            writer.flush().unwrap();
        }
        read_folder(folder.path()).unwrap()
    }
}

/// The results of a measure, month by month, without what only tells of the tables.
fn results(dataset: &Dataset, measure: &str) -> Vec<(Month, String)> {
    let first: Month = FIRST.parse().unwrap();
    let card = dataset.scorecard(first, first.plus(MONTHS - 1), &Options::default()).unwrap();
    let tell = |result: &MeasureResult| {
        let MeasureResult { status, numerator, denominator, value, outcomes, .. } = result;
        format!("{status:?} {numerator:?} of {denominator:?}: {value:?}, {outcomes:?}")
    };
    let months = (0..MONTHS).map(|step| first.plus(step));
    months.filter_map(|month| Some((month, tell(card.result(measure, month)?)))).collect()
}

fn assert_same(from_return: &Dataset, tables: &Tables, measures: &[&str]) {
    let from_tables = tables.dataset();
    for measure in measures {
        let (ours, theirs) = (results(from_return, measure), results(&from_tables, measure));
        assert!(ours.len() * 3 >= 24, "{measure}: {} months", ours.len());
        assert!(theirs.iter().any(|(_, told)| told.starts_with("Ok")), "{measure}: no figure");
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs, "{measure}");
        }
    }
}

fn in_care() -> Tables {
    let mut tables = Tables::read(&[
        "persons",
        "immigration_statuses",
        "cla_episodes",
        "legal_statuses",
        "cla_placements",
        "cla_reviews",
        "permanence",
    ]);
    // Some rows of permanence have lost their period of care. The return has no ids that could be lost: its dates
    // tell the period, as they do here.
    let periods = by(&tables.0["cla_episodes"], "person_id")
        .into_iter()
        .map(|(child, episodes)| (child.to_owned(), episodes.into_iter().cloned().collect()))
        .collect::<BTreeMap<String, Vec<Row>>>();
    for row in tables.0.get_mut("permanence").unwrap().iter_mut().filter(|row| row["cla_id"].is_empty()) {
        let date = if row["placed_for_adoption_date"].is_empty() {
            "order_date"
        } else {
            "placed_for_adoption_date"
        };
        let episodes = &periods[&row["person_id"]];
        let began = episodes.iter().filter(|episode| episode["start_date"] <= row[date]);
        let latest = began.max_by_key(|episode| &episode["start_date"]).or(episodes.last());
        let period = latest.unwrap()["cla_id"].clone();
        row.insert("cla_id".to_owned(), period);
    }
    // The return tells of a death only where it ended the care.
    let ended: BTreeSet<String> = tables.0["cla_episodes"]
        .iter()
        .filter(|episode| episode["end_reason"] == "E2")
        .map(|episode| episode["person_id"].clone())
        .collect();
    for row in
        tables.0.get_mut("persons").unwrap().iter_mut().filter(|row| !ended.contains(&row["person_id"]))
    {
        row.insert("date_of_death".to_owned(), String::new());
    }
    // The return does not tell the carer: who goes back to one after some days elsewhere has moved twice.
    tables.without_column("cla_placements", "carer_id")
}

#[test]
fn ssda903_tells_of_reviews_placements_and_adoptions() {
    let dataset = ssda903();
    assert!(dataset.issues().is_empty(), "{:?}", dataset.issues().first());
    assert_same(&dataset, &in_care(), &["O3.M6", "O6.M1", "O6.M2", "O6.M3", "O6.M6"]);
}

/// What OC3 holds of care leavers: of each relevant or former relevant young person of seventeen and more one
/// activity, without its day, and nothing of when they were owed what.
fn asked_in_oc3() -> Vec<Row> {
    let folder = FOLDER.path();
    let (persons, owed, asked) = (
        rows(folder, "persons").unwrap(),
        rows(folder, "care_leavers").unwrap(),
        rows(folder, "activities").unwrap(),
    );
    let (persons, asked) = (by(&persons, "person_id"), by(&asked, "person_id"));
    let mut leavers = Vec::new();
    for (person, rows) in by(&owed, "person_id") {
        let is_owed = |row: &&Row| !matches!(row["eligibility"].as_str(), "eligible" | "qualifying");
        let born = persons[person][0]["date_of_birth"].as_str();
        let is_asked = born.is_empty()
            || format!("{}{}", born[..4].parse::<i32>().unwrap() + 17, &born[4..]).as_str() <= EXTRACT;
        if !is_asked || !rows.iter().any(is_owed) {
            continue;
        }
        let latest = asked.get(person).and_then(|rows| rows.iter().max_by_key(|row| &row["date"]));
        let undated = rows.iter().rfind(|row| !row["activity"].is_empty());
        let activity = latest.or(undated).map_or("", |row| &row["activity"]);
        leavers.push(BTreeMap::from(
            [
                ("care_leaver_id", person),
                ("person_id", person),
                ("eligibility", "former relevant"),
                ("activity", if activity == "U" { "" } else { activity }),
            ]
            .map(|(column, text)| (column.to_owned(), text.to_owned())),
        ));
    }
    assert!(leavers.len() > 100, "{}", leavers.len());
    leavers
}

#[test]
fn ssda903_tells_what_young_people_do() {
    let mut tables = in_care();
    tables.0.insert("care_leavers", asked_in_oc3());
    assert_same(&ssda903(), &tables, &["O6.M7", "O6.M8", "O6.M9"]);
}

/// Without `step_transfers`: the census tells of early help only by the reason for which a case closed.
fn in_need() -> Tables {
    let mut tables = Tables::read(&[
        "persons",
        "referrals",
        "assessments",
        "section_47_enquiries",
        "initial_conferences",
        "cp_plans",
        "cp_reviews",
    ]);
    // Some assessments have lost their referral. The census cannot tell of one without: it goes with the child's
    // latest by then, or with the one from before the record, as it does here.
    let referrals = tables.0["referrals"].clone();
    let referrals = by(&referrals, "person_id");
    for row in tables.0.get_mut("assessments").unwrap().iter_mut().filter(|row| row["referral_id"].is_empty())
    {
        let of_child = referrals.get(row["person_id"].as_str()).into_iter().flatten();
        let by_then = of_child.filter(|referral| referral["referral_date"] <= row["start_date"]);
        let latest = by_then.max_by_key(|referral| &referral["referral_date"]);
        let referral =
            latest.map_or_else(|| row["person_id"].clone(), |latest| latest["referral_id"].clone());
        row.insert("referral_id".to_owned(), referral);
    }
    tables
        // It has room for one conference of an enquiry.
        .without_doubles("initial_conferences", ["person_id", "s47_enquiry_id"])
        // It does not tell of a conference or a plan that the child came with it from another authority,
        .without_column("initial_conferences", "transfer_in")
        .without_column("cp_plans", "transfer_in")
        // nor of a plan that it is another authority's.
        .without_column("cp_plans", "other_authority")
}

#[test]
fn the_census_tells_of_referrals_assessments_conferences_and_plans() {
    let dataset = cin_census();
    // What was open on 31 March and is closed unauthorised before the next is in no later census.
    let is_superseded = |issue: &DataIssue| issue.code() == IssueCode::Superseded;
    assert!(dataset.issues().iter().all(is_superseded), "{:?}", dataset.issues().first());
    let assessed = ["O2.M2", "O2.M3", "O2.M3.open_overdue", "O8.M3", "O8.M4"];
    let protected = ["O3.M2", "O3.M2.open_overdue", "O3.M3", "O5.M4", "O5.M4.percent"];
    assert_same(&dataset, &in_need(), &[&assessed[..], &protected, &["O5.M3", "O8.M1"]].concat());
}

/// What the API has of a child: cases with what is in them, and care, without its reviews, laws and distances.
fn of_the_api() -> Tables {
    let (mut tables, care) = (in_need(), in_care());
    // Of deaths it tells those that ended care, and of moves not the carer, as SSDA903.
    for name in ["persons", "cla_episodes", "cla_placements", "permanence"] {
        tables.0.insert(name, care.0[name].clone());
    }
    // A conference stands with its enquiry: one without is nowhere in it.
    tables.0.get_mut("initial_conferences").unwrap().retain(|row| !row["s47_enquiry_id"].is_empty());
    tables
}

#[test]
fn the_api_tells_of_cases_and_of_care() {
    let dataset = read_sources([returned("csc_api")]).unwrap();
    assert!(dataset.issues().is_empty(), "{:?}", dataset.issues().first());
    let assessed = ["O2.M2", "O2.M3", "O2.M3.open_overdue", "O8.M3", "O8.M4"];
    let protected = ["O3.M2", "O3.M2.open_overdue", "O5.M4", "O5.M4.percent"];
    assert_same(
        &dataset,
        &of_the_api(),
        &[&assessed[..], &protected, &["O5.M3", "O8.M1", "O6.M3", "O6.M6"]].concat(),
    );
}

/// A smaller authority, with a workbook for each of the last two years' months.
static INSPECTED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let arguments =
        ["--children", "6000", "--seed", "11", "--clean", "--returns", "annex_a", "--workbooks", "24"];
    generate(&arguments, folder.path()).unwrap();
    folder
});

/// The tables as the lists have them; `day` is the one that a workbook is as at.
fn listed(day: &str) -> Tables {
    let names = [
        "persons",
        "assessments",
        "section_47_enquiries",
        "initial_conferences",
        "cp_plans",
        "cp_visits",
        "cin_plans",
        "cin_visits",
        "cla_episodes",
        "legal_statuses",
        "cla_placements",
        "cla_visits",
        "care_leavers",
        "activities",
        "pathway_plans",
        "permanence",
    ];
    let mut tables = Tables(names.map(|name| (name, rows(INSPECTED.path(), name).unwrap())).into());
    // A conference stands with its enquiry, which has room for one.
    tables.0.get_mut("initial_conferences").unwrap().retain(|row| !row["s47_enquiry_id"].is_empty());
    // Of deaths the lists have those that ended care.
    let ended: BTreeSet<String> = tables.0["cla_episodes"]
        .iter()
        .filter(|episode| episode["end_reason"] == "E2")
        .map(|episode| episode["person_id"].clone())
        .collect();
    for person in tables.0.get_mut("persons").unwrap() {
        if !ended.contains(&person["person_id"]) {
            person.insert("date_of_death".to_owned(), String::new());
        }
        // An unborn child has one date, of a birth to come.
        if person["date_of_birth"].is_empty() {
            let expected = person["expected_date_of_birth"].clone();
            person.insert("date_of_birth".to_owned(), expected);
        }
    }
    // What the law was before it is what it is, they do not have.
    tables.0.get_mut("legal_statuses").unwrap().retain(|row| {
        row["start_date"].as_str() <= day && (row["end_date"].is_empty() || row["end_date"].as_str() > day)
    });
    // A home is meant to last by the code of the placement.
    for row in tables.0.get_mut("cla_placements").unwrap() {
        let is_lasting = matches!(row["placement_type"].as_str(), "U1" | "U4");
        row.insert("long_term".to_owned(), is_lasting.to_string());
    }
    tables
        .without_column("persons", "expected_date_of_birth")
        // Nobody is asked how a conference or plan came about,
        .without_column("initial_conferences", "transfer_in")
        // which referral an assessment is of,
        .without_column("assessments", "referral_id")
        // how often a child in need is to be seen,
        .without_column("cin_plans", "visit_working_days")
        // and of which period of care a placing is.
        .without_column("permanence", "cla_id")
}

#[test]
fn the_lists_of_an_inspection_tell_how_things_stand() {
    // By which paragraph of regulation 28 a visit is due, and from when, depends on the placements and reviews
    // before the last, which the lists do not have.
    let measures = [
        "O2.M2",
        "O2.M3",
        "O2.M3.open_overdue",
        "O3.M2",
        "O3.M2.open_overdue",
        "O3.M4",
        "O3.M4.seen_alone",
        "O3.M5",
        "O3.M7",
        "O6.M3",
        "O6.M7",
        "O6.M8",
        "O6.M9",
        "O6.M11",
    ];
    let mut compared: BTreeMap<&str, u32> = BTreeMap::new();
    for step in 0..24 {
        let month = "2018-04".parse::<Month>().unwrap().plus(step);
        let last = month.last();
        let book = INSPECTED.path().join(format!("returns/annex_a/{month}.xlsx"));
        let dataset = SourceReader::open([book]).unwrap().as_at(last).read().unwrap();
        // An assessment that was authorised before it began is listed in the month before.
        let begins_after = |issue: &&csc_measures::DataIssue| {
            let place = (issue.table(), issue.column());
            place == (Table::Assessments, Some("start_date")) && issue.message().contains("after the day")
        };
        let other = dataset.issues().iter().find(|issue| !begins_after(issue));
        assert!(other.is_none(), "{month}: {other:?}");
        let options = Options::default();
        let ours = dataset.scorecard(month, month, &options).unwrap();
        let theirs = listed(&last.to_string()).dataset().scorecard(month, month, &options).unwrap();
        for measure in measures {
            let tell = |card: &csc_measures::Scorecard| {
                card.result(measure, month).map(|result| {
                    let MeasureResult { status, numerator, denominator, value, outcomes, .. } = result;
                    format!("{status:?} {numerator:?} of {denominator:?}: {value:?}, {outcomes:?}")
                })
            };
            let (ours, theirs) = (tell(&ours), tell(&theirs));
            assert_eq!(ours, theirs, "{measure} in {month}");
            *compared.entry(measure).or_default() +=
                u32::from(ours.is_some_and(|told| told.starts_with("Ok")));
        }
    }
    for measure in measures {
        assert!(compared[measure] >= 2, "{measure}: {compared:?}");
    }
}
