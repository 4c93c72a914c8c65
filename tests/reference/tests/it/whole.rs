//! Everything at once over made-up data: nothing panics, and the sums hold.

use csc_measures_reference::{Input, Table, columns_of, evaluate};
use serde_json::{Value, json};

struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let n = self.roll(list.len() as u64);
        list[usize::try_from(n).unwrap()]
    }

    fn date(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2014 + self.roll(4), 1 + self.roll(12), 1 + self.roll(28))
    }
}

const TABLES: [(&str, u64); 32] = [
    ("persons", 30),
    ("immigration_statuses", 5),
    ("referrals", 40),
    ("assessments", 60),
    ("strategy_discussions", 30),
    ("section_47_enquiries", 30),
    ("initial_conferences", 30),
    ("cp_plans", 40),
    ("cp_visits", 100),
    ("cp_reviews", 80),
    ("cin_plans", 30),
    ("cin_visits", 60),
    ("cla_episodes", 60),
    ("legal_statuses", 30),
    ("cla_placements", 60),
    ("cla_visits", 100),
    ("cla_reviews", 60),
    ("care_plans", 30),
    ("care_leavers", 20),
    ("activities", 20),
    ("pathway_plans", 20),
    ("permanence", 20),
    ("workers", 15),
    ("involvements", 50),
    ("exit_interviews", 10),
    ("policies", 10),
    ("complaints", 20),
    ("rag_ratings", 60),
    ("care_proceedings", 20),
    ("final_order_applications", 20),
    ("missing_episodes", 30),
    ("cla_health", 60),
];

fn value(dice: &mut Dice, table: &str, column: &str, row: u64) -> String {
    match column {
        "date_of_birth" => {
            return format!("{}-{:02}-{:02}", 1998 + dice.roll(19), 1 + dice.roll(12), 1 + dice.roll(28));
        }
        "person_id" if table == "persons" => return format!("P{row}"),
        "person_id" => return format!("P{}", dice.roll(31)),
        "cla_id" => return format!("L{}", dice.roll(25)),
        "eligibility" => return dice.pick(&["Relevant child", "former_relevant", "eligible", ""]).into(),
        "activity" => return dice.pick(&["F1", "G4", "G6", "U"]).into(),
        "placement_type" => return dice.pick(&["U1", "T0", "T3", "A3", "K2", "P1", "U3", "R3", ""]).into(),
        "legal_status" => return dice.pick(&["C1", "C2", "V2", "V3", "V4"]).into(),
        "mode" => return dice.pick(&["", "in_person", "remote", "video"]).into(),
        "start_reason" => return dice.pick(&["S", "P", "T", "U", "B"]).into(),
        "status" => return "UASC".into(),
        "rating" => return dice.pick(&["red", "amber", "green"]).into(),
        "scope" => return dice.pick(&["cp_child", "cla_child", "cla_care_plan"]).into(),
        "order_type" => return "Adoption order".into(),
        "order_made" | "order_sought" => return dice.pick(&["care", "withdrawn", "none", ""]).into(),
        "role" => return dice.pick(&["", "Allocated Case Worker", "other"]).into(),
        "team_type" => return dice.pick(&["safeguarding", "other"]).into(),
        "employment" => return dice.pick(&["permanent", "fixed_term", "agency", ""]).into(),
        "leaving_type" => return dice.pick(&["", "internal_move"]).into(),
        "fte" => return dice.pick(&["1", "0.55", "", "0"]).into(),
        "distance_miles" => return dice.pick(&["5", "20.1", "999.9", ""]).into(),
        "stage" => return dice.pick(&["1", "2", ""]).into(),
        "visit_working_days" => return dice.pick(&["", "10"]).into(),
        _ => {}
    }
    let first = columns_of(table).unwrap()[0] == column;
    if first && table != "immigration_statuses" {
        return format!("{row}");
    }
    if column.ends_with("_id") {
        return if dice.roll(8) == 0 { String::new() } else { format!("{}", dice.roll(40)) };
    }
    if matches!(column, "end_date" | "retired_on" | "date_of_death" | "close_date") {
        return if dice.roll(3) == 0 { dice.date() } else { String::new() };
    }
    if column == "expected_date_of_birth" {
        return String::new();
    }
    if column.contains("date") || matches!(column, "in_force_from" | "last_reviewed") {
        return dice.date();
    }
    match column {
        "type" => dice.pick(&["", "Initial health assessment", "Review", "Dental check"]).into(),
        "team" | "title" | "text" | "close_reason" | "end_reason" => String::new(),
        _ => dice.pick(&["Y", "N", "N", ""]).into(),
    }
}

fn made_up(seed: u64) -> Input {
    let mut dice = Dice(seed);
    let mut input = Input::default();
    for (table, rows) in TABLES {
        let header = columns_of(table).unwrap();
        let mut lines = Vec::new();
        for row in 0..rows {
            lines.push(header.iter().map(|c| value(&mut dice, table, c, row)).collect());
        }
        input.tables.insert(table.into(), Table { header, rows: lines });
    }
    input
}

#[test]
fn sums_hold_under_every_policy() {
    let policies = [
        json!({}),
        json!({"rag_source": "derived", "review_mode": "due", "count_start_day": true, "turnover_base": "average"}),
        json!({"rag_source": "worst", "review_mode": "held", "visit_sources": "own", "distance_base": "known"}),
        json!({"calendar": "scotland", "adoption_window": "three_years", "pathway_base": "strict"}),
        json!({"reg28_unknown": "strictest", "first_review": "of_care", "temporary_placements": "count"}),
    ];
    for (seed, policy) in (1..).zip(policies) {
        let mut input = made_up(seed);
        input.policy = policy;
        let out = evaluate(&input, "2016-01", "2016-03").unwrap();
        assert_eq!(out.results.len(), 64 + 62 + 62);
        let mut cases_seen = 0;
        for r in &out.results {
            let key = (r["measure"].as_str().unwrap().to_string(), r["month"].as_str().unwrap().to_string());
            let cases = &out.cases[&key];
            cases_seen += cases.len();
            let told: u64 = r["outcomes"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
            assert_eq!(told, cases.len() as u64, "{key:?}");
            if r["status"] != "ok" {
                continue;
            }
            for field in ["numerator", "denominator"] {
                let sum: f64 = cases.iter().filter_map(|c: &Value| c[field].as_f64()).sum();
                assert!((sum - r[field].as_f64().unwrap_or(0.0)).abs() < 1e-6, "{key:?} {field}");
            }
        }
        assert!(cases_seen > 200, "{cases_seen}");
    }
}
