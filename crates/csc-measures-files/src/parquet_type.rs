//! What a Parquet column is read as, by its schema and by what a writer of Arrow noted.

use csc_measures::TimeUnit;
use csc_measures_zones::Zone;
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit as ParquetUnit, Type as Physical};
use parquet::schema::types::Type;

use crate::arrow_hints::{Hint, HintKind};

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A column that says of itself that it has nulls alone.
    Null,
    /// Values that no column of any table holds: times of day, durations, intervals.
    Unreadable,
    Flag,
    Integer(Width),
    Days,
    Instant(TimeUnit, Zone),
    /// Singles, doubles and halves.
    Float,
    /// Whole numbers of units, which are ten to the power of minus the scale.
    Decimal(u8),
    /// Text, if the bytes are UTF-8.
    Text,
    Uuid,
}

/// How many bits of an integer count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    Int8,
    Int16,
    /// Signed, and as wide as the column's values.
    Whole,
    UInt8,
    UInt16,
    /// Unsigned, and as wide as the column's values.
    UWhole,
}

/// A column that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// A list, map or structure: it has no single value a row.
    Nested(&'static str),
    /// A type that its values cannot have.
    Impossible(String),
}

/// What a column of the file's topmost level is read as.
pub(crate) fn kind(column: &Type, hint: Option<&Hint>) -> Result<Kind, Refused> {
    let info = column.get_basic_info();
    let nested = match info.converted_type() {
        ConvertedType::LIST => "List",
        ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE => "Map",
        _ => "Struct",
    };
    let Type::PrimitiveType { physical_type, scale, type_length, .. } = column else {
        return Err(Refused::Nested(nested));
    };
    if info.has_repetition() && info.repetition() == Repetition::REPEATED {
        return Err(Refused::Nested("List"));
    }
    let (logical, converted) = (info.logical_type_ref(), info.converted_type());
    let kind = match (physical_type, logical) {
        (_, Some(LogicalType::Unknown)) => Some(Kind::Null),
        (Physical::BOOLEAN, _) => Some(Kind::Flag),
        (Physical::INT32, _) => of_int32(logical, converted, *scale),
        (Physical::INT64, _) => of_int64(logical, converted, *scale),
        // It has the day and the time of day side by side, and a unit that is said of it does not change the day.
        (Physical::INT96, _) => Some(Kind::Instant(TimeUnit::Second, Zone::of(None))),
        (Physical::FLOAT | Physical::DOUBLE, _) => Some(Kind::Float),
        (Physical::BYTE_ARRAY, _) => of_bytes(logical, converted, *scale),
        (Physical::FIXED_LEN_BYTE_ARRAY, _) => of_fixed(logical, converted, *scale, *type_length),
    };
    let kind = kind.ok_or_else(|| {
        let logical = logical.map_or_else(|| converted.to_string(), |logical| format!("{logical:?}"));
        Refused::Impossible(format!("column `{}`: {physical_type} cannot be {logical}", column.name().trim()))
    })?;
    Ok(hint.map_or(kind, |hint| hinted(kind, *physical_type, hint)))
}

/// What a writer of Arrow said counts if it goes with the file's schema, which is the one to be believed.
fn hinted(kind: Kind, physical: Physical, hint: &Hint) -> Kind {
    match (kind, physical, &hint.kind) {
        // Parquet has no seconds.
        (
            Kind::Integer(Width::Whole),
            Physical::INT32 | Physical::INT64,
            HintKind::Timestamp { unit, zone },
        ) => Kind::Instant(*unit, Zone::of(zone.as_deref())),
        (Kind::Integer(Width::Whole), Physical::INT64, HintKind::Date64) => {
            Kind::Instant(TimeUnit::Millisecond, Zone::of(None))
        }
        (Kind::Integer(Width::Whole), Physical::INT32 | Physical::INT64, HintKind::Time) => Kind::Unreadable,
        (Kind::Instant(..), Physical::INT96, HintKind::Timestamp { zone: zone @ Some(_), .. }) => {
            Kind::Instant(TimeUnit::Second, Zone::of(zone.as_deref()))
        }
        (Kind::Instant(unit, _), _, HintKind::Timestamp { unit: hinted, zone: zone @ Some(_) })
            if unit == *hinted =>
        {
            Kind::Instant(unit, Zone::of(zone.as_deref()))
        }
        (Kind::Text, Physical::FIXED_LEN_BYTE_ARRAY, _) if hint.is_uuid => Kind::Uuid,
        _ => kind,
    }
}

