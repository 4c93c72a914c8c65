//! The measures of outcome 3.

use super::facts::{Better, PeriodKind, Unit, When, column, needs, reads};
use super::id::MeasureId;
use super::row::{Row, Standing, measures};

measures! {
    O3_M1 "O3.M1" "RAG ratings for Child Protection children are not red" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("cp_plans"),
            needs("rag_ratings"),
            needs("cp_visits").when(When::RagSourceNotRecorded),
            needs("cp_reviews").when(When::RagSourceNotRecorded),
            reads("persons"),
            reads("cin_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
            reads("cla_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
        ],
    }
    O3_M2 "O3.M2" "% of ICPCs held within 15 working days of decision for need" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("initial_conferences"),
            needs("section_47_enquiries"),
            column("initial_conferences.date"),
            column("initial_conferences.s47_enquiry_id"),
        ],
    }
    O3_M2_OPEN_OVERDUE "O3.M2.open_overdue" "ICPCs not yet held, more than 15 working days after the enquiry began" {
        Standing::CompanionOf("O3.M2"), Count, Snapshot, Lower,
        inputs: [
            needs("initial_conferences"),
            needs("section_47_enquiries"),
            column("initial_conferences.date"),
            column("initial_conferences.s47_enquiry_id"),
            reads("persons"),
        ],
    }
    O3_M3 "O3.M3" "% of Child Protection statutory reviews in timescale" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("cp_plans"),
            needs("cp_reviews"),
            column("cp_reviews.date"),
            reads("persons"),
        ],
    }
    O3_M4 "O3.M4" "% of CP children seen within timescale (within last 20 working days)" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("cp_plans"),
            needs("cp_visits"),
            reads("persons"),
            reads("cin_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
    }
    O3_M4_SEEN_ALONE "O3.M4.seen_alone" "% of CP children seen within timescale who were seen alone" {
        Standing::CompanionOf("O3.M4"), Percent, Snapshot, Higher,
        inputs: [
            needs("cp_plans"),
            needs("cp_visits"),
            column("cp_visits.seen_alone"),
            reads("persons"),
            reads("cin_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
    }
    O3_M5 "O3.M5" "% of LAC seen in timescale (within the last 30/60 working days)" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("cla_visits"),
            reads("cla_placements"),
            reads("legal_statuses"),
            reads("persons"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cin_visits").when(When::VisitSourcesAny),
        ],
    }
    O3_M5_SEEN_ALONE "O3.M5.seen_alone" "% of LAC seen in timescale who were seen alone" {
        Standing::CompanionOf("O3.M5"), Percent, Snapshot, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("cla_visits"),
            column("cla_visits.seen_alone"),
            reads("cla_placements"),
            reads("legal_statuses"),
            reads("persons"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cin_visits").when(When::VisitSourcesAny),
        ],
    }
    O3_M5_STATUTORY "O3.M5.statutory" "% of LAC visited within the statutory intervals (regulation 28)" {
        Standing::CompanionOf("O3.M5"), Percent, Snapshot, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("cla_visits"),
            needs("cla_placements"),
            reads("legal_statuses"),
            reads("persons"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cin_visits").when(When::VisitSourcesAny),
        ],
    }
    O3_M6 "O3.M6" "% of looked after children statutory reviews in timescale" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("cla_episodes"),
            needs("cla_reviews"),
            column("cla_reviews.date"),
            reads("legal_statuses"),
            reads("persons"),
            reads("permanence"),
        ],
    }
    O3_M7 "O3.M7" "% CIN children seen within timescale (within the last 30 working days)" {
        Standing::Printed, Percent, Snapshot, Higher,
        inputs: [
            needs("cin_plans"),
            needs("cin_visits"),
            reads("persons"),
            reads("cp_plans"),
            reads("cla_episodes"),
            reads("legal_statuses"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
    }
    O3_M7_SEEN_ALONE "O3.M7.seen_alone" "% of CIN children seen within timescale who were seen alone" {
        Standing::CompanionOf("O3.M7"), Percent, Snapshot, Higher,
        inputs: [
            needs("cin_plans"),
            needs("cin_visits"),
            column("cin_visits.seen_alone"),
            reads("persons"),
            reads("cp_plans"),
            reads("cla_episodes"),
            reads("legal_statuses"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
    }
    O3_M8 "O3.M8" "Number of audits completed" {
        Standing::Printed, Count, Month, Higher,
        inputs: [
            needs("audits"),
            column("audits.completed_date"),
        ],
    }
    O3_M9 "O3.M9" "Case audits identify adequate/good as an outcome judgement-Num" {
        Standing::Printed, Count, Month, Higher,
        inputs: [
            needs("audits"),
            column("audits.completed_date"),
            column("audits.judgement"),
        ],
    }
    O3_M10 "O3.M10" "Case audits identify adequate/good as an outcome judgement - %" {
        Standing::Printed, Percent, Month, Higher,
        inputs: [
            needs("audits"),
            column("audits.completed_date"),
            column("audits.judgement"),
        ],
    }
    O3_M11 "O3.M11" "RAG ratings for Child Protection children are not red" {
        Standing::AliasOf("O3.M1"), Percent, Snapshot, Higher,
        inputs: [
            needs("cp_plans"),
            needs("rag_ratings"),
            needs("cp_visits").when(When::RagSourceNotRecorded),
            needs("cp_reviews").when(When::RagSourceNotRecorded),
            reads("persons"),
            reads("cin_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
            reads("cla_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
        ],
    }
}
