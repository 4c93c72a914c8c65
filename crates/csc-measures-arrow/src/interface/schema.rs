//! A producer's schema as fields.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_schema::extension::EXTENSION_TYPE_NAME_KEY;
use arrow_schema::{DataType, Field, FieldRef, Fields, UnionFields};

use super::InterfaceError;
use super::format::Format;
use super::nodes::SchemaNode;
use crate::column::ColumnError;

/// Deeper than any column of a table: what is nested is refused, and is looked at only to say what it is.
const MOST_DEPTH: usize = 32;
/// The types within one column that are looked at.
const MOST_TYPES: usize = 4096;

/// The field of a column, with its name and, of what the producer says besides, the extension type.
pub(super) fn field(node: SchemaNode<'_>) -> Result<Field, InterfaceError> {
    Walk { left: MOST_TYPES }.field(node, MOST_DEPTH)
}

/// The type of a schema.
pub(super) fn data_type(node: SchemaNode<'_>) -> Result<DataType, InterfaceError> {
    Walk { left: MOST_TYPES }.data_type(node, MOST_DEPTH)
}

/// The fields of a table. Of a column that nobody wants to read only the name is looked at.
pub(super) fn table_fields(
    node: SchemaNode<'_>,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Fields, ColumnFault> {
    let children = node.children()?;
    let fields = children.into_iter().map(|child| {
        let name = child.name()?;
        if !is_wanted(name) {
            return Ok(Field::new(name, DataType::Null, true));
        }
        field(child).map_err(|fault| ColumnFault::of(name, fault))
    });
    fields.collect()
}

/// A fault, and the column that it is in.
pub(super) struct ColumnFault {
    pub(super) column: Option<String>,
    pub(super) fault: ColumnError,
}

impl ColumnFault {
    pub(super) fn of(column: &str, fault: impl Into<ColumnError>) -> Self {
        Self { column: Some(column.to_owned()), fault: fault.into() }
    }
}

impl<F: Into<ColumnError>> From<F> for ColumnFault {
    fn from(fault: F) -> Self {
        Self { column: None, fault: fault.into() }
    }
}

/// A walk through types, which may lead in circles.
struct Walk {
    left: usize,
}

impl Walk {
    fn field(&mut self, node: SchemaNode<'_>, depth: usize) -> Result<Field, InterfaceError> {
        let field = Field::new(node.name()?, self.data_type(node, depth)?, node.is_nullable());
        let extension = node.extension()?.map(|name| (EXTENSION_TYPE_NAME_KEY.to_owned(), name.to_owned()));
        Ok(field.with_metadata(extension.into_iter().collect::<HashMap<_, _>>()))
    }

    fn data_type(&mut self, node: SchemaNode<'_>, depth: usize) -> Result<DataType, InterfaceError> {
        let too_much = || InterfaceError::schema("a type is nested too deeply");
        self.left = self.left.checked_sub(1).ok_or_else(too_much)?;
        let depth = depth.checked_sub(1).ok_or_else(too_much)?;
        let format = Format::parse(node.format()?)?;
        let children = node.children()?;
        if let Some(expected) = format.children()
            && expected != children.len()
        {
            let (format, found) = (node.format()?, children.len());
            return Err(InterfaceError::schema(format!(
                "a type of the format `{format}` has {found} children in place of {expected}"
            )));
        }
        let fields = children.into_iter().map(|child| Ok(Arc::new(self.field(child, depth)?)));
        let fields: Vec<FieldRef> = fields.collect::<Result<_, InterfaceError>>()?;
        let data_type = assemble(format, fields, node.are_keys_sorted())?;
        let Some(dictionary) = node.dictionary()? else { return Ok(data_type) };
        if !data_type.is_dictionary_key_type() {
            return Err(InterfaceError::schema(format!("the keys of a dictionary are of type {data_type}")));
        }
        let values = self.data_type(dictionary, depth)?;
        Ok(DataType::Dictionary(Box::new(data_type), Box::new(values)))
    }
}

fn assemble(
    format: Format,
    fields: Vec<FieldRef>,
    are_keys_sorted: bool,
) -> Result<DataType, InterfaceError> {
    let data_type = match (format, fields.as_slice()) {
        (Format::Single(data_type), _) => data_type,
        (Format::Struct, _) => DataType::Struct(fields.into()),
        (Format::List, [field]) => DataType::List(Arc::clone(field)),
        (Format::LargeList, [field]) => DataType::LargeList(Arc::clone(field)),
        (Format::ListView, [field]) => DataType::ListView(Arc::clone(field)),
        (Format::LargeListView, [field]) => DataType::LargeListView(Arc::clone(field)),
        (Format::FixedSizeList(size), [field]) => DataType::FixedSizeList(Arc::clone(field), size),
        (Format::Map, [field]) => DataType::Map(Arc::clone(field), are_keys_sorted),
        (Format::RunEndEncoded, [ends, values]) => {
            if !ends.data_type().is_run_ends_type() {
                let data_type = ends.data_type();
                return Err(InterfaceError::schema(format!("the ends of runs are of type {data_type}")));
            }
            DataType::RunEndEncoded(Arc::clone(ends), Arc::clone(values))
        }
        (Format::Union(type_ids, mode), _) => {
            let fields = UnionFields::try_new(type_ids, fields)
                .map_err(|_| InterfaceError::schema("the types of a union are not told apart"))?;
            DataType::Union(fields, mode)
        }
        _ => return Err(InterfaceError::schema("a type has not the children that it needs")),
    };
    Ok(data_type)
}
