//! The ids and names of everything that rows name.

use super::{Space, Table};
use crate::column::{Ids, Namespace};
use crate::value::index::{IdNo, LabelNo, OrderNo, RoleNo, TeamNo, broken};

/// Ids of every kind.
#[derive(Debug)]
pub(crate) struct Names {
    /// By table.
    own: Vec<Namespace>,
    cla: Namespace,
    carers: Namespace,
    pub(crate) teams: Ids<TeamNo>,
    /// Roles of involvements, letters and digits only.
    pub(crate) roles: Ids<RoleNo>,
    /// Orders, folded.
    orders: Ids<OrderNo>,
    /// Texts by which persons are grouped.
    pub(crate) labels: Ids<LabelNo>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            own: Table::ALL.iter().map(|_| Namespace::default()).collect(),
            cla: Namespace::default(),
            carers: Namespace::default(),
            teams: Ids::default(),
            roles: Ids::default(),
            orders: Ids::default(),
            labels: Ids::default(),
        }
    }
}

impl Names {
    /// The bytes that all ids are held in.
    pub(crate) fn held(&self) -> usize {
        let spaces = self.own.iter().chain([&self.cla, &self.carers]).map(Namespace::held);
        let texts = self.teams.held() + self.roles.held() + self.orders.held() + self.labels.held();
        spaces.sum::<usize>() + texts
    }

    /// The ids of a table's rows.
    pub(crate) fn table(&self, table: Table) -> &Namespace {
        self.own.get(table as usize).unwrap_or_else(|| broken(format_args!("`{table}` has no ids")))
    }

    pub(crate) fn table_mut(&mut self, table: Table) -> &mut Namespace {
        self.own.get_mut(table as usize).unwrap_or_else(|| broken(format_args!("`{table}` has no ids")))
    }

    pub(crate) fn space(&self, space: Space) -> &Namespace {
        match space {
            Space::Table(table) => self.table(table),
            Space::Cla => &self.cla,
            Space::Carers => &self.carers,
        }
    }

    fn space_mut(&mut self, space: Space) -> &mut Namespace {
        match space {
            Space::Table(table) => self.table_mut(table),
            Space::Cla => &mut self.cla,
            Space::Carers => &mut self.carers,
        }
    }

    pub(crate) fn ids_mut(&mut self, space: Space) -> &mut Ids<IdNo> {
        &mut self.space_mut(space).ids
    }

    /// Notes that something defines an id that was referred to; that others do so too does not matter.
    pub(crate) fn define(&mut self, space: Space, id: IdNo) {
        self.space_mut(space).note_row(id);
    }

    /// Takes the ids of a table's rows away.
    pub(crate) fn take(&mut self, space: Space) -> Ids<IdNo> {
        std::mem::take(&mut self.space_mut(space).ids)
    }

    pub(crate) fn team(&mut self, team: &str) -> TeamNo {
        self.teams.intern(team.as_bytes())
    }

    pub(crate) fn role(&mut self, folded: &str) -> RoleNo {
        self.roles.intern(folded.as_bytes())
    }

    pub(crate) fn order(&mut self, folded: &str) -> OrderNo {
        self.orders.intern(folded.as_bytes())
    }

    pub(crate) fn label(&mut self, text: &str) -> LabelNo {
        self.labels.intern(text.as_bytes())
    }
}
