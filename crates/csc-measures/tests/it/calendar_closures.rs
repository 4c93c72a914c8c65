//! Closures: both forms of the file, and the errors of a wrong one.

use chrono::NaiveDate;
use csc_measures::calendar::{BankHolidays, Calendar, CalendarError, Closures, Nation};

fn read(json: &str) -> Result<Closures, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

const GOV_UK: &str = r#"{
    "england-and-wales": {"division": "england-and-wales", "events": [
        {"title": "A coronation", "date": "2031-06-09", "notes": "Extra bank holiday", "bunting": true},
        {"title": "Another name for Christmas", "date": "2031-12-25", "notes": "", "bunting": true}]},
    "scotland": {"division": "scotland", "events": []}
}"#;

#[test]
fn the_gov_uk_form_adds_the_events_of_the_nation() {
    let closures = read(GOV_UK).unwrap();
    let calendar = Calendar::england_and_wales();
    let with = calendar.with(&closures).unwrap();
    let added: Vec<_> = with.holidays().filter(|new| calendar.holidays().all(|old| old != *new)).collect();
    assert_eq!(added, [(NaiveDate::from_ymd_opt(2031, 6, 9).unwrap(), "A coronation")]);
    assert_eq!(with.closures().count(), 0);
    assert_eq!(with.published_until(), calendar.published_until());
    // an empty list of the nation adds nothing
    assert_eq!(Calendar::scotland().with(&closures).unwrap(), Calendar::scotland());
    // a list without the nation is an error
    let nation = Nation::NorthernIreland;
    assert_eq!(Calendar::northern_ireland().with(&closures), Err(CalendarError::NoDivision { nation }));
}

#[test]
fn the_published_list_changes_nothing() {
    for nation in Nation::ALL {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/vectors/calendar");
        let text = std::fs::read_to_string(format!("{folder}/published-{nation}.json")).unwrap();
        let list: serde_json::Value = serde_json::from_str(&text).unwrap();
        let list = serde_json::json!({nation.as_str(): {"division": nation, "events": list["events"]}});
        let list: BankHolidays = serde_json::from_value(list).unwrap();
        let calendar = Calendar::for_nation(nation);
        assert_eq!(calendar.with_bank_holidays(&list).unwrap(), calendar);
    }
}

#[test]
fn a_date_has_one_form() {
    for text in ["2017-3-1", "+2017-03-1", " 2017-3-01", "-001-03-01", "2017-03-01 ", "2017-02-29"] {
        let message = read(&format!("[\"{text}\"]")).unwrap_err();
        assert!(message.contains("is not a date in the form YYYY-MM-DD"), "{message}");
    }
}

#[test]
fn a_list_of_dates() {
    let closures = read(r#"["2017-12-29", "2017-12-28", "2017-12-29"]"#).unwrap();
    let calendar = Calendar::scotland().with(&closures).unwrap();
    let dates: Vec<_> = calendar.closures().map(|date| date.to_string()).collect();
    assert_eq!(dates, ["2017-12-28", "2017-12-29"]);
    assert_eq!(Calendar::scotland().with(&read("[]").unwrap()).unwrap(), Calendar::scotland());
}

#[test]
fn both_forms_are_written_as_they_are_read() {
    for json in [GOV_UK, r#"["2017-12-28"]"#] {
        let closures = read(json).unwrap();
        assert_eq!(read(&serde_json::to_string(&closures).unwrap()).unwrap(), closures);
    }
}

#[test]
fn what_the_list_does_not_have_is_refused_with_the_nearest_name() {
    let event = r#"{"title": "A coronation", "date": "2031-06-09"}"#;
    for (json, expected) in [
        (r#"{"scotlnd": {"events": []}}"#, "unknown division `scotlnd`, did you mean `scotland`?"),
        (r#"{"England-and-Wales": {"events": []}}"#, "did you mean `england-and-wales`?"),
        (r#"{"dates": ["2031-06-09"]}"#, "unknown division `dates`, did you mean"),
        (r#"{"scotland": {"events": []}, "scotland": {"events": []}}"#, "division `scotland` is given twice"),
        (
            r#"{"scotland": {"division": "wales", "events": []}}"#,
            "division `scotland` has `division` set to `wales`",
        ),
        (
            r#"{"scotland": {"events": [], "evnts": []}}"#,
            "unknown field `evnts`, expected `division` or `events`",
        ),
        (&format!(r#"{{"scotland": {{"events": [{event}], "events": []}}}}"#), "duplicate field `events`"),
        (
            r#"{"scotland": {"events": [{"title": "A", "date": "2031-06-09", "dates": []}]}}"#,
            "unknown field `dates`, expected one of `title`, `date`, `notes`, `bunting`",
        ),
    ] {
        let message = read(json).unwrap_err();
        assert!(message.contains(expected), "{json}: {message}");
    }
}

#[test]
fn a_wrong_form_is_told_what_is_wrong() {
    const FORM: &str = "expected the GOV.UK bank holidays or a list of dates";
    const DIVISION: &str = "expected a division of the GOV.UK bank holidays, an object with `events`";
    const HOLIDAY: &str = "expected a bank holiday, an object with `title` and `date`";
    for (json, expect) in [
        ("true", FORM),
        (r#""2017-12-28""#, FORM),
        (r#"["2017-02-29"]"#, "`2017-02-29` is not a date in the form YYYY-MM-DD"),
        (r#"["28/12/2017"]"#, "`28/12/2017` is not a date in the form YYYY-MM-DD"),
        (r#"["2017-1-2"]"#, "`2017-1-2` is not a date in the form YYYY-MM-DD"),
        ("[20171228]", "expected a date in the form YYYY-MM-DD"),
        (r#"{"scotland": "2017-12-28"}"#, DIVISION),
        (r#"{"scotland": ["2017-12-28"]}"#, DIVISION),
        (r#"{"scotland": {"division": "scotland"}}"#, "missing field `events`"),
        (r#"{"scotland": {"events": ["2017-12-28"]}}"#, HOLIDAY),
        (r#"{"scotland": {"events": [{"title": "x", "date": "soon"}]}}"#, "`soon` is not a date"),
    ] {
        let error = read(json).unwrap_err();
        assert!(error.contains(expect), "{json}: {error}");
    }
    let closures = read(r#"["2060-01-01"]"#).unwrap();
    let error = Calendar::scotland().with(&closures).unwrap_err();
    assert_eq!(error.to_string(), "2060-01-01 is outside the calendar (1995-01-01 to 2050-12-31)");
}

#[test]
fn nations_are_named_as_in_the_policy() {
    for nation in Nation::ALL {
        assert_eq!(nation.to_string().parse(), Ok(nation));
        assert_eq!(serde_json::to_value(nation).unwrap(), nation.as_str());
        assert_eq!(Calendar::for_nation(nation).nation(), nation);
    }
    let error = "england".parse::<Nation>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown nation `england`; expected `england-and-wales`, `scotland` or `northern-ireland`"
    );
}
