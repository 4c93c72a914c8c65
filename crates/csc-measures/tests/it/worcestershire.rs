//! The first plan, against its printed wording; and the catalogue of measures.

use std::collections::BTreeSet;

use csc_measures::Policy;
use csc_measures::measures::{Measure, Unit};
use csc_measures::plan::{Plan, PlanRow};

/// The plan as printed: columns apart by tabs, a cell's text running on over the lines below it.
const PRINTED: &str = include_str!("../data/service-improvement-plan.txt");

/// The printed titles, slips included.
#[rustfmt::skip] // as long as they are printed
const TITLES: &[(&str, &str)] = &[
    ("O1.M1", "Total Average Caseload"),
    ("O1.M2", "ASYE - number with more than 12 cases"),
    ("O1.M3", "ASYE - % with more than 12 cases"),
    ("O1.M4", "Safeguarding Teams and Care Leavers Teams- % of workforce permanently appointed"),
    ("O1.M5", "Safeguarding Teams and Care Leavers Teams - % staff turnover"),
    ("O1.M6", "Number of Staff Exit Interviews Completed"),
    ("O1.M7", "Percentage of Staff Exit Interviews completed with reasons inside WCC control"),
    ("O2.M1", "All policies have a last reviewed date of less than 3 years"),
    ("O2.M2", "Total social worker assessments completed"),
    ("O2.M3", "Social worker assessments completed in 45 days - %"),
    ("O3.M1", "RAG ratings for Child Protection children are not red"),
    ("O3.M2", "% of ICPCs held within 15 working days of decision for need"),
    ("O3.M3", "% of Child Protection statutory reviews in timescale"),
    ("O3.M4", "% of CP children seen within timescale (within last 20 working days)"),
    ("O3.M5", "% of LAC seen in timescale (within the last 30/60 working days)"),
    ("O3.M6", "% of looked after children statutory reviews in timescale"),
    ("O3.M7", "% CIN children seen within timescale (within the last 30 working days)"),
    ("O3.M8", "Number of audits completed"),
    ("O3.M9", "Case audits identify adequate/good as an outcome judgement-Num"),
    ("O3.M10", "Case audits identify adequate/good as an outcome judgement - %"),
    ("O3.M11", "RAG ratings for Child Protection children are not red"),
    ("O4.M1", "Number of Stage One complaints received"),
    ("O4.M2", "Number of Stage One complaints made by Children & Young People"),
    ("O4.M3", "% of Stage One complaints that progressed to Stage Two"),
    ("O4.M4", "Number of service compliments received"),
    ("O4.M5", "Qualitative reports on the improved practise resulting from Service User feedback"),
    ("O5.M1", "Strategy discussions - % health involved"),
    ("O5.M2", "Strategy discussions - % aged 4-17 school involved"),
    ("O5.M3", "Percentage of referrals to FFD where case previously referred to social care in preceding 12 months"),
    ("O5.M4", "CP Plan - No. of children subject for 2nd or subsequent time"),
    ("O6.M1", "Number of Looked After Children placed more than 20 miles from home, outside the County"),
    ("O6.M2", "Percentage of Looked After Children placed more than 20 miles from home, outside the County"),
    ("O6.M3", "Average days between Care start and placed with adopters for adopted children (including legacy cohort) (quarterly)"),
    ("O6.M4", "Average days between Care start and placed with adopters for adopted children (excluding legacy % exceptional cohort) (quarterly)"),
    ("O6.M5", "Rag Rating for Looked After Children Care Plans are not red"),
    ("O6.M6", "Percentage of Looked After children with 3 or more placements in previous 12 months"),
    ("O6.M7", "Number of Looked after Children that are NEET"),
    ("O6.M8", "% of Looked after Children that are NEET"),
    ("O6.M9", "Number of Care Leavers that are NEET"),
    ("O6.M10", "Percentage of looked after children starts with a care plan in place by their 28th day"),
    ("O6.M11", "Percentage of looked after children 16+ with a Pathway Plan"),
    ("O6.M12", "RAG ratings for Looked after children are not red"),
    ("O7.M1", "Number of care proceedings completed in the month"),
    ("O7.M2", "% Of these - completed in 26 weeks"),
    ("O7.M3", "Number of applications for final order made in the month"),
    ("O7.M4", "% of these - where the LA got what it applied for"),
    ("O8.M1", "Number stepped across to Early Help from Children's Social Care"),
    ("O8.M2", "Number stepped across to Children's Social Care from Early Help"),
    ("O8.M3", "Children subject to a repeat Social Worker Assessment at FFD within 12mths - number"),
    ("O8.M4", "Children subject to a repeat Social Worker Assessment at FFD within 12mths - %"),
];

