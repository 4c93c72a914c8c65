//! Values of a Parquet column, decoded into a column of the dataset.

use csc_measures::{Column, Decimal, Flags, Integers, Layout, Slice, Text, TimeUnit, Validity, Zone};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType, Int96};
use parquet::errors::{ParquetError, Result};

use crate::parquet_texts::{BEYOND, Met, Reader, Texts};
use crate::parquet_type::{Kind, Width};

/// The bytes of text that a chunk of a column may have: as many as a text of Arrow has room for.
const MOST_TEXT: usize = i32::MAX as usize;

/// So many rows of a column.
#[derive(Debug)]
pub(crate) struct Cells {
    rows: usize,
    /// A bitmap in which 1 is a value; `None` if no row is null.
    validity: Option<Vec<u8>>,
    values: Values,
}

/// A value for each row, whatever it is if the row is null.
#[derive(Debug)]
enum Values {
    Null,
    Unreadable,
    Flags(Vec<u8>),
    Int64(Vec<i64>),
    UInt64(Vec<u64>),
    Days(Vec<i32>),
    Instants(Vec<i64>, TimeUnit, Zone),
    Floats(Vec<f64>),
    Decimals(Vec<Decimal>),
    Texts(Texts),
    /// Texts of which many rows have the same: the place of each row's.
    Dictionary(Vec<u32>, Texts),
}

impl Cells {
    /// Reads so many rows, or as many as are left; not more than `at_once` in a go.
    pub(crate) fn read(reader: &mut Reader, kind: Kind, rows: usize, at_once: usize) -> Result<Self> {
        let reader = match reader {
            Reader::Values(reader) => reader,
            Reader::Keys(reader) => {
                let (keys, places) = records(&mut reader.keys, rows, at_once, |_| 0)?;
                return reader.with(|texts| places.cells(kind, || of_keys(&places, keys, texts)));
            }
        };
        match reader {
            ColumnReader::BoolColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, |_| 0)?;
                places
                    .cells(kind, || Ok(Values::Flags(bits(&places.spread(values.into_iter()), |flag| *flag))))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, |_| 0)?;
                places.cells(kind, || of_int32(kind, &places, values))
            }
            ColumnReader::Int64ColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, |_| 0)?;
                places.cells(kind, || of_int64(kind, &places, values))
            }
            ColumnReader::Int96ColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, |_| 0)?;
                let seconds = values.iter().map(Int96::to_seconds).collect();
                places.cells(kind, || of_int64(kind, &places, seconds))
            }
            ColumnReader::FloatColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, |_| 0)?;
                places.cells(kind, || Ok(Values::Floats(places.spread(values.into_iter().map(widen)))))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, |_| 0)?;
                places.cells(kind, || Ok(Values::Floats(places.spread(values.into_iter()))))
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, ByteArray::len)?;
                places.cells(kind, || of_bytes(kind, &places, values))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                let (values, places) = records(reader, rows, at_once, |value| value.len())?;
                let values = values.iter().map(|value| ByteArray::clone(value)).collect();
                places.cells(kind, || of_bytes(kind, &places, values))
            }
        }
    }

    /// The number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// The column.
    pub(crate) fn column(&self) -> Column<'_> {
        let rows = self.rows;
        let validity = match &self.validity {
            Some(bits) => Validity::new(bits, 0, rows).ok(),
            None => Some(Validity::ALL),
        };
        let column = validity.and_then(|validity| match &self.values {
            Values::Null => Some(Column::Nulls(rows)),
            Values::Unreadable => Some(Column::Unreadable { rows, validity }),
            Values::Flags(bits) => Flags::new(bits, 0, rows, validity).ok().map(Column::Flags),
            Values::Int64(values) => {
                Slice::new(values, validity).ok().map(|slice| Column::Integers(Integers::Int64(slice)))
            }
            Values::UInt64(values) => {
                Slice::new(values, validity).ok().map(|slice| Column::Integers(Integers::UInt64(slice)))
            }
            Values::Days(days) => Slice::new(days, validity).ok().map(Column::Days),
            Values::Instants(values, unit, zone) => {
                let values = Slice::new(values, validity).ok();
                values.map(|values| Column::Instants { values, unit: *unit, zone: *zone })
            }
            Values::Floats(values) => Slice::new(values, validity).ok().map(Column::Floats),
            Values::Decimals(values) => Slice::new(values, validity).ok().map(Column::Decimals),
            Values::Texts(texts) => texts.column(validity),
            Values::Dictionary(keys, texts) => Slice::new(keys, validity).ok().and_then(|keys| {
                let values = Box::new(texts.column(Validity::ALL)?);
                Some(Column::Dictionary { keys: Integers::UInt32(keys), values })
            }),
        });
        // A bitmap is as long as its rows are many: a column of which that is not so has nothing to be read.
        column.unwrap_or(Column::Unreadable { rows, validity: Validity::ALL })
    }
}

