//! Outcome 6: children in care and care leavers.

use super::facts::{Better, PeriodKind, Unit, column, needs, reads};
use super::id::MeasureId;
use super::outcome_5;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O6",
    number: 6,
    as_printed: "Outcome 6 – Provide to children in care, high quality care plans and placements, timely \
        permanency planning and preparation for adulthood / independence",
    title: "Provide to children in care, high quality care plans and placements, timely permanency \
        planning and preparation for adulthood / independence",
    recommendations: &["R1", "R8", "R10", "R13"],
    measures: MEASURES,
};

/// It follows the outcome before.
const START: u8 = outcome_5::END;

measures! {
    O6_M1 "O6.M1" "Number of Looked After Children placed more than 20 miles from home, outside the County" {
        Standing::Printed, Count, Snapshot, Lower,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children whose placement is more than 20 miles from home and outside the county; both \
            are asked.",
        denominator: "None: this is a count.",
        exclusions: "Unaccompanied asylum-seeking children are not applicable. No placement on record, no \
            distance (999.9 is none), or a far placement of which it is not recorded whether it is outside \
            the county: unknown. A child in a temporary placement is judged by the one that it interrupts. \
            Short breaks (V3, V4) are out.",
        inputs: [
            needs("cla_episodes"), needs("cla_placements"), column("cla_placements.distance_miles"),
            column("cla_placements.outside_authority"), reads("legal_statuses"), reads("persons"),
            reads("immigration_statuses"),
        ],
        policies: ["far_miles"],
        source: "Local to the plan; the distance is that of DfE's looked after children return (SSDA903).",
        published: Some("DfE, Children looked after in England: children placed more than 20 miles from \
            home and outside the local authority boundary"),
        version: 1,
    }
    O6_M2 "O6.M2" "Percentage of Looked After Children placed more than 20 miles from home, outside the County" {
        Standing::Printed, Percent, Snapshot, Lower,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children whose placement is more than 20 miles from home and outside the county; both \
            are asked.",
        denominator: "All children looked after at the month end, those not applicable or unknown in O6.M1 \
            included, as in the published figure; the policy can keep to those whose distance is known.",
        exclusions: "Unaccompanied asylum-seeking children are not applicable. No placement on record, no \
            distance (999.9 is none), or a far placement of which it is not recorded whether it is outside \
            the county: unknown. A child in a temporary placement is judged by the one that it interrupts. \
            Short breaks (V3, V4) are out.",
        inputs: [
            needs("cla_episodes"), needs("cla_placements"), column("cla_placements.distance_miles"),
            column("cla_placements.outside_authority"), reads("legal_statuses"), reads("persons"),
            reads("immigration_statuses"),
        ],
        policies: ["far_miles", "distance_base"],
        source: "Local to the plan; the distance is that of DfE's looked after children return (SSDA903).",
        published: Some("DfE, Children looked after in England: percentage of children placed more than 20 \
            miles from home and outside the local authority boundary"),
        version: 1,
    }
    O6_M3 "O6.M3" "Average days between Care start and placed with adopters for adopted children (including legacy cohort) (quarterly)" {
        Standing::Printed, Days, Quarter, Lower,
        cases: "Children with an adoption order dated in the quarter that the month ends; months that end \
            no quarter have no figure.",
        numerator: "Days from the start of the period of care to the day the child was placed with the \
            adopters, added up.",
        denominator: "The children counted.",
        exclusions: "A child never placed before the order is not applicable. No period of care before the \
            placement, or a placement dated before it began: unknown. Adopted by their foster carer: the \
            day it became an adoptive placement, or under the policy the day they moved in with that \
            carer. Shown to the nearest day.",
        inputs: [
            needs("permanence"), needs("cla_episodes"), column("permanence.order_date"),
            column("permanence.order_type"), column("permanence.placed_for_adoption_date"),
            reads("legal_statuses"),
        ],
        policies: ["adoption_basis", "adoption_window"],
        source: "DfE adoption scorecard, indicator A1 (its methodology not verified); the plan asks for it \
            each quarter.",
        published: Some("DfE, adoption scorecard: indicator A1, average time between a child entering care \
            and moving in with their adoptive family (A10 with the foster carer's date), over three years"),
        version: 1,
    }
    O6_M4 "O6.M4" "Average days between Care start and placed with adopters for adopted children (excluding legacy % exceptional cohort) (quarterly)" {
        Standing::Printed, Days, Quarter, Lower,
        cases: "Children with an adoption order dated in the quarter that the month ends; months that end \
            no quarter have no figure.",
        numerator: "Days from the start of the period of care to the day the child was placed with the \
            adopters, added up.",
        denominator: "The children counted.",
        exclusions: "Children marked as of the legacy cohort or as exceptional are not applicable; the \
            marks are set by the council, never guessed from the length of wait. Otherwise as O6.M3.",
        inputs: [
            needs("permanence"), needs("cla_episodes"), column("permanence.order_date"),
            column("permanence.order_type"), column("permanence.placed_for_adoption_date"),
            column("permanence.legacy_cohort | permanence.exceptional_cohort"), reads("legal_statuses"),
        ],
        policies: ["adoption_basis", "adoption_window"],
        source: "Local to the plan, following indicator A1. The printed \"legacy % exceptional\" is read \
            as legacy and exceptional.",
        published: Some("DfE, adoption scorecard: indicator A1, which leaves no such children out"),
        version: 1,
    }
    O6_M5 "O6.M5" "Rag Rating for Looked After Children Care Plans are not red" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children with a care plan whose latest rating since the period of care began is amber \
            or green.",
        denominator: "Children with a rated care plan, and children without a care plan after the 28th \
            day.",
        exclusions: "No care plan: not yet due up to the 28th day of care, then it counts as red. A plan \
            without a rating is unknown: outside, unless the policy says otherwise. Short breaks (V3, V4) \
            are out.",
        inputs: [
            needs("cla_episodes"), needs("care_plans"), needs("rag_ratings"), reads("legal_statuses"),
            reads("persons"),
        ],
        policies: ["unrated"],
        source: "Local to the plan, which prints neither unit nor scale: read as the percentage not red.",
        published: None,
        version: 1,
    }
    O6_M6 "O6.M6" "Percentage of Looked After children with 3 or more placements in previous 12 months" {
        Standing::Printed, Percent, Snapshot, Lower,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children with three or more placements in the twelve months to the month end, the one \
            already running at their start included.",
        denominator: "All of them, also those in care for less than twelve months.",
        exclusions: "Not another placement: temporary ones (hospital, holiday, the carer's holiday and \
            short absences, within their limits), a return after one, a change of legal status only, \
            staying with the same carer or in a home that a later list of codes names otherwise, and becoming \
            placed for adoption with the present carer. A placement that began in short breaks (V3, V4) \
            counts from their end, and one that ended with them does not.",
        inputs: [needs("cla_episodes"), needs("cla_placements"), reads("legal_statuses"), reads("persons")],
        policies: ["temporary_placements"],
        source: "DfE's looked after children statistics; leaving out temporary placements follows the \
            former NI 62 (not verified).",
        published: Some("DfE, Children looked after in England: three or more placements during the year \
            (formerly NI 62)"),
        version: 2,
    }
    O6_M7 "O6.M7" "Number of Looked after Children that are NEET" {
        Standing::Printed, Count, Snapshot, Lower,
        cases: "Children looked after at the month end who are 16 or 17 and past school leaving age: the \
            last Friday in June of the school year in which they turn 16.",
        numerator: "Those whose latest activity is not in education, employment or training (G4, G5, G6).",
        denominator: "None: this is a count.",
        exclusions: "No activity recorded, or the latest is more than six months old: unknown, listed. Age \
            not recorded: unknown.",
        inputs: [
            needs("cla_episodes"), needs("persons"), needs("activities | care_leavers"),
            reads("legal_statuses"),
        ],
        policies: [],
        source: "Local to the plan; the activity codes are those of DfE's looked after children return \
            (SSDA903).",
        published: Some("Formerly NI 117, young people of 16 to 18 not in education, employment or \
            training: kindred, of all young people"),
        version: 1,
    }
    O6_M8 "O6.M8" "% of Looked after Children that are NEET" {
        Standing::Printed, Percent, Snapshot, Lower,
        cases: "Children looked after at the month end who are 16 or 17 and past school leaving age: the \
            last Friday in June of the school year in which they turn 16.",
        numerator: "Those whose latest activity is not in education, employment or training (G4, G5, G6).",
        denominator: "Those with a known activity.",
        exclusions: "No activity recorded, or the latest is more than six months old: unknown, listed. Age \
            not recorded: unknown.",
        inputs: [
            needs("cla_episodes"), needs("persons"), needs("activities | care_leavers"),
            reads("legal_statuses"),
        ],
        policies: [],
        source: "Local to the plan; the activity codes are those of DfE's looked after children return \
            (SSDA903).",
        published: Some("Formerly NI 117, young people of 16 to 18 not in education, employment or \
            training: kindred, of all young people"),
        version: 1,
    }
    O6_M9 "O6.M9" "Number of Care Leavers that are NEET" {
        Standing::Printed, Count, Snapshot, Lower,
        cases: "Relevant and former relevant care leavers at the month end, aged 16 to 20, one case a \
            person.",
        numerator: "Those whose latest activity is not in education, employment or training (G4, G5, G6).",
        denominator: "None: this is a count.",
        exclusions: "Qualifying care leavers are out. No activity recorded, or the latest is more than six \
            months old: unknown, listed. Age not recorded: unknown.",
        inputs: [needs("care_leavers"), needs("persons"), reads("activities")],
        policies: ["care_leaver_max_age"],
        source: "Local to the plan; the activity codes are those of DfE's looked after children return \
            (SSDA903).",
        published: Some("DfE, Children looked after in England: care leavers in education, employment or \
            training (formerly NI 148), the reverse of this, at ages 17 to 18 and 19 to 21"),
        version: 1,
    }
    O6_M9_PERCENT "O6.M9.percent" "Percentage of Care Leavers that are NEET" {
        Standing::CompanionOf("O6.M9"), Percent, Snapshot, Lower,
        cases: "The care leavers of O6.M9.",
        numerator: "Those of O6.M9.",
        denominator: "Those whose activity is known.",
        exclusions: "As O6.M9.",
        inputs: [needs("care_leavers"), needs("persons"), reads("activities")],
        policies: ["care_leaver_max_age"],
        source: "Local to this library; the count of O6.M9 over those whom it asks about.",
        published: Some("DfE, Children looked after in England: care leavers in education, employment or \
            training (formerly NI 148), the reverse of this, at ages 17 to 18 and 19 to 21"),
        version: 1,
    }
    O6_M10 "O6.M10" "Percentage of looked after children starts with a care plan in place by their 28th day" {
        Standing::Printed, Percent, Month, Higher,
        cases: "Periods of care whose 28th day falls in the month; the first day of care is day 1.",
        numerator: "Those with a care plan in place by the 28th day.",
        denominator: "Those with a plan in time, with a late plan and without one.",
        exclusions: "A period of care that ends by the due date, or a child who turns 18 or dies by then, \
            is extinguished. A plan from an earlier period of care does not count. Short breaks (V3, V4) \
            are out.",
        inputs: [needs("cla_episodes"), needs("care_plans"), reads("legal_statuses"), reads("persons")],
        policies: [],
        source: "Local to the plan. The law is stricter: O6.M10.ten_working_days.",
        published: None,
        version: 1,
    }
    O6_M10_TEN_WORKING_DAYS "O6.M10.ten_working_days" "% of looked after children starts with a care plan in place within ten working days" {
        Standing::CompanionOf("O6.M10"), Percent, Month, Higher,
        cases: "Periods of care whose tenth working day falls in the month; the first day of care is day \
            0.",
        numerator: "Those with a care plan in place by the tenth working day.",
        denominator: "Those with a plan in time, with a late plan and overdue.",
        exclusions: "A period of care that ends by the due date, or a child who turns 18 or dies by then, \
            is extinguished. A plan from an earlier period of care does not count. Short breaks (V3, V4) \
            are out. A child under a care, interim care or placement order, or in care proceedings, when care \
            begins has the court's time: not applicable. Care that began before 1 April 2011: unknown.",
        inputs: [
            needs("cla_episodes"), needs("care_plans"), reads("legal_statuses"), reads("persons"),
            reads("final_order_applications"), reads("care_proceedings"),
        ],
        policies: ["calendar", "count_start_day", "amber_working_days"],
        source: "Regulation 4(2), Care Planning, Placement and Case Review (England) Regulations 2010 (SI \
            2010/959): before the child is first placed or, if that is not practicable, within ten working \
            days of the start of the first placement.",
        published: None,
        version: 2,
    }
    O6_M11 "O6.M11" "Percentage of looked after children 16+ with a Pathway Plan" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Children looked after at the month end who are 16 or 17, one case a child.",
        numerator: "Those with a pathway plan.",
        denominator: "All of them; under the strict policy those for whom a plan is overdue, and those who \
            have one.",
        exclusions: "The reason beside a missing plan says whether it is overdue, not yet due (within \
            three months of becoming eligible) or not asked for (under 13 weeks in care since the age of \
            14). Age not recorded: unknown. Short breaks (V3, V4) are out.",
        inputs: [
            needs("cla_episodes"), needs("persons"), needs("pathway_plans | care_leavers"),
            reads("legal_statuses"),
        ],
        policies: ["pathway_base", "count_start_day"],
        source: "Regulations 40 to 43, Care Planning, Placement and Case Review (England) Regulations 2010 \
            (SI 2010/959; regulation 43 not verified). The percentage is local to the plan.",
        published: None,
        version: 1,
    }
    O6_M12 "O6.M12" "RAG ratings for Looked after children are not red" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children whose latest rating since the period of care began is amber or green.",
        denominator: "Children with a rating.",
        exclusions: "This is the rating of the child's case, where O6.M5 is that of the care plan. Of two \
            ratings of one day the worse stands. A child without a rating is unknown: outside, unless the \
            policy says otherwise. Short breaks (V3, V4) are out.",
        inputs: [needs("cla_episodes"), needs("rag_ratings"), reads("legal_statuses"), reads("persons")],
        policies: ["unrated"],
        source: "Local to the plan, which prints neither unit nor scale: read as the percentage not red.",
        published: None,
        version: 1,
    }
}
