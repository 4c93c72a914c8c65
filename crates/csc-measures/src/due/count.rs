//! How much there is to be done, by team and by worker.

use std::collections::{BTreeMap, BTreeSet};

use super::line::DueLine;
use super::obligation::DueOutcome;
use crate::measures::Duty;

/// How much a team or a worker has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DueCount<'a> {
    /// The team; `None` if the child has no lead worker, or that worker no team.
    pub team: Option<&'a str>,
    /// The lead worker; `None` if the child has none, and of the sum of a team.
    pub worker: Option<&'a str>,
    /// The children for whom there is something to be done.
    pub children: usize,
    /// The children who are to be seen, and whose visit is overdue.
    pub unseen: usize,
    /// The lines that are overdue.
    pub overdue: usize,
    /// The lines that are to come.
    pub not_yet_due: usize,
    /// The lines of which it is not known.
    pub unknown: usize,
    /// The calendar days of the line that is longest overdue.
    pub oldest: Option<u32>,
}

impl<'a> DueCount<'a> {
    /// How much each team has to do, by name, the children without a team last.
    ///
    /// # Examples
    ///
    /// ## No data, nothing to do
    ///
    /// ```
    /// use csc_measures::due::{DueCount, DueFilter};
    /// use csc_measures::{Dataset, Options};
    ///
    /// let day = chrono::NaiveDate::from_ymd_opt(2017, 3, 31).unwrap();
    /// let list = Dataset::builder().build().due_list(day, &Options::default(), &DueFilter::default())?;
    /// assert!(DueCount::by_team(&list.lines()).is_empty());
    /// # Ok::<(), csc_measures::due::DueError>(())
    /// ```
    #[must_use]
    pub fn by_team(lines: &[DueLine<'a>]) -> Vec<Self> {
        Self::by(lines, |line| (line.first.team.as_deref(), None))
    }

    /// How much each worker has to do, by team and worker, the children without one last.
    #[must_use]
    pub fn by_worker(lines: &[DueLine<'a>]) -> Vec<Self> {
        Self::by(lines, |line| (line.first.team.as_deref(), line.first.worker.as_deref()))
    }

    fn by(
        lines: &[DueLine<'a>],
        whose: impl Fn(&DueLine<'a>) -> (Option<&'a str>, Option<&'a str>),
    ) -> Vec<Self> {
        let mut groups: BTreeMap<_, Vec<&DueLine<'a>>> = BTreeMap::new();
        for line in lines {
            let (team, worker) = whose(line);
            groups.entry((team.is_none(), team, worker.is_none(), worker)).or_default().push(line);
        }
        groups.into_iter().map(|((_, team, _, worker), lines)| Self::of(team, worker, &lines)).collect()
    }

    fn of(team: Option<&'a str>, worker: Option<&'a str>, lines: &[&DueLine<'a>]) -> Self {
        let so = |outcome| lines.iter().filter(|line| line.outcome() == outcome).count();
        let children = |is_wanted: &dyn Fn(&&&DueLine<'a>) -> bool| {
            lines.iter().filter(is_wanted).map(|line| &line.first.person).collect::<BTreeSet<_>>().len()
        };
        Self {
            team,
            worker,
            children: children(&|_| true),
            unseen: children(&|line| line.duty() == Duty::SeeChild && line.outcome() == DueOutcome::Overdue),
            overdue: so(DueOutcome::Overdue),
            not_yet_due: so(DueOutcome::NotYetDue),
            unknown: so(DueOutcome::Unknown),
            oldest: lines.iter().filter_map(|line| line.days_overdue()).max(),
        }
    }
}
