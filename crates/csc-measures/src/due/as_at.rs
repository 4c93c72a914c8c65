//! A dataset as at a date.

use chrono::NaiveDate;
use serde::Serialize;

use super::allocation::allocated;
use super::error::DueError;
use super::obligation::Obligation;
use crate::dataset::{Data, Dataset};
use crate::measures::{At, Child, Context, Measure, MeasureSet, open_obligations, owed};
use crate::plan::{Definitions, Plan, RowId};
use crate::scorecard::{Inputs, Options, Terms};
use crate::time::Day;
use crate::time::MonthDays;
use crate::time::calendar::Calendar;
use crate::value::index::{at, at_mut, broken};

/// Obligations that cannot be judged because a table or column is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotSupplied {
    /// The measure whose obligations they are: the id of the plan's row that shows it, else its key.
    pub measure: RowId,
    /// Needed tables, and columns as `table.column`, that were not supplied.
    pub missing_tables: Vec<String>,
    /// The other day that a table is [as at](crate::TableBuilder::as_at), as a warning.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// A dataset as at a date: made once, asked for any number of children.
///
/// # Examples
///
/// ## A child who is in no table
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
    pub(super) options: Options,
    pub(super) day: Day,
    /// The different policies of the measures: those of the options first.
    terms: Vec<JudgedBy>,
    /// The measures that make obligations, under their ids.
    ids: Vec<(Measure, RowId)>,
    pub(super) not_supplied: Vec<NotSupplied>,
    pub(super) warnings: Vec<String>,
}

/// The measures that are judged by some policies.
#[derive(Clone, Debug)]
struct JudgedBy {
    terms: Terms,
    measures: MeasureSet,
}

impl Dataset {
    /// The dataset as at a date, to be asked for several children. Of the options the plan, the policies, the closures
    /// and the measures count: the obligations are those of the measures that are asked for, by the ids of the plan
    /// or, of measures that it does not show, by their keys.
    ///
    /// # Errors
    /// [`DueError::Calendar`] if a closure lies outside the calendar; options that the plan does not allow.
    pub fn as_at(&self, day: NaiveDate, options: &Options) -> Result<AsAt, DueError> {
        options.check(|id| owed().any(|measure| measure.key() == id))?;
        let first = Terms::new(options.policy.clone(), options)?;
        // A day of which the calendar knows nothing is an error here, and not at the first obligation.
        first.calendar.working_days_between(day, day)?;
        let mut as_at = AsAt {
            dataset: self.clone(),
            options: options.clone(),
            day: Day::new(day),
            terms: vec![JudgedBy { terms: first, measures: MeasureSet::default() }],
            ids: Vec::new(),
            not_supplied: Vec::new(),
            warnings: Vec::new(),
        };
        for measure in owed() {
            as_at.look_at(measure)?;
        }
        // In the order of the plan, and what it does not show after.
        let place =
            |id: &RowId| options.plan.rows().iter().position(|row| row.id() == id).unwrap_or(usize::MAX);
        as_at.ids.sort_by_key(|(_, id)| place(id));
        as_at.not_supplied.sort_by_key(|lacking| place(&lacking.measure));
        let closed = as_at.terms.iter().flat_map(|judged| &judged.terms.closed);
        let closed: Vec<String> = closed.map(|year| format!("closed:{year}")).collect();
        as_at.warnings.extend(closed);
        as_at.warnings.sort_unstable();
        as_at.warnings.dedup();
        Ok(as_at)
    }
}

impl AsAt {
    /// Whether the obligations of a measure are asked for, and whether their inputs are there.
    fn look_at(&mut self, measure: Measure) -> Result<(), DueError> {
        let options = &self.options;
        let asked = |id: &str| options.asks(id);
        let shown = options.plan.first_showing(measure).is_some();
        let rows = options.plan.rows().iter().filter(|row| row.measure() == measure);
        // Most rows have no policies of their own, and a screen asks for every child anew.
        let (id, own) = match rows.into_iter().find(|row| asked(row.id())) {
            Some(row) if row.policy_changes().is_empty() => (row.id().clone(), None),
            Some(row) => (row.id().clone(), Some(options.plan.policies_of(row, &options.policy)?)),
            None if !shown && asked(measure.key()) => (RowId::new(measure.key()), None),
            None => return Ok(()),
        };
        let place = match own {
            None => 0,
            Some(policy) => match self.terms.iter().position(|known| known.terms.policy == policy) {
                Some(place) => place,
                None => {
                    let terms = Terms::new(policy, &self.options)?;
                    self.terms.push(JudgedBy { terms, measures: MeasureSet::default() });
                    self.terms.len() - 1
                }
            },
        };
        let judged = at_mut(&mut self.terms, place);
        let policy = &judged.terms.policy;
        let inputs = Inputs::find(measure, self.dataset.data().supplied(), policy);
        let today = MonthDays::of_one_day(self.day);
        if inputs.month(today).is_none() {
            self.not_supplied.push(NotSupplied {
                measure: id,
                missing_tables: inputs.missing_in(today),
                warnings: inputs.reasons,
            });
            return Ok(());
        }
        self.warnings.extend(inputs.warnings);
        self.ids.push((measure, id));
        judged.measures.insert(measure);
        Ok(())
    }

    /// The definitions of the measures that can be judged.
    pub(super) fn definitions(&self) -> Definitions {
        let versions = |(measure, id): &(Measure, RowId)| (id.clone(), measure.definition().version);
        Definitions::new(&self.options.plan, self.ids.iter().map(versions))
    }

    /// The plan itself, if it is not one that is built in.
    pub(super) fn plan_definition(&self) -> Option<Plan> {
        let plan = &self.options.plan;
        (!plan.is_built_in()).then(|| plan.clone())
    }

    /// The calendar of the options' own policies.
    pub(super) fn calendar(&self) -> &Calendar {
        &at(&self.terms, 0).terms.calendar
    }

    /// The id under which the obligations of a measure are shown.
    fn id_of(&self, measure: Measure) -> &RowId {
        match self.ids.iter().find(|(other, _)| *other == measure) {
            Some((_, id)) => id,
            None => broken(format_args!("`{measure}` owes and was not asked")),
        }
    }

    /// What is judged with in some data, one for each of the different policies: the options' own first.
    pub(super) fn contexts<'a>(&'a self, data: &'a Data) -> Vec<Context<'a>> {
        let months = vec![MonthDays::of_one_day(self.day)];
        self.terms
            .iter()
            .map(|JudgedBy { terms: Terms { policy, calendar, .. }, measures }| {
                Context::new(data, policy, calendar, months.clone(), *measures)
            })
            .collect()
    }

    /// The obligations to a person, soonest first.
    pub(super) fn obligations(
        &self,
        contexts: &[Context<'_>],
        child: &Child<'_>,
        today: &At<'_>,
    ) -> Vec<Obligation> {
        let mut obligations: Vec<Obligation> = Vec::new();
        let mut allocation = None;
        for context in contexts {
            let open = open_obligations(context, child, today);
            if open.is_empty() {
                continue;
            }
            let (data, first) = (context.data, at(contexts, 0));
            let allocation =
                *allocation.get_or_insert_with(|| allocated(first, child.records.index, self.day));
            obligations.extend(open.into_iter().map(|open| {
                let id = self.id_of(open.measure).clone();
                Obligation::new(open, id, data, context.calendar, self.day, allocation)
            }));
        }
        obligations.sort_by(|a, b| a.order().cmp(&b.order()));
        obligations
    }
}
