//! Children looked after: episodes, legal statuses, placements, reviews, care plans, permanence, health.

use std::cmp::Ordering;

use super::child_protection::records::ReviewRow;
use super::declare::*;
use super::{ByPerson, Given, Joined, Keep};
use crate::column::Coded;
use crate::time::clock::ClockId;
use crate::value::index::{ClaNo, PersonNo};
use crate::value::names::fold;
use records::{LegalCode, PlacementType, StartReason};

table! {
    /// Episodes of care of children looked after; the episodes of one `cla_id` make up a period of care.
    ClaEpisodes cla_episodes "ssd_cla_episodes" => ClaEpisode, ClaEpisodeRead {
        cla_episode_id: unique id = "clae_cla_episode_id", "identifies the row";
        person_id: required id -> Persons = "clae_person_id", "the person";
        cla_id: required id -> Cla defines = "clae_cla_id", "the whole period of care";
        placement_id: optional id -> ClaPlacements [only_checked] = "clae_cla_placement_id", "the placement";
        start_date: required date [latest] = "clae_cla_episode_start_date", "the first day";
        start_reason: optional code of ReasonNewEpisode = "clae_cla_episode_start_reason", "S L P T B U";
        end_date: optional date [ends, warned("no_end_dates"), also(&["clae_cla_episode_ceased"])] = "clae_cla_episode_ceased_date", "the first day it no longer holds; null = open";
        end_reason: optional code of ReasonEpisodeCeased = "clae_cla_episode_ceased_reason", "E11 E12 adopted ... X1 = a new episode follows";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Legal statuses of children looked after over time.
    LegalStatuses legal_statuses "ssd_legal_status" => LegalStatus, LegalStatusRead {
        legal_status_id: unique id = "lega_legal_status_id", "identifies the row";
        person_id: required id -> Persons = "lega_person_id", "the person";
        legal_status: required code of LegalStatus = "lega_legal_status", "SSDA903 codes: C1 C2 E1 V2 V3 V4 ...";
        start_date: required date = "lega_legal_status_start_date", "the first day";
        end_date: optional date [ends, warned("no_end_dates")] = "lega_legal_status_end_date", "the first day it no longer holds; null = open";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Placements of children looked after.
    ClaPlacements cla_placements "ssd_cla_placement" => ClaPlacement, ClaPlacementRead {
        placement_id: unique id = "clap_cla_placement_id", "identifies the row";
        person_id: required id -> Persons = "clap_person_id", "the person";
        cla_id: required id -> Cla [only_checked] = "clap_cla_id", "the period of care";
        start_date: required date [history, latest] = "clap_cla_placement_start_date", "the first day";
        end_date: optional date [ends, warned("no_end_dates")] = "clap_cla_placement_end_date", "the first day it no longer holds; null = open";
        placement_type: optional code of PlacementType [also(&["cla_cla_placement_type"])] = "clap_cla_placement_type", "SSDA903 codes: U1-U6 H5 K1 K2 P1 P2 R1-R5 S1 T0-T4 A3-A6 Z1";
        distance_miles: optional decimal [from(0), below(1000)] = "clap_cla_placement_distance", "from 0 to below 1000; 999.9 = not known";
        outside_authority: optional bool, "placed outside the area of the authority";
        carer_id: optional id -> Carers, "the carer or carer household";
        long_term: optional bool, "intended to last until the child is 18 (reg 28(2)(c)(i))";
        visits_agreed_date: optional date, "the day the child agreed to fewer visits in a long-term foster placement (reg 28(3A))";
        temporary_approval: optional bool, "with a connected person whose approval is temporary (reg 24)";
        before_assessment: optional bool, "placed with parents before they were assessed (reg 19)";
        lives_with_parent: optional bool, "lives with a parent, in a placement of any type";
        arranged_by_other: optional bool, "another body makes the living arrangements, such as a hospital or a court (reg 28(6))";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Statutory reviews of children looked after.
    ClaReviews cla_reviews "ssd_cla_reviews" => ClaReview, ClaReviewRead {
        cla_review_id: unique id = "clar_cla_review_id", "identifies the row";
        cla_id: required id -> Cla = "clar_cla_id", "the period of care";
        date: optional date [latest, null_tells] = "clar_cla_review_date", "null = not held";
        cancelled: optional bool = "clar_cla_review_cancelled", "whether the review was cancelled";
    }
}

table! {
    /// Care plans of children looked after.
    CarePlans care_plans "ssd_cla_care_plan" => CarePlan, CarePlanRead {
        care_plan_id: unique id [also(&["lacp_cla_care_plan_id"])] = "lacp_table_id", "identifies the row";
        person_id: required id -> Persons = "lacp_person_id", "the person";
        start_date: required date [latest] = "lacp_cla_care_plan_start_date", "date the plan was in place";
        end_date: optional date [ends, warned("no_end_dates")] = "lacp_cla_care_plan_end_date", "the first day it no longer holds; null = open";
    } pairs {
        end_date after start_date: out;
    }
}

table! {
    /// Permanence: placements for adoption and permanence orders.
    Permanence permanence "ssd_permanence" => Permanence, PermanenceRead {
        permanence_id: unique id = "perm_table_id", "identifies the row";
        person_id: required id -> Persons = "perm_person_id", "the person";
        cla_id: optional id -> Cla [only_checked] = "perm_cla_id", "the period of care";
        placed_for_adoption_date: optional date = "perm_placed_for_adoption_date", "the day the child was placed for adoption";
        order_date: optional date = "perm_permanence_order_date", "the day of the permanence order";
        order_type: optional text of OrderType = "perm_permanence_order_type", "Adoption, SGO, CAO, a placement A1 to A6 or a reason E1, E11, E12, E41 to E48; A3 and A5 say that the adopters had fostered the child";
        adopted_by_carer: optional bool = "perm_adopted_by_carer_flag", "whether the adopters had fostered the child";
        placed_foster_carer_date: optional date = "perm_placed_foster_carer_date", "the day the child moved in with those foster carers";
        decision_reversed_date: optional date [null_tells] = "perm_decision_reversed_date", "the day the decision to place for adoption was reversed";
        legacy_cohort: optional bool, "whether the child is of the locally defined legacy cohort";
        exceptional_cohort: optional bool, "whether the child is of the locally defined exceptional cohort";
    }
}

table! {
    /// Health checks of children looked after: assessments of their health, and others.
    ClaHealth cla_health "ssd_cla_health" => ClaHealthCheck, ClaHealthCheckRead {
        health_id: unique id = "clah_health_check_id", "identifies the row";
        person_id: required id -> Persons = "clah_person_id", "the person";
        date: required date = "clah_health_check_date", "the day it was held";
        r#type: optional text = "clah_health_check_type", "a text that begins with health, initial or review, in any case, is a health assessment, and so is none; others, such as Dental check, are not";
    }
}

impl Keep for ClaEpisode {
    type Record = records::ClaEpisode;
    type Keeping = ByPerson;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &ClaEpisodeRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: ClaEpisodeRead<'_>, _: &mut Given<'_>) -> records::ClaEpisode {
        records::ClaEpisode {
            cla: row.cla_id,
            placement: row.placement_id,
            start: row.start_date,
            end: row.end_date,
            start_reason: match row.start_reason.and_then(Coded::known) {
                Some("P" | "B") => StartReason::NewPlacement,
                Some("T" | "U") => StartReason::SameCarer,
                _ => StartReason::Other,
            },
            is_adoption: matches!(row.end_reason.and_then(Coded::known), Some("E1" | "E11" | "E12")),
        }
    }

    fn order(a: &records::ClaEpisode, b: &records::ClaEpisode) -> Ordering {
        a.start.cmp(&b.start)
    }
}

impl Keep for LegalStatus {
    type Record = records::LegalStatus;
    type Keeping = ByPerson;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &LegalStatusRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: LegalStatusRead<'_>, _: &mut Given<'_>) -> records::LegalStatus {
        records::LegalStatus { start: row.start_date, end: row.end_date, code: legal_code(row.legal_status) }
    }

    fn order(a: &records::LegalStatus, b: &records::LegalStatus) -> Ordering {
        a.start.cmp(&b.start)
    }
}

impl Keep for ClaPlacement {
    type Record = records::Placement;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &ClaPlacementRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: ClaPlacementRead<'_>, _: &mut Given<'_>) -> records::Placement {
        records::Placement {
            id: row.placement_id,
            cla: row.cla_id,
            start: row.start_date,
            end: row.end_date,
            kind: placement_type(row.placement_type),
            distance_miles: row.distance_miles,
            outside_authority: row.outside_authority,
            carer: row.carer_id,
            long_term: row.long_term,
            visits_agreed: row.visits_agreed_date,
            temporary_approval: row.temporary_approval,
            before_assessment: row.before_assessment,
            lives_with_parent: row.lives_with_parent,
            arranged_by_other: row.arranged_by_other,
        }
    }

    fn is_adoption(record: &records::Placement) -> bool {
        record.kind.is_adoption()
    }

    fn order(a: &records::Placement, b: &records::Placement) -> Ordering {
        a.start.cmp(&b.start)
    }
}

