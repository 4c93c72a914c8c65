//! A plan and its parts.

use std::borrow::Cow;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::recommendations::{RECOMMENDATIONS, RecommendationRow};
use crate::definitions::{
    Better, InputKind, InputRow, MeasureId, OUTCOMES, OutcomeRow, PeriodKind, Row, Unit, UnknownId, When,
};
use crate::value::index::broken;

/// A text of the plan: borrowed from the library, or owned once it was read from JSON.
pub type Text = Cow<'static, str>;

/// A service improvement plan: outcomes to reach, measures that show whether they are reached, and the
/// recommendations that they answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// `worcestershire-2017`.
    pub id: Text,
    /// The title as printed.
    pub title: Text,
    /// The edition of the definitions. It rises when any measure's version does.
    pub version: u32,
    /// The outcomes, in the order printed.
    pub outcomes: Vec<Outcome>,
    /// The measures in the order printed, each companion right after its measure.
    pub measures: Vec<Measure>,
    /// The recommendations, by number.
    pub recommendations: Vec<Recommendation>,
}

/// An outcome of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// `O1` to `O8`.
    pub id: Text,
    /// 1 to 8.
    pub number: u8,
    /// The title as printed, without "Outcome" and its number.
    pub title: Text,
    /// The whole heading as printed.
    pub as_printed: Text,
    /// The ids of the recommendations it answers, in the order printed.
    pub recommendations: Vec<Text>,
}

/// A measure of the plan, or a companion: a figure that is not printed and keeps its measure honest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its id.
    pub id: MeasureId,
    /// The id of its outcome.
    pub outcome: Text,
    /// The title: of a measure as printed, of a companion the library's own.
    pub title: Text,
    /// The measure that it repeats, with an identical result: one row is printed twice.
    pub alias_of: Option<MeasureId>,
    /// The measure that it stands beside, if it is a companion.
    pub companion_of: Option<MeasureId>,
    /// What the figure is.
    pub unit: Unit,
    /// The stretch of time that one figure speaks of.
    pub period: PeriodKind,
    /// Which way is better.
    pub better: Better,
    /// What is counted.
    pub definition: Definition,
    /// The tables and columns that it reads.
    pub inputs: Vec<Input>,
    /// The policies that can change it: the keys of a policy file.
    pub policies: Vec<Text>,
    /// Where it, or its limit, comes from. What could not be checked against its source is marked.
    pub source: Text,
    /// The nearest published national indicator.
    pub published: Option<Text>,
    /// The edition of this definition. It rises when the same data would give another figure.
    pub version: u32,
}

impl Measure {
    /// Whether the plan prints it: true of every measure that is not a companion.
    #[must_use]
    pub fn is_printed(&self) -> bool {
        self.companion_of.is_none()
    }
}

/// What a measure counts, in short texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// What is judged, one by one: children, reviews, workers and so on.
    pub cases: Text,
    /// Which of the cases count, or what is added up over them.
    pub numerator: Text,
    /// What they are taken out of.
    pub denominator: Text,
    /// What is left out, what cannot be known, and the edges.
    pub exclusions: Text,
}

/// A table or a column that a measure reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// A table (`cp_plans`), a column (`cp_visits.seen_alone`), or two of either of which one will do
    /// (`activities | care_leavers`).
    pub name: Text,
    /// How much the measure depends on it.
    pub kind: InputKind,
    /// Under which policies it is read; `None` is always.
    pub when: Option<When>,
}

/// A recommendation of Ofsted's report of 24 January 2017.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommendation {
    /// `R1` to `R14`.
    pub id: Text,
    /// 1 to 14.
    pub number: u8,
    /// The number as the plan prints it; two recommendations are printed without one.
    pub number_as_printed: Option<u8>,
    /// Where the number comes from.
    pub number_source: NumberSource,
    /// The text as printed, its lines joined.
    pub text: Text,
    /// The ids of the outcomes that it is printed beside.
    pub outcomes: Vec<Text>,
    /// Whether the measures of the plan test what it recommends, rather than only stand beside it.
    pub directly_measured: bool,
    /// What tests it, or what is missing.
    pub note: Text,
    /// The ids of clocks outside the plan that serve it.
    pub supplementary_clocks: Vec<Text>,
}

/// Where a recommendation's number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberSource {
    /// The plan prints it.
    Printed,
    /// The plan prints the text alone. Twelve texts have the numbers 3 to 14; these are the other two,
    /// ordered as such reports are, leadership first. The report itself was not seen.
    Inferred,
}

