//! One Arrow array as a column of the dataset.

use arrow_array::GenericByteArray;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DecimalType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    RunEndIndexType, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::types::{ByteArrayType, ByteViewType};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, BooleanArray, Date32Array, Float64Array,
    GenericByteViewArray, Int8Array, Int16Array, Int32Array, Int64Array, LargeBinaryArray, LargeStringArray,
    PrimitiveArray, StringArray, StringViewArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array,
    make_array,
};
use arrow_buffer::{ArrowNativeType, NullBuffer};
use arrow_schema::{ArrowError, DataType, Field, TimeUnit};
use csc_measures::{Column, Decimal, ErrorKind, Flags, Integers, Layout, Slice, Text, Validity};
use csc_measures_zones::Zone;

/// Why an array cannot be a column.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnError {
    /// A list, struct, map or union: it has no single value a row.
    #[error("values of type {data_type} are not single values")]
    Nested {
        /// The type.
        data_type: DataType,
    },
    /// The array's buffers contradict one another: offsets beyond the data, for one.
    #[error("the array is not well formed: {source}")]
    Malformed {
        /// What is wrong.
        source: ArrowError,
    },
    /// An array that is not as the Arrow C data interface says.
    #[cfg(feature = "ffi")]
    #[error(transparent)]
    Interface(#[from] crate::interface::InterfaceError),
}

impl ColumnError {
    /// What kind of thing is wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Nested { .. } => ErrorKind::BadTable,
            Self::Malformed { .. } => ErrorKind::Unreadable,
            #[cfg(feature = "ffi")]
            Self::Interface(_) => ErrorKind::Unreadable,
        }
    }
}

/// An Arrow array of any single-valued type, whose buffers it shares, as a [`Column`] that a dataset reads.
///
/// Only what a column has no form for is made anew: singles and halves, decimals, timestamps of a zone whose
/// offset changes, ends of runs. See the [crate](crate#types-that-are-read) for what becomes of each type.
///
/// # Examples
///
/// ## A category of pandas
///
/// ```
/// use arrow_array::{DictionaryArray, types::Int8Type};
/// use csc_measures::Scalar;
/// use csc_measures_arrow::ArrayColumn;
///
/// let teams: DictionaryArray<Int8Type> = [Some("North"), None, Some("North")].into_iter().collect();
/// let array = ArrayColumn::new(&teams)?;
/// let column = array.column();
/// assert_eq!((column.value(2), column.value(1)), (Scalar::Text("North"), Scalar::Null));
/// # Ok::<(), csc_measures_arrow::ColumnError>(())
/// ```
#[derive(Debug)]
pub struct ArrayColumn {
    length: usize,
    values: Values,
}

#[derive(Debug)]
enum Values {
    Null,
    /// Values that no column of any table holds: times, durations, intervals.
    Unreadable(ArrayRef),
    Boolean(BooleanArray),
    Int8(Int8Array),
    Int16(Int16Array),
    Int32(Int32Array),
    Int64(Int64Array),
    UInt8(UInt8Array),
    UInt16(UInt16Array),
    UInt32(UInt32Array),
    UInt64(UInt64Array),
    Float64(Float64Array),
    Decimal {
        values: Vec<Decimal>,
        nulls: Option<NullBuffer>,
    },
    Days(Date32Array),
    Instant {
        values: Int64Array,
        unit: csc_measures::TimeUnit,
        zone: csc_measures::Zone,
    },
    Utf8(StringArray),
    LargeUtf8(LargeStringArray),
    Utf8View(StringViewArray),
    Binary(BinaryArray),
    LargeBinary(LargeBinaryArray),
    BinaryView(BinaryViewArray),
    Dictionary {
        keys: Box<ArrayColumn>,
        values: Box<ArrayColumn>,
    },
    /// Runs, by the place of each row's value.
    Runs {
        places: Vec<u32>,
        values: Box<ArrayColumn>,
    },
}

impl ArrayColumn {
    /// The column of an array, whose buffers it shares.
    ///
    /// # Errors
    /// [`ColumnError`]: a nested type, or offsets beyond the data.
    pub fn new(array: &dyn Array) -> Result<Self, ColumnError> {
        Ok(Self { length: array.len(), values: Values::new(array)? })
    }

