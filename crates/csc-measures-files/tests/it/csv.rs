//! Folders of CSV as they are found in practice.

use std::cell::RefCell;
use std::fs;
use std::num::NonZeroUsize;

use crate::common::{self, card, card_of, figures, figures_of, folder, in_ssd_names, issues, one, plain};
use csc_measures::{Dataset, DateForm, Options};
use csc_measures_files::{FileFormat, FolderReader, ReadError, read_folder};

/// The message of the error that the folder makes.
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
fn the_issues_are_those_of_the_rows() {
    let dataset = read_folder(plain().path()).unwrap();
    assert_eq!(
        issues(&dataset),
        [
            "persons 4 bad_date",
            "assessments 3 dangling_reference",
            "cp_plans 4 duplicate_id",
            "cp_plans 6 end_before_start",
            "cp_visits 7 missing_required",
            "compliments 3 bad_date",
        ]
    );
}

#[test]
fn either_name_of_tables_and_columns_gives_the_same() {
    assert_eq!(figures_of(folder(in_ssd_names).path()), figures_of(plain().path()));
}

#[test]
fn columns_in_another_order_with_unknown_ones_between_give_the_same() {
    let shuffled = folder(|table, text| {
        // every text of the sample but one has no quotes
        let line = |line: &str| {
            let fields: Vec<&str> =
                if line.contains('"') { line.splitn(6, ',').collect() } else { line.split(',').collect() };
            let mut fields: Vec<String> = fields.iter().rev().map(|field| format!(" {field}\t")).collect();
            fields.insert(1, "\"a note, \"\"long\"\"\nand longer\"".to_owned());
            if line.contains('"') {
                fields[0] = fields[0].trim().to_owned();
            }
            fields.join(",")
        };
        let mut lines = text.lines();
        let header = line(lines.next().unwrap()).replace("\"a note, \"\"long\"\"\nand longer\"", "note");
        let rows: Vec<String> = lines.map(line).collect();
        (format!("{table}.CSV"), format!("{header}\n{}\n", rows.join("\n")))
    });
    assert_eq!(figures_of(shuffled.path()), figures_of(plain().path()));
}

#[test]
fn the_size_of_the_chunks_changes_nothing() {
    let expected = card_of(plain().path());
    for rows in [1, 2, 3, 5, 100] {
        let folder = plain();
        let mut reader =
            FolderReader::open(folder.path()).unwrap().chunk_rows(NonZeroUsize::new(rows).unwrap());
        assert_eq!(card(&reader.read().unwrap()), expected, "{rows}");
    }
}

#[test]
fn a_byte_order_mark_crlf_and_blank_lines_change_nothing() {
    let dressed = folder(|table, text| {
        (format!("{table}.csv"), format!("\u{feff}\r\n{}", text.replace('\n', "\r\n\r\n  \r\n")))
    });
    assert_eq!(card_of(dressed.path()), card_of(plain().path()));
}

#[test]
fn quotes_around_everything_change_nothing() {
    let quoted = folder(|table, text| {
        let line = |line: &str| {
            if line.contains('"') {
                line.to_owned()
            } else {
                line.split(',').map(|field| format!("\"{field}\"")).collect::<Vec<_>>().join(",")
            }
        };
        (format!("{table}.csv"), text.lines().map(line).collect::<Vec<_>>().join("\n"))
    });
    assert_eq!(card_of(quoted.path()), card_of(plain().path()));
}

#[test]
fn rows_of_another_length_are_out_and_numbered_without_the_blank_lines() {
    let dataset = read(
        "compliments.csv",
        "compliment_id,received_date\n\nC1,2017-03-01\nC2\n\nC3,2017-03-01,\nC4,2017-03-01\n",
    );
    assert_eq!(issues(&dataset), ["compliments 2 bad_row", "compliments 3 bad_row"]);
    assert_eq!(counts(&dataset), (4, 2));
}

#[test]
fn a_row_of_nothing_but_commas_is_a_row() {
    let dataset = read("compliments.csv", "compliment_id,received_date\n,\nC1,2017-03-01\n");
    assert_eq!(issues(&dataset), ["compliments 1 missing_required", "compliments 1 missing_required"]);
}

#[test]
fn a_field_that_is_not_utf_8_is_one_bad_value() {
    let dataset = read("policies.csv", b"policy_id,title\n1,Gar\xe7on\n2,Gar\xc3\xa7on\n\xff,x\n");
    assert_eq!(issues(&dataset), ["policies 1 bad_value", "policies 3 bad_value"]);
    // the title may be null, the id not
    assert_eq!(counts(&dataset), (3, 2));
}

