//! The roles of the worker to whom a child is allocated, in the words of the systems that councils have.

use crate::column::Ids;
use crate::value::index::{Indexed, RoleNo};
use crate::value::names::letters_and_digits;

/// For each role of the data whether it is a lead one.
#[derive(Clone, Debug)]
pub(crate) struct LeadRoles(Indexed<RoleNo, bool>);

impl LeadRoles {
    /// Names are compared by their letters and digits.
    pub(super) fn new(roles: &Ids<RoleNo>, names: &[String]) -> Self {
        let names: Vec<String> = names.iter().map(|name| letters_and_digits(name)).collect();
        Self(roles.numbers().map(|role| names.iter().any(|name| name == roles.text(role))).collect())
    }

    /// Whether a role is a lead one; a worker without a role is the lead worker.
    pub(crate) fn leads(&self, role: Option<RoleNo>) -> bool {
        role.is_none_or(|role| self.0[role])
    }
}
