//! Tables in, checked once: ids as small numbers, rows grouped by person, and every issue of the data.

mod build;
mod builder;
mod care_period;
mod checked;
mod checks;
mod chunk;
mod cla_owners;
mod data;
mod earliest;
mod grouped;
mod header;
mod issue;
mod kept;
mod links;
mod loaded;
mod origin;
mod ranks;
mod references;
mod row_numbers;
mod store;
mod supplied;

pub use builder::{DatasetBuilder, DatasetError, TableBuilder};
pub(crate) use care_period::{CarePeriod, is_respite};
pub use checked::Dataset;
pub use chunk::Chunk;
pub(crate) use data::{Data, PersonRecords};
pub(crate) use earliest::Earliest;
pub(crate) use grouped::Grouped;
pub use header::Header;
pub use issue::DataIssue;
pub(crate) use links::{Links, Undecided};
pub use origin::Origin;
pub use supplied::TableCount;
pub(crate) use supplied::{Supplied, Supply};
