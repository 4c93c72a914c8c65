//! Types that come over the interface, looked at before they are read.

use std::ffi::{CStr, c_char};

use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{DataType, Field, FieldRef};
use csc_measures::tables::Table;

use super::abi::{ArrowSchema, OwnedSchema};

/// How deep types may lie in one another: far deeper than any that a table can have.
const DEEPEST: u32 = 32;
/// As many columns as a CSV header may have.
const MOST_CHILDREN: usize = 1 << 16;

impl OwnedSchema {
    /// The columns of a table: with their types where the table knows them, by their names alone where not.
    pub(super) fn columns(&self, table: Table) -> Result<Vec<FieldRef>, String> {
        let schema = &self.0;
        if schema.release.is_none() {
            return Err("its schema is released already".to_owned());
        }
        match text(schema.format) {
            Some("+s") if schema.dictionary.is_null() => {}
            Some(_) => return Err("it is no struct of columns".to_owned()),
            None => return Err("its schema has no format".to_owned()),
        }
        let mut fields = Vec::new();
        for child in children(schema)? {
            let name = match child.name.is_null() {
                true => "",
                false => text(child.name).ok_or("a column's name is not UTF-8")?,
            };
            fields.push(match table.column(name) {
                Some(_) => field(child).map_err(|fault| format!("column `{name}`: {fault}"))?,
                None => FieldRef::new(Field::new(name, DataType::Null, true)),
            });
        }
        Ok(fields)
    }
}

/// A text that ends with a NUL, where there is one and it is UTF-8.
fn text<'a>(pointer: *const c_char) -> Option<&'a str> {
    if pointer.is_null() {
        return None;
    }
    // SAFETY: not NULL, so by the interface it ends with a NUL; it lives as long as the schema, and no text
    // outlives the call that asks for it.
    unsafe { CStr::from_ptr(pointer) }.to_str().ok()
}

/// The types under a type.
fn children(schema: &ArrowSchema) -> Result<Vec<&ArrowSchema>, String> {
    let length = usize::try_from(schema.n_children).map_err(|_| "it has fewer children than none")?;
    if length == 0 {
        return Ok(Vec::new());
    }
    if length > MOST_CHILDREN {
        return Err(format!("{length} children are more than it can have"));
    }
    if schema.children.is_null() || !schema.children.is_aligned() {
        return Err(format!("its {length} children are not there"));
    }
    (0..length)
        .map(|place| {
            // SAFETY: not NULL and aligned, and by the interface there are so many.
            let child = unsafe { *schema.children.add(place) };
            live(child).ok_or_else(|| format!("child {} is not there", place + 1))
        })
        .collect()
}

/// A schema under another, where it is there and not released.
fn live<'a>(schema: *const ArrowSchema) -> Option<&'a ArrowSchema> {
    if schema.is_null() || !schema.is_aligned() {
        return None;
    }
    // SAFETY: not NULL and aligned, so by the interface it is one.
    let schema = unsafe { &*schema };
    schema.release.is_some().then_some(schema)
}

/// The field of a column, once nothing in it can stop `arrow-rs`.
fn field(schema: &ArrowSchema) -> Result<FieldRef, String> {
    check(schema, DEEPEST)?;
    // SAFETY: the two are mirrors of one struct, and it was looked at to its depths.
    let schema = unsafe { &*std::ptr::from_ref(schema).cast::<FFI_ArrowSchema>() };
    let field = Field::try_from(schema).map_err(|error| error.to_string())?;
    check_type(field.data_type())?;
    Ok(FieldRef::new(field))
}

fn check(schema: &ArrowSchema, deeper: u32) -> Result<(), String> {
    let deeper = deeper.checked_sub(1).ok_or("its type lies too deep")?;
    let format = text(schema.format).ok_or("its type has no format")?;
    if !schema.name.is_null() && text(schema.name).is_none() {
        return Err("a name is not UTF-8".to_owned());
    }
    let children = children(schema)?;
    let needed = match format.split(':').next().unwrap_or_default() {
        "+l" | "+L" | "+vl" | "+vL" | "+w" | "+m" => 1,
        "+r" => 2,
        _ => 0,
    };
    if children.len() < needed {
        return Err(format!("its type `{}` has {} children", format.escape_default(), children.len()));
    }
    for child in children {
        check(child, deeper)?;
    }
    if schema.dictionary.is_null() {
        return Ok(());
    }
    check(live(schema.dictionary).ok_or("its dictionary is not there")?, deeper)
}

/// What `arrow-rs` reads from a schema and then has no array for.
fn check_type(data_type: &DataType) -> Result<(), String> {
    let is_sound = match data_type {
        DataType::FixedSizeBinary(width) => *width >= 0,
        DataType::Dictionary(keys, values) => keys.is_dictionary_key_type() && check_type(values).is_ok(),
        DataType::RunEndEncoded(ends, values) => {
            ends.data_type().is_run_ends_type() && check_type(values.data_type()).is_ok()
        }
        _ => true,
    };
    if is_sound { Ok(()) } else { Err(format!("there are no values of type {data_type}")) }
}
