//! The kinds of a measure: its unit, its period, which way is better, and what it reads.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::policy::{
    AdoptionBasis, AdoptionWindow, AssessmentClock, CaseloadPer, IcpcClock, Policy, RagSource, StageTwoBasis,
    VisitSources, WorkforceUnit,
};

/// What the figure of a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// How many cases.
    Count,
    /// Numerator over denominator, of a hundred.
    Percent,
    /// Numerator over denominator, such as cases for each full-time worker.
    Average,
    /// A mean number of days.
    Days,
    /// Reports to be read, not a figure to be rated.
    Qualitative,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Unit; 5] = [Unit::Count, Unit::Percent, Unit::Average, Unit::Days, Unit::Qualitative];

    /// Its word in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Percent => "percent",
            Unit::Average => "average",
            Unit::Days => "days",
            Unit::Qualitative => "qualitative",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The stretch of time that one figure of a measure speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeriodKind {
    /// How things stood at the end of the month's last day.
    Snapshot,
    /// What happened in the month.
    Month,
    /// What happened in the quarter that the month ends; other months have no figure.
    Quarter,
    /// What happened in the twelve months that the month ends.
    RollingTwelveMonths,
}

impl PeriodKind {
    /// Its word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            PeriodKind::Snapshot => "snapshot",
            PeriodKind::Month => "month",
            PeriodKind::Quarter => "quarter",
            PeriodKind::RollingTwelveMonths => "rolling_twelve_months",
        }
    }
}

impl fmt::Display for PeriodKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which way a measure gets better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither way is better by itself: the figure is activity, to be read with others.
    Neutral,
}

impl Better {
    /// Its word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neutral => "neutral",
        }
    }
}

impl fmt::Display for Better {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How much a measure depends on an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// A table without which the measure has no figure.
    Needed,
    /// A column without which the measure has no figure. Present but empty is supplied.
    NeededColumn,
    /// A table that the rule reads if it is there. If it is missing, it is taken as empty and the result warns.
    Optional,
    /// Columns that the rule reads if their table is there. An absent one is taken as null in every row, and the
    /// result warns.
    OptionalColumns,
}

impl InputKind {
    /// Its word in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            InputKind::Needed => "needed",
            InputKind::NeededColumn => "needed_column",
            InputKind::Optional => "optional",
            InputKind::OptionalColumns => "optional_columns",
        }
    }
}

/// The policies under which an input is read. Without one it is read always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum When {
    /// The children's ratings are derived from their clocks, or checked against them.
    #[serde(rename = "rag_source = derived | worst")]
    RagSourceNotRecorded,
    /// A child seen on any kind of visit counts as seen.
    #[serde(rename = "visit_sources = any")]
    VisitSourcesAny,
    /// Ratings use the clocks, and those count every kind of visit.
    #[serde(rename = "rag_source = derived | worst and visit_sources = any")]
    RagSourceNotRecordedAndVisitSourcesAny,
    /// The assessment clock starts at the referral.
    #[serde(rename = "assessment_clock = referral")]
    AssessmentClockReferral,
    /// Caseloads are taken for each full-time equivalent.
    #[serde(rename = "caseload_per = fte")]
    CaseloadPerFte,
    /// The workforce is counted in full-time equivalents.
    #[serde(rename = "workforce_unit = fte")]
    WorkforceUnitFte,
    /// The workforce measures look at some kinds of team, not at every worker.
    #[serde(rename = "scope_team_types not all")]
    ScopeTeamTypesNotAll,
    /// Conferences are counted from the decision that one is needed.
    #[serde(rename = "icpc_clock = decision")]
    IcpcClockDecision,
    /// Teams of the front door are named.
    #[serde(rename = "front_door_teams named")]
    FrontDoorTeamsNamed,
    /// A further assessment on the same referral is not a repeat.
    #[serde(rename = "repeat_same_referral = false")]
    RepeatSameReferralFalse,
    /// The time to adoption ends when a child is fostered by those who adopt.
    #[serde(rename = "adoption_basis = a10")]
    AdoptionBasisA10,
    /// Adoptions are averaged over three years.
    #[serde(rename = "adoption_window = three_years")]
    AdoptionWindowThreeYears,
    /// Complaints are followed from the month in which they were received.
    #[serde(rename = "stage_two_basis = cohort_month")]
    StageTwoBasisCohortMonth,
}

impl When {
    /// Whether the policies are such.
    pub(crate) fn holds(self, policy: &Policy) -> bool {
        match self {
            When::RagSourceNotRecorded => policy.rag_source != RagSource::Recorded,
            When::VisitSourcesAny => policy.visit_sources == VisitSources::Any,
            When::RagSourceNotRecordedAndVisitSourcesAny => {
                When::RagSourceNotRecorded.holds(policy) && When::VisitSourcesAny.holds(policy)
            }
            When::AssessmentClockReferral => policy.assessment_clock == AssessmentClock::Referral,
            When::CaseloadPerFte => policy.caseload_per == CaseloadPer::Fte,
            When::WorkforceUnitFte => policy.workforce_unit == WorkforceUnit::Fte,
            When::ScopeTeamTypesNotAll => !policy.is_every_team_type(),
            When::IcpcClockDecision => policy.icpc_clock == IcpcClock::Decision,
            When::FrontDoorTeamsNamed => !policy.front_door_teams.is_empty(),
            When::RepeatSameReferralFalse => !policy.repeat_same_referral,
            When::AdoptionBasisA10 => policy.adoption_basis == AdoptionBasis::A10,
            When::AdoptionWindowThreeYears => policy.adoption_window == AdoptionWindow::ThreeYears,
            When::StageTwoBasisCohortMonth => policy.stage_two_basis == StageTwoBasis::CohortMonth,
        }
    }