/// The recommendations, their lines joined.
#[rustfmt::skip] // as long as they are printed
const RECOMMENDATIONS: &[(&str, &str)] = &[
    ("R1", "Ensure that elected members and senior leaders meet their statutory responsibilities and duties to the children of Worcestershire by improving all children's services."),
    ("R2", "Implement the workforce strategy as swiftly as possible to improve workforce stability and capacity."),
    ("R3", "Ensure that children's services staff and the wider partnership understand and consistently apply the 'level of needs' at every stage of the child's journey, including in the early help pathway."),
    ("R4", "Strengthen children's voices by ensuring that children are seen, and seen alone, that their views are fully considered and taken into account, that they are supported to contribute to their plans and that their wishes are acted on, when appropriate."),
    ("R5", "Ensure that the management oversight and performance information relating to children who are at risk or vulnerable to child sexual exploitation and missing are accurate, and lead to improved safeguarding practice."),
    ("R6", "Complete a thorough review of all children subject to section 20 accommodation, to ensure that their arrangements are appropriate in all cases."),
    ("R7", "The local authority should assure itself that decisions made to close the cases of the cohort of children in need that were recently reviewed are both appropriate and in the children's best interests."),
    ("R8", "Improve the quality of assessments and plans for all children, including permanence plans. Ensure that children progress through robust reviews and effective oversight."),
    ("R9", "Ensure that strategy discussions include all relevant agencies and robust contingency arrangements, so that children are safeguarded while child protection enquiries are undertaken."),
    ("R10", "Improve the timeliness of health assessments for children looked after to ensure that their needs are fully understood and met."),
    ("R11", "Ensure that social workers and managers fully understand and exercise their responsibilities to unaccompanied asylum-seeking children."),
    ("R12", "Review the response to privately fostered children, to ensure that assessments of carers are completed and agreed, and that children are visited within required timescales."),
    ("R13", "Improve the service to care leavers by ensuring that there is a sufficient range of support and services available to all care leavers."),
    ("R14", "Ensure that effective performance management and quality assurance drive improvements and consistency in the quality of practice, including findings from complaints and training."),
];

/// What each outcome answers, in the order printed.
const ANSWERS: &[(&str, &[&str])] = &[
    ("O1", &["R2"]),
    ("O2", &["R4", "R7", "R8", "R9", "R11"]),
    ("O3", &["R4", "R5", "R8", "R9", "R14"]),
    ("O4", &["R4", "R14"]),
    ("O5", &["R3", "R9", "R12"]),
    ("O6", &["R1", "R8", "R10", "R13"]),
    ("O7", &["R6"]),
    ("O8", &["R3"]),
];

/// One column of one outcome as printed: its lines joined, repeated page headings left out.
fn column(outcome: usize, column: usize) -> String {
    let mut current = 0;
    let mut words = Vec::new();
    for line in PRINTED.lines().filter(|line| line.contains('\t')) {
        if line.starts_with("Service Improvement Plan") {
            continue;
        }
        if line.starts_with("Outcome ") {
            current += 1;
        }
        if current == outcome {
            words.extend(line.split('\t').nth(column).unwrap_or_default().split_whitespace());
        }
    }
    words.join(" ")
}

fn printed(plan: &Plan) -> Vec<&PlanRow> {
    plan.rows().iter().filter(|row| row.is_printed()).collect()
}

#[test]
fn titles_are_as_printed() {
    let plan = Plan::worcestershire_2017();
    let ours: Vec<_> = printed(&plan).into_iter().map(|row| (row.id().as_str(), row.title())).collect();
    assert_eq!(ours, TITLES);
    assert_eq!(ours.len(), 50);
    assert_eq!(ours.iter().map(|(_, title)| title).collect::<BTreeSet<_>>().len(), 49);
    // and the list above is what is printed, outcome by outcome
    for outcome in 1..=8 {
        let prefix = format!("O{outcome}.");
        let titles: Vec<_> =
            TITLES.iter().filter(|(id, _)| id.starts_with(&prefix)).map(|(_, title)| *title).collect();
        assert_eq!(column(outcome, 1), titles.join(" "));
    }
}

