//! Every Arrow type in every kind of column: a value, a null, or an issue, and never a silent null.

use std::sync::Arc;

use arrow_array::builder::{FixedSizeListBuilder, Int8Builder, LargeListBuilder, MapBuilder, StringBuilder};
use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType, Float16Type, Int8Type,
    Int32Type,
};
use arrow_array::*;
use arrow_schema::{DataType, Field, UnionFields};
use csc_measures::tables::{Need, Table};
use csc_measures::{Dataset, DatasetError, IssueCode};
use csc_measures_arrow::{ArrowInputError, ColumnError, add_batches};

/// A column of each kind: where there is one a required column, in which a null is an issue of its own.
const COLUMNS: [(Table, &str); 8] = [
    (Table::CpPlans, "person_id"),
    (Table::CpPlans, "start_date"),
    (Table::CpPlans, "other_authority"),
    (Table::ClaPlacements, "distance_miles"),
    (Table::CinPlans, "visit_working_days"),
    (Table::Policies, "title"),
    (Table::LegalStatuses, "legal_status"),
    (Table::RagRatings, "rating"),
];
// What becomes of a value in each of them: `v` it is read, `b` it is an issue, `u` it is a code that is not known,
// `e` the table is refused.
const NUMBER_ONE: &str = "vvvvvvuu";
// A float counts no days.
const NUMBER_ONE_POINT_NOUGHT: &str = "vbvvvvuu";
// A text does not say from when it counts them.
const NUMBER_ONE_AS_TEXT: &str = "vevvvvuu";
const FRACTION: &str = "bbbvbvuu";
const LARGE_NUMBER: &str = "vbbbbvuu";
const DATE: &str = "bvbbbbbb";
const DATE_AS_TEXT: &str = "vvbbbvuu";
const COLOUR: &str = "vbbbbvuv";
const YES: &str = "bbvbbbbb";
const NOTHING: &str = "bbbbbbbb";

/// A batch of the table with the column, and with whatever else the table needs.
fn batch(table: Table, column: &str, array: &ArrayRef) -> RecordBatch {
    let others = table.columns().iter().filter(|other| other.need != Need::Optional && other.name != column);
    let others = others.map(|other| {
        let text = |row: usize| match (other.name.ends_with("date"), other.set.first()) {
            (true, _) => "2017-01-03".to_owned(),
            (false, Some(code)) => (*code).to_owned(),
            (false, None) => format!("{row}"),
        };
        let texts: StringArray = (0..array.len()).map(|row| Some(text(row))).collect();
        (other.name, Arc::new(texts) as ArrayRef, true)
    });
    RecordBatch::try_from_iter_with_nullable(others.chain([(column, Arc::clone(array), true)])).unwrap()
}

/// What becomes of each row: `v`, `b`, or `n` for a null that a required column may not have.
fn fates(table: Table, column: &str, array: &ArrayRef) -> Result<String, ArrowInputError> {
    let batch = batch(table, column, array);
    let mut builder = Dataset::builder();
    add_batches(&mut builder, table.name(), &batch.schema(), [Ok(batch)])?;
    let dataset = builder.build();
    let mut fates = vec!['v'; array.len()];
    for issue in dataset.issues() {
        assert_eq!(issue.column(), Some(column), "{table}");
        let row = usize::try_from(issue.row()).unwrap() - 1;
        fates[row] = match issue.code() {
            IssueCode::BadDate if column == "start_date" => 'b',
            IssueCode::BadValue if column != "start_date" => 'b',
            IssueCode::MissingRequired => 'n',
            IssueCode::UnknownCode => 'u',
            _ => '?',
        };
    }
    Ok(fates.into_iter().collect())
}

/// The same values behind keys, and as runs.
fn in_other_forms(array: &ArrayRef) -> Vec<ArrayRef> {
    let rows = i8::try_from(array.len()).unwrap();
    let keys = Int8Array::from_iter_values(0..rows);
    let ends = Int32Array::from_iter_values(1..=i32::from(rows));
    let runs = RunArray::<Int32Type>::try_new(&ends, array).unwrap();
    let dictionary = DictionaryArray::<Int8Type>::new(keys, Arc::clone(array));
    vec![Arc::clone(array), Arc::new(dictionary), Arc::new(runs)]
}

