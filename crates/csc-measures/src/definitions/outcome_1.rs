//! Outcome 1: the workforce.

use super::facts::{Better, PeriodKind, Unit, When, column, needs};
use super::id::MeasureId;
use super::row::{OutcomeRow, Row, Standing, measures};

pub(super) const OUTCOME: OutcomeRow = OutcomeRow {
    id: "O1",
    number: 1,
    as_printed: "Outcome 1 - Be the 'employer of choice' - ensure we have the right capacity, capability, \
        and corporate environment for our workforce.",
    title: "Be the 'employer of choice' - ensure we have the right capacity, capability, and corporate \
        environment for our workforce.",
    recommendations: &["R2"],
    measures: MEASURES,
};

/// The plan begins with it.
const START: u8 = 0;

measures! {
    O1_M1 "O1.M1" "Total Average Caseload" {
        Standing::Printed, Average, Snapshot, Lower,
        cases: "Workers who hold at least one case at the month end. A case is one child allocated to the \
            worker as lead (role empty or `Allocated Case Worker`); three siblings are three cases.",
        numerator: "Lead cases held by the counted workers.",
        denominator: "Full-time equivalents (FTE) of the same workers, agency workers included; the number \
            of workers where caseloads are taken by headcount.",
        exclusions: "Children not allocated to a worker do not enter. A worker id without a row in \
            workers, a worker not in post, or one whose FTE is not recorded is unknown: listed, with the \
            cases left out on both sides.",
        inputs: [needs("workers"), needs("involvements"), column("workers.fte").when(When::CaseloadPerFte)],
        policies: ["caseload_per"],
        source: "Local to the plan; worked out as DfE's workforce statistics work out average caseload.",
        published: Some("DfE, Children's social work workforce: average caseload per children and family \
            social worker (FTE)"),
        version: 1,
    }
    O1_M2 "O1.M2" "ASYE - number with more than 12 cases" {
        Standing::Printed, Count, Snapshot, Lower,
        cases: "Workers in post and in their Assessed and Supported Year in Employment (ASYE) at the month \
            end, with or without cases.",
        numerator: "Of these, workers with more than 12 lead cases; exactly 12 is within the limit.",
        denominator: "None: this is a count.",
        exclusions: "Workers on long-term absence are not applicable. Cases are counted as in O1.M1 and \
            are not scaled by FTE.",
        inputs: [needs("workers"), needs("involvements"), column("workers.asye_start_date")],
        policies: ["asye_case_limit"],
        source: "Local to the plan. Nationally the year asks only for a reduced caseload (not verified).",
        published: None,
        version: 1,
    }
    O1_M3 "O1.M3" "ASYE - % with more than 12 cases" {
        Standing::Printed, Percent, Snapshot, Lower,
        cases: "Workers in post and in their Assessed and Supported Year in Employment (ASYE) at the month \
            end, with or without cases.",
        numerator: "Of these, workers with more than 12 lead cases; exactly 12 is within the limit.",
        denominator: "All of these workers, including those with no cases.",
        exclusions: "Workers on long-term absence are not applicable. Cases are counted as in O1.M1 and \
            are not scaled by FTE.",
        inputs: [needs("workers"), needs("involvements"), column("workers.asye_start_date")],
        policies: ["asye_case_limit"],
        source: "Local to the plan. Nationally the year asks only for a reduced caseload (not verified).",
        published: None,
        version: 1,
    }
    O1_M4 "O1.M4" "Safeguarding Teams and Care Leavers Teams- % of workforce permanently appointed" {
        Standing::Printed, Percent, Snapshot, Higher,
        cases: "Workers in post at the month end in a safeguarding or care leavers team. The workforce is \
            the people in post, not the posts on the establishment.",
        numerator: "FTE of the permanent employees.",
        denominator: "FTE of all of them: permanent, fixed-term and agency.",
        exclusions: "A worker whose employment or FTE is not recorded is unknown and outside both sides.",
        inputs: [
            needs("workers"), column("workers.team_type"),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"),
        ],
        policies: ["scope_team_types", "workforce_unit"],
        source: "Local to the plan.",
        published: Some("DfE, Children's social work workforce: agency worker rate (FTE), of which this is \
            nearly the complement"),
        version: 1,
    }
    O1_M5 "O1.M5" "Safeguarding Teams and Care Leavers Teams - % staff turnover" {
        Standing::Printed, Percent, RollingTwelveMonths, Lower,
        cases: "Employed workers of safeguarding and care leavers teams who are in post at the month end, \
            or who left in the twelve months to it.",
        numerator: "FTE of the leavers: those whose last day falls in the twelve months.",
        denominator: "FTE of those in post at the month end; where the base is the average, the mean of \
            those in post at the start and at the end of the twelve months.",
        exclusions: "Agency workers are outside both sides. A move to another team of the authority is not \
            a departure: not applicable. A worker whose employment or FTE is not recorded is unknown. More \
            than 100 % is possible and is shown.",
        inputs: [
            needs("workers"), column("workers.team_type"),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"), column("workers.end_date"),
        ],
        policies: ["scope_team_types", "workforce_unit", "turnover_base"],
        source: "Local to the plan; worked out as DfE's workforce statistics work out turnover.",
        published: Some("DfE, Children's social work workforce: turnover rate (FTE)"),
        version: 1,
    }
    O1_M5_PUBLISHED "O1.M5.published" "Staff turnover as DfE publishes it (%)" {
        Standing::CompanionOf("O1.M5"), Percent, RollingTwelveMonths, Lower,
        cases: "The workers of O1.M5.",
        numerator: "FTE of the leavers who were in post at the start of the twelve months.",
        denominator: "The denominator of O1.M5.",
        exclusions: "A leaver who joined within the twelve months is not applicable: two yearly censuses see \
            nothing of such a worker. Otherwise as O1.M5.",
        inputs: [
            needs("workers"), column("workers.team_type"),
            column("workers.fte").when(When::WorkforceUnitFte),
            column("workers.employment | workers.agency"), column("workers.end_date"),
        ],
        policies: ["scope_team_types", "workforce_unit", "turnover_base"],
        source: "Local to this library; DfE's workforce statistics compare the censuses of two years.",
        published: Some("DfE, Children's social work workforce: turnover rate (FTE)"),
        version: 1,
    }
    O1_M6 "O1.M6" "Number of Staff Exit Interviews Completed" {
        Standing::Printed, Count, Month, Neutral,
        cases: "Exit interviews completed in the month, the first of each worker.",
        numerator: "Workers with such an interview.",
        denominator: "None: this is a count.",
        exclusions: "Interviews offered but not completed do not count; a second interview of the same \
            worker in the month does not count again.",
        inputs: [needs("exit_interviews"), column("exit_interviews.completed_date")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
    O1_M7 "O1.M7" "Percentage of Staff Exit Interviews completed with reasons inside WCC control" {
        Standing::Printed, Percent, Month, Lower,
        cases: "The interviews of O1.M6.",
        numerator: "Those whose main reason for leaving is one that the council could have influenced, \
            such as workload, management or pay.",
        denominator: "Those with a recorded main reason.",
        exclusions: "No reason recorded: unknown. Which reasons lie inside the council's control is \
            recorded with each interview, by the council's own list.",
        inputs: [needs("exit_interviews"), column("exit_interviews.completed_date")],
        policies: [],
        source: "Local to the plan.",
        published: None,
        version: 1,
    }
}
