//! Folders and CSV files that nobody would make on purpose, and that are found all the same.

use std::fs;

use crate::common::{card_of, folder, issues, one, plain};
use csc_measures::{Dataset, IssueCode};
use csc_measures_files::{FolderReader, ReadError, read_folder};

fn refusal(folder: &tempfile::TempDir) -> String {
    read_folder(folder.path()).unwrap_err().to_string()
}

fn read(name: &str, text: impl AsRef<[u8]>) -> Dataset {
    read_folder(one(name, text).path()).unwrap()
}

/// Rows and used rows of the only table.
fn counts(dataset: &Dataset) -> (u64, u64) {
    let tables = dataset.tables();
    assert_eq!(tables.len(), 1);
    (tables[0].rows, tables[0].used)
}

#[test]
fn a_folder_without_any_table_is_an_error_that_shows_the_names() {
    let folder = one("cp_plan.csv", "x");
    fs::write(folder.path().join("notes.txt"), "x").unwrap();
    let path = folder.path().display();
    assert_eq!(
        refusal(&folder),
        format!(
            "no table was found in `{path}`: `cp_plan.csv` is not read (unknown table `cp_plan`, did you mean \
             `cp_plans`?); expected files with names such as `persons.csv`, `cp_plans.parquet` or \
             `ssd_cp_plans.csv`"
        )
    );
    // it can still be listed
    let mut reader = FolderReader::open(folder.path()).unwrap();
    assert_eq!(reader.ignored().len(), 2);
    assert!(matches!(reader.read(), Err(ReadError::NoTable { ignored, .. }) if ignored.len() == 2));
    let empty = tempfile::tempdir().unwrap();
    assert!(refusal(&empty).ends_with(
        "`: expected files with names such as `persons.csv`, `cp_plans.parquet` or `ssd_cp_plans.csv`"
    ));
}

#[test]
fn capitals_in_a_files_name_do_not_matter_and_two_for_one_table_are_refused() {
    let shouted = folder(|table, text| (format!("{}.CSV", table.name().to_uppercase()), text.to_owned()));
    assert_eq!(card_of(shouted.path()), card_of(plain().path()));
    let mixed = folder(|table, text| (format!("{}.Csv", table.name().replace('p', "P")), text.to_owned()));
    assert_eq!(card_of(mixed.path()), card_of(plain().path()));

    let twice = one("CP_Plans.CSV", "cp_plan_id,person_id,start_date\n");
    fs::write(twice.path().join("cp_plans.csv"), "cp_plan_id,person_id,start_date\n").unwrap();
    // one file where the system does not tell capitals from small letters
    if fs::read_dir(twice.path()).unwrap().count() == 2 {
        assert_eq!(
            refusal(&twice),
            "table `cp_plans` is supplied twice: by `CP_Plans.CSV` and by `cp_plans.csv`"
        );
    }
}

#[cfg(unix)]
#[test]
fn links_devices_and_files_that_may_not_be_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let loops = one("persons.csv", "person_id\nP1\n");
    symlink("cp_plans.csv", loops.path().join("cp_plans.csv")).unwrap();
    let message = refusal(&loops);
    assert!(message.starts_with("cannot read `cp_plans.csv`: "), "{message}");
    assert!(!message.contains('\n'));

    let broken = one("persons.csv", "person_id\nP1\n");
    symlink("nowhere", broken.path().join("cp_plans.parquet")).unwrap();
    assert_eq!(refusal(&broken), "cannot read `cp_plans.parquet`: it does not exist");

    let linked = one("people", "person_id\nP1\n");
    symlink("people", linked.path().join("persons.csv")).unwrap();
    assert_eq!(counts(&read_folder(linked.path()).unwrap()), (1, 1));

    // without an end, if it were read
    let device = one("persons.csv", "person_id\nP1\n");
    symlink("/dev/zero", device.path().join("cp_plans.csv")).unwrap();
    let reader = FolderReader::open(device.path()).unwrap();
    assert_eq!(reader.ignored()[0].reason, "neither a file nor a folder");
    assert!(reader.ignored()[0].looks_like_table);

    let closed = one("persons.csv", "person_id\nP1\n");
    let file = closed.path().join("persons.csv");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // the superuser may read everything
    if fs::File::open(&file).is_err() {
        assert_eq!(refusal(&closed), "cannot read `persons.csv`: permission denied");
    } else {
        assert_eq!(counts(&read_folder(closed.path()).unwrap()), (1, 1));
    }
}

