//! The measures of outcome 6.

use super::facts::{Better, PeriodKind, Unit, column, needs, reads};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O6_M1 "O6.M1" "Number of Looked After Children placed more than 20 miles from home, outside the County" {
        Standing::Printed, Count, Snapshot, Lower,
        inputs: [
            needs("cla_episodes"),
            needs("cla_placements"),
            column("cla_placements.distance_miles"),
            column("cla_placements.outside_authority"),
            reads("legal_statuses"),
            reads("persons"),
            reads("immigration_statuses"),
        ],
    }
    O6_M2 "O6.M2" "Percentage of Looked After Children placed more than 20 miles from home, outside the County" {
        Standing::Printed, Percent, Snapshot, Lower,
        inputs: [
            needs("cla_episodes"),
            needs("cla_placements"),
            column("cla_placements.distance_miles"),
            column("cla_placements.outside_authority"),
            reads("legal_statuses"),
            reads("persons"),
            reads("immigration_statuses"),
        ],
    }
    O6_M3 "O6.M3" "Average days between Care start and placed with adopters for adopted children (including legacy cohort) (quarterly)" {
        Standing::Printed, Days, Quarter, Lower,
        inputs: [
            needs("permanence"),
            needs("cla_episodes"),
            column("permanence.order_date"),
            column("permanence.order_type"),
            column("permanence.placed_for_adoption_date"),
            reads("legal_statuses"),
        ],
    }
    O6_M4 "O6.M4" "Average days between Care start and placed with adopters for adopted children (excluding legacy % exceptional cohort) (quarterly)" {
        Standing::Printed, Days, Quarter, Lower,
        inputs: [
            needs("permanence"),
            needs("cla_episodes"),
            column("permanence.order_date"),
            column("permanence.order_type"),
            column("permanence.placed_for_adoption_date"),
            column("permanence.legacy_cohort | permanence.exceptional_cohort"),
            reads("legal_statuses"),
        ],
    }
    O6_M5 "O6.M5" "Rag Rating for Looked After Children Care Plans are not red" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("care_plans"),
            needs("rag_ratings"),
            reads("legal_statuses"),
            reads("persons"),
        ],
    }
    O6_M6 "O6.M6" "Percentage of Looked After children with 3 or more placements in previous 12 months" {
        Standing::Printed, Percent, Snapshot, Lower,
        inputs: [
            needs("cla_episodes"),
            needs("cla_placements"),
            reads("legal_statuses"),
            reads("persons"),
        ],
    }
    O6_M7 "O6.M7" "Number of Looked after Children that are NEET" {
        Standing::Printed, Count, Snapshot, Lower,
        inputs: [
            needs("cla_episodes"),
            needs("persons"),
            needs("activities | care_leavers"),
            reads("legal_statuses"),
        ],
    }
    O6_M8 "O6.M8" "% of Looked after Children that are NEET" {
        Standing::Printed, Percent, Snapshot, Lower,
        inputs: [
            needs("cla_episodes"),
            needs("persons"),
            needs("activities | care_leavers"),
            reads("legal_statuses"),
        ],
    }
    O6_M9 "O6.M9" "Number of Care Leavers that are NEET" {
        Standing::Printed, Count, Snapshot, Lower,
        inputs: [
            needs("care_leavers"),
            needs("persons"),
            reads("activities"),
        ],
    }
    O6_M10 "O6.M10" "Percentage of looked after children starts with a care plan in place by their 28th day" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("care_plans"),
            reads("legal_statuses"),
            reads("persons"),
        ],
    }
    O6_M10_TEN_WORKING_DAYS "O6.M10.ten_working_days" "% of looked after children starts with a care plan in place within ten working days" {
        Standing::CompanionOf("O6.M10"), Percent, Month, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("care_plans"),
            reads("legal_statuses"),
            reads("persons"),
        ],
    }
    O6_M11 "O6.M11" "Percentage of looked after children 16+ with a Pathway Plan" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("persons"),
            needs("pathway_plans | care_leavers"),
            reads("legal_statuses"),
        ],
    }
    O6_M12 "O6.M12" "RAG ratings for Looked after children are not red" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("rag_ratings"),
            reads("legal_statuses"),
            reads("persons"),
        ],
    }
}
