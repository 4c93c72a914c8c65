//! Tables by way of the Arrow C data interface are the tables that they are in Rust, and each struct is
//! released once.
#![expect(unsafe_code, reason = "the interface is of pointers")]
#![expect(clippy::undocumented_unsafe_blocks, reason = "every struct in here is whole")]

use std::sync::Arc;

use crate::common::{self, Batches, Encode, MeantTable, authority, batches, encodings, meant, told};
use crate::producer::{self, Releases, array_of, array_of_batch, column_of, schema_of, stream_of};
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::{Date32Type, Int16Type, Int32Type};
use arrow_array::*;
use arrow_schema::{DataType, Field, Schema};
use csc_measures::tables::ColumnKind;
use csc_measures::{Dataset, DatasetBuilder, Scalar};
use csc_measures_arrow::interface::{
    ArrowArrayStream, add_array, add_stream, export_stream, take_chunks, take_column,
};
use csc_measures_arrow::{
    ArrayColumn, ArrowInputError, ColumnError, add_batches, add_struct_array, issues_batch, results_batch,
    tables_batch,
};

fn encode(turn: usize) -> impl Fn(ColumnKind) -> Encode {
    move |kind| {
        let encodings = encodings(kind);
        encodings[turn % encodings.len()]
    }
}

/// The dataset of the tables by streams.
fn by_streams(tables: &[MeantTable], chunk: usize, is_cut: bool, turn: usize, shift: usize) -> Dataset {
    let mut builder = Dataset::builder();
    for table in tables {
        let Batches { schema, batches } = batches(table, chunk, is_cut, encode(turn));
        let (mut stream, [of_stream, of_schema, of_arrays]) = stream_of(&schema, &batches, shift);
        unsafe { add_stream(&mut builder, table.table.name(), &raw mut stream) }.unwrap();
        assert!(stream.release.is_none());
        assert_eq!((of_stream.count(), of_schema.count(), of_arrays.count()), (1, 1, batches.len()));
    }
    builder.build()
}

#[test]
fn every_type_in_every_cut_gives_the_same_dataset() {
    let tables = authority(1, 100);
    let expected = told(&meant(&tables));
    for turn in 0..common::MOST {
        assert!(told(&by_streams(&tables, usize::MAX, false, turn, 0)) == expected, "encoding {turn}");
        assert!(told(&by_streams(&tables, 7, true, turn, 0)) == expected, "encoding {turn}, in cut chunks");
    }
}

#[test]
fn buffers_at_any_address_are_read_right() {
    let tables = authority(2, 60);
    let expected = told(&meant(&tables));
    for turn in 0..common::MOST {
        for shift in [1, 4] {
            assert!(
                told(&by_streams(&tables, 9, true, turn, shift)) == expected,
                "encoding {turn} at {shift}"
            );
        }
    }
}

#[test]
fn a_batch_as_a_pair_of_schema_and_array_is_a_table() {
    let tables = authority(3, 60);
    let expected = told(&meant(&tables));
    for turn in 0..common::MOST {
        let mut builder = Dataset::builder();
        for table in &tables {
            let Batches { batches, .. } = batches(table, usize::MAX, true, encode(turn));
            let releases = Releases::default();
            let mut schema = schema_of(&batches[0].schema(), &releases);
            let mut array = array_of_batch(&batches[0], 0, &releases);
            let name = table.table.name();
            unsafe { add_array(&mut builder, name, &raw mut schema, &raw mut array) }.unwrap();
            assert!(schema.release.is_none() && array.release.is_none());
            assert_eq!(releases.count(), 2);
        }
        assert!(told(&builder.build()) == expected, "encoding {turn}");
    }
}

