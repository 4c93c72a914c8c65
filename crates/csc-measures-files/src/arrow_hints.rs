//! What a writer of Arrow says of its columns in a Parquet file beside the Parquet schema.
//!
//! The schema of the file says that a timestamp is adjusted to UTC, and not whose midnight it was: the time zone
//! of a column stands only in the Arrow schema that pandas, Polars and others put in the metadata. It is a
//! flatbuffer in base 64, of which this reads the little that changes how a column is read.

use csc_measures::TimeUnit;

/// The metadata under which the Arrow schema stands.
pub(crate) const KEY: &str = "ARROW:schema";

/// An Arrow schema that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its Arrow schema cannot be read")]
pub(crate) struct Malformed;

/// What the Arrow schema says of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hint {
    pub(crate) name: String,
    pub(crate) kind: HintKind,
    /// Whether the values are UUIDs.
    pub(crate) is_uuid: bool,
}

/// A type that Parquet has no name for, or knows less of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HintKind {
    Timestamp {
        unit: TimeUnit,
        zone: Option<String>,
    },
    /// Dates as milliseconds.
    Date64,
    /// A time of day or a duration.
    Time,
    Other,
}

/// The columns of an encoded schema, in their order.
pub(crate) fn hints(encoded: &str) -> Result<Vec<Hint>, Malformed> {
    /// Where the fields of a message and of a schema stand in them.
    const HEADER_KIND: u16 = 1;
    const HEADER: u16 = 2;
    const FIELDS: u16 = 1;
    /// The message has a schema.
    const SCHEMA: u8 = 1;

    let bytes = from_base64(encoded).ok_or(Malformed)?;
    let message = match bytes.split_at_checked(8) {
        Some((&[0xff, 0xff, 0xff, 0xff, ..], message)) => message,
        _ => bytes.as_slice(),
    };
    let message = Table::root(message)?;
    if message.byte(HEADER_KIND)? != Some(SCHEMA) {
        return Err(Malformed);
    }
    let schema = message.table(HEADER)?.ok_or(Malformed)?;
    schema.tables(FIELDS)?.into_iter().map(hint).collect()
}

fn hint(field: Table<'_>) -> Result<Hint, Malformed> {
    const NAME: u16 = 0;
    const KIND: u16 = 2;
    const TYPE: u16 = 3;
    const METADATA: u16 = 6;
    /// Of an entry of the metadata.
    const ENTRY: u16 = 0;
    const VALUE: u16 = 1;

    let mut is_uuid = false;
    for entry in field.tables(METADATA)? {
        is_uuid |=
            entry.text(ENTRY)? == Some("ARROW:extension:name") && entry.text(VALUE)? == Some("arrow.uuid");
    }
    // The type of a dictionary is that of its values.
    let kind = kind(field.byte(KIND)?.unwrap_or_default(), field.table(TYPE)?)?;
    Ok(Hint { name: field.text(NAME)?.unwrap_or_default().to_owned(), kind, is_uuid })
}

fn kind(kind: u8, of_type: Option<Table<'_>>) -> Result<HintKind, Malformed> {
    const DATE: u8 = 8;
    const TIME: u8 = 9;
    const TIMESTAMP: u8 = 10;
    const DURATION: u8 = 18;
    /// Where a type has its unit, and a timestamp its zone.
    const UNIT: u16 = 0;
    const ZONE: u16 = 1;

    Ok(match (kind, of_type) {
        (TIMESTAMP, Some(of_type)) => {
            let unit = match of_type.short(UNIT)?.unwrap_or_default() {
                0 => TimeUnit::Second,
                1 => TimeUnit::Millisecond,
                2 => TimeUnit::Microsecond,
                3 => TimeUnit::Nanosecond,
                _ => return Err(Malformed),
            };
            HintKind::Timestamp { unit, zone: of_type.text(ZONE)?.map(str::to_owned) }
        }
        // Days have the unit 0; milliseconds are what is meant if there is none.
        (DATE, Some(of_type)) if of_type.short(UNIT)? != Some(0) => HintKind::Date64,
        (TIME | DURATION, _) => HintKind::Time,
        _ => HintKind::Other,
    })
}

