//! The results by outcome, or by the recommendation that their measures answer.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::by::By;
use super::card::Scorecard;
use super::result::MeasureResult;
use crate::plan::{MeasureId, Plan};

/// An outcome or a recommendation with its measures and their results.
///
/// The plan prints recommendations beside outcomes, not beside single measures: those of a recommendation are
/// the measures of all its outcomes. Where none of them tests what is recommended it is `unmeasured`, and has
/// no measures here.
///
/// Its JSON form has the keys `id`, `title`, `measures` and `unmeasured`; the results are in the scorecard's
/// own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group<'a> {
    /// The id of the outcome or recommendation.
    pub id: &'static str,
    /// The outcome's title, or what is recommended.
    pub title: &'static str,
    /// Its measures and their companions in plan order, also those that the scorecard was not asked for.
    pub measures: Vec<MeasureId>,
    /// The results of these measures by month, within a month in plan order.
    pub results: Vec<&'a MeasureResult>,
    /// Whether no measure of the plan tests what is recommended.
    pub unmeasured: bool,
    /// Of a recommendation: what tests it, or what is missing.
    pub note: Option<&'static str>,
}

impl Serialize for Group<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Group", 4)?;
        object.serialize_field("id", self.id)?;
        object.serialize_field("title", self.title)?;
        object.serialize_field("measures", &self.measures)?;
        object.serialize_field("unmeasured", &self.unmeasured)?;
        object.end()
    }
}

/// The groups of a plan in the order printed, with the results that are theirs.
pub(super) fn groups<'a>(plan: &'static Plan, by: By, results: &'a [MeasureResult]) -> Vec<Group<'a>> {
    let of = |measures: &[MeasureId]| {
        results.iter().filter(|result| measures.contains(&result.measure)).collect::<Vec<_>>()
    };
    match by {
        By::Outcome => plan
            .outcomes
            .iter()
            .map(|outcome| {
                let measures: Vec<MeasureId> =
                    plan.measures_of(&outcome.id).map(|measure| measure.id).collect();
                let results = of(&measures);
                let (id, title) = (&*outcome.id, &*outcome.title);
                Group { id, title, measures, results, unmeasured: false, note: None }
            })
            .collect(),
        By::Recommendation => plan
            .recommendations
            .iter()
            .map(|recommendation| {
                let measures: Vec<MeasureId> = plan
                    .measures_for(&recommendation.id)
                    .filter(|_| recommendation.directly_measured)
                    .map(|measure| measure.id)
                    .collect();
                let results = of(&measures);
                Group {
                    id: &recommendation.id,
                    title: &recommendation.text,
                    measures,
                    results,
                    unmeasured: !recommendation.directly_measured,
                    note: Some(&recommendation.note),
                }
            })
            .collect(),
    }
}

impl Scorecard {
    /// The eight outcomes, each with its measures and their results.
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
    pub fn by_outcome(&self) -> Vec<Group<'_>> {
        groups(self.plan(), By::Outcome, self.results())
    }

    /// The fourteen recommendations, each with the measures of the outcomes that it is printed beside; those
    /// that no measure tests say so, and have none.
    ///
    /// ```
    /// use csc_measures::{Dataset, Options};
    ///
    /// let march = "2017-03".parse()?;
    /// let card = Dataset::builder().build().scorecard(march, march, &Options::default())?;
    /// let groups = card.by_recommendation();
    ///
    /// // health assessments are recommended and not measured
    /// let health = groups.iter().find(|group| group.id == "R10").unwrap();
    /// assert!(health.unmeasured && health.measures.is_empty());
    /// assert!(health.note.unwrap().starts_with("No measure of the plan covers health assessments"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn by_recommendation(&self) -> Vec<Group<'_>> {
        groups(self.plan(), By::Recommendation, self.results())
    }

    /// The groups that the options asked for; `None` where they asked for none.
    #[must_use]
    pub fn groups(&self) -> Option<Vec<Group<'_>>> {
        self.by().map(|by| groups(self.plan(), by, self.results()))
    }
}
