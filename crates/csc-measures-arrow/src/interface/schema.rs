//! A producer's schema as fields: walked through once, and copied, so that arrow-rs can read it.

use std::collections::HashMap;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_schema::extension::EXTENSION_TYPE_NAME_KEY;
use arrow_schema::{
    ArrowError, DECIMAL32_MAX_PRECISION, DECIMAL64_MAX_PRECISION, DECIMAL128_MAX_PRECISION,
    DECIMAL256_MAX_PRECISION, DataType, Field,
};

use super::InterfaceError;
use super::foreign::Node;
use super::structs::ArrowSchema;

/// Deeper than any column of a table: what is nested is refused, and is looked at only to say what it is.
const MOST_DEPTH: usize = 32;
/// The types within one column that are looked at.
const MOST_TYPES: usize = 4096;

impl Node<ArrowSchema> {
    /// The field of a column, with its name and, of what the producer says besides, the extension type.
    pub(super) fn field(&self) -> Result<Field, InterfaceError> {
        self.walk_field(&mut { MOST_TYPES }, MOST_DEPTH)
    }

    pub(super) fn data_type(&self) -> Result<DataType, InterfaceError> {
        self.walk(&mut { MOST_TYPES }, MOST_DEPTH)
    }

    fn walk_field(&self, left: &mut usize, depth: usize) -> Result<Field, InterfaceError> {
        let field = Field::new(self.name()?, self.walk(left, depth)?, self.flags() & 2 != 0);
        let extension = self.extension()?.map(|name| (EXTENSION_TYPE_NAME_KEY.to_owned(), name));
        Ok(field.with_metadata(extension.into_iter().collect::<HashMap<_, _>>()))
    }

    /// The type, by arrow-rs, which believes what a schema says about its children and follows them without end:
    /// it is given one of its own making, of parts that were walked through before.
    fn walk(&self, left: &mut usize, depth: usize) -> Result<DataType, InterfaceError> {
        let too_much = || InterfaceError::schema("a type is nested too deeply");
        *left = left.checked_sub(1).ok_or_else(too_much)?;
        let depth = depth.checked_sub(1).ok_or_else(too_much)?;
        let format = self.format()?;
        let children = self.children().map_err(InterfaceError::schema)?;
        let (expected, found) = (children_of(&format), children.len());
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            let format = shown(&format);
            let fault = format!("a type of the format `{format}` has {found} children, not {expected}");
            return Err(InterfaceError::schema(fault));
        }
        let children = children.iter().map(|child| child.walk_field(left, depth));
        let children = children.collect::<Result<Vec<_>, _>>()?;
        let dictionary = self.dictionary().map_err(InterfaceError::schema)?;
        let values = dictionary.map(|values| values.walk(left, depth)).transpose()?;
        // What Polars writes, and no other: arrow-rs has no such integers, but decimals of the same bits.
        if format == "_pli128" && values.is_none() {
            return Ok(DataType::Decimal128(38, 0));
        }
        let unknown = || InterfaceError::schema(format!("`{}` is not the format of a type", shown(&format)));
        match read(&format, &children, values.as_ref()).map_err(|_| unknown())? {
            impossible if !is_possible(&impossible) => Err(unknown()),
            DataType::Dictionary(keys, _) if !keys.is_dictionary_key_type() => {
                Err(InterfaceError::schema(format!("the keys of a dictionary are of type {keys}")))
            }
            DataType::RunEndEncoded(ends, _) if !ends.data_type().is_run_ends_type() => {
                Err(InterfaceError::schema(format!("the ends of runs are of type {}", ends.data_type())))
            }
            data_type => Ok(data_type),
        }
    }

    /// The name of the type that the producer makes of the type, as `arrow.uuid`.
    fn extension(&self) -> Result<Option<String>, InterfaceError> {
        let name = self.metadata(EXTENSION_TYPE_NAME_KEY)?.map(String::from_utf8).transpose();
        name.map_err(|_| InterfaceError::schema("the name of an extension is not UTF-8"))
    }
}

/// The type of a format, by arrow-rs.
fn read(format: &str, children: &[Field], values: Option<&DataType>) -> Result<DataType, ArrowError> {
    let children = children.iter().map(FFI_ArrowSchema::try_from).collect::<Result<_, _>>()?;
    let values = values.map(FFI_ArrowSchema::try_from).transpose()?;
    DataType::try_from(&FFI_ArrowSchema::try_new(format, children, values)?)
}

/// The number of children that arrow-rs takes for granted in a type of the format; it counts those of a struct
/// by itself.
fn children_of(format: &str) -> Option<usize> {
    match format {
        "+s" => None,
        "+l" | "+L" | "+vl" | "+vL" | "+m" => Some(1),
        "+r" => Some(2),
        _ if format.starts_with("+w:") => Some(1),
        _ if format.starts_with("+u") => Some(format.matches(',').count() + 1),
        _ => Some(0),
    }
}

/// Whether there are values of a type that arrow-rs makes of any numbers in a format.
fn is_possible(data_type: &DataType) -> bool {
    let decimal =
        |precision: u8, scale: i8, most: u8| (1..=most).contains(&precision) && scale.unsigned_abs() <= most;
    match *data_type {
        DataType::FixedSizeBinary(size) | DataType::FixedSizeList(_, size) => size >= 0,
        DataType::Decimal32(precision, scale) => decimal(precision, scale, DECIMAL32_MAX_PRECISION),
        DataType::Decimal64(precision, scale) => decimal(precision, scale, DECIMAL64_MAX_PRECISION),
        DataType::Decimal128(precision, scale) => decimal(precision, scale, DECIMAL128_MAX_PRECISION),
        DataType::Decimal256(precision, scale) => decimal(precision, scale, DECIMAL256_MAX_PRECISION),
        _ => true,
    }
}

/// An invalid format can be of any length.
fn shown(format: &str) -> String {
    format.chars().take(40).collect()
}
