//! Codes of the returns for who a child is.

use crate::tables::Row;

/// Sex, as the census of children in need and the API have it: not known where nobody recorded it.
pub(super) fn sex(person: &Row) -> &str {
    match person.get("sex") {
        "" => "U",
        sex => sex,
    }
}

/// Sex, as SSDA903 has it in these years; it has no code for one that is not known.
pub(super) fn sex_number(person: &Row) -> &'static str {
    match person.get("sex") {
        "M" => "1",
        "F" => "2",
        _ => "",
    }
}

/// Ethnicity: not yet obtained where nobody recorded it.
pub(super) fn ethnicity(person: &Row) -> &str {
    match person.get("ethnicity") {
        "" => "NOBT",
        code => code,
    }
}