#[test]
fn a_byte_order_mark_stands_alone_or_before_a_quote() {
    assert_eq!(refusal(&one("persons.csv", "\u{feff}")), "`persons.csv` is empty: it has no header");
    assert_eq!(refusal(&one("persons.csv", "\u{feff}\r\n\r\n")), "`persons.csv` is empty: it has no header");
    let quoted = "\u{feff}\"person_id\",\"date_of_birth\"\r\n\"P1\",\"2005-01-24\"\r\n";
    assert_eq!(counts(&read("persons.csv", quoted)), (1, 1));
}

#[test]
fn utf_16_is_named_with_its_mark_and_without() {
    let wide = |text: &str, little: bool| -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect()
    };
    for little in [true, false] {
        for text in ["\u{feff}person_id\r\nP1\r\n", "person_id\r\nP1\r\n"] {
            assert_eq!(
                refusal(&one("persons.csv", wide(text, little))),
                "`persons.csv` is written in UTF-16; save it as CSV in UTF-8"
            );
        }
    }
}

#[test]
fn lines_that_end_in_cr_alone_are_lines() {
    let dataset = read("compliments.csv", "compliment_id,received_date\rC1,2017-03-01\r\rC2,2017-03-02\r");
    assert_eq!(counts(&dataset), (2, 2));
}

#[test]
fn quotes_and_nothings_within_a_field_are_part_of_it() {
    let text = "policy_id,title,in_force_from\n\
                1,a \"quoted\" word,2017-01-01\n\
                2,\"over\r\nthree\n\nlines\",2017-01-01\n\
                3,\"closed\" ,2017-01-01\n\
                4,6\" nails,2017-01-01\n\
                5,nothing\0here,2017-01-01\n\
                \0,x,2017-01-01\n";
    let dataset = read("policies.csv", text);
    assert_eq!(issues(&dataset), Vec::<String>::new());
    assert_eq!(counts(&dataset), (6, 6));
}

#[test]
fn a_quote_that_is_open_to_the_end_is_an_error_however_long_the_file() {
    let rows = "2,Plans,2017-01-01\n".repeat(200_000);
    let text = format!("policy_id,title,in_force_from\n1,\"Visits,2017-01-01\n{rows}");
    assert_eq!(
        refusal(&one("policies.csv", text)),
        "`policies.csv`, line 2: a quote is opened and not closed within 1,000 lines; check for a stray quote"
    );
}

#[test]
fn a_field_of_a_hundred_megabytes_is_an_error_in_any_column() {
    for header in ["policy_id,title", "policy_id,not_a_column"] {
        let text = format!("{header}\n1,a\n2,{}\n", "x".repeat(100_000_000));
        let column = header.split(',').next_back().unwrap();
        assert_eq!(
            refusal(&one("policies.csv", text)),
            format!(
                "`policies.csv`, row 2, column `{column}`: the value is too long; check for a stray quote"
            )
        );
    }
    let long = "é".repeat(500_000);
    let dataset = read("policies.csv", format!("policy_id,title\n1,{long}\n"));
    assert_eq!(counts(&dataset), (1, 1));
}

