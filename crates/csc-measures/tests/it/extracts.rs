//! Tables that tell no more than how things stood at the end of a day: their measures as at that day, and in no
//! other month.

use csc_measures::due::DueFilter;
use csc_measures::{
    Chunk, Dataset, DatasetBuilder, MeasureResult, Month, Options, Part, Scalar, Scorecard, Status,
};

/// Texts as a column each.
fn texts<'a>(rows: impl IntoIterator<Item = &'a [&'a str]>, width: usize) -> csc_measures::Rows<'a> {
    let mut given = csc_measures::Rows::new(width);
    for row in rows {
        given.push(row.iter().map(|text| Scalar::Text(text)));
    }
    given
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

type Rows<'a> = (&'a str, &'a [&'a str], &'a [&'a [&'a str]]);

const PLANS: Rows<'_> = (
    "cp_plans",
    &["cp_plan_id", "person_id", "start_date", "end_date"],
    &[
        &["CP1", "P1", "2017-01-03", ""],
        // ends after the 16th, within the month
        &["CP2", "P2", "2016-05-09", "2017-03-20"],
        &["CP3", "P3", "2017-03-01", ""],
    ],
);
const VISITS: Rows<'_> = (
    "cp_visits",
    &["cp_visit_id", "person_id", "date", "seen_alone"],
    &[
        // 20 working days to 14 March, 22 to the 16th
        &["V1", "P1", "2017-02-14", "Y"],
        &["V2", "P2", "2017-03-15", "N"],
        // after the 16th
        &["V3", "P1", "2017-03-17", "Y"],
    ],
);
const ASSESSMENTS: Rows<'_> = (
    "assessments",
    &["assessment_id", "person_id", "start_date", "authorised_date"],
    &[
        &["A1", "P1", "2017-01-03", "2017-03-08"],
        &["A2", "P2", "2017-01-04", "2017-03-16"],
        &["A3", "P3", "2017-01-04", "2017-03-17"],
        &["A4", "P3", "2016-12-01", "2017-02-10"],
    ],
);

fn add(builder: &mut DatasetBuilder, (table, header, rows): Rows<'_>, as_at: Option<&str>) {
    let columns = texts(rows.iter().copied(), header.len());
    let columns = columns.columns();
    let mut table = builder.table(table, header).unwrap();
    if let Some(as_at) = as_at {
        table.as_at(day(as_at));
    }
    table.chunk(&Chunk { rows: rows.len(), columns: &columns, bad_rows: &[] }).unwrap();
}

fn dataset(as_at: Option<&str>) -> Dataset {
    let mut builder = Dataset::builder();
    for table in [PLANS, VISITS, ASSESSMENTS] {
        add(&mut builder, table, as_at);
    }
    builder.build()
}

fn card(dataset: &Dataset) -> Scorecard {
    dataset.scorecard(month("2017-01"), month("2017-04"), &Options::default()).unwrap()
}

fn result<'a>(card: &'a Scorecard, measure: &str, of: &str) -> &'a MeasureResult {
    card.result(measure, month(of)).unwrap()
}

fn fraction(result: &MeasureResult) -> (String, String) {
    let shown = |amount: Option<csc_measures::Amount>| amount.map_or("-".to_owned(), |a| a.to_string());
    (shown(result.numerator), shown(result.denominator))
}

fn pair(numerator: &str, denominator: &str) -> (String, String) {
    (numerator.to_owned(), denominator.to_owned())
}

