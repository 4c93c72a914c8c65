//! The forms in which tables come as files, and files that are in none of them.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::common::{card, card_of, folder, issues, one, plain};
use csc_measures::{ColumnNames, ColumnState, Dataset, UnknownColumns};
use csc_measures_files::{FileFormat, FolderReader, ReadError, SourceReader, read_folder};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

fn refusal(folder: &tempfile::TempDir) -> String {
    read_folder(folder.path()).unwrap_err().to_string()
}

fn packed(text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// The text with another separator; what stands in quotes keeps its commas.
fn separated(text: &str, by: &str) -> String {
    let mut is_quoted = false;
    let letter = |letter: char| {
        is_quoted ^= letter == '"';
        if letter == ',' && !is_quoted { by.to_owned() } else { letter.to_string() }
    };
    text.chars().map(letter).collect()
}

#[test]
fn tables_with_tabs_or_semicolons_or_packed_are_the_same() {
    let expected = card_of(plain().path());
    let tabs = folder(|table, text| (format!("{table}.TSV"), separated(text, "\t")));
    assert_eq!(card_of(tabs.path()), expected);
    let semicolons = folder(|table, text| (format!("{table}.csv"), separated(text, ";")));
    assert_eq!(card_of(semicolons.path()), expected);
    let named = folder(|table, text| (format!("{table}.csv"), format!("sep=;\r\n{}", separated(text, ";"))));
    assert_eq!(card_of(named.path()), expected);
    let folder = plain();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        fs::write(path.with_extension("csv.gz"), packed(fs::read(&path).unwrap())).unwrap();
        fs::remove_file(path).unwrap();
    }
    let mut reader = FolderReader::open(folder.path()).unwrap();
    assert_eq!(card(&reader.read().unwrap()), expected);
    let first = &reader.files()[0];
    assert_eq!(
        (&first.name[..], first.format, &first.given[..]),
        ("persons.csv.gz", FileFormat::Csv, "persons")
    );
}

#[test]
fn a_table_is_found_by_the_name_that_a_database_gives_it() {
    let expected = card_of(plain().path());
    let of_database =
        folder(|table, text| (format!("dbo.{}.csv", table.name().to_uppercase()), text.to_owned()));
    assert_eq!(card_of(of_database.path()), expected);
    // The names of the Standard Safeguarding Dataset are those of the same tables.
    let tables = |folder: &std::path::Path| {
        let counts = csc_measures_files::read_folder(folder).unwrap().tables();
        counts.iter().map(|count| (count.table, count.rows)).collect::<Vec<_>>()
    };
    let of_ssd = folder(|table, text| {
        let name = table.ssd_name().unwrap_or(table.name()).to_uppercase();
        (format!("dbo.{name}.csv"), text.to_owned())
    });
    assert_eq!(tables(of_ssd.path()), tables(plain().path()));
}

#[test]
fn a_damaged_packed_file_and_one_that_unpacks_without_end_are_errors() {
    let text = "compliment_id,received_date\nC1,2017-03-01\n";
    let mut broken = packed(text);
    broken.truncate(broken.len() - 3);
    let message = refusal(&one("compliments.csv.gz", broken));
    assert!(message.starts_with("cannot read `compliments.csv.gz`: "), "{message}");
    let message = refusal(&one("compliments.csv.gz", text));
    assert!(message.starts_with("cannot read `compliments.csv.gz`: "), "{message}");
    let endless = packed(format!("compliment_id,received_date\n{}", "C1,2017-03-01\n".repeat(7_000_000)));
    assert!(endless.len() < 300_000, "{}", endless.len());
    assert_eq!(
        refusal(&one("compliments.csv.gz", endless)),
        "cannot read `compliments.csv.gz`: it unpacks to far more than files of its size do"
    );
    // several packed files in one are one text
    let two = [packed("compliment_id,received_date\n"), packed("C1,2017-03-01\n")].concat();
    assert_eq!(read_folder(one("compliments.csv.gz", two).path()).unwrap().tables()[0].used, 1);
}

#[test]
fn a_file_that_changes_its_length_before_it_is_read_is_an_error() {
    for (name, then, now) in [
        ("compliments.csv", "compliment_id,received_date\nC1,2017-03-01\n", "compliment_id,received_date\n"),
        ("compliments.csv", "compliment_id,received_date\n", "compliment_id,received_date\nC1,2017-03-01\n"),
        ("compliments.parquet", "PAR1", "PAR"),
    ] {
        let folder = one(name, then);
        let mut reader = FolderReader::open(folder.path()).unwrap();
        fs::write(folder.path().join(name), now).unwrap();
        assert_eq!(
            reader.read().unwrap_err().to_string(),
            format!(
                "cannot read `{name}`: it had {} bytes when it was found and does not have them any more: read it \
                 again",
                then.len()
            )
        );
    }
}

