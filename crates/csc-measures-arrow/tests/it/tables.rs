//! Tables by way of Arrow are the tables as they are meant, whatever types they come in.

use std::collections::HashSet;
use std::sync::Arc;

use crate::common::{self, Dice, authority, by_arrow, day, encodings, meant, told};
use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, Date32Array, Int64Array, ListArray, RecordBatch, RecordBatchIterator, StringArray, StructArray,
    TimestampSecondArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use csc_measures::tables::{CpPlan, CpVisit};
use csc_measures::{Amount, Dataset, DatasetError, IssueCode};
use csc_measures_arrow::{ArrowInputError, add_batches, add_reader, add_struct_array};
use proptest::prelude::*;

#[test]
fn the_made_up_authority_has_results_and_issues_of_every_kind() {
    let dataset = meant(&authority(1, 100));
    let card = common::card(&dataset);
    let measures: HashSet<_> = card
        .results()
        .iter()
        .filter(|result| result.numerator.is_some_and(|numerator| numerator > Amount::default()))
        .map(|result| result.measure.clone())
        .collect();
    assert!(measures.len() > 40, "{}", measures.len());
    for code in [
        IssueCode::MissingRequired,
        IssueCode::BadValue,
        IssueCode::DuplicateId,
        IssueCode::EndBeforeStart,
        IssueCode::UnknownPerson,
        IssueCode::DanglingReference,
    ] {
        assert!(dataset.issues().iter().any(|issue| issue.code() == code), "{code:?}");
    }
}

#[test]
fn every_type_gives_the_same_scorecard_and_issues() {
    let tables = authority(1, 100);
    let expected = told(&meant(&tables));
    for turn in 0..common::MOST {
        let encode = |kind| {
            let encodings = encodings(kind);
            encodings[turn % encodings.len()]
        };
        assert!(told(&by_arrow(&tables, usize::MAX, false, encode)) == expected, "encoding {turn}");
        assert!(told(&by_arrow(&tables, 7, true, encode)) == expected, "encoding {turn}, in cut chunks");
    }
}

