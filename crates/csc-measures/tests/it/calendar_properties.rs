//! Laws of the calendar, and columns that answer as the scalars do.

use chrono::{Days, NaiveDate};
use csc_measures::calendar::{Calendar, CalendarError, DateColumn, Nation};
use proptest::prelude::*;

const FIRST: i32 = 9_131;
const LAST: i32 = 29_584;

fn date(days: i32) -> NaiveDate {
    NaiveDate::from_epoch_days(days).unwrap()
}

fn calendar() -> impl Strategy<Value = Calendar> {
    (prop::sample::select(Nation::ALL.to_vec()), prop::collection::vec(FIRST..=LAST, 0..4)).prop_map(
        |(nation, closed)| Calendar::for_nation(nation).with_closures(closed.into_iter().map(date)).unwrap(),
    )
}

/// Rows of a day and whether it is there; what stands under a null is whatever it is.
fn rows() -> impl Strategy<Value = Vec<(Option<i32>, Option<i32>)>> {
    let cell = || prop::option::weighted(0.85, FIRST..=LAST);
    prop::collection::vec((cell(), cell()), 0..70)
}

fn column(cells: impl Iterator<Item = Option<i32>>, offset: usize, garbage: i32) -> (Vec<i32>, Vec<u8>) {
    let mut days = Vec::new();
    let mut bits = vec![garbage as u8; 12];
    for (row, cell) in cells.enumerate() {
        days.push(cell.unwrap_or(garbage));
        let bit = 1 << ((offset + row) % 8);
        let byte = &mut bits[(offset + row) / 8];
        if cell.is_some() { *byte |= bit } else { *byte &= !bit }
    }
    (days, bits)
}

proptest! {
    #[test]
    fn adding_and_counting_are_inverse(calendar in calendar(), start in FIRST..=LAST, n in 1u32..400) {
        if let Ok(end) = calendar.add_working_days(date(start), n) {
            prop_assert_eq!(calendar.working_days_between(date(start), end), Ok(n as i32));
            // and it is the smallest such day
            let eve = end - Days::new(1);
            prop_assert_eq!(calendar.working_days_between(date(start), eve), Ok(n as i32 - 1));
            prop_assert!(calendar.is_working_day(end).unwrap());
        } else {
            prop_assert!(calendar.working_days_between(date(start), date(LAST)).unwrap() < n as i32);
        }
    }

    #[test]
    fn counting_is_monotone_and_additive(
        calendar in calendar(),
        mut days in prop::collection::vec(FIRST..=LAST, 3),
    ) {
        days.sort_unstable();
        let wd = |a: usize, b: usize| calendar.working_days_between(date(days[a]), date(days[b])).unwrap();
        prop_assert_eq!(wd(0, 1) + wd(1, 2), wd(0, 2));
        prop_assert!(wd(0, 1) <= wd(0, 2));
        prop_assert!(wd(0, 1) <= days[1] - days[0]);
        prop_assert_eq!(wd(2, 0), 0);
    }

    #[test]
    fn adding_is_additive(calendar in calendar(), start in FIRST..LAST - 800, a in 0u32..200, b in 0u32..200) {
        let step = calendar.add_working_days(date(start), a).unwrap();
        prop_assert_eq!(calendar.add_working_days(step, b), calendar.add_working_days(date(start), a + b));
    }

    #[test]
    fn next_and_previous_are_inverse_on_working_days(
        calendar in calendar(),
        start in FIRST + 20..LAST - 20,
    ) {
        let next = calendar.next_working_day(date(start)).unwrap();
        prop_assert!(next > date(start) && calendar.is_working_day(next).unwrap());
        let back = calendar.previous_working_day(next).unwrap();
        prop_assert_eq!(back == date(start), calendar.is_working_day(date(start)).unwrap());
        prop_assert!(back <= date(start));
    }

    #[test]
    fn columns_are_the_scalars(
        calendar in calendar(),
        rows in rows(),
        (first, second) in (0usize..20, 0usize..20),
        garbage in any::<i32>(),
        n in 0u32..60,
    ) {
        let (starts, start_bits) = column(rows.iter().map(|row| row.0), first, garbage);
        let (ends, end_bits) = column(rows.iter().map(|row| row.1), second, garbage);
        let starts = DateColumn::with_validity(&starts, &start_bits, first).unwrap();
        let ends = DateColumn::with_validity(&ends, &end_bits, second).unwrap();

        let counts = calendar.working_days_between_columns(&starts, &ends).unwrap();
        prop_assert_eq!(counts.len(), rows.len());
        for (row, (start, end)) in rows.iter().enumerate() {
            let expect = start
                .zip(*end)
                .map(|(a, b)| calendar.working_days_between(date(a), date(b)).unwrap());
            prop_assert_eq!(counts.get(row), expect);
            // nothing of what stood under a null shows
            prop_assert_eq!(counts.values[row], expect.unwrap_or(0));
        }
        prop_assert_eq!(counts.get(rows.len()), None);
        let complete = rows.iter().all(|row| row.0.is_some() && row.1.is_some());
        prop_assert_eq!(counts.validity.as_ref().map(Vec::len), (!complete).then(|| rows.len().div_ceil(8)));

        let works = calendar.is_working_day_column(&starts).unwrap();
        for (row, (start, _)) in rows.iter().enumerate() {
            prop_assert_eq!(works.get(row), start.map(|day| calendar.is_working_day(date(day)).unwrap()));
        }

        let scalar = |row: &(Option<i32>, _)| row.0.map(|day| calendar.add_working_days(date(day), n));
        match calendar.add_working_days_column(&starts, n) {
            Ok(due) => {
                for (index, row) in rows.iter().enumerate() {
                    prop_assert_eq!(due.get(index).map(date), scalar(row).map(Result::unwrap));
                }
            }
            Err(CalendarError::Row { row, error }) => {
                let first = rows.iter().position(|row| matches!(scalar(row), Some(Err(_)))).unwrap();
                prop_assert_eq!(row, first + 1);
                prop_assert_eq!(scalar(&rows[first]), Some(Err(*error)));
            }
            Err(error) => prop_assert!(false, "{error}"),
        }
    }
}