#[test]
fn an_empty_table_is_supplied_and_says_there_were_none() {
    let tables = authority(1, 0);
    let expected = told(&meant(&tables));
    for turn in 0..common::MOST {
        assert!(told(&by_streams(&tables, 10, false, turn, 0)) == expected);
        // and with a batch of no rows
        let mut builder = Dataset::builder();
        for table in &tables {
            let Batches { schema, .. } = batches(table, 10, false, encode(turn));
            let none = RecordBatch::new_empty(Arc::clone(&schema));
            let (mut stream, _) = stream_of(&schema, &[none.clone(), none], 0);
            unsafe { add_stream(&mut builder, table.table.name(), &raw mut stream) }.unwrap();
        }
        assert!(told(&builder.build()) == expected);
    }
}

/// Offsets of the struct, on top of those of its columns, and rows that are null as a whole.
#[test]
fn a_struct_may_begin_anywhere_in_its_columns_and_have_nulls() {
    for table in authority(4, 50) {
        for turn in 0..common::MOST {
            let Batches { schema, batches } = batches(&table, usize::MAX, true, encode(turn));
            let rows = batches[0].num_rows();
            let is_valid: Vec<bool> = (0..rows).map(|row| row % 5 > 0).collect();
            let whole = StructArray::new(
                schema.fields().clone(),
                batches[0].columns().to_vec(),
                Some(is_valid.into()),
            );
            let mut builder = Dataset::builder();
            add_struct_array(&mut builder, table.table.name(), &whole.slice(3, rows - 5)).unwrap();
            let expected = told(&builder.build());

            let releases = Releases::default();
            let (mut given_schema, mut array) =
                (schema_of(&schema, &releases), array_of(&whole, 0, &releases));
            array.offset = 3;
            array.length = i64::try_from(rows - 5).unwrap();
            array.null_count = -1;
            let mut builder = Dataset::builder();
            let (given_schema, array) = (&raw mut given_schema, &raw mut array);
            unsafe { add_array(&mut builder, table.table.name(), given_schema, array) }.unwrap();
            assert_eq!(told(&builder.build()), expected, "{} in encoding {turn}", table.table);
        }
    }
}

#[test]
fn columns_without_names_and_columns_that_no_table_knows_are_not_looked_at() {
    let batch = RecordBatch::try_from_iter([
        ("compliment_id", Arc::new(StringArray::from(vec!["C1"])) as ArrayRef),
        ("received_date", Arc::new(Date32Array::from(vec![17_169])) as _),
        ("shoe_size", Arc::new(Int32Array::from(vec![44])) as _),
        ("hat_size", Arc::new(Int32Array::from(vec![58])) as _),
    ]);
    let batch = batch.unwrap();
    let releases = Releases::default();
    let mut schema = schema_of(&batch.schema(), &releases);
    let mut array = array_of_batch(&batch, 0, &releases);
    unsafe {
        (**schema.children.add(2)).name = std::ptr::null();
        (**schema.children.add(2)).format = c"of the future".as_ptr();
        (**schema.children.add(3)).format = std::ptr::null();
        (**array.children.add(2)).length = -5;
    }
    let mut builder = Dataset::builder();
    unsafe { add_array(&mut builder, "compliments", &raw mut schema, &raw mut array) }.unwrap();
    assert_eq!(builder.build().tables()[0].used, 1);
    assert_eq!(releases.count(), 2);
}

#[test]
fn a_uuid_of_another_library_is_its_text() {
    let id = FixedSizeBinaryArray::try_from_iter(
        [*b"\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef"].iter(),
    )
    .unwrap();
    let field = Field::new("compliment_id", id.data_type().clone(), false)
        .with_metadata([("ARROW:extension:name".to_owned(), "arrow.uuid".to_owned())]);
    let date = Field::new("received_date", DataType::Utf8, false);
    let dates = StringArray::from(vec!["never"]);
    let schema = Arc::new(Schema::new(vec![field, date]));
    let batch = RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(id), Arc::new(dates)]).unwrap();
    let (mut stream, _) = stream_of(&schema, &[batch], 1);
    let mut builder = Dataset::builder();
    unsafe { add_stream(&mut builder, "compliments", &raw mut stream) }.unwrap();
    let dataset = builder.build();
    assert_eq!(dataset.issues()[0].record(), Some("01234567-89ab-cdef-0123-456789abcdef"));
}

