//! Columns of every type and make are read as Arrow's reader and the crate for Arrow read them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where it fails")]

use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use arrow_array::types::{
    ArrowPrimitiveType, Decimal256Type, Float16Type, Int8Type, Int32Type, Int64Type, UInt32Type,
};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, BooleanArray, Date32Array, Date64Array, Decimal32Array,
    Decimal64Array, Decimal128Array, Decimal256Array, DictionaryArray, DurationMicrosecondArray,
    DurationNanosecondArray, FixedSizeBinaryArray, Float16Array, Float32Array, Float64Array, Int8Array,
    Int16Array, Int32Array, Int64Array, IntervalDayTimeArray, IntervalYearMonthArray, LargeBinaryArray,
    LargeStringArray, NullArray, PrimitiveArray, RecordBatch, StringArray, StringViewArray,
    Time32MillisecondArray, Time32SecondArray, Time64MicrosecondArray, Time64NanosecondArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray,
    UInt8Array, UInt16Array, UInt32Array, UInt64Array,
};
use arrow_schema::{Field, Schema};
use csc_measures::Scalar;
use csc_measures::tables::Table;
use csc_measures_arrow::ArrayColumn;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{BrotliLevel, Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray, Int96};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::Type;

use crate::parquet_column::Cells;
use crate::parquet_file::{check_pages, known_columns, readers};
use crate::{FileFormat, TableFile};

const ROWS: usize = 300;

/// What each row of a column is, as text.
type Read = Vec<(String, Vec<String>)>;

/// A value as a text. A decimal number is an integer, a decimal or a text by what else is in its chunk.
fn said(name: &str, value: Scalar<'_>) -> String {
    match value {
        Scalar::Integer(value) if name.contains("decimal") => value.to_string(),
        Scalar::Decimal(value) if name.contains("decimal") => value.to_string(),
        Scalar::Text(value) if name.contains("decimal") => value.to_owned(),
        _ => format!("{value:?}"),
    }
}

/// Every column of a file, by this crate.
fn read(file: &File, rows_at_a_time: usize) -> Read {
    let named = TableFile {
        table: Table::by_name("persons").unwrap(),
        path: "persons.parquet".into(),
        name: "persons.parquet".to_owned(),
        given: "persons".to_owned(),
        format: FileFormat::Parquet,
        bytes: 0,
        rows: None,
    };
    let parquet = SerializedFileReader::new(file.try_clone().unwrap()).unwrap();
    let metadata = parquet.metadata();
    let fields = metadata.file_metadata().schema_descr().root_schema().get_fields();
    let places: Vec<(usize, &str)> = fields.iter().map(|field| field.name()).enumerate().collect();
    let mut columns = known_columns(&named, metadata, &places).unwrap();
    check_pages(file.try_clone().unwrap(), metadata, &mut columns).unwrap();
    let mut read: Read = places.iter().map(|(_, name)| ((*name).to_owned(), Vec::new())).collect();
    for group in 0..metadata.num_row_groups() {
        let mut readers = readers(&parquet, group, &columns).unwrap();
        for ((column, reader), (name, values)) in columns.iter().zip(&mut readers).zip(&mut read) {
            loop {
                let cells = Cells::read(reader, column.kind, rows_at_a_time, 7).unwrap();
                if cells.rows() == 0 {
                    break;
                }
                let column = cells.column();
                assert_eq!(column.len(), cells.rows());
                values.extend((0..cells.rows()).map(|row| said(name, column.value(row))));
            }
        }
    }
    read
}

/// Every column of a file, by Arrow.
fn read_by_arrow(file: &File) -> Read {
    let batches = ParquetRecordBatchReaderBuilder::try_new(file.try_clone().unwrap()).unwrap();
    let mut read: Read =
        batches.schema().fields().iter().map(|field| (field.name().clone(), Vec::new())).collect();
    for batch in batches.build().unwrap() {
        let batch = batch.unwrap();
        let fields = batch.schema();
        for ((field, array), (name, values)) in fields.fields().iter().zip(batch.columns()).zip(&mut read) {
            let array = ArrayColumn::of_field(field, array).unwrap();
            let column = array.column();
            values.extend((0..array.len()).map(|row| said(name, column.value(row))));
        }
    }
    read
}

#[track_caller]
fn assert_same(file: &File, make: &str) {
    let expected = read_by_arrow(file);
    for rows in [1, 64, 8192] {
        for ((name, found), (_, expected)) in read(file, rows).iter().zip(&expected) {
            assert_eq!(found.len(), expected.len(), "{name}, {make}");
            for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
                assert_eq!(found, expected, "row {row} of {name}, {make}, by {rows}");
            }
        }
    }
}