impl Texts {
    fn column<'a>(&'a self, validity: Validity<'a>) -> Option<Column<'a>> {
        let buffers = self.buffers.iter().map(ByteArray::data).collect();
        Text::of(Layout::Views { views: &self.views, buffers }, validity).ok().map(Column::Text)
    }
}

/// Which rows have a value.
struct Places {
    rows: usize,
    /// 1 for a value and 0 for a null; empty if no row is null.
    levels: Vec<i16>,
}

impl Places {
    fn cells(&self, kind: Kind, values: impl FnOnce() -> Result<Values>) -> Result<Cells> {
        let values = match kind {
            Kind::Null => Values::Null,
            Kind::Unreadable => Values::Unreadable,
            _ => values()?,
        };
        let has_nulls = !self.levels.is_empty();
        let validity = has_nulls.then(|| bits(&self.levels, |level| *level > 0));
        Ok(Cells { rows: self.rows, validity, values })
    }

    /// A value for each row, from those of the rows that have one.
    fn spread<T: Default>(&self, mut values: impl Iterator<Item = T>) -> Vec<T> {
        if self.levels.is_empty() {
            return values.collect();
        }
        let of_level = |level: &i16| if *level > 0 { values.next() } else { None };
        self.levels.iter().map(of_level).map(Option::unwrap_or_default).collect()
    }
}

/// The values of so many rows, or of those that are left, and where they go.
fn records<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    at_once: usize,
    weigh: impl Fn(&T::T) -> usize,
) -> Result<(Vec<T::T>, Places)> {
    let room = rows.min(at_once);
    let (mut values, mut levels) = (Vec::with_capacity(room), Vec::with_capacity(room));
    let (mut read, mut weight) = (0, 0_usize);
    while read < rows {
        let before = values.len();
        let wanted = at_once.min(rows - read);
        let (records, ..) = reader.read_records(wanted, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            break;
        }
        read += records;
        weight = values.iter().skip(before).map(&weigh).fold(weight, usize::saturating_add);
        if weight > MOST_TEXT {
            return Err(too_long());
        }
    }
    // Where every row has a value, none need be looked up by its row.
    if !levels.contains(&0) {
        levels.clear();
    }
    Ok((values, Places { rows: read, levels }))
}

fn too_long() -> ParquetError {
    ParquetError::General("a column with more text than can be read".to_owned())
}

/// A bit of each thing, the first of them the lowest.
fn bits<T>(things: &[T], is_set: impl Fn(&T) -> bool) -> Vec<u8> {
    let byte =
        |things: &[T]| (0..).zip(things).fold(0, |byte, (at, thing)| byte | u8::from(is_set(thing)) << at);
    things.chunks(8).map(byte).collect()
}

fn of_int32(kind: Kind, places: &Places, values: Vec<i32>) -> Result<Values> {
    let whole = |to_whole: fn(i32) -> i64| Values::Int64(places.spread(values.iter().copied().map(to_whole)));
    Ok(match kind {
        // As other readers have it: what is beyond the width does not count.
        Kind::Integer(Width::Int8) => whole(|value| (value as i8).into()),
        Kind::Integer(Width::Int16) => whole(|value| (value as i16).into()),
        Kind::Integer(Width::Whole) => whole(i64::from),
        Kind::Integer(Width::UInt8) => whole(|value| (value as u8).into()),
        Kind::Integer(Width::UInt16) => whole(|value| (value as u16).into()),
        Kind::Integer(Width::UWhole) => whole(|value| value.cast_unsigned().into()),
        Kind::Days => Values::Days(places.spread(values.into_iter())),
        Kind::Instant(unit, zone) => instants(places.spread(values.into_iter().map(i64::from)), unit, zone),
        Kind::Decimal(scale) => {
            let values: Vec<i64> = values.into_iter().map(i64::from).collect();
            decimals(places, &values, scale, |value| Some(*value), i64::to_string)
        }
        _ => Values::Unreadable,
    })
}

fn of_int64(kind: Kind, places: &Places, values: Vec<i64>) -> Result<Values> {
    Ok(match kind {
        Kind::Integer(Width::UWhole) => {
            Values::UInt64(places.spread(values.into_iter().map(i64::cast_unsigned)))
        }
        Kind::Integer(_) => Values::Int64(places.spread(values.into_iter())),
        Kind::Instant(unit, zone) => instants(places.spread(values.into_iter()), unit, zone),
        Kind::Decimal(scale) => decimals(places, &values, scale, |value| Some(*value), i64::to_string),
        _ => Values::Unreadable,
    })
}