/// As another library reads the stream.
fn read_back(stream: ArrowArrayStream) -> RecordBatchStreamReader {
    let mut stream = std::mem::ManuallyDrop::new(stream);
    let stream = (&raw mut *stream).cast::<FFI_ArrowArrayStream>();
    unsafe { RecordBatchStreamReader::from_raw(stream) }.unwrap()
}

#[test]
fn batches_go_out_as_they_are() {
    let dataset = meant(&authority(1, 100));
    let card = common::card(&dataset);
    for batch in [
        results_batch(&card).unwrap(),
        results_batch(&card).unwrap().slice(5, 40),
        issues_batch(dataset.issues()).unwrap(),
        tables_batch(&dataset.tables()).unwrap(),
        tables_batch(&[]).unwrap(),
    ] {
        let mut reader = read_back(export_stream(batch.clone()));
        assert_eq!(reader.schema(), batch.schema());
        let read = reader.next().unwrap().unwrap();
        assert!(reader.next().is_none());
        // the array outlives its stream
        drop(reader);
        assert_eq!(read, batch);
    }
}

#[test]
fn a_stream_that_goes_out_bears_a_careless_consumer() {
    let mut stream = export_stream(tables_batch(&[]).unwrap());
    let (get_schema, get_next) = (stream.get_schema.unwrap(), stream.get_next.unwrap());
    let (get_last_error, release) = (stream.get_last_error.unwrap(), stream.release.unwrap());
    let at = &raw mut stream;
    unsafe {
        assert_ne!(get_schema(at, std::ptr::null_mut()), 0);
        assert_ne!(get_next(at, std::ptr::null_mut()), 0);
        assert_ne!(get_schema(std::ptr::null_mut(), std::ptr::null_mut()), 0);
        assert!(get_last_error(at).is_null());
        // never read, and released twice
        release(at);
        release(at);
        release(std::ptr::null_mut());
        assert!(get_last_error(at).is_null());
        assert_ne!(get_next(at, std::ptr::null_mut()), 0);
    }
    assert!(stream.release.is_none());
}

#[test]
fn a_stream_that_cannot_say_its_schema_says_why() {
    let schema = Arc::new(Schema::new(vec![Field::new("a\0b", DataType::Null, true)]));
    let mut stream = export_stream(RecordBatch::new_empty(schema));
    let error = unsafe { add_stream(&mut Dataset::builder(), "compliments", &raw mut stream) }.unwrap_err();
    let error = error.to_string();
    assert!(
        error.starts_with("table `compliments`: `get_schema` of the stream failed with error 22: "),
        "{error}"
    );
    assert!(error.contains("Null byte at position 1"), "{error}");
}

#[test]
fn a_column_of_dates_by_itself() {
    let dates: ArrayRef = Arc::new(Date32Array::from(vec![Some(1), None, Some(17_169), Some(5)]).slice(1, 3));
    let field = Field::new("due", DataType::Date32, true);
    let (mut schema, mut array) = column_of(&field, &dates, 1);
    let (found, array) = unsafe { take_column(&raw mut schema, &raw mut array) }.unwrap();
    assert_eq!(found, field);
    let array = array.as_primitive::<Date32Type>();
    assert_eq!(array.iter().collect::<Vec<_>>(), [None, Some(17_169), Some(5)]);

    let batch = RecordBatch::try_from_iter([("due", Arc::clone(&dates))]).unwrap();
    let (mut schema, mut array) = column_of(&Field::new("", batch_type(&batch), true), &structs(&batch), 0);
    let error = unsafe { take_column(&raw mut schema, &raw mut array) }.unwrap_err();
    assert!(matches!(error, ColumnError::Nested { .. }), "{error}");
}