/// Checks arrays of a value and a null.
#[track_caller]
fn check(expected: &str, arrays: impl IntoIterator<Item = ArrayRef>) {
    assert_eq!(expected.len(), COLUMNS.len());
    for array in arrays {
        assert_eq!(array.len(), 2, "{}", array.data_type());
        for array in in_other_forms(&array) {
            for ((table, column), fate) in COLUMNS.into_iter().zip(expected.chars()) {
                let is_required = table.columns()[table.column(column).unwrap()].need != Need::Optional;
                let of_null = if is_required { 'n' } else { 'v' };
                let found = match fates(table, column, &array) {
                    Err(ArrowInputError::Dataset(DatasetError::DatesAsNumbers { .. })) => {
                        format!("e{of_null}")
                    }
                    found => found.unwrap(),
                };
                assert_eq!(found, format!("{fate}{of_null}"), "{} in `{column}`", array.data_type());
            }
        }
    }
}

macro_rules! arrays {
    ($value:expr => $($array:ident),+ $(,)?) => {
        [$(Arc::new($array::from(vec![Some($value), None])) as ArrayRef),+]
    };
}

fn decimal<T: DecimalType>(value: T::Native, scale: i8) -> ArrayRef {
    let array = PrimitiveArray::<T>::from_iter([Some(value), None]);
    Arc::new(array.with_precision_and_scale(T::MAX_PRECISION, scale).unwrap())
}

fn half(value: f32) -> ArrayRef {
    let value = <Float16Type as ArrowPrimitiveType>::Native::from_f32(value);
    Arc::new(PrimitiveArray::<Float16Type>::from_iter([Some(value), None]))
}

fn texts(text: &str) -> Vec<ArrayRef> {
    let mut arrays = Vec::from(arrays!(text => StringArray, LargeStringArray, StringViewArray));
    arrays.extend(bytes(text.as_bytes()));
    arrays
}

fn bytes(bytes: &[u8]) -> Vec<ArrayRef> {
    let mut arrays = Vec::from(arrays!(bytes => BinaryArray, LargeBinaryArray, BinaryViewArray));
    let size = i32::try_from(bytes.len()).unwrap();
    let fixed = FixedSizeBinaryArray::try_from_sparse_iter_with_size([Some(bytes), None].into_iter(), size);
    arrays.push(Arc::new(fixed.unwrap()));
    arrays
}

/// Timestamps of every unit, in a zone or in none.
fn timestamps(seconds: i64, zone: Option<&str>) -> [ArrayRef; 4] {
    macro_rules! timestamp {
        ($($array:ident $scale:literal),+) => {
            [$(Arc::new($array::from(vec![Some(seconds * $scale), None]).with_timezone_opt(zone)) as ArrayRef),+]
        };
    }
    timestamp!(
        TimestampSecondArray 1,
        TimestampMillisecondArray 1_000,
        TimestampMicrosecondArray 1_000_000,
        TimestampNanosecondArray 1_000_000_000
    )
}

#[test]
fn nothing_at_all() {
    for array in in_other_forms(&(Arc::new(NullArray::new(2)) as ArrayRef)) {
        for (table, column) in COLUMNS {
            let found = fates(table, column, &array).unwrap();
            assert!(found == "nn" || found == "vv", "{column}: {found}");
        }
    }
}

#[test]
fn whole_numbers() {
    check(NUMBER_ONE, arrays!(1 => Int8Array, Int16Array, Int32Array, Int64Array));
    check(NUMBER_ONE, arrays!(1 => UInt8Array, UInt16Array, UInt32Array, UInt64Array));
    check("vvbvvvuu", arrays!(7 => Int8Array, Int64Array, UInt64Array));
    check(LARGE_NUMBER, arrays!(i64::MAX => Int64Array));
    check(LARGE_NUMBER, arrays!(u64::MAX => UInt64Array));
}

#[test]
fn floats() {
    check(NUMBER_ONE_POINT_NOUGHT, arrays!(1.0 => Float32Array, Float64Array));
    check(NUMBER_ONE_POINT_NOUGHT, [half(1.0)]);
    check(FRACTION, arrays!(2.5 => Float32Array, Float64Array));
    check(FRACTION, [half(2.5)]);
    check(NOTHING, arrays!(f32::INFINITY => Float32Array));
    check(NOTHING, arrays!(f64::NEG_INFINITY => Float64Array));
    check(LARGE_NUMBER, arrays!(1e200 => Float64Array));
    // As an id it would have more digits than an id may have bytes.
    let [longer] = arrays!(1e300 => Float64Array);
    assert_eq!(fates(Table::CpPlans, "person_id", &longer).unwrap(), "bn");
    let [nan] = arrays!(f64::NAN => Float64Array);
    assert_eq!(fates(Table::CpPlans, "person_id", &nan).unwrap(), "nn");
    assert_eq!(fates(Table::ClaPlacements, "distance_miles", &nan).unwrap(), "vv");
}

