//! One Arrow array as a column of the dataset.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DecimalType, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    RunEndIndexType, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayAccessor, ArrayRef, BinaryArray, BinaryViewArray, BooleanArray, Date32Array,
    FixedSizeBinaryArray, Float32Array, Float64Array, GenericBinaryArray, GenericStringArray, Int8Array,
    Int16Array, Int32Array, Int64Array, LargeBinaryArray, LargeStringArray, OffsetSizeTrait, PrimitiveArray,
    RunArray, StringArray, StringViewArray, UInt8Array, UInt16Array, UInt32Array, make_array,
};
use arrow_schema::{ArrowError, DataType, Field, TimeUnit};
use csc_measures::{Cell, CellColumn, Decimal, ErrorKind};

use crate::instant::{Zone, date, date_of_day};

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

/// An Arrow array of any single-valued type as a column that a dataset reads.
///
/// The type is looked at once, here; a cell is then read in a few nanoseconds without allocating. See the
/// [crate](crate#types-that-are-read) for what becomes of each type.
///
/// ```
/// use arrow_array::{Date32Array, DictionaryArray, types::Int8Type};
/// use csc_measures::{Cell, CellColumn};
/// use csc_measures_arrow::ArrayColumn;
///
/// let teams: DictionaryArray<Int8Type> = [Some("North"), None, Some("North")].into_iter().collect();
/// let column = ArrayColumn::new(&teams)?;
/// assert_eq!(column.cell(2), Cell::Text("North"));
/// assert_eq!(column.cell(1), Cell::Null);
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
    Float32(Float32Array),
    Float64(Float64Array),
    Decimal(Vec<Option<Decimal>>),
    Date32(Date32Array),
    Instant {
        values: Int64Array,
        unit: TimeUnit,
        zone: Zone,
    },
    Utf8(StringArray),
    LargeUtf8(LargeStringArray),
    Utf8View(StringViewArray),
    Binary(BinaryArray),
    LargeBinary(LargeBinaryArray),
    BinaryView(BinaryViewArray),
    FixedSizeBinary(FixedSizeBinaryArray),
    Dictionary {
        keys: Box<ArrayColumn>,
        values: Box<ArrayColumn>,
    },
    Runs16 {
        ends: RunArray<Int16Type>,
        values: Box<ArrayColumn>,
    },
    Runs32 {
        ends: RunArray<Int32Type>,
        values: Box<ArrayColumn>,
    },
    Runs64 {
        ends: RunArray<Int64Type>,
        values: Box<ArrayColumn>,
    },
}

impl ArrayColumn {
    /// The column of an array, whose buffers it shares.
    ///
    /// # Errors
    /// [`ColumnError`]: a nested type, or buffers that contradict one another.
    pub fn new(array: &dyn Array) -> Result<Self, ColumnError> {
        Ok(Self { length: array.len(), values: Values::new(array)? })
    }