fn structs(batch: &RecordBatch) -> ArrayRef {
    Arc::new(StructArray::from(batch.clone()))
}

fn batch_type(batch: &RecordBatch) -> DataType {
    DataType::Struct(batch.schema().fields().clone())
}

#[test]
fn a_column_may_come_in_chunks_and_go_to_another_thread() {
    let values: DictionaryArray<Int16Type> = ["a", "b", "a"].into_iter().collect();
    let field = Field::new("team", values.data_type().clone(), true);
    let [of_stream, of_arrays, of_schema]: [Releases; 3] = Default::default();
    let chunks: [ArrayRef; 2] = [Arc::new(values.slice(1, 2)), Arc::new(values)];
    let script = producer::Script {
        schema: Ok(producer::schema_of_field(&field, &of_schema)),
        steps: chunks.iter().map(|chunk| producer::Step::Give(array_of(chunk, 0, &of_arrays))).collect(),
        message: None,
        releases: of_stream.clone(),
    };
    let mut stream = script.stream();
    let (found, taken) = unsafe { take_chunks(&raw mut stream) }.unwrap();
    assert_eq!(found, field);
    assert_eq!(taken, chunks);
    assert_eq!((of_stream.count(), of_schema.count(), of_arrays.count()), (1, 1, 0));
    // what is taken lives as long as it is used
    std::thread::spawn(move || drop(taken)).join().unwrap();
    assert_eq!(of_arrays.count(), 2);
}

#[test]
fn nulls_of_any_make() {
    let nulls: ArrayRef = Arc::new(NullArray::new(3));
    let field = Field::new("team", DataType::Null, true);
    // Polars gives nulls the place of a bitmap
    for (n_buffers, null_count) in [(0, 3), (1, 3), (1, -1), (1, 0)] {
        let (mut schema, mut given) = column_of(&field, &nulls, 0);
        let mut bitmap = std::ptr::null();
        (given.n_buffers, given.buffers, given.null_count) = (n_buffers, &raw mut bitmap, null_count);
        let (_, taken) = unsafe { take_column(&raw mut schema, &raw mut given) }.unwrap();
        assert_eq!(taken.to_data(), nulls.to_data());
    }
}

/// As Polars writes its 128-bit integers, which Arrow does not have.
#[test]
fn integers_of_128_bits_are_whole_numbers() {
    let values = Decimal128Array::from(vec![Some(12), None, Some(-3), Some(i128::from(i64::MAX))]);
    let large = Decimal128Array::from(vec![Some(i128::MAX), None]);
    for (values, expected) in [
        (
            values,
            vec![Scalar::Integer(12), Scalar::Null, Scalar::Integer(-3), Scalar::Integer(i64::MAX.into())],
        ),
        (large, vec![Scalar::Text("170141183460469231731687303715884105727"), Scalar::Null]),
    ] {
        let array: ArrayRef = Arc::new(values);
        let (mut schema, mut given) =
            column_of(&Field::new("person_id", array.data_type().clone(), true), &array, 1);
        schema.format = c"_pli128".as_ptr();
        let (field, taken) = unsafe { take_column(&raw mut schema, &raw mut given) }.unwrap();
        let column = ArrayColumn::of_field(&field, &taken).unwrap();
        let cells: Vec<Scalar<'_>> = (0..column.len()).map(|row| column.column().value(row)).collect();
        assert_eq!(cells, expected);
    }
}

