//! Which cases each kind of issue touches: the judgement of the measures once more, for the persons, workers and
//! records that have rows with issues.

use std::collections::{BTreeMap, HashMap};

use super::kind::{Touched, TouchedMonth};
use crate::column::IssueCode;
use crate::dataset::{Data, Grouped, Standing};
use crate::measures::{
    Basis, Context, Detail, Judge, Measure, MeasureSet, Name, Outcome, Sink, Verdict, judge_person,
    judge_service,
};
use crate::scorecard::{Groupings, Inputs, MONTHS_BEFORE, Reads, Run, Terms, evaluate};
use crate::tables::Table;
use crate::time::{Day, Moment, Month, MonthDays};
use crate::value::index::{IdNo, PersonIx, WorkerNo, at, at_mut, broken};

/// By kind of issue, the rows of the plan that it touches, in order.
pub(super) fn touched(standing: &Standing<'_>, run: &Run) -> Vec<Vec<Touched>> {
    let data = standing.whole();
    let mut touched: Vec<Vec<Touched>> = data.faulty.iter().map(|_| Vec::new()).collect();
    if touched.is_empty() {
        return touched;
    }
    let subjects = Subjects::of(data);
    let tallies = evaluate(standing, run, &Groupings::default(), &(0..standing.places()), true);
    let looks: Vec<Look> =
        (0..run.terms.len()).map(|terms| Look::under(data, run, terms, &subjects)).collect();
    for row in run.asked() {
        let measure = row.row.measure();
        let (look, tallies) = (at(&looks, row.terms), at(&tallies, row.terms));
        let Some(read) = look.read.get(&measure) else {
            broken(format_args!("{measure} is asked for and was not looked at"))
        };
        for (kind, touched) in touched.iter_mut().enumerate() {
            let of = |month: usize| match tallies.get(
                measure,
                read.inputs.basis,
                month + usize::from(MONTHS_BEFORE),
            ) {
                Some(tally) => tally.outcomes.iter().sum(),
                None => broken(format_args!("month {month} of {measure} was not evaluated")),
            };
            let months: Vec<TouchedMonth> = months(run)
                .zip(look.counts.of(kind, measure))
                .filter(|(days, count)| count.cases > 0 && read.inputs.month(*days).is_some())
                .map(|(days, Count { cases, unknown })| TouchedMonth {
                    month: Month::of(days.first.date()),
                    cases,
                    unknown,
                    of: of(days.index),
                })
                .collect();
            let not_supplied = *at(&read.leaves_nothing, kind);
            if not_supplied || !months.is_empty() {
                touched.push(Touched { measure: row.row.id().clone(), not_supplied, months });
            }
        }
    }
    touched
}

/// The months that were asked for.
fn months(run: &Run) -> impl Iterator<Item = MonthDays> {
    let from = run.from;
    (0..=run.to.since(from)).zip(0..).map(move |(step, index)| MonthDays::new(index, from.plus(step)))
}

/// Whom and what the cases are about, with the kinds of issues that their rows have.
struct Subjects {
    persons: Grouped<PersonIx, usize>,
    workers: HashMap<WorkerNo, Vec<usize>>,
    records: HashMap<(Table, IdNo), Vec<usize>>,
}

impl Subjects {
    fn of(data: &Data) -> Self {
        let mut workers: HashMap<WorkerNo, Vec<usize>> = HashMap::new();
        let mut records: HashMap<(Table, IdNo), Vec<usize>> = HashMap::new();
        for (place, (kind, faulty)) in data.faulty.iter().enumerate() {
            faulty.workers().for_each(|worker| workers.entry(worker).or_default().push(place));
            for record in faulty.records() {
                records.entry((kind.table, record)).or_default().push(place);
            }
        }
        let of_persons = || {
            let kinds = data.faulty.iter().enumerate();
            kinds.flat_map(|(place, (_, faulty))| faulty.persons().map(move |person| (person, place)))
        };
        let persons = Grouped::new(data.person_count(), of_persons, usize::cmp);
        Self { persons, workers, records }
    }

    /// The kinds of issues that rows of a subject have.
    fn kinds(&self, subject: Name) -> &[usize] {
        let found = match subject {
            Name::Person(person) => return self.persons.of(person),
            Name::Worker(worker) => self.workers.get(&worker),
            Name::Row(table, id) => self.records.get(&(table, id)),
            Name::Cla(_) => None,
        };
        found.map_or(&[], Vec::as_slice)
    }
}

/// The kinds of issues that bear on a measure.
struct Read {
    inputs: Inputs,
    /// By kind, whether the measure reads what it is an issue of.
    kinds: Vec<bool>,
    /// By kind, whether the measure has no figure for want of the table or the column.
    leaves_nothing: Vec<bool>,
}

