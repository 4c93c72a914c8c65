//! Groups by their place.

/// The place of a group among those of its dimension.
pub(crate) type GroupNo = usize;

/// The group of cases of which the dimension is not recorded.
pub(super) const NOT_RECORDED: GroupNo = 0;
