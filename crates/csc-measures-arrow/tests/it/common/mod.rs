//! A made-up authority in a neutral form, and each Arrow type that its columns can come in.

use std::sync::Arc;

use arrow_array::builder::StringRunBuilder;
use arrow_array::types::{
    Date32Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType, Int8Type,
    Int16Type, Int32Type, Int64Type, UInt16Type,
};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, BooleanArray, Date32Array, Date64Array, DictionaryArray,
    Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, LargeBinaryArray,
    LargeStringArray, PrimitiveArray, RecordBatch, RunArray, StringArray, StringViewArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray,
    UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use arrow_schema::{Field, Schema};
use chrono::{Datelike, NaiveDate};
use csc_measures::tables::{ColumnDeclaration, ColumnKind, Need, Table};
use csc_measures::{Chunk, Dataset, DatasetBuilder, Month, Options, Rows, Scalar, Scorecard};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Text(&'static str),
    Date(NaiveDate),
    Integer(i64),
    Thousandths(i64),
    Bool(bool),
}

/// A column as it is meant.
#[derive(Clone, Debug)]
pub(crate) struct Meant {
    pub(crate) name: &'static str,
    pub(crate) kind: ColumnKind,
    pub(crate) values: Vec<Value>,
}

impl Value {
    fn scalar(self) -> Scalar<'static> {
        match self {
            Self::Null => Scalar::Null,
            Self::Text(text) => Scalar::Text(text),
            Self::Date(date) => Scalar::Day(date.to_epoch_days()),
            Self::Integer(value) => Scalar::Integer(value.into()),
            Self::Thousandths(value) => Scalar::Decimal(written(value).parse().unwrap()),
            Self::Bool(value) => Scalar::Flag(value),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct MeantTable {
    pub(crate) table: Table,
    pub(crate) rows: usize,
    pub(crate) columns: Vec<Meant>,
}

/// Numbers that look random and are the same in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % u64::try_from(sides).unwrap()).unwrap()
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Every table, with rows that refer to one another often, and some that are wrong.
pub(crate) fn authority(seed: u64, rows: usize) -> Vec<MeantTable> {
    let mut dice = Dice::new(seed);
    Table::ALL
        .iter()
        .map(|table| {
            let rows = rows - dice.below(rows / 3 + 1);
            let columns = table
                .columns()
                .iter()
                .map(|column| {
                    let values = (0..rows).map(|row| value(&mut dice, column, row)).collect();
                    Meant { name: column.name, kind: column.kind, values }
                })
                .collect();
            MeantTable { table: *table, rows, columns }
        })
        .collect()
}

fn value(dice: &mut Dice, column: &ColumnDeclaration, row: usize) -> Value {
    let is_end = column.name.contains("end_date") || matches!(column.name, "retired_on" | "date_of_death");
    let is_null = match column.need {
        Need::Optional if is_end => dice.below(5) > 0,
        Need::Optional => dice.below(5) == 0,
        _ => dice.below(80) == 0,
    };
    if is_null {
        return Value::Null;
    }
    let small = i64::try_from(dice.below(20)).unwrap();
    match column.kind {
        ColumnKind::Id if column.need == Need::Unique && dice.below(40) > 0 => {
            Value::Integer(i64::try_from(row).unwrap())
        }
        ColumnKind::Id => Value::Integer(small),
        ColumnKind::Date => {
            let (first, span) = match column.name {
                name if name.contains("birth") => (day(1998, 1, 1), 6000),
                _ if is_end => (day(2016, 1, 1), 600),
                _ => (day(2014, 10, 1), 900),
            };
            Value::Date(first + chrono::Days::new(u64::try_from(dice.below(span)).unwrap()))
        }
        ColumnKind::Bool => Value::Bool(dice.below(3) > 0),
        ColumnKind::Decimal if column.name == "fte" => {
            Value::Thousandths(dice.pick(&[0, 5, 200, 500, 605, 800, 1000]))
        }
        ColumnKind::Decimal => {
            Value::Thousandths(dice.pick(&[1_500, 12_500, 20_000, 20_001, 35_000, 999_900]))
        }
        ColumnKind::Integer => Value::Integer(small % 2 + 1),
        _ if dice.below(25) == 0 => Value::Text(dice.pick(&["Else", " ", "null", "né plus ultra"])),
        ColumnKind::Code if !column.set.is_empty() => Value::Text(dice.pick(column.set)),
        _ => Value::Text(dice.pick(match column.name {
            "role" => &["Allocated Case Worker", "allocated_case-worker", "Family Support"],
            "order_type" => &["Adoption order", "adoption", "Special guardianship"],
            "eligibility" => &["Former-Relevant", "relevant", "eligible"],
            "activity" => &["F1", "p2", "G4", "G5", "U"],
            "placement_type" => &["U1", "U4", "K2", "T1", "A5"],
            "start_reason" => &["S", "P", "T"],
            "status" => &["UASC", "Unaccompanied Asylum Seeker", "Other"],
            "legal_status" => &["C2", "V3", "E1", "V2"],
            "close_reason" => &["RC1", "RC9"],
            "order_sought" | "order_made" => &["care_order", "Care Order", "supervision", "withdrawn"],
            _ => &["North", "south-east", "A team of a name longer than twelve bytes"],
        })),
    }
}

/// The dataset of the tables as they are meant.
pub(crate) fn meant(tables: &[MeantTable]) -> Dataset {
    let mut builder = Dataset::builder();
    for table in tables {
        let header: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let mut rows = Rows::new(header.len());
        for row in 0..table.rows {
            rows.push(table.columns.iter().map(|column| column.values[row].scalar()));
        }
        let mut input = builder.table(table.table.name(), &header).unwrap();
        input.chunk(&Chunk { rows: table.rows, columns: &rows.columns(), bad_rows: &[] }).unwrap();
    }
    builder.build()
}

pub(crate) fn card(dataset: &Dataset) -> Scorecard {
    let month = |text: &str| text.parse::<Month>().unwrap();
    dataset.scorecard(month("2016-10"), month("2017-03"), &Options::default()).unwrap()
}

/// All that a dataset says but its columns, which typed rows always have: results, issues and counts of rows.
pub(crate) fn told(dataset: &Dataset) -> String {
    let mut card = serde_json::to_value(card(dataset)).unwrap();
    assert!(card.as_object_mut().unwrap().remove("columns").is_some());
    format!("{card}{}", serde_json::to_string(&dataset.tables()).unwrap())
}

pub(crate) type Encode = fn(&[Value]) -> ArrayRef;

/// The arrays that a column of a kind can come as.
pub(crate) fn encodings(kind: ColumnKind) -> &'static [Encode] {
    match kind {
        ColumnKind::Id | ColumnKind::Integer => NUMBERS,
        ColumnKind::Date => DATES,
        ColumnKind::Bool => BOOLS,
        ColumnKind::Decimal => DECIMALS,
        _ => TEXTS,
    }
}

/// The most encodings that any kind has.
pub(crate) const MOST: usize = 23;

const NUMBERS: &[Encode] = &[
    |v| Arc::new(integers(v).map(|v| v.map(|v| i8::try_from(v).unwrap())).collect::<Int8Array>()),
    |v| Arc::new(integers(v).map(|v| v.map(|v| i16::try_from(v).unwrap())).collect::<Int16Array>()),
    |v| Arc::new(integers(v).map(|v| v.map(|v| i32::try_from(v).unwrap())).collect::<Int32Array>()),
    |v| Arc::new(integers(v).collect::<Int64Array>()),
    |v| Arc::new(integers(v).map(|v| v.map(|v| u8::try_from(v).unwrap())).collect::<UInt8Array>()),
    |v| Arc::new(integers(v).map(|v| v.map(|v| u16::try_from(v).unwrap())).collect::<UInt16Array>()),
    |v| Arc::new(integers(v).map(|v| v.map(|v| u32::try_from(v).unwrap())).collect::<UInt32Array>()),
    |v| Arc::new(integers(v).map(|v| v.map(|v| u64::try_from(v).unwrap())).collect::<UInt64Array>()),
    // as pandas has a column of integers with a null in it
    |v| Arc::new(integers(v).map(|v| Some(v.map_or(f64::NAN, float))).collect::<Float64Array>()),
    |v| {
        Arc::new(
            integers(v).map(|v| v.map(|v| f32::from(i16::try_from(v).unwrap()))).collect::<Float32Array>(),
        )
    },
    |v| decimals::<Decimal32Type>(v, 0, |v| (v / 1000).try_into().unwrap()),
    |v| decimals::<Decimal128Type>(v, 2, |v| (v / 10).into()),
    |v| decimals::<Decimal256Type>(v, 3, Into::into),
    |v| Arc::new(strings(v).collect::<StringArray>()),
    |v| Arc::new(strings(v).collect::<LargeStringArray>()),
    |v| Arc::new(strings(v).collect::<StringViewArray>()),
    |v| Arc::new(strings(v).map(|v| v.map(|v| format!(" {v}.0 "))).collect::<StringArray>()),
    |v| Arc::new(dictionary::<Int16Type>(v)),
    |v| {
        let keys: UInt16Array = integers(v).map(|v| v.map(|v| u16::try_from(v).unwrap())).collect();
        Arc::new(DictionaryArray::<UInt16Type>::new(
            keys,
            Arc::new((0_i64..128).map(Some).collect::<Int64Array>()),
        ))
    },
    |v| runs(v),
];

const DATES: &[Encode] = &[
    |v| Arc::new(days(v).map(|v| v.map(|v| i32::try_from(v).unwrap())).collect::<Date32Array>()),
    |v| Arc::new(days(v).map(|v| v.map(|v| v * 86_400_000)).collect::<Date64Array>()),
    |v| Arc::new(instants(v, 1, 0).collect::<TimestampSecondArray>()),
    |v| Arc::new(instants(v, 1_000, 0).collect::<TimestampMillisecondArray>()),
    |v| Arc::new(instants(v, 1_000_000, 86_399).collect::<TimestampMicrosecondArray>()),
    |v| Arc::new(instants(v, 1_000_000_000, 0).collect::<TimestampNanosecondArray>()),
    |v| {
        Arc::new(
            instants(v, 1_000_000_000, 86_399).collect::<TimestampNanosecondArray>().with_timezone("UTC"),
        )
    },
    // midnight an hour ahead of UTC
    |v| Arc::new(instants(v, 1, -3600).collect::<TimestampSecondArray>().with_timezone("+01:00")),
    |v| Arc::new(london(v, 1_000, 0).collect::<TimestampMillisecondArray>().with_timezone("Europe/London")),
    |v| Arc::new(london(v, 1_000_000, 86_399).collect::<TimestampMicrosecondArray>().with_timezone("GB")),
    |v| Arc::new(strings(v).collect::<StringArray>()),
    |v| Arc::new(strings(v).collect::<LargeStringArray>()),
    |v| Arc::new(strings(v).collect::<StringViewArray>()),
    |v| Arc::new(strings(v).map(|v| v.map(|v| format!("{v}T23:59:59"))).collect::<StringArray>()),
    |v| Arc::new(dictionary::<Int32Type>(v)),
    |v| {
        let first = day(1998, 1, 1).to_epoch_days();
        let keys: Int32Array = days(v).map(|v| v.map(|v| i32::try_from(v).unwrap() - first)).collect();
        let dates: PrimitiveArray<Date32Type> = (first..first + 7500).map(Some).collect();
        Arc::new(DictionaryArray::new(keys, Arc::new(dates)))
    },
    |v| runs(v),
];

const BOOLS: &[Encode] = &[
    |v| Arc::new(bools(v).collect::<BooleanArray>()),
    |v| Arc::new(bools(v).map(|v| v.map(i8::from)).collect::<Int8Array>()),
    |v| Arc::new(bools(v).map(|v| v.map(u64::from)).collect::<UInt64Array>()),
    |v| {
        Arc::new(
            bools(v).map(|v| Some(v.map_or(f64::NAN, |v| f64::from(u8::from(v))))).collect::<Float64Array>(),
        )
    },
    |v| Arc::new(bools(v).map(|v| v.map(|v| if v { "Y" } else { "n" })).collect::<StringArray>()),
    |v| Arc::new(bools(v).map(|v| v.map(|v| if v { "True" } else { "False" })).collect::<LargeStringArray>()),
    |v| Arc::new(bools(v).map(|v| v.map(|v| if v { "yes" } else { "NO" })).collect::<StringViewArray>()),
    |v| Arc::new(dictionary::<Int8Type>(v)),
    |v| runs(v),
];

const DECIMALS: &[Encode] = &[
    |v| Arc::new(thousandths(v).map(|v| v.map(|v| written(v).parse().unwrap())).collect::<Float64Array>()),
    |v| Arc::new(thousandths(v).map(|v| v.map(|v| written(v).parse().unwrap())).collect::<Float32Array>()),
    |v| decimals::<Decimal32Type>(v, 3, |v| v.try_into().unwrap()),
    |v| decimals::<Decimal64Type>(v, 4, |v| v * 10),
    |v| decimals::<Decimal128Type>(v, 9, |v| i128::from(v) * 1_000_000),
    |v| decimals::<Decimal256Type>(v, 3, Into::into),
    |v| Arc::new(strings(v).collect::<StringArray>()),
    |v| Arc::new(dictionary::<Int64Type>(v)),
];

const TEXTS: &[Encode] = &[
    |v| Arc::new(strings(v).collect::<StringArray>()),
    |v| Arc::new(strings(v).collect::<LargeStringArray>()),
    |v| Arc::new(strings(v).collect::<StringViewArray>()),
    |v| Arc::new(strings(v).collect::<BinaryArray>()),
    |v| Arc::new(strings(v).collect::<LargeBinaryArray>()),
    |v| Arc::new(strings(v).collect::<BinaryViewArray>()),
    |v| Arc::new(dictionary::<Int8Type>(v)),
    |v| Arc::new(dictionary::<UInt16Type>(v)),
    |v| runs(v),
];

fn integers(values: &[Value]) -> impl Iterator<Item = Option<i64>> {
    values.iter().map(|value| match value {
        Value::Null => None,
        Value::Integer(value) => Some(*value),
        other => panic!("{other:?}"),
    })
}

fn days(values: &[Value]) -> impl Iterator<Item = Option<i64>> {
    values.iter().map(|value| match value {
        Value::Null => None,
        Value::Date(date) => Some(date.to_epoch_days().into()),
        other => panic!("{other:?}"),
    })
}

fn bools(values: &[Value]) -> impl Iterator<Item = Option<bool>> {
    values.iter().map(|value| match value {
        Value::Null => None,
        Value::Bool(value) => Some(*value),
        other => panic!("{other:?}"),
    })
}

fn thousandths(values: &[Value]) -> impl Iterator<Item = Option<i64>> {
    values.iter().map(|value| match value {
        Value::Null => None,
        Value::Integer(value) => Some(value * 1000),
        Value::Thousandths(value) => Some(*value),
        other => panic!("{other:?}"),
    })
}

fn strings(values: &[Value]) -> impl Iterator<Item = Option<String>> {
    values.iter().map(|value| match value {
        Value::Null => None,
        Value::Text(text) => Some((*text).to_owned()),
        Value::Date(date) => Some(date.to_string()),
        Value::Integer(value) => Some(value.to_string()),
        Value::Thousandths(value) => Some(written(*value)),
        Value::Bool(value) => Some(value.to_string()),
    })
}

fn written(thousandths: i64) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

fn float(value: i64) -> f64 {
    f64::from(i32::try_from(value).unwrap())
}

fn instants(values: &[Value], scale: i64, second: i64) -> impl Iterator<Item = Option<i64>> {
    days(values).map(move |day| day.map(|day| (day * 86_400 + second) * scale))
}

/// A second of the day on the clock of London.
fn london(values: &[Value], scale: i64, second: i64) -> impl Iterator<Item = Option<i64>> {
    let last_sunday = |year, month| {
        let last = day(year, month, 31);
        last - chrono::Days::new(last.weekday().num_days_from_sunday().into())
    };
    values.iter().zip(instants(values, 1, second)).map(move |(value, instant)| {
        let Value::Date(date) = value else { return None };
        let (start, end) = (last_sunday(date.year(), 3), last_sunday(date.year(), 10));
        // the clocks change early in the morning
        let is_summer = match second < 3600 {
            true => start < *date && *date <= end,
            false => start <= *date && *date < end,
        };
        instant.map(|instant| (instant - if is_summer { 3600 } else { 0 }) * scale)
    })
}

fn decimals<T: DecimalType>(values: &[Value], scale: i8, native: fn(i64) -> T::Native) -> ArrayRef {
    let array: PrimitiveArray<T> = thousandths(values).map(|value| value.map(native)).collect();
    Arc::new(array.with_precision_and_scale(T::MAX_PRECISION, scale).unwrap())
}

/// The texts as a dictionary that nobody tidied: every other null is a null among the values, and a text may be
/// there twice.
fn dictionary<K: arrow_array::types::ArrowDictionaryKeyType>(values: &[Value]) -> DictionaryArray<K>
where
    K::Native: TryFrom<usize>,
{
    let mut entries: Vec<Option<String>> = vec![None];
    let mut keys = Vec::new();
    for (row, text) in strings(values).enumerate() {
        let Some(text) = text else {
            keys.push((row % 2 == 0).then_some(0));
            continue;
        };
        let found = entries.iter().position(|entry| entry.as_ref() == Some(&text));
        let place = found.filter(|_| row % 7 > 0 || entries.len() > 100).unwrap_or_else(|| {
            entries.push(Some(text));
            entries.len() - 1
        });
        keys.push(Some(place));
    }
    let keys: PrimitiveArray<K> =
        keys.into_iter().map(|key| key.map(|key| K::Native::try_from(key).ok().unwrap())).collect();
    DictionaryArray::new(keys, Arc::new(entries.into_iter().collect::<StringArray>()))
}

fn runs(values: &[Value]) -> ArrayRef {
    let mut builder = StringRunBuilder::<Int32Type>::new();
    builder.extend(strings(values));
    let array: RunArray<Int32Type> = builder.finish();
    Arc::new(array)
}

/// One table as batches.
pub(crate) struct Batches {
    pub(crate) schema: Arc<Schema>,
    pub(crate) batches: Vec<RecordBatch>,
}

/// A table in batches of `chunk` rows. Each array is cut out of a longer one, as pyarrow and Polars hand
/// them over, if `is_cut`.
pub(crate) fn batches(
    table: &MeantTable,
    chunk: usize,
    is_cut: bool,
    mut encode: impl FnMut(ColumnKind) -> Encode,
) -> Batches {
    let encodes: Vec<Encode> = table.columns.iter().map(|column| encode(column.kind)).collect();
    let make = |from: usize, to: usize| {
        let columns: Vec<ArrayRef> = table
            .columns
            .iter()
            .zip(&encodes)
            .map(|(column, encode)| {
                let values = &column.values[from..to];
                if !is_cut {
                    return encode(values);
                }
                // a value that is not of the table before, two after, and a null
                let other = column.values.last().copied().unwrap_or(Value::Null);
                let padded = [&[other, Value::Null, other], values, &[other, Value::Null]].concat();
                encode(&padded).slice(3, values.len())
            })
            .collect();
        let fields: Vec<Field> = table
            .columns
            .iter()
            .zip(&columns)
            .map(|(column, array)| Field::new(column.name, array.data_type().clone(), true))
            .collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
    };
    let schema = make(0, 0).schema();
    let mut all = Vec::new();
    let mut from = 0;
    while from < table.rows {
        let to = (from + chunk).min(table.rows);
        all.push(make(from, to));
        from = to;
    }
    Batches { schema, batches: all }
}

/// The dataset of the tables by way of Arrow.
pub(crate) fn by_arrow(
    tables: &[MeantTable],
    chunk: usize,
    is_cut: bool,
    mut encode: impl FnMut(ColumnKind) -> Encode,
) -> Dataset {
    let mut builder: DatasetBuilder = Dataset::builder();
    for table in tables {
        let Batches { schema, batches } = batches(table, chunk, is_cut, &mut encode);
        let batches = batches.into_iter().map(Ok);
        csc_measures_arrow::add_batches(&mut builder, table.table.name(), &schema, batches).unwrap();
    }
    builder.build()
}