/// No text that is not UTF-8 ever becomes one of Rust.
#[test]
fn texts_that_are_not_utf_8_come_as_bytes() {
    let words: ArrayRef = Arc::new(StringArray::from(vec![Some("Jose"), None, Some("Ann")]));
    let runs = RunArray::<Int32Type>::try_new(&vec![1, 2, 3].into(), &words).unwrap();
    let keys = Int16Array::from(vec![0, 1, 2]);
    let arrays: [ArrayRef; 5] = [
        Arc::clone(&words),
        Arc::new(LargeStringArray::from(vec![Some("Jose"), None, Some("Ann")])),
        Arc::new(StringViewArray::from(vec![Some("Jose"), None, Some("Ann")])),
        Arc::new(DictionaryArray::new(keys, words)),
        Arc::new(runs),
    ];
    for array in arrays {
        let field = Field::new("name", array.data_type().clone(), true);
        let (mut schema, mut given) = column_of(&field, &array, 0);
        unsafe {
            let texts = match field.data_type() {
                DataType::Dictionary(..) => given.dictionary,
                DataType::RunEndEncoded(..) => *given.children.add(1),
                _ => &raw mut given,
            };
            // of the name the last letter; a view begins with its length
            let (buffer, place) = if *field.data_type() == DataType::Utf8View { (1, 7) } else { (2, 3) };
            (*(*texts).buffers.add(buffer)).cast_mut().cast::<u8>().add(place).write(0xe9);
        }
        let (_, taken) = unsafe { take_column(&raw mut schema, &raw mut given) }.unwrap();
        taken.to_data().validate_full().unwrap();
        let column = ArrayColumn::of_field(&field, &taken).unwrap();
        let cells: Vec<Scalar<'_>> = (0..3).map(|row| column.column().value(row)).collect();
        assert_eq!(cells, [Scalar::Unreadable, Scalar::Null, Scalar::Text("Ann")], "{}", array.data_type());
    }
}

#[test]
fn runs_by_themselves() {
    let runs = RunArray::<Int32Type>::try_new(&vec![2, 3, 9].into(), &StringArray::from(vec!["a", "b", "c"]))
        .unwrap();
    let field = Field::new("team", runs.data_type().clone(), true);
    let array: ArrayRef = Arc::new(runs.slice(1, 5));
    let (mut schema, mut given) = column_of(&field, &array, 1);
    let (_, taken) = unsafe { take_column(&raw mut schema, &raw mut given) }.unwrap();
    let texts: Vec<_> = taken.as_run::<Int32Type>().downcast::<StringArray>().unwrap().into_iter().collect();
    assert_eq!(texts, [Some("a"), Some("b"), Some("c"), Some("c"), Some("c")]);
}

#[test]
fn what_the_dataset_refuses_is_refused_here_and_all_is_released() {
    let batch =
        RecordBatch::try_from_iter([("compliment_id", Arc::new(Int8Array::from(vec![1])) as ArrayRef)]);
    let batch = batch.unwrap();
    let refused = |table: &str| {
        let (mut stream, [of_stream, of_schema, of_arrays]) =
            stream_of(&batch.schema(), std::slice::from_ref(&batch), 0);
        let mut builder: DatasetBuilder = Dataset::builder();
        let error = unsafe { add_stream(&mut builder, table, &raw mut stream) }.unwrap_err();
        assert!(stream.release.is_none());
        assert_eq!((of_stream.count(), of_schema.count(), of_arrays.count()), (1, 1, 1));
        let expected = add_batches(&mut Dataset::builder(), table, &batch.schema(), [Ok(batch.clone())]);
        assert_eq!(error.to_string(), expected.unwrap_err().to_string());
        assert!(matches!(error, ArrowInputError::Dataset(_)));
    };
    refused("complements");
    refused("compliments");
}

