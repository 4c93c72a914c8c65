//! A value of a settings file before it is known to make sense, so that a message can say in plain words
//! what was given and what is asked for.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::names::{nearest, shown};

/// What a visitor of objects says of anything else, in plain words.
macro_rules! objects_only {
    ($expected:literal) => {
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str($expected)
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Err(E::custom(concat!("expected ", $expected, ", found `null`")))
        }

        fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
            Err(E::custom(format_args!(concat!("expected ", $expected, ", found `{}`"), value)))
        }

        fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
            Err(E::custom(format_args!(concat!("expected ", $expected, ", found `{}`"), value)))
        }

        fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
            Err(E::custom(format_args!(concat!("expected ", $expected, ", found `{}`"), value)))
        }

        fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
            Err(E::custom(format_args!(concat!("expected ", $expected, ", found `{}`"), value)))
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            let text = crate::value::names::shown(text);
            Err(E::custom(format_args!(concat!("expected ", $expected, ", found `\"{}\"`"), text)))
        }

        fn visit_seq<A: serde::de::SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err(serde::de::Error::custom(concat!("expected ", $expected, ", found a list")))
        }
    };
}
pub(crate) use objects_only;

/// Reads a type from an object only: what serde derives would also take a list, by place, so that a value given
/// in the wrong form was taken for another. The type derives with `remote = "Self"`.
macro_rules! from_objects_only {
    ($type:ty, $expected:literal) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object;
                impl<'de> serde::de::Visitor<'de> for Object {
                    type Value = $type;

                    crate::value::given::objects_only!($expected);

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        object: A,
                    ) -> Result<Self::Value, A::Error> {
                        <$type>::deserialize(serde::de::value::MapAccessDeserializer::new(object))
                    }
                }
                // Asked for a map, some formats refuse what is not one in words of their own.
                deserializer.deserialize_any(Object)
            }
        }
    };
}
pub(crate) use from_objects_only;

/// A value in a file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Given {
    Null,
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    List(Vec<Self>),
    /// By key, in the order given; a key that is there twice is here twice.
    Object(Vec<(String, Self)>),
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("`null`"),
            Self::Bool(value) => write!(f, "`{value}`"),
            Self::Whole(value) => write!(f, "`{value}`"),
            Self::Number(value) => write!(f, "`{value}`"),
            Self::Text(text) => write!(f, "`\"{}\"`", shown(text)),
            Self::List(_) => f.write_str("a list"),
            Self::Object(_) => f.write_str("an object"),
        }
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Given;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E: Error>(self) -> Result<Given, E> {
                Ok(Given::Null)
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Given, E> {
                Ok(Given::Bool(value))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Given, E> {
                Ok(Given::Whole(value))
            }

            #[expect(clippy::cast_precision_loss, reason = "beyond every bound, and only shown")]
            fn visit_u64<E: Error>(self, value: u64) -> Result<Given, E> {
                Ok(i64::try_from(value).map_or(Given::Number(value as f64), Given::Whole))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Given, E> {
                Ok(Given::Number(value))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Given, E> {
                Ok(Given::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Given, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Given::List(values))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Given::Object(entries))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Whole(value) => serializer.serialize_i64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => {
                let mut list = serializer.serialize_seq(Some(values.len()))?;
                for value in values {
                    list.serialize_element(value)?;
                }
                list.end()
            }
            Self::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// The entries of an object, each of which may be asked for once.
pub(crate) struct Fields(Vec<(String, Given)>);

impl Fields {
    /// The entries, each under one of the known keys and none twice.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub(crate) fn of(given: Given, what: &str, known: &[&str]) -> Result<Self, String> {
        let Given::Object(entries) = given else { return Err(format!("expected {what}, found {given}")) };
        for (place, (key, _)) in entries.iter().enumerate() {
            if !known.contains(&key.as_str()) {
                let near = nearest(key, known.iter().copied());
                return Err(format!("unknown key `{}`, did you mean `{near}`?", shown(key)));
            }
            if entries.iter().take(place).any(|(other, _)| other == key) {
                return Err(format!("`{key}` is given twice"));
            }
        }
        Ok(Self(entries))
    }

    /// The value of a key, if it has one; null counts as nothing.
    pub(crate) fn take(&mut self, key: &str) -> Option<Given> {
        let place = self.0.iter().position(|(name, _)| name == key)?;
        Some(self.0.swap_remove(place).1).filter(|given| *given != Given::Null)
    }

    /// A text that must be there.
    pub(crate) fn text(&mut self, key: &str) -> Result<String, String> {
        let given = self.take(key).ok_or_else(|| format!("`{key}` is missing"))?;
        String::from_given(&given).map_err(|error| format!("`{key}`: {error}"))
    }

    /// A setting that may be left out.
    pub(crate) fn setting<T: Setting>(&mut self, key: &str) -> Result<Option<T>, String> {
        let given = self.take(key);
        given.map(|given| T::from_given(&given).map_err(|error| format!("`{key}`: {error}"))).transpose()
    }

    /// A list that may be left out.
    pub(crate) fn list(&mut self, key: &str) -> Result<Vec<Given>, String> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Given::List(values)) => Ok(values),
            Some(given) => Err(format!("`{key}`: expected a list, found {given}")),
        }
    }
}