fn of_int32(logical: Option<&LogicalType>, converted: ConvertedType, scale: i32) -> Option<Kind> {
    match (logical, converted) {
        (Some(LogicalType::Integer(integer)), _) => Some(Kind::Integer(match integer.bit_width {
            8 if integer.is_signed => Width::Int8,
            16 if integer.is_signed => Width::Int16,
            32 if integer.is_signed => Width::Whole,
            8 => Width::UInt8,
            16 => Width::UInt16,
            32 => Width::UWhole,
            _ => return None,
        })),
        (Some(LogicalType::Decimal(decimal)), _) => of_decimal(decimal.scale),
        (Some(LogicalType::Date), _) | (None, ConvertedType::DATE) => Some(Kind::Days),
        (Some(LogicalType::Time(time)), _) => {
            matches!(time.unit, ParquetUnit::MILLIS).then_some(Kind::Unreadable)
        }
        (None, ConvertedType::NONE | ConvertedType::INT_32) => Some(Kind::Integer(Width::Whole)),
        (None, ConvertedType::UINT_8) => Some(Kind::Integer(Width::UInt8)),
        (None, ConvertedType::UINT_16) => Some(Kind::Integer(Width::UInt16)),
        (None, ConvertedType::UINT_32) => Some(Kind::Integer(Width::UWhole)),
        (None, ConvertedType::INT_8) => Some(Kind::Integer(Width::Int8)),
        (None, ConvertedType::INT_16) => Some(Kind::Integer(Width::Int16)),
        (None, ConvertedType::TIME_MILLIS) => Some(Kind::Unreadable),
        (None, ConvertedType::DECIMAL) => of_decimal(scale),
        _ => None,
    }
}

fn of_int64(logical: Option<&LogicalType>, converted: ConvertedType, scale: i32) -> Option<Kind> {
    let utc = || Zone::of(Some("UTC"));
    match (logical, converted) {
        (Some(LogicalType::Integer(integer)), _) if integer.bit_width == 64 => {
            Some(Kind::Integer(if integer.is_signed { Width::Whole } else { Width::UWhole }))
        }
        (Some(LogicalType::Time(time)), _) => {
            (!matches!(time.unit, ParquetUnit::MILLIS)).then_some(Kind::Unreadable)
        }
        (Some(LogicalType::Timestamp(timestamp)), _) => {
            let unit = match timestamp.unit {
                ParquetUnit::MILLIS => TimeUnit::Millisecond,
                ParquetUnit::MICROS => TimeUnit::Microsecond,
                ParquetUnit::NANOS => TimeUnit::Nanosecond,
            };
            Some(Kind::Instant(unit, if timestamp.is_adjusted_to_u_t_c { utc() } else { Zone::of(None) }))
        }
        (Some(LogicalType::Decimal(decimal)), _) => of_decimal(decimal.scale),
        (None, ConvertedType::NONE | ConvertedType::INT_64) => Some(Kind::Integer(Width::Whole)),
        (None, ConvertedType::UINT_64) => Some(Kind::Integer(Width::UWhole)),
        (None, ConvertedType::TIME_MICROS) => Some(Kind::Unreadable),
        (None, ConvertedType::TIMESTAMP_MILLIS) => Some(Kind::Instant(TimeUnit::Millisecond, utc())),
        (None, ConvertedType::TIMESTAMP_MICROS) => Some(Kind::Instant(TimeUnit::Microsecond, utc())),
        (None, ConvertedType::DECIMAL) => of_decimal(scale),
        _ => None,
    }
}

fn of_bytes(logical: Option<&LogicalType>, converted: ConvertedType, scale: i32) -> Option<Kind> {
    match (logical, converted) {
        (Some(LogicalType::Decimal(decimal)), _) => of_decimal(decimal.scale),
        (None, ConvertedType::DECIMAL) => of_decimal(scale),
        (
            Some(
                LogicalType::Integer(_)
                | LogicalType::Date
                | LogicalType::Time(_)
                | LogicalType::Timestamp(_)
                | LogicalType::Uuid
                | LogicalType::Float16
                | LogicalType::List
                | LogicalType::Map,
            ),
            _,
        ) => None,
        (Some(_), _)
        | (
            None,
            ConvertedType::NONE
            | ConvertedType::JSON
            | ConvertedType::BSON
            | ConvertedType::ENUM
            | ConvertedType::UTF8,
        ) => Some(Kind::Text),
        _ => None,
    }
}

fn of_fixed(
    logical: Option<&LogicalType>,
    converted: ConvertedType,
    scale: i32,
    length: i32,
) -> Option<Kind> {
    match (logical, converted) {
        (Some(LogicalType::Decimal(decimal)), _) => of_decimal(decimal.scale),
        (None, ConvertedType::DECIMAL) => of_decimal(scale),
        (None, ConvertedType::INTERVAL) => (length == 12).then_some(Kind::Unreadable),
        (Some(LogicalType::Float16), _) => (length == 2).then_some(Kind::Float),
        (Some(LogicalType::Uuid), _) => (length == 16).then_some(Kind::Uuid),
        _ => Some(Kind::Text),
    }
}

fn of_decimal(scale: i32) -> Option<Kind> {
    /// No number of 32 bytes has more places.
    const LARGEST_SCALE: u8 = 76;
    u8::try_from(scale).ok().filter(|scale| *scale <= LARGEST_SCALE).map(Kind::Decimal)
}