/// A table of a flatbuffer.
#[derive(Clone, Copy, Debug)]
struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Table<'a> {
    fn root(bytes: &'a [u8]) -> Result<Self, Malformed> {
        Self { bytes, at: 0 }.follow(0)
    }

    fn array<const N: usize>(self, at: usize) -> Result<[u8; N], Malformed> {
        let bytes = at.checked_add(N).and_then(|end| self.bytes.get(at..end)).ok_or(Malformed)?;
        bytes.try_into().map_err(|_| Malformed)
    }

    fn length(self, at: usize) -> Result<usize, Malformed> {
        self.array(at).map(u32::from_le_bytes).and_then(|length| length.try_into().map_err(|_| Malformed))
    }

    /// The table to which the offset at a place leads.
    fn follow(self, at: usize) -> Result<Self, Malformed> {
        let at = at.checked_add(self.length(at)?).ok_or(Malformed)?;
        Ok(Self { at, ..self })
    }

    /// Where a field stands; `None` if it has its default.
    fn field(self, number: u16) -> Result<Option<usize>, Malformed> {
        let back = i64::from(i32::from_le_bytes(self.array(self.at)?));
        let places = i64::try_from(self.at).ok().and_then(|at| usize::try_from(at - back).ok());
        let places = places.ok_or(Malformed)?;
        let length = u16::from_le_bytes(self.array(places)?);
        let place = 4 + 2 * number;
        if place + 2 > length {
            return Ok(None);
        }
        let offset = u16::from_le_bytes(self.array(places + usize::from(place))?);
        Ok((offset > 0).then(|| self.at + usize::from(offset)))
    }

    fn byte(self, number: u16) -> Result<Option<u8>, Malformed> {
        self.field(number)?.map(|at| self.array(at).map(|[byte]| byte)).transpose()
    }

    fn short(self, number: u16) -> Result<Option<i16>, Malformed> {
        self.field(number)?.map(|at| self.array(at).map(i16::from_le_bytes)).transpose()
    }

    fn table(self, number: u16) -> Result<Option<Self>, Malformed> {
        self.field(number)?.map(|at| self.follow(at)).transpose()
    }

    /// The tables of a list.
    fn tables(self, number: u16) -> Result<Vec<Self>, Malformed> {
        let Some(list) = self.table(number)? else { return Ok(Vec::new()) };
        let length = self.length(list.at)?;
        // An entry takes four bytes.
        if length > self.bytes.len() / 4 {
            return Err(Malformed);
        }
        (0..length).map(|place| self.follow(list.at + 4 + 4 * place)).collect()
    }

    fn text(self, number: u16) -> Result<Option<&'a str>, Malformed> {
        let Some(text) = self.table(number)? else { return Ok(None) };
        let (from, length) = (text.at + 4, self.length(text.at)?);
        let bytes = from.checked_add(length).and_then(|end| self.bytes.get(from..end)).ok_or(Malformed)?;
        std::str::from_utf8(bytes).map(Some).map_err(|_| Malformed)
    }
}

/// The bytes of a text in base 64, with or without the padding at its end.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for group in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in group {
            let value = match digit {
                b'A'..=b'Z' => digit - b'A',
                b'a'..=b'z' => digit - b'a' + 26,
                b'0'..=b'9' => digit - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(value);
        }
        let [_, first, second, third] = (bits << (6 * (4 - group.len()))).to_be_bytes();
        match group.len() {
            4 => bytes.extend([first, second, third]),
            3 => bytes.extend([first, second]),
            2 => bytes.push(first),
            _ => return None,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_of_any_length() {
        for (text, bytes) in [
            ("", &b""[..]),
            ("TQ==", b"M"),
            ("TWE=", b"Ma"),
            ("TWFu", b"Man"),
            ("TWFuTQ", b"ManM"),
            ("/+8=", b"\xff\xef"),
        ] {
            assert_eq!(from_base64(text).as_deref(), Some(bytes), "{text}");
        }
        for text in ["T", "TWFuT", "TW-u", "TQ =", "T=Fu"] {
            assert_eq!(from_base64(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_schema_is_refused() {
        // nothing; an offset beyond the end; a table whose list of places lies before the beginning
        for encoded in ["", "AAAA", "/////w==", "/////wAAAAAAAAAA", "BAAAAP///38AAAAA", "not base 64"] {
            assert_eq!(hints(encoded), Err(Malformed), "{encoded}");
        }
    }
}