impl Keep for ClaHealthCheck {
    type Record = records::HealthCheck;
    type Keeping = ByPerson;

    fn owner(row: &ClaHealthCheckRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: ClaHealthCheckRead<'_>, _: &mut Given<'_>) -> records::HealthCheck {
        records::HealthCheck {
            date: row.date,
            is_assessment: row.r#type.is_none_or(|text| is_assessment(&text)),
        }
    }

    fn order(a: &records::HealthCheck, b: &records::HealthCheck) -> Ordering {
        a.date.cmp(&b.date)
    }
}

/// Whether a check of this type is an assessment of the child's health, and not of the teeth or the eyes.
fn is_assessment(text: &str) -> bool {
    let folded = fold(text);
    ["health", "initial", "review"].iter().any(|word| folded.starts_with(word))
}

fn placement_type(code: Option<Coded>) -> PlacementType {
    use PlacementType::*;
    match code.and_then(Coded::known) {
        Some("T0" | "T2") => Temporary { ends: None },
        Some("T1") => Temporary { ends: Some(ClockId::TEMPORARY_PLACEMENT_T1) },
        Some("T3") => Temporary { ends: Some(ClockId::TEMPORARY_PLACEMENT_T3) },
        Some("T4") => Temporary { ends: Some(ClockId::TEMPORARY_PLACEMENT_T4) },
        Some("A3" | "A5") => AdoptionByCarer,
        // A1 and A2 are of older code lists.
        Some("A1" | "A2" | "A4" | "A6") => Adoption,
        Some("P1") => WithParents,
        Some("R2" | "R5") => ArrangedByOthers,
        Some("R3") => ParentAndChild,
        Some("U1" | "U4") => LongTermFoster,
        Some("U3") => RelativeFoster,
        Some("U2" | "U5" | "U6") => Foster,
        Some("H5" | "H5A") => HomeWithoutCare,
        Some("K3") => SupportedAccommodation,
        Some("Z1") => OtherPlacement,
        Some("Z11" | "Z12" | "Z13" | "Z14") => OtherPlacementNamed,
        // F, Q and H1 to H4 are of older code lists.
        Some("K1" | "K2" | "P2" | "P3" | "R1" | "R4" | "S1" | "H1" | "H2" | "H3" | "H4") => Other,
        Some("F1" | "F2" | "F3" | "F4" | "F5" | "F6" | "Q1" | "Q2") => Other,
        _ => NotRecorded,
    }
}

