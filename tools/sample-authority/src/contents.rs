//! What is in each table, and what its faults raise.

use csc_measures::tables::Table;

use crate::faults::Faults;
use crate::figures::Figures;

const TABLES: [(Table, &str); 37] = [
    (
        Table::Persons,
        "every child on record, with sex, ethnicity, disability, special educational needs and area; an expected birth for those first known unborn",
    ),
    (
        Table::ImmigrationStatuses,
        "young people who came alone to seek asylum, until leave is granted or they turn 18",
    ),
    (
        Table::Referrals,
        "referrals with the day and reason of closing; fewer in August and at Christmas, more after the report",
    ),
    (Table::Assessments, "one for a referral that goes on, and now and then another in the midst of a plan"),
    (Table::StrategyDiscussions, "with who took part; schools seldom can in the holidays"),
    (Table::Section47Enquiries, "each from a strategy discussion that day"),
    (Table::InitialConferences, "held after an enquiry, or for a child who moves in with a plan"),
    (Table::CpPlans, "from the conference on; the register goes back to 2009"),
    (Table::CpVisits, "on a fortnightly rhythm, with gaps"),
    (Table::CpReviews, "after three months, then every six"),
    (
        Table::CinPlans,
        "after an assessment, or when a child protection plan ends; years for disabled children",
    ),
    (Table::CinVisits, "every four weeks or so, some disabled children less often by agreement"),
    (Table::ClaEpisodes, "one for each change of placement or law"),
    (
        Table::LegalStatuses,
        "agreement, police protection, interim and full orders, placement orders, short breaks",
    ),
    (
        Table::ClaPlacements,
        "one after another; brothers and sisters mostly together; temporary ones and returns",
    ),
    (
        Table::ClaVisits,
        "within a week of a move, then six-weekly, three-monthly in the second year of a long-term home",
    ),
    (Table::ClaReviews, "by the twentieth working day, after three months, then every six; some cancelled"),
    (Table::CarePlans, "the first when it was made, if ever, and new ones after reviews"),
    (Table::CareLeavers, "eligible, relevant, former relevant, qualifying"),
    (Table::Activities, "what young people do, asked every few months"),
    (Table::PathwayPlans, "from sixteen on"),
    (Table::Permanence, "adoptions, special guardianship, adoption decisions taken back"),
    (Table::Workers, "posts and those who held them one after another; agency, newly qualified, part-time"),
    (Table::Involvements, "who held which child's case, and chairs and advisers besides"),
    (Table::ExitInterviews, "offered to those who leave, not always held"),
    (Table::Policies, "editions, one after another, reviewed late before the inspection"),
    (Table::Audits, "few before the inspection, more since"),
    (Table::Complaints, "with those that went to stage two"),
    (Table::Compliments, "the days they came"),
    (Table::FeedbackReports, "titles and a sentence"),
    (Table::RagRatings, "of children and plans, at conferences and reviews"),
    (Table::CareProceedings, "one a family, until the last child's order"),
    (Table::FinalOrderApplications, "one a child: what was sought and what was made"),
    (Table::StepTransfers, "to early help when a case closes, from it at a referral"),
    (
        Table::MissingEpisodes,
        "children who go missing from care, some again and again, or from home; the interview when they are back",
    ),
    (
        Table::ClaHealth,
        "assessments of health, at the start of care and then half-yearly or yearly, and the dentist",
    ),
    (
        Table::PersonGroups,
        "by `school`: where looked after children went to school, from September to September",
    ),
];

/// Whether the authority has a table: teams are named by their names, and whether a child is disabled is on record
/// with the child.
pub(crate) fn has(table: Table) -> bool {
    TABLES.iter().any(|(other, _)| *other == table)
}

/// What the faults of each code are.
const FAULTS: [(&str, &str); 11] = [
    (
        "bad_date",
        "a date typed day first: of visits (the row is out), of an assessment's end or a referral's close (the date is lost)",
    ),
    ("bad_row", "a comma in a note that the export did not quote: the visit is out"),
    ("bad_value", "an answer that is none of those allowed: \"Partly\" seen, health involved \"By e-mail\""),
    ("dangling_reference", "a referral or a worker that was deleted is still referred to"),
    ("duplicate_id", "a row exported twice: a rating, a referral, a visit"),
    (
        "end_before_start",
        "start and end the wrong way round: of involvements and children in need plans, which are out",
    ),
    ("missing_required", "a visit or a step across without its date"),
    ("overlapping_plans", "a child protection plan entered a second time while it ran"),
    ("review_out_of_chain", "a review dated some days after its plan had ended"),
    ("unknown_code", "judgements \"Satisfactory\", which is none of the grades: one issue for the column"),
    ("unknown_person", "a visit or a step under the number of a record that was merged into another"),
];

/// The tables with their rows.
pub(crate) fn tables(figures: &Figures) -> String {
    let mut lines = vec!["| Table | Rows | |".to_owned(), "|---|---:|---|".to_owned()];
    for (table, about) in TABLES {
        lines.push(format!("| `{table}` | {} | {about} |", figures.row_count(table)));
    }
    lines.join("\n")
}

/// The faults with their numbers.
pub(crate) fn faults(faults: &Faults) -> String {
    let mut lines = vec!["| Issue | Number | |".to_owned(), "|---|---:|---|".to_owned()];
    for (code, about) in FAULTS {
        let count = faults.counts().get(code).copied().unwrap_or_default();
        lines.push(format!("| `{code}` | {count} | {about} |"));
    }
    lines.join("\n")
}
