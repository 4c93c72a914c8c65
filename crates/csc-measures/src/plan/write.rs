//! A plan as JSON, in the form in which it is read.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::row::{Companions, PlanRow, PolicyChanges};
use super::structure::{Plan, PlanOutcome, Recommendation};

impl Serialize for Plan {
    /// The whole plan, also of one that is built in.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id())?;
        map.serialize_entry("title", self.title())?;
        map.serialize_entry("edition", &self.edition())?;
        let outcomes: Vec<_> =
            self.outcomes().iter().map(|outcome| OutcomeForm { plan: self, outcome }).collect();
        map.serialize_entry("outcomes", &outcomes)?;
        let recommendations: Vec<_> = self.recommendations().iter().map(RecommendationForm).collect();
        map.serialize_entry("recommendations", &recommendations)?;
        map.end()
    }
}

/// A plan as options carry it: one that is built in by its id.
pub(crate) struct Named<'a>(pub(crate) &'a Plan);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_built_in() {
            serializer.serialize_str(self.0.id())
        } else {
            self.0.serialize(serializer)
        }
    }
}

struct OutcomeForm<'a> {
    plan: &'a Plan,
    outcome: &'a PlanOutcome,
}

impl Serialize for OutcomeForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { plan, outcome } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &outcome.id)?;
        map.serialize_entry("title", &outcome.title)?;
        let rows: Vec<_> = plan.rows_of(&outcome.id).filter(|row| row.is_printed()).map(RowForm).collect();
        map.serialize_entry("rows", &rows)?;
        map.serialize_entry("recommendations", &outcome.recommendations)?;
        map.end()
    }
}

impl Serialize for PlanRow {
    /// The row with everything that the catalogue says of its measure. In a plan a row has a shorter form.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (definition, form) = (self.definition(), self.form());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("outcome", &self.outcome_id)?;
        map.serialize_entry("title", &self.title)?;
        map.serialize_entry("measure", &self.measure)?;
        map.serialize_entry("unit", self.unit.as_str())?;
        map.serialize_entry("alias_of", &self.alias_of)?;
        map.serialize_entry("companion_of", &self.companion_of)?;
        map.serialize_entry("policy", &self.policy)?;
        map.serialize_entry("period", definition.period.as_str())?;
        map.serialize_entry("better", definition.better.as_str())?;
        map.serialize_entry("cases", definition.cases)?;
        map.serialize_entry("numerator", definition.numerator)?;
        map.serialize_entry("denominator", form.denominator)?;
        map.serialize_entry("exclusions", definition.exclusions)?;
        map.serialize_entry("inputs", definition.inputs)?;
        map.serialize_entry("policies", &self.policies().collect::<Vec<_>>())?;
        map.serialize_entry("source", definition.source)?;
        map.serialize_entry("published", &definition.published)?;
        map.serialize_entry("version", &definition.version)?;
        map.end()
    }
}

struct RowForm<'a>(&'a PlanRow);

impl Serialize for RowForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &row.id)?;
        map.serialize_entry("title", &row.title)?;
        map.serialize_entry("measure", &row.measure)?;
        map.serialize_entry("show", row.unit.as_str())?;
        if row.companions != Companions::All {
            map.serialize_entry("companions", &row.companions)?;
        }
        if !row.policy.is_empty() {
            map.serialize_entry("policy", &row.policy)?;
        }
        if let Some(targets) = &row.targets {
            map.serialize_entry("target", targets)?;
        }
        map.end()
    }
}

impl Serialize for Companions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_bool(true),
            Self::None => serializer.serialize_bool(false),
            Self::Some(names) => {
                let mut list = serializer.serialize_seq(Some(names.len()))?;
                for name in names {
                    list.serialize_element(name)?;
                }
                list.end()
            }
        }
    }
}

impl Serialize for PolicyChanges {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, given) in &self.0 {
            map.serialize_entry(key, given)?;
        }
        map.end()
    }
}

struct RecommendationForm<'a>(&'a Recommendation);

impl Serialize for RecommendationForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let recommendation = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &recommendation.id)?;
        map.serialize_entry("text", &recommendation.text)?;
        map.serialize_entry("number", &recommendation.number)?;
        map.serialize_entry("number_inferred", &recommendation.number_inferred)?;
        if recommendation.unmeasured {
            map.serialize_entry("unmeasured", &true)?;
        }
        if let Some(note) = &recommendation.note {
            map.serialize_entry("note", note)?;
        }
        if !recommendation.clocks.is_empty() {
            map.serialize_entry("clocks", &recommendation.clocks)?;
        }
        map.end()
    }
}
