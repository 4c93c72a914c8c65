//! What a value of each Arrow type reads as.

use std::sync::Arc;

use arrow_array::builder::{FixedSizeBinaryBuilder, PrimitiveRunBuilder, StringRunBuilder};
use arrow_array::types::{
    Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType, Float16Type, Int8Type,
    Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, BooleanArray, Date32Array, Date64Array, Decimal32Array,
    Decimal64Array, Decimal128Array, Decimal256Array, DictionaryArray, DurationSecondArray,
    FixedSizeBinaryArray, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array,
    LargeBinaryArray, LargeStringArray, ListArray, NullArray, PrimitiveArray, StringArray, StringViewArray,
    Time32SecondArray, TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray,
    TimestampSecondArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use arrow_schema::Field;
use chrono::NaiveDate;
use csc_measures::Scalar;
use csc_measures_arrow::{ArrayColumn, ColumnError};

fn column(array: &dyn Array) -> ArrayColumn {
    ArrayColumn::new(array).unwrap()
}

fn days(year: i32, month: u32, day: u32) -> i32 {
    self::day(year, month, day).to_epoch_days()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Reads an array whole, and each slice of it.
#[track_caller]
fn assert_scalars(array: &dyn Array, expected: &[Scalar<'_>]) {
    for offset in 0..=expected.len() {
        for length in 0..=expected.len() - offset {
            let slice = array.slice(offset, length);
            let column = column(&slice);
            assert_eq!(column.len(), length);
            let found: Vec<Scalar<'_>> = (0..length).map(|row| column.column().value(row)).collect();
            assert_eq!(found, expected[offset..offset + length], "{} from {offset}", array.data_type());
            // beyond the end: no panic
            assert_eq!(column.column().value(length), Scalar::Null);
            assert_eq!(column.column().value(usize::MAX), Scalar::Null);
        }
    }
}

#[test]
fn nulls_and_yes_and_no() {
    assert_scalars(&NullArray::new(2), &[Scalar::Null, Scalar::Null]);
    let array = BooleanArray::from(vec![Some(true), None, Some(false)]);
    assert_scalars(&array, &[Scalar::Flag(true), Scalar::Null, Scalar::Flag(false)]);
}

#[test]
fn integers_of_every_width() {
    let expected = [Scalar::Integer(1), Scalar::Null, Scalar::Integer(127)];
    assert_scalars(&Int8Array::from(vec![Some(1), None, Some(127)]), &expected);
    assert_scalars(&Int16Array::from(vec![Some(1), None, Some(127)]), &expected);
    assert_scalars(&Int32Array::from(vec![Some(1), None, Some(127)]), &expected);
    assert_scalars(&Int64Array::from(vec![Some(1), None, Some(127)]), &expected);
    assert_scalars(&UInt8Array::from(vec![Some(1), None, Some(127)]), &expected);
    assert_scalars(&UInt16Array::from(vec![Some(1), None, Some(127)]), &expected);
    assert_scalars(&UInt32Array::from(vec![Some(1), None, Some(127)]), &expected);
    assert_scalars(&UInt64Array::from(vec![Some(1), None, Some(127)]), &expected);
    let array = Int64Array::from(vec![i64::MIN, i64::MAX]);
    assert_scalars(&array, &[Scalar::Integer(i64::MIN.into()), Scalar::Integer(i64::MAX.into())]);
}

#[test]
fn an_unsigned_id_may_be_larger_than_a_signed_one() {
    let array = UInt64Array::from(vec![Some(1), None, Some(u64::MAX)]);
    assert_scalars(&array, &[Scalar::Integer(1), Scalar::Null, Scalar::Integer(u64::MAX.into())]);
}

#[test]
fn floats_are_written_as_short_as_they_were() {
    let array = Float64Array::from(vec![Some(0.1), None, Some(123.0)]);
    assert_scalars(&array, &[Scalar::Float(0.1), Scalar::Null, Scalar::Float(123.0)]);
    // the nearest double of a single 999.9 is 999.9000244140625
    let array = Float32Array::from(vec![Some(999.9), None, Some(-0.1), Some(16_777_216.0)]);
    let expected = [Scalar::Float(999.9), Scalar::Null, Scalar::Float(-0.1), Scalar::Float(16_777_216.0)];
    assert_scalars(&array, &expected);
    let array = Float32Array::from(vec![f32::NAN, f32::INFINITY]);
    assert!(matches!(column(&array).column().value(0), Scalar::Float(value) if value.is_nan()));
    assert_eq!(column(&array).column().value(1), Scalar::Float(f64::INFINITY));
    let half = Float32Array::from(vec![Some(0.5), None]);
    let half =
        half.iter().map(|v| v.map(<Float16Type as arrow_array::types::ArrowPrimitiveType>::Native::from_f32));
    let half: PrimitiveArray<Float16Type> = half.collect();
    assert_scalars(&half, &[Scalar::Float(0.5), Scalar::Null]);
}

fn decimals<T: DecimalType>(
    values: impl IntoIterator<Item = Option<T::Native>>,
    scale: i8,
) -> PrimitiveArray<T> {
    PrimitiveArray::<T>::from_iter(values).with_precision_and_scale(T::MAX_PRECISION, scale).unwrap()
}

#[test]
fn decimals_of_every_width_keep_their_scale() {
    let half = Scalar::Decimal("0.5".parse().unwrap());
    let long = Scalar::Decimal("-12.345".parse().unwrap());
    let expected = [half, Scalar::Null, long];
    assert_scalars(&decimals::<Decimal32Type>([Some(500), None, Some(-12_345)], 3), &expected);
    assert_scalars(&decimals::<Decimal64Type>([Some(500), None, Some(-12_345)], 3), &expected);
    assert_scalars(&decimals::<Decimal128Type>([Some(500), None, Some(-12_345)], 3), &expected);
    let array = decimals::<Decimal128Type>([Some(1000), Some(500)], 3);
    assert_eq!(column(&array).column().value(0), Scalar::Decimal("1".parse().unwrap()));
    let wide = [Some(500), None, Some(-12_345)].map(|v: Option<i64>| v.map(Into::into));
    assert_scalars(&decimals::<Decimal256Type>(wide, 3), &expected);
}

#[test]
fn whole_decimals_are_integers() {
    let expected = [Scalar::Integer(12), Scalar::Null, Scalar::Integer(-3)];
    assert_scalars(
        &Decimal32Array::from(vec![Some(12), None, Some(-3)]).with_precision_and_scale(9, 0).unwrap(),
        &expected,
    );
    assert_scalars(
        &Decimal64Array::from(vec![Some(1200), None, Some(-300)]).with_precision_and_scale(18, 2).unwrap(),
        &expected,
    );
    let array =
        Decimal128Array::from(vec![Some(12), None, Some(-3)]).with_precision_and_scale(9, -2).unwrap();
    assert_scalars(&array, &[Scalar::Integer(1200), Scalar::Null, Scalar::Integer(-300)]);
    let array = Decimal256Array::from(vec![Some(12.into()), None]).with_precision_and_scale(9, 0).unwrap();
    assert_scalars(&array, &[Scalar::Integer(12), Scalar::Null]);
}

#[test]
fn a_decimal_of_thirty_digits_is_a_text() {
    let id = 123_456_789_012_345_678_901_234_567_890_i128;
    let array = decimals::<Decimal128Type>([Some(id), None, Some(10)], 0);
    let column = column(&array);
    assert_eq!(column.column().value(0), Scalar::Text("123456789012345678901234567890"));
    assert_eq!(column.column().value(1), Scalar::Null);
    assert_eq!(column.column().value(2), Scalar::Text("10"));
    let array = decimals::<Decimal128Type>([Some(id), Some(150)], 2);
    assert_eq!(
        ArrayColumn::new(&array).unwrap().column().value(0),
        Scalar::Text("1234567890123456789012345678.9")
    );
    assert_eq!(ArrayColumn::new(&array).unwrap().column().value(1), Scalar::Text("1.5"));
}

#[test]
fn texts_of_every_layout() {
    let expected =
        [Scalar::Text("P1"), Scalar::Null, Scalar::Text("more than twelve bytes, é too"), Scalar::Text("")];
    let texts = vec![Some("P1"), None, Some("more than twelve bytes, é too"), Some("")];
    assert_scalars(&StringArray::from(texts.clone()), &expected);
    assert_scalars(&LargeStringArray::from(texts.clone()), &expected);
    assert_scalars(&StringViewArray::from(texts.clone()), &expected);
    let bytes: Vec<Option<&[u8]>> = texts.iter().map(|text| text.map(str::as_bytes)).collect();
    assert_scalars(&BinaryArray::from(bytes.clone()), &expected);
    assert_scalars(&LargeBinaryArray::from(bytes.clone()), &expected);
    assert_scalars(&BinaryViewArray::from(bytes), &expected);
}

#[test]
fn bytes_that_are_no_text_are_unreadable_and_their_neighbours_are_not() {
    let latin: Vec<Option<&[u8]>> = vec![Some(b"Jos\xe9"), None, Some(b"Jo")];
    let expected = [Scalar::Unreadable, Scalar::Null, Scalar::Text("Jo")];
    assert_scalars(&BinaryArray::from(latin.clone()), &expected);
    assert_scalars(&LargeBinaryArray::from(latin.clone()), &expected);
    assert_scalars(&BinaryViewArray::from(latin), &expected);
    let array = FixedSizeBinaryArray::try_from_sparse_iter_with_size(
        [Some(b"\xffa"), None, Some(b"Jo")].into_iter(),
        2,
    );
    let array = array.unwrap();
    assert_scalars(&array, &expected);
}

#[test]
#[expect(unsafe_code, reason = "only so can an array be built that breaks its own promises")]
fn a_producer_that_breaks_the_promises_of_arrow_is_found_out() {
    let latin: Vec<Option<&[u8]>> = vec![Some(b"Jos\xe9"), None, Some(b"Jo")];
    let expected = [Scalar::Unreadable, Scalar::Null, Scalar::Text("Jo")];
    let (offsets, values, nulls) = BinaryArray::from(latin.clone()).into_parts();
    // SAFETY: it is not text, and nothing but the column under test looks at it.
    let array = unsafe { StringArray::new_unchecked(offsets, values, nulls) };
    assert_scalars(&array, &expected);
    let (offsets, values, nulls) = LargeBinaryArray::from(latin.clone()).into_parts();
    // SAFETY: as above.
    assert_scalars(&unsafe { LargeStringArray::new_unchecked(offsets, values, nulls) }, &expected);
    let (views, buffers, nulls) = BinaryViewArray::from(latin).into_parts();
    // SAFETY: as above.
    assert_scalars(&unsafe { StringViewArray::new_unchecked(views, buffers, nulls) }, &expected);

    let (offsets, _, _) = StringArray::from(vec!["long", "enough"]).into_parts();
    let (_, short, _) = StringArray::from(vec!["a"]).into_parts();
    // SAFETY: the offsets lie beyond the data, and nothing but the check under test looks at them.
    let array = unsafe { StringArray::new_unchecked(offsets, short, None) };
    assert!(matches!(ArrayColumn::new(&array), Err(ColumnError::Malformed { .. })));
}

#[test]
fn dates_and_those_beyond_the_calendar() {
    let array = Date32Array::from(vec![Some(17_226), None, Some(-1), Some(i32::MAX), Some(i32::MIN)]);
    let expected = [
        Scalar::Day(days(2017, 3, 1)),
        Scalar::Null,
        Scalar::Day(days(1969, 12, 31)),
        // days that no text can write: the dataset reports them
        Scalar::Day(i32::MAX),
        Scalar::Day(i32::MIN),
    ];
    assert_scalars(&array, &expected);
    let array =
        Date64Array::from(vec![Some(17_226 * 86_400_000), None, Some(-1), Some(i64::MAX), Some(i64::MIN)]);
    let expected = expected.map(|day| match day {
        Scalar::Day(i32::MAX | i32::MIN) => Scalar::Unreadable,
        day => day,
    });
    assert_scalars(&array, &expected);
}

#[test]
fn timestamps_of_every_unit_around_midnight() {
    let midnight = 17_226 * 86_400;
    let expected = [Scalar::Day(days(2017, 3, 1)), Scalar::Day(days(2017, 2, 28)), Scalar::Null];
    let values = |scale: i64| vec![Some(midnight * scale), Some(midnight * scale - 1), None];
    assert_scalars(&TimestampSecondArray::from(values(1)), &expected);
    assert_scalars(&TimestampMillisecondArray::from(values(1_000)), &expected);
    assert_scalars(&TimestampMicrosecondArray::from(values(1_000_000)), &expected);
    assert_scalars(&TimestampNanosecondArray::from(values(1_000_000_000)), &expected);
    let array = TimestampMicrosecondArray::from(values(1_000_000)).with_timezone("UTC");
    assert_scalars(&array, &expected);
    // an hour ahead, the last microsecond of February is in March
    let array = TimestampMicrosecondArray::from(values(1_000_000)).with_timezone("+01:00");
    assert_scalars(&array, &[Scalar::Day(days(2017, 3, 1)), Scalar::Day(days(2017, 3, 1)), Scalar::Null]);
    // in winter London is at UTC
    let array = TimestampMicrosecondArray::from(values(1_000_000)).with_timezone("Europe/London");
    assert_scalars(&array, &expected);
}

#[test]
fn midnight_in_london_in_summer_is_eleven_at_night_in_utc() {
    let eleven = day(2017, 6, 30).and_hms_opt(23, 0, 0).unwrap().and_utc().timestamp();
    let array = TimestampSecondArray::from(vec![Some(eleven), Some(eleven - 1), None]);
    let expected = [Scalar::Day(days(2017, 7, 1)), Scalar::Day(days(2017, 6, 30)), Scalar::Null];
    assert_scalars(&array.clone().with_timezone("Europe/London"), &expected);
    let unknown = array.with_timezone("Europe/Londres");
    assert_scalars(&unknown, &[Scalar::Unreadable, Scalar::Unreadable, Scalar::Null]);
}

#[test]
fn timestamps_read_as_the_date_on_the_clocks_of_their_place() {
    let midday = day(2017, 7, 1).and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp();
    let before_1900 = day(1899, 12, 31).and_hms_opt(23, 59, 0).unwrap().and_utc().timestamp();
    let array = TimestampSecondArray::from(vec![Some(midday), Some(before_1900), None]);
    for (place, july, december) in [
        ("Europe/Paris", 1, 1),
        ("america/new_york", 1, 31),
        ("Asia/Kolkata", 1, 1),
        ("Pacific/Auckland", 2, 1),
        ("Europe/London", 1, 31),
    ] {
        let december = if december == 1 { days(1900, 1, 1) } else { days(1899, 12, 31) };
        let expected = [Scalar::Day(days(2017, 7, july)), Scalar::Day(december), Scalar::Null];
        assert_scalars(&array.clone().with_timezone(place), &expected);
    }
}

#[test]
fn times_and_durations_are_nothing_that_a_table_holds() {
    let expected = [Scalar::Unreadable, Scalar::Null];
    assert_scalars(&Time32SecondArray::from(vec![Some(1), None]), &expected);
    assert_scalars(&DurationSecondArray::from(vec![Some(1), None]), &expected);
}

#[test]
fn dictionaries_of_every_key_with_null_keys_and_null_values() {
    fn check<K: arrow_array::types::ArrowDictionaryKeyType>()
    where
        K::Native: TryFrom<u8>,
    {
        let keys: PrimitiveArray<K> = [Some(2_u8), None, Some(1), Some(0), Some(2)]
            .into_iter()
            .map(|key| key.and_then(|key| K::Native::try_from(key).ok()))
            .collect();
        let values: ArrayRef = Arc::new(StringArray::from(vec![Some("a"), None, Some("c")]));
        let array = DictionaryArray::<K>::new(keys, values);
        let expected = [Scalar::Text("c"), Scalar::Null, Scalar::Null, Scalar::Text("a"), Scalar::Text("c")];
        assert_scalars(&array, &expected);
    }
    check::<Int8Type>();
    check::<Int16Type>();
    check::<Int32Type>();
    check::<Int64Type>();
    check::<UInt8Type>();
    check::<UInt16Type>();
    check::<UInt32Type>();
    check::<UInt64Type>();
}

#[test]
fn dictionaries_of_other_values_sliced_and_empty() {
    let values = Date32Array::from(vec![Some(0), Some(17_226), None]).slice(1, 2);
    let array =
        DictionaryArray::<Int8Type>::new(Int8Array::from(vec![Some(1), Some(0), None]), Arc::new(values));
    assert_scalars(&array, &[Scalar::Null, Scalar::Day(days(2017, 3, 1)), Scalar::Null]);
    let none = Arc::new(StringArray::from(Vec::<&str>::new()));
    let array = DictionaryArray::<Int8Type>::new(Int8Array::from(vec![None, None]), none);
    assert_scalars(&array, &[Scalar::Null, Scalar::Null]);
}

#[test]
fn runs() {
    let mut builder = StringRunBuilder::<Int16Type>::new();
    for text in [Some("a"), Some("a"), None, Some("b")] {
        builder.append_option(text);
    }
    let expected = [Scalar::Text("a"), Scalar::Text("a"), Scalar::Null, Scalar::Text("b")];
    assert_scalars(&builder.finish(), &expected);
    let mut builder = PrimitiveRunBuilder::<Int32Type, Int8Type>::new();
    builder.extend([Some(1), Some(1), None]);
    assert_scalars(&builder.finish(), &[Scalar::Integer(1), Scalar::Integer(1), Scalar::Null]);
    let mut builder = PrimitiveRunBuilder::<Int64Type, Int8Type>::new();
    builder.extend([Some(1), Some(1), None]);
    assert_scalars(&builder.finish(), &[Scalar::Integer(1), Scalar::Integer(1), Scalar::Null]);
}

#[test]
fn a_list_is_no_single_value() {
    let array = ListArray::from_iter_primitive::<Int8Type, _, _>([Some(vec![Some(1)])]);
    let error = ArrayColumn::new(&array).unwrap_err();
    assert!(matches!(&error, ColumnError::Nested { .. }));
    assert!(error.to_string().starts_with("values of type List("), "{error}");
    let dictionary = DictionaryArray::<Int8Type>::new(Int8Array::from(vec![0]), Arc::new(array));
    assert!(ArrayColumn::new(&dictionary).is_err());
}

#[test]
fn a_uuid_is_its_text() {
    let mut builder = FixedSizeBinaryBuilder::new(16);
    builder.append_value(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef_u128.to_be_bytes()).unwrap();
    builder.append_null();
    let array = builder.finish();
    let field = Field::new("person_id", array.data_type().clone(), true)
        .with_metadata([("ARROW:extension:name".to_owned(), "arrow.uuid".to_owned())]);
    let column = ArrayColumn::of_field(&field, &array).unwrap();
    assert_eq!(column.column().value(0), Scalar::Text("01234567-89ab-cdef-0123-456789abcdef"));
    assert_eq!(column.column().value(1), Scalar::Null);
}
