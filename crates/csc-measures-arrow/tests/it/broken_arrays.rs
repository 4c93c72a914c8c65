//! What a careless or broken producer hands over by the Arrow C data interface is an error that says what is
//! wrong, never a crash: here its arrays.
#![expect(unsafe_code, reason = "the interface is of pointers")]
#![expect(clippy::undocumented_unsafe_blocks, reason = "what is not NULL is whole")]

use std::ffi::CString;
use std::ptr;
use std::sync::Arc;

use crate::producer::broken::*;
use arrow_array::types::Int8Type;
use arrow_array::*;
use arrow_schema::{DataType, Field, Schema};
use csc_measures_arrow::interface::ArrowArray;
use csc_measures_arrow::{ArrowInputError, ColumnError};

#[test]
fn children_that_are_none() {
    for count in [-1, 0, 1, 3, i64::MAX] {
        let fault = format!("{TABLE_ARRAY}expected 2 children, found {count}");
        refused(texts(), &fault, &|_, array| array.n_children = count);
    }
    let null = format!("{TABLE_ARRAY}its list of children is NULL");
    refused(texts(), &null, &|_, array| array.children = ptr::null_mut());
    let null = format!("{TABLE_ARRAY}child 1 is NULL");
    refused(texts(), &null, &|_, array| unsafe { *array.children = ptr::null_mut() });
    let released = format!("{TABLE_ARRAY}child 2 has been released");
    refused(texts(), &released, &|_, array| child(array, 1).release = None);
    let many = format!("{COLUMN_ARRAY}expected 0 children, found 1");
    refused(texts(), &many, &|_, array| child(array, 0).n_children = 1);
    let short = format!("{COLUMN_ARRAY}it has 2 values for the rows 0 to 3");
    refused(texts(), &short, &|_, array| (child(array, 0).length, child(array, 0).null_count) = (2, -1));
    let short = format!("{COLUMN_ARRAY}it has 3 values for the rows 1 to 4");
    refused(texts(), &short, &|_, array| array.offset = 1);
}

#[test]
fn lengths_and_counts_that_cannot_be() {
    for (offset, length) in [(0, -1), (-1, 3), (i64::MIN, 3), (0, i64::MIN)] {
        let said = format!("its offset is {offset} and its length {length}");
        let (of_table, of_column) = (format!("{TABLE_ARRAY}{said}"), format!("{COLUMN_ARRAY}{said}"));
        refused(texts(), &of_table, &|_, array| (array.offset, array.length) = (offset, length));
        refused(texts(), &of_column, &|_, array| {
            (child(array, 0).offset, child(array, 0).length) = (offset, length);
        });
    }
    for (offset, length) in [(i64::MAX, 3), (0, i64::MAX), (i64::MAX, i64::MAX), (0, 1 << 32)] {
        let said = format!(
            "its offset is {offset} and its length {length}: more rows than the 4294967295 that can be read"
        );
        let (of_table, of_column) = (format!("{TABLE_ARRAY}{said}"), format!("{COLUMN_ARRAY}{said}"));
        refused(texts(), &of_table, &|_, array| (array.offset, array.length) = (offset, length));
        refused(texts(), &of_column, &|_, array| {
            (child(array, 0).offset, child(array, 0).length) = (offset, length);
        });
    }
    for nulls in [-2, i64::MIN, 4, i64::MAX] {
        let said = format!("{nulls} of its 3 values are null");
        refused(texts(), &format!("{TABLE_ARRAY}{said}"), &|_, array| array.null_count = nulls);
        refused(texts(), &format!("{COLUMN_ARRAY}{said}"), &|_, array| child(array, 0).null_count = nulls);
    }
    for nulls in [0, 2, 3] {
        let said = format!("{COLUMN_ARRAY}it declares {nulls} nulls and has 1");
        refused(texts(), &said, &|_, array| child(array, 0).null_count = nulls);
        refused(dictionary(), &said, &|_, array| child(array, 0).null_count = nulls);
    }
    // without the bitmap that would say which
    let no_bitmap = "it declares 1 nulls and has 0";
    refused(texts(), &format!("{TABLE_ARRAY}{no_bitmap}"), &|_, array| array.null_count = 1);
    let no_bitmap = format!("{COLUMN_ARRAY}{no_bitmap}");
    refused(texts(), &no_bitmap, &|_, array| set_buffer(child(array, 0), 0, ptr::null()));
    let wrong = format!("{TABLE_ARRAY}it declares 0 nulls and has 2");
    refused(texts(), &wrong, &|_, array| set_buffer(array, 0, [0b100_u8].as_ptr().cast()));
}