#[test]
fn a_measure_is_worked_out_as_at_the_day() {
    let dataset = dataset(Some("2017-03-16"));
    let card = card(&dataset);

    // P1 last seen 22 working days before, P2 the day before and the plan still open, P3 not yet due
    let visits = result(&card, "O3.M4", "2017-03");
    assert_eq!(fraction(visits), pair("1", "2"));
    assert_eq!((visits.period.from, visits.period.to), (day("2017-03-16"), day("2017-03-16")));
    assert_eq!(visits.direction, None);
    let of_extracts: Vec<&String> =
        visits.warnings.iter().filter(|warning| warning.starts_with("as_at:")).collect();
    assert_eq!(of_extracts, ["as_at:cp_plans:2017-03-16", "as_at:cp_visits:2017-03-16"]);

    // A1 after 46 working days, A2 after 51; A3 the day after
    let authorised = result(&card, "O2.M2", "2017-03");
    assert_eq!(fraction(authorised), pair("2", "-"));
    assert_eq!((authorised.period.from, authorised.period.to), (day("2017-03-01"), day("2017-03-16")));
    // A3 is over 45 working days, and not authorised by then
    assert_eq!(fraction(result(&card, "O2.M3.open_overdue", "2017-03")), pair("1", "-"));

    // P2 was seen, not alone
    assert_eq!(fraction(result(&card, "O3.M4.seen_alone", "2017-03")), pair("0", "1"));
}

#[test]
fn other_months_are_not_supplied_and_say_why() {
    let card = card(&dataset(Some("2017-03-16")));
    for of in ["2017-01", "2017-02", "2017-04"] {
        let visits = result(&card, "O3.M4", of);
        assert_eq!(
            (visits.status, visits.numerator, visits.value),
            (Status::NotSupplied, None, None),
            "{of}"
        );
        assert_eq!(visits.missing_tables, ["cp_plans", "cp_visits"], "{of}");
        assert!(visits.warnings.contains(&"as_at:cp_visits:2017-03-16".to_owned()), "{of}");
        assert_eq!(visits.period.to, month(of).last());
        assert!(card.cases("O3.M4", month(of)).unwrap().is_empty());
    }
}

#[test]
fn what_looks_further_back_is_not_supplied_in_any_month() {
    let card = card(&dataset(Some("2017-03-16")));
    for (measure, table) in [("O5.M4", "cp_plans"), ("O5.M4.percent", "cp_plans"), ("O8.M3", "assessments")] {
        let result = result(&card, measure, "2017-03");
        assert_eq!(
            (result.status, &result.missing_tables[..]),
            (Status::NotSupplied, &[table.to_owned()][..])
        );
        assert!(result.warnings.contains(&format!("no_history:{table}")), "{measure}");
    }
}

#[test]
fn cases_add_up_as_at_the_day() {
    let dataset = dataset(Some("2017-03-16"));
    let card = card(&dataset);
    for result in card.results().iter().filter(|result| result.status == Status::Ok) {
        let cases = card.cases(&result.measure, result.month).unwrap();
        for (outcome, count) in result.outcomes.iter() {
            let found = cases.iter().filter(|case| case.outcome == outcome).count();
            assert_eq!(found as u64, count, "{} {outcome:?}", result.measure);
        }
    }
}

#[test]
fn at_the_end_of_a_month_it_is_the_month() {
    let (extract, whole) = (card(&dataset(Some("2017-03-31"))), card(&dataset(None)));
    let mut compared = 0;
    for result in extract.results().iter().filter(|result| result.status == Status::Ok) {
        let other = whole.result(&result.measure, result.month).unwrap();
        assert_eq!(
            (result.numerator, result.denominator, result.value, result.outcomes, result.period),
            (other.numerator, other.denominator, other.value, other.outcomes, other.period),
        );
        compared += 1;
    }
    assert_eq!(compared, 5);
}

#[test]
fn tables_of_different_days_have_no_day_in_common() {
    let mut builder = Dataset::builder();
    add(&mut builder, PLANS, Some("2017-03-16"));
    add(&mut builder, VISITS, Some("2017-03-17"));
    let card = card(&builder.build());
    let visits = result(&card, "O3.M4", "2017-03");
    assert_eq!(visits.missing_tables, ["cp_plans", "cp_visits"]);
    assert_eq!(visits.warnings[..2], ["as_at:cp_plans:2017-03-16", "as_at:cp_visits:2017-03-17"]);
}