/// What the kinds of issues touch under some terms.
struct Look {
    read: BTreeMap<Measure, Read>,
    counts: Counts,
}

impl Look {
    fn under(data: &Data, run: &Run, terms: usize, subjects: &Subjects) -> Self {
        let Terms { policy, calendar, .. } = at(&run.terms, terms);
        let wanted = run.measures_under(terms);
        let mut read = BTreeMap::new();
        let mut by_day: BTreeMap<Option<Day>, MeasureSet> = BTreeMap::new();
        for measure in Measure::all().filter(|measure| wanted.contains(*measure)) {
            let inputs = Inputs::find(measure, data.supplied(), policy);
            if inputs.missing.is_empty() {
                by_day.entry(inputs.as_at()).or_default().insert(measure);
            }
            let reads = Reads::of(measure, data.supplied(), policy);
            read.insert(measure, Read::of(data, &reads, inputs));
        }
        let months: Vec<MonthDays> = months(run).collect();
        let mut counts = Counts { months: months.len(), counts: vec![Vec::new(); data.faulty.iter().len()] };
        for (day, wanted) in by_day {
            let months = months.iter().filter_map(|month| month.up_to(day)).collect();
            let context = Context::new(data, policy, calendar, months, wanted);
            let of_service = Of::Anybody(subjects);
            let sink = Touching { read: &read, counts: &mut counts, of: of_service };
            let mut judge = Judge { context: &context, sink };
            judge_service(&mut judge);
            for (person, _) in data.persons.iter() {
                let kinds = subjects.persons.of(person);
                if !kinds.is_empty() {
                    judge.sink.of = Of::One(kinds);
                    judge_person(&mut judge, person);
                }
            }
        }
        Self { read, counts }
    }
}

impl Read {
    fn of(data: &Data, reads: &Reads, inputs: Inputs) -> Self {
        let is_missing = |name: &str| inputs.missing.iter().any(|missing| missing == name);
        let reads = data.faulty.iter().map(|(kind, _)| {
            // A row that is left out is one that the whole table lacks; a person without a row has no age.
            let is_read = match kind.code {
                _ if kind.is_out => reads.has_table(kind.table),
                IssueCode::UnknownPerson => {
                    reads.has(kind.table, kind.column) && reads.has_table(Table::Persons)
                }
                _ => reads.has(kind.table, kind.column),
            };
            let column = at(kind.table.columns(), kind.column).name;
            let leaves_nothing =
                is_read && (is_missing(kind.table.name()) || is_missing(&format!("{}.{column}", kind.table)));
            (is_read, leaves_nothing)
        });
        let (kinds, leaves_nothing) = reads.unzip();
        Self { inputs, kinds, leaves_nothing }
    }
}

/// Cases that are touched.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    cases: u64,
    unknown: u64,
}

/// The cases that are touched, by kind, measure and month; of a kind that touches none there is no list.
struct Counts {
    months: usize,
    counts: Vec<Vec<Count>>,
}

impl Counts {
    fn add(&mut self, kind: usize, measure: Measure, month: usize, is_unknown: bool) {
        let counts = at_mut(&mut self.counts, kind);
        if counts.is_empty() {
            counts.resize(Measure::COUNT * self.months, Count::default());
        }
        let count = at_mut(counts, measure.index() * self.months + month);
        count.cases += 1;
        count.unknown += u64::from(is_unknown);
    }

    /// The counts of the months.
    fn of(&self, kind: usize, measure: Measure) -> impl Iterator<Item = Count> {
        let counts = at(&self.counts, kind);
        counts.iter().copied().skip(measure.index() * self.months).take(self.months)
    }
}

/// Whom the cases are about that come in.
enum Of<'a> {
    /// Somebody whose rows have these kinds of issues.
    One(&'a [usize]),
    /// Whoever each case says.
    Anybody(&'a Subjects),
}

/// Counts the cases that are touched.
struct Touching<'a> {
    read: &'a BTreeMap<Measure, Read>,
    counts: &'a mut Counts,
    of: Of<'a>,
}

impl Sink for Touching<'_> {
    fn case(
        &mut self,
        measure: Measure,
        basis: Basis,
        when: Moment,
        verdict: Verdict,
        detail: impl FnOnce() -> Detail,
    ) {
        let Some(read) = self.read.get(&measure).filter(|read| read.inputs.basis == basis) else { return };
        let kinds = match self.of {
            Of::One(kinds) => kinds,
            Of::Anybody(subjects) => subjects.kinds(detail().subject),
        };
        for kind in kinds.iter().filter(|kind| *at(&read.kinds, **kind)) {
            self.counts.add(*kind, measure, when.month, verdict.outcome == Outcome::Unknown);
        }
    }
}