fn of_bytes(kind: Kind, places: &Places, values: Vec<ByteArray>) -> Result<Values> {
    Ok(match kind {
        Kind::Float => Values::Floats(places.spread(values.iter().map(|value| widen(half(value.data()))))),
        Kind::Decimal(scale) => {
            let numbers: Option<Vec<Number>> = values.iter().map(|value| Number::new(value.data())).collect();
            let numbers = numbers.ok_or_else(|| {
                ParquetError::General("a decimal number of no bytes or of more than 32".to_owned())
            })?;
            decimals(places, &numbers, scale, Number::to_i64, Number::to_text)
        }
        Kind::Text => texts(places, values),
        Kind::Uuid => {
            let values = values.iter().map(|value| ByteArray::from(uuid(value.data()).into_bytes()));
            texts(places, values.collect())
        }
        _ => Values::Unreadable,
    })
}

/// The texts of keys, each once if there are few.
fn of_keys(places: &Places, keys: Vec<i32>, texts: &mut Met) -> Result<Values> {
    if texts.are_longer(&keys, MOST_TEXT) {
        return Err(too_long());
    }
    if let Some(dictionary) = texts.dictionary(&keys) {
        return Ok(Values::Dictionary(places.spread(keys.into_iter().map(i32::cast_unsigned)), dictionary));
    }
    let views = match texts.run(&keys) {
        Some(views) => places.spread(views.iter().copied()),
        None => places.spread(keys.into_iter().map(|key| texts.view(key))),
    };
    let found = Texts { views, buffers: texts.buffers() };
    texts.forget();
    Ok(Values::Texts(found))
}

/// Instants on a clock with a fixed offset as they are, those of a place as its days.
fn instants(values: Vec<i64>, unit: TimeUnit, zone: csc_measures_zones::Zone) -> Values {
    match zone.fixed() {
        Some(ahead) => Values::Instants(values, unit, Zone::Fixed(ahead)),
        // A day that no text can write is an issue, as the greatest of all days is.
        None if zone.is_known() => {
            Values::Days(values.into_iter().map(|at| zone.day(at, unit).unwrap_or(i32::MAX)).collect())
        }
        None => Values::Unreadable,
    }
}

/// Whole numbers as integers, others as exact decimals; a column with a number too large for that (an id of
/// thirty digits) as texts.
fn decimals<T>(
    places: &Places,
    values: &[T],
    scale: u8,
    to_i64: impl Fn(&T) -> Option<i64>,
    to_text: impl Fn(&T) -> String,
) -> Values {
    let integers = 10_i64.checked_pow(scale.into()).and_then(|unit| {
        let whole = |value: &T| to_i64(value).filter(|value| value % unit == 0).map(|value| value / unit);
        values.iter().map(whole).collect::<Option<Vec<i64>>>()
    });
    if let Some(integers) = integers {
        return Values::Int64(places.spread(integers.into_iter()));
    }
    let written: Vec<String> = values.iter().map(|value| with_point(&to_text(value), scale.into())).collect();
    let parsed: Option<Vec<Decimal>> = written.iter().map(|text| text.parse().ok()).collect();
    match parsed {
        Some(decimals) => Values::Decimals(places.spread(decimals.into_iter())),
        None => texts(places, written.into_iter().map(|text| ByteArray::from(text.into_bytes())).collect()),
    }
}

