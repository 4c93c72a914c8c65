//! JSON text into a table, in one pass: its values are looked at as they are written, so that no number passes
//! through a float.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use csc_measures::{Chunk, Column, DatasetBuilder, DatasetError, Decimal, Header, Scalar};
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
        Some(b'[') => json.deserialize_seq(Rows(&mut given)),
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

/// A column that the table knows, by the name that rows call it by.
struct Named<'a> {
    name: Cow<'a, str>,
    values: Vec<Scalar<'a>>,
}

/// A text in which something is escaped: whose it is, and where it lies among all such.
struct Escaped {
    column: usize,
    row: usize,
    text: Range<usize>,
}

/// The rows that are given.
struct Given<'a> {
    header: Header,
    /// The names that rows have and the table does not know.
    unknown: BTreeSet<Cow<'a, str>>,
    rows: usize,
    /// The columns that any row names, in the order in which they come.
    columns: Vec<Named<'a>>,
    /// The place after that of the column that was found last: rows name their columns in one order.
    next: usize,
    escaped: Vec<Escaped>,
    unescaped: String,
    /// What is wrong with a row or a column that is JSON. It is reported once all of it was read, as what is not
    /// JSON comes first.
    wrong: Option<String>,
}

impl<'a> Given<'a> {
    fn new(header: Header) -> Self {
        Self {
            header,
            unknown: BTreeSet::new(),
            rows: 0,
            columns: Vec::new(),
            next: 0,
            escaped: Vec::new(),
            unescaped: String::new(),
            wrong: None,
        }
    }

    /// The place of a column; `None` if the table does not know it.
    fn place(&mut self, name: Cow<'a, str>) -> Option<usize> {
        let is_next = self.columns.get(self.next).is_some_and(|column| column.name == name);
        let place = if is_next {
            self.next
        } else {
            match self.columns.iter().position(|column| column.name == name) {
                Some(place) => place,
                None if self.unknown.contains(&name) => return None,
                None if self.header.push(&name) => {
                    self.columns.push(Named { name, values: Vec::new() });
                    self.columns.len() - 1
                }
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
        let Some(column) = self.columns.get_mut(place) else { return };
        if column.values.len() > row {
            let wrong = format!("row {} has column `{}` twice", row + 1, column.name);
            self.wrong.get_or_insert(wrong);
            return;
        }
        column.values.resize(row, Scalar::Null);
        column.values.push(scalar(value.get()).unwrap_or_else(|| {
            if let Ok(text) = serde_json::from_str::<Cow<'_, str>>(value.get()) {
                let start = self.unescaped.len();
                self.unescaped.push_str(&text);
                self.escaped.push(Escaped { column: place, row, text: start..self.unescaped.len() });
            }
            // Half of a pair of surrogates is not a character.
            Scalar::Unreadable
        }));
    }

    /// What is wrong with what was read, as an error.
    fn check<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.wrong.take().map_or(Ok(()), |wrong| Err(E::custom(wrong)))
    }

    /// Hands the rows over.
    fn add_to(self, builder: &mut DatasetBuilder) -> Result<(), DatasetError> {
        let Self { mut header, rows, columns, escaped, unescaped, .. } = self;
        let mut values: Vec<Vec<Scalar<'_>>> = columns.into_iter().map(|column| column.values).collect();
        values.iter_mut().for_each(|values| values.resize(rows, Scalar::Null));
        for Escaped { column, row, text } in escaped {
            let value = values.get_mut(column).and_then(|values| values.get_mut(row));
            if let (Some(value), Some(text)) = (value, unescaped.get(text)) {
                *value = Scalar::Text(text);
            }
        }
        header.leave_out_unknown();
        let columns: Vec<Column<'_>> = values.iter().map(|values| Column::Values(values)).collect();
        builder.begin(header)?.chunk(&Chunk { rows, columns: &columns, bad_rows: &[] })
    }
}

/// A list of rows.
struct Rows<'g, 'a>(&'g mut Given<'a>);

impl<'a> Visitor<'a> for Rows<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut rows: A) -> Result<(), A::Error> {
        while rows.next_element_seed(Part { given: self.0, of: Of::Row })?.is_some() {
            self.0.check()?;
            self.0.rows += 1;
        }
        if self.0.rows == 0 {
            // A table that has every column and no rows.
            self.0.header.push_every_column();
            let names = self.0.header.table().columns().iter().map(|column| column.name);
            self.0.columns.extend(names.map(|name| Named { name: name.into(), values: Vec::new() }));
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
        while let Some(Name(name)) = columns.next_key()? {
            if !given.header.push(&name) {
                columns.next_value::<IgnoredAny>()?;
                continue;
            }
            given.columns.push(Named { name, values: Vec::new() });
            let of = Of::Column(given.columns.len() - 1);
            columns.next_value_seed(Part { given, of })?;
            given.check()?;
            if let [first, .., last] = &given.columns[..]
                && first.values.len() != last.values.len()
            {
                return Err(A::Error::custom(format!(
                    "column `{}` has {} rows and column `{}` has {}",
                    first.name,
                    first.values.len(),
                    last.name,
                    last.values.len()
                )));
            }
        }
        given.rows = given.columns.first().map_or(0, |first| first.values.len());
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
        let Given { rows, columns, wrong, .. } = self.given;
        wrong.get_or_insert_with(|| match self.of {
            Of::Row => format!("row {} is not an object", *rows + 1),
            Of::Column(place) => {
                format!("column `{}` is not a list", columns.get(place).map_or("", |column| &column.name))
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
                Some(place) => given.put(place, given.rows, fields.next_value()?),
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
        let mut row = 0;
        while let Some(value) = values.next_element()? {
            self.given.put(place, row, value);
            row += 1;
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
