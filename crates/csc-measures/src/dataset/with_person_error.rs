//! Why the rows of a child cannot take the place of those before.

use crate::tables::Table;
use crate::value::names::shown;

/// Why a dataset cannot be made [with other rows of one child](crate::Dataset::with_person), or
/// [without a child](crate::Dataset::without_person).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WithPersonError {
    /// Rows none of which can be used and names a person.
    #[error(
        "no row that can be used names a person; give the rows of one child, or take a child out by its id"
    )]
    NoPerson,
    /// Rows of several persons.
    #[error(
        "the rows are of `{}` and of `{}`; give those of one child at a time",
        shown(person),
        shown(other)
    )]
    RowsOfOthers {
        /// The person named first.
        person: String,
        /// Another.
        other: String,
    },
    /// A row that names no person, of a table in which that is allowed.
    #[error("row {row} of table `{table}` names no person; give the rows of one child alone")]
    RowOfNobody {
        /// The table.
        table: Table,
        /// The row, 1 = the first data row.
        row: u64,
    },
    /// Rows of a table that is not kept by person.
    #[error(
        "table `{table}` holds no rows of a child; leave it out, and if its rows changed build the dataset anew"
    )]
    NotOfPersons {
        /// The table.
        table: Table,
    },
    /// Rows of a table that the dataset does not have.
    #[error("table `{table}` is not in the dataset; leave it out, or build the dataset anew with it")]
    TableNotThere {
        /// The table.
        table: Table,
    },
    /// A column that only one of the two has.
    #[error(
        "column `{column}` of table `{table}` is {}; give the columns that the dataset has of the table",
        if *.is_given { "in the rows and not in the dataset" } else { "in the dataset and not in the rows" }
    )]
    OtherColumns {
        /// The table.
        table: Table,
        /// The column.
        column: &'static str,
        /// Whether the rows have it.
        is_given: bool,
    },
    /// A table of another kind: one is [as at](crate::TableBuilder::as_at) a day or [lacks](crate::TableBuilder::lacks)
    /// something, and the other is not or does not.
    #[error(
        "table `{table}` is as at another day, or lacks other things, than in the dataset; say the same of it, or build \
         the dataset anew"
    )]
    OtherExtract {
        /// The table.
        table: Table,
    },
    /// A table of the Standard Safeguarding Dataset, whose rows are read by what the whole of them holds.
    #[error(
        "table `{table}` came under its name of the Standard Safeguarding Dataset, in which all rows together say how \
         each is read; build the dataset anew"
    )]
    OfStandardDataset {
        /// The table.
        table: Table,
    },
    /// A review of a period of care that the rows do not have.
    #[error(
        "a row of table `cla_reviews` is of the period of care `{}`, which no row of `cla_episodes` of the child has; give \
         the reviews of the child's own periods",
        shown(cla_id)
    )]
    ReviewOfOthers {
        /// The period's id.
        cla_id: String,
    },
    /// An id by which rows of the child and of somebody else would hang together.
    #[error(
        "`{}` of table `{table}` is also named by a row of another person; both would have to be read together, so build \
         the dataset anew",
        shown(id)
    )]
    NamedByOthers {
        /// The table whose row has the id, or would.
        table: Table,
        /// The id.
        id: String,
    },
    /// A person whose rows in the dataset and those of somebody else refer to each other.
    #[error(
        "rows of `{}` and of another person in the dataset refer to each other; both would have to be read together, so \
         build the dataset anew",
        shown(person)
    )]
    TiedToOthers {
        /// The person.
        person: String,
    },
    /// A person that no table names.
    #[error("person `{}` is in none of the tables", shown(id))]
    UnknownPerson {
        /// The id as given.
        id: String,
    },
}