/// A value and a null of each type that has single values.
fn singles() -> Vec<ArrayRef> {
    macro_rules! arrays {
        ($value:expr => $($array:ident),+) => {
            [$(Arc::new($array::from(vec![Some($value), None, Some($value)])) as ArrayRef),+]
        };
    }
    let mut arrays = vec![Arc::new(NullArray::new(3)) as ArrayRef];
    arrays.extend(arrays!(true => BooleanArray));
    arrays.extend(arrays!(1 => Int8Array, Int16Array, Int32Array, Int64Array));
    arrays.extend(arrays!(1 => UInt8Array, UInt16Array, UInt32Array, UInt64Array));
    arrays.extend(arrays!(half(1.5) => Float16Array));
    arrays.extend(arrays!(1.5 => Float32Array, Float64Array));
    arrays.extend(arrays!(1 => Decimal32Array, Decimal64Array, Decimal128Array));
    arrays.extend(arrays!(1.into() => Decimal256Array));
    arrays.extend(arrays!(17_169 => Date32Array, Date64Array, Time32SecondArray, Time32MillisecondArray));
    arrays.extend(arrays!(1 => Time64MicrosecondArray, Time64NanosecondArray));
    arrays.extend(arrays!(1 => TimestampSecondArray, TimestampMillisecondArray, TimestampMicrosecondArray));
    arrays.extend(arrays!(1 => TimestampNanosecondArray, DurationSecondArray, DurationMillisecondArray));
    arrays.extend(arrays!(1 => DurationMicrosecondArray, DurationNanosecondArray, IntervalYearMonthArray));
    arrays.extend(arrays!(types::IntervalDayTime::new(1, 2) => IntervalDayTimeArray));
    arrays.extend(arrays!(types::IntervalMonthDayNano::new(1, 2, 3) => IntervalMonthDayNanoArray));
    arrays.extend(arrays!("of more than twelve bytes" => StringArray, LargeStringArray, StringViewArray));
    arrays.extend(arrays!(b"short".as_ref() => BinaryArray, LargeBinaryArray, BinaryViewArray));
    for size in [0, 3] {
        let bytes = vec![7; size];
        let values = [Some(&bytes), None, Some(&bytes)].into_iter();
        let size = i32::try_from(size).unwrap();
        arrays.push(Arc::new(FixedSizeBinaryArray::try_from_sparse_iter_with_size(values, size).unwrap()));
    }
    arrays
}

fn half(value: f32) -> <types::Float16Type as ArrowPrimitiveType>::Native {
    <types::Float16Type as ArrowPrimitiveType>::Native::from_f32(value)
}

fn in_a_dictionary(values: &ArrayRef) -> ArrayRef {
    let keys = Int16Array::from(vec![Some(2), None, Some(0), Some(1)]);
    Arc::new(DictionaryArray::new(keys, Arc::clone(values)))
}

fn in_runs(values: &ArrayRef) -> ArrayRef {
    let ends: Int64Array = (1..).map(|end| end * 2).take(values.len()).map(Some).collect();
    Arc::new(RunArray::<types::Int64Type>::try_new(&ends, values).unwrap())
}

/// Dictionaries and runs in one another, cut out of longer ones, at any address.
#[test]
fn every_type_in_every_form_comes_as_it_is() {
    for array in singles() {
        let (keyed, run) = (in_a_dictionary(&array), in_runs(&array));
        let twice = [in_a_dictionary(&keyed), in_a_dictionary(&run), in_runs(&keyed), in_runs(&run)];
        for array in [vec![array, keyed, run], twice.into()].concat() {
            for (from, length) in [(0, array.len()), (1, 2), (2, 0)] {
                let array = array.slice(from, length);
                let field = Field::new("any", array.data_type().clone(), true);
                for shift in [0, 1, 4] {
                    let (mut schema, mut given) = column_of(&field, &array, shift);
                    let (found, taken) = unsafe { take_column(&raw mut schema, &raw mut given) }.unwrap();
                    assert_eq!((&found, taken.len()), (&field, length));
                    let column = ArrayColumn::of_field(&found, &taken).unwrap();
                    let expected = ArrayColumn::of_field(&field, &array).unwrap();
                    for row in 0..length {
                        assert_eq!(
                            column.column().value(row),
                            expected.column().value(row),
                            "{}",
                            array.data_type()
                        );
                    }
                }
            }
        }
    }
}
