//! Folders of Parquet, as pandas, Polars, Spark and databases write it.

use std::fs::{self, File};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use crate::common::{self, TABLES, card, card_of, issues, plain};
use arrow_array::builder::{MapBuilder, StringBuilder};
use arrow_array::types::Int8Type;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float64Array, Int32Array,
    Int64Array, ListArray, RecordBatch, StringArray, StructArray, TimestampMicrosecondArray, UInt64Array,
    types::Int32Type,
};
use arrow_schema::{DataType, Field};
use chrono::NaiveDate;
use csc_measures::tables::{ColumnKind, Table};
use csc_measures_files::{FolderReader, read_folder};
use parquet::arrow::ArrowWriter;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, FixedLenByteArray};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use tempfile::TempDir;

fn write(folder: &Path, name: &str, columns: Vec<(&str, ArrayRef)>, compression: Compression) {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let properties = WriterProperties::builder().set_compression(compression).build();
    let file = File::create(folder.join(name)).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn one(name: &str, columns: Vec<(&str, ArrayRef)>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), name, columns, Compression::UNCOMPRESSED);
    folder
}

/// The fields of a CSV text by column, empty ones as null.
fn columns(text: &str) -> Vec<(String, Vec<Option<String>>)> {
    let text = text.replace("\"Front, door\"", "Front; door");
    let mut lines = text.lines();
    let mut columns: Vec<_> =
        lines.next().unwrap().split(',').map(|name| (name.to_owned(), Vec::new())).collect();
    for line in lines {
        for (field, (_, values)) in line.split(',').zip(&mut columns) {
            values.push((!field.is_empty()).then(|| field.to_owned()));
        }
    }
    columns
}

fn days(text: &str) -> Option<i32> {
    let date = text.parse::<NaiveDate>().ok()?;
    Some((date - NaiveDate::default()).num_days() as i32)
}

/// The sample in Parquet, each column made by `array`.
fn parquet(
    compression: impl Fn(usize) -> Compression,
    array: impl Fn(Table, ColumnKind, &[Option<String>]) -> ArrayRef,
) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (index, (name, text)) in TABLES.iter().enumerate() {
        let table = Table::by_name(name).unwrap();
        let columns = columns(text);
        let columns: Vec<(&str, ArrayRef)> = columns
            .iter()
            .map(|(column, values)| {
                let kind = table.columns()[table.column(column).unwrap()].kind;
                (column.as_str(), array(table, kind, values))
            })
            .collect();
        write(folder.path(), &format!("{name}.Parquet"), columns, compression(index));
    }
    folder
}

fn text(values: &[Option<String>]) -> ArrayRef {
    Arc::new(StringArray::from_iter(values.iter().map(Option::as_deref)))
}

/// The type that a careful writer would give a column, where every value has it.
fn typed(kind: ColumnKind, values: &[Option<String>]) -> Option<ArrayRef> {
    fn all<T>(values: &[Option<String>], read: impl Fn(&str) -> Option<T>) -> Option<Vec<Option<T>>> {
        values
            .iter()
            .map(|value| match value {
                None => Some(None),
                Some(value) => read(value).map(Some),
            })
            .collect()
    }
    Some(match kind {
        ColumnKind::Date => Arc::new(Date32Array::from(all(values, days)?)),
        ColumnKind::Bool => Arc::new(BooleanArray::from(all(values, |value| Some(value == "Y"))?)),
        ColumnKind::Decimal => Arc::new(Float64Array::from(all(values, |value| value.parse().ok())?)),
        ColumnKind::Id => Arc::new(Int64Array::from(all(values, |value| value.parse().ok())?)),
        ColumnKind::Code => {
            Arc::new(DictionaryArray::<Int8Type>::from_iter(values.iter().map(Option::as_deref)))
        }
        _ => return None,
    })
}

