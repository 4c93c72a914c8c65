//! The optional columns that each measure asks about: where its table has none of them, a result says so.

use crate::measures;
use crate::policy::Policy;

/// The questions that a measure asks of a child's age and life.
fn life(id: &str) -> &'static [&'static str] {
    const BORN: &[&str] = &["persons.date_of_birth", "persons.date_of_death"];
    const UNBORN: &[&str] =
        &["persons.date_of_birth", "persons.expected_date_of_birth", "persons.date_of_death"];
    let is_of = |measures: &[&str]| measures.contains(&id);
    if is_of(&[
        "O2.M3.open_overdue",
        "O3.M2.open_overdue",
        "O3.M3",
        "O3.M6",
        "O6.M9",
        "O6.M9.percent",
        "O6.M10",
        "O6.M10.ten_working_days",
        "health_assessments_in_time",
    ]) {
        return BORN;
    }
    let unborn = [
        "O3.M1",
        "O3.M4",
        "O3.M4.seen_alone",
        "O3.M5",
        "O3.M5.seen_alone",
        "O3.M5.statutory",
        "O3.M7",
        "O3.M7.seen_alone",
        "O3.M11",
        "O6.M1",
        "O6.M2",
        "O6.M5",
        "O6.M6",
        "O6.M7",
        "O6.M8",
        "O6.M11",
        "O6.M12",
    ];
    if is_of(&unborn) { UNBORN } else { &[] }
}

/// The same of everything else.
fn own(id: &str) -> &'static [&'static str] {
    match id {
        "O1.M1" => &["workers.start_date", "involvements.role"],
        "O1.M2" | "O1.M3" => {
            &["workers.start_date", "workers.asye_end_date", "workers.long_term_absence", "involvements.role"]
        }
        "O1.M4" => &["workers.start_date"],
        "O1.M5" | "O1.M5.published" => &["workers.start_date", "workers.leaving_type"],
        "O1.M7" => &["exit_interviews.primary_reason_inside_control"],
        "O2.M1" => &["policies.retired_on"],
        "O2.M3.open_overdue" => &["assessments.referral_id", "referrals.close_date"],
        "O3.M2" | "O3.M2.open_overdue" | "O3.M2.published" => &["initial_conferences.transfer_in"],
        "O3.M1" | "O3.M3" | "O3.M4" | "O3.M4.seen_alone" | "O3.M11" => &["cp_plans.other_authority"],
        "O3.M5" | "O3.M5.seen_alone" => &["cla_placements.placement_type", "cla_placements.long_term"],
        "O3.M5.statutory" => &[
            "cla_episodes.placement_id",
            "cla_episodes.start_reason",
            "cla_placements.placement_type",
            "cla_placements.carer_id",
            "cla_placements.long_term",
            "cla_placements.visits_agreed_date",
            "cla_placements.temporary_approval",
            "cla_placements.before_assessment",
            "cla_placements.lives_with_parent",
            "cla_placements.arranged_by_other",
            "cla_reviews.date",
            "cla_reviews.cancelled",
            "permanence.cla_id",
            "permanence.placed_for_adoption_date",
            "permanence.decision_reversed_date",
            "cla_visits.mode",
        ],
        "O3.M6" => &[
            "cla_reviews.cancelled",
            "permanence.cla_id",
            "permanence.placed_for_adoption_date",
            "permanence.decision_reversed_date",
        ],
        "O3.M7" | "O3.M7.seen_alone" => &["cin_plans.visit_working_days"],
        "O4.M1" | "O4.M2" | "O4.M3" => &["complaints.stage", "complaints.statutory"],
        "O5.M1" => &["strategy_discussions.health_involved"],
        "O5.M2" => &[
            "strategy_discussions.school_involved",
            "strategy_discussions.school_not_applicable",
            "persons.date_of_birth",
            "persons.expected_date_of_birth",
        ],
        "O5.M4" | "O5.M4.percent" => &["cp_plans.other_authority", "cp_plans.transfer_in"],
        "O6.M1" | "O6.M2" => &[
            "cla_placements.placement_type",
            "immigration_statuses.status",
            "immigration_statuses.start_date",
        ],
        "O6.M3" | "O6.M4" => &["permanence.cla_id"],
        "O6.M6" => &[
            "cla_episodes.placement_id",
            "cla_episodes.start_reason",
            "cla_placements.placement_type",
            "cla_placements.carer_id",
        ],
        "O6.M7" | "O6.M8" => &["care_leavers.activity", "care_leavers.start_date"],
        "O6.M9" | "O6.M9.percent" => {
            &["care_leavers.eligibility", "care_leavers.activity", "care_leavers.start_date"]
        }
        "O6.M10.ten_working_days" => &[
            "final_order_applications.case_id",
            "final_order_applications.person_id",
            "care_proceedings.concluded_date",
        ],
        "O6.M11" => &["care_leavers.pathway_plan_date", "care_leavers.start_date"],
        "O7.M3" | "O7.M4" => &["final_order_applications.filed_date"],
        "return_interviews_in_time" => &["missing_episodes.interview_accepted"],
        "health_assessments_in_time" => &[
            "cla_health.type",
            "permanence.cla_id",
            "permanence.placed_for_adoption_date",
            "permanence.decision_reversed_date",
        ],
        _ => &[],
    }
}

/// What is asked under some policies alone.
fn by_policy(id: &str, p: &Policy, has_transfers: bool) -> Vec<&'static str> {
    let mut out: Vec<&'static str> = Vec::new();
    let mut ask = |when: bool, columns: &[&'static str]| {
        if when {
            out.extend(columns);
        }
    };
    match id {
        "O2.M3" => ask(p.assessment_clock == "referral", &["assessments.referral_id"]),
        "O3.M2" | "O3.M2.open_overdue" => {
            ask(p.icpc_clock == "decision", &["initial_conferences.decision_date"]);
        }
        "O3.M1" | "O3.M11" => ask(p.rag_source != "recorded", &["cp_reviews.date"]),
        "O5.M3" => ask(!p.front_door_teams.is_empty(), &["referrals.team"]),
        "O6.M3" | "O6.M4" => ask(
            p.adoption_basis == "a10",
            &["permanence.adopted_by_carer", "permanence.placed_foster_carer_date"],
        ),
        // Which referrals stepped down is asked only where no transfer says so.
        "O8.M1" => ask(!has_transfers, &["referrals.close_date", "referrals.close_reason"]),
        "O8.M2" => ask(!has_transfers, &["early_help_episodes.end_reason"]),
        "O8.M3" | "O8.M4" => {
            ask(!p.front_door_teams.is_empty(), &["assessments.team"]);
            ask(!p.repeat_same_referral, &["assessments.referral_id"]);
        }
        _ => {}
    }
    // Seen alone on a visit of any kind.
    let alone = id.ends_with(".seen_alone") && p.visit_sources == "any";
    let needed = measures::of(id).columns;
    for column in ["cp_visits.seen_alone", "cin_visits.seen_alone", "cla_visits.seen_alone"] {
        if alone && !needed.contains(&column) {
            out.push(column);
        }
    }
    out
}

/// Every optional column that a measure asks about under some policies, as `table.column`.
pub(crate) fn columns(id: &str, p: &Policy, has_transfers: bool) -> Vec<&'static str> {
    let mut out = [life(id), own(id)].concat();
    out.extend(by_policy(id, p, has_transfers));
    out
}
