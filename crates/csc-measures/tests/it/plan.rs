//! The plan, against its printed wording and the definitions of its measures.

use std::collections::BTreeSet;

use csc_measures::Policy;
use csc_measures::plan::{MeasureId, NumberSource, Plan, Unit};

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

fn ids_where(keep: impl Fn(MeasureId) -> bool) -> Vec<&'static str> {
    MeasureId::all().filter(|id| keep(*id)).map(MeasureId::as_str).collect()
}

#[test]
fn ids_are_in_plan_order() {
    // the printed rows in their order, each companion after its measure or another companion of it
    assert_eq!(
        ids_where(|id| id.companion_of().is_none()),
        TITLES.iter().map(|(id, _)| *id).collect::<Vec<_>>()
    );
    let all: Vec<MeasureId> = MeasureId::all().collect();
    for pair in all.windows(2).filter(|pair| pair[1].companion_of().is_some()) {
        let of = pair[1].companion_of();
        assert!(Some(pair[0]) == of || pair[0].companion_of() == of, "{} after {}", pair[1], pair[0]);
    }
    assert_eq!(MeasureId::COUNT, 62);
    for (index, id) in MeasureId::all().enumerate() {
        assert_eq!(id.index(), index);
        assert_eq!(id.as_str().parse::<MeasureId>().unwrap(), id);
        assert_eq!(id.to_string(), id.as_str());
        assert_eq!(id.measure().id, id);
    }
    assert!(MeasureId::all().is_sorted());
}

#[test]
fn a_constant_is_named_as_its_id() {
    assert_eq!(MeasureId::O1_M1.as_str(), "O1.M1");
    assert_eq!(MeasureId::O3_M4.as_str(), "O3.M4");
    assert_eq!(MeasureId::O8_M4.as_str(), "O8.M4");
    let companions = [
        (MeasureId::O1_M5_PUBLISHED, "O1.M5.published", "O1.M5"),
        (MeasureId::O2_M3_OPEN_OVERDUE, "O2.M3.open_overdue", "O2.M3"),
        (MeasureId::O2_M3_FROM_REFERRAL, "O2.M3.from_referral", "O2.M3"),
        (MeasureId::O3_M2_OPEN_OVERDUE, "O3.M2.open_overdue", "O3.M2"),
        (MeasureId::O3_M2_PUBLISHED, "O3.M2.published", "O3.M2"),
        (MeasureId::O3_M4_SEEN_ALONE, "O3.M4.seen_alone", "O3.M4"),
        (MeasureId::O3_M5_SEEN_ALONE, "O3.M5.seen_alone", "O3.M5"),
        (MeasureId::O3_M5_STATUTORY, "O3.M5.statutory", "O3.M5"),
        (MeasureId::O3_M7_SEEN_ALONE, "O3.M7.seen_alone", "O3.M7"),
        (MeasureId::O5_M4_PERCENT, "O5.M4.percent", "O5.M4"),
        (MeasureId::O6_M9_PERCENT, "O6.M9.percent", "O6.M9"),
        (MeasureId::O6_M10_TEN_WORKING_DAYS, "O6.M10.ten_working_days", "O6.M10"),
    ];
    for (id, text, of) in companions {
        assert_eq!(id.as_str(), text);
        assert_eq!(id.companion_of().unwrap().as_str(), of);
        assert_eq!(id.measure().companion_of, id.companion_of());
    }
    assert_eq!(ids_where(|id| id.companion_of().is_some()), companions.map(|(_, text, _)| text));
}

#[test]
fn a_measure_says_what_its_id_says() {
    for id in MeasureId::all() {
        let measure = id.measure();
        assert_eq!((measure.unit, measure.period), (id.unit(), id.period_kind()), "{id}");
        assert_eq!((measure.better, measure.alias_of), (id.better(), id.alias_of()), "{id}");
        assert_eq!(measure.outcome, id.as_str()[..2]);
        assert_eq!(measure.inputs.len(), id.inputs().len());
        for (input, row) in measure.inputs.iter().zip(id.inputs()) {
            assert_eq!((&*input.name, input.kind, input.when), (row.name, row.kind, row.when));
        }
    }
}

