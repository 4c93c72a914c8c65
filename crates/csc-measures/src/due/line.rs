//! The due list as people work through it: one line for each thing that is to be done.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::list::DueList;
use super::obligation::{DueOutcome, Obligation};
use crate::measures::Duty;
use crate::time::clock::Clock;

/// One thing that is to be done for a child. The local standard and the law may both ask for it, each by a date of its
/// own: one visit answers both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DueLine<'a> {
    /// The obligation that presses most: what is overdue comes before what is not, then the earlier due date.
    pub first: &'a Obligation,
    /// The others that the same visit answers, in the same order.
    pub also: Vec<&'a Obligation>,
    as_at: NaiveDate,
}

impl<'a> DueLine<'a> {
    /// What is to be done, in words: the title of the clock.
    #[must_use]
    pub fn title(&self) -> &'static str {
        title(self.first)
    }

    /// What else the same visit answers, in words, each with its due date.
    pub fn also_titles(&self) -> impl Iterator<Item = (&'static str, Option<NaiveDate>)> + use<'_, 'a> {
        self.also.iter().map(|other| (title(other), other.due))
    }

    /// What kind of thing is to be done.
    #[must_use]
    pub fn duty(&self) -> Duty {
        self.first.duty
    }

    /// How it stands.
    #[must_use]
    pub fn outcome(&self) -> DueOutcome {
        self.first.outcome
    }

    /// By how many calendar days it is past due, whatever its clock counts; `None` unless it is overdue.
    #[must_use]
    pub fn days_overdue(&self) -> Option<u32> {
        let due = self.first.due.filter(|_| self.outcome() == DueOutcome::Overdue)?;
        u32::try_from((self.as_at - due).num_days()).ok()
    }

    /// When it was last done, by any of its obligations: the visit or the review before.
    #[must_use]
    pub fn last_done(&self) -> Option<NaiveDate> {
        self.also.iter().chain([&self.first]).filter_map(|one| one.last_done).max()
    }

    /// What is overdue comes first, a child to be seen before a meeting before a paper, the oldest first; then what is to
    /// come, the soonest first; then what is not known.
    fn order(&self) -> impl Ord + use<'a> {
        let Obligation { person, clock, record, due, duty, .. } = self.first;
        let dated = Reverse(due.map(Reverse));
        let by_duty = match self.outcome() {
            DueOutcome::NotYetDue => (None, dated, Some(*duty)),
            _ => (Some(*duty), dated, None),
        };
        (pressing(self.first), by_duty, person, *clock, record)
    }
}

/// The title of the clock of an obligation.
fn title(of: &Obligation) -> &'static str {
    Clock::by_id(of.clock).map_or(of.clock, |clock| clock.title())
}

/// What is overdue before what is to come, and what is not known last.
fn pressing(one: &Obligation) -> u8 {
    match one.outcome {
        DueOutcome::Overdue => 0,
        DueOutcome::NotYetDue => 1,
        DueOutcome::Unknown => 2,
    }
}

impl DueList {
    /// The obligations as people work through them: one line for each thing that is to be done. A visit that both the
    /// local standard and the law ask for is one line. What is overdue comes first, and of that the children who are to
    /// be seen, however old the papers are; then what is to come, soonest first; then what is not known.
    ///
    /// # Examples
    ///
    /// ## A child to be seen comes before an older review
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use csc_measures::due::DueFilter;
    /// use csc_measures::tables::{CpPlan, CpReview, CpVisit};
    /// use csc_measures::{Dataset, Options};
    ///
    /// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    /// let mut builder = Dataset::builder();
    /// builder
    ///     .rows(&[CpPlan {
    ///         cp_plan_id: "CP1".into(),
    ///         person_id: "P1".into(),
    ///         start_date: day(2016, 1, 4),
    ///         end_date: None,
    ///         other_authority: None,
    ///         transfer_in: None,
    ///     }])?
    ///     .rows::<CpReview>(&[])?
    ///     .rows(&[CpVisit {
    ///         cp_visit_id: "V1".into(),
    ///         person_id: "P1".into(),
    ///         date: day(2017, 3, 1),
    ///         seen: Some(true),
    ///         seen_alone: None,
    ///     }])?;
    /// let list = builder.build().due_list(day(2017, 4, 26), &Options::default(), &DueFilter::default())?;
    /// assert_eq!(list.obligations[0].clock, "cp_first_review");
    ///
    /// let lines = list.lines();
    /// assert_eq!(lines[0].title(), "Visit to a child with a child protection plan, from when the child was last seen");
    /// assert_eq!((lines[0].days_overdue(), lines[0].last_done()), (Some(28), Some(day(2017, 3, 1))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn lines(&self) -> Vec<DueLine<'_>> {
        // By child and measure, of which the measure by the law is a companion: `visits` and `visits.statutory`.
        let mut groups: BTreeMap<(&str, &str), Vec<Vec<&Obligation>>> = BTreeMap::new();
        for one in &self.obligations {
            let key = one.judged_by.key();
            let measure = key.split_once('.').map_or(key, |(measure, _)| measure);
            let lines = groups.entry((&one.person, measure)).or_default();
            let answers =
                |line: &&mut Vec<&Obligation>| line.iter().all(|other| other.judged_by.key() != key);
            match lines.iter_mut().find(answers) {
                Some(line) => line.push(one),
                None => lines.push(vec![one]),
            }
        }
        let mut lines: Vec<DueLine<'_>> = groups
            .into_values()
            .flatten()
            .filter_map(|mut line| {
                line.sort_by_key(|one| (pressing(one), Reverse(one.due.map(Reverse)), one.clock));
                let mut each = line.into_iter();
                Some(DueLine { first: each.next()?, also: each.collect(), as_at: self.as_at })
            })
            .collect();
        lines.sort_by(|a, b| a.order().cmp(&b.order()));
        lines
    }
}
