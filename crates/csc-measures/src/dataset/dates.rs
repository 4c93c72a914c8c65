//! How the text dates of each table are written.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::column::{DateForm, LondonDay};
use crate::tables::{Table, UnknownTable};
use crate::value::names::{nearest, shown};

/// How the text dates of a table are written, and whose clock says on which day an instant lies.
pub(in crate::dataset) type DateSource = (DateForm, Option<LondonDay>);

/// How the text dates of each table are written: all alike, or table by table.
///
/// As JSON it is `"iso"`, `"uk"` or an object by table, in which `*` means every other table. As text it is
/// `uk` or `cp_visits=uk,*=iso`.
///
/// # Examples
///
/// ## UK dates in one table only
///
/// ```
/// use csc_measures::tables::Table;
/// use csc_measures::{DateForm, Dates};
///
/// let dates: Dates = "cp_visits=uk".parse()?;
/// assert_eq!(dates.of(Table::CpVisits), DateForm::Uk);
/// assert_eq!(dates.of(Table::CpPlans), DateForm::Iso);
/// assert_eq!(Dates::from(DateForm::Uk).of(Table::CpPlans), DateForm::Uk);
///
/// let json = r#"{"cp_visits": "uk", "*": "iso"}"#;
/// assert_eq!(serde_json::from_str::<Dates>(json).unwrap(), dates);
/// # Ok::<(), csc_measures::DatesError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    all: DateForm,
    tables: BTreeMap<Table, DateForm>,
}

/// Why a text or an object does not say how dates are written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatesError {
    /// A form that dates do not have.
    #[error("unknown form of dates `{form}`, did you mean `{nearest}`?")]
    UnknownForm {
        /// What was given.
        form: String,
        /// The form that is nearest.
        nearest: String,
    },
    /// A name that no table has.
    #[error(transparent)]
    UnknownTable(#[from] UnknownTable),
    /// A table that has two forms.
    #[error("the form of the dates of `{table}` is given twice")]
    TableTwice {
        /// The table, or `*`.
        table: String,
    },
}

/// The word for every table that is not named.
const EVERY: &str = "*";

impl Dates {
    /// The form of a table's dates.
    #[must_use]
    pub fn of(&self, table: Table) -> DateForm {
        self.tables.get(&table).copied().unwrap_or(self.all)
    }

    fn named<'a>(given: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, DatesError> {
        let mut all = None;
        let mut tables = BTreeMap::new();
        for (name, form) in given {
            let form = form_of(form)?;
            let before = match name {
                EVERY => all.replace(form),
                name => tables.insert(Table::by_name(name)?, form),
            };
            if before.is_some() {
                return Err(DatesError::TableTwice { table: name.to_owned() });
            }
        }
        Ok(Self { all: all.unwrap_or_default(), tables })
    }
}

fn form_of(text: &str) -> Result<DateForm, DatesError> {
    match text {
        "iso" => Ok(DateForm::Iso),
        "uk" => Ok(DateForm::Uk),
        _ => Err(DatesError::UnknownForm {
            form: shown(text),
            nearest: nearest(text, ["iso", "uk"]).to_owned(),
        }),
    }
}

fn name_of(form: DateForm) -> &'static str {
    match form {
        DateForm::Iso => "iso",
        DateForm::Uk => "uk",
    }
}

impl From<DateForm> for Dates {
    fn from(form: DateForm) -> Self {
        Self { all: form, tables: BTreeMap::new() }
    }
}

impl FromStr for Dates {
    type Err = DatesError;

    fn from_str(text: &str) -> Result<Self, DatesError> {
        if !text.contains(['=', ',']) {
            return form_of(text.trim()).map(Self::from);
        }
        Self::named(text.split(',').map(|part| {
            let (table, form) = part.split_once('=').unwrap_or((EVERY, part));
            (table.trim(), form.trim())
        }))
    }
}

impl fmt::Display for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.tables.is_empty() {
            return f.write_str(name_of(self.all));
        }
        for (table, form) in &self.tables {
            write!(f, "{table}={},", name_of(*form))?;
        }
        write!(f, "{EVERY}={}", name_of(self.all))
    }
}

impl Serialize for Dates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.tables.is_empty() {
            return serializer.serialize_str(name_of(self.all));
        }
        let tables = self.tables.iter().map(|(table, form)| (table.name(), name_of(*form)));
        serializer.collect_map(tables.chain([(EVERY, name_of(self.all))]))
    }
}

impl<'de> Deserialize<'de> for Dates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected `iso`, `uk` or an object of them by table")]
        enum Given {
            All(String),
            Tables(BTreeMap<String, String>),
        }
        let dates = match Given::deserialize(deserializer)? {
            Given::All(form) => form_of(&form).map(Self::from),
            Given::Tables(tables) => {
                Self::named(tables.iter().map(|(table, form)| (table.as_str(), form.as_str())))
            }
        };
        dates.map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_given_for_all_tables_or_by_table() {
        for (text, json) in [
            ("iso", r#""iso""#),
            ("uk", r#""uk""#),
            ("cp_visits=uk,*=iso", r#"{"cp_visits":"uk","*":"iso"}"#),
            ("cp_plans=iso,cp_visits=uk,*=uk", r#"{"cp_plans":"iso","cp_visits":"uk","*":"uk"}"#),
        ] {
            let dates: Dates = text.parse().unwrap();
            assert_eq!(dates.to_string(), text);
            assert_eq!(serde_json::to_string(&dates).unwrap(), json);
            assert_eq!(serde_json::from_str::<Dates>(json).unwrap(), dates);
        }
        // a table by its other name, and a form for the rest by itself
        let dates: Dates = "ssd_cp_visits=iso, uk".parse().unwrap();
        assert_eq!((dates.of(Table::CpVisits), dates.of(Table::CpPlans)), (DateForm::Iso, DateForm::Uk));
    }

    #[test]
    fn what_is_misspelt_is_refused_with_the_nearest() {
        for (text, message) in [
            ("us", "unknown form of dates `us`, did you mean `uk`?"),
            ("cp_visit=uk", "unknown table `cp_visit`, did you mean `cp_visits`?"),
            ("cp_visits=", "unknown form of dates ``, did you mean `uk`?"),
            ("cp_visits=uk,ssd_cp_visits=iso", "the form of the dates of `ssd_cp_visits` is given twice"),
            ("uk,*=iso,cp_plans=uk", "the form of the dates of `*` is given twice"),
        ] {
            assert_eq!(text.parse::<Dates>().unwrap_err().to_string(), message);
        }
        let error = serde_json::from_str::<Dates>(r#"{"cp_visits":1}"#).unwrap_err().to_string();
        assert!(error.starts_with("expected `iso`, `uk` or an object of them by table"), "{error}");
    }
}