    /// The column of an array whose field may say more than its type: an `arrow.uuid` is the text of a UUID,
    /// and no sixteen bytes.
    ///
    /// # Errors
    /// As [`ArrayColumn::new`].
    pub fn of_field(field: &Field, array: &dyn Array) -> Result<Self, ColumnError> {
        let column = Self::new(array)?;
        match (field.extension_type_name(), column.values) {
            (Some("arrow.uuid"), Values::FixedSizeBinary(values)) => {
                Ok(Self { values: Values::Utf8(values.iter().map(|id| id.map(uuid)).collect()), ..column })
            }
            (_, values) => Ok(Self { values, ..column }),
        }
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
}

impl CellColumn for ArrayColumn {
    #[inline]
    fn cell(&self, row: usize) -> Cell<'_> {
        if row >= self.length {
            return Cell::Null;
        }
        match &self.values {
            Values::Null => Cell::Null,
            Values::Unreadable(array) if array.is_null(row) => Cell::Null,
            Values::Unreadable(_) => Cell::Unreadable,
            Values::Boolean(array) => read(array, row, Cell::Bool),
            Values::Int8(array) => read(array, row, |value| Cell::Integer(value.into())),
            Values::Int16(array) => read(array, row, |value| Cell::Integer(value.into())),
            Values::Int32(array) => read(array, row, |value| Cell::Integer(value.into())),
            Values::Int64(array) => read(array, row, Cell::Integer),
            Values::UInt8(array) => read(array, row, |value| Cell::Integer(value.into())),
            Values::UInt16(array) => read(array, row, |value| Cell::Integer(value.into())),
            Values::UInt32(array) => read(array, row, |value| Cell::Integer(value.into())),
            Values::Float32(array) => read(array, row, |value| Cell::Float(widen(value))),
            Values::Float64(array) => read(array, row, Cell::Float),
            Values::Decimal(values) => values.get(row).copied().flatten().map_or(Cell::Null, Cell::Decimal),
            Values::Date32(array) => {
                read(array, row, |value| date_of_day(value).map_or(Cell::Unreadable, Cell::Date))
            }
            Values::Instant { values, unit, zone } => {
                read(values, row, |value| date(value, *unit, *zone).map_or(Cell::Unreadable, Cell::Date))
            }
            Values::Utf8(array) => read(array, row, Cell::Text),
            Values::LargeUtf8(array) => read(array, row, Cell::Text),
            Values::Utf8View(array) => read(array, row, Cell::Text),
            Values::Binary(array) => read(array, row, text),
            Values::LargeBinary(array) => read(array, row, text),
            Values::BinaryView(array) => read(array, row, text),
            Values::FixedSizeBinary(array) => read(array, row, text),
            Values::Dictionary { keys, values } => match keys.cell(row) {
                Cell::Integer(key) => usize::try_from(key).map_or(Cell::Unreadable, |key| values.at(key)),
                Cell::Null => Cell::Null,
                _ => Cell::Unreadable,
            },
            Values::Runs16 { ends, values } => values.at(ends.get_physical_index(row)),
            Values::Runs32 { ends, values } => values.at(ends.get_physical_index(row)),
            Values::Runs64 { ends, values } => values.at(ends.get_physical_index(row)),
        }
    }
}

/// The value of a row below the array's length.
#[inline]
fn read<'a, A: ArrayAccessor>(array: A, row: usize, cell: impl FnOnce(A::Item) -> Cell<'a>) -> Cell<'a> {
    if array.is_null(row) { Cell::Null } else { cell(array.value(row)) }
}

fn text(bytes: &[u8]) -> Cell<'_> {
    std::str::from_utf8(bytes).map_or(Cell::Unreadable, Cell::Text)
}

/// The double that is written as the single is: `999.9`, where the nearest double would be
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