#[test]
fn a_row_of_a_hundred_thousand_fields_is_a_bad_row_and_such_a_header_an_error() {
    let wide = ",".repeat(99_999);
    let dataset =
        read("compliments.csv", format!("compliment_id,received_date\n{wide}\nC1,2017-03-01\n{wide}x\n"));
    assert_eq!(issues(&dataset), ["compliments 1 bad_row", "compliments 3 bad_row"]);
    assert_eq!(counts(&dataset), (3, 1));
    assert_eq!(
        refusal(&one("compliments.csv", format!("compliment_id,received_date{wide}\nC1,2017-03-01{wide}\n"))),
        "`compliments.csv`, header: the value is too long; check for a stray quote"
    );
    // as wide as a header may be
    let wide = ",x".repeat(60_000);
    let text = format!("compliment_id,received_date{wide}\nC1,2017-03-01{wide}\n");
    assert_eq!(counts(&read("compliments.csv", text)), (1, 1));
}

#[test]
fn headers_with_blank_strange_and_repeated_names() {
    let dataset = read(
        "compliments.csv",
        b",compliment_id, ,received_date,note,note,\xff\xfe\xe9\n0,C1,,2017-03-01,a,b,c\n",
    );
    assert_eq!(issues(&dataset), Vec::<String>::new());
    assert_eq!(counts(&dataset), (1, 1));
    // a name in another encoding is not a known name
    assert_eq!(
        refusal(&one("compliments.csv", b"compliment_id,received_dat\xe9\nC1,2017-03-01\n")),
        "`compliments.csv`: table `compliments` has no column `received_date`, which it needs; if it is one of these, name it by the option `columns`: `received_dat\u{fffd}`"
    );
    assert_eq!(
        refusal(&one("compliments.csv", "compliment_id,received_date,received_date\nC1,2017-03-01,\n")),
        "`compliments.csv`: table `compliments` has column `received_date` twice: as `received_date` and as `received_date`"
    );
}

#[test]
fn a_file_in_windows_1252_has_an_issue_for_each_value_with_an_accent() {
    let text = b"audit_id,person_id,completed_date,judgement,team\n\
                 1,P1,2017-03-01,good,Caf\xe9\n\
                 2,Jos\xe9,2017-03-01,good,North\n\
                 3,P3,2017-03-01,g\xf3od,North\n\
                 4,P4,\xa32017-03,good,North\n\
                 5\x80,P5,2017-03-01,good,North\n\
                 6,P6,2017-03-01,good,North\n";
    let dataset = read("audits.csv", text);
    let found: Vec<_> = dataset
        .issues()
        .iter()
        .map(|issue| (issue.row(), issue.column().unwrap(), issue.code(), issue.record()))
        .collect();
    let bad = IssueCode::BadValue;
    assert_eq!(
        found,
        [
            (2, "person_id", bad, Some("2")),
            (3, "judgement", bad, Some("3")),
            (4, "completed_date", IssueCode::BadDate, Some("4")),
            (5, "audit_id", bad, None),
        ]
    );
    for issue in dataset.issues() {
        assert!(issue.message().is_ascii() && !issue.message().contains("Jos"), "{}", issue.message());
    }
    // the id is required, the rest may be null
    assert_eq!(counts(&dataset), (6, 5));
}

#[test]
fn dates_out_of_range_are_issues() {
    use IssueCode::{BadDate, BadValue, MissingRequired, PlaceholderDate};
    let dates = [
        ("0000-01-01", Some(BadDate)),
        ("0001-01-01", Some(PlaceholderDate)),
        ("0001-01-02", Some(BadValue)),
        ("1919-12-31", Some(BadValue)),
        ("1920-01-01", None),
        ("2060-12-31", None),
        ("2061-01-01", Some(BadValue)),
        ("9999-12-30", Some(BadValue)),
        ("10000-01-01", Some(BadDate)),
        ("-001-01-01", Some(BadDate)),
        ("-1", Some(BadDate)),
        ("+2017-3-01", Some(BadDate)),
        ("2017-02-29", Some(BadDate)),
        ("2017-00-10", Some(BadDate)),
        ("2017-01-32", Some(BadDate)),
        ("20170301", Some(BadDate)),
        ("42795", Some(BadDate)),
        ("1e400", Some(BadDate)),
        ("NaN", Some(MissingRequired)),
    ];
    let rows: Vec<String> = (1..).zip(&dates).map(|(row, (date, _))| format!("C{row},{date}")).collect();
    let dataset = read("compliments.csv", format!("compliment_id,received_date\n{}\n", rows.join("\n")));
    let found: Vec<_> = dataset.issues().iter().map(|issue| (issue.row(), issue.code())).collect();
    let expected: Vec<_> =
        (1..).zip(&dates).filter_map(|(row, (_, code))| code.map(|code| (row, code))).collect();
    assert_eq!(found, expected);
}