#[test]
fn a_header_alone_is_a_table_of_none() {
    let dataset = read("compliments.csv", "compliment_id,received_date");
    assert_eq!(counts(&dataset), (0, 0));
    let march = "2017-03".parse().unwrap();
    let card = dataset.scorecard(march, march, &Default::default()).unwrap();
    let result = card.result("O4.M4", march).unwrap();
    assert_eq!(result.value.unwrap().to_string(), "0");
}

#[test]
fn what_pandas_leaves_behind_is_read() {
    let tidy = read(
        "cin_plans.csv",
        "cin_plan_id,person_id,start_date,end_date,visit_working_days\n7,123,2017-03-01,,10\n",
    );
    let pandas = read(
        "cin_plans.csv",
        ",cin_plan_id,person_id,start_date,end_date,visit_working_days\n0,7.0,123.0,2017-03-01 00:00:00,NULL,10.0\n",
    );
    assert!(issues(&pandas).is_empty(), "{:?}", issues(&pandas));
    assert_eq!(figures(&pandas), figures(&tidy));
}

#[test]
fn uk_dates_are_read_when_told() {
    let uk = folder(|table, text| {
        let line = |line: &str| {
            let field = |field: &str| match field.split('-').collect::<Vec<_>>()[..] {
                [year, month, day] if year.len() == 4 => format!("{day}/{month}/{year}"),
                _ if field == "31/03/2017" => "03/31/2017".to_owned(),
                _ => field.to_owned(),
            };
            line.split(',').map(field).collect::<Vec<_>>().join(",")
        };
        (format!("{table}.csv"), text.lines().map(line).collect::<Vec<_>>().join("\n"))
    });
    let dataset = FolderReader::open(uk.path()).unwrap().date_form(DateForm::Uk).read().unwrap();
    // The one day that cannot be read is the other way round there, and would be read as `uk`.
    let expected = card_of(plain().path()).replace("is not a date unless `dates` is `uk`", "is not a date");
    assert_eq!(card(&dataset), expected);
}

/// The rows of a table that are read with dates as it says.
fn used_with(dates: &str, dates_of_visits: &[&str]) -> u64 {
    let rows: Vec<String> =
        (1..).zip(dates_of_visits).map(|(row, date)| format!("V{row},P1,{date}\n")).collect();
    let folder = tempfile::tempdir().unwrap();
    let text = format!("cp_visit_id,person_id,date\n{}", rows.concat());
    fs::write(folder.path().join("cp_visits.csv"), text).unwrap();
    let mut reader = FolderReader::open(folder.path()).unwrap().dates(dates.parse().unwrap());
    reader.read().unwrap().tables()[0].used
}

#[test]
fn the_form_of_dates_is_that_of_the_table() {
    let dates = ["1/3/2017", "2017-03-01", "1 March 2017"];
    assert_eq!(used_with("cp_visits=uk", &dates), 3);
    assert_eq!(used_with("uk,cp_visits=iso", &dates), 2);
    assert_eq!(used_with("cp_plans=uk", &dates), 2);
}

#[test]
fn a_time_with_a_zone_is_the_day_in_london() {
    let visits = |date: &str| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("compliments.csv"), format!("compliment_id,received_date\n1,{date}\n"))
            .unwrap();
        let dataset = FolderReader::open(folder.path()).unwrap().read().unwrap();
        let card =
            dataset.scorecard("2016-06".parse().unwrap(), "2016-07".parse().unwrap(), &Options::default());
        let card = card.unwrap();
        let of = |month: &str| {
            card.result("O4.M4", month.parse().unwrap()).unwrap().numerator.unwrap().to_string()
        };
        assert!(dataset.issues().is_empty(), "{date}");
        (of("2016-06"), of("2016-07"))
    };
    let (june, july) = (("1".to_owned(), "0".to_owned()), ("0".to_owned(), "1".to_owned()));
    for (date, month) in [
        // summer in London begins its day an hour before that of UTC
        ("2016-06-30T22:59:59Z", &june),
        ("2016-06-30T23:00:00Z", &july),
        ("2016-06-30 23:30:00.000+01:00", &june),
        ("2016-07-01T00:30:00+0200", &june),
        ("30 Jun 2016 18:00-05", &july),
        // without a zone the time says nothing, and without a time the zone
        ("2016-06-30T23:30:00", &june),
        ("2016-06-30Z", &june),
        ("2016-06-30-05:00", &june),
    ] {
        assert_eq!(&visits(date), month, "{date}");
    }
}

