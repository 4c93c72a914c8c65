//! An Arrow array as a column of cells.

use std::fmt;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::timezone::Tz;
use arrow_array::types::{
    ArrowPrimitiveType, ArrowTimestampType, Date32Type, Date64Type, Decimal32Type, Decimal64Type,
    Decimal128Type, Decimal256Type, DecimalType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, FixedSizeBinaryArray, LargeBinaryArray, LargeStringArray,
    StringArray, StringViewArray,
};
use arrow_schema::{DataType, TimeUnit};
use chrono::{DateTime, NaiveDate, Offset, TimeZone};
use csc_measures::{Cell, CellColumn, Decimal};

/// An array of any type that a column of a table can have.
pub(crate) struct ArrayColumn {
    source: Source,
}

/// A type that no column of a table can have.
#[derive(Debug)]
pub(crate) struct UnsupportedType(DataType);

impl fmt::Display for UnsupportedType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

enum Source {
    Nulls,
    Text(StringArray),
    LargeText(LargeStringArray),
    TextView(StringViewArray),
    Bytes(BinaryArray),
    LargeBytes(LargeBinaryArray),
    BytesView(BinaryViewArray),
    FixedBytes(FixedSizeBinaryArray),
    /// Values that are cells by themselves.
    Values(Box<dyn Fn(usize) -> Cell<'static>>),
    /// Numbers beyond 64 bits with a sign, which only an id can be.
    Written(Vec<Option<Box<str>>>),
    Dictionary {
        array: ArrayRef,
        places: Vec<usize>,
        values: Box<ArrayColumn>,
    },
}

impl ArrayColumn {
    /// A column over the array, of which it keeps a share.
    pub(crate) fn new(array: &ArrayRef) -> Result<Self, UnsupportedType> {
        Ok(Self { source: source(array)? })
    }
}

fn source(array: &ArrayRef) -> Result<Source, UnsupportedType> {
    let unsupported = || UnsupportedType(array.data_type().clone());
    Ok(match array.data_type() {
        DataType::Null => Source::Nulls,
        DataType::Utf8 => Source::Text(array.as_string().clone()),
        DataType::LargeUtf8 => Source::LargeText(array.as_string().clone()),
        DataType::Utf8View => Source::TextView(array.as_string_view().clone()),
        // Writers that know no text type leave bytes.
        DataType::Binary => Source::Bytes(array.as_binary().clone()),
        DataType::LargeBinary => Source::LargeBytes(array.as_binary().clone()),
        DataType::BinaryView => Source::BytesView(array.as_binary_view().clone()),
        DataType::FixedSizeBinary(_) => Source::FixedBytes(array.as_fixed_size_binary().clone()),
        DataType::Boolean => {
            let array = array.as_boolean().clone();
            Source::Values(Box::new(move |row| {
                if array.is_null(row) { Cell::Null } else { Cell::Bool(array.value(row)) }
            }))
        }
        DataType::Int8 => primitive::<Int8Type>(array, |value| Cell::Integer(value.into())),
        DataType::Int16 => primitive::<Int16Type>(array, |value| Cell::Integer(value.into())),
        DataType::Int32 => primitive::<Int32Type>(array, |value| Cell::Integer(value.into())),
        DataType::Int64 => primitive::<Int64Type>(array, Cell::Integer),
        DataType::UInt8 => primitive::<UInt8Type>(array, |value| Cell::Integer(value.into())),
        DataType::UInt16 => primitive::<UInt16Type>(array, |value| Cell::Integer(value.into())),
        DataType::UInt32 => primitive::<UInt32Type>(array, |value| Cell::Integer(value.into())),
        DataType::UInt64 => unsigned(array),
        DataType::Float16 => primitive::<Float16Type>(array, |value| short_float(value.to_f32())),
        DataType::Float32 => primitive::<Float32Type>(array, short_float),
        DataType::Float64 => primitive::<Float64Type>(array, Cell::Float),
        DataType::Decimal32(..) => decimal::<Decimal32Type>(array),
        DataType::Decimal64(..) => decimal::<Decimal64Type>(array),
        DataType::Decimal128(..) => decimal::<Decimal128Type>(array),
        DataType::Decimal256(..) => decimal::<Decimal256Type>(array),
        DataType::Date32 => primitive::<Date32Type>(array, |days| date(i64::from(days))),
        DataType::Date64 => {
            primitive::<Date64Type>(array, |milliseconds| date(milliseconds.div_euclid(86_400_000)))
        }
        DataType::Timestamp(unit, zone) => {
            let zone = match zone.as_deref() {
                None => None,
                Some(name) => Some(name.parse::<Tz>().map_err(|_| unsupported())?),
            };
            match unit {
                TimeUnit::Second => timestamp::<TimestampSecondType>(array, 1, zone),
                TimeUnit::Millisecond => timestamp::<TimestampMillisecondType>(array, 1000, zone),
                TimeUnit::Microsecond => timestamp::<TimestampMicrosecondType>(array, 1_000_000, zone),
                TimeUnit::Nanosecond => timestamp::<TimestampNanosecondType>(array, 1_000_000_000, zone),
            }
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let values = ArrayColumn::new(dictionary.values())?;
            if dictionary.values().is_empty() {
                Source::Nulls
            } else {
                let places = dictionary.normalized_keys();
                Source::Dictionary { array: Arc::clone(array), places, values: Box::new(values) }
            }
        }
        _ => return Err(unsupported()),
    })
}

fn primitive<T: ArrowPrimitiveType>(
    array: &ArrayRef,
    read: impl Fn(T::Native) -> Cell<'static> + 'static,
) -> Source {
    let array = array.as_primitive::<T>().clone();
    Source::Values(Box::new(move |row| if array.is_null(row) { Cell::Null } else { read(array.value(row)) }))
}

/// Ids that are hashes fill all 64 bits.
fn unsigned(array: &ArrayRef) -> Source {
    let numbers = array.as_primitive::<UInt64Type>();
    if numbers.iter().flatten().all(|value| i64::try_from(value).is_ok()) {
        primitive::<UInt64Type>(array, |value| i64::try_from(value).map_or(Cell::Unreadable, Cell::Integer))
    } else {
        Source::Written(numbers.iter().map(|value| value.map(|value| value.to_string().into())).collect())
    }
}

/// The number as it is written in the fewest digits: 0.8, not 0.800000011920929.
fn short_float(value: f32) -> Cell<'static> {
    value.to_string().parse().map_or(Cell::Unreadable, Cell::Float)
}