#[test]
fn numbers_out_of_range_are_issues_and_the_rows_stay() {
    let workers = ["1e400", "NaN", "inf", "-0", "1e12", "999999999.99", "1000000000", "0.5", "-1e9", "1,5"];
    let rows: Vec<String> =
        workers.iter().enumerate().map(|(row, fte)| format!("W{row},\"{fte}\"")).collect();
    let dataset = read("workers.csv", format!("worker_id,fte\n{}\n", rows.join("\n")));
    let bad: Vec<_> = dataset.issues().iter().map(|issue| issue.record().unwrap()).collect();
    // not a number is none, and no number above 2 is a share of full time
    assert_eq!(bad, ["W0", "W2", "W3", "W4", "W5", "W6", "W8", "W9"]);
    assert_eq!(counts(&dataset), (10, 10));

    let days = [
        "10.0",
        "2147483647",
        "2147483648",
        "4294967306",
        "-2147483649",
        "1e3",
        "1e400",
        "99999999999999999999",
    ];
    let rows: Vec<String> =
        days.iter().enumerate().map(|(row, days)| format!("C{row},P1,2017-01-03,{days}")).collect();
    let text = format!("cin_plan_id,person_id,start_date,visit_working_days\n{}\n", rows.join("\n"));
    let dataset = read("cin_plans.csv", text);
    let bad: Vec<_> = dataset.issues().iter().map(|issue| issue.record().unwrap()).collect();
    assert_eq!(bad, ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]);
    assert_eq!(counts(&dataset), (8, 8));
}

#[test]
fn ids_are_texts_whatever_they_look_like() {
    let huge = "9".repeat(256);
    let ids = ["00012", "12", "-0", "1e3", "NaNa", "2.5", "true", "2017-03-01", &huge, "12.0"];
    let rows: Vec<String> = ids.iter().map(|id| format!("{id},2017-03-01")).collect();
    let dataset = read("compliments.csv", format!("compliment_id,received_date\n{}\n", rows.join("\n")));
    // an integral float is its integer
    assert_eq!(issues(&dataset), ["compliments 10 duplicate_id"]);
}

#[test]
fn an_id_of_more_than_256_bytes_is_none() {
    let (most, more) = ("é".repeat(128), "é".repeat(128) + "1");
    let dataset = read("policies.csv", format!("policy_id,title\n{most},{more}\n{more},a\n  {most}  ,b\n"));
    // a title may be longer
    assert_eq!(issues(&dataset), ["policies 2 bad_value", "policies 3 duplicate_id"]);
    assert!(dataset.issues()[0].record().is_none());
}

#[test]
fn a_million_issues_are_a_million_issues() {
    let mut text = String::from("compliment_id,received_date\n");
    for row in 0..1_000_000 {
        text.push_str(&format!("C{row},soon\n"));
    }
    let dataset = read("compliments.csv", text);
    assert_eq!(counts(&dataset), (1_000_000, 0));
    assert_eq!(dataset.issues().len(), 1_000_000);
    let last = &dataset.issues()[999_999];
    assert_eq!((last.row(), last.record()), (1_000_000, Some("C999999")));
}