#[test]
fn the_reader_tells_what_is_there_and_what_is_not_read() {
    let folder = plain();
    fs::write(folder.path().join("cp_plan.csv"), "x").unwrap();
    fs::write(folder.path().join("about.json"), "{}").unwrap();
    fs::create_dir(folder.path().join("cla_visits.parquet")).unwrap();
    let mut reader = FolderReader::open(folder.path()).unwrap();
    let ignored: Vec<_> = reader
        .ignored()
        .iter()
        .map(|file| (file.name.as_str(), file.reason.as_str(), file.looks_like_table))
        .collect();
    assert_eq!(
        ignored,
        [
            ("about.json", "neither CSV nor Parquet", false),
            ("cla_visits.parquet", "a folder", true),
            ("cp_plan.csv", "unknown table `cp_plan`, did you mean `cp_plans`?", true),
        ]
    );
    assert_eq!(reader.files().len(), common::TABLES.len());
    let first = &reader.files()[0];
    assert_eq!((first.name.as_str(), first.format, first.rows), ("persons.csv", FileFormat::Csv, None));
    reader.read().unwrap();
    assert_eq!(reader.files()[0].rows, Some(4));
}

#[test]
fn progress_comes_to_its_end() {
    let folder = plain();
    let seen = RefCell::new(Vec::new());
    FolderReader::open(folder.path())
        .unwrap()
        .on_progress(|progress| seen.borrow_mut().push((progress.bytes, progress.total_bytes)))
        .read()
        .unwrap();
    let seen = seen.into_inner();
    assert!(seen.is_sorted());
    let (bytes, total) = seen.last().unwrap();
    assert_eq!(bytes, total);
}

#[test]
fn a_folder_that_cannot_be_read_is_named() {
    let folder = plain();
    let missing = folder.path().join("nowhere");
    let error = read_folder(&missing).unwrap_err();
    assert!(matches!(error, ReadError::Folder { .. }));
    assert_eq!(error.to_string(), format!("cannot read folder `{}`: it does not exist", missing.display()));
    let file = folder.path().join("persons.csv");
    assert!(read_folder(file).unwrap_err().to_string().ends_with("it is not a folder"));
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    assert_eq!(refusal(&one("persons.csv", "")), "`persons.csv` is empty: it has no header");
    assert_eq!(refusal(&one("persons.csv", "\n \n")), "`persons.csv` is empty: it has no header");
    assert_eq!(
        refusal(&one("ssd_person.csv", "pers_dob\n2010-01-01\n")),
        "`ssd_person.csv`: table `persons` has no column `person_id`, which it needs"
    );
    assert_eq!(
        refusal(&one("persons.csv", "person_id,pers_person_id\nP1,P1\n")),
        "`persons.csv`: table `persons` has column `person_id` twice: as `person_id` and as `pers_person_id`"
    );
    assert_eq!(
        refusal(&one("persons.csv", "\u{feff}person_id,person_id\nP1,P1\n")),
        "`persons.csv`: table `persons` has column `person_id` twice: as `person_id` and as `person_id`"
    );
    assert_eq!(
        refusal(&one("persons.csv", b"\xff\xfep\0e\0")),
        "`persons.csv` is written in UTF-16; save it as CSV in UTF-8"
    );
}

#[test]
fn a_table_in_two_files_is_refused_with_both_names() {
    for (first, second) in [
        ("persons.csv", "ssd_person.csv"),
        ("persons.csv", "persons.parquet"),
        ("persons.CSV", "persons.csv"),
    ] {
        let folder = one(first, "person_id\nP1\n");
        fs::write(folder.path().join(second), "person_id\nP1\n").unwrap();
        assert_eq!(
            refusal(&folder),
            format!("table `persons` is supplied twice: by `{first}` and by `{second}`")
        );
    }
}

#[test]
fn a_quote_too_many_is_refused_where_it_stands() {
    let text = "policy_id,title\n1,Visits\n2,\"Plans\n3,Reviews\n4,Audits\n";
    assert_eq!(
        refusal(&one("policies.csv", text)),
        "`policies.csv`, line 3: a quote is opened and never closed"
    );
    let long = format!("policy_id,title\n1,\"{}\"\n", "x".repeat(3 << 20));
    assert_eq!(
        refusal(&one("policies.csv", long)),
        "`policies.csv`, row 1, column `title`: the value is too long; check for a stray quote"
    );
    assert_eq!(
        refusal(&one("policies.csv", "\"policy_id,title\n1,Visits\n")),
        "`policies.csv`, line 1: a quote is opened and never closed"
    );
    let rows = "2,Plans\n".repeat(2000);
    assert_eq!(
        refusal(&one("policies.csv", format!("policy_id,title\n1,\"Visits\n{rows}3,\"Audits\"\n"))),
        "`policies.csv`, line 2: a quote is opened and not closed within 1,000 lines; check for a stray quote"
    );
    assert_eq!(
        refusal(&one("policies.csv", "policy_id,\"title\"s\n1,Visits\n")),
        "`policies.csv`, header: text follows a closing quote; check for a stray quote"
    );
}
