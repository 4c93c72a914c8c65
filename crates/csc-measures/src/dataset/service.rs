//! What is nobody's, and the workers with the children they have, once rows of children were replaced: few rows, put
//! together anew for each question.

use super::data::Data;
use super::grouped::Grouped;
use super::kept::Kept;
use crate::tables::Table;
use crate::tables::records::{Audit, FinalOrderApplication, Involvement};
use crate::value::index::{IdNo, PersonIx, PersonNo, Position, WorkerNo, retyped};

/// The data of the service: nobody's rows are those of the whole; audits, applications for final orders and
/// involvements are those of the whole without the persons who are passed over, and those of the children.
pub(super) fn service(whole: &Data, is_passed_over: impl Fn(PersonIx) -> bool, children: &[&Data]) -> Data {
    let mut ids = whole.ids.of_service();
    let mut roles = whole.roles.clone();
    let stays = |owner: &Option<PersonIx>| !owner.is_some_and(&is_passed_over);

    let mut audits: Vec<Audit> = of_whole(&whole.kept.audits, &whole.audited, stays);
    let mut applications: Vec<FinalOrderApplication> =
        of_whole(&whole.kept.final_order_applications, &whole.applied, stays);
    let mut workers = whole.workers.clone();
    let mut involvements: Vec<(WorkerNo, Involvement)> = Vec::new();
    for (worker, _) in whole.workers.iter() {
        let rows = whole.involvements.of(worker).iter();
        let rows = rows.filter(|row| !is_passed_over(whole.ranks.of(row.person)));
        involvements.extend(rows.map(|row| (worker, *row)));
    }
    for (place, child) in children.iter().enumerate() {
        // The numbers of the whole's persons come first.
        let person = PersonNo::at(whole.person_count() + place);
        let mut name = |table: Table, id: IdNo| ids.intern(table, child.ids.of(table).text(id));
        for audit in &child.kept.audits {
            audits.push(Audit { id: name(Table::Audits, audit.id), ..*audit });
        }
        for row in &child.kept.final_order_applications {
            let id = name(Table::FinalOrderApplications, row.id);
            applications.push(FinalOrderApplication { id, case: None, ..*row });
        }
        for (of_child, _) in child.workers.iter() {
            let worker: WorkerNo = retyped(name(Table::Workers, of_child.id()));
            workers.grow_to(worker.place() + 1, None);
            for row in child.involvements.of(of_child) {
                let role = row.role.map(|role| roles.intern(child.roles.text(role).as_bytes()));
                involvements.push((worker, Involvement { worker, person, role, team: None, ..*row }));
            }
        }
    }
    let kept = Kept { audits, final_order_applications: applications, ..whole.kept.listed() };
    Data {
        kept,
        involvements: Grouped::new(
            workers.len(),
            || involvements.iter().copied(),
            |a, b| a.person.cmp(&b.person),
        ),
        workers,
        teams: whole.teams.clone(),
        roles,
        ids,
        ..Data::of_nobody(&whole.supplied)
    }
}

/// The rows of a list that stay.
fn of_whole<T: Copy>(
    rows: &[T],
    owners: &[Option<PersonIx>],
    stays: impl Fn(&Option<PersonIx>) -> bool,
) -> Vec<T> {
    rows.iter().zip(owners).filter(|(_, owner)| stays(owner)).map(|(row, _)| *row).collect()
}
