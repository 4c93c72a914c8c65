//! Codes of what no table tells.

/// Sex and ethnicity of everybody: not known, not yet obtained.
pub(super) const SEX: &str = "U";
pub(super) const ETHNICITY: &str = "NOBT";