#[test]
fn a_table_with_its_past_beside_one_without() {
    let mut builder = Dataset::builder();
    add(&mut builder, PLANS, None);
    add(&mut builder, VISITS, None);
    add(&mut builder, ASSESSMENTS, Some("2017-03-16"));
    let card = card(&builder.build());
    // by the end of February P1 was seen and P2 was not; by the end of March P1 was, and P3 was not for 22 days
    assert_eq!(fraction(result(&card, "O3.M4", "2017-02")), pair("1", "2"));
    assert_eq!(fraction(result(&card, "O3.M4", "2017-03")), pair("1", "2"));
    assert_eq!(fraction(result(&card, "O2.M2", "2017-03")), pair("2", "-"));
}

#[test]
fn parts_put_together_are_the_whole() {
    let dataset = dataset(Some("2017-03-16"));
    let (from, to, options) = (month("2017-01"), month("2017-04"), Options::default());
    let parts = [0, 1].map(|index| {
        let part = dataset.part_of(index, 2, from, to, &options).unwrap();
        serde_json::from_str::<Part>(&serde_json::to_string(&part).unwrap()).unwrap()
    });
    let merged = serde_json::to_string(&Scorecard::merge(parts).unwrap()).unwrap();
    assert_eq!(merged, serde_json::to_string(&card(&dataset)).unwrap());

    let other = self::dataset(Some("2017-03-17")).part(from, to, &options).unwrap();
    let error = Scorecard::merge([dataset.part(from, to, &options).unwrap(), other]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "part 2 cannot be merged: table `assessments` is as at 2017-03-17, not 2017-03-16"
    );
}

#[test]
fn what_is_due_is_told_as_at_the_day_alone() {
    let dataset = dataset(Some("2017-03-16"));
    let due = |as_at: &str| dataset.due_list(day(as_at), &Options::default(), &DueFilter::default()).unwrap();
    let visits = |as_at: &str| due(as_at).obligations.iter().filter(|one| one.clock == "cp_visit").count();
    assert_eq!((visits("2017-03-16"), visits("2017-03-17")), (3, 0));
    let list = due("2017-03-17");
    let gap = list.not_supplied.iter().find(|gap| gap.measure.as_str() == "O3.M4").unwrap();
    assert_eq!(gap.missing_tables, ["cp_plans", "cp_visits"]);
    assert_eq!(gap.warnings, ["as_at:cp_plans:2017-03-16", "as_at:cp_visits:2017-03-16"]);
}

#[test]
fn a_table_that_does_not_tell_enough_for_a_measure_is_not_there_for_it() {
    let mut builder = Dataset::builder();
    add(&mut builder, ("persons", &["person_id", "date_of_birth"], &[&["P1", "2000-05-01"]]), None);
    let episodes: Rows<'_> = (
        "cla_episodes",
        &["cla_episode_id", "person_id", "cla_id", "start_date"],
        &[&["E1", "P1", "C1", "2016-01-01"]],
    );
    add(&mut builder, episodes, None);
    let header = ["care_leaver_id", "person_id", "eligibility"];
    builder.table("care_leavers", &header).unwrap().lacks(&[csc_measures::tables::Lack::PathwayPlanning]);
    let dataset = builder.build();
    let card = card(&dataset);

    let pathway = result(&card, "O6.M11", "2017-03");
    assert_eq!(pathway.missing_tables, ["pathway_plans", "care_leavers"]);
    assert!(pathway.warnings.contains(&"not_enough:care_leavers".to_owned()));
    assert_eq!(result(&card, "O6.M9", "2017-03").status, Status::Ok);

    // a part says so, and does not go with one that does not
    let (from, to, options) = (month("2017-01"), month("2017-04"), Options::default());
    let part = dataset.part(from, to, &options).unwrap();
    let part: Part = serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap();
    let merged = Scorecard::merge([part.clone()]).unwrap();
    assert_eq!(merged.result("O6.M11", month("2017-03")).unwrap().status, Status::NotSupplied);
    let mut builder = Dataset::builder();
    add(&mut builder, ("persons", &["person_id", "date_of_birth"], &[]), None);
    add(&mut builder, (episodes.0, episodes.1, &[]), None);
    builder.declare("care_leavers", &header).unwrap();
    let other = builder.build().part(from, to, &options).unwrap();
    let error = Scorecard::merge([part, other]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "part 2 cannot be merged: table `care_leavers` lacks other things than in part 1"
    );
}