/// Numbers that are the same at every run: small ones that come again, and now and then any.
fn numbers(has_nulls: bool) -> impl Iterator<Item = Option<i64>> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    (0..ROWS).map(move |row| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        match row % 7 {
            3 if has_nulls => None,
            5 => Some((state >> 20).cast_signed()),
            6 => Some(-((state >> 50).cast_signed())),
            _ => Some((state >> 58).cast_signed()),
        }
    })
}

fn primitive<T: ArrowPrimitiveType>(has_nulls: bool, of: impl Fn(i64) -> T::Native) -> PrimitiveArray<T> {
    PrimitiveArray::from_iter(numbers(has_nulls).map(|number| number.map(&of)))
}

fn texts(has_nulls: bool) -> impl Iterator<Item = Option<String>> {
    numbers(has_nulls).map(|number| {
        number.map(|number| match number {
            0..20 => format!("P{number}"),
            20..30 => String::new(),
            30..40 => format!("a longer name, number {number}"),
            _ => number.to_string(),
        })
    })
}

fn bytes(has_nulls: bool) -> impl Iterator<Item = Option<Vec<u8>>> {
    texts(has_nulls).enumerate().map(|(row, text)| {
        text.map(|text| if row % 5 == 0 { vec![0xff, 0xfe, b'x'] } else { text.into_bytes() })
    })
}

fn sixteen(number: i64) -> Vec<u8> {
    let mut bytes = vec![b'7'; 8];
    bytes.extend(if number % 3 == 0 { *b"8 digits" } else { number.to_be_bytes() });
    bytes
}