    /// The column of an array whose field may say more than its type: an `arrow.uuid` is the text of a UUID,
    /// and no sixteen bytes.
    ///
    /// # Errors
    /// As [`ArrayColumn::new`].
    pub fn of_field(field: &Field, array: &dyn Array) -> Result<Self, ColumnError> {
        if field.extension_type_name() == Some("arrow.uuid")
            && let Some(ids) = array.as_fixed_size_binary_opt()
        {
            let values = Values::Utf8(ids.iter().map(|id| id.map(uuid)).collect());
            return Ok(Self { length: array.len(), values });
        }
        Self::new(array)
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The column.
    #[must_use]
    pub fn column(&self) -> Column<'_> {
        let rows = self.length;
        let column = match &self.values {
            Values::Null => Some(Column::Nulls(rows)),
            Values::Unreadable(array) => {
                validity(array.nulls(), rows).map(|validity| Column::Unreadable { rows, validity })
            }
            Values::Boolean(array) => flags(array).map(Column::Flags),
            Values::Int8(array) => slice(array).map(|slice| Column::Integers(Integers::Int8(slice))),
            Values::Int16(array) => slice(array).map(|slice| Column::Integers(Integers::Int16(slice))),
            Values::Int32(array) => slice(array).map(|slice| Column::Integers(Integers::Int32(slice))),
            Values::Int64(array) => slice(array).map(|slice| Column::Integers(Integers::Int64(slice))),
            Values::UInt8(array) => slice(array).map(|slice| Column::Integers(Integers::UInt8(slice))),
            Values::UInt16(array) => slice(array).map(|slice| Column::Integers(Integers::UInt16(slice))),
            Values::UInt32(array) => slice(array).map(|slice| Column::Integers(Integers::UInt32(slice))),
            Values::UInt64(array) => slice(array).map(|slice| Column::Integers(Integers::UInt64(slice))),
            Values::Float64(array) => slice(array).map(Column::Floats),
            Values::Decimal { values, nulls } => validity(nulls.as_ref(), rows)
                .and_then(|validity| Slice::new(values, validity).ok())
                .map(Column::Decimals),
            Values::Days(array) => slice(array).map(Column::Days),
            Values::Instant { values, unit, zone } => {
                slice(values).map(|values| Column::Instants { values, unit: *unit, zone: *zone })
            }
            Values::Utf8(array) => small(array),
            Values::Binary(array) => small(array),
            Values::LargeUtf8(array) => large(array),
            Values::LargeBinary(array) => large(array),
            Values::Utf8View(array) => views(array),
            Values::BinaryView(array) => views(array),
            Values::Dictionary { keys, values } => match keys.column() {
                Column::Integers(keys) => {
                    Some(Column::Dictionary { keys, values: Box::new(values.column()) })
                }
                _ => None,
            },
            Values::Runs { places, values } => Slice::new(places, Validity::ALL).ok().map(|places| {
                Column::Dictionary { keys: Integers::UInt32(places), values: Box::new(values.column()) }
            }),
        };
        column.unwrap_or_else(|| broken(rows))
    }
}

/// Stops if arrow-rs made an array whose bitmap is not as long as the array, or whose keys are not whole numbers.
#[expect(clippy::panic, reason = "a broken invariant refuses: a default would be rows without values")]
#[cold]
fn broken(rows: usize) -> ! {
    panic!("internal error: an array of {rows} rows is not as its type says")
}

fn validity(nulls: Option<&NullBuffer>, rows: usize) -> Option<Validity<'_>> {
    match nulls {
        Some(nulls) => Validity::new(nulls.validity(), nulls.offset(), rows).ok(),
        None => Some(Validity::ALL),
    }
}

fn slice<T: ArrowPrimitiveType>(array: &PrimitiveArray<T>) -> Option<Slice<'_, T::Native>> {
    Slice::new(array.values(), validity(array.nulls(), array.len())?).ok()
}

fn flags(array: &BooleanArray) -> Option<Flags<'_>> {
    let bits = array.values();
    Flags::new(bits.values(), bits.offset(), array.len(), validity(array.nulls(), array.len())?).ok()
}

fn small<T: ByteArrayType<Offset = i32>>(array: &GenericByteArray<T>) -> Option<Column<'_>> {
    let layout = Layout::Offsets { offsets: array.value_offsets(), bytes: array.value_data() };
    Text::of(layout, validity(array.nulls(), array.len())?).ok().map(Column::Text)
}

fn large<T: ByteArrayType<Offset = i64>>(array: &GenericByteArray<T>) -> Option<Column<'_>> {
    let layout = Layout::LargeOffsets { offsets: array.value_offsets(), bytes: array.value_data() };
    Text::of(layout, validity(array.nulls(), array.len())?).ok().map(Column::Text)
}

