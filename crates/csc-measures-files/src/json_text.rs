//! JSON text into a table, in one pass: its values are looked at as they are written, so that no number passes
//! through a float.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use csc_measures::{Chunk, DatasetBuilder, DatasetError, Decimal, Header, Rows, Scalar};
use serde::Deserializer;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::ReadError;

/// Reads a table's JSON text into the builder.
pub(crate) fn read(builder: &mut DatasetBuilder, name: &str, text: &[u8]) -> Result<(), ReadError> {
    let of_table = |error| ReadError::Table { file: name.to_owned(), error };
    let failed = |message: String| ReadError::Json { file: name.to_owned(), message };
    let text = std::str::from_utf8(text).map_err(|_| failed("the text is not UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}').trim_ascii_start();
    let header = builder.header(name).map_err(|error| of_table(error.into()))?;
    let mut given = Given::new(header);
    let mut json = serde_json::Deserializer::from_str(text);
    let read = match text.as_bytes().first() {
        Some(b'[') => json.deserialize_seq(ListOfRows(&mut given)),
        Some(b'{') => json.deserialize_map(Columns(&mut given)),
        _ => return Err(failed("expected a list of rows or an object of columns".to_owned())),
    };
    let read = read.and_then(|()| json.end());
    read.map_err(|error| failed(format!("not the JSON of a table: {error}")))?;
    given.add_to(builder).map_err(of_table)
}

/// A value as it is written; `None` for a text in which something is escaped.
fn scalar(written: &str) -> Option<Scalar<'_>> {
    Some(match written.as_bytes() {
        b"null" => Scalar::Null,
        b"true" => Scalar::Flag(true),
        b"false" => Scalar::Flag(false),
        [b'"', ..] => match written.get(1..written.len() - 1) {
            Some(text) if !text.contains('\\') => Scalar::Text(text),
            _ => return None,
        },
        [b'-' | b'0'..=b'9', ..] => number(written),
        _ => Scalar::Unreadable,
    })
}

/// A whole number as an integer and any other as an exact decimal; one that is too large for either as its text.
fn number(written: &str) -> Scalar<'_> {
    if let Ok(whole) = written.parse() {
        return Scalar::Integer(whole);
    }
    match written.parse::<Decimal>() {
        Ok(decimal) => decimal.to_string().parse().map_or(Scalar::Decimal(decimal), Scalar::Integer),
        Err(_) => Scalar::Text(written),
    }
}

/// The rows that are given.
struct Given<'a> {
    header: Header,
    /// The names that rows have and the table does not know.
    unknown: BTreeSet<Cow<'a, str>>,
    /// How many rows there were so far.
    count: usize,
    /// The names of the columns that any row names, in the order in which they come.
    names: Vec<Cow<'a, str>>,
    rows: Rows<'a>,
    /// The place after that of the column that was found last: rows name their columns in one order.
    next: usize,
    /// What is wrong with a row or a column that is JSON. It is reported once all of it was read, as what is not
    /// JSON comes first.
    wrong: Option<String>,
}

impl<'a> Given<'a> {
    fn new(header: Header) -> Self {
        Self {
            header,
            unknown: BTreeSet::new(),
            count: 0,
            names: Vec::new(),
            rows: Rows::new(0),
            next: 0,
            wrong: None,
        }
    }

    /// Adds a column, and says its place.
    fn add(&mut self, name: Cow<'a, str>) -> usize {
        self.names.push(name);
        self.rows.add_column()
    }

    /// The place of a column; `None` if the table does not know it.
    fn place(&mut self, name: Cow<'a, str>) -> Option<usize> {
        let is_next = self.names.get(self.next) == Some(&name);
        let place = if is_next {
            self.next
        } else {
            match self.names.iter().position(|known| *known == name) {
                Some(place) => place,
                None if self.unknown.contains(&name) => return None,
                None if self.header.push(&name) => self.add(name),
                None => {
                    self.unknown.insert(name);
                    return None;
                }
            }
        };
        self.next = place + 1;
        Some(place)
    }

    /// Takes the value of a row; the rows before it that did not name the column have a null there.
    fn put(&mut self, place: usize, row: usize, value: &'a RawValue) {
        let is_put = match scalar(value.get()) {
            Some(scalar) => self.rows.put(row, place, scalar),
            None => match serde_json::from_str::<Cow<'_, str>>(value.get()) {
                Ok(text) => self.rows.put_text(row, place, &text),
                // Half of a pair of surrogates is not a character.
                Err(_) => self.rows.put(row, place, Scalar::Unreadable),
            },
        };
        if !is_put {
            let name = self.names.get(place).map_or("", |name| name);
            self.wrong.get_or_insert_with(|| format!("row {} has column `{name}` twice", row + 1));
        }
    }

    /// What is wrong with what was read, as an error.
    fn check<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.wrong.take().map_or(Ok(()), |wrong| Err(E::custom(wrong)))
    }

    /// Hands the rows over.
    fn add_to(self, builder: &mut DatasetBuilder) -> Result<(), DatasetError> {
        let Self { mut header, mut rows, count, .. } = self;
        rows.fill(count);
        header.leave_out_unknown();
        builder.begin(header)?.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] })
    }
}

/// A list of rows.
struct ListOfRows<'g, 'a>(&'g mut Given<'a>);