impl Plan {
    /// Worcestershire's Service Improvement Plan of 2017.
    #[must_use]
    pub fn worcestershire_2017() -> &'static Plan {
        static PLAN: LazyLock<Plan> = LazyLock::new(Plan::build);
        &PLAN
    }

    fn build() -> Plan {
        Plan {
            id: "worcestershire-2017".into(),
            title: "Children's Social Care: Service Improvement Plan".into(),
            version: 2,
            outcomes: OUTCOMES.iter().map(Outcome::from).collect(),
            measures: OUTCOMES
                .iter()
                .flat_map(|outcome| outcome.measures.iter().map(|row| (outcome.id, row)))
                .zip(MeasureId::all())
                .map(|((outcome, row), id)| Measure::new(id, outcome, row))
                .collect(),
            recommendations: RECOMMENDATIONS.iter().map(Recommendation::from).collect(),
        }
    }

    /// What the plan says of an id. Every id has a row, so there is nothing to go wrong.
    fn of(&'static self, id: MeasureId) -> &'static Measure {
        match self.measures.get(id.index()) {
            Some(measure) => measure,
            None => broken(format_args!("measure {} is not in the plan", id.index())),
        }
    }

    /// The measure or companion with this id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest.
    pub fn measure(&self, id: &str) -> Result<&Measure, UnknownId> {
        let known = || self.measures.iter().map(|measure| measure.id.as_str());
        self.measures
            .iter()
            .find(|measure| measure.id.as_str() == id)
            .ok_or_else(|| UnknownId::new("measure", id, known()))
    }

    /// The outcome with this id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest.
    pub fn outcome(&self, id: &str) -> Result<&Outcome, UnknownId> {
        self.outcomes
            .iter()
            .find(|outcome| outcome.id == id)
            .ok_or_else(|| UnknownId::new("outcome", id, self.outcomes.iter().map(|outcome| &*outcome.id)))
    }

    /// The recommendation with this id.
    ///
    /// # Errors
    /// If there is none; the error names the nearest.
    pub fn recommendation(&self, id: &str) -> Result<&Recommendation, UnknownId> {
        let known = || self.recommendations.iter().map(|recommendation| &*recommendation.id);
        self.recommendations
            .iter()
            .find(|recommendation| recommendation.id == id)
            .ok_or_else(|| UnknownId::new("recommendation", id, known()))
    }

    /// The measures of an outcome with their companions, in order; none for an id that is not there.
    pub fn measures_of<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a Measure> {
        self.measures.iter().filter(move |measure| measure.outcome == outcome)
    }

    /// The recommendations that an outcome answers, in the order printed beside it.
    pub fn recommendations_of<'a>(&'a self, outcome: &'a str) -> impl Iterator<Item = &'a Recommendation> {
        self.outcomes
            .iter()
            .filter(move |candidate| candidate.id == outcome)
            .flat_map(|outcome| &outcome.recommendations)
            .filter_map(|id| self.recommendations.iter().find(|recommendation| recommendation.id == *id))
    }

    /// The measures, with their companions, of the outcomes that a recommendation is printed beside.
    ///
    /// The plan links recommendations to outcomes, not to single measures:
    /// [`directly_measured`](Recommendation::directly_measured) says whether these test it.
    pub fn measures_for<'a>(&'a self, recommendation: &'a str) -> impl Iterator<Item = &'a Measure> {
        self.outcomes
            .iter()
            .filter(move |outcome| outcome.recommendations.iter().any(|id| id == recommendation))
            .flat_map(|outcome| self.measures_of(&outcome.id))
    }

    /// The recommendations that no measure tests directly.
    pub fn unmeasured_recommendations(&self) -> impl Iterator<Item = &Recommendation> {
        self.recommendations.iter().filter(|recommendation| !recommendation.directly_measured)
    }
}

impl Measure {
    fn new(id: MeasureId, outcome: &'static str, row: &Row) -> Measure {
        Measure {
            id,
            outcome: outcome.into(),
            title: row.title.into(),
            alias_of: id.alias_of(),
            companion_of: id.companion_of(),
            unit: row.unit,
            period: row.period,
            better: row.better,
            definition: Definition {
                cases: row.cases.into(),
                numerator: row.numerator.into(),
                denominator: row.denominator.into(),
                exclusions: row.exclusions.into(),
            },
            inputs: row.inputs.iter().map(Input::from).collect(),
            policies: texts(row.policies),
            source: row.source.into(),
            published: row.published.map(Text::from),
            version: row.version,
        }
    }
}

impl From<&InputRow> for Input {
    fn from(row: &InputRow) -> Self {
        Input { name: row.name.into(), kind: row.kind, when: row.when }
    }
}

impl From<&OutcomeRow> for Outcome {
    fn from(row: &OutcomeRow) -> Self {
        Outcome {
            id: row.id.into(),
            number: row.number,
            title: row.title.into(),
            as_printed: row.as_printed.into(),
            recommendations: texts(row.recommendations),
        }
    }
}

impl From<&RecommendationRow> for Recommendation {
    fn from(row: &RecommendationRow) -> Self {
        let (number_as_printed, number_source) = if row.printed {
            (Some(row.number), NumberSource::Printed)
        } else {
            (None, NumberSource::Inferred)
        };
        Recommendation {
            id: row.id.into(),
            number: row.number,
            number_as_printed,
            number_source,
            text: row.text.into(),
            outcomes: texts(row.outcomes),
            directly_measured: row.directly_measured,
            note: row.note.into(),
            supplementary_clocks: texts(row.clocks),
        }
    }
}

fn texts(rows: &[&'static str]) -> Vec<Text> {
    rows.iter().copied().map(Text::Borrowed).collect()
}

impl MeasureId {
    /// Everything that the plan says of it.
    ///
    /// ```
    /// use csc_measures::plan::MeasureId;
    ///
    /// let measure = MeasureId::O1_M1.measure();
    /// assert_eq!(measure.title, "Total Average Caseload");
    /// ```
    #[must_use]
    pub fn measure(self) -> &'static Measure {
        Plan::worcestershire_2017().of(self)
    }
}
