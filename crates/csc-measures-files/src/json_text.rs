//! JSON text into a table: its values are looked at as they are written, so that no number passes through a
//! float.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use csc_measures::tables::Table;
use csc_measures::{Cell, CellColumn, Chunk, DatasetBuilder, Decimal, TableBuilder};
use serde::Deserializer;
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::ReadError;
use crate::reader::CHUNK_ROWS;

/// Reads a table's JSON text into the builder.
pub(crate) fn read(
    builder: &mut DatasetBuilder,
    name: &str,
    table: Table,
    text: &[u8],
) -> Result<(), ReadError> {
    let failed = |message: String| ReadError::Json { file: name.to_owned(), message };
    let text = std::str::from_utf8(text).map_err(|_| failed("the text is not UTF-8".to_owned()))?;
    let text = text.trim_start_matches('\u{feff}').trim_ascii_start();
    let input = Input { builder, name, table };
    let no_json = |error: serde_json::Error| failed(format!("not the JSON of a table: {error}"));
    match text.as_bytes().first() {
        Some(b'[') => input.rows(text, no_json),
        Some(b'{') => input.columns(text, no_json),
        _ => Err(failed("neither a list of rows nor an object of columns".to_owned())),
    }
}

/// A table that is being taken in.
struct Input<'b> {
    builder: &'b mut DatasetBuilder,
    name: &'b str,
    table: Table,
}

impl Input<'_> {
    fn start(&mut self, header: &[&str]) -> Result<TableBuilder<'_>, ReadError> {
        let file = self.name.to_owned();
        self.builder.table(self.table.name(), header).map_err(|error| ReadError::Table { file, error })
    }

    /// A list of objects: looked through once for its columns, and once for its values.
    fn rows(mut self, text: &str, no_json: impl Fn(serde_json::Error) -> ReadError) -> Result<(), ReadError> {
        let mut columns = Columns { table: self.table, names: Vec::new(), rows: 0 };
        each(text, |row, object| columns.look_at(row, object)).map_err(&no_json)?;
        let header: Vec<&str> = match columns.rows {
            0 => self.table.columns().iter().map(|column| column.name).collect(),
            _ => columns.names.iter().map(|name| &**name).collect(),
        };
        let mut table = self.start(&header)?;
        let mut chunk = vec![Vec::new(); header.len()];
        each(text, |_, object| {
            for column in &mut chunk {
                column.push(Value::Null);
            }
            for_each_field(object, |name, value| {
                let place = header.iter().position(|column| *column == name);
                if let Some(last) = place.and_then(|place| chunk.get_mut(place)?.last_mut()) {
                    *last = Value::of(value);
                }
                Ok(())
            })?;
            match chunk.first() {
                Some(column) if column.len() >= CHUNK_ROWS.get() => {
                    take(&mut table, &mut chunk, CHUNK_ROWS.get()).map_err(serde_json::Error::custom)
                }
                _ => Ok(()),
            }
        })
        .map_err(&no_json)?;
        let left = columns.rows % CHUNK_ROWS.get();
        take(&mut table, &mut chunk, left).map_err(|error| no_json(serde_json::Error::custom(error)))
    }

    /// An object of lists.
    fn columns(
        mut self,
        text: &str,
        no_json: impl Fn(serde_json::Error) -> ReadError,
    ) -> Result<(), ReadError> {
        let mut names: Vec<Cow<'_, str>> = Vec::new();
        let mut lists: Vec<Vec<Value<'_>>> = Vec::new();
        let mut first: Option<(String, usize)> = None;
        let table = self.table;
        for_each_field(text, |name, value| {
            if table.column(&name).is_none() {
                return Ok(());
            }
            let list: Vec<&RawValue> = serde_json::from_str(value.get())
                .map_err(|_| serde_json::Error::custom(format!("column `{name}` is not a list")))?;
            let (of, rows) = first.get_or_insert_with(|| (name.to_string(), list.len()));
            if list.len() != *rows {
                return Err(serde_json::Error::custom(format!(
                    "column `{of}` has {rows} rows and column `{name}` has {}",
                    list.len()
                )));
            }
            names.push(name);
            lists.push(list.into_iter().map(Value::of).collect());
            Ok(())
        })
        .map_err(&no_json)?;
        let rows = first.map_or(0, |(_, rows)| rows);
        let header: Vec<&str> = names.iter().map(|name| &**name).collect();
        let mut table = self.start(&header)?;
        take(&mut table, &mut lists, rows).map_err(|error| no_json(serde_json::Error::custom(error)))
    }
}

/// Hands rows over, and starts anew.
fn take(
    table: &mut TableBuilder<'_>,
    chunk: &mut [Vec<Value<'_>>],
    rows: usize,
) -> Result<(), csc_measures::DatasetError> {
    let values: Vec<Column<'_>> = chunk.iter().map(|values| Column(values)).collect();
    let columns: Vec<&dyn CellColumn> = values.iter().map(|column| column as &dyn CellColumn).collect();
    table.chunk(&Chunk { rows, columns: &columns, bad_rows: &[] })?;
    chunk.iter_mut().for_each(Vec::clear);
    Ok(())
}

/// The columns that any row names, in the order in which they come.
struct Columns<'a> {
    table: Table,
    names: Vec<Cow<'a, str>>,
    rows: usize,
}