#[test]
fn a_column_names_the_first_row_outside() {
    let calendar = Calendar::england_and_wales();
    let days = [17_228, 9_130, 29_585];
    let column = DateColumn::new(&days);
    let message = "row 2: 1994-12-31 is outside the calendar (1995-01-01 to 2050-12-31)";
    assert_eq!(calendar.is_working_day_column(&column).unwrap_err().to_string(), message);
    assert_eq!(calendar.add_working_days_column(&column, 1).unwrap_err().to_string(), message);
    let inside = [17_228; 3];
    let inside = DateColumn::new(&inside);
    assert_eq!(calendar.working_days_between_columns(&inside, &column).unwrap_err().to_string(), message);

    // a date beside a null is still checked; one under a null is not
    let nulls = DateColumn::with_validity(&days, &[0b101], 0).unwrap();
    let all_null = DateColumn::with_validity(&days, &[0], 0).unwrap();
    let error = calendar.working_days_between_columns(&all_null, &nulls).unwrap_err();
    assert_eq!(error.to_string(), "row 3: 2051-01-01 is outside the calendar (1995-01-01 to 2050-12-31)");
    assert_eq!(calendar.is_working_day_column(&all_null).unwrap().get(1), None);

    // a day that no calendar can write
    let far = [i32::MAX];
    assert!(calendar.is_working_day_column(&DateColumn::new(&far)).is_err());

    let late = [17_228, 29_583];
    assert_eq!(
        calendar.add_working_days_column(&DateColumn::new(&late), 1).unwrap_err().to_string(),
        "row 2: 1 working day after 2050-12-30 is outside the calendar (1995-01-01 to 2050-12-31)"
    );
}

#[test]
fn columns_that_do_not_fit() {
    let calendar = Calendar::england_and_wales();
    let (three, four) = ([17_228; 3], [17_228; 4]);
    let error =
        calendar.working_days_between_columns(&DateColumn::new(&three), &DateColumn::new(&four)).unwrap_err();
    assert_eq!(error.to_string(), "the columns differ in length: 3 starts and 4 ends");
    let error = DateColumn::with_validity(&four, &[0xFF], 5).unwrap_err();
    assert_eq!(error.to_string(), "the validity bitmap has 8 bits, but the column needs 9");
    assert!(DateColumn::with_validity(&four, &[], usize::MAX).is_err());
}

#[test]
fn empty_columns() {
    let calendar = Calendar::england_and_wales();
    let empty = DateColumn::with_validity(&[], &[], 0).unwrap();
    assert!(empty.is_empty());
    assert!(calendar.working_days_between_columns(&empty, &empty).unwrap().is_empty());
    assert!(calendar.add_working_days_column(&empty, u32::MAX).unwrap().is_empty());
    assert!(calendar.is_working_day_column(&empty).unwrap().is_empty());
}
