//! The recommendations of Ofsted's report of 24 January 2017 that the plan answers.

/// One recommendation.
#[derive(Debug)]
pub(super) struct RecommendationRow {
    pub(super) id: &'static str,
    pub(super) number: u8,
    /// Whether the plan prints the number.
    pub(super) printed: bool,
    pub(super) text: &'static str,
    pub(super) outcomes: &'static [&'static str],
    pub(super) directly_measured: bool,
    pub(super) note: &'static str,
    pub(super) clocks: &'static [&'static str],
}

pub(super) const RECOMMENDATIONS: &[RecommendationRow] = &[
    RecommendationRow {
        id: "R1",
        number: 1,
        printed: false,
        text: "Ensure that elected members and senior leaders meet their statutory responsibilities and \
            duties to the children of Worcestershire by improving all children's services.",
        outcomes: &["O6"],
        directly_measured: true,
        note: "Printed without a number: read as the first of the fourteen. The measures of the plan as a \
            whole test it, rather than any one of them.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R2",
        number: 2,
        printed: false,
        text: "Implement the workforce strategy as swiftly as possible to improve workforce stability and \
            capacity.",
        outcomes: &["O1"],
        directly_measured: true,
        note: "Printed without a number: read as the second of the fourteen. The workforce measures of \
            outcome 1 test it.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R3",
        number: 3,
        printed: true,
        text: "Ensure that children's services staff and the wider partnership understand and consistently \
            apply the 'level of needs' at every stage of the child's journey, including in the early help \
            pathway.",
        outcomes: &["O5", "O8"],
        directly_measured: true,
        note: "Re-referrals, repeat plans, repeat assessments and the steps to and from Early Help show \
            whether thresholds hold.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R4",
        number: 4,
        printed: true,
        text: "Strengthen children's voices by ensuring that children are seen, and seen alone, that their \
            views are fully considered and taken into account, that they are supported to contribute to \
            their plans and that their wishes are acted on, when appropriate.",
        outcomes: &["O2", "O3", "O4"],
        directly_measured: true,
        note: "The visit measures test seen, their companions seen alone, and complaints by children \
            whether they are heard.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R5",
        number: 5,
        printed: true,
        text: "Ensure that the management oversight and performance information relating to children who \
            are at risk or vulnerable to child sexual exploitation and missing are accurate, and lead to \
            improved safeguarding practice.",
        outcomes: &["O3"],
        directly_measured: false,
        note: "No measure of the plan covers children at risk of sexual exploitation or missing. The clock \
            of return home interviews is offered beside it.",
        clocks: &["return_interview"],
    },
    RecommendationRow {
        id: "R6",
        number: 6,
        printed: true,
        text: "Complete a thorough review of all children subject to section 20 accommodation, to ensure \
            that their arrangements are appropriate in all cases.",
        outcomes: &["O7"],
        directly_measured: false,
        note: "No measure of the plan covers children accommodated under section 20: outcome 7 is about \
            care proceedings.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R7",
        number: 7,
        printed: true,
        text: "The local authority should assure itself that decisions made to close the cases of the \
            cohort of children in need that were recently reviewed are both appropriate and in the \
            children's best interests.",
        outcomes: &["O2"],
        directly_measured: false,
        note: "No measure of the plan follows the closed cases of the children in need who were reviewed.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R8",
        number: 8,
        printed: true,
        text: "Improve the quality of assessments and plans for all children, including permanence plans. \
            Ensure that children progress through robust reviews and effective oversight.",
        outcomes: &["O2", "O3", "O6"],
        directly_measured: true,
        note: "Assessments in time, reviews in time and the ratings of plans test timeliness and progress; \
            quality itself is for the audits.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R9",
        number: 9,
        printed: true,
        text: "Ensure that strategy discussions include all relevant agencies and robust contingency \
            arrangements, so that children are safeguarded while child protection enquiries are \
            undertaken.",
        outcomes: &["O2", "O3", "O5"],
        directly_measured: true,
        note: "Health and school involvement in strategy discussions test it directly; initial conferences \
            in time follow from it.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R10",
        number: 10,
        printed: true,
        text: "Improve the timeliness of health assessments for children looked after to ensure that their \
            needs are fully understood and met.",
        outcomes: &["O6"],
        directly_measured: false,
        note: "No measure of the plan covers health assessments. The clocks of the initial and the review \
            health assessment are offered beside it.",
        clocks: &["initial_health_assessment", "review_health_assessment"],
    },
    RecommendationRow {
        id: "R11",
        number: 11,
        printed: true,
        text: "Ensure that social workers and managers fully understand and exercise their \
            responsibilities to unaccompanied asylum-seeking children.",
        outcomes: &["O2"],
        directly_measured: false,
        note: "No measure of the plan covers unaccompanied asylum-seeking children on their own.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R12",
        number: 12,
        printed: true,
        text: "Review the response to privately fostered children, to ensure that assessments of carers \
            are completed and agreed, and that children are visited within required timescales.",
        outcomes: &["O5"],
        directly_measured: false,
        note: "No measure of the plan covers private fostering. The clocks of its first and later visits \
            are offered beside it.",
        clocks: &["private_fostering_first_visit", "private_fostering_visit"],
    },
    RecommendationRow {
        id: "R13",
        number: 13,
        printed: true,
        text: "Improve the service to care leavers by ensuring that there is a sufficient range of support \
            and services available to all care leavers.",
        outcomes: &["O6"],
        directly_measured: true,
        note: "Care leavers not in education, employment or training, and pathway plans, test part of it.",
        clocks: &[],
    },
    RecommendationRow {
        id: "R14",
        number: 14,
        printed: true,
        text: "Ensure that effective performance management and quality assurance drive improvements and \
            consistency in the quality of practice, including findings from complaints and training.",
        outcomes: &["O3", "O4"],
        directly_measured: true,
        note: "The audit measures test it, with complaints and what is learnt from feedback.",
        clocks: &[],
    },
];