#[test]
fn a_file_that_looks_like_data_and_cannot_be_read_is_an_error_that_says_what_to_do() {
    let advice = "is not in a form that is read: save it as a CSV file";
    for (name, text, message) in [
        (
            "cp_plans.xlsx",
            "PK",
            "`cp_plans.xlsx` has the name of table `cp_plans` and is not in a form that is read: save it as a CSV \
             file (`cp_plans.csv`) or a Parquet file, or take it out of the folder",
        ),
        ("dbo.SSD_CP_Plans.txt", "", "`dbo.SSD_CP_Plans.txt` has the name of table `cp_plans` and "),
        ("persons.csv.bak", "person_id", "`persons.csv.bak` has the name of table `persons` and "),
        (
            "extract.txt",
            "cp_plan_id;Person ID;start_date\n",
            "`extract.txt` has columns of table `cp_plans` and ",
        ),
        ("extract", "\"DECOM\",\"RNE\",\"LS\",CHILD\n", "`extract` has columns of SSDA903 and "),
        ("SSDA903 2017.txt", "", "`SSDA903 2017.txt` has the name of a file of SSDA903 and "),
        ("Annex A.xls", "", "`Annex A.xls` has the name of an Annex A workbook and "),
        ("CIN_Census.zip", "", "`CIN_Census.zip` has the name of a children in need census and "),
    ] {
        let folder = one("compliments.csv", "compliment_id,received_date\n");
        fs::write(folder.path().join(name), text).unwrap();
        let found = refusal(&folder);
        assert!(found.starts_with(message) && found.contains("is not in a form that is read"), "{found}");
        let alone = one(name, text);
        let found = SourceReader::open([alone.path()]).unwrap_err().to_string();
        assert!(found.starts_with(message), "{found}");
        let file = alone.path().join(name);
        // a workbook that is given by itself is taken for one of lists
        if name.ends_with(".xlsx") {
            continue;
        }
        let found = SourceReader::open([file]).unwrap_err();
        assert!(matches!(&found, ReadError::UnreadForm { .. }), "{found}");
    }
    let wide: Vec<u8> =
        "\u{feff}cp_plan_id\tperson_id\tstart_date\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(refusal(&one("extract.txt", wide)).contains(advice));
    // two columns may be anything, and so may a file that is read and has a strange name
    for (name, text) in
        [("extract.txt", "person_id,start_date\n"), ("plans 2017.csv", "cp_plan_id,person_id,start_date\n")]
    {
        let folder = one("compliments.csv", "compliment_id,received_date\n");
        fs::write(folder.path().join(name), text).unwrap();
        let reader = FolderReader::open(folder.path()).unwrap();
        assert_eq!(reader.ignored()[0].name, name);
    }
}

#[test]
fn columns_are_told_by_the_names_that_the_file_has() {
    let text = "Complaint ID,Received-Date,staje,\n1,2017-03-01,1,\n";
    let folder = one("complaints.csv", text);
    let dataset = read_folder(folder.path()).unwrap();
    let told: Vec<_> = dataset
        .columns()
        .into_iter()
        .filter(|report| report.state != ColumnState::Absent)
        .map(|report| (report.given_as.unwrap(), report.column, report.nearest))
        .collect();
    assert_eq!(
        told,
        [
            ("Complaint ID".to_owned(), Some("complaint_id"), None),
            ("Received-Date".to_owned(), Some("received_date"), None),
            ("staje".to_owned(), None, Some("stage".to_owned())),
            (String::new(), None, None),
        ]
    );
    let refuse = |reader: FolderReader<'_>| reader.unknown_columns(UnknownColumns::Error).read().unwrap_err();
    assert_eq!(
        refuse(FolderReader::open(folder.path()).unwrap()).to_string(),
        "`complaints.csv`: table `complaints` has columns that are not known: `staje` (did you mean `stage`?), ``"
    );
    // of a table that is in no file
    let names: ColumnNames =
        serde_json::from_value(json!({"compliments": {"Ref": "compliment_id"}})).unwrap();
    let message = "`columns` names columns of the table `compliments`, which is not supplied; those that are: `complaints`";
    let error = FolderReader::open(folder.path()).unwrap().columns(names.clone()).read().unwrap_err();
    assert_eq!(error.to_string(), message);
    let error = SourceReader::open([folder.path()]).unwrap().columns(names).read().unwrap_err();
    assert_eq!(error.to_string(), message);

    let names: ColumnNames = serde_json::from_value(json!({"complaints": {"staje": "stage"}})).unwrap();
    let read = |path: &Path| -> Dataset {
        let read = SourceReader::open([path]).unwrap().columns(names.clone()).read().unwrap();
        assert_eq!(
            read.columns(),
            FolderReader::open(path).unwrap().columns(names.clone()).read().unwrap().columns()
        );
        read
    };
    assert_eq!(read(folder.path()).columns()[2].given_as.as_deref(), Some("staje"));
}

#[test]
fn every_row_that_comes_in_is_used_or_out_whatever_the_bytes() {
    let pieces: [&[u8]; 12] = [
        b"C1,2017-03-01\n",
        b"C2,2017-03-02",
        b"\n",
        b"\r\n",
        b"\"",
        b"\"\"",
        b",",
        b" ",
        b"\xff",
        b"x",
        b"\r",
        b"\0",
    ];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let (mut read, mut refused, mut with_bad_rows) = (0, 0, 0);
    for _ in 0..3000 {
        let mut text = b"compliment_id,received_date\n".to_vec();
        for _ in 0..next(30) {
            text.extend_from_slice(pieces[next(pieces.len())]);
        }
        let mut builder = Dataset::builder();
        if csc_measures_files::add_csv(&mut builder, "compliments", &text).is_err() {
            refused += 1;
            continue;
        }
        let dataset = builder.build();
        let count = &dataset.tables()[0];
        let mut out: Vec<u64> = dataset.issues().iter().map(|issue| issue.row()).collect();
        out.dedup();
        assert_eq!(count.rows, count.used + out.len() as u64, "{:?}", String::from_utf8_lossy(&text));
        with_bad_rows += usize::from(issues(&dataset).iter().any(|issue| issue.ends_with("bad_row")));
        read += 1;
    }
    assert!(read > 500 && refused > 500 && with_bad_rows > 500, "{read} {refused} {with_bad_rows}");
}
