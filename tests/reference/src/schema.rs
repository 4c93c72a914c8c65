//! The input schema: tables in order, columns in order, each with its other name where it has one.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Id,
    Date,
    Bool,
    Decimal,
    Integer,
    Text,
    Code,
}

pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) ssd: Option<&'static str>,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) unique: bool,
    pub(crate) set: &'static [&'static str],
}

pub(crate) struct TableDef {
    pub(crate) name: &'static str,
    pub(crate) ssd: Option<&'static str>,
    pub(crate) columns: &'static [Column],
}

const fn col(name: &'static str, ssd: Option<&'static str>, kind: Kind) -> Column {
    Column { name, ssd, kind, required: false, unique: false, set: &[] }
}

const fn req(name: &'static str, ssd: Option<&'static str>, kind: Kind) -> Column {
    Column { name, ssd, kind, required: true, unique: false, set: &[] }
}

const fn key(name: &'static str, ssd: Option<&'static str>) -> Column {
    Column { name, ssd, kind: Kind::Id, required: true, unique: true, set: &[] }
}

const fn set(column: Column, set: &'static [&'static str]) -> Column {
    Column {
        name: column.name,
        ssd: column.ssd,
        kind: column.kind,
        required: column.required,
        unique: column.unique,
        set,
    }
}

