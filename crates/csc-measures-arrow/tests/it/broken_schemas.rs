//! What a careless or broken producer hands over by the Arrow C data interface is an error that says what is
//! wrong, never a crash: here its schemas.
#![expect(unsafe_code, reason = "the interface is of pointers")]
#![expect(clippy::undocumented_unsafe_blocks, reason = "what is not NULL here is whole")]

use std::ffi::CString;
use std::ptr;

use crate::producer::broken::*;
use csc_measures_arrow::ArrowInputError;
use csc_measures_arrow::interface::ArrowSchema;

#[test]
fn formats_that_are_none() {
    for format in [
        "",
        "x",
        "+",
        "w:-1",
        "w:",
        "w:99999999999",
        "d:999,0",
        "d:0,0",
        "d:39,2",
        "d:10,2,32",
        "d:10",
        "d:",
        "d:10,2,128,1",
        "d:10,99",
        "d:5,2,48",
        "tsx:",
        "tss",
        "tdX",
        "c:",
        "n\u{e9}",
    ] {
        let fault = format!("{COLUMN_SCHEMA}`{format}` is not the format of a type");
        let text = CString::new(format).unwrap();
        refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = text.as_ptr());
    }
    let long = CString::new("y".repeat(5000)).unwrap();
    let fault = format!("{COLUMN_SCHEMA}`{}` is not the format of a type", "y".repeat(40));
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = long.as_ptr());
    let fault = format!("{COLUMN_SCHEMA}a format is NULL");
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = ptr::null());
    let fault = format!("{COLUMN_SCHEMA}a format is not UTF-8");
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).format = c"\xff".as_ptr());
    refused(texts(), &format!("{TABLE_SCHEMA}a format is NULL"), &|schema, _| schema.format = ptr::null());
    let fault = "table `compliments`: expected a struct of columns, found an array of type Utf8";
    refused(texts(), fault, &|schema, _| (schema.format, schema.n_children) = (c"u".as_ptr(), 0));
}

#[test]
fn names_and_metadata_that_are_none() {
    let fault = format!("{TABLE_SCHEMA}a name is not UTF-8");
    refused(texts(), &fault, &|schema, _| child_schema(schema, 0).name = c"caf\xe9".as_ptr());
    // a column without a name is none of the table's
    let fault = "table `compliments` has no column `compliment_id`, which it requires";
    let batch = compliments(texts());
    for outcome in outcomes(&batch, &|schema, _| child_schema(schema, 0).name = ptr::null()) {
        assert!(matches!(outcome.unwrap_err(), ArrowInputError::Dataset(_)), "{fault}");
    }
    let metadata = |parts: &[&[u8]]| parts.concat();
    let (name, one) = (b"ARROW:extension:name".as_ref(), 1_i32.to_ne_bytes());
    for (metadata, fault) in [
        (metadata(&[&(-1_i32).to_ne_bytes()]), "a length in the metadata is negative"),
        (metadata(&[&one, &(-5_i32).to_ne_bytes()]), "a length in the metadata is negative"),
        (metadata(&[&one, &one, b"k", &(-5_i32).to_ne_bytes()]), "a length in the metadata is negative"),
        (metadata(&[&one, &i32::MAX.to_ne_bytes()]), "the metadata is larger than 16 megabytes"),
        (
            metadata(&[&one, &20_i32.to_ne_bytes(), name, &one, b"\xff"]),
            "the name of an extension is not UTF-8",
        ),
    ] {
        let fault = format!("{COLUMN_SCHEMA}{fault}");
        refused(texts(), &fault, &|schema, _| child_schema(schema, 0).metadata = metadata.as_ptr().cast());
    }
    // what nobody reads may be any bytes
    let fine = metadata(&[&one, &one, b"\xff", &one, b"\xfe"]);
    for outcome in outcomes(&batch, &|schema, _| child_schema(schema, 0).metadata = fine.as_ptr().cast()) {
        outcome.unwrap();
    }
}