#[test]
fn buffers_that_are_none() {
    for ids in layouts() {
        let expected = match ids.data_type() {
            DataType::Null => "0 or 1",
            DataType::RunEndEncoded(..) => "0",
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary => "3",
            DataType::Utf8View => "3 or more",
            _ => "2",
        };
        for count in [-1, i64::MIN, i64::MAX, if expected == "0 or 1" { 2 } else { 1 }] {
            let fault = format!("{COLUMN_ARRAY}expected {expected} buffers, found {count}");
            refused(Arc::clone(&ids), &fault, &|_, array| child(array, 0).n_buffers = count);
        }
        if !expected.starts_with('0') {
            let fault = format!("{COLUMN_ARRAY}its list of buffers is NULL");
            refused(ids, &fault, &|_, array| child(array, 0).buffers = ptr::null_mut());
        }
    }
    let fault = format!("{TABLE_ARRAY}expected 1 buffers, found 0");
    refused(texts(), &fault, &|_, array| array.n_buffers = 0);
    let fault = format!("{TABLE_ARRAY}its list of buffers is NULL");
    refused(texts(), &fault, &|_, array| array.buffers = ptr::null_mut());

    let null = |place: usize| format!("{COLUMN_ARRAY}buffer {place} is NULL");
    let no_values = null(1);
    for ids in layouts() {
        if matches!(ids.data_type(), DataType::Int64 | DataType::Boolean | DataType::FixedSizeBinary(_)) {
            refused(ids, &no_values, &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
        }
    }
    refused(dictionary(), &no_values, &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
    let no_offsets = format!("{COLUMN_ARRAY}a buffer of its offsets or lengths is NULL");
    refused(texts(), &no_offsets, &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
    refused(views(), &no_offsets, &|_, array| set_buffer(child(array, 0), 3, ptr::null()));
    refused(texts(), &null(2), &|_, array| set_buffer(child(array, 0), 2, ptr::null()));
    refused(views(), &null(2), &|_, array| set_buffer(child(array, 0), 2, ptr::null()));
    refused(views(), &null(1), &|_, array| set_buffer(child(array, 0), 1, ptr::null()));
}

#[test]
fn offsets_and_views_that_point_elsewhere() {
    let negative = format!("{COLUMN_ARRAY}an offset or a length in its buffers is negative");
    let invalid = format!("{COLUMN_ARRAY}Invalid argument error: ");
    let converting = "Error converting offset[0]";
    for (offsets, fault) in [
        ([0, 2, 1, 5], format!("{invalid}Offset invariant failure: non-monotonic offset at slot 1: 2 > 1")),
        ([-1, 2, 2, 5], format!("{invalid}{converting} (-1) to usize for TYPE")),
        ([0, 2, 2, -1], negative.clone()),
        ([i32::MIN, 0, 0, 0], format!("{invalid}{converting} (-2147483648) to usize for TYPE")),
        ([9, 2, 2, 5], format!("{invalid}First offset 9 of TYPE is larger than values length 5")),
    ] {
        let (fault, of_large) = (fault.replace("TYPE", "Utf8"), fault.replace("TYPE", "LargeUtf8"));
        refused(texts(), &fault, &|_, array| set_buffer(child(array, 0), 1, offsets.as_ptr().cast()));
        let large = offsets.map(i64::from);
        let texts: ArrayRef = Arc::new(LargeStringArray::from(vec![Some("C1"), None, Some("C22")]));
        refused(texts, &of_large, &|_, array| set_buffer(child(array, 0), 1, large.as_ptr().cast()));
    }
    refused(views(), &negative, &|_, array| set_buffer(child(array, 0), 3, [-1_i64].as_ptr().cast()));
    // a view of the 29 bytes, of which the buffer now has ten
    let batch = compliments(views());
    for outcome in outcomes(&batch, &|_, array| set_buffer(child(array, 0), 3, [10_i64].as_ptr().cast())) {
        let error = outcome.unwrap_err();
        assert!(
            matches!(error, ArrowInputError::Column { source: ColumnError::Malformed { .. }, .. }),
            "{error}"
        );
    }
    // texts that are none are issues of their rows
    let batch = compliments(texts());
    for outcome in
        outcomes(&batch, &|_, array| set_buffer(child(array, 0), 2, b"C\xff\xfeC2".as_ptr().cast()))
    {
        outcome.unwrap();
    }
}

#[test]
fn dictionaries_and_runs_that_contradict_themselves() {
    let fault = format!("{COLUMN_ARRAY}its dictionary is missing");
    refused(dictionary(), &fault, &|_, array| child(array, 0).dictionary = ptr::null_mut());
    let fault = format!("{COLUMN_ARRAY}the dictionary has been released");
    refused(dictionary(), &fault, &|_, array| unsafe { (*child(array, 0).dictionary).release = None });
    let fault = format!("{COLUMN_SCHEMA}the dictionary has been released");
    refused(dictionary(), &fault, &|schema, _| unsafe {
        (*child_schema(schema, 0).dictionary).release = None
    });
    let fault = format!("{COLUMN_ARRAY}it has a dictionary, which its schema does not declare");
    refused(dictionary(), &fault, &|schema, _| child_schema(schema, 0).dictionary = ptr::null_mut());
    let fault = format!("{COLUMN_SCHEMA}the keys of a dictionary are of type Utf8");
    refused(dictionary(), &fault, &|schema, _| child_schema(schema, 0).format = c"u".as_ptr());
    let fault = format!("{COLUMN_SCHEMA}the ends of runs are of type Utf8");
    refused(runs(), &fault, &|schema, _| {
        let column = child_schema(schema, 0);
        child_schema(column, 0).format = c"u".as_ptr();
    });
    let fault = format!(
        "{COLUMN_ARRAY}Invalid argument error: The offset + length of array should be less or equal to last value in \
         the run_ends array. The last value of run_ends array is 3 and offset + length of array is 4."
    );
    refused(runs(), &fault, &|_, array| child(array, 0).offset = 1);

    let malformed = |ids: ArrayRef, broken: Break<'_>| {
        for outcome in outcomes(&compliments(ids), broken) {
            let error = outcome.unwrap_err();
            let is_malformed =
                matches!(error, ArrowInputError::Column { source: ColumnError::Malformed { .. }, .. });
            assert!(is_malformed, "{error}");
        }
    };
    malformed(dictionary(), &|_, array| set_buffer(child(array, 0), 1, [0_i8, 0, 2].as_ptr().cast()));
    malformed(dictionary(), &|_, array| set_buffer(child(array, 0), 1, [0_i8, 0, -1].as_ptr().cast()));
    for ends in [[0, 3], [3, 3], [-1, 3], [3, 1]] {
        malformed(runs(), &|_, array| set_buffer(child(child(array, 0), 0), 1, ends.as_ptr().cast()));
    }
    malformed(runs(), &|_, array| child(child(array, 0), 0).length = 1);
    malformed(runs(), &|_, array| {
        let ends = child(child(array, 0), 0);
        (ends.null_count, _) = (1, set_buffer(ends, 0, [0b10_u8].as_ptr().cast()));
    });
}

/// Each number of each array that is out of all bounds, and each pointer that is NULL.
#[test]
fn every_number_and_every_pointer() {
    for ids in layouts() {
        let batch = compliments(ids);
        let mut sound = 0;
        for node in 0..5 {
            for field in 0..5 {
                for value in [i64::MIN, -2, i64::MAX - 1, i64::MAX] {
                    let is_there = std::cell::Cell::new(false);
                    let results = outcomes(&batch, &|_, array| {
                        if let Some(node) = nodes(array).get(node) {
                            let node = unsafe { &mut **node };
                            let numbers = [
                                &mut node.length,
                                &mut node.null_count,
                                &mut node.offset,
                                &mut node.n_buffers,
                                &mut node.n_children,
                            ];
                            *numbers.into_iter().nth(field).unwrap() = value;
                            is_there.set(true);
                        }
                    });
                    let is_refused = results.iter().all(Result::is_err);
                    assert_eq!(is_refused, is_there.get(), "node {node}, field {field}, {value}");
                    sound += usize::from(!is_refused);
                }
            }
            for pointer in 0..3 {
                // NULL may be right; it is never a crash, and what is wrong in the one way is in the other
                let [by_array, by_stream] = outcomes(&batch, &|_, array| {
                    if let Some(node) = nodes(array).get(node) {
                        let node = unsafe { &mut **node };
                        match pointer {
                            0 => node.buffers = ptr::null_mut(),
                            1 => node.children = ptr::null_mut(),
                            _ => node.dictionary = ptr::null_mut(),
                        }
                    }
                });
                assert_eq!(by_array.is_ok(), by_stream.is_ok());
            }
        }
        assert!(sound < 5 * 5 * 4);
    }
}

/// An array, its dictionary and its children, and theirs.
fn nodes(array: &mut ArrowArray) -> Vec<*mut ArrowArray> {
    let mut nodes = vec![ptr::from_mut(array)];
    for place in 0..usize::try_from(array.n_children).unwrap() {
        nodes.extend(self::nodes(child(array, place)));
    }
    if !array.dictionary.is_null() {
        nodes.push(array.dictionary);
    }
    nodes
}

#[test]
fn nested_columns_are_refused_before_their_values_are_looked_at() {
    let list: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int8Type, _, _>([Some([Some(1)]), None]));
    let schema = Schema::new(vec![
        Field::new("compliment_id", list.data_type().clone(), true),
        Field::new("received_date", DataType::Date32, true),
    ]);
    let dates = Date32Array::from(vec![1, 2]);
    let batch = RecordBatch::try_new(Arc::new(schema), vec![list, Arc::new(dates)]).unwrap();
    for outcome in outcomes(&batch, &|_, array| set_buffer(child(array, 0), 1, ptr::null())) {
        let error = outcome.unwrap_err();
        assert!(
            matches!(error, ArrowInputError::Column { source: ColumnError::Nested { .. }, .. }),
            "{error}"
        );
    }
}

/// The same bytes as numbers, dates and times of every kind and scale: values of no sense are issues.
#[test]
fn values_that_make_no_sense() {
    for byte in [0x00, 0x7f, 0x80, 0xff] {
        let bytes = [[byte; 32]; 3];
        let batch = compliments(Arc::new(FixedSizeBinaryArray::try_from_iter(bytes.iter()).unwrap()));
        for format in [
            "d:38,-38",
            "d:38,38",
            "d:1,38",
            "d:1,0",
            "d:76,-76,256",
            "d:76,76,256",
            "d:18,-18,64",
            "d:9,9,32",
            "c",
            "C",
            "L",
            "e",
            "f",
            "g",
            "tdD",
            "tdm",
            "tss:",
            "tsn:UTC",
            "tsm:Europe/London",
            "tsu:+99:99",
            "tss:nowhere",
            "ttn",
            "tDn",
            "tiM",
            "tiD",
            "tin",
            "b",
            "w:1",
        ] {
            let format = CString::new(format).unwrap();
            for outcome in outcomes(&batch, &|schema, _| child_schema(schema, 0).format = format.as_ptr()) {
                outcome.unwrap();
            }
        }
    }
}
