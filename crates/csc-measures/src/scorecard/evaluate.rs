//! Persons judged and their cases added up, on one thread or several: never a difference in the sums.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;

use super::breakdown::{GroupSums, Groupings, Placing};
use super::inputs::Inputs;
use super::run::{Run, Terms};
use super::tallies::{Adding, Tallies, Tallying};
use crate::dataset::{Data, Standing, Stands};
use crate::measures::{Context, Judge, Measure, MeasureSet, judge_person, judge_service};
use crate::time::Day;
use crate::value::index::{at, broken};

/// Persons that are worth a thread of their own.
const PERSONS_A_THREAD: usize = 1000;
/// Threads at most, however many are asked for.
const MOST_THREADS: usize = 256;

/// What the cases of the persons in some of the places add up to under each of the run's terms, with the cases that are
/// not a person's if they are wanted.
pub(crate) fn evaluate(
    standing: &Standing<'_>,
    run: &Run,
    groupings: &Groupings,
    persons: &Range<usize>,
    with_service: bool,
) -> Vec<Tallies> {
    (0..run.terms.len())
        .map(|terms| under((standing, run, groupings), terms, persons, with_service))
        .collect()
}

fn under(
    (standing, run, groupings): (&Standing<'_>, &Run, &Groupings),
    terms: usize,
    persons: &Range<usize>,
    with_service: bool,
) -> Tallies {
    let contexts = contexts(standing.whole(), run, terms);
    let judge = |persons: Range<usize>, with_service: bool| {
        let months = run.months().len();
        let mut adding = Adding::new(Tallies::new(months, GroupSums::new(groupings, months)));
        for context in &contexts {
            if with_service {
                let data = standing.service();
                apart((context, groupings), data, &mut adding, |judge| {
                    judge_service(judge);
                });
            }
            let placing = placing(context, groupings);
            let mut judge = Judge { context, sink: Tallying { adding: &mut adding, placing } };
            let mut children = Vec::new();
            for place in persons.clone() {
                match standing.at(place) {
                    Some(Stands::InWhole(person)) => judge_person(&mut judge, person),
                    Some(Stands::Apart(data, person)) => children.push((data, person)),
                    None => {}
                }
            }
            for (data, person) in children {
                apart((context, groupings), data, &mut adding, |judge| judge_person(judge, person));
            }
        }
        adding.finish()
    };

    let threads = threads(run.options.threads, persons.len());
    let mut ranges = (0..threads).map(|index| share(persons, index, threads));
    let first = ranges.next().unwrap_or_else(|| broken(format_args!("persons are shared by no thread")));
    thread::scope(|scope| {
        let judge = &judge;
        let started: Vec<_> = ranges
            .map(|persons| {
                let handle = thread::Builder::new().spawn_scoped(scope, {
                    let persons = persons.clone();
                    move || judge(persons, false)
                });
                (persons, handle)
            })
            .collect();
        let mut sums = judge(first, with_service);
        for (persons, handle) in started {
            sums.add(&match handle {
                Ok(handle) => match handle.join() {
                    Ok(sums) => sums,
                    // A failed range must not count as zero.
                    Err(panic) => std::panic::resume_unwind(panic),
                },
                // The machine has no further thread: this one does the work.
                Err(_) => judge(persons, false),
            });
        }
        sums
    })
}

fn placing<'a>(context: &'a Context<'a>, groupings: &'a Groupings) -> Option<Placing<'a>> {
    (!groupings.is_empty()).then(|| Placing::new(context, groupings))
}

/// Judges cases of data beside the whole.
fn apart(
    (context, groupings): (&Context<'_>, &Groupings),
    data: &Data,
    adding: &mut Adding,
    judge: impl FnOnce(&mut Judge<'_, Tallying<'_, '_>>),
) {
    if std::ptr::eq(data, context.data) {
        let placing = placing(context, groupings);
        return judge(&mut Judge { context, sink: Tallying { adding, placing } });
    }
    let (context, groupings) = (context.over(data), groupings.over(data));
    let placing = placing(&context, &groupings);
    judge(&mut Judge { context: &context, sink: Tallying { adding, placing } });
}

/// What the measures are judged with under some terms: one context for those of every month, and one for each day that
/// some of the tables are as at.
fn contexts<'a>(data: &'a Data, run: &'a Run, terms: usize) -> Vec<Context<'a>> {
    let measures = run.measures_under(terms);
    let Terms { policy, calendar, .. } = at(&run.terms, terms);
    let mut by_day: BTreeMap<Option<Day>, MeasureSet> = BTreeMap::new();
    for measure in Measure::all().filter(|measure| measures.contains(*measure)) {
        // Whether tables hold too little is known when all parts of them are put together.
        let inputs = Inputs::by_header(measure, data.supplied(), policy);
        let wanted = by_day.entry(inputs.as_at()).or_default();
        if inputs.missing.is_empty() {
            wanted.insert(measure);
        }
    }
    by_day
        .into_iter()
        .map(|(day, wanted)| {
            let months = run.months().into_iter().filter_map(|month| month.up_to(day)).collect();
            let mut context = Context::new(data, policy, calendar, months, wanted);
            context.is_of_part = run.is_of_part;
            context
        })
        .collect()
}

/// How many threads share so many persons.
fn threads(asked: Option<NonZeroUsize>, persons: usize) -> usize {
    let most = |threads: NonZeroUsize| threads.get().min(MOST_THREADS);
    match asked {
        Some(asked) => most(asked).min(persons),
        None if persons < 2 * PERSONS_A_THREAD => 1,
        None => thread::available_parallelism().map_or(1, most).min(persons / PERSONS_A_THREAD),
    }
    .max(1)
}

/// One of so many equal shares of a range.
pub(crate) fn share(persons: &Range<usize>, index: usize, of: usize) -> Range<usize> {
    // Neither has more than 32 bits: persons have numbers of 32 bits, and shares come as such.
    let bound = |index: usize| persons.start + persons.len() * index / of;
    bound(index)..bound(index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_make_up_the_whole() {
        for (count, of) in [(0, 1), (0, 3), (5, 2), (7, 3), (3, 7), (u32::MAX as usize, 5)] {
            let shares: Vec<Range<usize>> = (0..of).map(|index| share(&(0..count), index, of)).collect();
            assert_eq!(shares.first().unwrap().start, 0);
            assert_eq!(shares.last().unwrap().end, count);
            assert!(shares.windows(2).all(|pair| pair[0].end == pair[1].start), "{shares:?}");
        }
    }

    #[test]
    fn a_few_persons_have_one_thread_unless_more_are_asked_for() {
        assert_eq!(threads(None, 0), 1);
        assert_eq!(threads(None, 1999), 1);
        assert_eq!(threads(NonZeroUsize::new(3), 1999), 3);
        assert_eq!(threads(NonZeroUsize::new(8), 3), 3);
        assert_eq!(threads(NonZeroUsize::new(8), 0), 1);
        assert_eq!(threads(NonZeroUsize::new(usize::MAX), 100_000), MOST_THREADS);
    }
}