pub(crate) const TABLES: &[TableDef] = &[
    TableDef {
        name: "persons",
        ssd: Some("ssd_person"),
        columns: &[
            key("person_id", Some("pers_person_id")),
            col("date_of_birth", Some("pers_dob"), Kind::Date),
            col("expected_date_of_birth", Some("pers_expected_dob"), Kind::Date),
            col("date_of_death", Some("pers_death_date"), Kind::Date),
            col("sex", Some("pers_sex"), Kind::Code),
            col("ethnicity", Some("pers_ethnicity"), Kind::Code),
            col("disability", None, Kind::Bool),
            col("sen", Some("pers_send_flag"), Kind::Bool),
            col("area", None, Kind::Text),
        ],
    },
    TableDef {
        name: "immigration_statuses",
        ssd: Some("ssd_immigration_status"),
        columns: &[
            req("person_id", Some("immi_person_id"), Kind::Id),
            col("status", Some("immi_immigration_status"), Kind::Code),
            col("start_date", Some("immi_immigration_status_start_date"), Kind::Date),
            col("end_date", Some("immi_immigration_status_end_date"), Kind::Date),
        ],
    },
    TableDef {
        name: "referrals",
        ssd: Some("ssd_cin_episodes"),
        columns: &[
            key("referral_id", Some("cine_referral_id")),
            req("person_id", Some("cine_person_id"), Kind::Id),
            req("referral_date", Some("cine_referral_date"), Kind::Date),
            col("close_date", Some("cine_close_date"), Kind::Date),
            col("close_reason", Some("cine_close_reason"), Kind::Code),
            col("team", Some("cine_referral_team"), Kind::Text),
        ],
    },
    TableDef {
        name: "assessments",
        ssd: Some("ssd_cin_assessments"),
        columns: &[
            key("assessment_id", Some("cina_assessment_id")),
            req("person_id", Some("cina_person_id"), Kind::Id),
            col("referral_id", Some("cina_referral_id"), Kind::Id),
            req("start_date", Some("cina_assessment_start_date"), Kind::Date),
            col("authorised_date", Some("cina_assessment_auth_date"), Kind::Date),
            col("team", Some("cina_assessment_team"), Kind::Text),
        ],
    },
    TableDef {
        name: "strategy_discussions",
        ssd: None,
        columns: &[
            key("discussion_id", None),
            req("person_id", None, Kind::Id),
            req("date", None, Kind::Date),
            col("health_involved", None, Kind::Bool),
            col("school_involved", None, Kind::Bool),
            col("school_not_applicable", None, Kind::Bool),
        ],
    },
    TableDef {
        name: "section_47_enquiries",
        ssd: Some("ssd_s47_enquiry"),
        columns: &[
            key("s47_enquiry_id", Some("s47e_s47_enquiry_id")),
            req("person_id", Some("s47e_person_id"), Kind::Id),
            col("referral_id", Some("s47e_referral_id"), Kind::Id),
            req("start_date", Some("s47e_s47_start_date"), Kind::Date),
        ],
    },
    TableDef {
        name: "initial_conferences",
        ssd: Some("ssd_initial_cp_conference"),
        columns: &[
            key("icpc_id", Some("icpc_icpc_id")),
            req("person_id", Some("icpc_person_id"), Kind::Id),
            col("s47_enquiry_id", Some("icpc_s47_enquiry_id"), Kind::Id),
            col("date", Some("icpc_icpc_date"), Kind::Date),
            col("transfer_in", Some("icpc_icpc_transfer_in"), Kind::Bool),
            col("decision_date", None, Kind::Date),
        ],
    },
    TableDef {
        name: "cp_plans",
        ssd: Some("ssd_cp_plans"),
        columns: &[
            key("cp_plan_id", Some("cppl_cp_plan_id")),
            req("person_id", Some("cppl_person_id"), Kind::Id),
            req("start_date", Some("cppl_cp_plan_start_date"), Kind::Date),
            col("end_date", Some("cppl_cp_plan_end_date"), Kind::Date),
            col("other_authority", Some("cppl_cp_plan_ola"), Kind::Bool),
            col("transfer_in", None, Kind::Bool),
        ],
    },
    TableDef {
        name: "cp_visits",
        ssd: Some("ssd_cp_visits"),
        columns: &[
            key("cp_visit_id", Some("cppv_cp_visit_id")),
            req("person_id", Some("cppv_person_id"), Kind::Id),
            req("date", Some("cppv_cp_visit_date"), Kind::Date),
            col("seen", Some("cppv_cp_visit_seen"), Kind::Bool),
            col("seen_alone", Some("cppv_cp_visit_seen_alone"), Kind::Bool),
        ],
    },
    TableDef {
        name: "cp_reviews",
        ssd: Some("ssd_cp_reviews"),
        columns: &[
            key("cp_review_id", Some("cppr_cp_review_id")),
            req("person_id", Some("cppr_person_id"), Kind::Id),
            req("cp_plan_id", Some("cppr_cp_plan_id"), Kind::Id),
            col("date", Some("cppr_cp_review_date"), Kind::Date),
        ],
    },
    TableDef {
        name: "cin_plans",
        ssd: Some("ssd_cin_plans"),
        columns: &[
            key("cin_plan_id", Some("cinp_cin_plan_id")),
            req("person_id", Some("cinp_person_id"), Kind::Id),
            req("start_date", Some("cinp_cin_plan_start_date"), Kind::Date),
            col("end_date", Some("cinp_cin_plan_end_date"), Kind::Date),
            col("visit_working_days", None, Kind::Integer),
        ],
    },
    TableDef {
        name: "cin_visits",
        ssd: Some("ssd_cin_visits"),
        columns: &[
            key("cin_visit_id", Some("cinv_cin_visit_id")),
            req("person_id", Some("cinv_person_id"), Kind::Id),
            req("date", Some("cinv_cin_visit_date"), Kind::Date),
            col("seen", Some("cinv_cin_visit_seen"), Kind::Bool),
            col("seen_alone", Some("cinv_cin_visit_seen_alone"), Kind::Bool),
        ],
    },
    TableDef {
        name: "cla_episodes",
        ssd: Some("ssd_cla_episodes"),
        columns: &[
            key("cla_episode_id", Some("clae_cla_episode_id")),
            req("person_id", Some("clae_person_id"), Kind::Id),
            req("cla_id", Some("clae_cla_id"), Kind::Id),
            col("placement_id", Some("clae_cla_placement_id"), Kind::Id),
            req("start_date", Some("clae_cla_episode_start_date"), Kind::Date),
            col("start_reason", Some("clae_cla_episode_start_reason"), Kind::Code),
            col("end_date", Some("clae_cla_episode_ceased_date"), Kind::Date),
            col("end_reason", Some("clae_cla_episode_ceased_reason"), Kind::Code),
        ],
    },
    TableDef {
        name: "legal_statuses",
        ssd: Some("ssd_legal_status"),
        columns: &[
            key("legal_status_id", Some("lega_legal_status_id")),
            req("person_id", Some("lega_person_id"), Kind::Id),
            req("legal_status", Some("lega_legal_status"), Kind::Code),
            req("start_date", Some("lega_legal_status_start_date"), Kind::Date),
            col("end_date", Some("lega_legal_status_end_date"), Kind::Date),
        ],
    },
    TableDef {
        name: "cla_placements",
        ssd: Some("ssd_cla_placement"),
        columns: &[
            key("placement_id", Some("clap_cla_placement_id")),
            req("person_id", Some("clap_person_id"), Kind::Id),
            req("cla_id", Some("clap_cla_id"), Kind::Id),
            req("start_date", Some("clap_cla_placement_start_date"), Kind::Date),
            col("end_date", Some("clap_cla_placement_end_date"), Kind::Date),
            col("placement_type", Some("clap_cla_placement_type"), Kind::Code),
            col("distance_miles", Some("clap_cla_placement_distance"), Kind::Decimal),
            col("outside_authority", None, Kind::Bool),
            col("carer_id", None, Kind::Id),
            col("long_term", None, Kind::Bool),
            col("visits_agreed_date", None, Kind::Date),
            col("temporary_approval", None, Kind::Bool),
            col("before_assessment", None, Kind::Bool),
            col("lives_with_parent", None, Kind::Bool),
            col("arranged_by_other", None, Kind::Bool),
        ],
    },
    TableDef {
        name: "cla_visits",
        ssd: Some("ssd_cla_visits"),
        columns: &[
            key("cla_visit_id", Some("clav_cla_visit_id")),
            req("person_id", Some("clav_person_id"), Kind::Id),
            req("date", Some("clav_cla_visit_date"), Kind::Date),
            col("seen", Some("clav_cla_visit_seen"), Kind::Bool),
            col("seen_alone", Some("clav_cla_visit_seen_alone"), Kind::Bool),
            set(
                col("mode", None, Kind::Code),
                &["in_person", "remote", "telephone", "phone", "video", "virtual", "online"],
            ),
        ],
    },
    TableDef {
        name: "cla_reviews",
        ssd: Some("ssd_cla_reviews"),
        columns: &[
            key("cla_review_id", Some("clar_cla_review_id")),
            req("cla_id", Some("clar_cla_id"), Kind::Id),
            col("date", Some("clar_cla_review_date"), Kind::Date),
            col("cancelled", Some("clar_cla_review_cancelled"), Kind::Bool),
        ],
    },
    TableDef {
        name: "care_plans",
        ssd: Some("ssd_cla_care_plan"),
        columns: &[
            key("care_plan_id", Some("lacp_table_id")),
            req("person_id", Some("lacp_person_id"), Kind::Id),
            req("start_date", Some("lacp_cla_care_plan_start_date"), Kind::Date),
            col("end_date", Some("lacp_cla_care_plan_end_date"), Kind::Date),
        ],
    },
    TableDef {
        name: "care_leavers",
        ssd: Some("ssd_care_leavers"),
        columns: &[
            key("care_leaver_id", Some("clea_table_id")),
            req("person_id", Some("clea_person_id"), Kind::Id),
            col("eligibility", Some("clea_care_leaver_eligibility"), Kind::Code),
            col("activity", Some("clea_care_leaver_activity"), Kind::Code),
            col("pathway_plan_date", Some("clea_pathway_plan_review_date"), Kind::Date),
            col("start_date", None, Kind::Date),
            col("end_date", None, Kind::Date),
        ],
    },
    TableDef {
        name: "activities",
        ssd: None,
        columns: &[
            key("activity_id", None),
            req("person_id", None, Kind::Id),
            req("date", None, Kind::Date),
            req("activity", None, Kind::Code),
        ],
    },
    TableDef {
        name: "pathway_plans",
        ssd: None,
        columns: &[
            key("pathway_plan_id", None),
            req("person_id", None, Kind::Id),
            req("start_date", None, Kind::Date),
            col("end_date", None, Kind::Date),
        ],
    },
    TableDef {
        name: "permanence",
        ssd: Some("ssd_permanence"),
        columns: &[
            key("permanence_id", Some("perm_table_id")),
            req("person_id", Some("perm_person_id"), Kind::Id),
            col("cla_id", Some("perm_cla_id"), Kind::Id),
            col("placed_for_adoption_date", Some("perm_placed_for_adoption_date"), Kind::Date),
            col("order_date", Some("perm_permanence_order_date"), Kind::Date),
            col("order_type", Some("perm_permanence_order_type"), Kind::Text),
            col("adopted_by_carer", Some("perm_adopted_by_carer_flag"), Kind::Bool),
            col("placed_foster_carer_date", Some("perm_placed_foster_carer_date"), Kind::Date),
            col("decision_reversed_date", Some("perm_decision_reversed_date"), Kind::Date),
            col("legacy_cohort", None, Kind::Bool),
            col("exceptional_cohort", None, Kind::Bool),
        ],
    },
    TableDef {
        name: "workers",
        ssd: Some("ssd_professionals"),
        columns: &[
            key("worker_id", Some("prof_professional_id")),
            col("fte", Some("prof_full_time_equivalency"), Kind::Decimal),
            col("agency", Some("prof_agency_worker_flag"), Kind::Bool),
            set(col("employment", None, Kind::Code), &["permanent", "fixed_term", "agency"]),
            col("team", Some("prof_professional_department"), Kind::Text),
            set(col("team_type", None, Kind::Code), &["safeguarding", "care_leavers", "other"]),
            col("start_date", None, Kind::Date),
            col("end_date", None, Kind::Date),
            set(col("leaving_type", None, Kind::Code), &["left_authority", "internal_move"]),
            col("asye_start_date", None, Kind::Date),
            col("asye_end_date", None, Kind::Date),
            col("long_term_absence", None, Kind::Bool),
            col("cases_held", None, Kind::Integer),
        ],
    },
    TableDef {
        name: "involvements",
        ssd: Some("ssd_involvements"),
        columns: &[
            key("involvement_id", Some("invo_involvements_id")),
            req("worker_id", Some("invo_professional_id"), Kind::Id),
            req("person_id", Some("invo_person_id"), Kind::Id),
            col("role", Some("invo_professional_role_id"), Kind::Text),
            req("start_date", Some("invo_involvement_start_date"), Kind::Date),
            col("end_date", Some("invo_involvement_end_date"), Kind::Date),
        ],
    },
    TableDef {
        name: "exit_interviews",
        ssd: None,
        columns: &[
            key("exit_interview_id", None),
            req("worker_id", None, Kind::Id),
            col("completed_date", None, Kind::Date),
            col("primary_reason_inside_control", None, Kind::Bool),
        ],
    },
    TableDef {
        name: "policies",
        ssd: None,
        columns: &[
            key("policy_id", None),
            col("title", None, Kind::Text),
            col("in_force_from", None, Kind::Date),
            col("retired_on", None, Kind::Date),
            col("last_reviewed", None, Kind::Date),
        ],
    },
    TableDef {
        name: "audits",
        ssd: None,
        columns: &[
            key("audit_id", None),
            col("person_id", None, Kind::Id),
            col("completed_date", None, Kind::Date),
            set(
                col("judgement", None, Kind::Code),
                &["outstanding", "good", "adequate", "requires_improvement", "inadequate"],
            ),
        ],
    },
    TableDef {
        name: "complaints",
        ssd: None,
        columns: &[
            key("complaint_id", None),
            req("received_date", None, Kind::Date),
            col("stage", None, Kind::Integer),
            col("stage_two_date", None, Kind::Date),
            col("made_by_child", None, Kind::Bool),
            col("statutory", None, Kind::Bool),
        ],
    },
    TableDef {
        name: "compliments",
        ssd: None,
        columns: &[key("compliment_id", None), req("received_date", None, Kind::Date)],
    },
    TableDef {
        name: "feedback_reports",
        ssd: None,
        columns: &[
            key("feedback_report_id", None),
            req("date", None, Kind::Date),
            col("title", None, Kind::Text),
            col("text", None, Kind::Text),
        ],
    },
    TableDef {
        name: "rag_ratings",
        ssd: None,
        columns: &[
            key("rag_rating_id", None),
            req("person_id", None, Kind::Id),
            set(req("scope", None, Kind::Code), &["cp_child", "cla_child", "cla_care_plan"]),
            req("date", None, Kind::Date),
            set(req("rating", None, Kind::Code), &["red", "amber", "green"]),
        ],
    },
    TableDef {
        name: "care_proceedings",
        ssd: None,
        columns: &[
            key("case_id", None),
            req("issue_date", None, Kind::Date),
            col("concluded_date", None, Kind::Date),
        ],
    },
    TableDef {
        name: "final_order_applications",
        ssd: None,
        columns: &[
            key("application_id", None),
            col("case_id", None, Kind::Id),
            col("person_id", None, Kind::Id),
            col("filed_date", None, Kind::Date),
            col("decided_date", None, Kind::Date),
            col("order_sought", None, Kind::Code),
            col("order_made", None, Kind::Code),
        ],
    },
    TableDef {
        name: "step_transfers",
        ssd: None,
        columns: &[
            key("transfer_id", None),
            req("person_id", None, Kind::Id),
            req("date", None, Kind::Date),
            set(req("direction", None, Kind::Code), &["to_early_help", "to_social_care"]),
        ],
    },
    TableDef {
        name: "missing_episodes",
        ssd: Some("ssd_missing"),
        columns: &[
            key("episode_id", Some("miss_table_id")),
            req("person_id", Some("miss_person_id"), Kind::Id),
            req("start_date", Some("miss_missing_episode_start_date"), Kind::Date),
            col("end_date", Some("miss_missing_episode_end_date"), Kind::Date),
            col("interview_offered_date", None, Kind::Date),
            col("interview_date", None, Kind::Date),
            col("interview_accepted", Some("miss_missing_rhi_accepted"), Kind::Bool),
        ],
    },
    TableDef {
        name: "cla_health",
        ssd: Some("ssd_cla_health"),
        columns: &[
            key("health_id", Some("clah_health_check_id")),
            req("person_id", Some("clah_person_id"), Kind::Id),
            req("date", Some("clah_health_check_date"), Kind::Date),
            col("type", Some("clah_health_check_type"), Kind::Text),
        ],
    },
    TableDef {
        name: "departments",
        ssd: Some("ssd_department"),
        columns: &[
            key("department_id", Some("dept_team_id")),
            col("name", Some("dept_team_name"), Kind::Text),
        ],
    },
    TableDef {
        name: "person_groups",
        ssd: None,
        columns: &[
            req("person_id", None, Kind::Id),
            req("dimension", None, Kind::Text),
            req("value", None, Kind::Text),
            col("start_date", None, Kind::Date),
            col("end_date", None, Kind::Date),
        ],
    },
    TableDef {
        name: "disabilities",
        ssd: Some("ssd_disability"),
        columns: &[
            req("person_id", Some("disa_person_id"), Kind::Id),
            col("disability", Some("disa_disability_code"), Kind::Code),
        ],
    },
    TableDef {
        name: "early_help_episodes",
        ssd: Some("ssd_early_help_episodes"),
        columns: &[
            key("early_help_episode_id", Some("earl_episode_id")),
            req("person_id", Some("earl_person_id"), Kind::Id),
            req("start_date", Some("earl_episode_start_date"), Kind::Date),
            col("end_date", Some("earl_episode_end_date"), Kind::Date),
            col("end_reason", Some("earl_episode_end_reason"), Kind::Text),
        ],
    },
];