    /// The condition as text, in the words of a policy file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            When::RagSourceNotRecorded => "rag_source = derived | worst",
            When::VisitSourcesAny => "visit_sources = any",
            When::RagSourceNotRecordedAndVisitSourcesAny => {
                "rag_source = derived | worst and visit_sources = any"
            }
            When::AssessmentClockReferral => "assessment_clock = referral",
            When::CaseloadPerFte => "caseload_per = fte",
            When::WorkforceUnitFte => "workforce_unit = fte",
            When::ScopeTeamTypesNotAll => "scope_team_types not all",
            When::IcpcClockDecision => "icpc_clock = decision",
            When::FrontDoorTeamsNamed => "front_door_teams named",
            When::RepeatSameReferralFalse => "repeat_same_referral = false",
            When::AdoptionBasisA10 => "adoption_basis = a10",
            When::AdoptionWindowThreeYears => "adoption_window = three_years",
            When::StageTwoBasisCohortMonth => "stage_two_basis = cohort_month",
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One input of a measure, as fixed data: what the engine checks before it judges a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct InputRow {
    /// A table (`cp_plans`), a column (`cp_visits.seen_alone`), or two of which one will do (`activities |
    /// care_leavers`, `involvements | workers.cases_held`: the column of an extract as at a day); of [optional
    /// columns](InputKind::OptionalColumns) their table.
    pub name: &'static str,
    /// How much the measure depends on it.
    pub kind: InputKind,
    /// The optional columns of the table that are meant; empty for the other kinds.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub columns: &'static [&'static str],
    /// Under which policies it is read; `None` is always.
    pub when: Option<When>,
    /// The table in place of which it is read: it is not read if that one is there.
    #[serde(skip)]
    pub(crate) in_place_of: Option<&'static str>,
    /// The column of the table from which the rule works out these, if they are not there.
    #[serde(skip)]
    pub(crate) worked_out_from: Option<&'static str>,
    /// Whether it is read only to work out a fact whose own table or column is not there.
    #[serde(skip)]
    pub(crate) to_derive: bool,
    /// Whether a table does only under the library's own name for it.
    #[serde(skip)]
    pub(crate) by_own_name: bool,
    /// Whether the measure is of rows in which the column is null, of which a large table has some.
    #[serde(skip)]
    pub(crate) is_of_nulls: bool,
}

impl InputRow {
    /// The names of which one will do: one, or the two halves of an either-or pair.
    ///
    /// # Examples
    ///
    /// ## Either of two tables
    ///
    /// ```
    /// use csc_measures::measures::Measure;
    ///
    /// let inputs = Measure::CLA_NEET.definition().inputs;
    /// let pair = inputs.iter().find(|input| input.name.contains('|')).unwrap();
    /// assert_eq!(pair.alternatives().collect::<Vec<_>>(), ["activities", "care_leavers"]);
    /// ```
    pub fn alternatives(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.name.split(" | ")
    }

    /// The same input, read only under these policies.
    pub(super) const fn when(self, when: When) -> InputRow {
        InputRow { when: Some(when), ..self }
    }

    /// The same input, read only if a table is not there.
    pub(super) const fn in_place_of(self, table: &'static str) -> InputRow {
        InputRow { in_place_of: Some(table), ..self }
    }

    /// The same columns, worked out from another of the table if they are not there.
    pub(super) const fn or_from(self, column: &'static str) -> InputRow {
        InputRow { worked_out_from: Some(column), ..self }
    }

    /// The same input, read only to work out the fact that the measure [derives](super::Definition::derives).
    pub(super) const fn to_derive(self) -> InputRow {
        InputRow { to_derive: true, ..self }
    }

    /// The same tables, which do only under the library's own names for them.
    pub(super) const fn by_own_name(self) -> InputRow {
        InputRow { by_own_name: true, ..self }
    }

    /// The same input of a measure that counts rows in which the column is null.
    pub(super) const fn of_nulls(self) -> InputRow {
        InputRow { is_of_nulls: true, ..self }
    }

    const fn new(name: &'static str, kind: InputKind) -> InputRow {
        InputRow {
            name,
            kind,
            columns: &[],
            when: None,
            in_place_of: None,
            worked_out_from: None,
            to_derive: false,
            by_own_name: false,
            is_of_nulls: false,
        }
    }
}

pub(super) const fn needs(table: &'static str) -> InputRow {
    InputRow::new(table, InputKind::Needed)
}

pub(super) const fn column(name: &'static str) -> InputRow {
    InputRow::new(name, InputKind::NeededColumn)
}

pub(crate) const fn reads(table: &'static str) -> InputRow {
    InputRow::new(table, InputKind::Optional)
}

pub(crate) const fn optional(table: &'static str, columns: &'static [&'static str]) -> InputRow {
    InputRow { columns, ..InputRow::new(table, InputKind::OptionalColumns) }
}

/// When a child is born, and lives: of a measure that asks whether a child is under 18.
pub(super) const AGE: InputRow = optional("persons", &["date_of_birth", "date_of_death"]);

/// The same of a measure that the unborn can be in.
pub(super) const AGE_OR_UNBORN: InputRow =
    optional("persons", &["date_of_birth", "expected_date_of_birth", "date_of_death"]);