fn legal_code(code: Coded) -> LegalCode {
    use LegalCode::*;
    match code.known() {
        Some("C1") => InterimCareOrder,
        Some("C2") => CareOrder,
        Some("D1") => FreedForAdoption,
        Some("E1") => PlacementOrder,
        Some("V2") => Accommodated,
        Some("V3" | "V4") => ShortBreak,
        Some("J1" | "J2" | "J3" | "L1" | "L2" | "L3") => Detained,
        _ => NotRecorded,
    }
}

impl Keep for ClaReview {
    type Record = ReviewRow<ClaNo>;
    type Keeping = Joined;

    fn owner(_: &ClaReviewRead<'_>) -> Option<PersonNo> {
        None
    }

    fn keep(row: ClaReviewRead<'_>, _: &mut Given<'_>) -> ReviewRow<ClaNo> {
        ReviewRow { of: row.cla_id, held: row.date.filter(|_| row.cancelled != Some(true)) }
    }
}

impl Keep for CarePlan {
    type Record = records::CarePlan;
    type Keeping = ByPerson;
    const EQUALS_BY_ID: bool = true;

    fn owner(row: &CarePlanRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: CarePlanRead<'_>, _: &mut Given<'_>) -> records::CarePlan {
        records::CarePlan { start: row.start_date, end: row.end_date }
    }

    fn order(a: &records::CarePlan, b: &records::CarePlan) -> Ordering {
        a.start.cmp(&b.start)
    }
}

impl Keep for Permanence {
    type Record = records::Permanence;
    type Keeping = ByPerson;
    const IS_NAMED: bool = true;

    fn owner(row: &PermanenceRead<'_>) -> Option<PersonNo> {
        Some(row.person_id)
    }

    fn keep(row: PermanenceRead<'_>, _: &mut Given<'_>) -> records::Permanence {
        let order = row.order_type.and_then(Coded::known);
        records::Permanence {
            id: row.permanence_id,
            cla: row.cla_id,
            placed: row.placed_for_adoption_date,
            order: row.order_date,
            is_adoption: matches!(
                order,
                Some("Adoption" | "AO" | "A1" | "A2" | "A3" | "A4" | "A5" | "A6" | "E1" | "E11" | "E12")
            ),
            // A3 and A5 say that the adopters had fostered the child.
            adopted_by_carer: row.adopted_by_carer.unwrap_or(matches!(order, Some("A3" | "A5"))),
            placed_with_carer: row.placed_foster_carer_date,
            reversed: row.decision_reversed_date,
            legacy_or_exceptional: row.legacy_cohort == Some(true) || row.exceptional_cohort == Some(true),
        }
    }

