//! The results by outcome, or by the recommendation that their measures answer.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::card::Scorecard;
use super::result::MeasureResult;
use super::section_by::SectionBy;
use crate::plan::{Plan, PlanRow, RowId};

/// An outcome or a recommendation with its rows and their results.
///
/// A plan links recommendations to outcomes, not to single rows: those of a recommendation are the rows of all its
/// outcomes. If none of them tests what is recommended it is `unmeasured`, and has no rows here.
///
/// Its JSON form has the keys `id`, `title`, `measures` and `unmeasured`; the results are in the scorecard's
/// own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section<'a> {
    /// The id of the outcome or recommendation.
    pub id: &'a str,
    /// The outcome's title, or what is recommended.
    pub title: &'a str,
    /// Its rows and their companions in plan order, also those that the scorecard was not asked for.
    pub measures: Vec<RowId>,
    /// The results of these rows by month, within a month in plan order.
    pub results: Vec<&'a MeasureResult>,
    /// Whether no measure of the plan tests what is recommended.
    pub unmeasured: bool,
    /// Of a recommendation: what tests it, or what is missing.
    pub note: Option<&'a str>,
}

impl Serialize for Section<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Section", 4)?;
        object.serialize_field("id", self.id)?;
        object.serialize_field("title", self.title)?;
        object.serialize_field("measures", &self.measures)?;
        object.serialize_field("unmeasured", &self.unmeasured)?;
        object.end()
    }
}

/// The sections of a plan in its order, with the results that are theirs.
pub(super) fn sections<'a>(plan: &'a Plan, by: SectionBy, results: &'a [MeasureResult]) -> Vec<Section<'a>> {
    let section = |id: &'a str, title: &'a str, rows: Vec<&'a PlanRow>| {
        let measures: Vec<RowId> = rows.into_iter().map(|row| row.id().clone()).collect();
        let results = results.iter().filter(|result| measures.contains(&result.measure)).collect();
        Section { id, title, measures, results, unmeasured: false, note: None }
    };
    match by {
        SectionBy::Outcome => plan
            .outcomes()
            .iter()
            .map(|outcome| section(&outcome.id, &outcome.title, plan.rows_of(&outcome.id).collect()))
            .collect(),
        SectionBy::Recommendation => plan
            .recommendations()
            .iter()
            .map(|recommendation| {
                let rows = plan.rows_for(&recommendation.id).filter(|_| !recommendation.unmeasured).collect();
                Section {
                    unmeasured: recommendation.unmeasured,
                    note: recommendation.note.as_deref(),
                    ..section(&recommendation.id, &recommendation.text, rows)
                }
            })
            .collect(),
    }
}

impl Scorecard {
    /// The outcomes of the plan, each with its rows and their results.
    ///
    /// # Examples
    ///
    /// ## The first outcome
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// let workforce = &card.by_outcome()[0];
    /// assert_eq!((workforce.id, workforce.measures.len(), workforce.results.len()), ("O1", 8, 8));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by_outcome(&self) -> Vec<Section<'_>> {
        sections(self.plan(), SectionBy::Outcome, self.results())
    }

    /// The recommendations of the plan, each with the rows of the outcomes that answer it; those that no measure
    /// tests say so, and have none.
    ///
    /// # Examples
    ///
    /// ## A recommendation that no measure tests
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// let sections = card.by_recommendation();
    ///
    /// // health assessments are recommended and not measured
    /// let health = sections.iter().find(|section| section.id == "R10").unwrap();
    /// assert!(health.unmeasured && health.measures.is_empty());
    /// assert!(health.note.unwrap().starts_with("No measure of the plan covers health assessments"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by_recommendation(&self) -> Vec<Section<'_>> {
        sections(self.plan(), SectionBy::Recommendation, self.results())
    }

    /// The sections that the options asked for; `None` if they asked for none.
    #[must_use]
    pub fn sections(&self) -> Option<Vec<Section<'_>>> {
        self.by().map(|by| sections(self.plan(), by, self.results()))
    }
}
