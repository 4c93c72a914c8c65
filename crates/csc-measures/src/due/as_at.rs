//! A dataset as at a date.

use chrono::NaiveDate;
use serde::Serialize;

use super::allocation::allocated;
use super::error::DueError;
use super::obligation::Obligation;
use crate::dataset::Dataset;
use crate::definitions::MeasureSet;
use crate::measures::{At, Child, Context, OWED, open_obligations};
use crate::plan::{Definitions, MeasureId};
use crate::policy::Policy;
use crate::scorecard::{Inputs, Options};
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::calendar::{Calendar, Closures};

/// Obligations that cannot be told for want of a table or column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotSupplied {
    /// The measure whose obligations they are.
    pub measure: MeasureId,
    /// Needed tables, and columns as `table.column`, that were not supplied.
    pub missing_tables: Vec<String>,
    /// Of a table that is [as at](crate::TableBuilder::as_at) another day, that day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// A dataset as at a date: made once, asked for any number of children.
///
/// ```
/// # use csc_measures::{Dataset, Options};
/// # use chrono::NaiveDate;
/// # let dataset = Dataset::builder().build();
/// let today = NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
/// let as_at = dataset.as_at(today, &Options::default())?;
/// assert!(as_at.person("P1").is_err());
/// # Ok::<(), csc_measures::due::DueError>(())
/// ```
#[derive(Clone, Debug)]
pub struct AsAt {
    pub(super) dataset: Dataset,
    pub(super) policy: Policy,
    pub(super) closures: Option<Closures>,
    pub(super) calendar: Calendar,
    pub(super) day: Day,
    pub(super) wanted: MeasureSet,
    pub(super) not_supplied: Vec<NotSupplied>,
    pub(super) warnings: Vec<String>,
}

impl Dataset {
    /// The dataset as at a date, to be asked for several children. Of the options the policies, the closures
    /// and the measures count: the obligations are those of the measures that are asked for.
    ///
    /// # Errors
    /// [`DueError::Calendar`] where a closure lies outside the calendar.
    pub fn as_at(&self, day: NaiveDate, options: &Options) -> Result<AsAt, DueError> {
        let policy = options.policy.clone();
        let mut calendar = Calendar::for_nation(policy.calendar);
        if let Some(closures) = &options.closures {
            calendar = calendar.with(closures)?;
        }
        let mut as_at = AsAt {
            dataset: self.clone(),
            policy,
            closures: options.closures.clone(),
            calendar,
            day: Day::new(day),
            wanted: MeasureSet::default(),
            not_supplied: Vec::new(),
            warnings: Vec::new(),
        };
        as_at.look_at_inputs(options);
        Ok(as_at)
    }
}

impl AsAt {
    fn look_at_inputs(&mut self, options: &Options) {
        let asked = OWED.iter().filter(|id| options.measures.as_ref().is_none_or(|asked| asked.contains(id)));
        for measure in asked {
            let inputs = Inputs::find(*measure, self.dataset.data().supplied(), &self.policy);
            let today = MonthDays::of_one_day(self.day);
            if inputs.month(today).is_some() {
                self.wanted.insert(*measure);
                self.warnings.extend(inputs.warnings);
            } else {
                self.not_supplied.push(NotSupplied {
                    measure: *measure,
                    missing_tables: inputs.missing_in(today),
                    warnings: inputs.reasons,
                });
            }
        }
        self.warnings.sort_unstable();
        self.warnings.dedup();
    }

    /// The definitions of the measures that can be judged.
    pub(super) fn definitions(&self) -> Definitions {
        Definitions::of(OWED.into_iter().filter(|measure| self.wanted.contains(*measure)))
    }

    pub(super) fn context(&self) -> Context<'_> {
        let months = vec![MonthDays::of_one_day(self.day)];
        Context::new(self.dataset.data(), &self.policy, &self.calendar, months, self.wanted)
    }

    /// The obligations to a person, by place, soonest first.
    pub(super) fn obligations(
        &self,
        context: &Context<'_>,
        child: &Child<'_>,
        at: &At<'_>,
    ) -> Vec<Obligation> {
        let open = open_obligations(context, child, at);
        if open.is_empty() {
            return Vec::new();
        }
        let data = self.dataset.data();
        let person = child.records.index;
        let allocation = allocated(data, person, self.day);
        let mut obligations: Vec<Obligation> = open
            .into_iter()
            .map(|open| Obligation::new(open, data, &self.calendar, self.day, allocation))
            .collect();
        obligations.sort_by(|a, b| a.order().cmp(&b.order()));
        obligations
    }
}