#[test]
fn an_empty_table_is_supplied_and_says_there_were_none() {
    let tables = authority(1, 0);
    let dataset = by_arrow(&tables, 1, false, |kind| encodings(kind)[0]);
    assert_eq!(told(&dataset), told(&meant(&tables)));
    assert_eq!(dataset.tables().len(), tables.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_tables_in_any_types_and_chunks(
        seed in any::<u64>(), rows in 0_usize..30, chunk in 1_usize..40, is_cut in any::<bool>(),
    ) {
        let tables = authority(seed, rows);
        let mut dice = Dice::new(seed ^ 1);
        let dataset = by_arrow(&tables, chunk, is_cut, |kind| dice.pick(encodings(kind)));
        prop_assert_eq!(told(&dataset), told(&meant(&tables)));
    }
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

fn texts(values: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

fn plans() -> RecordBatch {
    batch(vec![
        ("cp_plan_id", texts(&["CP1", "CP2"])),
        ("person_id", texts(&["P1", "P2"])),
        ("start_date", Arc::new(Date32Array::from(vec![17_169, 17_170]))),
    ])
}

#[test]
fn typed_rows_and_batches_are_the_same() {
    let plan = |id: &str, person: &str, start, end, other_authority| CpPlan {
        cp_plan_id: id.into(),
        person_id: person.into(),
        start_date: start,
        end_date: end,
        other_authority,
        transfer_in: None,
    };
    let visit = |id: &str, date, seen| CpVisit {
        cp_visit_id: id.into(),
        person_id: "P1".into(),
        date,
        seen,
        seen_alone: None,
    };
    let mut builder = Dataset::builder();
    let plans = [
        plan("CP1", "P1", day(2017, 1, 3), None, None),
        plan("CP2", "P2", day(2017, 1, 4), Some(day(2017, 2, 1)), Some(true)),
    ];
    let visits = [visit("V1", day(2017, 3, 3), Some(true)), visit("V2", day(2017, 3, 20), None)];
    builder.rows(&plans).unwrap().rows(&visits).unwrap();
    let expected = told(&builder.build());

    let midnight = |date: chrono::NaiveDate| date.and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp();
    let plans = batch(vec![
        ("cppl_cp_plan_id", texts(&["CP1", "CP2"])),
        ("cppl_person_id", texts(&["P1", "P2"])),
        ("__index_level_0__", Arc::new(Int64Array::from(vec![0, 1]))),
        (
            "cppl_cp_plan_start_date",
            Arc::new(TimestampSecondArray::from(vec![midnight(day(2017, 1, 3)), midnight(day(2017, 1, 4))])),
        ),
        (
            "cppl_cp_plan_end_date",
            Arc::new(TimestampSecondArray::from(vec![None, Some(midnight(day(2017, 2, 1)))])),
        ),
        ("cppl_cp_plan_ola", Arc::new(StringArray::from(vec![None, Some("Y")]))),
        ("transfer_in", Arc::new(StringArray::from(vec![None::<&str>, None]))),
    ]);
    let visits = batch(vec![
        ("cp_visit_id", texts(&["V1", "V2"])),
        ("person_id", texts(&["P1", "P1"])),
        ("date", texts(&["2017-03-03", "2017-03-20T10:00"])),
        ("seen", Arc::new(Int64Array::from(vec![Some(1), None]))),
        ("seen_alone", Arc::new(arrow_array::NullArray::new(2))),
    ]);
    let mut builder = Dataset::builder();
    add_batches(&mut builder, "ssd_cp_plans", &plans.schema(), [Ok(plans)]).unwrap();
    let schema = visits.schema();
    add_reader(&mut builder, "cp_visits", RecordBatchIterator::new([Ok(visits)], schema)).unwrap();
    assert_eq!(told(&builder.build()), expected);
}

#[test]
fn structs_are_batches_and_a_null_struct_is_a_row_of_nulls() {
    let mut expected = Dataset::builder();
    add_batches(&mut expected, "cp_plans", &plans().schema(), [Ok(plans())]).unwrap();
    let mut builder = Dataset::builder();
    add_struct_array(&mut builder, "cp_plans", &StructArray::from(plans())).unwrap();
    assert_eq!(told(&builder.build()), told(&expected.build()));

    let (fields, columns, _) = StructArray::from(plans()).into_parts();
    let nulls = Int64Array::from(vec![None, Some(1)]).into_parts().2;
    let array = StructArray::new(fields, columns, nulls);
    let mut builder = Dataset::builder();
    add_struct_array(&mut builder, "cp_plans", &array).unwrap();
    let dataset = builder.build();
    let issues: Vec<_> =
        dataset.issues().iter().map(|issue| (issue.row(), issue.code(), issue.column())).collect();
    let missing = IssueCode::MissingRequired;
    assert_eq!(
        issues,
        [(1, missing, Some("cp_plan_id")), (1, missing, Some("person_id")), (1, missing, Some("start_date"))]
    );
    assert_eq!(dataset.person_count(), 1);

    // sliced past the null
    let mut builder = Dataset::builder();
    add_struct_array(&mut builder, "cp_plans", &array.slice(1, 1)).unwrap();
    assert!(builder.build().issues().is_empty());

    let error =
        add_struct_array(&mut Dataset::builder(), "cp_plans", &Int64Array::from(vec![1])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `cp_plans`: expected a struct of columns, found an array of type Int64"
    );
}

#[test]
fn dates_that_are_none_are_issues_and_not_nulls() {
    let dates = TimestampSecondArray::from(vec![i64::MAX, 0]).with_timezone("Europe/Londres");
    let plans = batch(vec![
        ("cp_plan_id", texts(&["CP1", "CP2"])),
        ("person_id", texts(&["P1", "P2"])),
        ("start_date", Arc::new(Date32Array::from(vec![17_169, i32::MAX]))),
        ("end_date", Arc::new(dates)),
    ]);
    let mut builder = Dataset::builder();
    add_batches(&mut builder, "cp_plans", &plans.schema(), [Ok(plans)]).unwrap();
    let dataset = builder.build();
    let issues: Vec<_> =
        dataset.issues().iter().map(|issue| (issue.row(), issue.code(), issue.column())).collect();
    let bad = IssueCode::BadDate;
    assert_eq!(
        issues,
        [(1, bad, Some("end_date")), (2, bad, Some("start_date")), (2, bad, Some("end_date"))]
    );
    assert_eq!(dataset.tables()[0].used, 0);
}

#[test]
fn a_hashed_id_above_the_signed_integers_refers_as_its_text_does() {
    let id = u64::MAX - 1;
    let ids: ArrayRef = Arc::new(arrow_array::UInt64Array::from(vec![id]));
    let persons = batch(vec![("person_id", ids.clone())]);
    let plans = batch(vec![
        ("cp_plan_id", texts(&["CP1"])),
        ("person_id", texts(&["18446744073709551614"])),
        ("start_date", texts(&["2017-01-03"])),
    ]);
    let mut builder = Dataset::builder();
    add_batches(&mut builder, "persons", &persons.schema(), [Ok(persons)]).unwrap();
    add_batches(&mut builder, "cp_plans", &plans.schema(), [Ok(plans)]).unwrap();
    assert!(builder.build().issues().is_empty());
}

#[track_caller]
fn refused(
    table: &str,
    schema: &Schema,
    batches: impl IntoIterator<Item = Result<RecordBatch, ArrowError>>,
) -> ArrowInputError {
    add_batches(&mut Dataset::builder(), table, schema, batches).unwrap_err()
}

#[test]
fn a_table_that_cannot_be_taken_says_why() {
    let plans = plans();
    let schema = plans.schema();
    let error = refused("cp_plan", &schema, []);
    assert!(matches!(error, ArrowInputError::Dataset(DatasetError::UnknownTable(_))));
    assert!(error.to_string().contains("`cp_plan`"), "{error}");
    let error = refused("cin_plans", &schema, []);
    assert!(matches!(error, ArrowInputError::Dataset(DatasetError::MissingColumn { .. })));

    let mut builder = Dataset::builder();
    add_batches(&mut builder, "cp_plans", &schema, []).unwrap();
    let error = add_batches(&mut builder, "ssd_cp_plans", &schema, []).unwrap_err();
    assert!(matches!(error, ArrowInputError::Dataset(DatasetError::TableTwice { .. })));
}

#[test]
fn a_stream_that_breaks_off_is_an_error_of_its_table() {
    let plans = plans();
    let broken = Err(ArrowError::IoError("the disk is gone".to_owned(), std::io::Error::other("gone")));
    let error = refused("cp_plans", &plans.schema(), [Ok(plans), broken]);
    assert_eq!(
        error.to_string(),
        "table `cp_plans` could not be read to its end: Io error: the disk is gone"
    );
}

#[test]
fn a_batch_of_other_columns_is_an_error() {
    let schema = plans().schema();
    let other_type = batch(vec![
        ("cp_plan_id", texts(&["CP1"])),
        ("person_id", texts(&["P1"])),
        ("start_date", texts(&["2017-01-03"])),
    ]);
    let error = refused("cp_plans", &schema, [Ok(plans()), Ok(other_type)]);
    assert_eq!(
        error.to_string(),
        "table `cp_plans`: batch 2 differs from the stream in its columns: expected `start_date` of type Date32, found Utf8"
    );
    let other_order = plans().project(&[1, 0, 2]).unwrap();
    let error = refused("cp_plans", &schema, [Ok(other_order)]);
    assert!(error.to_string().ends_with("expected `cp_plan_id`, found `person_id`"), "{error}");
    let fewer = plans().project(&[0, 1]).unwrap();
    let error = refused("cp_plans", &schema, [Ok(fewer)]);
    assert!(error.to_string().ends_with("expected 3 columns, found 2"), "{error}");

    // what may be null, and what is said about a column, may differ
    let fields: Vec<Field> =
        schema.fields().iter().map(|field| field.as_ref().clone().with_nullable(true)).collect();
    let same = RecordBatch::try_new(Arc::new(Schema::new(fields)), plans().columns().to_vec()).unwrap();
    add_batches(&mut Dataset::builder(), "cp_plans", &schema, [Ok(same)]).unwrap();
}

#[test]
fn a_nested_column_is_refused_where_the_table_knows_it() {
    let list: ArrayRef = Arc::new(ListArray::from_iter_primitive::<Int8Type, _, _>([Some(vec![Some(1)])]));
    let columns = |name| {
        vec![
            ("cp_plan_id", texts(&["CP1"])),
            ("person_id", texts(&["P1"])),
            ("start_date", texts(&["2017-01-03"])),
            (name, list.clone()),
        ]
    };
    let plans = batch(columns("end_date"));
    let error = refused("cp_plans", &plans.schema(), [Ok(plans)]);
    let ArrowInputError::Column { table, column, .. } = &error else { panic!("{error}") };
    assert_eq!((table.as_str(), column.as_str()), ("cp_plans", "end_date"));
    assert!(error.to_string().starts_with("table `cp_plans`, column `end_date`: values of type List("));

    let plans = batch(columns("notes"));
    assert!(matches!(plans.schema().field(3).data_type(), DataType::List(_)));
    add_batches(&mut Dataset::builder(), "cp_plans", &plans.schema(), [Ok(plans)]).unwrap();
}