/// Whole where it can be, as ids of a database's only numeric type are.
fn decimal<T: DecimalType>(array: &ArrayRef) -> Source {
    let array = array.as_primitive::<T>().clone();
    Source::Values(Box::new(move |row| {
        if array.is_null(row) {
            return Cell::Null;
        }
        let text = array.value_as_string(row);
        let whole = text
            .split_once('.')
            .map_or(Some(text.as_str()), |(whole, rest)| rest.bytes().all(|b| b == b'0').then_some(whole));
        if let Some(value) = whole.and_then(|whole| whole.parse().ok()) {
            return Cell::Integer(value);
        }
        text.parse::<Decimal>().map_or(Cell::Unreadable, Cell::Decimal)
    }))
}

/// The date so many days after 1 January 1970.
fn date(days: i64) -> Cell<'static> {
    const EPOCH: i64 = 719_163;
    days.checked_add(EPOCH)
        .and_then(|days| i32::try_from(days).ok())
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .map_or(Cell::Unreadable, Cell::Date)
}

/// The date that the clock on the wall shows: in the column's own zone, where it has one.
fn timestamp<T: ArrowTimestampType>(array: &ArrayRef, in_a_second: i64, zone: Option<Tz>) -> Source {
    primitive::<T>(array, move |value| {
        let seconds = value.div_euclid(in_a_second);
        let Some(zone) = zone else { return date(seconds.div_euclid(86_400)) };
        let local = DateTime::from_timestamp(seconds, 0).and_then(|instant| {
            let utc = instant.naive_utc();
            utc.checked_add_offset(zone.offset_from_utc_datetime(&utc).fix())
        });
        local.map_or(Cell::Unreadable, |local| Cell::Date(local.date()))
    })
}

fn text(bytes: &[u8]) -> Cell<'_> {
    std::str::from_utf8(bytes).map_or(Cell::Unreadable, Cell::Text)
}

impl CellColumn for ArrayColumn {
    fn cell(&self, row: usize) -> Cell<'_> {
        /// The value of a row, unless it is null.
        macro_rules! value {
            ($array:expr, $cell:expr) => {
                if $array.is_null(row) { Cell::Null } else { $cell($array.value(row)) }
            };
        }
        match &self.source {
            Source::Nulls => Cell::Null,
            Source::Text(array) => value!(array, Cell::Text),
            Source::LargeText(array) => value!(array, Cell::Text),
            Source::TextView(array) => value!(array, Cell::Text),
            Source::Bytes(array) => value!(array, text),
            Source::LargeBytes(array) => value!(array, text),
            Source::BytesView(array) => value!(array, text),
            Source::FixedBytes(array) => value!(array, text),
            Source::Values(read) => read(row),
            Source::Written(values) => match values.get(row) {
                Some(Some(value)) => Cell::Text(value),
                _ => Cell::Null,
            },
            Source::Dictionary { array, places, values } => match places.get(row) {
                Some(place) if array.is_valid(row) => values.cell(*place),
                _ => Cell::Null,
            },
        }
    }
}