#[test]
fn titles_are_as_printed() {
    let plan = Plan::worcestershire_2017();
    let ours: Vec<_> = plan
        .measures
        .iter()
        .filter(|measure| measure.is_printed())
        .map(|measure| (measure.id.as_str(), &*measure.title))
        .collect();
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
        assert!(plan.measure(id).unwrap().title.contains(words), "{id} {words}");
    }
}

#[test]
fn companions_are_not_in_the_printed_plan() {
    let plan = Plan::worcestershire_2017();
    let companions: Vec<_> = plan.measures.iter().filter(|measure| !measure.is_printed()).collect();
    assert_eq!(companions.len(), 12);
    for companion in companions {
        assert!(!PRINTED.contains(&*companion.title), "{}", companion.id);
        let measure = companion.companion_of.unwrap().measure();
        assert!(measure.is_printed());
        assert_eq!(companion.outcome, measure.outcome);
        assert_eq!(companion.id.as_str().rsplit_once('.').unwrap().0, measure.id.as_str());
    }
}

#[test]
fn outcomes_have_their_rows_and_headings() {
    let plan = Plan::worcestershire_2017();
    assert_eq!(plan.id, "worcestershire-2017");
    assert!(PRINTED.starts_with(&*plan.title));
    let ids: Vec<_> = plan.outcomes.iter().map(|outcome| &*outcome.id).collect();
    assert_eq!(ids, ["O1", "O2", "O3", "O4", "O5", "O6", "O7", "O8"]);
    let rows = |outcome| plan.measures_of(outcome).filter(|measure| measure.is_printed()).count();
    let counts: Vec<_> = plan.outcomes.iter().map(|outcome| rows(&outcome.id)).collect();
    assert_eq!(counts, [7, 3, 11, 5, 4, 12, 4, 4]);
    for outcome in &plan.outcomes {
        let number = usize::from(outcome.number);
        assert_eq!(outcome.id, format!("O{number}"));
        assert_eq!(outcome.as_printed, column(number, 0));
        // the sixth alone is printed with the longer dash
        let dash = if number == 6 { '–' } else { '-' };
        assert_eq!(outcome.as_printed, format!("Outcome {number} {dash} {}", outcome.title));
    }
    // printed over a page break
    assert_eq!(
        plan.outcome("O4").unwrap().title,
        "Have in place a range of customer feedback opportunities for our children and families and learn \
         from these"
    );
    assert_eq!(plan.measures_of("O9").count(), 0);
}

#[test]
fn outcomes_answer_the_recommendations_printed_beside_them() {
    let plan = Plan::worcestershire_2017();
    for (outcome, answers) in ANSWERS {
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
        assert_eq!(column(usize::from(outcome.number), 2), printed.join(" "));
    }
}

#[test]
fn recommendations_are_as_printed() {
    let plan = Plan::worcestershire_2017();
    let ours: Vec<_> = plan.recommendations.iter().map(|found| (&*found.id, &*found.text)).collect();
    assert_eq!(ours, RECOMMENDATIONS);
    for (recommendation, number) in plan.recommendations.iter().zip(1u8..) {
        assert_eq!(recommendation.number, number);
        let inferred = number <= 2;
        assert_eq!(recommendation.number_as_printed, (!inferred).then_some(number));
        assert_eq!(recommendation.number_source == NumberSource::Inferred, inferred);
        let outcomes: Vec<_> = ANSWERS
            .iter()
            .filter(|(_, answers)| answers.contains(&&*recommendation.id))
            .map(|(outcome, _)| *outcome)
            .collect();
        assert_eq!(recommendation.outcomes, outcomes);
    }
}

#[test]
fn six_recommendations_have_no_measure() {
    let plan = Plan::worcestershire_2017();
    let unmeasured: Vec<_> = plan.unmeasured_recommendations().map(|found| &*found.id).collect();
    assert_eq!(unmeasured, ["R5", "R6", "R7", "R10", "R11", "R12"]);
    let clocks: Vec<(&str, Vec<&str>)> = plan
        .recommendations
        .iter()
        .filter(|found| !found.supplementary_clocks.is_empty())
        .map(|found| (&*found.id, found.supplementary_clocks.iter().map(|clock| &**clock).collect()))
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
    assert!(plan.recommendations.iter().all(|found| plan.measures_for(&found.id).next().is_some()));
}