impl ArrayColumn {
    /// The value at a place that the array itself gave: one beyond the values is no value, and no null.
    fn at(&self, place: usize) -> Cell<'_> {
        if place < self.length { self.cell(place) } else { Cell::Unreadable }
    }
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
            DataType::UInt64 => numbers::<UInt64Type>(array).map(|array| unsigned(&array)),
            DataType::Float16 => numbers::<Float16Type>(array)
                .map(|array| Self::Float32(array.unary::<_, Float32Type>(|value| value.to_f32()))),
            DataType::Float32 => numbers::<Float32Type>(array).map(Self::Float32),
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
            DataType::Date32 => numbers::<Date32Type>(array).map(Self::Date32),
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
            DataType::Utf8 => match array.as_string_opt::<i32>() {
                Some(array) if is_valid(array) => Some(Self::Utf8(array.clone())),
                Some(array) => Some(Self::Binary(bytes(array)?)),
                None => None,
            },
            DataType::LargeUtf8 => match array.as_string_opt::<i64>() {
                Some(array) if is_valid(array) => Some(Self::LargeUtf8(array.clone())),
                Some(array) => Some(Self::LargeBinary(bytes(array)?)),
                None => None,
            },
            DataType::Utf8View => match array.as_string_view_opt() {
                Some(array) if is_valid(array) => Some(Self::Utf8View(array.clone())),
                Some(array) => Some(Self::BinaryView(checked(array.clone().to_binary_view())?)),
                None => None,
            },
            DataType::Binary => array.as_binary_opt().cloned().map(checked).transpose()?.map(Self::Binary),
            DataType::LargeBinary => {
                array.as_binary_opt().cloned().map(checked).transpose()?.map(Self::LargeBinary)
            }
            DataType::BinaryView => {
                array.as_binary_view_opt().cloned().map(checked).transpose()?.map(Self::BinaryView)
            }
            DataType::FixedSizeBinary(_) => {
                array.as_fixed_size_binary_opt().cloned().map(checked).transpose()?.map(Self::FixedSizeBinary)
            }
            DataType::Dictionary(..) => match array.as_any_dictionary_opt() {
                Some(dictionary) => Some(Self::Dictionary {
                    keys: Box::new(ArrayColumn::new(dictionary.keys())?),
                    values: Box::new(ArrayColumn::new(dictionary.values())?),
                }),
                None => None,
            },
            DataType::RunEndEncoded(ends, _) => match ends.data_type() {
                DataType::Int16 => runs(array)?.map(|(ends, values)| Self::Runs16 { ends, values }),
                DataType::Int32 => runs(array)?.map(|(ends, values)| Self::Runs32 { ends, values }),
                _ => runs(array)?.map(|(ends, values)| Self::Runs64 { ends, values }),
            },
            _ => None,
        };
        values.ok_or_else(nested)
    }
}

fn numbers<T: ArrowPrimitiveType>(array: &dyn Array) -> Option<PrimitiveArray<T>> {
    array.as_primitive_opt().cloned()
}

fn instants<T: ArrowPrimitiveType<Native = i64>>(
    array: &dyn Array,
    unit: TimeUnit,
    zone: Option<&str>,
) -> Option<Values> {
    let values = numbers::<T>(array)?.reinterpret_cast::<Int64Type>();
    Some(Values::Instant { values, unit, zone: Zone::of(zone) })
}

type Runs<R> = (RunArray<R>, Box<ArrayColumn>);

fn runs<R: RunEndIndexType>(array: &dyn Array) -> Result<Option<Runs<R>>, ColumnError> {
    let Some(array) = array.as_run_opt::<R>() else { return Ok(None) };
    let values = Box::new(ArrayColumn::new(array.values())?);
    Ok(Some((array.clone(), values)))
}

/// Numbers that are never negative, as the signed ones they are; a column with one that is too large (a
/// hashed id) as texts.
fn unsigned(array: &PrimitiveArray<UInt64Type>) -> Values {
    if array.iter().flatten().all(|value| i64::try_from(value).is_ok()) {
        Values::Int64(array.unary(u64::cast_signed))
    } else {
        Values::Utf8(array.iter().map(|value| value.map(|value| value.to_string())).collect())
    }
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
    parsed.map_or_else(|| Values::Utf8(texts.into_iter().collect()), Values::Decimal)
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

/// Whether the texts are what Arrow says they are. A producer of arrays through the C data interface can put
/// anything there, and text in another encoding is the likeliest.
fn is_valid(array: &dyn Array) -> bool {
    array.to_data().validate_full().is_ok()
}

fn checked<A: Array>(array: A) -> Result<A, ColumnError> {
    array.to_data().validate_full().map_err(|source| ColumnError::Malformed { source })?;
    Ok(array)
}

/// Texts that are not all valid, as bytes: those that are can still be read.
fn bytes<O: OffsetSizeTrait>(array: &GenericStringArray<O>) -> Result<GenericBinaryArray<O>, ColumnError> {
    checked(array.clone().into())
}
