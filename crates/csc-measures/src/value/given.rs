//! A value of a settings file before it is known to make sense, so that a message can say in plain words
//! what was given and what is asked for.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

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

/// What stands in a file.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    Null,
    Bool(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    List(Vec<Self>),
    Object,
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
            Self::Object => f.write_str("an object"),
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
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Given::Object)
            }
        }
        deserializer.deserialize_any(Any)
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