/// Something that a settings file can set. The error says what was given and what is asked for.
pub(crate) trait Setting: Sized {
    fn from_given(given: &Given) -> Result<Self, String>;
}

impl Setting for bool {
    fn from_given(given: &Given) -> Result<Self, String> {
        match given {
            Given::Bool(value) => Ok(*value),
            _ => Err(format!("expected true or false, found {given}")),
        }
    }
}

impl Setting for u16 {
    fn from_given(given: &Given) -> Result<Self, String> {
        let whole = match given {
            Given::Whole(value) => Self::try_from(*value).ok(),
            _ => None,
        };
        whole.ok_or_else(|| format!("{given} is not a whole number from 0 to {}", Self::MAX))
    }
}

impl Setting for String {
    fn from_given(given: &Given) -> Result<Self, String> {
        match given {
            Given::Text(text) => Ok(text.clone()),
            _ => Err(format!("expected text, found {given}")),
        }
    }
}

impl<T: Setting> Setting for Vec<T> {
    fn from_given(given: &Given) -> Result<Self, String> {
        match given {
            Given::List(values) => values.iter().map(T::from_given).collect(),
            _ => Err(format!("expected a list, found {given}")),
        }
    }
}

/// Values of one kind by id, each under one id alone.
///
/// # Errors
/// What is wrong, in words.
pub(crate) fn by_id<T>(
    given: &Given,
    what: &str,
    kind: &str,
    read: impl Fn(&Given) -> Result<T, String>,
) -> Result<BTreeMap<String, T>, String> {
    let Given::Object(entries) = given else { return Err(format!("expected {what}, found {given}")) };
    let mut values = BTreeMap::new();
    for (id, given) in entries {
        let value = read(given).map_err(|error| format!("{kind} of `{}`: {error}", shown(id)))?;
        if values.insert(id.clone(), value).is_some() {
            return Err(format!("{kind} of `{}` is given twice", shown(id)));
        }
    }
    Ok(values)
}

/// One of several named values.
pub(crate) fn named<T: Copy>(
    given: &Given,
    values: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    let text = match given {
        Given::Text(text) => text.as_str(),
        _ => "",
    };
    values.iter().copied().find(|value| name(*value) == text).ok_or_else(|| {
        let near = nearest(text, values.iter().map(|value| name(*value)));
        match given {
            Given::Text(text) => format!("unknown value `{}`, did you mean `{near}`?", shown(text)),
            _ => format!("expected a name such as `{near}`, found {given}"),
        }
    })
}
