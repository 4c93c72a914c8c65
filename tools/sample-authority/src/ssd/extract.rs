//! What every file of the dataset is made of: the tables, the choice, and what leads from row to row.

use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{Choice, System};
use super::departments::Departments;
use super::ids;
use super::links::Links;
use super::siblings::{Shared, first};
use crate::chance::mix;
use crate::tables::{Row, Tables};

/// The extract of a system.
pub(super) struct Extract<'a> {
    pub(super) tables: &'a Tables<'a>,
    pub(super) choice: &'a Choice,
    pub(super) departments: Departments,
    pub(super) links: Links,
    seed: u64,
}

/// What is decided by lot. Each has draws of its own, so that one more changes no other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lot {
    Legacy,
    Details,
    EstimatedBirth,
    OtherImmigration,
    OpenAssessment,
    StepStart,
    UnknownPerson,
    StepStarted,
    OtherLegalStatus,
    ReviewNotHeld,
    Unallocated,
    RandomId,
    Disability,
}

impl<'a> Extract<'a> {
    /// Reads what leads from row to row.
    pub(super) fn read(
        tables: &'a Tables<'a>,
        choice: &'a Choice,
        seed: u64,
    ) -> Result<Self, Box<dyn Error>> {
        let (departments, links) = (Departments::read(tables)?, Links::read(tables)?);
        Ok(Self { tables, choice, departments, links, seed })
    }

    /// The rows of a table, in their order.
    pub(super) fn rows(&self, table: Table) -> Result<Vec<Row>, Box<dyn Error>> {
        self.tables.rows(table)
    }

    /// The draw of a number.
    pub(super) fn draw(&self, lot: Lot, number: u64) -> u64 {
        mix(mix(self.seed ^ mix(lot as u64 + 1)) ^ number)
    }

    /// Whether a number is one of so many.
    pub(super) fn one_in(&self, lot: Lot, number: u64, times: u64) -> bool {
        self.draw(lot, number).is_multiple_of(times)
    }

    /// The number of the department of a row, which Eclipse does not tell of referrals and workers.
    pub(super) fn department(&self, team: &str) -> &str {
        self.departments.id(team)
    }

    /// The id of a referral of a person.
    pub(super) fn referral(&self, referral: &str, person: &str) -> String {
        if referral.is_empty() {
            return String::new();
        }
        match self.choice.system {
            System::Systemc => ids::row(Table::Referrals, referral),
            System::Mosaic => ids::row(Table::Referrals, first(&self.links.referrals, referral)),
            System::Eclipse => ids::person(person) + &ids::row(Table::Referrals, referral),
        }
    }

    /// The id of a row whose form Mosaic has one of for brothers and sisters.
    pub(super) fn step(&self, table: Table, id: &str, shared: &Shared) -> String {
        if id.is_empty() {
            return String::new();
        }
        let is_shared = self.choice.of(System::Mosaic);
        ids::row(table, if is_shared { first(shared, id) } else { id })
    }
}
