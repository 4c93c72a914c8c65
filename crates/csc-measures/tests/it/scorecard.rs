//! What a scorecard is asked, and how it answers.

use csc_measures::{Dataset, Month, Options, Scorecard, SectionBy};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn card(options: &str) -> Scorecard {
    let options: Options = serde_json::from_str(options).unwrap();
    Dataset::builder().build().scorecard(month("2017-01"), month("2017-03"), &options).unwrap()
}

#[test]
fn the_options_say_how_results_are_grouped() {
    assert!(card("{}").sections().is_none());
    let sections = |by: &str| -> Vec<String> {
        let card = card(&format!(r#"{{"by": "{by}"}}"#));
        card.sections().unwrap().iter().map(|section| section.id.to_owned()).collect()
    };
    assert_eq!(sections("outcome"), ["O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8"]);
    assert_eq!((sections("recommendation").len(), sections("recommendation")[13].as_str()), (14, "R14"));
}

#[test]
fn sections_are_written_after_all_else_and_change_nothing_of_it() {
    let plain = serde_json::to_string(&card("{}")).unwrap();
    let published = serde_json::to_string(&card("{}").published().unwrap()).unwrap();
    for by in SectionBy::ALL {
        let card = card(&format!(r#"{{"by": "{by}"}}"#));
        let sections = format!(r#","sections":{}}}"#, serde_json::to_string(&card.sections()).unwrap());
        let with_sections = |text: &str| format!("{}{sections}", text.strip_suffix('}').unwrap());
        assert_eq!(serde_json::to_string(&card).unwrap(), with_sections(&plain));
        assert_eq!(serde_json::to_string(&card.published().unwrap()).unwrap(), with_sections(&published));
    }
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let text = |options| serde_json::to_string(&card(options)).unwrap();
    assert_eq!(text(r#"{"threads": 3}"#), text("{}"));
}

#[test]
fn an_outcome_has_the_results_of_its_measures_alone() {
    let card = card(r#"{"measures": ["O1.M1", "O3.M4", "O3.M4.seen_alone"]}"#);
    let sections = card.by_outcome();
    let ids = |place: usize| sections[place].results.iter().map(|r| r.measure.as_str()).collect::<Vec<_>>();
    assert_eq!(ids(0), ["O1.M1"; 3]);
    assert_eq!(ids(2)[..2], ["O3.M4", "O3.M4.seen_alone"]);
    assert!(ids(1).is_empty() && !sections[1].measures.is_empty());
}

#[test]
fn a_recommendation_has_the_results_of_all_its_outcomes() {
    let card = card("{}");
    let sections = card.by_recommendation();
    let r3 = sections.iter().find(|section| section.id == "R3").unwrap();
    let has = |id: &str| r3.results.iter().any(|result| result.measure == id);
    assert!(has("O5.M1") && has("O8.M4") && !has("O1.M1"));
    let unmeasured: Vec<&str> = sections.iter().filter(|g| g.unmeasured).map(|g| g.id).collect();
    assert_eq!(unmeasured, ["R5", "R6", "R7", "R10", "R11", "R12"]);
    assert!(
        sections.iter().all(|group| group.note.is_some() && group.unmeasured == group.results.is_empty())
    );
}

#[test]
fn options_that_make_no_sense_are_refused() {
    for (options, expected) in [
        (r#"{"by": "recomendation"}"#, "unknown value `recomendation`, did you mean `recommendation`?"),
        (r#"{"threads": 0}"#, "nonzero"),
        (r#"{"theads": 1}"#, "unknown field `theads`"),
    ] {
        let error = serde_json::from_str::<Options>(options).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    assert_eq!(card(r#"{"by": "outcome"}"#).by(), Some(SectionBy::Outcome));
}

#[test]
fn a_run_goes_no_further_than_the_calendar() {
    let empty = Dataset::builder().build();
    let options: Options = serde_json::from_str(r#"{"measures": ["O4.M4"]}"#).unwrap();
    let (first, last) = (month("1995-01"), month("2050-12"));
    assert_eq!(empty.scorecard(first, last, &options).unwrap().results().len(), 672);
    for (from, to, outside) in [(first.plus(-1), last, "1994-12"), (first, last.plus(1), "2051-01")] {
        let expected = format!("{outside} is outside the calendar (1995-01 to 2050-12)");
        assert_eq!(empty.scorecard(from, to, &options).unwrap_err().to_string(), expected);
        assert_eq!(empty.part(from, to, &options).unwrap_err().to_string(), expected);
    }
    let day = first.plus(-1).last();
    let error = empty.due_list(day, &options, &csc_measures::due::DueFilter::default()).unwrap_err();
    assert_eq!(error.to_string(), "1994-12-31 is outside the calendar (1995-01-01 to 2050-12-31)");
}
