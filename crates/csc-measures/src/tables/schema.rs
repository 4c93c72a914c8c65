//! The declarations. A column: its name, whether it is needed, its type, its SSD name, what it means.

use super::Column;
use super::declare::tables;
#[allow(unused_imports, reason = "helpers of the macro above")]
use super::declare::{finish, kind, need, own_id, owned, read, ssd};

tables! {
    /// Children and young people: one row a person.
    Persons persons "ssd_person" => Person, PersonRead {
        person_id: unique id = "pers_person_id", "identifies the row";
        date_of_birth: optional date = "pers_dob", "the date of birth";
        expected_date_of_birth: optional date = "pers_expected_dob", "the expected date of birth of an unborn child";
        date_of_death: optional date = "pers_death_date", "the date of death";
    }

    /// Immigration statuses of a person over time, for unaccompanied asylum-seeking children.
    ImmigrationStatuses immigration_statuses "ssd_immigration_status" => ImmigrationStatus, ImmigrationStatusRead {
        person_id: required id = "immi_person_id", "the person";
        status: optional code = "immi_immigration_status", "UASC, or a text that begins Unaccompanied Asylum";
        start_date: optional date = "immi_immigration_status_start_date", "the first day";
        end_date: optional date = "immi_immigration_status_end_date", "the first day it no longer holds; null = open";
    }

    /// Referrals to social care: one row a child and referral.
    Referrals referrals "ssd_cin_episodes" => Referral, ReferralRead {
        referral_id: unique id = "cine_referral_id", "identifies the row";
        person_id: required id = "cine_person_id", "the person";
        referral_date: required date = "cine_referral_date", "the day the referral was received";
        close_date: optional date = "cine_close_date", "the day the case closed";
        close_reason: optional code = "cine_close_reason", "why the case closed: CIN census RC1 to RC9";
        team: optional text = "cine_referral_team", "the team's name";
    }

    /// Social worker (child and family) assessments: one row a child and assessment.
    Assessments assessments "ssd_cin_assessments" => Assessment, AssessmentRead {
        assessment_id: unique id = "cina_assessment_id", "identifies the row";
        person_id: required id = "cina_person_id", "the person";
        referral_id: optional id = "cina_referral_id", "the referral";
        start_date: required date = "cina_assessment_start_date", "the first day";
        authorised_date: optional date = "cina_assessment_auth_date", "the day a manager authorised it, which completes it; null = not completed";
        team: optional text = "cina_assessment_team", "the team's name";
    }

    /// Strategy discussions: one row a child and discussion.
    StrategyDiscussions strategy_discussions => StrategyDiscussion, StrategyDiscussionRead {
        discussion_id: unique id, "identifies the row";
        person_id: required id, "the person";
        date: required date, "the date";
        health_involved: optional bool, "took part; null = not recorded";
        school_involved: optional bool, "took part; null = not recorded";
        school_not_applicable: optional bool, "whether the child is on no school roll";
    }

    /// Enquiries under section 47 of the Children Act 1989: one row a child and enquiry.
    Section47Enquiries section_47_enquiries "ssd_s47_enquiry" => Section47Enquiry, Section47EnquiryRead {
        s47_enquiry_id: unique id = "s47e_s47_enquiry_id", "identifies the row";
        person_id: required id = "s47e_person_id", "the person";
        referral_id: optional id = "s47e_referral_id", "the referral";
        start_date: required date = "s47e_s47_start_date", "date of the strategy discussion that initiated the enquiry";
    }

    /// Initial child protection conferences, held or still to be held: one row a child.
    InitialConferences initial_conferences "ssd_initial_cp_conference" => InitialConference, InitialConferenceRead {
        icpc_id: unique id = "icpc_icpc_id", "identifies the row";
        person_id: required id = "icpc_person_id", "the person";
        s47_enquiry_id: optional id = "icpc_s47_enquiry_id", "the enquiry";
        date: optional date = "icpc_icpc_date", "null = not held yet";
        transfer_in: optional bool = "icpc_icpc_transfer_in", "whether the child moved in from another authority with it";
        decision_date: optional date, "decision that a conference is needed; read only under icpc_clock = decision";
    }

    /// Child protection plans.
    CpPlans cp_plans "ssd_cp_plans" => CpPlan, CpPlanRead {
        cp_plan_id: unique id = "cppl_cp_plan_id", "identifies the row";
        person_id: required id = "cppl_person_id", "the person";
        start_date: required date = "cppl_cp_plan_start_date", "the first day";
        end_date: optional date = "cppl_cp_plan_end_date", "the first day it no longer holds; null = open";
        other_authority: optional bool = "cppl_cp_plan_ola", "temporary plan held for another authority";
        transfer_in: optional bool, "whether the child moved in from another authority with it";
    }

    /// Visits to children under a child protection plan.
    CpVisits cp_visits "ssd_cp_visits" => CpVisit, CpVisitRead {
        cp_visit_id: unique id = "cppv_cp_visit_id", "identifies the row";
        person_id: required id = "cppv_person_id", "the person";
        date: required date = "cppv_cp_visit_date", "the date";
        seen: optional bool = "cppv_cp_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool = "cppv_cp_visit_seen_alone", "whether the child was seen alone; null = not recorded";
    }

    /// Child protection review conferences.
    CpReviews cp_reviews "ssd_cp_reviews" => CpReview, CpReviewRead {
        cp_review_id: unique id = "cppr_cp_review_id", "identifies the row";
        person_id: required id = "cppr_person_id", "the person";
        cp_plan_id: required id = "cppr_cp_plan_id", "the plan";
        date: optional date = "cppr_cp_review_date", "null = not held";
    }

    /// Child in need plans.
    CinPlans cin_plans "ssd_cin_plans" => CinPlan, CinPlanRead {
        cin_plan_id: unique id = "cinp_cin_plan_id", "identifies the row";
        person_id: required id = "cinp_person_id", "the person";
        start_date: required date = "cinp_cin_plan_start_date", "the first day";
        end_date: optional date = "cinp_cin_plan_end_date", "the first day it no longer holds; null = open";
        visit_working_days: optional integer, "agreed interval for this child, overrides the policy";
    }

    /// Visits to children under a child in need plan.
    CinVisits cin_visits "ssd_cin_visits" => CinVisit, CinVisitRead {
        cin_visit_id: unique id = "cinv_cin_visit_id", "identifies the row";
        person_id: required id = "cinv_person_id", "the person";
        date: required date = "cinv_cin_visit_date", "the date";
        seen: optional bool = "cinv_cin_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool = "cinv_cin_visit_seen_alone", "whether the child was seen alone; null = not recorded";
    }

    /// Episodes of care of children looked after; the episodes of one `cla_id` make up a period of care.
    ClaEpisodes cla_episodes "ssd_cla_episodes" => ClaEpisode, ClaEpisodeRead {
        cla_episode_id: unique id = "clae_cla_episode_id", "identifies the row";
        person_id: required id = "clae_person_id", "the person";
        cla_id: required id = "clae_cla_id", "the whole period of care";
        placement_id: optional id = "clae_cla_placement_id", "the placement";
        start_date: required date = "clae_cla_episode_start_date", "the first day";
        start_reason: optional code = "clae_cla_episode_start_reason", "S L P T B U";
        end_date: optional date = "clae_cla_episode_ceased_date", "the first day it no longer holds; null = open";
        end_reason: optional code = "clae_cla_episode_ceased_reason", "E11 E12 adopted ... X1 = a new episode follows";
    }

    /// Legal statuses of children looked after over time.
    LegalStatuses legal_statuses "ssd_legal_status" => LegalStatus, LegalStatusRead {
        legal_status_id: unique id = "lega_legal_status_id", "identifies the row";
        person_id: required id = "lega_person_id", "the person";
        legal_status: required code = "lega_legal_status", "SSDA903 codes: C1 C2 E1 V2 V3 V4 ...";
        start_date: required date = "lega_legal_status_start_date", "the first day";
        end_date: optional date = "lega_legal_status_end_date", "the first day it no longer holds; null = open";
    }

    /// Placements of children looked after.
    ClaPlacements cla_placements "ssd_cla_placement" => ClaPlacement, ClaPlacementRead {
        placement_id: unique id = "clap_cla_placement_id", "identifies the row";
        person_id: required id = "clap_person_id", "the person";
        cla_id: required id = "clap_cla_id", "the period of care";
        start_date: required date = "clap_cla_placement_start_date", "the first day";
        end_date: optional date = "clap_cla_placement_end_date", "the first day it no longer holds; null = open";
        placement_type: optional code = "clap_cla_placement_type", "SSDA903 codes: U1-U6 H5 K1 K2 P1 P2 R1-R5 S1 T0-T4 A3-A6 Z1";
        distance_miles: optional decimal = "clap_cla_placement_distance", "999.9 = not known";
        outside_authority: optional bool, "placed outside the county boundary";
        carer_id: optional id, "the carer or carer household";
        long_term: optional bool, "intended to last until the child is 18 (reg 28(2)(c)(i))";
    }

    /// Visits to children looked after.
    ClaVisits cla_visits "ssd_cla_visits" => ClaVisit, ClaVisitRead {
        cla_visit_id: unique id = "clav_cla_visit_id", "identifies the row";
        person_id: required id = "clav_person_id", "the person";
        date: required date = "clav_cla_visit_date", "the date";
        seen: optional bool = "clav_cla_visit_seen", "whether the child was seen; null = not recorded";
        seen_alone: optional bool = "clav_cla_visit_seen_alone", "whether the child was seen alone; null = not recorded";
    }

    /// Statutory reviews of children looked after.
    ClaReviews cla_reviews "ssd_cla_reviews" => ClaReview, ClaReviewRead {
        cla_review_id: unique id = "clar_cla_review_id", "identifies the row";
        cla_id: required id = "clar_cla_id", "the period of care";
        date: optional date = "clar_cla_review_date", "null = not held";
        cancelled: optional bool = "clar_cla_review_cancelled", "whether the review was cancelled";
    }

    /// Care plans of children looked after.
    CarePlans care_plans "ssd_cla_care_plan" => CarePlan, CarePlanRead {
        care_plan_id: unique id = "lacp_table_id", "identifies the row";
        person_id: required id = "lacp_person_id", "the person";
        start_date: required date = "lacp_cla_care_plan_start_date", "date the plan was in place";
        end_date: optional date = "lacp_cla_care_plan_end_date", "the first day it no longer holds; null = open";
    }

    /// Care leavers and their eligibility.
    CareLeavers care_leavers "ssd_care_leavers" => CareLeaver, CareLeaverRead {
        care_leaver_id: unique id = "clea_table_id", "identifies the row";
        person_id: required id = "clea_person_id", "the person";
        eligibility: optional code = "clea_care_leaver_eligibility", "eligible | relevant | former relevant | qualifying, any case, - or _ or space; an SSD text that begins with one of them counts as it";
        activity: optional code = "clea_care_leaver_activity", "SSDA903 F1 P1 F2 P2 F4 P4 F5 P5 G4 G5 G6; undated: read only where the person has no row in activities, as at any date";
        pathway_plan_date: optional date = "clea_pathway_plan_review_date", "plan start or latest review: counts as a pathway plan from that date";
        start_date: optional date, "from when this eligibility holds; null = always";
        end_date: optional date, "the first day it no longer holds; null = open";
    }

    /// Education, employment or training of children looked after and care leavers, as recorded on a date.
    Activities activities => Activity, ActivityRead {
        activity_id: unique id, "identifies the row";
        person_id: required id, "the person";
        date: required date, "the date";
        activity: required code, "as care_leavers.activity; U = not known";
    }

    /// Pathway plans.
    PathwayPlans pathway_plans => PathwayPlan, PathwayPlanRead {
        pathway_plan_id: unique id, "identifies the row";
        person_id: required id, "the person";
        start_date: required date, "the first day";
        end_date: optional date, "the first day it no longer holds; null = open";
    }

    /// Permanence: placements for adoption and permanence orders.
    Permanence permanence "ssd_permanence" => Permanence, PermanenceRead {
        permanence_id: unique id = "perm_table_id", "identifies the row";
        person_id: required id = "perm_person_id", "the person";
        cla_id: optional id = "perm_cla_id", "the period of care";
        placed_for_adoption_date: optional date = "perm_placed_for_adoption_date", "the day the child was placed for adoption";
        order_date: optional date = "perm_permanence_order_date", "the day of the permanence order";
        order_type: optional text = "perm_permanence_order_type", "Adoption ... ; a text that begins with 'adoption', any case";
        adopted_by_carer: optional bool = "perm_adopted_by_carer_flag", "whether the adopters had fostered the child";
        placed_foster_carer_date: optional date = "perm_placed_foster_carer_date", "the day the child moved in with those foster carers";
        decision_reversed_date: optional date = "perm_decision_reversed_date", "the day the decision to place for adoption was reversed";
        legacy_cohort: optional bool, "whether the child is of the locally defined legacy cohort";
        exceptional_cohort: optional bool, "whether the child is of the locally defined exceptional cohort";
    }

    /// Social care workers and their posts.
    Workers workers "ssd_professionals" => Worker, WorkerRead {
        worker_id: unique id = "prof_professional_id", "identifies the row";
        fte: optional decimal = "prof_full_time_equivalency", "0 < fte <= 1, two decimals";
        agency: optional bool = "prof_agency_worker_flag", "agency";
        employment: optional code { "permanent" | "fixed_term" | "agency" }, "permanent | fixed_term | agency; agency = true wins where they disagree";
        team: optional text = "prof_professional_department", "the team's name";
        team_type: optional code { "safeguarding" | "care_leavers" | "other" }, "safeguarding | care_leavers | other";
        start_date: optional date, "in post from; null = always";
        end_date: optional date, "left post on; null = in post";
        leaving_type: optional code { "left_authority" | "internal_move" }, "left_authority | internal_move";
        asye_start_date: optional date, "the first day of the assessed and supported year in employment";
        asye_end_date: optional date, "the first day after that year";
        long_term_absence: optional bool, "whether the worker is absent for long";
    }

    /// Allocations of workers to children.
    Involvements involvements "ssd_involvements" => Involvement, InvolvementRead {
        involvement_id: unique id = "invo_involvements_id", "identifies the row";
        worker_id: required id = "invo_professional_id", "the worker";
        person_id: required id = "invo_person_id", "the person";
        role: optional text = "invo_professional_role_id", "'Allocated Case Worker', any case, or null = lead allocation; anything else is not counted";
        start_date: required date = "invo_involvement_start_date", "the first day";
        end_date: optional date = "invo_involvement_end_date", "the first day it no longer holds; null = open";
    }

    /// Exit interviews of leavers.
    ExitInterviews exit_interviews => ExitInterview, ExitInterviewRead {
        exit_interview_id: unique id, "identifies the row";
        worker_id: required id, "the worker";
        completed_date: optional date, "null = offered, not completed";
        primary_reason_inside_control: optional bool, "null = no reason recorded";
    }

    /// The service's policies and procedures.
    Policies policies => Policy, PolicyRead {
        policy_id: unique id, "identifies the row";
        title: optional text, "the title";
        in_force_from: optional date, "null = always";
        retired_on: optional date, "the first day it is no longer in force; null = in force";
        last_reviewed: optional date, "the day of the last review";
    }

    /// Case file audits.
    Audits audits => Audit, AuditRead {
        audit_id: unique id, "identifies the row";
        person_id: optional id, "the person";
        completed_date: optional date, "null = not completed";
        judgement: optional code { "outstanding" | "good" | "adequate" | "requires_improvement" | "inadequate" }, "outstanding | good | adequate | requires_improvement | inadequate; null = ungraded";
    }

    /// Complaints and representations.
    Complaints complaints => Complaint, ComplaintRead {
        complaint_id: unique id, "identifies the row";
        received_date: required date, "the day it was received";
        stage: optional integer, "stage at which it entered: 1 (null = 1) or 2";
        stage_two_date: optional date, "date Stage Two was requested";
        made_by_child: optional bool, "by a child or young person, or an advocate for one; null = not known";
        statutory: optional bool, "false = corporate procedure, out; null = statutory";
    }

    /// Compliments received.
    Compliments compliments => Compliment, ComplimentRead {
        compliment_id: unique id, "identifies the row";
        received_date: required date, "the day it was received";
    }

    /// Qualitative reports on practice improved by service users' feedback.
    FeedbackReports feedback_reports => FeedbackReport, FeedbackReportRead {
        feedback_report_id: unique id, "identifies the row";
        date: required date, "the date";
        title: optional text, "the title";
        text: optional text, "the text";
    }

    /// Recorded red, amber or green ratings of children and care plans.
    RagRatings rag_ratings => RagRating, RagRatingRead {
        rag_rating_id: unique id, "identifies the row";
        person_id: required id, "the person";
        scope: required code { "cp_child" | "cla_child" | "cla_care_plan" }, "cp_child | cla_child | cla_care_plan";
        date: required date, "the date";
        rating: required code { "red" | "amber" | "green" }, "red | amber | green";
    }

    /// Care proceedings: one row a court case.
    CareProceedings care_proceedings => CareProceeding, CareProceedingRead {
        case_id: unique id, "identifies the row";
        issue_date: required date, "the day the application was issued";
        concluded_date: optional date, "date of the last child's final order";
    }

    /// Applications for a final order: one row a child and application.
    FinalOrderApplications final_order_applications => FinalOrderApplication, FinalOrderApplicationRead {
        application_id: unique id, "identifies the row";
        case_id: optional id, "the court case";
        person_id: optional id, "the person";
        filed_date: optional date, "the day the application was filed";
        decided_date: optional date, "the day it was decided; null = pending";
        order_sought: optional code, "the order in the authority's final care plan";
        order_made: optional code, "null after decision = not known; withdrawn = withdrawn by the authority";
    }

    /// Step-across transfers between early help and social care.
    StepTransfers step_transfers => StepTransfer, StepTransferRead {
        transfer_id: unique id, "identifies the row";
        person_id: required id, "the person";
        date: required date, "the date";
        direction: required code { "to_early_help" | "to_social_care" }, "to_early_help | to_social_care";
    }

}
