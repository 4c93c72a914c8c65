//! What was open at the end of a year and the census of the next does not have.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::census::{Assessment, Child, Enquiry, Plan, Protection, Referral};
use super::dates::FORM;
use super::standing::Standing;
use super::years::{Told, follow};
use crate::return_year::{Day, ReturnYear, Starts};

/// The days from which a child has rows of each element, year by year.
#[derive(Debug, Default)]
pub(super) struct OfChild {
    referrals: Starts,
    assessments: Starts,
    plans: Starts,
    enquiries: Starts,
    protection: Starts,
}

impl OfChild {
    /// Notes what a census has of the child, and marks it with its year.
    pub(super) fn note(&mut self, child: &mut Child, year: Option<ReturnYear>) {
        note(&mut self.referrals, &mut child.referrals, year);
        for referral in &mut child.referrals {
            note(&mut self.assessments, &mut referral.assessments, year);
            note(&mut self.plans, &mut referral.plans, year);
            note(&mut self.enquiries, &mut referral.enquiries, year);
            note(&mut self.protection, &mut referral.protection, year);
        }
    }

    /// Judges what all censuses together have of the child. `years` are those of the censuses.
    pub(super) fn close<'c>(
        &self,
        children: impl Iterator<Item = &'c mut Child>,
        years: &BTreeSet<ReturnYear>,
    ) {
        let mut referrals: Vec<&mut Referral> = children.flat_map(|child| &mut child.referrals).collect();
        for referral in &mut referrals {
            judge(&self.referrals, *referral, years);
        }
        // What belonged to a referral that was dated anew belongs to the one of that day.
        hand_on(&self.referrals, &mut referrals, Referral::take_contents, Referral::follow);
        for referral in &mut referrals {
            judge_all(&self.assessments, &mut referral.assessments, years);
            judge_all(&self.plans, &mut referral.plans, years);
            judge_all(&self.enquiries, &mut referral.enquiries, years);
            judge_all(&self.protection, &mut referral.protection, years);
        }
        // So do the reviews of a plan.
        let mut plans: Vec<&mut Protection> =
            referrals.iter_mut().flat_map(|referral| &mut referral.protection).collect();
        let take = |plan: &mut Protection| std::mem::take(&mut plan.reviews);
        hand_on(&self.protection, &mut plans, take, |plan, reviews| follow(&mut plan.reviews, reviews));
        for referral in &mut referrals {
            referral.assessments.retain(|row| !row.standing.is_told_anew);
            referral.plans.retain(|row| !row.standing.is_told_anew);
            referral.enquiries.retain(|row| !row.standing.is_told_anew);
            referral.protection.retain(|row| !row.standing.is_told_anew);
        }
    }
}

/// A row that may be open.
trait Element: Told {
    fn standing(&mut self) -> &mut Standing;

    /// Whether it is open at the end of a year.
    fn is_open(&self, year: ReturnYear) -> bool;
}

fn note<E: Element>(starts: &mut Starts, rows: &mut [E], year: Option<ReturnYear>) {
    for row in rows {
        row.standing().year = year;
        if let Some(year) = year {
            starts.add(year, row.day());
        }
    }
}

fn judge_all<E: Element>(starts: &Starts, rows: &mut [E], years: &BTreeSet<ReturnYear>) {
    for row in rows {
        judge(starts, row, years);
    }
}

fn judge<E: Element>(starts: &Starts, row: &mut E, years: &BTreeSet<ReturnYear>) {
    let day = row.day();
    let Some(year) = row.standing().year.filter(|year| years.contains(&year.next())) else { return };
    if day.date().is_some_and(|day| year.has_begun(day)) && row.is_open(year) {
        let superseded = starts.superseded(year, &day);
        *row.standing() = Standing { year: Some(year), superseded, is_told_anew: superseded.is_none() };
    }
}

/// Hands what hangs on rows that the next year has from another day, or in another place, to the rows there.
fn hand_on<E: Element, C>(
    starts: &Starts,
    rows: &mut [&mut E],
    take: impl Fn(&mut E) -> C,
    give: impl Fn(&mut E, C),
) {
    let mut moves: Vec<(ReturnYear, usize, NaiveDate)> = Vec::new();
    for (place, row) in rows.iter_mut().enumerate() {
        let (day, standing) = (row.day(), *row.standing());
        let new = if standing.is_told_anew { day.date() } else { None };
        let new = new.or_else(|| starts.redated(standing.year?, &day).filter(|_| standing.is_redated()));
        moves.extend(standing.year.zip(new).map(|(year, new)| (year, place, new)));
    }
    // What is handed on may be handed on again by a later year.
    moves.sort_unstable();
    let mut last: BTreeMap<Day, usize> = BTreeMap::new();
    if !moves.is_empty() {
        for (place, row) in rows.iter_mut().enumerate() {
            if !row.standing().is_told_anew {
                last.insert(row.day(), place);
            }
        }
    }
    for (_, place, new) in moves {
        let Some(there) = last.get(&Day::Read(new)).copied() else { continue };
        let contents = rows.get_mut(place).map(|row| take(row));
        if let Some((row, contents)) = rows.get_mut(there).zip(contents) {
            give(row, contents);
        }
    }
}

impl Element for Referral {
    fn standing(&mut self) -> &mut Standing {
        &mut self.standing
    }

    fn is_open(&self, year: ReturnYear) -> bool {
        year.leaves_open(self.closed.text(), FORM)
    }
}

impl Element for Assessment {
    fn standing(&mut self) -> &mut Standing {
        &mut self.standing
    }

    fn is_open(&self, _: ReturnYear) -> bool {
        FORM.is_no_end(self.authorised.text())
    }
}

impl Element for Plan {
    fn standing(&mut self) -> &mut Standing {
        &mut self.standing
    }

    fn is_open(&self, year: ReturnYear) -> bool {
        year.leaves_open(self.end.text(), FORM)
    }
}

/// An enquiry is over, and the conference that follows it may be to come.
impl Element for Enquiry {
    fn standing(&mut self) -> &mut Standing {
        &mut self.standing
    }

    fn is_open(&self, _: ReturnYear) -> bool {
        self.is_conference_required() && FORM.is_no_end(self.conference.text())
    }
}

impl Element for Protection {
    fn standing(&mut self) -> &mut Standing {
        &mut self.standing
    }

    fn is_open(&self, year: ReturnYear) -> bool {
        year.leaves_open(self.end.text(), FORM)
    }
}
