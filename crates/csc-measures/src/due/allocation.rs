//! Who has a child's case.

use crate::measures::Context;
use crate::tables::records::Interval;
use crate::time::Day;
use crate::value::index::PersonIx;

/// The lead worker of a child and their team.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Allocated<'a> {
    pub(super) worker: Option<&'a str>,
    pub(super) team: Option<&'a str>,
}

/// Who has the case on a day: of the lead involvements that are open the one that starts last, then the greater id.
pub(super) fn allocated<'a>(context: &Context<'a>, person: PersonIx, day: Day) -> Allocated<'a> {
    let data = context.data;
    let mut workers = data.allocations.of(person).iter();
    let Some(lead) = workers.rfind(|worker| worker.is_open(day) && context.leads(worker.role)) else {
        return Allocated::default();
    };
    Allocated {
        worker: Some(data.worker_id(lead.worker)),
        team: data.team_by(lead).map(|team| data.team(team)),
    }
}