#[test]
fn texts_give_what_csv_gives_in_every_compression() {
    let compressions = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4_RAW,
        Compression::LZ4,
    ];
    let folder = parquet(|index| compressions[index % compressions.len()], |_, _, values| text(values));
    assert_eq!(card_of(folder.path()), card_of(plain().path()));
    for rows in [1, 2, 3] {
        let mut reader =
            FolderReader::open(folder.path()).unwrap().chunk_rows(NonZeroUsize::new(rows).unwrap());
        assert_eq!(card(&reader.read().unwrap()), card_of(plain().path()), "{rows}");
    }
}

#[test]
fn typed_columns_give_what_csv_gives() {
    let folder = parquet(
        |_| Compression::SNAPPY,
        |_, kind, values| typed(kind, values).unwrap_or_else(|| text(values)),
    );
    assert_eq!(card_of(folder.path()), card_of(plain().path()));
}

/// An instant of the day, in the column's zone.
fn timestamps(values: &[Option<&str>], zone: Option<&str>) -> ArrayRef {
    let micros = values.iter().map(|value| {
        let instant = value.map(|value| value.parse::<chrono::NaiveDateTime>().unwrap());
        instant.map(|instant| instant.and_utc().timestamp_micros())
    });
    let array = TimestampMicrosecondArray::from_iter(micros);
    match zone {
        Some(zone) => Arc::new(array.with_timezone(zone)),
        None => Arc::new(array),
    }
}

/// How many compliments came in on the last day of June and the first of July 2016, whose dates are given
/// as UTC instants.
fn june_and_july(values: &[Option<&str>], zone: Option<&str>) -> [i64; 2] {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..values.len() as i64));
    let folder =
        one("compliments.parquet", vec![("compliment_id", ids), ("received_date", timestamps(values, zone))]);
    let dataset = read_folder(folder.path()).unwrap();
    let [june, july] = ["2016-06", "2016-07"].map(|month| month.parse().unwrap());
    let card = dataset.scorecard(june, july, &Default::default()).unwrap();
    [june, july].map(|month| card.result("O4.M4", month).unwrap().value.unwrap().tenths() / 10)
}

#[test]
fn a_timestamp_is_the_date_on_the_wall() {
    // midnight of 1 July in London, and noon of it
    let instants =
        [Some("2016-06-30T23:00:00"), Some("2016-07-01T11:00:00"), Some("2016-06-30T22:59:59.999999")];
    assert_eq!(june_and_july(&instants, Some("Europe/London")), [1, 2]);
    assert_eq!(june_and_july(&instants, Some("+01:00")), [1, 2]);
    assert_eq!(june_and_july(&instants, Some("UTC")), [2, 1]);
    assert_eq!(june_and_july(&instants, None), [2, 1]);
}