#[test]
fn children_that_are_none() {
    let none = "it has more than 65,536 columns, or a negative number";
    refused(texts(), &format!("{TABLE_SCHEMA}{none}"), &|schema, _| schema.n_children = -1);
    refused(texts(), &format!("{TABLE_SCHEMA}{none}"), &|schema, _| schema.n_children = i64::MAX);
    let null = format!("{TABLE_SCHEMA}its list of children is NULL");
    refused(texts(), &null, &|schema, _| schema.children = ptr::null_mut());
    let null = format!("{TABLE_SCHEMA}child 2 is NULL");
    refused(texts(), &null, &|schema, _| unsafe { *schema.children.add(1) = ptr::null_mut() });
    let released = format!("{TABLE_SCHEMA}child 1 has been released");
    refused(texts(), &released, &|schema, _| child_schema(schema, 0).release = None);
    let unaligned = format!("{TABLE_SCHEMA}child 1 is not aligned for a struct");
    refused(texts(), &unaligned, &|schema, _| unsafe {
        *schema.children = (*schema.children).cast::<u8>().add(1).cast();
    });
    let many = format!("{COLUMN_SCHEMA}a type of the format `u` has 2 children, not 0");
    refused(texts(), &many, &|schema, _| {
        (child_schema(schema, 0).n_children, child_schema(schema, 0).children) = (2, schema.children);
    });
    for (format, found, expected) in
        [(c"+l", 0, 1), (c"+r", 1, 2), (c"+m", 2, 1), (c"+ud:1,2", 1, 2), (c"+us:1", 0, 1), (c"+w:3", 2, 1)]
    {
        let text = format.to_str().unwrap();
        let fault =
            format!("{COLUMN_SCHEMA}a type of the format `{text}` has {found} children, not {expected}");
        // a column that has its own children twice removed as its children
        refused(texts(), &fault, &|schema, _| {
            let dates = child_schema(schema, 1);
            let column = child_schema(schema, 0);
            (column.format, column.n_children) = (format.as_ptr(), found);
            let list: Box<[*mut ArrowSchema]> = vec![ptr::from_mut(dates); 2].into();
            column.children = KEPT.with(|kept| kept.keep(list));
        });
    }
    for (format, found) in [(c"+w:-3", 1), (c"+w:", 1), (c"+w:one", 1), (c"+ud:1,x", 2), (c"+us:1000", 1)] {
        let fault = format!("{COLUMN_SCHEMA}`{}` is not the format of a type", format.to_str().unwrap());
        refused(texts(), &fault, &|schema, _| {
            let dates = child_schema(schema, 1);
            let column = child_schema(schema, 0);
            (column.format, column.n_children) = (format.as_ptr(), found);
            let list: Box<[*mut ArrowSchema]> = vec![ptr::from_mut(dates); 2].into();
            column.children = KEPT.with(|kept| kept.keep(list));
        });
    }
}

#[test]
fn types_that_are_nested_without_end() {
    for format in [c"+l", c"+s", c"+r", c"+vl"] {
        let fault = format!("{COLUMN_SCHEMA}a type is nested too deeply");
        refused(texts(), &fault, &|schema, _| {
            let column = child_schema(schema, 0);
            let children = if format == c"+r" { 2 } else { 1 };
            (column.format, column.n_children) = (format.as_ptr(), children);
            let list: Box<[*mut ArrowSchema]> = vec![ptr::from_mut(column); 2].into();
            column.children = KEPT.with(|kept| kept.keep(list));
        });
    }
    let fault = format!("{COLUMN_SCHEMA}a type is nested too deeply");
    refused(dictionary(), &fault, &|schema, _| {
        child_schema(schema, 0).dictionary = ptr::from_mut(child_schema(schema, 0));
    });
    // and one that fans out
    refused(texts(), &fault, &|schema, _| {
        let column = child_schema(schema, 0);
        (column.format, column.n_children) = (c"+s".as_ptr(), 9);
        column.children = KEPT.with(|kept| kept.keep(vec![ptr::from_mut(column); 9].into()));
    });
}