#[test]
fn slips_of_the_printed_titles_stay() {
    let plan = Plan::worcestershire_2017();
    for (id, words) in [
        ("O1.M4", "Teams- % of"),
        ("O1.M5", "Teams - % staff"),
        ("O3.M9", "judgement-Num"),
        ("O4.M5", "improved practise"),
        ("O6.M4", "legacy % exceptional cohort"),
        ("O6.M5", "Rag Rating for Looked After Children Care Plans"),
        ("O6.M12", "RAG ratings for Looked after children"),
        ("O7.M2", "% Of these"),
        ("O7.M4", "% of these"),
        ("O8.M3", "12mths"),
    ] {
        assert!(plan.row(id).unwrap().title().contains(words), "{id} {words}");
    }
}

/// The keys, forms and companions of the rows, as the plan has them.
const SHOWS: &[(&str, &str, &str, &[&str])] = &[
    ("O1.M1", "caseload", "average", &[]),
    ("O1.M2", "asye_over_case_limit", "count", &[]),
    ("O1.M3", "asye_over_case_limit", "percent", &[]),
    ("O1.M4", "workforce_permanent", "percent", &[]),
    ("O1.M5", "workforce_turnover", "percent", &["published"]),
    ("O1.M6", "exit_interviews", "count", &[]),
    ("O1.M7", "exit_reasons_inside_control", "percent", &[]),
    ("O2.M1", "policies_reviewed", "percent", &[]),
    ("O2.M2", "assessments_completed", "count", &[]),
    ("O2.M3", "assessments_in_time", "percent", &["open_overdue", "from_referral"]),
    ("O3.M1", "cp_rated_not_red", "percent", &[]),
    ("O3.M2", "icpc_in_time", "percent", &["open_overdue", "published"]),
    ("O3.M3", "cp_reviews_in_time", "percent", &[]),
    ("O3.M4", "cp_visits_in_time", "percent", &["seen_alone"]),
    ("O3.M5", "cla_visits_in_time", "percent", &["seen_alone", "statutory"]),
    ("O3.M6", "cla_reviews_in_time", "percent", &[]),
    ("O3.M7", "cin_visits_in_time", "percent", &["seen_alone"]),
    ("O3.M8", "audits_completed", "count", &[]),
    ("O3.M9", "audits_adequate", "count", &[]),
    ("O3.M10", "audits_adequate", "percent", &[]),
    ("O3.M11", "cp_rated_not_red", "percent", &[]),
    ("O4.M1", "complaints_received", "count", &[]),
    ("O4.M2", "complaints_by_children", "count", &[]),
    ("O4.M3", "complaints_to_stage_two", "percent", &[]),
    ("O4.M4", "compliments_received", "count", &[]),
    ("O4.M5", "feedback_reports", "qualitative", &[]),
    ("O5.M1", "strategy_health_involved", "percent", &[]),
    ("O5.M2", "strategy_school_involved", "percent", &[]),
    ("O5.M3", "re_referrals", "percent", &[]),
    ("O5.M4", "repeat_cp_plans", "count", &["percent"]),
    ("O6.M1", "cla_far_from_home", "count", &[]),
    ("O6.M2", "cla_far_from_home", "percent", &[]),
    ("O6.M3", "adoption_days", "days", &[]),
    ("O6.M4", "adoption_days_without_exceptions", "days", &[]),
    ("O6.M5", "cla_care_plans_rated_not_red", "percent", &[]),
    ("O6.M6", "cla_three_placements", "percent", &[]),
    ("O6.M7", "cla_neet", "count", &[]),
    ("O6.M8", "cla_neet", "percent", &[]),
    ("O6.M9", "care_leavers_neet", "count", &["percent"]),
    ("O6.M10", "care_plans_by_28th_day", "percent", &["ten_working_days"]),
    ("O6.M11", "pathway_plans", "percent", &[]),
    ("O6.M12", "cla_rated_not_red", "percent", &[]),
    ("O7.M1", "proceedings_concluded", "count", &[]),
    ("O7.M2", "proceedings_in_time", "percent", &[]),
    ("O7.M3", "final_order_applications", "count", &[]),
    ("O7.M4", "final_orders_as_sought", "percent", &[]),
    ("O8.M1", "stepped_to_early_help", "count", &[]),
    ("O8.M2", "stepped_to_social_care", "count", &[]),
    ("O8.M3", "repeat_assessments", "count", &[]),
    ("O8.M4", "repeat_assessments", "percent", &[]),
];

