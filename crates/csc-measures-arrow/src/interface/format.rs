//! The text by which the interface names a type.

use arrow_schema::{DataType, IntervalUnit, TimeUnit, UnionMode};

use super::InterfaceError;

/// A type before its children are known.
pub(super) enum Format {
    /// A type of single values, without children.
    Single(DataType),
    List,
    LargeList,
    ListView,
    LargeListView,
    FixedSizeList(i32),
    Struct,
    Map,
    Union(Vec<i8>, UnionMode),
    RunEndEncoded,
}

impl Format {
    pub(super) fn parse(format: &str) -> Result<Self, InterfaceError> {
        let single = match format {
            "n" => DataType::Null,
            "b" => DataType::Boolean,
            "c" => DataType::Int8,
            "C" => DataType::UInt8,
            "s" => DataType::Int16,
            "S" => DataType::UInt16,
            "i" => DataType::Int32,
            "I" => DataType::UInt32,
            "l" => DataType::Int64,
            "L" => DataType::UInt64,
            "e" => DataType::Float16,
            "f" => DataType::Float32,
            "g" => DataType::Float64,
            "z" => DataType::Binary,
            "Z" => DataType::LargeBinary,
            "vz" => DataType::BinaryView,
            "u" => DataType::Utf8,
            "U" => DataType::LargeUtf8,
            "vu" => DataType::Utf8View,
            "tdD" => DataType::Date32,
            "tdm" => DataType::Date64,
            "tts" => DataType::Time32(TimeUnit::Second),
            "ttm" => DataType::Time32(TimeUnit::Millisecond),
            "ttu" => DataType::Time64(TimeUnit::Microsecond),
            "ttn" => DataType::Time64(TimeUnit::Nanosecond),
            "tDs" => DataType::Duration(TimeUnit::Second),
            "tDm" => DataType::Duration(TimeUnit::Millisecond),
            "tDu" => DataType::Duration(TimeUnit::Microsecond),
            "tDn" => DataType::Duration(TimeUnit::Nanosecond),
            "tiM" => DataType::Interval(IntervalUnit::YearMonth),
            "tiD" => DataType::Interval(IntervalUnit::DayTime),
            "tin" => DataType::Interval(IntervalUnit::MonthDayNano),
            "+l" => return Ok(Self::List),
            "+L" => return Ok(Self::LargeList),
            "+vl" => return Ok(Self::ListView),
            "+vL" => return Ok(Self::LargeListView),
            "+s" => return Ok(Self::Struct),
            "+m" => return Ok(Self::Map),
            "+r" => return Ok(Self::RunEndEncoded),
            _ => return Self::with_parameters(format).ok_or_else(|| unknown(format)),
        };
        Ok(Self::Single(single))
    }

    fn with_parameters(format: &str) -> Option<Self> {
        let (kind, parameters) = format.split_once(':')?;
        let unit = match kind {
            "w" => return Some(Self::Single(DataType::FixedSizeBinary(size(parameters)?))),
            "+w" => return Some(Self::FixedSizeList(size(parameters)?)),
            "d" => return decimal(parameters).map(Self::Single),
            "+ud" => return Some(Self::Union(type_ids(parameters)?, UnionMode::Dense)),
            "+us" => return Some(Self::Union(type_ids(parameters)?, UnionMode::Sparse)),
            "tss" => TimeUnit::Second,
            "tsm" => TimeUnit::Millisecond,
            "tsu" => TimeUnit::Microsecond,
            "tsn" => TimeUnit::Nanosecond,
            _ => return None,
        };
        let zone = (!parameters.is_empty()).then(|| parameters.into());
        Some(Self::Single(DataType::Timestamp(unit, zone)))
    }
}

/// The number of children that a type has; a struct and a union have any.
impl Format {
    pub(super) fn children(&self) -> Option<usize> {
        match self {
            Self::Single(_) => Some(0),
            Self::List
            | Self::LargeList
            | Self::ListView
            | Self::LargeListView
            | Self::FixedSizeList(_)
            | Self::Map => Some(1),
            Self::RunEndEncoded => Some(2),
            Self::Union(type_ids, _) => Some(type_ids.len()),
            Self::Struct => None,
        }
    }
}

fn size(text: &str) -> Option<i32> {
    text.parse().ok().filter(|size| *size >= 0)
}

fn type_ids(text: &str) -> Option<Vec<i8>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(',').map(|id| id.parse().ok()).collect()
}

/// `precision,scale`, of 128 bits where a third number does not say how many.
fn decimal(text: &str) -> Option<DataType> {
    let mut parts = text.split(',');
    let precision: u8 = parts.next()?.parse().ok()?;
    let scale: i8 = parts.next()?.parse().ok()?;
    let bits = parts.next().unwrap_or("128");
    let (most, data_type) = match bits {
        "32" => (9, DataType::Decimal32(precision, scale)),
        "64" => (18, DataType::Decimal64(precision, scale)),
        "128" => (38, DataType::Decimal128(precision, scale)),
        "256" => (76, DataType::Decimal256(precision, scale)),
        _ => return None,
    };
    let is_possible =
        (1..=most).contains(&precision) && scale.unsigned_abs() <= most && parts.next().is_none();
    is_possible.then_some(data_type)
}

fn unknown(format: &str) -> InterfaceError {
    // A format that is no format can be of any length.
    let shown: String = format.chars().take(40).collect();
    InterfaceError::schema(format!("there is no type of the format `{shown}`"))
}