fn views<T: ByteViewType>(array: &GenericByteViewArray<T>) -> Option<Column<'_>> {
    let (views, _) = array.views().inner().as_slice().as_chunks::<16>();
    let buffers = array.data_buffers().iter().map(|buffer| buffer.as_slice()).collect();
    let layout = Layout::Views { views, buffers };
    Text::of(layout, validity(array.nulls(), array.len())?).ok().map(Column::Text)
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

impl Values {
    fn new(array: &dyn Array) -> Result<Self, ColumnError> {
        let nested = || ColumnError::Nested { data_type: array.data_type().clone() };
        let values = match array.data_type() {
            DataType::Null => Some(Self::Null),
            DataType::Boolean => array.as_boolean_opt().cloned().map(Self::Boolean),
            DataType::Int8 => numbers::<Int8Type>(array).map(Self::Int8),
            DataType::Int16 => numbers::<Int16Type>(array).map(Self::Int16),
            DataType::Int32 => numbers::<Int32Type>(array).map(Self::Int32),
            DataType::Int64 => numbers::<Int64Type>(array).map(Self::Int64),
            DataType::UInt8 => numbers::<UInt8Type>(array).map(Self::UInt8),
            DataType::UInt16 => numbers::<UInt16Type>(array).map(Self::UInt16),
            DataType::UInt32 => numbers::<UInt32Type>(array).map(Self::UInt32),
            DataType::UInt64 => numbers::<UInt64Type>(array).map(Self::UInt64),
            DataType::Float16 => numbers::<Float16Type>(array)
                .map(|array| Self::Float64(array.unary::<_, Float64Type>(|value| widen(value.to_f32())))),
            DataType::Float32 => {
                numbers::<Float32Type>(array).map(|array| Self::Float64(array.unary::<_, Float64Type>(widen)))
            }
            DataType::Float64 => numbers::<Float64Type>(array).map(Self::Float64),
            DataType::Decimal32(..) => {
                numbers::<Decimal32Type>(array).map(|array| decimals(&array, |value| Some(value.into())))
            }
            DataType::Decimal64(..) => numbers::<Decimal64Type>(array).map(|array| decimals(&array, Some)),
            DataType::Decimal128(..) => {
                numbers::<Decimal128Type>(array).map(|array| decimals(&array, |value| value.try_into().ok()))
            }
            DataType::Decimal256(..) => numbers::<Decimal256Type>(array)
                .map(|array| decimals(&array, |value| value.to_i128()?.try_into().ok())),
            DataType::Date32 => numbers::<Date32Type>(array).map(Self::Days),
            DataType::Date64 => instants::<Date64Type>(array, TimeUnit::Millisecond, None),
            DataType::Timestamp(unit, zone) => {
                let zone = zone.as_deref();
                match unit {
                    TimeUnit::Second => instants::<TimestampSecondType>(array, *unit, zone),
                    TimeUnit::Millisecond => instants::<TimestampMillisecondType>(array, *unit, zone),
                    TimeUnit::Microsecond => instants::<TimestampMicrosecondType>(array, *unit, zone),
                    TimeUnit::Nanosecond => instants::<TimestampNanosecondType>(array, *unit, zone),
                }
            }
            DataType::Time32(_) | DataType::Time64(_) | DataType::Duration(_) | DataType::Interval(_) => {
                Some(Self::Unreadable(make_array(array.to_data())))
            }
            DataType::Utf8 => array.as_string_opt().map(within).transpose()?.map(Self::Utf8),
            DataType::LargeUtf8 => array.as_string_opt().map(within).transpose()?.map(Self::LargeUtf8),
            DataType::Utf8View => array.as_string_view_opt().cloned().map(Self::Utf8View),
            DataType::Binary => array.as_binary_opt().map(within).transpose()?.map(Self::Binary),
            DataType::LargeBinary => array.as_binary_opt().map(within).transpose()?.map(Self::LargeBinary),
            DataType::BinaryView => array.as_binary_view_opt().cloned().map(Self::BinaryView),
            DataType::FixedSizeBinary(_) => {
                array.as_fixed_size_binary_opt().map(|array| Self::Binary(array.iter().collect()))
            }
            DataType::Dictionary(..) => match array.as_any_dictionary_opt() {
                Some(dictionary) => Some(Self::Dictionary {
                    keys: Box::new(ArrayColumn::new(dictionary.keys())?),
                    values: Box::new(ArrayColumn::new(dictionary.values())?),
                }),
                None => None,
            },
            DataType::RunEndEncoded(ends, _) => match ends.data_type() {
                DataType::Int16 => runs::<Int16Type>(array)?,
                DataType::Int32 => runs::<Int32Type>(array)?,
                _ => runs::<Int64Type>(array)?,
            },
            _ => None,
        };
        values.ok_or_else(nested)
    }
}