#[test]
fn each_row_shows_its_measure_and_brings_its_companions() {
    let plan = Plan::worcestershire_2017();
    let ours: Vec<(String, String, String, Vec<String>)> = printed(&plan)
        .into_iter()
        .map(|row| {
            let companions = plan.rows().iter().filter(|other| other.companion_of() == Some(row.id()));
            let names = companions.map(|other| other.measure().companion_name().unwrap().to_owned());
            (row.id().to_string(), row.measure().key().to_owned(), row.unit().to_string(), names.collect())
        })
        .collect();
    let expected: Vec<_> = SHOWS
        .iter()
        .map(|(id, key, unit, companions)| {
            let companions: Vec<String> = companions.iter().map(ToString::to_string).collect();
            (id.to_string(), key.to_string(), unit.to_string(), companions)
        })
        .collect();
    assert_eq!(ours, expected);
    assert_eq!(plan.rows().len(), 62);
    // each companion comes after its row or another companion of it
    for pair in plan.rows().windows(2).filter(|pair| !pair[1].is_printed()) {
        let of = pair[1].companion_of();
        assert!(Some(pair[0].id()) == of || pair[0].companion_of() == of, "{}", pair[1].id());
        assert_eq!(pair[1].id().rsplit_once('.').unwrap().0, of.unwrap().as_str());
        assert_eq!(pair[1].outcome(), pair[0].outcome());
        assert!(!PRINTED.contains(pair[1].title()), "{}", pair[1].id());
    }
}

#[test]
fn outcomes_have_their_rows_and_headings() {
    let plan = Plan::worcestershire_2017();
    assert_eq!((plan.id(), plan.edition()), ("worcestershire-2017", 2));
    assert!(PRINTED.starts_with(plan.title()));
    let ids: Vec<_> = plan.outcomes().iter().map(|outcome| &*outcome.id).collect();
    assert_eq!(ids, ["O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8"]);
    let rows = |outcome| plan.rows_of(outcome).filter(|row| row.is_printed()).count();
    let counts: Vec<_> = plan.outcomes().iter().map(|outcome| rows(&outcome.id)).collect();
    assert_eq!(counts, [7, 3, 11, 5, 4, 12, 4, 4]);
    for (outcome, number) in plan.outcomes().iter().zip(1..) {
        // the sixth alone is printed with the longer dash
        let dash = if number == 6 { '–' } else { '-' };
        assert_eq!(column(number, 0), format!("Outcome {number} {dash} {}", outcome.title));
    }
    // printed over a page break
    assert_eq!(
        plan.outcome("O4").unwrap().title,
        "Have in place a range of customer feedback opportunities for our children and families and learn \
         from these"
    );
    assert_eq!(plan.rows_of("O9").count(), 0);
}

#[test]
fn outcomes_answer_the_recommendations_printed_beside_them() {
    let plan = Plan::worcestershire_2017();
    for ((outcome, answers), number) in ANSWERS.iter().zip(1..) {
        let outcome = plan.outcome(outcome).unwrap();
        assert_eq!(outcome.recommendations, *answers);
        let ids: Vec<_> = plan.recommendations_of(&outcome.id).map(|found| &*found.id).collect();
        assert_eq!(ids, *answers);
        // the printed column: number and text of each, the first two without a number
        let printed: Vec<String> = answers
            .iter()
            .map(|id| {
                let text = RECOMMENDATIONS.iter().find(|(other, _)| other == id).unwrap().1;
                match *id {
                    "R1" | "R2" => text.to_owned(),
                    _ => format!("{}. {text}", &id[1..]),
                }
            })
            .collect();
        assert_eq!(column(number, 2), printed.join(" "));
    }
}

#[test]
fn recommendations_are_as_printed() {
    let plan = Plan::worcestershire_2017();
    let ours: Vec<_> = plan.recommendations().iter().map(|found| (&*found.id, &*found.text)).collect();
    assert_eq!(ours, RECOMMENDATIONS);
    for (recommendation, number) in plan.recommendations().iter().zip(1u32..) {
        assert_eq!(recommendation.number, Some(number));
        assert_eq!(recommendation.number_inferred, number <= 2);
        let answering: Vec<_> = plan
            .outcomes()
            .iter()
            .filter(|outcome| outcome.recommendations.contains(&recommendation.id))
            .map(|outcome| outcome.id.as_str())
            .collect();
        let printed = ANSWERS.iter().filter(|(_, answers)| answers.contains(&&*recommendation.id));
        assert_eq!(answering, printed.map(|(outcome, _)| *outcome).collect::<Vec<_>>());
    }
}