#[test]
fn a_recommendation_leads_to_the_measures_of_its_outcomes() {
    let plan = Plan::worcestershire_2017();
    let ids: Vec<_> = plan.measures_for("R3").map(|measure| measure.id.as_str()).collect();
    assert_eq!(
        ids,
        ["O5.M1", "O5.M2", "O5.M3", "O5.M4", "O5.M4.percent", "O8.M1", "O8.M2", "O8.M3", "O8.M4"]
    );
}

#[test]
fn the_row_printed_twice_is_an_alias() {
    let plan = Plan::worcestershire_2017();
    let aliases: Vec<_> = plan.measures.iter().filter(|measure| measure.alias_of.is_some()).collect();
    assert_eq!(aliases.len(), 1);
    assert_eq!((aliases[0].id, aliases[0].alias_of), (MeasureId::O3_M11, Some(MeasureId::O3_M1)));
    let first = MeasureId::O3_M1.measure();
    assert_eq!((&aliases[0].title, &aliases[0].inputs), (&first.title, &first.inputs));
    assert_eq!((aliases[0].unit, aliases[0].period), (first.unit, first.period));
    assert_eq!((aliases[0].better, &aliases[0].policies), (first.better, &first.policies));
    // the rating of the child and that of the care plan are two measures
    assert_eq!((MeasureId::O6_M5.alias_of(), MeasureId::O6_M12.alias_of()), (None, None));
}

#[test]
fn no_text_is_left_out() {
    for measure in &Plan::worcestershire_2017().measures {
        let definition = &measure.definition;
        for text in [
            &measure.title,
            &definition.cases,
            &definition.numerator,
            &definition.denominator,
            &definition.exclusions,
            &measure.source,
        ] {
            assert!(!text.trim().is_empty() && !text.contains("  "), "{}: {text:?}", measure.id);
        }
        assert!(measure.version >= 1, "{}", measure.id);
        let is_count = definition.denominator == "None: this is a count.";
        assert_eq!(is_count, measure.unit == Unit::Count, "{}", measure.id);
    }
}

#[test]
fn every_policy_touches_a_measure() {
    let plan = Plan::worcestershire_2017();
    let used: BTreeSet<&str> =
        plan.measures.iter().flat_map(|measure| &measure.policies).map(|key| &**key).collect();
    assert_eq!(used, Policy::KEYS.iter().copied().collect());
    for measure in &plan.measures {
        let distinct: BTreeSet<_> = measure.policies.iter().collect();
        assert_eq!(distinct.len(), measure.policies.len(), "{}", measure.id);
        // an input that is read under a policy: the measure lists that policy
        for when in measure.inputs.iter().filter_map(|input| input.when) {
            for condition in when.as_str().split(" and ") {
                let key = condition.split(' ').next().unwrap();
                assert!(measure.policies.iter().any(|policy| policy == key), "{} {key}", measure.id);
            }
        }
    }
}

#[test]
fn whatever_reads_periods_of_care_reads_short_breaks() {
    for id in MeasureId::all() {
        let names: Vec<&str> = id.inputs().iter().map(|input| input.name).collect();
        assert_eq!(names.contains(&"cla_episodes"), names.contains(&"legal_statuses"), "{id}");
    }
}

#[test]
fn an_unknown_id_names_the_nearest() {
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
        let error = given.parse::<MeasureId>().unwrap_err();
        assert_eq!((error.given(), error.nearest()), (given, nearest));
        assert_eq!(error.to_string(), format!("unknown measure `{given}`, did you mean `{nearest}`?"));
    }
    let plan = Plan::worcestershire_2017();
    assert_eq!(plan.measure("O3.M44").unwrap_err().nearest(), "O3.M4");
    let error = plan.outcome("O9").unwrap_err();
    assert_eq!(error.to_string(), "unknown outcome `O9`, did you mean `O1`?");
    let error = plan.recommendation("R15").unwrap_err();
    assert_eq!(error.to_string(), "unknown recommendation `R15`, did you mean `R10`?");
    let long = "é".repeat(10_000).parse::<MeasureId>().unwrap_err();
    assert_eq!(long.given().chars().count(), 61);
}

