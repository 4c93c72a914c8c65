//! The dataset, and what it was read from.

use csc_measures::Dataset;
use csc_measures_files::IgnoredFile;

/// The dataset, and what it was read from.
pub(crate) struct Data<S> {
    pub(crate) dataset: Dataset,
    pub(crate) sources: S,
    pub(crate) ignored: Vec<IgnoredFile>,
}