#[test]
fn six_recommendations_have_no_measure() {
    let plan = Plan::worcestershire_2017();
    let unmeasured: Vec<_> = plan.unmeasured_recommendations().map(|found| &*found.id).collect();
    assert_eq!(unmeasured, ["R5", "R6", "R7", "R10", "R11", "R12"]);
    let clocks: Vec<(&str, Vec<&str>)> = plan
        .recommendations()
        .iter()
        .filter(|found| !found.clocks.is_empty())
        .map(|found| (&*found.id, found.clocks.iter().map(|clock| &**clock).collect()))
        .collect();
    assert_eq!(
        clocks,
        [
            ("R5", vec!["return_interview"]),
            ("R10", vec!["initial_health_assessment", "review_health_assessment"]),
            ("R12", vec!["private_fostering_first_visit", "private_fostering_visit"]),
        ]
    );
    // the links to outcomes remain
    assert!(plan.recommendations().iter().all(|found| plan.rows_for(&found.id).next().is_some()));
}

#[test]
fn a_recommendation_leads_to_the_rows_of_its_outcomes() {
    let plan = Plan::worcestershire_2017();
    let ids: Vec<_> = plan.rows_for("R3").map(|row| row.id().as_str()).collect();
    assert_eq!(
        ids,
        ["O5.M1", "O5.M2", "O5.M3", "O5.M4", "O5.M4.percent", "O8.M1", "O8.M2", "O8.M3", "O8.M4"]
    );
}

#[test]
fn the_row_printed_twice_is_an_alias() {
    let plan = Plan::worcestershire_2017();
    let aliases: Vec<_> = plan.rows().iter().filter(|row| row.alias_of().is_some()).collect();
    assert_eq!(aliases.len(), 1);
    assert_eq!((aliases[0].id().as_str(), aliases[0].alias_of().unwrap().as_str()), ("O3.M11", "O3.M1"));
    assert_eq!(aliases[0].title(), plan.row("O3.M1").unwrap().title());
}

#[test]
fn no_text_is_left_out() {
    for measure in Measure::all() {
        let definition = measure.definition();
        let forms = definition.forms.iter().flat_map(|form| [form.title, form.denominator]);
        let texts = [definition.cases, definition.numerator, definition.exclusions, definition.source];
        for text in texts.into_iter().chain(forms) {
            assert!(!text.trim().is_empty() && !text.contains("  "), "{measure}: {text:?}");
        }
        for form in definition.forms {
            let is_count = form.denominator == "None: this is a count.";
            assert_eq!(is_count, form.unit == Unit::Count, "{measure}");
        }
    }
}

#[test]
fn every_policy_touches_a_measure() {
    let keys = |measure: Measure| {
        let definition = measure.definition();
        let of_forms = definition.forms.iter().flat_map(|form| form.policies);
        definition.policies.iter().chain(of_forms).copied().collect::<Vec<_>>()
    };
    let used: BTreeSet<&str> = Measure::all().flat_map(keys).collect();
    assert_eq!(used, Policy::KEYS.iter().copied().collect());
    for measure in Measure::all() {
        let distinct: BTreeSet<_> = keys(measure).into_iter().collect();
        assert_eq!(distinct.len(), keys(measure).len(), "{measure}");
        // an input that is read under a policy: the measure lists that policy
        for when in measure.definition().inputs.iter().filter_map(|input| input.when) {
            for condition in when.as_str().split(" and ") {
                let key = condition.split(' ').next().unwrap();
                assert!(distinct.contains(key), "{measure} {key}");
            }
        }
    }
}

#[test]
fn whatever_reads_periods_of_care_reads_short_breaks() {
    for measure in Measure::all() {
        let names: Vec<&str> = measure.definition().inputs.iter().map(|input| input.name).collect();
        assert_eq!(names.contains(&"cla_episodes"), names.contains(&"legal_statuses"), "{measure}");
    }
}

#[test]
fn an_unknown_id_names_the_nearest() {
    let plan = Plan::worcestershire_2017();
    for (given, nearest) in [
        ("o3.m4", "O3.M4"),
        ("O3M4", "O3.M4"),
        ("O3.4", "O3.M4"),
        ("O3.M12", "O3.M10"),
        ("O3.M4.seenalone", "O3.M4.seen_alone"),
        ("O6.M10.ten_days", "O6.M10.ten_working_days"),
        (" O8.M4", "O8.M4"),
        ("", "O1.M1"),
    ] {
        let error = plan.row(given).unwrap_err();
        assert_eq!((error.given(), error.nearest()), (given, nearest));
        assert_eq!(error.to_string(), format!("unknown measure `{given}`, did you mean `{nearest}`?"));
    }
    let error = plan.outcome("O9").unwrap_err();
    assert_eq!(error.to_string(), "unknown outcome `O9`, did you mean `O1`?");
    let error = plan.recommendation("R15").unwrap_err();
    assert_eq!(error.to_string(), "unknown recommendation `R15`, did you mean `R10`?");
    let long = "é".repeat(10_000);
    assert_eq!(plan.row(&long).unwrap_err().given().chars().count(), 61);
}