#[test]
fn ids_of_any_number_type_are_the_same_id() {
    let persons: Vec<(&str, ArrayRef)> = vec![
        ("text", Arc::new(StringArray::from(vec!["7", "18446744073709551615"]))),
        ("unsigned", Arc::new(UInt64Array::from(vec![7, u64::MAX]))),
        (
            "decimal",
            Arc::new(
                Decimal128Array::from(vec![700, 1_844_674_407_370_955_161_500])
                    .with_precision_and_scale(38, 2)
                    .unwrap(),
            ),
        ),
    ];
    for (name, ids) in persons {
        let folder = one("persons.parquet", vec![("person_id", ids)]);
        fs::write(
            folder.path().join("cin_plans.csv"),
            "cin_plan_id,person_id,start_date\nC1,7,2017-03-01\nC2,18446744073709551615,2017-03-01\n",
        )
        .unwrap();
        let dataset = read_folder(folder.path()).unwrap();
        assert_eq!(issues(&dataset), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_column_that_is_not_known_is_not_read_whatever_it_holds() {
    let lists: ArrayRef =
        Arc::new(ListArray::from_iter_primitive::<Int32Type, _, _>([Some([Some(1), Some(2)])]));
    let ids: ArrayRef = Arc::new(StringArray::from(vec!["P1"]));
    let folder = one("persons.parquet", vec![("notes", Arc::clone(&lists)), ("person_id", ids)]);
    assert_eq!(read_folder(folder.path()).unwrap().person_count(), 1);

    let field = Arc::new(Field::new("first", DataType::Int32, true));
    let numbers: ArrayRef = Arc::new(Int32Array::from(vec![1]));
    let structs: ArrayRef = Arc::new(StructArray::from(vec![(field, numbers)]));
    let mut maps = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    maps.keys().append_value("a");
    maps.values().append_value("b");
    maps.append(true).unwrap();
    let maps: ArrayRef = Arc::new(maps.finish());
    for (name, array) in [("List", lists), ("Struct", structs), ("Map", maps)] {
        let folder = one("persons.parquet", vec![("person_id", array)]);
        assert_eq!(
            read_folder(folder.path()).unwrap_err().to_string(),
            format!("`persons.parquet`: column `person_id`: values of type {name} are not single values")
        );
    }
}

/// A file of one table written by its Parquet schema, a group of rows for each list of texts.
fn written(schema: &str, metadata: Option<(&str, &str)>, groups: &[&[&str]]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = File::create(folder.path().join("persons.parquet")).unwrap();
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let metadata = metadata.map(|(key, value)| vec![KeyValue::new(key.to_owned(), value.to_owned())]);
    let properties = WriterProperties::builder().set_key_value_metadata(metadata).build();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    for texts in groups {
        let mut group = writer.next_row_group().unwrap();
        while let Some(mut column) = group.next_column().unwrap() {
            match column.untyped() {
                ColumnWriter::ByteArrayColumnWriter(writer) => {
                    let values: Vec<ByteArray> = texts.iter().map(|text| ByteArray::from(*text)).collect();
                    writer.write_batch(&values, None, None).unwrap();
                }
                ColumnWriter::FixedLenByteArrayColumnWriter(writer) => {
                    let values: Vec<FixedLenByteArray> =
                        texts.iter().map(|text| text.as_bytes().to_vec().into()).collect();
                    writer.write_batch(&values, None, None).unwrap();
                }
                _ => unreachable!(),
            }
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    writer.close().unwrap();
    folder
}

#[test]
fn a_uuid_of_a_database_is_its_text() {
    let schema = "message m { required fixed_len_byte_array(16) person_id (UUID); }";
    let folder = written(schema, None, &[&["0123456789abcdef", "0123456789ABCDEF"]]);
    let plans = "cin_plan_id,person_id,start_date\n\
                 C1,30313233-3435-3637-3839-616263646566,2017-03-01\n\
                 C2,30313233-3435-3637-3839-414243444546,2017-03-01\n";
    fs::write(folder.path().join("cin_plans.csv"), plans).unwrap();
    assert_eq!(issues(&read_folder(folder.path()).unwrap()), Vec::<String>::new());
}

#[test]
fn rows_of_all_groups_are_counted_and_read() {
    let schema = "message m { required binary person_id (STRING); }";
    let folder = written(schema, None, &[&["P1", "P2"], &["P3"], &["P4", "P5", "P6"]]);
    for rows in [1, 2, 100] {
        let mut reader =
            FolderReader::open(folder.path()).unwrap().chunk_rows(NonZeroUsize::new(rows).unwrap());
        let dataset = reader.read().unwrap();
        assert_eq!((dataset.person_count(), dataset.tables()[0].rows), (6, 6), "{rows}");
    }
}

#[test]
fn a_text_that_is_not_utf_8_is_an_issue_of_its_row() {
    let schema = "message m { required binary person_id (STRING); }";
    let folder = written(schema, None, &[&["P1", "a mark", "P2"]]);
    let path = folder.path().join("persons.parquet");
    let mut bytes = fs::read(&path).unwrap();
    // once in the page, and elsewhere in the statistics
    let place = bytes.windows(6).position(|window| window == b"a mark").unwrap();
    bytes[place + 1] = 0xff;
    fs::write(&path, bytes).unwrap();
    let dataset = read_folder(folder.path()).unwrap();
    assert_eq!(issues(&dataset), ["persons 2 bad_value"]);
    assert_eq!(dataset.person_count(), 2);
}

#[test]
fn an_arrow_schema_that_is_not_that_of_the_file_is_an_error() {
    let schema = "message m { required binary person_id (STRING); }";
    for encoded in ["", "no base 64", "/////wAAAAA="] {
        let folder = written(schema, Some(("ARROW:schema", encoded)), &[&["P1"]]);
        assert_eq!(
            read_folder(folder.path()).unwrap_err().to_string(),
            "cannot read `persons.parquet` as Parquet: its Arrow schema cannot be read",
            "{encoded}"
        );
    }
    let folder = written(schema, Some(("pandas", "{}")), &[&["P1"]]);
    assert_eq!(read_folder(folder.path()).unwrap().person_count(), 1);

    // the schema of another file
    let other = one("persons.parquet", vec![("name", Arc::new(StringArray::from(vec!["P1"])) as ArrayRef)]);
    let other = SerializedFileReader::new(File::open(other.path().join("persons.parquet")).unwrap()).unwrap();
    let entries = other.metadata().file_metadata().key_value_metadata().unwrap().clone();
    let encoded = entries.iter().find(|entry| entry.key == "ARROW:schema").unwrap();
    let encoded = encoded.value.as_deref().unwrap();
    let folder = written(schema, Some(("ARROW:schema", encoded)), &[&["P1"]]);
    assert!(read_folder(folder.path()).is_err());
    let schema = schema.replace("person_id", "name");
    let folder = written(&schema, Some(("ARROW:schema", encoded)), &[&["P1"]]);
    assert_eq!(
        read_folder(folder.path()).unwrap_err().to_string(),
        "`persons.parquet`: table `persons` has no column `person_id`, which it needs"
    );
}

#[test]
fn an_empty_table_is_supplied() {
    let ids: ArrayRef = Arc::new(StringArray::from(Vec::<&str>::new()));
    let folder = one("persons.parquet", vec![("person_id", ids)]);
    assert_eq!(read_folder(folder.path()).unwrap().tables().len(), 1);
}

#[test]
fn a_file_that_is_no_parquet_file_is_named() {
    for bytes in [&b""[..], b"PAR1", b"person_id\nP1\n", &[0; 100]] {
        let folder = common::one("persons.parquet", bytes);
        let message = read_folder(folder.path()).unwrap_err().to_string();
        assert!(message.starts_with("cannot read `persons.parquet` as Parquet: "), "{message}");
    }
}

#[test]
fn a_table_without_a_required_column_is_named() {
    let dates: ArrayRef = Arc::new(Date32Array::from(vec![1]));
    let folder = one("ssd_person.parquet", vec![("pers_dob", dates)]);
    assert_eq!(
        read_folder(folder.path()).unwrap_err().to_string(),
        "`ssd_person.parquet`: table `persons` has no column `person_id`, which it needs"
    );
}

#[test]
fn a_damaged_file_is_an_error_or_other_values_and_never_a_panic() {
    let ids: ArrayRef = Arc::new(StringArray::from_iter_values((0..40).map(|i| format!("P{i}"))));
    let dates: ArrayRef = Arc::new(Date32Array::from_iter_values(10_000..10_040));
    assert_eq!(ids.len(), dates.len());
    let folder = tempfile::tempdir().unwrap();
    for compression in
        [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(ZstdLevel::default())]
    {
        let columns = vec![("person_id", Arc::clone(&ids)), ("date_of_birth", Arc::clone(&dates))];
        write(folder.path(), "persons.parquet", columns, compression);
        let path = folder.path().join("persons.parquet");
        let good = fs::read(&path).unwrap();
        for place in (0..good.len()).step_by(3) {
            let mut bad = good.clone();
            bad[place] ^= [0xff, 0x01, 0x80][place / 3 % 3];
            fs::write(&path, bad).unwrap();
            let _ = read_folder(folder.path());
        }
        for length in (0..good.len()).step_by(7) {
            fs::write(&path, &good[..length]).unwrap();
            assert!(read_folder(folder.path()).is_err(), "{length}");
        }
    }
}
