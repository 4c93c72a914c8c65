//! Names of tables and columns as they are found in practice: each is read, or told.

use std::collections::BTreeSet;

use csc_measures::tables::{Need, Table};
use csc_measures::{
    Chunk, ColumnNames, ColumnReport, ColumnState, Dataset, DatasetBuilder, DatasetError, Rows, Scalar,
    UnknownColumns,
};
use serde_json::json;

/// A dataset of one table without rows, under names.
fn declared(table: &str, header: &[&str]) -> Result<Dataset, DatasetError> {
    let mut builder = Dataset::builder();
    builder.declare(table, header)?;
    Ok(builder.build())
}

/// The reports of the columns that the table has, and of those that it does not know.
fn reports(dataset: &Dataset) -> (Vec<ColumnReport>, Vec<ColumnReport>) {
    dataset.columns().into_iter().partition(|report| report.column.is_some())
}

fn own_names(table: Table) -> Vec<String> {
    table.columns().iter().map(|column| column.name.to_owned()).collect()
}

/// Names that are read as another, with what is done to it.
fn dressed(name: &str) -> [String; 5] {
    [
        name.to_uppercase(),
        name.replace('_', " "),
        name.replace('_', "-"),
        name.replace('_', ""),
        format!(" {}_", name.to_uppercase().replace('_', " ")),
    ]
}

#[test]
fn every_column_of_every_table_is_read_under_each_of_its_names_however_they_are_written() {
    let mut names_tried = 0;
    for table in Table::ALL {
        for (place, column) in table.columns().iter().enumerate() {
            let names = [Some(column.name), column.ssd].into_iter().flatten();
            let names = names.chain(column.aliases.iter().chain(column.stand_ins).copied());
            for name in names.flat_map(|name| [vec![name.to_owned()], dressed(name).to_vec()].concat()) {
                assert_eq!(table.column(&name), Some(place), "{table}: {name}");
                let mut header = own_names(*table);
                header[place] = name.clone();
                let header: Vec<&str> = header.iter().map(String::as_str).collect();
                let (known, unknown) = reports(&declared(table.name(), &header).unwrap());
                assert!(unknown.is_empty() && known.iter().all(|report| report.state == ColumnState::Read));
                assert_eq!(known[place].given_as.as_deref(), Some(&name[..]));
                names_tried += 1;
            }
        }
    }
    assert!(names_tried > 1500, "{names_tried}");
}

#[test]
fn every_column_misspelt_is_told_near_and_beyond_recognition() {
    let (mut near, mut far) = (0, 0);
    for table in Table::ALL {
        for (place, column) in table.columns().iter().enumerate() {
            let mut letters: Vec<char> = column.name.chars().collect();
            let middle = letters.len() / 2;
            letters.insert(middle, 'q');
            let misspelt: String = letters.iter().collect();
            for (name, is_near) in [(&misspelt[..], true), ("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", false)] {
                let mut header = own_names(*table);
                header[place] = name.to_owned();
                let header: Vec<&str> = header.iter().map(String::as_str).collect();
                let found = declared(table.name(), &header);
                if column.need != Need::Optional {
                    let error = found.unwrap_err();
                    let DatasetError::MissingColumn { column: missing, candidates, .. } = &error else {
                        panic!("{error}")
                    };
                    assert_eq!(*missing, column.name);
                    assert_eq!(candidates.iter().any(|candidate| candidate == name), is_near, "{error}");
                    assert_eq!(error.to_string().contains(&format!("`{name}`")), is_near, "{error}");
                    continue;
                }
                let (known, unknown) = reports(&found.unwrap());
                let absent = &known[place];
                assert_eq!((absent.state, &absent.given_as), (ColumnState::Absent, &None));
                assert_eq!(absent.nearest.as_deref(), is_near.then_some(name), "{table}: {name}");
                assert_eq!(unknown.len(), 1);
                assert_eq!((unknown[0].state, unknown[0].column), (ColumnState::Unknown, None));
                assert_eq!(unknown[0].given_as.as_deref(), Some(name));
                assert_eq!(unknown[0].nearest.as_deref(), is_near.then_some(column.name));
                assert_eq!(unknown[0].near_miss().is_some(), is_near);
                *(if is_near { &mut near } else { &mut far }) += 1;
            }
        }
    }
    assert!(near > 80 && far > 80, "{near} {far}");
}