fn numbers<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<PrimitiveArray<T>> {
    array.as_primitive_opt().cloned()
}

/// Texts or bytes, unless their offsets lie beyond the data.
fn within<T: ByteArrayType>(array: &GenericByteArray<T>) -> Result<GenericByteArray<T>, ColumnError> {
    let end = array.value_offsets().last().map(|end| end.as_usize());
    if end.is_none_or(|end| end > array.value_data().len()) {
        let source = ArrowError::InvalidArgumentError("offsets lie beyond the text".to_owned());
        return Err(ColumnError::Malformed { source });
    }
    Ok(array.clone())
}

fn instants<T: ArrowPrimitiveType<Native = i64>>(
    array: &dyn Array,
    unit: TimeUnit,
    zone: Option<&str>,
) -> Option<Values> {
    let values = numbers::<T>(array)?.reinterpret_cast::<Int64Type>();
    let unit = match unit {
        TimeUnit::Second => csc_measures::TimeUnit::Second,
        TimeUnit::Millisecond => csc_measures::TimeUnit::Millisecond,
        TimeUnit::Microsecond => csc_measures::TimeUnit::Microsecond,
        TimeUnit::Nanosecond => csc_measures::TimeUnit::Nanosecond,
    };
    let zone = Zone::of(zone);
    Some(match zone.fixed() {
        Some(ahead) => Values::Instant { values, unit, zone: csc_measures::Zone::Fixed(ahead) },
        // A day that no text can write is an issue, as the greatest of all days is.
        None if zone.is_known() => {
            Values::Days(values.unary(|value| zone.day(value, unit).unwrap_or(i32::MAX)))
        }
        None => Values::Unreadable(std::sync::Arc::new(values)),
    })
}

fn runs<R: RunEndIndexType>(array: &dyn Array) -> Result<Option<Values>, ColumnError> {
    let Some(array) = array.as_run_opt::<R>() else { return Ok(None) };
    let values = Box::new(ArrayColumn::new(array.values())?);
    // A place beyond those of 32 bits is one beyond the values: an issue of its row.
    let place = |row| u32::try_from(array.get_physical_index(row)).unwrap_or(u32::MAX);
    let places = (0..array.len()).map(place).collect();
    Ok(Some(Values::Runs { places, values }))
}

/// Whole numbers as integers, others as exact decimals; a column with a number too large for that (an id of
/// thirty digits) as texts.
fn decimals<T: DecimalType>(array: &PrimitiveArray<T>, to_i64: impl Fn(T::Native) -> Option<i64>) -> Values {
    if let Some(integers) = integers(array, to_i64) {
        return Values::Int64(integers);
    }
    let texts: Vec<Option<String>> = (0..array.len())
        .map(|row| {
            array.is_valid(row).then(|| {
                let text = array.value_as_string(row);
                match text.contains('.') {
                    true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                    false => text,
                }
            })
        })
        .collect();
    let parsed: Option<Vec<Option<Decimal>>> = texts
        .iter()
        .map(|text| text.as_ref().map_or(Some(None), |text| text.parse().ok().map(Some)))
        .collect();
    match parsed {
        Some(values) => Values::Decimal {
            values: values.into_iter().map(Option::unwrap_or_default).collect(),
            nulls: array.nulls().cloned(),
        },
        None => Values::Utf8(texts.into_iter().collect()),
    }
}

/// The numbers of a column that has no others than whole ones of eighteen digits.
fn integers<T: DecimalType>(
    array: &PrimitiveArray<T>,
    to_i64: impl Fn(T::Native) -> Option<i64>,
) -> Option<Int64Array> {
    let scale = array.scale();
    let unit = 10_i64.checked_pow(u32::from(scale.unsigned_abs()))?;
    let whole = |value: T::Native| {
        let value = to_i64(value)?;
        if scale < 0 { value.checked_mul(unit) } else { (value % unit == 0).then(|| value / unit) }
    };
    let values: Option<Vec<Option<i64>>> =
        array.iter().map(|value| value.map_or(Some(None), |value| whole(value).map(Some))).collect();
    values.map(Int64Array::from)
}