#[test]
fn json_goes_both_ways() {
    let plan = Plan::worcestershire_2017();
    let text = serde_json::to_string_pretty(plan).unwrap();
    assert_eq!(&serde_json::from_str::<Plan>(&text).unwrap(), plan);

    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let visits = &json["measures"][18];
    assert_eq!(visits["id"], "O3.M4");
    assert_eq!((&visits["unit"], &visits["period"]), (&"percent".into(), &"snapshot".into()));
    assert_eq!(visits["better"], "higher");
    assert_eq!(visits["inputs"][3]["when"], "visit_sources = any");
    assert_eq!(json["recommendations"][0]["number_as_printed"], serde_json::Value::Null);
    assert_eq!(json["recommendations"][0]["number_source"], "inferred");
    assert_eq!(json["measures"][4]["period"], "rolling_twelve_months");
}

#[test]
fn words_in_json_are_those_of_as_str() {
    let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
    for id in MeasureId::all() {
        assert_eq!(word(serde_json::to_value(id).unwrap()), id.as_str());
        assert_eq!(word(serde_json::to_value(id.unit()).unwrap()), id.unit().as_str());
        assert_eq!(word(serde_json::to_value(id.period_kind()).unwrap()), id.period_kind().as_str());
        assert_eq!(word(serde_json::to_value(id.better()).unwrap()), id.better().as_str());
        for input in id.inputs() {
            assert_eq!(word(serde_json::to_value(input.kind).unwrap()), input.kind.as_str());
            if let Some(when) = input.when {
                assert_eq!(word(serde_json::to_value(when).unwrap()), when.as_str());
            }
        }
    }
}

#[test]
fn json_with_an_unknown_field_or_id_is_refused() {
    let plan = serde_json::to_value(Plan::worcestershire_2017()).unwrap();
    for pointer in [
        "",
        "/outcomes/0",
        "/measures/0",
        "/measures/0/definition",
        "/measures/0/inputs/0",
        "/recommendations/0",
    ] {
        let mut plan = plan.clone();
        plan.pointer_mut(pointer).unwrap()["targets"] = 90.into();
        let error = serde_json::from_value::<Plan>(plan).unwrap_err().to_string();
        assert!(error.contains("unknown field `targets`"), "{pointer}: {error}");
    }
    let mut other = plan;
    other["measures"][0]["id"] = "O1.M0".into();
    let error = serde_json::from_value::<Plan>(other).unwrap_err().to_string();
    assert!(error.contains("unknown measure `O1.M0`, did you mean `O1.M1`?"), "{error}");
}

/// The plan names clocks, policies, tables and columns by text: each must be there.
#[test]
fn every_name_in_the_plan_is_that_of_something() {
    use csc_measures::Clock;
    use csc_measures::tables::Table;

    let plan = Plan::worcestershire_2017();
    for recommendation in &plan.recommendations {
        for clock in &recommendation.supplementary_clocks {
            assert!(Clock::by_id(clock).is_ok(), "{}: {clock}", recommendation.id);
        }
    }
    for measure in &plan.measures {
        for policy in &measure.policies {
            assert!(Policy::KEYS.contains(&policy.as_ref()), "{}: {policy}", measure.id);
        }
        for input in measure.id.inputs() {
            for name in input.alternatives() {
                let (table, column) = name.split_once('.').map_or((name, None), |(t, c)| (t, Some(c)));
                let table = Table::by_name(table).unwrap();
                assert!(column.is_none_or(|column| table.column(column).is_some()), "{}: {name}", measure.id);
            }
        }
    }
    for clock in Clock::all() {
        for measure in clock.measures() {
            assert!(measure.parse::<MeasureId>().is_ok(), "{}: {measure}", clock.id());
        }
    }
}