#[test]
fn no_two_columns_of_a_table_have_a_name_in_common() {
    let fold = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    for table in Table::ALL {
        let mut names = BTreeSet::new();
        for column in table.columns() {
            let own: BTreeSet<String> = [Some(column.name), column.ssd]
                .into_iter()
                .flatten()
                .chain(column.aliases.iter().chain(column.stand_ins).copied())
                .map(fold)
                .collect();
            for name in own {
                assert!(names.insert(name.clone()), "{table}: {name}");
            }
        }
    }
}

#[test]
fn the_names_of_a_database_are_those_of_tables() {
    let mut tried = 0;
    for table in Table::ALL {
        let ssd = table.ssd_name();
        let names = [Some(table.name()), ssd, ssd.and_then(|name| name.strip_prefix("ssd_"))];
        for name in names.into_iter().flatten() {
            for name in [
                name.to_owned(),
                name.to_uppercase(),
                format!("#{name}"),
                format!("##{name}"),
                format!("dbo.{name}"),
                format!("warehouse.ssd_schema.{name}"),
                format!("tempdb..#{}", name.to_uppercase()),
                name.replace('_', ""),
            ] {
                assert_eq!(Table::by_name(&name).unwrap(), *table, "{name}");
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
    for (name, message) in [
        ("dbo.cp_plan", "unknown table `dbo.cp_plan`, did you mean `cp_plans`?"),
        ("cp_plans.2017", "unknown table `cp_plans.2017`, did you mean `cp_plans`?"),
        ("#", "unknown table `#`, did you mean `audits`?"),
    ] {
        assert_eq!(Table::by_name(name).unwrap_err().to_string(), message);
    }
}

#[test]
fn two_columns_that_are_one_are_refused_with_both_names() {
    let refusal = |header: &[&str]| declared("cp_plans", header).unwrap_err().to_string();
    assert_eq!(
        refusal(&["cp_plan_id", "person_id", "Person ID", "start_date"]),
        "table `cp_plans` has column `person_id` twice: as `person_id` and as `Person ID`"
    );
    assert_eq!(
        refusal(&["cp_plan_id", "person_id", "start_date", "CPPL-cp-plan-start-date"]),
        "table `cp_plans` has column `start_date` twice: as `start_date` and as `CPPL-cp-plan-start-date`"
    );
    // what the table does not know may repeat
    let dataset = declared("compliments", &["compliment_id", "note", "received_date", "note"]).unwrap();
    let (_, unknown) = reports(&dataset);
    let names: Vec<_> = unknown.iter().map(|report| report.given_as.as_deref().unwrap()).collect();
    assert_eq!(names, ["note", "note"]);
}

#[test]
fn a_column_that_stands_in_for_another_is_read_where_that_is_absent() {
    let (known, unknown) = reports(&declared("ssd_professionals", &["prof_staff_id"]).unwrap());
    assert_eq!(known[0].given_as.as_deref(), Some("prof_staff_id"));
    assert!(unknown.is_empty());
    for header in [["prof_staff_id", "prof_professional_id"], ["prof_professional_id", "prof_staff_id"]] {
        let mut builder = Dataset::builder();
        let ids = ["S1", "W1"].map(Scalar::Text);
        let mut rows = Rows::new(2);
        rows.push(if header[0] == "prof_staff_id" { ids } else { [ids[1], ids[0]] });
        let mut table = builder.table("ssd_professionals", &header).unwrap();
        table.chunk(&Chunk { rows: 1, columns: &rows.columns(), bad_rows: &[0] }).unwrap();
        let (known, unknown) = reports(&builder.build());
        assert_eq!(known[0].given_as.as_deref(), Some("prof_professional_id"));
        assert_eq!(unknown[0].given_as.as_deref(), Some("prof_staff_id"));
    }
}

#[test]
fn the_error_of_a_required_column_names_what_it_may_be() {
    let refusal = |header: &[&str]| declared("cp_plans", header).unwrap_err().to_string();
    assert_eq!(
        refusal(&["cp_plan_id", "ChildID", "start_date", "note", "family_id"]),
        "table `cp_plans` has no column `person_id`, which it needs; if it is one of these, name it by the option \
         `columns`: `ChildID`, `family_id`"
    );
    assert_eq!(
        refusal(&["cp_plan_id", "person_id", "strat_date", "DateOfVisit"]),
        "table `cp_plans` has no column `start_date`, which it needs; if it is one of these, name it by the option \
         `columns`: `strat_date`"
    );
    assert_eq!(
        refusal(&["cp_plan_id", "person_id", "begin"]),
        "table `cp_plans` has no column `start_date`, which it needs"
    );
}

fn wanting(unknown_columns: UnknownColumns) -> DatasetBuilder {
    let mut builder = Dataset::builder();
    builder.unknown_columns(unknown_columns);
    builder
}

fn naming(names: &ColumnNames) -> DatasetBuilder {
    let mut builder = Dataset::builder();
    builder.columns(names.clone());
    builder
}

#[test]
fn columns_that_nobody_knows_are_refused_where_they_are_not_wanted() {
    let header = ["complaint_id", "received_date", "staje", "shoe_size"];
    for option in [UnknownColumns::Warn, UnknownColumns::Ignore] {
        let mut builder = wanting(option);
        builder.declare("complaints", &header).unwrap();
        assert_eq!(reports(&builder.build()).1.len(), 2);
    }
    let mut builder = wanting(UnknownColumns::Error);
    builder.declare("compliments", &["compliment_id", "received_date"]).unwrap();
    assert_eq!(
        builder.declare("complaints", &header).unwrap_err().to_string(),
        "table `complaints` has columns that are not known: `staje` (did you mean `stage`?), `shoe_size`"
    );
    let values: Vec<UnknownColumns> = serde_json::from_value(json!(["warn", "error", "ignore"])).unwrap();
    assert_eq!(values, [UnknownColumns::Warn, UnknownColumns::Error, UnknownColumns::Ignore]);
    assert!(serde_json::from_value::<UnknownColumns>(json!("warning")).is_err());
}

#[test]
fn a_column_is_read_by_the_name_that_the_caller_gives() {
    let names: ColumnNames = serde_json::from_value(
        json!({"ssd_cp_plans": {"Child": "cppl_person_id", "End Date": "start_date"}}),
    )
    .unwrap();
    let mut builder = naming(&names);
    builder.declare("cp_plans", &["cp_plan_id", "child", "end_date"]).unwrap();
    let (known, unknown) = reports(&builder.build());
    let given: Vec<_> = known.iter().map(|report| report.given_as.as_deref()).collect();
    // the caller's word stands, also of a name that the table has
    assert_eq!(given, [Some("cp_plan_id"), Some("child"), Some("end_date"), None, None, None]);
    assert_eq!(known[2].column, Some("start_date"));
    assert!(unknown.is_empty());

    let mut builder = naming(&names);
    assert_eq!(
        builder.declare("cp_plans", &["cp_plan_id", "person_id", "end_date"]).unwrap_err().to_string(),
        "table `cp_plans` has no column `Child`, which is named to be `person_id`; it has `cp_plan_id`, \
         `person_id`, `end_date`"
    );
    let mut builder = naming(&names);
    assert_eq!(
        builder
            .declare("cp_plans", &["cp_plan_id", "person_id", "child", "end_date"])
            .unwrap_err()
            .to_string(),
        "table `cp_plans` has column `person_id` twice: as `person_id` and as `child`"
    );
    let refusal =
        |names: serde_json::Value| serde_json::from_value::<ColumnNames>(names).unwrap_err().to_string();
    assert_eq!(
        refusal(json!({"cp_plans": {"Child": "persn_id"}})),
        "table `cp_plans` has no column `persn_id`, did you mean `person_id`?"
    );
    assert_eq!(refusal(json!({"cp_plan": {}})), "unknown table `cp_plan`, did you mean `cp_plans`?");
}

#[test]
fn names_for_a_table_that_is_not_there_are_an_error() {
    let names: ColumnNames =
        serde_json::from_value(json!({"cp_plans": {"Child": "person_id"}, "complaints": {}})).unwrap();
    let mut builder = naming(&names);
    assert_eq!(
        builder.check_names().unwrap_err().to_string(),
        "`columns` names columns of the table `cp_plans`, which is not supplied; no table is"
    );
    builder.declare("compliments", &["compliment_id", "received_date"]).unwrap();
    // also if other names followed
    builder.columns(ColumnNames::default());
    assert_eq!(
        builder.check_names().unwrap_err().to_string(),
        "`columns` names columns of the table `cp_plans`, which is not supplied; those that are: `compliments`"
    );
    // without the check the notices report it
    assert_eq!(
        builder.build().notices(),
        ["table `cp_plans`: `columns` names columns of it, and it is not supplied"]
    );

    let mut builder = naming(&names);
    builder.declare("ssd_cp_plans", &["cp_plan_id", "Child", "start_date"]).unwrap();
    assert!(builder.check_names().is_ok());
    assert!(builder.build().notices().is_empty());
}

#[test]
fn nulls_and_what_is_not_understood_are_counted_by_column() {
    let mut builder = Dataset::builder();
    let mut table = builder
        .table("complaints", &["complaint_id", "Received Date", "stage", "shoe_size", "statutory"])
        .unwrap();
    let mut rows = Rows::new(5);
    rows.push(["C1", "2017-03-01", "1", "4", "yes"].map(Scalar::Text));
    rows.push(["C2", "soon", "NULL", "4", "perhaps"].map(Scalar::Text));
    rows.push(["", "", "two", "4", ""].map(Scalar::Text));
    // of a row with other fields than the header nothing is known
    rows.push(["", "soon", "", "", ""].map(Scalar::Text));
    let columns = rows.columns();
    table.chunk(&Chunk { rows: 4, columns: &columns, bad_rows: &[3] }).unwrap();
    table.chunk(&Chunk { rows: 4, columns: &columns, bad_rows: &[3] }).unwrap();
    let columns = serde_json::to_value(builder.build().columns()).unwrap();
    let report = |column: &str, given_as: Option<&str>, counts: [u64; 2]| {
        let state = if given_as.is_some() { "read" } else { "absent" };
        json!({
            "table": "complaints", "column": column, "given_as": given_as, "state": state, "rows": 8,
            "nulls": counts[0], "not_understood": counts[1], "nearest": null,
        })
    };
    assert_eq!(
        columns,
        json!([
            report("complaint_id", Some("complaint_id"), [2, 0]),
            report("received_date", Some("Received Date"), [2, 2]),
            report("stage", Some("stage"), [2, 2]),
            report("stage_two_date", None, [0, 0]),
            report("made_by_child", None, [0, 0]),
            report("statutory", Some("statutory"), [2, 2]),
            {
                "table": "complaints", "column": null, "given_as": "shoe_size", "state": "unknown", "rows": 8,
                "nulls": 0, "not_understood": 0, "nearest": null,
            },
        ])
    );
}

#[test]
fn tables_are_told_in_their_order_and_their_columns_in_theirs() {
    let mut builder = Dataset::builder();
    builder.declare("compliments", &["zzz", "received_date", "compliment_id", "aaa"]).unwrap();
    builder.declare("ssd_person", &["pers_person_id"]).unwrap();
    let written = serde_json::to_string(&builder.build().columns()[0]).unwrap();
    assert_eq!(
        written,
        r#"{"table":"persons","column":"person_id","given_as":"pers_person_id","state":"read","rows":0,"nulls":0,"not_understood":0,"nearest":null}"#
    );
    let mut builder = Dataset::builder();
    builder.declare("compliments", &["zzz", "received_date", "compliment_id", "aaa"]).unwrap();
    builder.declare("ssd_person", &["pers_person_id"]).unwrap();
    let order: Vec<String> = builder
        .build()
        .columns()
        .iter()
        .map(|report| format!("{} {}", report.table, report.column.or(report.given_as.as_deref()).unwrap()))
        .collect();
    let persons = Table::Persons.columns().iter().map(|column| format!("persons {}", column.name));
    let others = ["compliment_id", "received_date", "zzz", "aaa"].map(|name| format!("compliments {name}"));
    assert_eq!(order, persons.chain(others).collect::<Vec<_>>());
}

/// The ids that the issues of a child protection visit table name, read with the id column twice.
fn ids_of_visits(
    table: &str,
    rows_of_ids: &[[&str; 2]],
    chunk_rows: usize,
) -> Result<Vec<String>, DatasetError> {
    let mut builder = Dataset::builder();
    let name = "cppv_cp_visit_id";
    let header = [name, "cppv_person_id", name, "cppv_cp_visit_date", "cppv_cp_visit_seen"];
    let mut reading = builder.table(table, &header)?;
    for rows_of_ids in rows_of_ids.chunks(chunk_rows) {
        let mut rows = Rows::new(5);
        for [first, second] in rows_of_ids {
            // each row has an issue, which names its id
            rows.push([first, "P1", second, "2017-03-01", "perhaps"].map(Scalar::Text));
        }
        reading.chunk(&Chunk { rows: rows.len(), columns: &rows.columns(), bad_rows: &[] })?;
    }
    builder.declare("cp_plans", &["cp_plan_id", "person_id", "start_date"])?;
    let dataset = builder.build();
    assert_eq!(
        dataset.tables().iter().find(|count| count.rows > 0).map(|count| count.used),
        Some(rows_of_ids.len() as u64)
    );
    let unknown = dataset.columns().into_iter().filter(|report| report.state == ColumnState::Unknown);
    assert_eq!(unknown.map(|report| report.given_as.unwrap()).collect::<Vec<_>>(), [name]);
    Ok(dataset.issues().iter().filter_map(|issue| issue.record().map(str::to_owned)).collect())
}

#[test]
fn of_two_columns_with_the_name_of_the_id_the_content_says_which_is_the_id() {
    let tailed = [["PL1", "7.P1"], ["PL2", "8.P1"]];
    let unique = [["PL1", "V1"], ["PL1", "V2"]];
    for (rows, expected) in [(tailed, ["7.P1", "8.P1"]), (unique, ["V1", "V2"])] {
        for chunk_rows in [1, 2] {
            assert_eq!(ids_of_visits("dbo.ssd_cp_visits", &rows, chunk_rows).unwrap(), expected);
            let turned = rows.map(|[a, b]| [b, a]);
            assert_eq!(ids_of_visits("ssd_cp_visits", &turned, chunk_rows).unwrap(), expected);
        }
    }
    // a tail that is nobody's says nothing, and of two that are alike the first is the id
    let nobody = [["PL1", "7.P2"], ["PL2", "8.P2"]];
    assert_eq!(ids_of_visits("ssd_cp_visits", &nobody, 1).unwrap(), ["PL1", "PL2"]);
    // under the library's own name nothing is guessed
    assert_eq!(
        ids_of_visits("cp_visits", &tailed, 1).unwrap_err().to_string(),
        "table `cp_visits` has column `cp_visit_id` twice: as `cppv_cp_visit_id` and as `cppv_cp_visit_id`"
    );
    // and another column twice is an error under any name
    let twice = declared("ssd_cp_visits", &["cppv_cp_visit_id", "cppv_person_id", "cppv_person_id"]);
    assert!(matches!(twice, Err(DatasetError::ColumnTwice { column: "person_id", .. })));
}
