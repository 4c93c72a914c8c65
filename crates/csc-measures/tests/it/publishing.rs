//! The vectors of what may be published, and that the rest stays as it is.

use std::collections::BTreeMap;

use csc_measures::{
    Dataset, Month, Options, PublishPeriod, Published, Publishing, Scorecard, ScorecardError,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::common::vector_files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VectorFile {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    #[expect(dead_code, reason = "for the reader")]
    why: String,
    tables: BTreeMap<String, Vec<Map<String, Value>>>,
    #[serde(default)]
    policy: Option<Value>,
    #[serde(default)]
    targets: Option<Value>,
    from: Month,
    to: Month,
    expect: BTreeMap<String, Map<String, Value>>,
}

fn scorecard(vector: &Vector) -> Scorecard {
    let or_empty = |value: &Option<Value>| value.clone().unwrap_or_else(|| json!({}));
    let options = json!({"policy": or_empty(&vector.policy), "targets": or_empty(&vector.targets)});
    let options: Options = serde_json::from_value(options).unwrap();
    crate::common::dataset(&vector.tables).scorecard(vector.from, vector.to, &options).unwrap()
}

fn vectors() -> Vec<Vector> {
    vector_files::<VectorFile>("publishing").into_iter().flat_map(|(_, file)| file.vectors).collect()
}

#[test]
fn every_vector_holds() {
    for vector in vectors() {
        let published = scorecard(&vector).published().unwrap();
        for (measure, expected) in &vector.expect {
            let result = serde_json::to_value(published.result(measure, vector.to).unwrap()).unwrap();
            for (key, value) in expected {
                let found = result.get(key).unwrap_or_else(|| panic!("no `{key}` in {result}"));
                let is_same = found == value
                    || found.as_f64().zip(value.as_f64()).is_some_and(|(a, b)| (a - b).abs() < 1e-9);
                assert!(is_same, "{}: {measure} {key}: expected {value}, found {found}", vector.name);
            }
        }
    }
}

#[test]
fn a_suppressed_result_holds_no_number_in_memory_either() {
    let mut suppressed = 0;
    for vector in vectors() {
        for line in
            scorecard(&vector).published().unwrap().results().iter().filter(|line| line.is_suppressed())
        {
            let result = line.result();
            assert!(result.numerator.is_none() && result.denominator.is_none() && result.value.is_none());
            assert!(result.outcomes.iter().next().is_none() && result.direction.is_none());
            suppressed += 1;
        }
    }
    assert!(suppressed > 10);
}

/// Referrals of March by area: so many of each.
fn referrals(areas: &[(&str, u32)]) -> Dataset {
    let (mut persons, mut rows) = (Vec::new(), Vec::new());
    for (area, count) in areas {
        for number in 0..*count {
            let id = format!("{area}{number}");
            persons.push(object(&[("person_id", &id), ("area", area)]));
            rows.push(object(&[("referral_id", &id), ("person_id", &id), ("referral_date", "2017-03-06")]));
        }
    }
    crate::common::dataset(&BTreeMap::from([("persons".to_owned(), persons), ("referrals".to_owned(), rows)]))
}

fn object(values: &[(&str, &str)]) -> Map<String, Value> {
    values.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect()
}

fn card(dataset: &Dataset, from: &str, to: &str, options: &Value) -> Scorecard {
    let options: Options = serde_json::from_value(options.clone()).unwrap();
    dataset.scorecard(from.parse().unwrap(), to.parse().unwrap(), &options).unwrap()
}

/// The groups of re-referrals, each with the denominator that is published.
fn groups(published: &Published) -> Vec<(String, String)> {
    let of_it = published.groups().iter().filter(|group| group.measure == "O5.M3");
    let shown = |group: &csc_measures::PublishedGroup| {
        serde_json::to_value(group).unwrap()["denominator"].to_string().replace('"', "")
    };
    of_it.map(|group| (group.group.clone().unwrap_or("-".into()), shown(group))).collect()
}

fn published(areas: &[(&str, u32)], more: &Value) -> Vec<(String, String)> {
    let mut options = json!({"breakdown": ["area"]});
    options.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    groups(&card(&referrals(areas), "2017-03", "2017-03", &options).published().unwrap())
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn a_hidden_group_takes_the_smallest_other_along() {
    // 3 are few; with 7 they are 10, which is five times two and would tell nothing less: so a third goes.
    assert_eq!(
        published(&[("A", 3), ("B", 8), ("C", 20), ("D", 30)], &json!({})),
        pairs(&[("A", "c"), ("B", "c"), ("C", "20"), ("D", "30"), ("-", "0")])
    );
    assert_eq!(
        published(&[("A", 3), ("B", 7), ("C", 20), ("D", 30)], &json!({})),
        pairs(&[("A", "c"), ("B", "c"), ("C", "c"), ("D", "30"), ("-", "0")])
    );
    // A group of nobody is listed, and goes last.
    assert_eq!(published(&[("A", 3), ("B", 8)], &json!({})), pairs(&[("A", "c"), ("B", "c"), ("-", "0")]));
    // Nothing is few.
    assert_eq!(published(&[("A", 6), ("B", 8)], &json!({})), pairs(&[("A", "6"), ("B", "8"), ("-", "0")]));
    // The groups of a hidden whole, those of nobody too.
    assert_eq!(published(&[("A", 3)], &json!({})), pairs(&[("A", "c"), ("-", "c")]));
}

#[test]
fn figures_are_hidden_alike_whatever_is_asked_beside_them() {
    let areas = [("A", 3), ("B", 8), ("C", 20), ("D", 30)];
    let all = published(&areas, &json!({}));
    assert_eq!(published(&areas, &json!({"measures": ["O5.M3"]})), all);
    let with_sex = card(&referrals(&areas), "2017-01", "2017-03", &json!({"breakdown": ["sex", "area"]}));
    let march = with_sex.published().unwrap();
    let by_area = march.groups().iter().filter(|group| group.dimension == "area" && group.measure == "O5.M3");
    let of_march: Vec<String> = by_area
        .filter(|group| group.month.to_string() == "2017-03")
        .map(|group| group.denominator.map_or("c".into(), |amount| amount.to_string()))
        .collect();
    assert_eq!(of_march, ["c", "c", "20", "30", "0"]);
}

#[test]
fn a_breakdown_by_worker_is_not_published() {
    let by_worker = card(&referrals(&[("A", 9)]), "2017-03", "2017-03", &json!({"breakdown": ["worker"]}));
    assert!(!by_worker.groups().is_empty());
    assert!(by_worker.published().unwrap().groups().is_empty());
}

#[test]
fn a_hidden_group_has_nothing_that_is_worked_out_of_it() {
    let card =
        card(&referrals(&[("A", 3), ("B", 30)]), "2017-03", "2017-03", &json!({"breakdown": ["area"]}));
    let published = card.published().unwrap();
    let hidden = published.groups().iter().find(|group| group.group.as_deref() == Some("A")).unwrap();
    let json = serde_json::to_value(hidden).unwrap();
    assert_eq!(json["status"], "suppressed");
    for key in ["low", "high", "funnel"] {
        assert!(json[key].is_null(), "{json}");
    }
    assert!(json.get("outcomes").is_none());
}

#[test]
fn related_rows_under_different_policies_are_refused_by_suppression() {
    let plan = json!({"id": "two", "title": "Two", "outcomes": [{"id": "A", "title": "A", "rows": [
        {"id": "A1", "title": "Own", "measure": "cp_rated_not_red", "policy": {"unrated": "red"}},
        {"id": "A2", "title": "Visits", "measure": "cp_visits_in_time"},
    ]}]});
    let march: Month = "2017-03".parse().unwrap();
    let options: Options = serde_json::from_value(json!({ "plan": plan })).unwrap();
    let card = Dataset::builder().build().scorecard(march, march, &options).unwrap();
    let error = card.published().unwrap_err();
    assert!(error.to_string().starts_with("rows `A1` and `A2` show related figures"), "{error}");
    let mut rounding = Publishing::default();
    rounding.protection = csc_measures::Protection::Rounding;
    assert!(card.published_as(rounding).is_ok());
}

#[test]
fn events_of_a_quarter_are_added_up() {
    let mut rows = Vec::new();
    for (month, count) in [("2017-01", 3), ("2017-02", 2), ("2017-03", 4)] {
        for number in 0..count {
            let id = format!("{month}{number}");
            rows.push(object(&[("compliment_id", &id), ("received_date", &format!("{month}-06"))]));
        }
    }
    let dataset = crate::common::dataset(&BTreeMap::from([("compliments".to_owned(), rows)]));
    let card = card(&dataset, "2017-01", "2017-04", &json!({}));
    let months = card.published().unwrap();
    assert!(months.result("O4.M4", "2017-02".parse().unwrap()).unwrap().is_suppressed());
    let mut publishing = Publishing::default();
    publishing.publish_period = PublishPeriod::Quarter;
    let quarters = card.published_as(publishing).unwrap();
    let march: Month = "2017-03".parse().unwrap();
    let result = quarters.result("O4.M4", march).unwrap().result();
    assert_eq!(result.value.unwrap().to_string(), "9");
    assert_eq!(result.period.from.to_string(), "2017-01-01");
    assert!(quarters.results().iter().all(|line| line.result().month == march));
    publishing.publish_period = PublishPeriod::Year;
    let error = card.published_as(publishing).unwrap_err();
    assert_eq!(error.to_string(), "no whole year lies in the months from 2017-01 to 2017-04");
}

#[test]
fn parts_are_published_if_they_say_what_a_publication_is_worked_out_from() {
    let march: Month = "2017-03".parse().unwrap();
    let dataset = referrals(&[("A", 9)]);
    let mut options = Options::default();
    let part = dataset.part(march, march, &options).unwrap();
    let error = Scorecard::merge([part]).unwrap().published().unwrap_err();
    assert_eq!(error, ScorecardError::NotOfParts);

    options.publish = true;
    let file = serde_json::to_value(dataset.part(march, march, &options).unwrap()).unwrap();
    let part = serde_json::from_value(file.clone()).unwrap();
    let merged = Scorecard::merge([part]).unwrap().published().unwrap();
    let whole = dataset.scorecard(march, march, &options).unwrap().published().unwrap();
    assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&whole).unwrap());

    // A file that was cut or added to.
    let read = |file: Value| serde_json::from_value::<csc_measures::Part>(file).unwrap_err().to_string();
    let mut without = file.clone();
    without.as_object_mut().unwrap().remove("publishing");
    assert_eq!(read(without), "`publishing` is missing, and the options ask for it");
    let mut unasked = file;
    unasked["options"]["publish"] = false.into();
    assert_eq!(read(unasked), "`publishing` is there, and the options do not ask for it");
}

#[test]
fn dimensions_that_nest_are_not_published_together_by_suppression() {
    let march: Month = "2017-03".parse().unwrap();
    let by = |dimensions: &[&str]| {
        let mut options = Options::default();
        options.breakdown = dimensions.iter().map(|name| (*name).to_owned()).collect();
        referrals(&[("A", 9)]).scorecard(march, march, &options).unwrap()
    };
    let both = by(&["ethnicity", "ethnic_group"]);
    let error = both.published().unwrap_err();
    assert_eq!(error, ScorecardError::NestedDimensions { first: "ethnic_group", second: "ethnicity" });
    let mut rounding = Publishing::default();
    rounding.protection = csc_measures::Protection::Rounding;
    assert!(both.published_as(rounding).is_ok());
    assert!(by(&["ethnicity"]).published().is_ok() && by(&["ethnic_group"]).published().is_ok());
}
