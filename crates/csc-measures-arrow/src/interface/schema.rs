//! A producer's schema as fields: walked through once, so that arrow-rs can read it.

use std::collections::HashMap;
use std::ffi::CStr;
use std::ptr;
use std::slice;

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_schema::extension::EXTENSION_TYPE_NAME_KEY;
use arrow_schema::{
    DECIMAL32_MAX_PRECISION, DECIMAL64_MAX_PRECISION, DECIMAL128_MAX_PRECISION, DECIMAL256_MAX_PRECISION,
    DataType, Field,
};

use super::InterfaceError;
use super::structs::{ArrowSchema, Node, text};

/// Deeper than any column of a table: what is nested is refused, and is looked at only to say what it is.
const MOST_DEPTH: usize = 32;
/// The types within one column that are looked at.
const MOST_TYPES: usize = 4096;
/// More than any producer says about a column: pandas describes a whole frame in less.
const MOST_METADATA: usize = 1 << 24;

impl<'a> Node<'a, ArrowSchema> {
    pub(super) fn format(self) -> Result<&'a str, InterfaceError> {
        // SAFETY: a format is NULL or ends in NUL, and lives as long as its schema.
        let format = unsafe { text(self.get().format) };
        let format = format.ok_or_else(|| InterfaceError::schema("a format is NULL"))?;
        format.to_str().map_err(|_| InterfaceError::schema("a format is not UTF-8"))
    }

    /// The name; a column without one has an empty name.
    pub(super) fn name(self) -> Result<&'a str, InterfaceError> {
        // SAFETY: a name is NULL or ends in NUL, and lives as long as its schema.
        let name = unsafe { text(self.get().name) };
        name.map_or(Ok(""), CStr::to_str).map_err(|_| InterfaceError::schema("a name is not UTF-8"))
    }

    /// The field of a column, with its name and, of what the producer says besides, the extension type.
    pub(super) fn field(self) -> Result<Field, InterfaceError> {
        let field = Field::new(self.name()?, self.data_type()?, self.get().flags & 2 != 0);
        let extension = self.extension()?.map(|name| (EXTENSION_TYPE_NAME_KEY.to_owned(), name));
        Ok(field.with_metadata(extension.into_iter().collect::<HashMap<_, _>>()))
    }

    pub(super) fn data_type(self) -> Result<DataType, InterfaceError> {
        self.walk(&mut { MOST_TYPES }, MOST_DEPTH)
    }

    /// The type, by arrow-rs, once everything within it is found to be such that arrow-rs can read it: it
    /// believes what a schema says about its children and follows them without end.
    fn walk(self, left: &mut usize, depth: usize) -> Result<DataType, InterfaceError> {
        let too_much = || InterfaceError::schema("a type is nested too deeply");
        *left = left.checked_sub(1).ok_or_else(too_much)?;
        let depth = depth.checked_sub(1).ok_or_else(too_much)?;
        let format = self.format()?;
        let children = self.children().map_err(InterfaceError::schema)?;
        let (expected, found) = (children_of(format), children.len());
        if expected.is_some_and(|expected| expected != found) {
            let expected = expected.unwrap_or_default();
            let fault =
                format!("a type of the format `{}` has {found} children, not {expected}", shown(format));
            return Err(InterfaceError::schema(fault));
        }
        for child in children {
            child.name()?;
            child.extension()?;
            child.walk(left, depth)?;
        }
        if let Some(dictionary) = self.dictionary().map_err(InterfaceError::schema)? {
            dictionary.walk(left, depth)?;
        }
        // What Polars writes, and no other: arrow-rs has no such integers, but decimals of the same bits.
        if format == "_pli128" && self.get().dictionary.is_null() {
            return Ok(DataType::Decimal128(38, 0));
        }
        // SAFETY: the two declarations of the struct agree; its texts, children and dictionary are found to be
        // there, and its metadata, which for a child arrow-rs reads too, are as long as they say.
        let schema = unsafe { &*ptr::from_ref(self.get()).cast::<FFI_ArrowSchema>() };
        let unknown = || InterfaceError::schema(format!("`{}` is not the format of a type", shown(format)));
        let data_type = DataType::try_from(schema).map_err(|_| unknown())?;
        match &data_type {
            impossible if !is_possible(impossible) => Err(unknown()),
            DataType::Dictionary(keys, _) if !keys.is_dictionary_key_type() => {
                Err(InterfaceError::schema(format!("the keys of a dictionary are of type {keys}")))
            }
            DataType::RunEndEncoded(ends, _) if !ends.data_type().is_run_ends_type() => {
                Err(InterfaceError::schema(format!("the ends of runs are of type {}", ends.data_type())))
            }
            _ => Ok(data_type),
        }
    }

    /// The name of the type that the producer makes of the type, as `arrow.uuid`.
    fn extension(self) -> Result<Option<String>, InterfaceError> {
        let mut rest = Metadata { at: self.get().metadata.cast(), taken: 0 };
        if rest.at.is_null() {
            return Ok(None);
        }
        let mut extension = None;
        for _ in 0..rest.length()? {
            let (key, value) = (rest.bytes()?, rest.bytes()?);
            if key == EXTENSION_TYPE_NAME_KEY.as_bytes() {
                let name = String::from_utf8(value.to_vec());
                let name =
                    name.map_err(|_| InterfaceError::schema("the name of an extension is not UTF-8"))?;
                extension = Some(name);
            }
        }
        Ok(extension)
    }
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

/// A format that is no format can be of any length.
fn shown(format: &str) -> String {
    format.chars().take(40).collect()
}

/// Lengths as 32-bit numbers, each before its bytes.
struct Metadata {
    at: *const u8,
    taken: usize,
}

impl Metadata {
    fn length(&mut self) -> Result<usize, InterfaceError> {
        let bytes = self.take(size_of::<i32>())?;
        let length = bytes.try_into().map(i32::from_ne_bytes).unwrap_or(-1);
        usize::try_from(length).map_err(|_| InterfaceError::schema("a length in the metadata is negative"))
    }

    fn bytes<'m>(&mut self) -> Result<&'m [u8], InterfaceError> {
        let length = self.length()?;
        self.take(length)
    }

    fn take<'m>(&mut self, length: usize) -> Result<&'m [u8], InterfaceError> {
        let from = self.taken;
        self.taken = from.saturating_add(length);
        if self.taken > MOST_METADATA {
            return Err(InterfaceError::schema("the metadata is larger than 16 megabytes"));
        }
        // SAFETY: metadata that is not NULL goes on as its lengths say, all of which were followed until here.
        Ok(unsafe { slice::from_raw_parts(self.at.add(from), length) })
    }
}