impl<'a> Visitor<'a> for ListOfRows<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut rows: A) -> Result<(), A::Error> {
        while rows.next_element_seed(Part { given: self.0, of: Of::Row })?.is_some() {
            self.0.check()?;
            self.0.count += 1;
        }
        if self.0.count == 0 {
            // A table that has every column and no rows.
            self.0.header.push_every_column();
            for column in self.0.header.table().columns() {
                self.0.add(column.name.into());
            }
        }
        Ok(())
    }
}

/// An object of lists.
struct Columns<'g, 'a>(&'g mut Given<'a>);

impl<'a> Visitor<'a> for Columns<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of columns")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut columns: A) -> Result<(), A::Error> {
        let given = self.0;
        let mut first: Option<usize> = None;
        while let Some(Name(name)) = columns.next_key()? {
            if !given.header.push(&name) {
                columns.next_value::<IgnoredAny>()?;
                continue;
            }
            let place = given.add(name);
            given.count = 0;
            columns.next_value_seed(Part { given, of: Of::Column(place) })?;
            given.check()?;
            match first {
                Some(first) if first != given.count => {
                    let [name, other] =
                        [0, place].map(|place| given.names.get(place).map_or("", |name| name));
                    return Err(A::Error::custom(format!(
                        "column `{name}` has {first} rows and column `{other}` has {}",
                        given.count
                    )));
                }
                _ => first = Some(given.count),
            }
        }
        Ok(())
    }
}

/// What a part of the text should be.
#[derive(Clone, Copy)]
enum Of {
    /// The next row: an object.
    Row,
    /// The column at a place: a list.
    Column(usize),
}

/// A row or a column. What is of another form is read to its end all the same.
struct Part<'g, 'a> {
    given: &'g mut Given<'a>,
    of: Of,
}

impl<'a> Part<'_, 'a> {
    /// Notes that it is of another form.
    fn note_other_form<E>(self) -> Result<(), E> {
        let Given { count, names, wrong, .. } = self.given;
        wrong.get_or_insert_with(|| match self.of {
            Of::Row => format!("row {} is not an object", *count + 1),
            Of::Column(place) => {
                format!("column `{}` is not a list", names.get(place).map_or("", |name| name))
            }
        });
        Ok(())
    }
}

impl<'a> DeserializeSeed<'a> for Part<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Part<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row or a column")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut fields: A) -> Result<(), A::Error> {
        let Of::Row = self.of else {
            while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return self.note_other_form();
        };
        let given = self.given;
        given.next = 0;
        while let Some(Name(name)) = fields.next_key()? {
            match given.place(name) {
                Some(place) => given.put(place, given.count, fields.next_value()?),
                None => fields.next_value::<IgnoredAny>().map(|_| ())?,
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut values: A) -> Result<(), A::Error> {
        let Of::Column(place) = self.of else {
            while values.next_element::<IgnoredAny>()?.is_some() {}
            return self.note_other_form();
        };
        while let Some(value) = values.next_element()? {
            self.given.put(place, self.given.count, value);
            self.given.count += 1;
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.note_other_form()
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.note_other_form()
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.note_other_form()
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        self.note_other_form()
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        self.note_other_form()
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.note_other_form()
    }
}

/// A name, borrowed if nothing in it is escaped.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_what_is_written() {
        let decimal = |text: &str| Scalar::Decimal(text.parse().unwrap());
        for (written, expected) in [
            ("null", Some(Scalar::Null)),
            ("true", Some(Scalar::Flag(true))),
            ("\"P1\"", Some(Scalar::Text("P1"))),
            (r#""P\u0031""#, None),
            ("12", Some(Scalar::Integer(12))),
            ("1.0", Some(Scalar::Integer(1))),
            ("-0", Some(Scalar::Integer(0))),
            ("-0.0", Some(Scalar::Integer(0))),
            ("1e3", Some(Scalar::Integer(1000))),
            ("0.1", Some(decimal("0.1"))),
            ("909999.9999999999", Some(decimal("909999.9999999999"))),
            (
                "123456789012345678901234567890",
                Some(Scalar::Integer(123_456_789_012_345_678_901_234_567_890)),
            ),
            ("1e400", Some(Scalar::Text("1e400"))),
            ("[1]", Some(Scalar::Unreadable)),
            ("{\"a\": 1}", Some(Scalar::Unreadable)),
        ] {
            let value: &RawValue = serde_json::from_str(written).unwrap();
            assert_eq!(scalar(value.get()), expected, "{written}");
        }
    }

    #[test]
    fn what_is_escaped_is_read_where_it_stands() {
        let text = br#"[{ "compliment_id": "C\u0031", "received_date": "2017-03-01" },
            { "compliment_id": "\ud800", "received_date": "2017-03-01" },
            { "compliment\u005fid": "A\"B", "received_date": "soon" },
            { "received_date": "2017\u002d03-01", "compliment_id": "C1" }]"#;
        let mut builder = csc_measures::Dataset::builder();
        read(&mut builder, "compliments", text).unwrap();
        let dataset = builder.build();
        let issues: Vec<_> = dataset
            .issues()
            .iter()
            .map(|issue| (issue.row(), issue.code().as_str(), issue.record()))
            .collect();
        assert_eq!(
            issues,
            [(2, "bad_value", None), (3, "bad_date", Some("A\"B")), (4, "duplicate_id", Some("C1"))]
        );
    }
}