/// An array of every type, by what it is.
fn arrays(has_nulls: bool) -> Vec<(String, ArrayRef)> {
    type Half = <Float16Type as ArrowPrimitiveType>::Native;
    type Long = <Decimal256Type as ArrowPrimitiveType>::Native;
    let scaled = |scale: i8, times: i128| -> ArrayRef {
        let array = Decimal128Array::from_iter(
            numbers(has_nulls).map(|number| number.map(|number| i128::from(number % 1_000_000) * times)),
        );
        Arc::new(array.with_precision_and_scale(38, scale).unwrap())
    };
    let long = |scale: i8, times: &str| -> ArrayRef {
        let times = Long::from_string(times).unwrap();
        let array = Decimal256Array::from_iter(
            numbers(has_nulls)
                .map(|number| number.map(|number| Long::from_i128(i128::from(number % 1_000)) * times)),
        );
        Arc::new(array.with_precision_and_scale(76, scale).unwrap())
    };
    let nanos = |number: i64| number % 20_000 * 86_400_000_000_000 / 7;
    let mut arrays: Vec<(&str, ArrayRef)> = vec![
        ("null", Arc::new(NullArray::new(ROWS))),
        (
            "flag",
            Arc::new(BooleanArray::from_iter(numbers(has_nulls).map(|number| number.map(|n| n % 2 == 0)))),
        ),
        ("int8", Arc::new(Int8Array::from(primitive(has_nulls, |number| number as i8)))),
        ("int16", Arc::new(Int16Array::from(primitive(has_nulls, |number| number as i16)))),
        ("int32", Arc::new(Int32Array::from(primitive(has_nulls, |number| number as i32)))),
        ("int64", Arc::new(Int64Array::from(primitive(has_nulls, |number| number)))),
        ("uint8", Arc::new(UInt8Array::from(primitive(has_nulls, |number| number as u8)))),
        ("uint16", Arc::new(UInt16Array::from(primitive(has_nulls, |number| number as u16)))),
        ("uint32", Arc::new(UInt32Array::from(primitive(has_nulls, |number| number as u32)))),
        (
            "uint64",
            Arc::new(UInt64Array::from(primitive(has_nulls, |number| {
                number.wrapping_mul(3).cast_unsigned()
            }))),
        ),
        ("half", Arc::new(Float16Array::from(primitive(has_nulls, |number| Half::from_bits(number as u16))))),
        ("single", Arc::new(Float32Array::from(primitive(has_nulls, |number| number as f32 / 10.0)))),
        (
            "any single",
            Arc::new(Float32Array::from(primitive(has_nulls, |number| f32::from_bits(number as u32)))),
        ),
        ("double", Arc::new(Float64Array::from(primitive(has_nulls, |number| number as f64 / 8.0)))),
        (
            "decimal of 9 digits",
            Arc::new(
                Decimal32Array::from(primitive(has_nulls, |number| (number % 1000) as i32))
                    .with_precision_and_scale(9, 2)
                    .unwrap(),
            ),
        ),
        (
            "decimal of 18 digits",
            Arc::new(
                Decimal64Array::from(primitive(has_nulls, |number| number % 100_000))
                    .with_precision_and_scale(18, 3)
                    .unwrap(),
            ),
        ),
        ("whole decimals", scaled(0, 1)),
        ("whole decimals with places", scaled(2, 100)),
        ("decimals", scaled(2, 1)),
        ("decimals below one", scaled(12, -1)),
        ("decimals too large to keep", scaled(1, 10_i128.pow(30) + 7)),
        ("long decimals", long(3, "1")),
        (
            "long decimals too large to keep",
            long(5, "1000000000000000000000000000000000000000000000000000000003"),
        ),
        ("text", Arc::new(StringArray::from_iter(texts(has_nulls)))),
        ("large text", Arc::new(LargeStringArray::from_iter(texts(has_nulls)))),
        ("text views", Arc::new(StringViewArray::from_iter(texts(has_nulls)))),
        ("bytes", Arc::new(BinaryArray::from_iter(bytes(has_nulls)))),
        ("large bytes", Arc::new(LargeBinaryArray::from_iter(bytes(has_nulls)))),
        ("byte views", Arc::new(BinaryViewArray::from_iter(bytes(has_nulls)))),
        (
            "sixteen bytes",
            Arc::new(
                FixedSizeBinaryArray::try_from_sparse_iter_with_size(
                    numbers(has_nulls).map(|number| number.map(sixteen)),
                    16,
                )
                .unwrap(),
            ),
        ),
        ("days", Arc::new(Date32Array::from(primitive(has_nulls, |number| number as i32)))),
        (
            "days as milliseconds",
            Arc::new(Date64Array::from(primitive(has_nulls, |number| number % 90_000 * 86_400_000))),
        ),
        (
            "time of seconds",
            Arc::new(Time32SecondArray::from(primitive(has_nulls, |number| (number % 86_400) as i32))),
        ),
        (
            "time of millis",
            Arc::new(Time32MillisecondArray::from(primitive(has_nulls, |number| (number % 86_400) as i32))),
        ),
        (
            "time of micros",
            Arc::new(Time64MicrosecondArray::from(primitive(has_nulls, |number| number % 86_400))),
        ),
        (
            "time of nanos",
            Arc::new(Time64NanosecondArray::from(primitive(has_nulls, |number| number % 86_400))),
        ),
        (
            "duration of micros",
            Arc::new(DurationMicrosecondArray::from(primitive(has_nulls, |number| number))),
        ),
        ("duration of nanos", Arc::new(DurationNanosecondArray::from(primitive(has_nulls, |number| number)))),
        ("months", Arc::new(IntervalYearMonthArray::from(primitive(has_nulls, |number| number as i32)))),
        (
            "days and times",
            Arc::new(IntervalDayTimeArray::from(primitive(has_nulls, |number| {
                arrow_array::types::IntervalDayTimeType::make_value(number as i32, 5)
            }))),
        ),
        (
            "categories",
            Arc::new(
                texts(has_nulls)
                    .map(|text| text.map(|text| text.chars().take(2).collect::<String>()))
                    .collect::<Vec<_>>()
                    .iter()
                    .map(Option::as_deref)
                    .collect::<DictionaryArray<Int8Type>>(),
            ),
        ),
        (
            "many categories",
            Arc::new(
                texts(has_nulls)
                    .collect::<Vec<_>>()
                    .iter()
                    .map(Option::as_deref)
                    .collect::<DictionaryArray<UInt32Type>>(),
            ),
        ),
        (
            "categories of numbers",
            Arc::new(DictionaryArray::<Int32Type>::new(
                Int32Array::from_iter(numbers(has_nulls).map(|number| number.map(|n| (n & 3) as i32))),
                Arc::new(PrimitiveArray::<Int64Type>::from_iter_values([5, 7, -9, i64::MAX])),
            )),
        ),
    ];
    let mut zoned: Vec<(String, ArrayRef)> = Vec::new();
    for zone in [
        None,
        Some("UTC"),
        Some("+01:00"),
        Some("Europe/London"),
        Some("America/New_York"),
        Some("Atlantis/Port"),
    ] {
        let seconds =
            TimestampSecondArray::from(primitive(has_nulls, |number| nanos(number) / 1_000_000_000));
        let millis =
            TimestampMillisecondArray::from(primitive(has_nulls, |number| nanos(number) / 1_000_000));
        let micros = TimestampMicrosecondArray::from(primitive(has_nulls, |number| nanos(number) / 1_000));
        let nanos = TimestampNanosecondArray::from(primitive(has_nulls, nanos));
        let makes: [(&str, ArrayRef); 4] = [
            ("seconds", Arc::new(seconds.with_timezone_opt(zone))),
            ("millis", Arc::new(millis.with_timezone_opt(zone))),
            ("micros", Arc::new(micros.with_timezone_opt(zone))),
            ("nanos", Arc::new(nanos.with_timezone_opt(zone))),
        ];
        zoned.extend(makes.map(|(unit, array)| (format!("{unit} {zone:?}"), array)));
    }
    let named = arrays.drain(..).map(|(name, array)| (name.to_owned(), array));
    named.chain(zoned).collect()
}