/// A whole number of units with its point, and without noughts at its end.
fn with_point(text: &str, scale: usize) -> String {
    if scale == 0 {
        return text.to_owned();
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    format!("{sign}{whole}.{part}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A whole number of up to 32 bytes, the most significant first, which may be negative.
struct Number([u8; 32]);

impl Number {
    fn new(bytes: &[u8]) -> Option<Self> {
        let is_negative = bytes.first()? & 0x80 != 0;
        let mut number = [if is_negative { 0xff } else { 0 }; 32];
        number.get_mut(32_usize.checked_sub(bytes.len())?..)?.copy_from_slice(bytes);
        Some(Self(number))
    }

    fn to_i64(&self) -> Option<i64> {
        let (rest, last) = self.0.split_last_chunk::<8>()?;
        let value = i64::from_be_bytes(*last);
        let sign = if value < 0 { 0xff } else { 0 };
        rest.iter().all(|byte| *byte == sign).then_some(value)
    }

    fn to_text(&self) -> String {
        const BILLION: u64 = 1_000_000_000;
        let &Self(mut bytes) = self;
        let is_negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
        if is_negative {
            let mut carries = true;
            for byte in bytes.iter_mut().rev() {
                (*byte, carries) = (!*byte).overflowing_add(carries.into());
            }
        }
        // Nine digits at a time, from the last.
        let mut groups = Vec::new();
        while bytes.iter().any(|byte| *byte > 0) {
            let mut rest = 0;
            for byte in &mut bytes {
                let value = rest << 8 | u64::from(*byte);
                *byte = u8::try_from(value / BILLION).unwrap_or_default();
                rest = value % BILLION;
            }
            groups.push(rest);
        }
        let first = groups.pop().unwrap_or_default();
        let sign = if is_negative { "-" } else { "" };
        groups.iter().rev().fold(format!("{sign}{first}"), |text, group| format!("{text}{group:09}"))
    }
}

/// Texts by row, each distinct one once if their page has them once.
fn texts(places: &Places, values: Vec<ByteArray>) -> Values {
    match distinct(&values) {
        Some((keys, distinct)) => {
            let views = distinct.iter().enumerate().map(|(place, text)| view(place, text.data())).collect();
            let texts = Texts { views, buffers: distinct };
            Values::Dictionary(places.spread(keys.into_iter()), texts)
        }
        None => {
            let views = values.iter().enumerate().map(|(place, text)| view(place, text.data()));
            Values::Texts(Texts { views: places.spread(views), buffers: values })
        }
    }
}

/// The place of each text among the distinct ones, and these; `None` if few are the same.
///
/// Rows of a page with a dictionary have the same text at the same place of the memory, so that nothing need be
/// compared: a table of places shows which ones were met.
fn distinct(values: &[ByteArray]) -> Option<(Vec<u32>, Vec<ByteArray>)> {
    /// The memory in which the texts of a value may lie, on the average.
    const SPREAD: usize = 16;
    const NOT_MET: u32 = u32::MAX;

    let address = |value: &ByteArray| value.data().as_ptr().addr();
    let low = values.iter().map(address).min()?;
    let span = values.iter().map(address).max()? - low;
    if span >= values.len().checked_mul(SPREAD)? {
        return None;
    }
    let mut met = vec![NOT_MET; span + 1];
    let mut keys = Vec::with_capacity(values.len());
    let mut distinct: Vec<ByteArray> = Vec::new();
    for value in values {
        let key = met.get_mut(address(value) - low)?;
        if *key == NOT_MET {
            if distinct.len() > values.len() / 2 {
                return None;
            }
            *key = u32::try_from(distinct.len()).ok()?;
            distinct.push(value.clone());
        } else if distinct.get(usize::try_from(*key).ok()?)?.len() != value.len() {
            // An empty text may lie where another begins.
            return None;
        }
        keys.push(*key);
    }
    Some((keys, distinct))
}

/// The view of a text that is the whole of its buffer: its length, and the text or where it lies.
fn view(buffer: usize, text: &[u8]) -> [u8; 16] {
    let (length, buffer) = (u32::try_from(text.len()), u32::try_from(buffer));
    let (Ok(length), Ok(buffer)) = (length, buffer) else { return BEYOND };
    let mut view = [0; 16];
    let mut rest = view.as_mut_slice();
    let mut put = |bytes: &[u8]| {
        if let Some((start, end)) = std::mem::take(&mut rest).split_at_mut_checked(bytes.len()) {
            start.copy_from_slice(bytes);
            rest = end;
        }
    };
    put(&length.to_le_bytes());
    match text.get(..4) {
        Some(start) if text.len() > 12 => {
            put(start);
            put(&buffer.to_le_bytes());
        }
        _ => put(text),
    }
    view
}

/// The double that is written as the single is: `999.9`, while the nearest double would be
/// `999.9000244140625`.
fn widen(value: f32) -> f64 {
    if value.fract() == 0.0 || !value.is_finite() {
        f64::from(value)
    } else {
        value.to_string().parse().unwrap_or_else(|_| f64::from(value))
    }
}

/// The single of a float of two bytes, the least significant first.
fn half(bytes: &[u8]) -> f32 {
    let &[low, high] = bytes else { return f32::NAN };
    let bits = u32::from(u16::from_le_bytes([low, high]));
    let (sign, exponent, fraction) = (bits >> 15 << 31, bits >> 10 & 0x1f, bits & 0x3ff);
    match exponent {
        // Without a leading one: a multiple of two to the power of minus 24.
        0 => {
            let size = fraction as f32 / f32::from_bits((127 + 24) << 23);
            if sign > 0 { -size } else { size }
        }
        0x1f => f32::from_bits(sign | 0xff << 23 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 127 - 15) << 23 | fraction << 13),
    }
}

/// `01234567-89ab-cdef-0123-456789abcdef`.
fn uuid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(36);
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(digit.into(), 16).unwrap_or('?'));
        }
    }
    text
}
