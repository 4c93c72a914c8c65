//! Every output says by which definitions it was worked out.

use csc_measures::measures::Measure;
use csc_measures::{Dataset, Options, Plan};
use serde_json::{Value, json};

#[test]
fn a_scorecard_says_the_version_of_each_of_its_measures() {
    let (january, march) = ("2017-01".parse().unwrap(), "2017-03".parse().unwrap());
    let mut options = Options::default();
    options.measures = Some(vec!["O3.M4".to_owned(), "O6.M3".to_owned()]);
    let dataset = Dataset::builder().build();
    let told = |to| {
        let card = dataset.scorecard(january, to, &options).unwrap();
        serde_json::to_value(&card).unwrap()["definitions"].clone()
    };
    let all = json!({
        "form": 2,
        "plan": { "id": "worcestershire-2017", "edition": 2 },
        "measures": { "O3.M4": 1, "O6.M3": 2 }
    });
    assert_eq!(told(march), all);
    let published = dataset.scorecard(january, march, &options).unwrap().published().unwrap();
    assert_eq!(serde_json::to_value(published).unwrap()["definitions"], all);
    // a quarterly measure has no result in January
    assert_eq!(told(january)["measures"], json!({ "O3.M4": 1 }));
}

#[test]
fn it_comes_after_what_was_there_before() {
    let march = "2017-03".parse().unwrap();
    let card = Dataset::builder().build().scorecard(march, march, &Options::default()).unwrap();
    let text = serde_json::to_string(&card).unwrap();
    assert!(text.starts_with(r#"{"plan":"worcestershire-2017","calendar":"england-and-wales","policy":{"#));
    assert!(
        text.ends_with(&format!(r#","data_issues":[],"columns":[],"definitions":{}}}"#, card.definitions()))
    );
}

#[test]
fn as_text_it_is_its_json() {
    let march = "2017-03".parse().unwrap();
    let card = Dataset::builder().build().scorecard(march, march, &Options::default()).unwrap();
    let definitions = card.definitions();
    let read: Value = serde_json::from_str(&definitions.to_string()).unwrap();
    assert_eq!(read, serde_json::to_value(&definitions).unwrap());
    assert_eq!(serde_json::to_string(&definitions).unwrap(), definitions.to_string());
    assert_eq!(
        card.definitions_of("O1.M1").unwrap().to_string(),
        r#"{"form":2,"plan":{"id":"worcestershire-2017","edition":2},"measures":{"O1.M1":2}}"#
    );
    assert_eq!(card.definitions_of("O1.M1").unwrap().version("O1.M2"), None);
}

#[test]
fn a_row_has_the_version_of_its_measure() {
    assert!(Measure::all().all(|measure| measure.definition().version >= 1));
    let plan = Plan::worcestershire_2017();
    assert!(plan.rows().iter().all(|row| row.version() == row.measure().definition().version));
}
