//! The measures, one a row: what each is, what it needs, and who judges it.

use crate::case::Case;
use crate::facts::Month;
use crate::policy::Policy;
use crate::{missing_and_health, o1, o2, o3, o4, o5, o6, o7, o8, statutory_visits};

/// The stretch of time that one figure speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// The last day of the month.
    Snapshot,
    Month,
    /// The quarter or year up to a month that ends a quarter, as the policy has it.
    Quarter,
    /// The twelve months up to the last day.
    Rolling,
}

/// A policy that bears on a measure, and under which other policies it does.
// READING: a limit may have any number of days and a result any month; neither takes a policy out of sight.
pub(crate) type Bears = (&'static str, fn(&Policy) -> bool);

const fn always(_: &Policy) -> bool {
    true
}

pub(crate) struct Measure {
    pub(crate) id: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) better: &'static str,
    pub(crate) period: Stretch,
    /// The tables that it needs, `|` between those of which one will do.
    pub(crate) needs: &'static [&'static str],
    /// The tables that it reads beyond them.
    pub(crate) reads: &'static [&'static str],
    /// The columns that it needs, in order, `|` between those of which one will do.
    pub(crate) columns: &'static [&'static str],
    /// The policies that can change its status, its numbers or its outcomes.
    pub(crate) policies: &'static [Bears],
    pub(crate) judge: fn(&Month<'_>) -> Vec<Case>,
}

const fn measure(
    id: &'static str,
    unit: &'static str,
    better: &'static str,
    period: Stretch,
    judge: fn(&Month<'_>) -> Vec<Case>,
) -> Measure {
    Measure { id, unit, better, period, needs: &[], reads: &[], columns: &[], policies: &[], judge }
}

impl Measure {
    const fn needs(self, needs: &'static [&'static str]) -> Self {
        Self { needs, ..self }
    }

    const fn reads(self, reads: &'static [&'static str]) -> Self {
        Self { reads, ..self }
    }

    const fn columns(self, columns: &'static [&'static str]) -> Self {
        Self { columns, ..self }
    }

    const fn policies(self, policies: &'static [Bears]) -> Self {
        Self { policies, ..self }
    }
}

/// The row of a measure.
pub(crate) fn of(id: &str) -> &'static Measure {
    MEASURES.iter().find(|measure| measure.id == id).unwrap_or_else(|| panic!("{id}"))
}

const ASSESSMENT: &[Bears] = &[
    ("calendar", always),
    ("count_start_day", always),
    ("assessment_clock", always),
    ("assessment_working_days", always),
];

const ASSESSMENT_FROM_REFERRAL: &[Bears] = &[ASSESSMENT[0], ASSESSMENT[1], ASSESSMENT[3]];

const CONFERENCE: &[Bears] = &[
    ("calendar", always),
    ("count_start_day", always),
    ("icpc_clock", always),
    ("icpc_working_days", always),
];

const CP_VISIT: &[Bears] = &[
    ("calendar", always),
    ("count_start_day", always),
    ("cp_visit_working_days", always),
    ("visit_sources", always),
];

fn derives(p: &Policy) -> bool {
    p.rag_source != "recorded"
}

/// A derived rating asks whether a visit or a review is overdue; it is always there, so none is unrated.
const CP_RATING: &[Bears] = &[
    ("rag_source", always),
    ("unrated", |p| p.rag_source != "derived"),
    ("calendar", derives),
    // Reviews have a first day, too.
    ("count_start_day", derives),
    ("cp_visit_working_days", derives),
    ("visit_sources", derives),
];

const CLA_VISIT: &[Bears] = &[
    ("calendar", always),
    ("count_start_day", always),
    ("cla_visit_working_days", always),
    ("cla_visit_long_term_working_days", always),
    ("visit_sources", always),
];

/// A plan may have an interval of its own, of which the days are worked and counted the same way.
const CIN_VISIT: &[Bears] = &[
    ("calendar", always),
    ("count_start_day", always),
    ("cin_visit_working_days", always),
    ("visit_sources", always),
];

const STATUTORY_VISIT: &[Bears] = &[
    ("count_start_day", always),
    ("visit_sources", always),
    ("reg28_unknown", always),
    ("first_review", always),
    ("temporary_rules", always),
];

