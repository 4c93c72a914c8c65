//! Tables and returns together, each table from one of them.

mod find;
mod kind;
mod reader;

pub use kind::{ParseSourceKindError, SourceKind};
pub use reader::{Source, SourceReader, read_sources};