/// A column of each type, of which sixteen bytes are also a UUID.
fn batch(has_nulls: bool) -> RecordBatch {
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for (name, array) in arrays(has_nulls) {
        let field = Field::new(&name, array.data_type().clone(), has_nulls || array.data_type().is_null());
        if name == "sixteen bytes" {
            let uuid = HashMap::from([("ARROW:extension:name".to_owned(), "arrow.uuid".to_owned())]);
            fields.push(field.clone().with_name("uuid").with_metadata(uuid));
            columns.push(Arc::clone(&array));
        }
        fields.push(field);
        columns.push(array);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

/// How a writer may lay values out.
fn makes() -> Vec<(&'static str, WriterPropertiesBuilder)> {
    let (first, second) = (WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0);
    let make = |version, compression| {
        WriterProperties::builder().set_writer_version(version).set_compression(compression)
    };
    let plain = Compression::UNCOMPRESSED;
    vec![
        ("dictionaries", make(first, plain)),
        ("plain", make(first, plain).set_dictionary_enabled(false)),
        ("dictionaries given up midway", make(first, plain).set_dictionary_page_size_limit(60)),
        ("dictionaries in pages of the second version", make(second, Compression::SNAPPY)),
        ("deltas in pages of the second version", make(second, plain).set_dictionary_enabled(false)),
        (
            "bytes by their place",
            ["single", "double", "int64"]
                .into_iter()
                .fold(make(second, plain).set_dictionary_enabled(false), |make, column| {
                    make.set_column_encoding(column.into(), Encoding::BYTE_STREAM_SPLIT)
                }),
        ),
        ("GZIP", make(first, Compression::GZIP(GzipLevel::default()))),
        ("ZSTD", make(second, Compression::ZSTD(ZstdLevel::default()))),
        ("BROTLI", make(first, Compression::BROTLI(BrotliLevel::default()))),
        ("LZ4", make(first, Compression::LZ4)),
        ("LZ4_RAW", make(second, Compression::LZ4_RAW)),
    ]
}

#[test]
fn every_type_of_arrow_in_every_make() {
    for has_nulls in [true, false] {
        let batch = batch(has_nulls);
        for (make, properties) in makes() {
            for tells_arrow in [true, false] {
                let file = tempfile::tempfile().unwrap();
                let properties = properties
                    .clone()
                    .set_max_row_group_row_count(Some(130))
                    .set_data_page_row_count_limit(50)
                    .set_write_batch_size(10)
                    .build();
                let options = ArrowWriterOptions::new()
                    .with_properties(properties)
                    .with_skip_arrow_metadata(!tells_arrow);
                let mut writer =
                    ArrowWriter::try_new_with_options(file.try_clone().unwrap(), batch.schema(), options)
                        .unwrap();
                writer.write(&batch).unwrap();
                assert_eq!(writer.close().unwrap().row_groups().len(), 3);
                assert_same(&file, &format!("{make}, nulls {has_nulls}, with Arrow's schema {tells_arrow}"));
            }
        }
    }
}

/// Types that Arrow does not write: what databases and older programs do.
const OTHERS: &str = "message persons {
    optional int96 int96;
    required int96 required_int96;
    optional int32 int8 (INT_8);
    optional int32 uint16 (UINT_16);
    optional int32 uint32 (UINT_32);
    optional int64 uint64 (UINT_64);
    optional int32 date (DATE);
    optional int32 time (TIME_MILLIS);
    optional int64 time_micros (TIME_MICROS);
    optional int64 millis (TIMESTAMP_MILLIS);
    optional int64 micros (TIMESTAMP_MICROS);
    optional int64 nanos (TIMESTAMP(NANOS,true));
    optional int64 civil (TIMESTAMP(MICROS,false));
    optional int32 decimal_32 (DECIMAL(9,2));
    optional int64 decimal_64 (DECIMAL(18,4));
    optional binary decimal_bytes (DECIMAL(30,3));
    optional fixed_len_byte_array(9) decimal_fixed (DECIMAL(20,3));
    optional fixed_len_byte_array(20) decimal_long (DECIMAL(45,3));
    optional fixed_len_byte_array(12) interval (INTERVAL);
    optional fixed_len_byte_array(2) half (FLOAT16);
    optional binary text (UTF8);
    optional binary json (JSON);
    optional binary bson (BSON);
    optional binary enum (ENUM);
    optional binary bytes;
    optional int32 unknown (UNKNOWN);
    optional boolean flag;
    optional float single;
}";

#[test]
fn types_of_databases_and_older_programs() {
    let schema = Arc::new(parse_message_type(OTHERS).unwrap());
    for dictionaries in [true, false] {
        let properties = WriterProperties::builder().set_dictionary_enabled(dictionaries).build();
        let file = tempfile::tempfile().unwrap();
        let mut writer =
            SerializedFileWriter::new(file.try_clone().unwrap(), Arc::clone(&schema), Arc::new(properties))
                .unwrap();
        for _ in 0..2 {
            write_group(&mut writer, &schema);
        }
        writer.close().unwrap();
        assert_same(&file, &format!("dictionaries {dictionaries}"));
    }
}

fn write_group(writer: &mut SerializedFileWriter<File>, schema: &Type) {
    let mut group = writer.next_row_group().unwrap();
    let mut place = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        let field = &schema.get_fields()[place];
        place += 1;
        let is_required = field.name().starts_with("required");
        let numbers: Vec<Option<i64>> = match field.name() {
            "unknown" => vec![None; ROWS],
            _ => numbers(!is_required).collect(),
        };
        let levels: Vec<i16> = numbers.iter().map(|number| number.is_some().into()).collect();
        let levels = (!is_required).then_some(levels.as_slice());
        let values: Vec<i64> = numbers.into_iter().flatten().collect();
        let length = match field.as_ref() {
            Type::PrimitiveType { type_length, .. } => *type_length as usize,
            Type::GroupType { .. } => 0,
        };
        let bytes = |value: &i64| -> ByteArray {
            match field.name() {
                // of every length
                "decimal_bytes" => value.to_be_bytes()[value.unsigned_abs() as usize % 8..].to_vec().into(),
                "text" | "json" => value.to_string().as_str().into(),
                _ => value.to_le_bytes().to_vec().into(),
            }
        };
        match column.untyped() {
            ColumnWriter::BoolColumnWriter(writer) => {
                let values: Vec<bool> = values.iter().map(|value| value % 2 == 0).collect();
                writer.write_batch(&values, levels, None).map(drop)
            }
            ColumnWriter::Int32ColumnWriter(writer) => {
                let values: Vec<i32> = values.iter().map(|value| *value as i32).collect();
                writer.write_batch(&values, levels, None).map(drop)
            }
            ColumnWriter::Int64ColumnWriter(writer) => writer.write_batch(&values, levels, None).map(drop),
            ColumnWriter::Int96ColumnWriter(writer) => {
                let instant = |value: &i64| {
                    // days of the years from 1859 to 2133
                    let (day, nanos) =
                        (2_400_000 + value.rem_euclid(100_000), value.rem_euclid(86_400_000_000_000));
                    let mut instant = Int96::new();
                    instant.set_data(nanos as u32, (nanos >> 32) as u32, day as u32);
                    instant
                };
                let values: Vec<Int96> = values.iter().map(instant).collect();
                writer.write_batch(&values, levels, None).map(drop)
            }
            ColumnWriter::FloatColumnWriter(writer) => {
                let values: Vec<f32> = values.iter().map(|value| *value as f32 / 10.0).collect();
                writer.write_batch(&values, levels, None).map(drop)
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                let values: Vec<f64> = values.iter().map(|value| *value as f64 / 10.0).collect();
                writer.write_batch(&values, levels, None).map(drop)
            }
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                let values: Vec<ByteArray> = values.iter().map(bytes).collect();
                writer.write_batch(&values, levels, None).map(drop)
            }
            ColumnWriter::FixedLenByteArrayColumnWriter(writer) => {
                let fixed = |value: &i64| -> FixedLenByteArray {
                    let long = i128::from(*value).to_be_bytes();
                    let sign = if *value < 0 { 0xff } else { 0 };
                    let bytes: Vec<u8> = std::iter::repeat_n(sign, 24).chain(long).collect();
                    bytes[bytes.len() - length..].to_vec().into()
                };
                let values: Vec<FixedLenByteArray> = values.iter().map(fixed).collect();
                writer.write_batch(&values, levels, None).map(drop)
            }
        }
        .unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
}