#[test]
fn words_in_json_are_those_of_as_str() {
    let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    for measure in Measure::all() {
        let definition = measure.definition();
        assert_eq!(word(serde_json::to_value(measure).unwrap()), measure.key());
        assert_eq!(word(serde_json::to_value(definition.period).unwrap()), definition.period.as_str());
        assert_eq!(word(serde_json::to_value(definition.better).unwrap()), definition.better.as_str());
        for form in definition.forms {
            assert_eq!(word(serde_json::to_value(form.unit).unwrap()), form.unit.as_str());
        }
        for input in definition.inputs {
            assert_eq!(word(serde_json::to_value(input.kind).unwrap()), input.kind.as_str());
            if let Some(when) = input.when {
                assert_eq!(word(serde_json::to_value(when).unwrap()), when.as_str());
            }
        }
    }
}

/// The catalogue names policies, tables and columns by text, clocks name measures: each must be there.
#[test]
fn every_name_in_the_catalogue_is_that_of_something() {
    use csc_measures::Clock;
    use csc_measures::tables::Table;

    for measure in Measure::all() {
        for policy in measure.definition().policies {
            assert!(Policy::KEYS.contains(policy), "{measure}: {policy}");
        }
        for input in measure.definition().inputs {
            for name in input.alternatives() {
                let (table, column) = name.split_once('.').map_or((name, None), |(t, c)| (t, Some(c)));
                let table = Table::by_name(table).unwrap();
                assert!(column.is_none_or(|column| table.column(column).is_some()), "{measure}: {name}");
            }
        }
    }
    for clock in Clock::all() {
        for measure in clock.measures() {
            assert!(measure.parse::<Measure>().is_ok(), "{}: {measure}", clock.id());
        }
    }
    // a key in the words of a definition is one of the catalogue
    for measure in Measure::all() {
        let definition = measure.definition();
        let forms = definition.forms.iter().map(|form| form.denominator);
        let texts = [definition.cases, definition.numerator, definition.exclusions, definition.source];
        for text in texts.into_iter().chain(forms) {
            for (place, word) in text.split('`').enumerate().filter(|(place, _)| place % 2 == 1) {
                let is_key = word.parse::<Measure>().is_ok();
                assert!(is_key || word.starts_with(char::is_uppercase), "{measure}: {word} ({place})");
            }
            assert!(!text.contains("O3.M") && !text.contains("Worcestershire"), "{measure}: {text}");
        }
    }
}

/// The order of the catalogue's measures and forms in the plan of all measures is that of the rows above, then what the
/// first plan does not show; and its titles are the catalogue's.
#[test]
fn the_plan_of_all_measures_has_every_form_of_every_measure() {
    let plan = Plan::all_measures();
    let mut expected: Vec<(String, &str, &str)> = Vec::new();
    for (_, key, unit, _) in SHOWS {
        let has_key = expected.iter().any(|(_, other, _)| other == key);
        let has_form = expected.iter().any(|(_, other, form)| other == key && form == unit);
        if !has_form {
            let id = if has_key { format!("{key}.{unit}") } else { key.to_string() };
            expected.push((id, key, unit));
        }
    }
    let shown = printed(&plan);
    let ours: Vec<(String, &str, &str)> =
        shown.iter().map(|row| (row.id().to_string(), row.measure().key(), row.unit().as_str())).collect();
    assert_eq!(ours[..expected.len()], expected);
    for row in &shown {
        assert_eq!(row.title(), row.form().title, "{}", row.id());
        assert!(!row.title().contains("Worcestershire") && !row.title().contains("FFD"));
    }
    let forms: usize = Measure::all()
        .filter(|measure| measure.companion_of().is_none())
        .map(|measure| measure.definition().forms.len())
        .sum();
    assert_eq!(shown.len(), forms);
    assert!(Measure::all().all(|measure| plan.rows().iter().any(|row| row.measure() == measure)));
}
