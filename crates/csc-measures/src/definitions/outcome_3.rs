//! Outcome 3: quality assurance, visits and reviews.

use super::facts::{Better, PeriodKind, Unit, When, column, needs, reads};
use super::id::MeasureId;
use super::outcome_2;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O3",
    number: 3,
    as_printed: "Outcome 3 - Have a range of sound Safeguarding Quality Assurance measures to support and \
        challenge the LA on the quality of its assessments and planning for children",
    title: "Have a range of sound Safeguarding Quality Assurance measures to support and challenge the LA \
        on the quality of its assessments and planning for children",
    recommendations: &["R4", "R5", "R8", "R9", "R14"],
    measures: MEASURES,
};

/// It follows the outcome before.
const START: u8 = outcome_2::END;

measures! {
    O3_M1 "O3.M1" "RAG ratings for Child Protection children are not red" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Children with a child protection plan open at the month end, one case a child.",
        numerator: "Children whose latest rating since the plan began is amber or green.",
        denominator: "Children with a rating.",
        exclusions: "An older rating, from before the plan, does not count. Of two ratings of one day the \
            worse stands. A child without a rating is unknown: outside, unless the policy counts the \
            unrated as red or as not red. Plans held for another authority are out; unborn children are \
            in. Under the policy that derives ratings, a child is red whose visit or review is overdue.",
        inputs: [
            needs("cp_plans"), needs("rag_ratings"), needs("cp_visits").when(When::RagSourceNotRecorded),
            needs("cp_reviews").when(When::RagSourceNotRecorded), reads("persons"),
            reads("cin_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
            reads("cla_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
        ],
        policies: [
            "rag_source", "unrated", "visit_sources", "cp_visit_working_days", "calendar",
            "count_start_day", "amber_working_days", "amber_days",
        ],
        source: "Local to the plan, which prints neither unit nor scale: read as the percentage not red.",
        published: None,
        version: 1,
    }
    O3_M2 "O3.M2" "% of ICPCs held within 15 working days of decision for need" {
        Standing::Printed, Percent, Month, Higher,
        cases: "Initial child protection conferences (ICPCs) held in the month, each child on its own; two \
            of one child on one day are one.",
        numerator: "Those held within 15 working days of the strategy discussion that began the section 47 \
            enquiry, which is day 0.",
        denominator: "Conferences whose clock can be read.",
        exclusions: "Conferences of children who moved in with a plan are out. No linked enquiry, or an \
            enquiry dated after the conference: unknown. Conferences not yet held are outside, however \
            late: read this figure with O3.M2.open_overdue.",
        inputs: [
            needs("initial_conferences"), needs("section_47_enquiries"),
            column("initial_conferences.date"), column("initial_conferences.s47_enquiry_id"),
        ],
        policies: ["calendar", "count_start_day", "icpc_clock", "icpc_working_days"],
        source: "Statutory guidance, Working Together to Safeguard Children (wording not verified), and \
            DfE's children in need census: 15 working days after the strategy discussion at which section \
            47 enquiries were initiated. The printed \"decision for need\" is read as the decision of that \
            discussion.",
        published: Some("DfE, Characteristics of children in need: initial child protection conferences \
            within 15 working days of the start of the section 47 enquiry"),
        version: 1,
    }
    O3_M2_OPEN_OVERDUE "O3.M2.open_overdue" "ICPCs not yet held, more than 15 working days after the enquiry began" {
        Standing::CompanionOf("O3.M2"), Count, Snapshot, Lower,
        cases: "Initial conferences on record but not held by the month end, more than 15 working days \
            after the linked enquiry began.",
        numerator: "The conferences, each child on its own.",
        denominator: "None: this is a count.",
        exclusions: "Out: transfers in, conferences without a linked enquiry, and children who have turned \
            18 or died. Without this figure, conferences not held would improve O3.M2.",
        inputs: [
            needs("initial_conferences"), needs("section_47_enquiries"),
            column("initial_conferences.date"), column("initial_conferences.s47_enquiry_id"),
            reads("persons"),
        ],
        policies: ["calendar", "count_start_day", "icpc_clock", "icpc_working_days"],
        source: "Local to this library; the limit is that of O3.M2. DfE's census validation asks after the \
            same children.",
        published: None,
        version: 1,
    }
    O3_M2_PUBLISHED "O3.M2.published" "% of ICPCs held within 15 working days, as DfE publishes it" {
        Standing::CompanionOf("O3.M2"), Percent, Month, Higher,
        cases: "The conferences of O3.M2.",
        numerator: "Those held within 15 working days of the start of the linked section 47 enquiry, whatever \
            the policies.",
        denominator: "All of them.",
        exclusions: "No linked enquiry, or an enquiry dated after the conference: not in time, with the \
            reason.",
        inputs: [
            needs("initial_conferences"), needs("section_47_enquiries"),
            column("initial_conferences.date"), column("initial_conferences.s47_enquiry_id"),
        ],
        policies: ["calendar"],
        source: "DfE's children in need census: conferences of which the start of the enquiry is not known \
            are in the denominator alone.",
        published: Some("DfE, Characteristics of children in need: initial child protection conferences \
            within 15 working days of the start of the section 47 enquiry"),
        version: 1,
    }
    O3_M3 "O3.M3" "% of Child Protection statutory reviews in timescale" {
        Standing::Printed, Percent, Month, Higher,
        cases: "Child protection review conferences that settle in the month: the first due three months \
            after the plan began, each later one six months after the last. An obligation counts once, in \
            the month in which it settles: the day the review was held, if in time, else its first late \
            day. So a late review is not counted twice and a missed one does not vanish. A review is due \
            from the one before it, whenever that was held.",
        numerator: "Reviews held in time.",
        denominator: "Reviews held in time, held late and overdue.",
        exclusions: "A review that falls due after the plan has ended, or after the child's 18th birthday \
            or death, lapses. Plans held for another authority are out. Months end on the corresponding \
            date, or on the last day of a month that has none.",
        inputs: [needs("cp_plans"), needs("cp_reviews"), column("cp_reviews.date"), reads("persons")],
        policies: ["review_mode", "count_start_day", "amber_days"],
        source: "Statutory guidance, Working Together to Safeguard Children: first review within three \
            months of the initial conference, then at intervals of not more than six months (confirmed \
            from a local procedure that follows it; the guidance itself not verified).",
        published: Some("DfE, Characteristics of children in need: child protection plans reviewed within \
            the required timescales (formerly NI 67), which counts children over a year rather than \
            reviews in a month"),
        version: 1,
    }
    O3_M4 "O3.M4" "% of CP children seen within timescale (within last 20 working days)" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Children with a child protection plan open at the month end, born and under 18, one case a \
            child.",
        numerator: "Children last seen within the 20 working days to the month end. The day they were seen \
            is day 0.",
        denominator: "Children seen in time and children overdue.",
        exclusions: "A visit counts only if the child was seen. A child not seen in time whose plan (or \
            birth, if later) is itself no more than 20 working days old is not yet due. Unborn children \
            are not applicable; one whose expected date is more than 28 days past with no birth recorded \
            is unknown. Visits before the plan count, visits before birth do not. Plans held for another \
            authority are out.",
        inputs: [
            needs("cp_plans"), needs("cp_visits"), reads("persons"),
            reads("cin_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
        policies: [
            "calendar", "count_start_day", "cp_visit_working_days", "visit_sources", "amber_working_days",
        ],
        source: "Local to the plan: there is no national interval; many councils set 10 working days.",
        published: None,
        version: 1,
    }
    O3_M4_SEEN_ALONE "O3.M4.seen_alone" "% of CP children seen within timescale who were seen alone" {
        Standing::CompanionOf("O3.M4"), Percent, Snapshot, Higher,
        cases: "Children who count as seen in time in O3.M4.",
        numerator: "Those who were seen alone on the day they were last seen.",
        denominator: "Those for whom it is recorded whether they were seen alone.",
        exclusions: "Seen on more than one visit that day: seen alone on any of them is enough. Not \
            recorded: unknown.",
        inputs: [
            needs("cp_plans"), needs("cp_visits"), column("cp_visits.seen_alone"), reads("persons"),
            reads("cin_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
        policies: ["calendar", "count_start_day", "cp_visit_working_days", "visit_sources"],
        source: "Local to this library: the fourth recommendation asks that children are seen, and seen \
            alone.",
        published: None,
        version: 1,
    }
    O3_M5 "O3.M5" "% of LAC seen in timescale (within the last 30/60 working days)" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Children looked after at the month end, one case a child.",
        numerator: "Children last seen within 30 working days, or within 60 if their placement is meant to \
            last until they are 18 and is at least a year old. The day they were seen is day 0.",
        denominator: "Children seen in time and children overdue.",
        exclusions: "A visit counts only if the child was seen, since this period of care began. A child \
            not seen in this period is not yet due until the interval has passed since it began. Short \
            breaks (legal status V3, V4) are out.",
        inputs: [
            needs("cla_episodes"), needs("cla_visits"), reads("cla_placements"), reads("legal_statuses"),
            reads("persons"), reads("cp_visits").when(When::VisitSourcesAny),
            reads("cin_visits").when(When::VisitSourcesAny),
        ],
        policies: [
            "calendar", "count_start_day", "cla_visit_working_days", "cla_visit_long_term_working_days",
            "visit_sources", "amber_working_days",
        ],
        source: "Local to the plan, standing for the six weeks and three months of regulation 28, Care \
            Planning, Placement and Case Review (England) Regulations 2010. Who has 60 days is not printed \
            and is read from that regulation. With a bank holiday between, 30 working days are longer than \
            six weeks: O3.M5.statutory holds to the law.",
        published: None,
        version: 1,
    }
    O3_M5_SEEN_ALONE "O3.M5.seen_alone" "% of LAC seen in timescale who were seen alone" {
        Standing::CompanionOf("O3.M5"), Percent, Snapshot, Higher,
        cases: "Children who count as seen in time in O3.M5.",
        numerator: "Those who were seen alone on the day they were last seen.",
        denominator: "Those for whom it is recorded whether they were seen alone.",
        exclusions: "Seen on more than one visit that day: seen alone on any of them is enough. Not \
            recorded: unknown.",
        inputs: [
            needs("cla_episodes"), needs("cla_visits"), column("cla_visits.seen_alone"),
            reads("cla_placements"), reads("legal_statuses"), reads("persons"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cin_visits").when(When::VisitSourcesAny),
        ],
        policies: [
            "calendar", "count_start_day", "cla_visit_working_days", "cla_visit_long_term_working_days",
            "visit_sources",
        ],
        source: "Local to this library: the fourth recommendation asks that children are seen, and seen \
            alone.",
        published: None,
        version: 1,
    }
    O3_M5_STATUTORY "O3.M5.statutory" "% of LAC visited within the statutory intervals (regulation 28)" {
        Standing::CompanionOf("O3.M5"), Percent, Snapshot, Higher,
        cases: "The children of O3.M5, each by the paragraph of regulation 28 that is theirs: the general one, \
            placed with parents before assessment, fewer visits agreed in a long-term foster placement, a \
            temporary approval, an interim or full care order at home, living arrangements that another body \
            makes; placed for adoption, by regulation 36 of the Adoption Agencies Regulations.",
        numerator: "Children seen in time by that paragraph, as it was in force at the month end.",
        denominator: "Children seen in time and children overdue.",
        exclusions: "A child not yet seen in the present placement is not yet due for its first seven days, \
            then overdue. If the data do not say which paragraph applies, and those that may disagree, the \
            child is unknown, with the column that would tell. After the first adoption review, and for due \
            dates that the rules of 2020 suspended, not applicable. A visit by telephone or video counts if \
            it was made from 24 April 2020 to 30 September 2021.",
        inputs: [
            needs("cla_episodes"), needs("cla_visits"), needs("cla_placements"), reads("legal_statuses"),
            reads("cla_reviews"), reads("permanence"), reads("persons"),
            reads("cp_visits").when(When::VisitSourcesAny), reads("cin_visits").when(When::VisitSourcesAny),
        ],
        policies: [
            "count_start_day", "visit_sources", "amber_days", "reg28_unknown", "first_review",
            "temporary_rules",
        ],
        source: "Regulation 28, Care Planning, Placement and Case Review (England) Regulations 2010 (SI \
            2010/959); regulation 36(4), Adoption Agencies Regulations 2005 (SI 2005/389); SI 2020/445, SI \
            2020/909 and SI 2021/261.",
        published: None,
        version: 2,
    }
    O3_M6 "O3.M6" "% of looked after children statutory reviews in timescale" {
        Standing::Printed, Percent, Month, Higher,
        cases: "Reviews of looked after children that settle in the month: the first due 20 working days \
            after the period of care began, the second three months after the first, each later one six \
            months after the last. An obligation counts once, in the month in which it settles: the day \
            the review was held, if in time, else its first late day. So a late review is not counted \
            twice and a missed one does not vanish. A review is due from the one before it, whenever that \
            was held.",
        numerator: "Reviews held in time.",
        denominator: "Reviews held in time, held late and overdue.",
        exclusions: "A review that falls due after the period of care has ended, after the child was \
            placed for adoption, or after the 18th birthday or death, lapses. Cancelled reviews are not \
            held. A change of placement or of legal status does not restart the chain. Short breaks (V3, \
            V4) are out.",
        inputs: [
            needs("cla_episodes"), needs("cla_reviews"), column("cla_reviews.date"),
            reads("legal_statuses"), reads("persons"), reads("permanence"),
        ],
        policies: ["calendar", "count_start_day", "review_mode", "amber_working_days", "amber_days"],
        source: "Regulation 33, Care Planning, Placement and Case Review (England) Regulations 2010 (SI \
            2010/959).",
        published: Some("Formerly NI 66, looked after children's cases reviewed within the required \
            timescales, which counts children over a year rather than reviews in a month"),
        version: 1,
    }
    O3_M7 "O3.M7" "% CIN children seen within timescale (within the last 30 working days)" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Children in need with a plan open at the month end who have no child protection plan and \
            are not looked after, born and under 18, one case a child.",
        numerator: "Children last seen within 30 working days, or within the interval agreed in their \
            plan. The day they were seen is day 0.",
        denominator: "Children seen in time and children overdue.",
        exclusions: "A visit counts only if the child was seen. A child not seen in time is not yet due \
            while the plan (or birth, if later) is itself no older than the interval. Visits before the \
            plan count. Children under assessment without a plan are out.",
        inputs: [
            needs("cin_plans"), needs("cin_visits"), reads("persons"), reads("cp_plans"),
            reads("cla_episodes"), reads("legal_statuses"), reads("cp_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
        policies: [
            "calendar", "count_start_day", "cin_visit_working_days", "visit_sources", "amber_working_days",
        ],
        source: "Local to the plan: there is no national interval; many councils set 20 working days.",
        published: None,
        version: 1,
    }
    O3_M7_SEEN_ALONE "O3.M7.seen_alone" "% of CIN children seen within timescale who were seen alone" {
        Standing::CompanionOf("O3.M7"), Percent, Snapshot, Higher,
        cases: "Children who count as seen in time in O3.M7.",
        numerator: "Those who were seen alone on the day they were last seen.",
        denominator: "Those for whom it is recorded whether they were seen alone.",
        exclusions: "Seen on more than one visit that day: seen alone on any of them is enough. Not \
            recorded: unknown.",
        inputs: [
            needs("cin_plans"), needs("cin_visits"), column("cin_visits.seen_alone"), reads("persons"),
            reads("cp_plans"), reads("cla_episodes"), reads("legal_statuses"),
            reads("cp_visits").when(When::VisitSourcesAny),
            reads("cla_visits").when(When::VisitSourcesAny),
        ],
        policies: ["calendar", "count_start_day", "cin_visit_working_days", "visit_sources"],
        source: "Local to this library: the fourth recommendation asks that children are seen, and seen \
            alone.",
        published: None,
        version: 1,
    }
    O3_M8 "O3.M8" "Number of audits completed" {
        Standing::Printed, Count, Month, Higher,
        cases: "Case audits completed in the month.",
        numerator: "The audits.",
        denominator: "None: this is a count.",
        exclusions: "Audits begun but not completed do not count.",
        inputs: [needs("audits"), column("audits.completed_date")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O3_M9 "O3.M9" "Case audits identify adequate/good as an outcome judgement-Num" {
        Standing::Printed, Count, Month, Higher,
        cases: "The audits of O3.M8.",
        numerator: "Those judged adequate or better: outstanding, good, adequate or requires improvement, \
            the later name of adequate.",
        denominator: "None: this is a count.",
        exclusions: "Audits without a judgement are unknown and listed.",
        inputs: [needs("audits"), column("audits.completed_date"), column("audits.judgement")],
        policies: ["audit_pass"],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O3_M10 "O3.M10" "Case audits identify adequate/good as an outcome judgement - %" {
        Standing::Printed, Percent, Month, Higher,
        cases: "The audits of O3.M8.",
        numerator: "Those judged adequate or better: outstanding, good, adequate or requires improvement, \
            the later name of adequate.",
        denominator: "Audits with a judgement.",
        exclusions: "Audits without a judgement are unknown: listed, and outside both sides.",
        inputs: [needs("audits"), column("audits.completed_date"), column("audits.judgement")],
        policies: ["audit_pass"],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O3_M11 "O3.M11" "RAG ratings for Child Protection children are not red" {
        Standing::AliasOf("O3.M1"), Percent, Snapshot, Higher,
        cases: "As O3.M1: the printed plan has the same row first and last under this outcome.",
        numerator: "As O3.M1.",
        denominator: "As O3.M1.",
        exclusions: "As O3.M1. The result is always identical.",
        inputs: [
            needs("cp_plans"), needs("rag_ratings"), needs("cp_visits").when(When::RagSourceNotRecorded),
            needs("cp_reviews").when(When::RagSourceNotRecorded), reads("persons"),
            reads("cin_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
            reads("cla_visits").when(When::RagSourceNotRecordedAndVisitSourcesAny),
        ],
        policies: [
            "rag_source", "unrated", "visit_sources", "cp_visit_working_days", "calendar",
            "count_start_day", "amber_working_days", "amber_days",
        ],
        source: "Local to the plan, as O3.M1.",
        published: None,
        version: 1,
    }
}
