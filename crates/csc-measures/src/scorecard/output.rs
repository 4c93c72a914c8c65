//! A scorecard as JSON.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::card::Scorecard;

impl Serialize for Scorecard {
    /// The whole output: plan, calendar, policy, results, their groups if a breakdown was asked for, data issues, columns,
    /// definitions; and signals, closures, targets and sections if the options have them.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sections = self.sections();
        let options = &self.run.options;
        let is_broken_down = !options.breakdown.is_empty();
        let signals = options.signals.then(|| self.signals());
        let more = [is_broken_down, sections.is_some(), signals.is_some()];
        let keys = 7 + options.count_terms() + more.into_iter().filter(|is_there| *is_there).count();
        let mut object = serializer.serialize_struct("Scorecard", keys)?;
        object.serialize_field("plan", self.plan().id())?;
        object.serialize_field("calendar", &self.calendar())?;
        object.serialize_field("policy", self.policy())?;
        object.serialize_field("results", &self.results)?;
        if is_broken_down {
            object.serialize_field("groups", self.groups())?;
        }
        if let Some(signals) = signals {
            object.serialize_field("signals", &signals)?;
        }
        object.serialize_field("data_issues", self.issues())?;
        object.serialize_field("columns", &self.columns())?;
        object.serialize_field("definitions", &self.definitions())?;
        options.serialize_terms(&mut object)?;
        if let Some(sections) = sections {
            object.serialize_field("sections", &sections)?;
        }
        object.end()
    }
}