    fn order(a: &records::Permanence, b: &records::Permanence) -> Ordering {
        a.order.cmp(&b.order)
    }
}

pub(crate) mod records {
    //! What is kept of the rows.

    use crate::tables::interval::intervals;
    use crate::time::Day;
    use crate::time::clock::ClockId;
    use crate::value::Decimal;
    use crate::value::index::{CarerNo, ClaNo, IdNo};
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum StartReason {
        /// P or B: a new placement (with a new legal status).
        NewPlacement,
        /// T or U: a new placement with the same carer.
        SameCarer,
        Other,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct ClaEpisode {
        pub(crate) cla: ClaNo,
        pub(crate) placement: Option<IdNo>,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        pub(crate) start_reason: StartReason,
        /// Whether it ended because the child was adopted.
        pub(crate) is_adoption: bool,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct LegalStatus {
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        pub(crate) code: LegalCode,
    }

    impl LegalStatus {
        /// V3 or V4: a short break.
        pub(crate) fn is_respite(&self) -> bool {
            self.code == LegalCode::ShortBreak
        }
    }

    /// What a legal status is to the rules of visits.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum LegalCode {
        /// C1.
        InterimCareOrder,
        /// C2.
        CareOrder,
        /// D1.
        FreedForAdoption,
        /// E1.
        PlacementOrder,
        /// V2: section 20.
        Accommodated,
        /// V3 and V4.
        ShortBreak,
        /// J1 to J3 and L1 to L3: remand, detention, protection in an emergency.
        Detained,
        /// None of these.
        NotRecorded,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(crate) enum PlacementType {
        /// T0 to T4, with the clock that says how long such a placement may last.
        Temporary { ends: Option<ClockId> },
        /// A3 or A5: placed for adoption with the current foster carer.
        AdoptionByCarer,
        /// A4 or A6.
        Adoption,
        /// P1.
        WithParents,
        /// R2 or R5: hospital, custody.
        ArrangedByOthers,
        /// R3: a unit for parents and children.
        ParentAndChild,
        /// U1 or U4.
        LongTermFoster,
        /// U3: a relative or friend, not for the long term.
        RelativeFoster,
        /// U2, U5 or U6.
        Foster,
        /// H5, which K3 replaced.
        HomeWithoutCare,
        /// K3.
        SupportedAccommodation,
        /// Z1, which Z11 to Z14 replaced.
        OtherPlacement,
        /// Z11 to Z14.
        OtherPlacementNamed,
        /// Any other code of the lists.
        Other,
        /// No code, or one that no list has.
        NotRecorded,
    }

    impl PlacementType {
        /// Placed for adoption.
        pub(crate) fn is_adoption(self) -> bool {
            matches!(self, Self::AdoptionByCarer | Self::Adoption)
        }

        /// Whether a code of a later year says of the same home what this one said.
        pub(crate) fn is_renamed(self, later: Self) -> bool {
            matches!(
                (self, later),
                (Self::HomeWithoutCare, Self::SupportedAccommodation)
                    | (Self::OtherPlacement, Self::OtherPlacementNamed)
            )
        }
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Placement {
        pub(crate) id: IdNo,
        pub(crate) cla: ClaNo,
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
        pub(crate) kind: PlacementType,
        pub(crate) distance_miles: Option<Decimal>,
        pub(crate) outside_authority: Option<bool>,
        pub(crate) carer: Option<CarerNo>,
        pub(crate) long_term: Option<bool>,
        pub(crate) visits_agreed: Option<Day>,
        pub(crate) temporary_approval: Option<bool>,
        pub(crate) before_assessment: Option<bool>,
        pub(crate) lives_with_parent: Option<bool>,
        pub(crate) arranged_by_other: Option<bool>,
    }

    impl Placement {
        pub(crate) fn is_temporary(&self) -> bool {
            matches!(self.kind, PlacementType::Temporary { .. })
        }
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct CarePlan {
        pub(crate) start: Day,
        pub(crate) end: Option<Day>,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Permanence {
        pub(crate) id: IdNo,
        pub(crate) cla: Option<ClaNo>,
        pub(crate) placed: Option<Day>,
        pub(crate) order: Option<Day>,
        pub(crate) is_adoption: bool,
        pub(crate) adopted_by_carer: bool,
        pub(crate) placed_with_carer: Option<Day>,
        pub(crate) reversed: Option<Day>,
        pub(crate) legacy_or_exceptional: bool,
    }

    #[derive(Clone, Copy, Debug)]
    pub(crate) struct HealthCheck {
        pub(crate) date: Day,
        /// Whether it is an assessment of the child's health.
        pub(crate) is_assessment: bool,
    }

    intervals!(ClaEpisode, LegalStatus, Placement, CarePlan);
}