#[test]
fn exact_decimals() {
    check(NUMBER_ONE, [decimal::<Decimal32Type>(100, 2), decimal::<Decimal64Type>(100, 2)]);
    check(NUMBER_ONE, [decimal::<Decimal128Type>(100, 2), decimal::<Decimal256Type>(100.into(), 2)]);
    check(FRACTION, [decimal::<Decimal32Type>(25, 1), decimal::<Decimal64Type>(25, 1)]);
    check(FRACTION, [decimal::<Decimal128Type>(25, 1), decimal::<Decimal256Type>(25.into(), 1)]);
    check(
        LARGE_NUMBER,
        [decimal::<Decimal64Type>(1, -12), decimal::<Decimal128Type>(i128::from(u64::MAX), -9)],
    );
}

#[test]
fn yes_and_no() {
    check(YES, arrays!(true => BooleanArray));
    check(YES, arrays!(false => BooleanArray));
}

#[test]
fn texts_and_bytes() {
    check(NUMBER_ONE_AS_TEXT, texts("1"));
    check(NUMBER_ONE_AS_TEXT, texts(" 1.0 "));
    check(COLOUR, texts("Green"));
    check(DATE_AS_TEXT, texts("2017-03-01"));
    check(DATE_AS_TEXT, texts("2017-03-01T09:30:00Z"));
    check(NOTHING, bytes(b"Jos\xe9"));
}

#[test]
fn dates_and_timestamps() {
    check(DATE, arrays!(17_226 => Date32Array));
    check(DATE, arrays!(17_226 * 86_400_000 => Date64Array));
    check(NOTHING, arrays!(i32::MAX => Date32Array));
    check(NOTHING, arrays!(i64::MIN => Date64Array));
    for zone in [None, Some("UTC"), Some("+05:30"), Some("Europe/London"), Some("America/New_York")] {
        check(DATE, timestamps(17_226 * 86_400, zone));
    }
    // a wrong date would be worse than none
    check(NOTHING, timestamps(17_226 * 86_400, Some("America/Nowhere")));
}

#[test]
fn times_of_day_and_lengths_of_time() {
    check(NOTHING, arrays!(1 => Time32SecondArray, Time32MillisecondArray));
    check(NOTHING, arrays!(1 => Time64MicrosecondArray, Time64NanosecondArray));
    check(NOTHING, arrays!(1 => DurationSecondArray, DurationMillisecondArray));
    check(NOTHING, arrays!(1 => DurationMicrosecondArray, DurationNanosecondArray));
    check(NOTHING, arrays!(1 => IntervalYearMonthArray));
    let days = arrow_array::types::IntervalDayTime::new(1, 0);
    check(NOTHING, arrays!(days => IntervalDayTimeArray));
    let months = arrow_array::types::IntervalMonthDayNano::new(1, 0, 0);
    check(NOTHING, arrays!(months => IntervalMonthDayNanoArray));
}

#[test]
fn values_within_values_are_refused_with_the_column_and_its_type() {
    let numbers = || vec![Some(vec![Some(1_i8)]), None];
    let mut large = LargeListBuilder::new(Int8Builder::new());
    large.extend(numbers());
    let mut fixed = FixedSizeListBuilder::new(Int8Builder::new(), 1);
    fixed.values().append_value(1);
    fixed.append(true);
    fixed.values().append_null();
    fixed.append(false);
    let mut map = MapBuilder::new(None, StringBuilder::new(), Int8Builder::new());
    map.append(true).unwrap();
    map.append(false).unwrap();
    let ones: ArrayRef = Arc::new(Int8Array::from(vec![1, 2]));
    let field = Arc::new(Field::new("one", DataType::Int8, true));
    let union = UnionArray::try_new(
        UnionFields::from_fields([Arc::clone(&field)]),
        vec![0_i8, 0].into(),
        None,
        vec![Arc::clone(&ones)],
    );
    let arrays: Vec<ArrayRef> = vec![
        Arc::new(ListArray::from_iter_primitive::<Int8Type, _, _>(numbers())),
        Arc::new(large.finish()),
        Arc::new(fixed.finish()),
        Arc::new(ListViewArray::from(ListArray::from_iter_primitive::<Int8Type, _, _>(numbers()))),
        Arc::new(StructArray::from(vec![(field, ones)])),
        Arc::new(map.finish()),
        Arc::new(union.unwrap()),
    ];
    for array in arrays {
        for (table, column) in COLUMNS {
            match fates(table, column, &array) {
                Err(ArrowInputError::Column {
                    column: named,
                    source: ColumnError::Nested { data_type },
                    ..
                }) => {
                    assert_eq!((named.as_str(), &data_type), (column, array.data_type()));
                }
                other => panic!("{} in `{column}`: {other:?}", array.data_type()),
            }
        }
    }
}
