//! Further non-working days: the GOV.UK list of bank holidays, or a plain list of dates.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Nation;
use crate::value::given::{from_objects_only, objects_only};
use crate::value::names::{nearest, shown};

/// The bank holidays as GOV.UK publishes them (`https://www.gov.uk/bank-holidays.json`).
///
/// A division that is not one of the three nations, a key that the list does not have, or one that is there
/// twice is refused: a holiday that is left out would move due dates.
///
/// # Examples
///
/// ## An extra holiday of one nation
///
/// ```
/// use csc_measures::calendar::{BankHolidays, Nation};
///
/// # let json = r#"{"scotland": {"division": "scotland", "events": [
/// #     {"title": "World Cup bank holiday", "date": "2026-06-15", "notes": "", "bunting": true}]}}"#;
/// let list: BankHolidays = serde_json::from_str(json)?;
/// assert_eq!(list.events(Nation::Scotland).unwrap()[0].title, "World Cup bank holiday");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct BankHolidays {
    divisions: BTreeMap<&'static str, Division>,
}

impl BankHolidays {
    /// The events of a nation in the order of the list, `None` if the list does not have the nation.
    #[must_use]
    pub fn events(&self, nation: Nation) -> Option<&[BankHoliday]> {
        self.divisions.get(nation.as_str()).map(|division| division.events.as_slice())
    }
}

impl<'de> Deserialize<'de> for BankHolidays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = BankHolidays;

            objects_only!("the GOV.UK bank holidays, an object of divisions");

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<BankHolidays, A::Error> {
                let mut divisions = BTreeMap::new();
                while let Some(given) = map.next_key::<String>()? {
                    let name = division_name(&given).map_err(A::Error::custom)?;
                    let division: Division = map.next_value()?;
                    if let Some(other) = division.division.as_ref().filter(|other| *other != name) {
                        let other = shown(other);
                        return Err(A::Error::custom(format_args!(
                            "division `{name}` has `division` set to `{other}`"
                        )));
                    }
                    if divisions.insert(name, division).is_some() {
                        return Err(A::Error::custom(format_args!("division `{name}` is given twice")));
                    }
                }
                Ok(BankHolidays { divisions })
            }
        }

        deserializer.deserialize_any(List)
    }
}

fn division_name(given: &str) -> Result<&'static str, String> {
    let names = Nation::ALL.map(Nation::as_str);
    names.into_iter().find(|name| *name == given).ok_or_else(|| {
        format!("unknown division `{}`, did you mean `{}`?", shown(given), nearest(given, names))
    })
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
struct Division {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    division: Option<String>,
    events: Vec<BankHoliday>,
}

from_objects_only!(Division, "a division of the GOV.UK bank holidays, an object with `events`");

impl Serialize for Division {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// One holiday of the GOV.UK list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct BankHoliday {
    /// The name, such as `Early May bank holiday`.
    pub title: String,
    /// The day on which it is kept.
    #[serde(deserialize_with = "iso_date")]
    pub date: NaiveDate,
    /// `Substitute day` and the like; mostly empty.
    #[serde(default)]
    pub notes: String,
    /// Whether GOV.UK hangs out bunting.
    #[serde(default)]
    pub bunting: bool,
}

from_objects_only!(BankHoliday, "a bank holiday, an object with `title` and `date`");

impl Serialize for BankHoliday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// A closures file: the GOV.UK bank holidays, or a list of dates in the form `YYYY-MM-DD`.
///
/// # Examples
///
/// ## Days between Christmas and New Year, and neither form
///
/// ```
/// use csc_measures::calendar::Closures;
///
/// // the days between Christmas and New Year
/// let closures: Closures = serde_json::from_str(r#"["2016-12-28", "2016-12-29", "2016-12-30"]"#)?;
/// assert!(matches!(closures, Closures::Dates(dates) if dates.len() == 3));
///
/// // neither form
/// let error = serde_json::from_str::<Closures>("7").unwrap_err();
/// assert!(error.to_string().contains("expected the GOV.UK bank holidays or a list of dates"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Closures {
    /// The GOV.UK form: the events of the calendar's nation become bank holidays.
    BankHolidays(BankHolidays),
    /// A list of dates, each a further non-working day.
    Dates(Vec<NaiveDate>),
}

impl<'de> Deserialize<'de> for Closures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;

        impl<'de> Visitor<'de> for Form {
            type Value = Closures;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the GOV.UK bank holidays or a list of dates")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Closures, A::Error> {
                BankHolidays::deserialize(MapAccessDeserializer::new(map)).map(Closures::BankHolidays)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Closures, A::Error> {
                let dates = Vec::<IsoDate>::deserialize(SeqAccessDeserializer::new(list))?;
                Ok(Closures::Dates(dates.into_iter().map(|date| date.0).collect()))
            }
        }

        deserializer.deserialize_any(Form)
    }
}

struct IsoDate(NaiveDate);

impl<'de> Deserialize<'de> for IsoDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        iso_date(deserializer).map(Self)
    }
}

fn iso_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    struct Iso;

    impl Visitor<'_> for Iso {
        type Value = NaiveDate;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a date in the form YYYY-MM-DD")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<NaiveDate, E> {
            // chrono also reads "2017-3-1" and "+2017-03-1"; it writes the one form
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()
                .filter(|date| date.to_string() == text)
                .ok_or_else(|| E::custom(format_args!("`{text}` is not a date in the form YYYY-MM-DD")))
        }
    }

    deserializer.deserialize_str(Iso)
}
