//! How a measure is written down: a topic a file, and in it one row for each measure with the code that judges it.

use serde::Serialize;

use super::kinds::{Better, InputRow, PeriodKind, Unit, When};
use super::owed::Duty;
use super::relations::{Relation, Terms};
use crate::dataset::Supplied;
use crate::policy::Policy;
use crate::tables::{Lack, Table};
use crate::time::Day;
use crate::time::clock::ClockId;

/// What a measure counts, reads and comes from.
///
/// Some measures are shown in more than one form: how many children, and the percentage. Both are of the same
/// cases.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Definition {
    /// The key: `cp_visits_in_time`. That of a companion is its measure's, a dot and a name of its own:
    /// `cp_visits_in_time.seen_alone`.
    pub key: &'static str,
    /// The forms in which it can be shown; the first is taken if none is asked for.
    pub forms: &'static [Form],
    /// The stretch of time that one figure is about.
    pub period: PeriodKind,
    /// Which way is better.
    pub better: Better,
    /// What is judged, one by one: children, reviews, workers and so on.
    pub cases: &'static str,
    /// Which of the cases count, or what is added up over them.
    pub numerator: &'static str,
    /// What is left out, what cannot be known, and the edges.
    pub exclusions: &'static str,
    /// The tables and columns that it reads.
    pub inputs: &'static [InputRow],
    /// The policies that can change it in every form: keys of a policy file.
    pub policies: &'static [&'static str],
    /// Where it, or its limit, comes from. What could not be checked against its source is marked.
    pub source: &'static str,
    /// The nearest published national indicator.
    pub published: Option<&'static str>,
    /// The version of this definition. It rises if the same data would give another figure.
    pub version: u32,
    /// The table whose past it reads: further back than its month or quarter.
    #[serde(skip)]
    pub(crate) past: Option<Past>,
    /// Another period, under some policies.
    #[serde(skip)]
    pub(crate) period_when: Option<(When, PeriodKind)>,
    /// Policies that decide nothing while others are such.
    #[serde(skip)]
    pub(crate) idle: &'static [Idle],
    /// The clocks by which it judges.
    #[serde(skip)]
    pub(crate) clocks: &'static [ClockId],
    /// What its clocks time, if it is owed to a child, and so in due lists.
    #[serde(skip)]
    pub(crate) owes: Option<Duty>,
    /// What it asks of its tables beyond their being there.
    #[serde(skip)]
    pub(crate) asks: &'static [Lack],
    /// What it works out if the table that tells it is not there.
    #[serde(skip)]
    pub(crate) derives: Option<Derives>,
    /// A table without which its cases may come out otherwise.
    #[serde(skip)]
    pub(crate) hangs_on: Option<Table>,
    /// What ties its figures to those of other measures, so that what is published of one may tell another.
    #[serde(skip)]
    pub(crate) relations: &'static [Relation],
    /// What nobody publishes, and its figures of different months are sums of.
    #[serde(skip)]
    pub(crate) terms: Option<Terms>,
    /// Whether its results say if every case is met.
    #[serde(skip)]
    pub(crate) tells_all_met: bool,
    /// Whom its cases are about.
    #[serde(skip)]
    pub(crate) cases_are: Subject,
    /// Whether, though it is of how things stand, most of its cases are judged by what happened since the month before.
    #[serde(skip)]
    pub(crate) judges_anew: bool,
    /// Whether the cases of its numerator are not among those of its denominator, so that a percentage may pass 100.
    #[serde(skip)]
    pub(crate) counts_others: bool,
}

/// Whom the cases of a measure are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Children and young people.
    Persons,
    /// Workers.
    Workers,
    /// Neither: policies, audits, complaints, court cases, interviews.
    Others,
}

/// A form in which a measure is shown.
#[derive(Clone, Copy, Debug, Serialize)]
#[non_exhaustive]
pub struct Form {
    /// What the figure is.
    pub unit: Unit,
    /// The title in plain words of the field.
    pub title: &'static str,
    /// What the numerator is taken out of.
    pub denominator: &'static str,
    /// The policies that can change it in this form alone.
    pub policies: &'static [&'static str],
}

/// A policy that decides nothing of a measure while others are such.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Idle {
    pub(crate) policies: &'static [&'static str],
    pub(crate) under: fn(&Policy) -> bool,
}

/// A table whose past a measure reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Past {
    pub(crate) table: Table,
    /// Under which policies; `None` is always.
    pub(crate) when: Option<When>,
    /// How far back; if the data begin later, the result warns.
    pub(crate) look_back: Option<LookBack>,
}

/// A fact that a measure works out from other tables, if the one that tells it, or a column of that which the measure
/// cannot be without, is not there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Derives {
    /// What results call it.
    pub(crate) fact: &'static str,
    /// The table that tells it.
    pub(crate) table: Table,
    /// What the other tables have to hold, all of them together, for the fact to be worked out.
    pub(crate) holds: fn(&Supplied) -> bool,
    /// The first day of which they can tell it; `None`: of every day.
    pub(crate) since: Option<Day>,
    /// A table that tells it besides, if it is there.
    pub(crate) besides: Option<Table>,
}

/// How many months a measure looks back.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LookBack {
    /// From the first day of the month.
    FromStart(i32),
    /// From its last day.
    FromEnd(i32),
}

pub(super) use Definition as Row;

impl Row {
    /// What most measures have.
    pub(super) const EMPTY: Self = Self {
        key: "",
        forms: &[],
        period: PeriodKind::Month,
        better: Better::Neutral,
        cases: "",
        numerator: "",
        exclusions: "",
        inputs: &[],
        policies: &[],
        source: "",
        published: None,
        version: 1,
        past: None,
        period_when: None,
        idle: &[],
        clocks: &[],
        owes: None,
        asks: &[],
        derives: None,
        hangs_on: None,
        relations: &[],
        terms: None,
        tells_all_met: false,
        cases_are: Subject::Persons,
        judges_anew: false,
        counts_others: false,
    };
}