const TURNOVER: &[Bears] =
    &[("scope_team_types", always), ("workforce_unit", always), ("turnover_base", always)];

/// The day by which a plan is due is an outcome under `strict` alone; else it is a reason.
const PATHWAY: &[Bears] = &[("pathway_base", always), ("count_start_day", |p| p.pathway_base == "strict")];

// READING: "O3.M1 to O3.M11" are the printed measures: of their companions, open_overdue is better lower.
pub(crate) static MEASURES: &[Measure] = &[
    measure("O1.M1", "average", "lower", Stretch::Snapshot, o1::caseload)
        .needs(&["workers", "involvements"])
        .columns(&["workers.fte"])
        .policies(&[("caseload_per", always), ("lead_roles", always)]),
    measure("O1.M2", "count", "lower", Stretch::Snapshot, o1::asye)
        .needs(&["workers", "involvements"])
        .columns(&["workers.asye_start_date"])
        .policies(&[("asye_case_limit", always), ("lead_roles", always)]),
    measure("O1.M3", "percent", "lower", Stretch::Snapshot, o1::asye)
        .needs(&["workers", "involvements"])
        .columns(&["workers.asye_start_date"])
        .policies(&[("asye_case_limit", always), ("lead_roles", always)]),
    measure("O1.M4", "percent", "higher", Stretch::Snapshot, o1::permanent)
        .needs(&["workers"])
        .columns(&["workers.team_type", "workers.fte", "workers.employment|workers.agency"])
        .policies(&[("scope_team_types", always), ("workforce_unit", always)]),
    measure("O1.M5", "percent", "lower", Stretch::Rolling, o1::turnover)
        .needs(&["workers"])
        .columns(&[
            "workers.team_type",
            "workers.fte",
            "workers.employment|workers.agency",
            "workers.end_date",
        ])
        .policies(TURNOVER),
    measure("O1.M5.published", "percent", "lower", Stretch::Rolling, o1::turnover_published)
        .needs(&["workers"])
        .columns(&[
            "workers.team_type",
            "workers.fte",
            "workers.employment|workers.agency",
            "workers.end_date",
        ])
        .policies(TURNOVER),
    measure("O1.M6", "count", "neutral", Stretch::Month, o1::exit_interviews)
        .needs(&["exit_interviews"])
        .columns(&["exit_interviews.completed_date"]),
    measure("O1.M7", "percent", "lower", Stretch::Month, o1::inside_control)
        .needs(&["exit_interviews"])
        .columns(&["exit_interviews.completed_date"]),
    measure("O2.M1", "percent", "higher", Stretch::Snapshot, o2::policies)
        .needs(&["policies"])
        .columns(&["policies.last_reviewed|policies.in_force_from"]),
    measure("O2.M2", "count", "neutral", Stretch::Month, o2::assessments)
        .needs(&["assessments"])
        .columns(&["assessments.authorised_date"]),
    measure("O2.M3", "percent", "higher", Stretch::Month, o2::assessments_in_time)
        .needs(&["assessments"])
        .columns(&["assessments.authorised_date"])
        .policies(ASSESSMENT),
    measure("O2.M3.open_overdue", "count", "lower", Stretch::Snapshot, o2::open_assessments)
        .needs(&["assessments"])
        .reads(&["persons", "referrals"])
        .columns(&["assessments.authorised_date"])
        .policies(ASSESSMENT),
    // READING: the dates of authorisation are needed as by O2.M3, of whose cases it is.
    measure("O2.M3.from_referral", "percent", "higher", Stretch::Month, o2::assessments_from_referral)
        .needs(&["assessments", "referrals"])
        .columns(&["assessments.authorised_date", "assessments.referral_id"])
        .policies(ASSESSMENT_FROM_REFERRAL),
    measure("O3.M1", "percent", "higher", Stretch::Snapshot, o3::cp_rating)
        .needs(&["cp_plans", "rag_ratings"])
        .reads(&["persons"])
        .policies(CP_RATING),
    measure("O3.M2", "percent", "higher", Stretch::Month, o3::conferences)
        .needs(&["initial_conferences", "section_47_enquiries"])
        .columns(&["initial_conferences.date", "initial_conferences.s47_enquiry_id"])
        .policies(CONFERENCE),
    measure("O3.M2.open_overdue", "count", "lower", Stretch::Snapshot, o3::open_conferences)
        .needs(&["initial_conferences", "section_47_enquiries"])
        .reads(&["persons"])
        .columns(&["initial_conferences.date", "initial_conferences.s47_enquiry_id"])
        .policies(CONFERENCE),
    measure("O3.M2.published", "percent", "higher", Stretch::Month, o3::conferences_published)
        .needs(&["initial_conferences", "section_47_enquiries"])
        .columns(&["initial_conferences.date", "initial_conferences.s47_enquiry_id"])
        .policies(&[("calendar", always)]),
    measure("O3.M3", "percent", "higher", Stretch::Month, |m| m.cp_review_cases())
        .needs(&["cp_plans", "cp_reviews"])
        .reads(&["persons"])
        .columns(&["cp_reviews.date"])
        .policies(&[("count_start_day", always), ("review_mode", always)]),
    measure("O3.M4", "percent", "higher", Stretch::Snapshot, o3::cp_visits)
        .needs(&["cp_plans", "cp_visits"])
        .reads(&["persons"])
        .policies(CP_VISIT),
    measure("O3.M4.seen_alone", "percent", "higher", Stretch::Snapshot, |m| {
        o3::seen_alone(m, o3::cp_visits(m), "cp_visits")
    })
    .needs(&["cp_plans", "cp_visits"])
    .reads(&["persons"])
    .columns(&["cp_visits.seen_alone"])
    .policies(CP_VISIT),
    measure("O3.M5", "percent", "higher", Stretch::Snapshot, o3::cla_visits)
        .needs(&["cla_episodes", "cla_visits"])
        .reads(&["persons", "legal_statuses", "cla_placements"])
        .policies(CLA_VISIT),
    measure("O3.M5.seen_alone", "percent", "higher", Stretch::Snapshot, |m| {
        o3::seen_alone(m, o3::cla_visits(m), "cla_visits")
    })
    .needs(&["cla_episodes", "cla_visits"])
    .reads(&["persons", "legal_statuses", "cla_placements"])
    .columns(&["cla_visits.seen_alone"])
    .policies(CLA_VISIT),
    measure("O3.M5.statutory", "percent", "higher", Stretch::Snapshot, statutory_visits::cases)
        .needs(&["cla_episodes", "cla_visits", "cla_placements"])
        .reads(&["persons", "legal_statuses", "cla_reviews", "permanence"])
        .policies(STATUTORY_VISIT),
    measure("O3.M6", "percent", "higher", Stretch::Month, |m| m.cla_review_cases())
        .needs(&["cla_episodes", "cla_reviews"])
        .reads(&["persons", "legal_statuses", "permanence"])
        .columns(&["cla_reviews.date"])
        .policies(&[("calendar", always), ("count_start_day", always), ("review_mode", always)]),
    measure("O3.M7", "percent", "higher", Stretch::Snapshot, o3::cin_visits)
        .needs(&["cin_plans", "cin_visits"])
        .reads(&["persons", "cp_plans", "cla_episodes", "legal_statuses"])
        .policies(CIN_VISIT),
    measure("O3.M7.seen_alone", "percent", "higher", Stretch::Snapshot, |m| {
        o3::seen_alone(m, o3::cin_visits(m), "cin_visits")
    })
    .needs(&["cin_plans", "cin_visits"])
    .reads(&["persons", "cp_plans", "cla_episodes", "legal_statuses"])
    .columns(&["cin_visits.seen_alone"])
    .policies(CIN_VISIT),
    measure("O3.M8", "count", "higher", Stretch::Month, o3::audits)
        .needs(&["audits"])
        .columns(&["audits.completed_date"]),
    measure("O3.M9", "count", "higher", Stretch::Month, o3::audit_judgements)
        .needs(&["audits"])
        .columns(&["audits.completed_date", "audits.judgement"])
        .policies(&[("audit_pass", always)]),
    measure("O3.M10", "percent", "higher", Stretch::Month, o3::audit_judgements)
        .needs(&["audits"])
        .columns(&["audits.completed_date", "audits.judgement"])
        .policies(&[("audit_pass", always)]),
    measure("O3.M11", "percent", "higher", Stretch::Snapshot, o3::cp_rating)
        .needs(&["cp_plans", "rag_ratings"])
        .reads(&["persons"])
        .policies(CP_RATING),
    measure("O4.M1", "count", "neutral", Stretch::Month, o4::complaints).needs(&["complaints"]),
    measure("O4.M2", "count", "neutral", Stretch::Month, o4::by_children)
        .needs(&["complaints"])
        .columns(&["complaints.made_by_child"]),
    measure("O4.M3", "percent", "lower", Stretch::Month, o4::stage_two)
        .needs(&["complaints"])
        .columns(&["complaints.stage_two_date"])
        .policies(&[("stage_two_basis", always)]),
    measure("O4.M4", "count", "higher", Stretch::Month, o4::compliments).needs(&["compliments"]),
    measure("O4.M5", "qualitative", "neutral", Stretch::Month, o4::reports).needs(&["feedback_reports"]),
    measure("O5.M1", "percent", "higher", Stretch::Month, o5::health).needs(&["strategy_discussions"]),
    measure("O5.M2", "percent", "higher", Stretch::Month, o5::school)
        .needs(&["strategy_discussions", "persons"]),
    measure("O5.M3", "percent", "lower", Stretch::Month, o5::re_referrals)
        .needs(&["referrals"])
        .policies(&[("front_door_teams", always)]),
    measure("O5.M4", "count", "lower", Stretch::Month, o5::repeat_plans)
        .needs(&["cp_plans"])
        .policies(&[("repeat_plan_unit", always)]),
    measure("O5.M4.percent", "percent", "lower", Stretch::Month, o5::repeat_plans_percent)
        .needs(&["cp_plans"]),
    measure("O6.M1", "count", "lower", Stretch::Snapshot, o6::far_away)
        .needs(&["cla_episodes", "cla_placements"])
        .reads(&["persons", "legal_statuses", "immigration_statuses"])
        .columns(&["cla_placements.distance_miles", "cla_placements.outside_authority"])
        .policies(&[("far_miles", always)]),
    measure("O6.M2", "percent", "lower", Stretch::Snapshot, o6::far_away_percent)
        .needs(&["cla_episodes", "cla_placements"])
        .reads(&["persons", "legal_statuses", "immigration_statuses"])
        .columns(&["cla_placements.distance_miles", "cla_placements.outside_authority"])
        .policies(&[("far_miles", always), ("distance_base", always)]),
    measure("O6.M3", "days", "lower", Stretch::Quarter, |m| o6::adoptions(m, false))
        .needs(&["permanence", "cla_episodes"])
        .reads(&["legal_statuses"])
        .columns(&["permanence.order_date", "permanence.order_type", "permanence.placed_for_adoption_date"])
        .policies(&[("adoption_basis", always), ("adoption_window", always)]),
    measure("O6.M4", "days", "lower", Stretch::Quarter, |m| o6::adoptions(m, true))
        .needs(&["permanence", "cla_episodes"])
        .reads(&["legal_statuses"])
        .columns(&[
            "permanence.order_date",
            "permanence.order_type",
            "permanence.placed_for_adoption_date",
            "permanence.legacy_cohort|permanence.exceptional_cohort",
        ])
        .policies(&[("adoption_basis", always), ("adoption_window", always)]),
    measure("O6.M5", "percent", "higher", Stretch::Snapshot, o6::care_plan_ratings)
        .needs(&["cla_episodes", "care_plans", "rag_ratings"])
        .reads(&["persons", "legal_statuses"])
        .policies(&[("unrated", always)]),
    measure("O6.M6", "percent", "lower", Stretch::Snapshot, o6::many_placements)
        .needs(&["cla_episodes", "cla_placements"])
        .reads(&["persons", "legal_statuses"])
        .policies(&[("temporary_placements", always)]),
    measure("O6.M7", "count", "lower", Stretch::Snapshot, o6::neet)
        .needs(&["cla_episodes", "persons", "activities|care_leavers"])
        .reads(&["legal_statuses"]),
    measure("O6.M8", "percent", "lower", Stretch::Snapshot, o6::neet)
        .needs(&["cla_episodes", "persons", "activities|care_leavers"])
        .reads(&["legal_statuses"]),
    measure("O6.M9", "count", "lower", Stretch::Snapshot, o6::care_leavers)
        .needs(&["care_leavers", "persons"])
        .reads(&["activities"])
        .policies(&[("care_leaver_max_age", always)]),
    measure("O6.M9.percent", "percent", "lower", Stretch::Snapshot, o6::care_leavers)
        .needs(&["care_leavers", "persons"])
        .reads(&["activities"])
        .policies(&[("care_leaver_max_age", always)]),
    measure("O6.M10", "percent", "higher", Stretch::Month, o6::care_plan_by_day_28)
        .needs(&["cla_episodes", "care_plans"])
        .reads(&["persons", "legal_statuses"]),
    measure(
        "O6.M10.ten_working_days",
        "percent",
        "higher",
        Stretch::Month,
        o6::care_plan_by_ten_working_days,
    )
    .needs(&["cla_episodes", "care_plans"])
    .reads(&["persons", "legal_statuses", "care_proceedings", "final_order_applications"])
    .policies(&[("calendar", always), ("count_start_day", always)]),
    measure("O6.M11", "percent", "higher", Stretch::Snapshot, o6::pathway_plans)
        .needs(&["cla_episodes", "persons", "pathway_plans|care_leavers"])
        .reads(&["legal_statuses"])
        .policies(PATHWAY),
    measure("O6.M12", "percent", "higher", Stretch::Snapshot, o6::cla_ratings)
        .needs(&["cla_episodes", "rag_ratings"])
        .reads(&["persons", "legal_statuses"])
        .policies(&[("unrated", always)]),
    measure("O7.M1", "count", "neutral", Stretch::Month, o7::concluded)
        .needs(&["care_proceedings"])
        .columns(&["care_proceedings.concluded_date"]),
    measure("O7.M2", "percent", "higher", Stretch::Month, o7::concluded_in_time)
        .needs(&["care_proceedings"])
        .columns(&["care_proceedings.concluded_date"])
        .policies(&[("proceedings_limit_days", always)]),
    measure("O7.M3", "count", "neutral", Stretch::Month, o7::final_orders)
        .needs(&["final_order_applications"])
        .columns(&["final_order_applications.decided_date"])
        .policies(&[("final_order_basis", always)]),
    measure("O7.M4", "percent", "higher", Stretch::Month, o7::orders_as_sought)
        .needs(&["final_order_applications"])
        .columns(&[
            "final_order_applications.decided_date",
            "final_order_applications.order_sought",
            "final_order_applications.order_made",
        ])
        .policies(&[("final_order_basis", always)]),
    measure("O8.M1", "count", "neutral", Stretch::Month, o8::to_early_help)
        .needs(&["step_transfers|referrals"]),
    measure("O8.M2", "count", "neutral", Stretch::Month, o8::to_social_care).needs(&["step_transfers"]),
    measure("O8.M3", "count", "lower", Stretch::Month, o8::repeat_assessments)
        .needs(&["assessments"])
        .columns(&["assessments.authorised_date"])
        .policies(&[("front_door_teams", always), ("repeat_same_referral", always)]),
    measure("O8.M4", "percent", "lower", Stretch::Month, o8::repeat_assessments)
        .needs(&["assessments"])
        .columns(&["assessments.authorised_date"])
        .policies(&[("front_door_teams", always), ("repeat_same_referral", always)]),
    measure(
        "return_interviews_in_time",
        "percent",
        "higher",
        Stretch::Month,
        missing_and_health::return_interviews,
    )
    .needs(&["missing_episodes"])
    .columns(&["missing_episodes.interview_date"])
    .policies(&[("count_start_day", always)]),
    measure(
        "health_assessments_in_time",
        "percent",
        "higher",
        Stretch::Month,
        missing_and_health::health_assessments,
    )
    .needs(&["cla_episodes", "cla_health"])
    .reads(&["persons", "legal_statuses", "permanence"])
    .policies(&[("calendar", always), ("count_start_day", always)]),
];