impl<'a> Columns<'a> {
    fn look_at(&mut self, row: usize, object: &'a str) -> Result<(), serde_json::Error> {
        self.rows = row;
        let mut in_row = HashSet::new();
        for_each_field(object, |name, _| {
            if self.table.column(&name).is_none() {
                return Ok(());
            }
            if !in_row.insert(name.clone()) {
                return Err(serde_json::Error::custom(format!("row {row} has column `{name}` twice")));
            }
            if !self.names.contains(&name) {
                self.names.push(name);
            }
            Ok(())
        })
    }
}

/// Does something with each object of a list, numbered from 1.
fn each<'a>(
    text: &'a str,
    work: impl FnMut(usize, &'a str) -> Result<(), serde_json::Error>,
) -> Result<(), serde_json::Error> {
    struct Rows<F>(F);
    impl<'a, F: FnMut(usize, &'a str) -> Result<(), serde_json::Error>> Visitor<'a> for Rows<F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of rows")
        }

        fn visit_seq<A: SeqAccess<'a>>(mut self, mut rows: A) -> Result<(), A::Error> {
            let mut row = 0;
            while let Some(value) = rows.next_element::<&RawValue>()? {
                row += 1;
                let value = value.get();
                if !value.starts_with('{') {
                    return Err(A::Error::custom(format!("row {row} is not an object")));
                }
                // Its own place is one in the object; that in the text is added further up.
                (self.0)(row, value).map_err(|error| A::Error::custom(without_place(&error)))?;
            }
            Ok(())
        }
    }
    let mut json = serde_json::Deserializer::from_str(text);
    json.deserialize_seq(Rows(work))?;
    json.end()
}

/// Does something with each name and value of an object.
fn for_each_field<'a>(
    object: &'a str,
    work: impl FnMut(Cow<'a, str>, &'a RawValue) -> Result<(), serde_json::Error>,
) -> Result<(), serde_json::Error> {
    struct Fields<F>(F);
    impl<'a, F: FnMut(Cow<'a, str>, &'a RawValue) -> Result<(), serde_json::Error>> Visitor<'a> for Fields<F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'a>>(mut self, mut fields: A) -> Result<(), A::Error> {
            while let Some(Name(name)) = fields.next_key()? {
                (self.0)(name, fields.next_value()?).map_err(A::Error::custom)?;
            }
            Ok(())
        }
    }
    let mut json = serde_json::Deserializer::from_str(object);
    json.deserialize_map(Fields(work))?;
    json.end()
}

/// What an error says but for its line and column.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&place).map(str::to_owned).unwrap_or(text)
}

/// A name, borrowed where nothing in it is escaped.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A value of a row.
#[derive(Clone, Debug, PartialEq)]
enum Value<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    Decimal(Decimal),
    Text(Cow<'a, str>),
    Unreadable,
}

impl<'a> Value<'a> {
    fn of(value: &'a RawValue) -> Self {
        let written = value.get();
        match written.as_bytes() {
            b"null" => Self::Null,
            b"true" => Self::Bool(true),
            b"false" => Self::Bool(false),
            [b'"', ..] => {
                // Half of a pair of surrogates is no character.
                serde_json::from_str(written).map_or(Self::Unreadable, |Name(text)| Self::Text(text))
            }
            [b'-' | b'0'..=b'9', ..] => number(written),
            _ => Self::Unreadable,
        }
    }
}

/// A whole number as an integer and any other as an exact decimal; one that is too large for either (an id of
/// thirty digits) as its text.
fn number(written: &str) -> Value<'_> {
    if let Ok(whole) = written.parse() {
        return Value::Integer(whole);
    }
    match written.parse::<Decimal>() {
        Ok(decimal) => decimal.to_string().parse().map_or(Value::Decimal(decimal), Value::Integer),
        Err(_) => Value::Text(Cow::Borrowed(written)),
    }
}

/// A column of a chunk.
struct Column<'a>(&'a [Value<'a>]);

impl CellColumn for Column<'_> {
    fn cell(&self, row: usize) -> Cell<'_> {
        match self.0.get(row) {
            None | Some(Value::Null) => Cell::Null,
            Some(Value::Bool(value)) => Cell::Bool(*value),
            Some(Value::Integer(value)) => Cell::Integer(*value),
            Some(Value::Decimal(value)) => Cell::Decimal(*value),
            Some(Value::Text(text)) => Cell::Text(text),
            Some(Value::Unreadable) => Cell::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(written: &str) -> Value<'_> {
        Value::of(serde_json::from_str(written).unwrap())
    }

    #[test]
    fn values_are_what_is_written() {
        let text = |text: &'static str| Value::Text(Cow::Borrowed(text));
        let decimal = |text: &str| Value::Decimal(text.parse().unwrap());
        for (written, expected) in [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("\"P1\"", text("P1")),
            (r#""P\u0031""#, text("P1")),
            (r#""\ud800""#, Value::Unreadable),
            ("12", Value::Integer(12)),
            ("1.0", Value::Integer(1)),
            ("-0", Value::Integer(0)),
            ("-0.0", Value::Integer(0)),
            ("1e3", Value::Integer(1000)),
            ("0.1", decimal("0.1")),
            ("909999.9999999999", decimal("909999.9999999999")),
            ("123456789012345678901234567890", text("123456789012345678901234567890")),
            ("1e400", text("1e400")),
            ("[1]", Value::Unreadable),
            ("{\"a\": 1}", Value::Unreadable),
        ] {
            assert_eq!(value(written), expected, "{written}");
        }
    }
}
