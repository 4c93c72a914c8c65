//! The SSDA903 return: what is made of episodes, worked by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use csc_measures::{Dataset, Month, Options, Scorecard};
use csc_measures_files::{ReadError, read_sources};
use tempfile::TempDir;

const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB";
const EPISODES: &str =
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN";
const REVIEWS: &str = "CHILD,DOB,REVIEW,REVIEW_CODE";

/// A folder of files, each with its lines.
fn folder(files: &[(&str, &[&str])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, lines) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines.join("\r\n")).unwrap();
    }
    folder
}

/// An episode without what no measure reads.
fn episode(child: &str, decom: &str, rne: &str, ls: &str, place: &str, dec: &str, rec: &str) -> String {
    format!("{child},{decom},{rne},{ls},N1,{place},PR1,{dec},{rec},,,,")
}

/// The header with children born on 1 February 2010, and the episodes.
fn of_episodes(episodes: &[String]) -> TempDir {
    let mut children: Vec<String> =
        episodes.iter().map(|row| row.split(',').next().unwrap().to_owned()).collect();
    children.dedup();
    let children: Vec<String> =
        children.iter().map(|child| format!("{child},1,01/02/2010,WBRI,UN1,,")).collect();
    let header: Vec<&str> = std::iter::once(HEADER).chain(children.iter().map(String::as_str)).collect();
    let rows: Vec<&str> = std::iter::once(EPISODES).chain(episodes.iter().map(String::as_str)).collect();
    folder(&[("header.csv", &header), ("episodes.csv", &rows)])
}

fn used(dataset: &Dataset) -> BTreeMap<&'static str, u64> {
    dataset.tables().iter().map(|count| (count.table.name(), count.used)).collect()
}

fn issues(dataset: &Dataset) -> Vec<(String, u64, &'static str)> {
    let told = dataset.issues().iter();
    told.map(|issue| (issue.source().unwrap().to_owned(), issue.row(), issue.code().as_str())).collect()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn card(dataset: &Dataset, of: &str) -> Scorecard {
    dataset.scorecard(month(of), month(of), &Options::default()).unwrap()
}

/// The outcomes of a measure's cases: by subject and record.
fn cases(dataset: &Dataset, measure: &str, of: &str) -> Vec<(String, Option<String>, &'static str)> {
    let cases = card(dataset, of).cases(measure, month(of)).unwrap();
    cases.into_iter().map(|case| (case.subject, case.record, case.outcome.as_str())).collect()
}

fn read_ssda903(path: impl AsRef<Path>) -> Result<Dataset, ReadError> {
    read_sources([path])
}

#[test]
fn a_period_goes_on_without_a_gap_and_begins_anew_with_s() {
    let folder = of_episodes(&[
        // one period of three episodes and two placements: the second episode changes the legal status alone
        episode("1", "03/01/2017", "S", "V2", "U6", "01/02/2017", "X1"),
        episode("1", "01/02/2017", "L", "C1", "U6", "20/02/2017", "X1"),
        episode("1", "20/02/2017", "P", "C1", "K2", "", ""),
        // a gap of a day: another period, whatever the reason says
        episode("2", "03/01/2017", "S", "V2", "U6", "01/02/2017", "E8"),
        episode("2", "02/02/2017", "P", "V2", "U6", "", ""),
        // began anew on the day the last one ended
        episode("3", "03/01/2017", "S", "V2", "U6", "01/02/2017", "E8"),
        episode("3", "01/02/2017", "S", "V2", "U6", "", ""),
    ]);
    let dataset = read_ssda903(folder.path()).unwrap();
    assert_eq!(issues(&dataset), []);
    let used = used(&dataset);
    assert_eq!((used["persons"], used["cla_episodes"], used["legal_statuses"]), (3, 7, 7));
    assert_eq!(used["cla_placements"], 6);
    // the first review of a period is due in twenty working days: from 3 January on 31 January, and from 1 and 2
    // February on 1 and 2 March
    let reviews = folder.path().join("reviews.csv");
    fs::write(reviews, format!("{REVIEWS}\n1,01/02/2010,25/01/2017,PN1\n")).unwrap();
    let dataset = read_ssda903(folder.path()).unwrap();
    let of = |child: &str, start: &str| (child.to_owned(), Some(format!("{child}/{start}")));
    let told = |measure, month| -> Vec<_> {
        cases(&dataset, measure, month)
            .into_iter()
            .map(|(subject, record, outcome)| ((subject, record), outcome))
            .collect()
    };
    assert_eq!(told("O3.M6", "2017-01"), [(of("1", "2017-01-03"), "met")]);
    assert_eq!(
        told("O3.M6", "2017-02"),
        // 1 February is the first late day of both, and the end of neither period is before it
        [(of("2", "2017-01-03"), "overdue"), (of("3", "2017-01-03"), "overdue")]
    );
    assert_eq!(
        told("O3.M6", "2017-03"),
        [(of("2", "2017-02-02"), "overdue"), (of("3", "2017-02-01"), "overdue")]
    );
}

#[test]
fn every_row_of_reviews_is_a_review_held() {
    let folder = of_episodes(&[
        episode("1", "03/01/2017", "S", "V2", "U6", "", ""),
        episode("2", "03/01/2017", "S", "V2", "U6", "", ""),
    ]);
    let rows = [
        REVIEWS,
        // PN0: a child under four; the review was held
        "1,01/02/2010,30/01/2017,PN0",
        // the same day twice in one file
        "1,01/02/2010,30/01/2017,PN1",
        // no period of care on the day
        "2,01/02/2010,02/01/2017,PN1",
        "3,01/02/2010,02/03/2017,PN1",
        "2,01/02/2010,31/02/2017,PN1",
        "2,01/02/2010",
    ];
    fs::write(folder.path().join("reviews.csv"), rows.join("\n")).unwrap();
    let dataset = read_ssda903(folder.path()).unwrap();
    let of = |row, code| ("reviews.csv".to_owned(), row, code);
    assert_eq!(
        issues(&dataset),
        [
            of(2, "duplicate_id"),
            of(3, "missing_required"),
            of(4, "missing_required"),
            of(5, "missing_required"),
            of(5, "bad_date"),
            of(6, "bad_row"),
        ]
    );
    assert_eq!(used(&dataset)["cla_reviews"], 1);
    assert_eq!(
        cases(&dataset, "O3.M6", "2017-01"),
        [("1".to_owned(), Some("1/2017-01-03".to_owned()), "met")]
    );
}

#[test]
fn a_later_year_s_row_replaces_the_earlier() {
    let open = episode("1", "03/01/2017", "S", "V2", "U6", "", "");
    let closed = episode("1", "03/01/2017", "S", "V2", "U6", "20/04/2017", "E8");
    let other = episode("1", "05/06/2017", "S", "V2", "U6", "", "");
    let header = "1,1,01/02/2010,WBRI,UN1,,";
    for names in [
        ["header_2017.csv", "episodes_2017.csv", "header_2018.csv", "episodes_2018.csv"],
        ["2017/header.csv", "2017/episodes.csv", "2018/header.csv", "2018/episodes.csv"],
        // no year in any name: the later dates tell
        ["b/header.csv", "b/episodes.csv", "a/header.csv", "a/episodes.csv"],
    ] {
        let folder = folder(&[
            (names[0], &[HEADER, header]),
            (names[1], &[EPISODES, &open]),
            (names[2], &[HEADER, "1,1,02/02/2010,WBRI,UN1,,"]),
            (names[3], &[EPISODES, &closed, &other]),
        ]);
        let dataset = read_ssda903(folder.path()).unwrap();
        assert_eq!(issues(&dataset), [], "{names:?}");
        assert_eq!(used(&dataset)["cla_episodes"], 2);
        let looked_after = |of| cases(&dataset, "O6.M6", of).len();
        assert_eq!(
            (looked_after("2017-03"), looked_after("2017-05"), looked_after("2017-06")),
            (1, 0, 1),
            "{names:?}"
        );
    }
    // twice in one file is a fault, and is reported
    let folder = of_episodes(&[open, closed]);
    let dataset = read_ssda903(folder.path()).unwrap();
    assert_eq!(issues(&dataset)[0], ("episodes.csv".to_owned(), 2, "duplicate_id"));
}

#[test]
fn short_breaks_unaccompanied_children_and_deaths() {
    let mut rows = [
        episode("1", "03/01/2017", "S", "V3", "U6", "", ""),
        episode("2", "03/01/2017", "S", "C2", "U6", "", ""),
        episode("3", "03/01/2017", "S", "C2", "U6", "10/03/2017", "E2"),
        episode("4", "03/01/2017", "S", "C2", "U6", "", ""),
    ];
    // distances and places, if a file has them: inside the boundary or beyond
    let columns = format!("{EPISODES},PL_DISTANCE,PL_LOCATION");
    for (row, place) in rows.iter_mut().zip([",", "25.5,OUT", "25.5,OUT", "25.5,IN"]) {
        *row = format!("{row},{place}");
    }
    let lines: Vec<&str> = std::iter::once(columns.as_str()).chain(rows.iter().map(String::as_str)).collect();
    let header =
        [HEADER, "1,1,01/02/2010,,,,", "2,1,01/02/2010,,,,", "3,1,01/02/2010,,,,", "4,1,01/02/2010,,,,"];
    let uasc = ["CHILD,SEX,DOB,DUC", "4,1,01/02/2010,15/03/2017"];
    let folder = folder(&[("header.csv", &header), ("episodes.csv", &lines), ("uasc.csv", &uasc)]);
    let dataset = read_ssda903(folder.path()).unwrap();
    assert_eq!(issues(&dataset), []);
    let of = |child: &str, outcome| (child.to_owned(), outcome);
    let told = |month| -> Vec<_> {
        cases(&dataset, "O6.M1", month).into_iter().map(|(subject, _, outcome)| (subject, outcome)).collect()
    };
    assert_eq!(told("2017-02"), [of("2", "counted"), of("3", "counted"), of("4", "not_applicable")]);
    // 3 has died; 4 is not an unaccompanied child any more, and is placed within the authority
    assert_eq!(told("2017-03"), [of("2", "counted"), of("4", "not_counted")]);
}

#[test]
fn an_adoption_from_placing_to_order() {
    let folder = of_episodes(&[
        // 27 days from entering care to being placed
        episode("1", "03/01/2017", "S", "E1", "U6", "30/01/2017", "X1"),
        episode("1", "30/01/2017", "P", "E1", "A6", "20/06/2017", "E12"),
        // adopted by the foster carer, with whom the child was from 10 January
        episode("2", "03/01/2017", "S", "E1", "U6", "10/01/2017", "X1"),
        episode("2", "10/01/2017", "P", "E1", "U6", "01/03/2017", "X1"),
        episode("2", "01/03/2017", "T", "E1", "A5", "21/06/2017", "E11"),
        // placed, and it came to nothing
        episode("3", "03/01/2017", "S", "E1", "A6", "", ""),
    ]);
    let ad1 = [
        "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
        "2,01/02/2010,01/02/2017,01/02/2017,1,2,MF,L11",
    ];
    let placed = [
        "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
        "1,01/02/2010,30/01/2017,,",
        "2,01/02/2010,01/03/2017,,",
        "3,01/02/2010,03/01/2017,09/02/2017,RD1",
    ];
    fs::write(folder.path().join("ad1.csv"), ad1.join("\n")).unwrap();
    fs::write(folder.path().join("placed_for_adoption.csv"), placed.join("\n")).unwrap();
    let dataset = read_ssda903(folder.path()).unwrap();
    assert_eq!(issues(&dataset), []);
    let days = |policy: &str| {
        let options: Options = serde_json::from_str(policy).unwrap();
        let card = dataset.scorecard(month("2017-06"), month("2017-06"), &options).unwrap();
        let result = card.result("O6.M3", month("2017-06")).unwrap().clone();
        (result.numerator.unwrap().thousandths() / 1000, result.denominator.unwrap().thousandths() / 1000)
    };
    // 27 days of the one and 57 of the other
    assert_eq!(days("{}"), (84, 2));
    // A10: for the child of the foster carer up to coming to that carer, 7 days
    assert_eq!(days(r#"{"policy": {"adoption_basis": "a10"}}"#), (34, 2));
}

#[test]
fn a_child_who_is_placed_twice() {
    let folder = of_episodes(&[
        // placed, and it came to nothing; home, and in care and placed once more
        episode("1", "03/01/2016", "S", "E1", "A6", "20/06/2016", "E4A"),
        episode("1", "03/10/2016", "S", "E1", "A6", "20/06/2017", "E11"),
        // adopted twice
        episode("2", "03/01/2017", "S", "E1", "A6", "03/04/2017", "E11"),
        episode("2", "03/05/2017", "S", "E1", "A6", "20/06/2017", "E11"),
        // the day of placing was put right by the later return
        episode("3", "03/01/2017", "S", "E1", "A6", "20/06/2017", "E12"),
    ]);
    let header = "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED";
    for (year, rows) in [
        (2016, vec!["1,01/02/2010,04/01/2016,,", "3,01/02/2010,10/01/2017,,"]),
        (2017, vec!["1,01/02/2010,04/01/2016,08/03/2016,RD1", "1,01/02/2010,05/10/2016,,"]),
        (2018, vec!["2,01/02/2010,05/01/2017,,", "2,01/02/2010,07/05/2017,,", "3,01/02/2010,08/01/2017,,"]),
    ] {
        let lines: Vec<&str> = std::iter::once(header).chain(rows).collect();
        fs::write(folder.path().join(format!("placed {year}.csv")), lines.join("\n")).unwrap();
    }
    let dataset = read_ssda903(folder.path()).unwrap();
    assert_eq!(issues(&dataset), [("placed 2016.csv".to_owned(), 2, "superseded")]);
    // the one that came to nothing, and four orders, each with its placing: after 2, 2, 4 and 5 days
    assert_eq!(used(&dataset)["permanence"], 5);
    let card = card(&dataset, "2017-06");
    let result = card.result("O6.M3", month("2017-06")).unwrap();
    assert_eq!(result.denominator.unwrap().thousandths(), 4000);
    assert_eq!(result.numerator.unwrap().thousandths(), (2 + 2 + 4 + 5) * 1000);
    // from 4 January to 8 March placed with adopters, and due no review: by then 31 January would have been the day
    assert_eq!(cases(&dataset, "O3.M6", "2016-02"), []);
}

#[test]
fn care_leavers_with_what_they_do() {
    let header =
        [HEADER, "1,1,01/02/1999,,,,", "2,1,01/02/1999,,,,", "3,1,01/02/1999,,,,", "4,1,01/02/1990,,,,"];
    let oc3 = [
        "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
        "1,01/02/1999,YES,G5,U1",
        "2,01/02/1999,YES,F2,U1",
        "3,01/02/1999,NO,0,0",
        "4,01/02/1990,YES,G5,U1",
    ];
    let folder = folder(&[("header.csv", &header), ("oc3.csv", &oc3)]);
    let dataset = read_ssda903(folder.path()).unwrap();
    let told: Vec<_> = cases(&dataset, "O6.M9", "2017-03")
        .into_iter()
        .map(|(subject, _, outcome)| (subject, outcome))
        .collect();
    let of = |child: &str, outcome| (child.to_owned(), outcome);
    assert_eq!(told, [of("1", "counted"), of("2", "not_counted"), of("3", "unknown")]);
}

/// A child who is placed with other carers, keeps them when the legal status changes, and is adopted by them.
#[test]
fn codes_in_small_letters_are_the_same_codes() {
    let card_of = |change: fn(&str) -> String| {
        let row = |decom, rne, ls, place, dec, rec| {
            let [rne, ls, place, rec] = [rne, ls, place, rec].map(change);
            episode("1", decom, &rne, &ls, &place, dec, &rec)
        };
        let folder = of_episodes(&[
            row("03/05/2016", "S", "V2", "U6", "01/07/2016", "X1"),
            row("01/07/2016", "L", "C1", "U6", "01/09/2016", "X1"),
            row("01/09/2016", "P", "C1", "U1", "01/12/2016", "X1"),
            row("01/12/2016", "L", "E1", "U1", "10/03/2017", "E11"),
        ]);
        let dataset = read_ssda903(folder.path()).unwrap();
        assert_eq!(issues(&dataset), []);
        (used(&dataset), serde_json::to_string(&card(&dataset, "2017-03")).unwrap())
    };
    let capitals = card_of(str::to_owned);
    assert_eq!(capitals.0["cla_placements"], 2);
    assert_eq!(capitals.0["permanence"], 1);
    assert_eq!(card_of(str::to_lowercase), capitals);
    assert_eq!(card_of(|code| format!(" {code} ")), capitals);
}

#[test]
fn bad_rows_are_told_and_the_rest_is_read() {
    let folder = of_episodes(&[
        episode("1", "03/01/2017", "S", "V2", "U6", "", ""),
        episode("2", "2017-1-03", "S", "V2", "U6", "", ""),
        episode("3", "03/01/2017", "S", "V2", "U6", "31/02/2017", ""),
        episode("4", "03/01/2017", "S", "V2", "U6", "01/01/2017", "E8"),
        "5,too,short".to_owned(),
        episode("", "03/01/2017", "S", "V2", "U6", "", ""),
    ]);
    let dataset = read_ssda903(folder.path()).unwrap();
    let of = |row, code| ("episodes.csv".to_owned(), row, code);
    let told: Vec<_> = issues(&dataset).into_iter().filter(|(source, ..)| source == "episodes.csv").collect();
    assert_eq!(
        told,
        [
            of(2, "bad_date"),
            of(3, "bad_date"),
            of(4, "end_before_start"),
            of(5, "bad_row"),
            of(6, "missing_required")
        ]
    );
    assert_eq!((used(&dataset)["cla_episodes"], used(&dataset)["cla_placements"]), (1, 1));
}

#[test]
fn what_is_no_return_is_an_error_that_says_so() {
    let empty = tempfile::tempdir().unwrap();
    let message = read_ssda903(empty.path()).unwrap_err().to_string();
    assert!(message.starts_with("no table was found in"), "{message}");
    let message = read_ssda903(Path::new("/no/such/folder")).unwrap_err().to_string();
    assert!(message.contains("does not exist"), "{message}");
    let cut = folder(&[("header.csv", &[HEADER]), ("episodes.csv", &[EPISODES, "1,\"03/01/2017"])]);
    let message = read_ssda903(cut.path()).unwrap_err().to_string();
    assert!(message.contains("`episodes.csv`, line 2"), "{message}");
}

#[test]
fn a_file_of_the_return_that_has_the_name_of_a_table() {
    let folder = of_episodes(&[episode("1", "03/01/2017", "S", "V2", "U6", "", "")]);
    let missing = ["CHILD,DOB,MISSING,MIS_START,MIS_END", "1,01/02/2010,M,03/02/2017,04/02/2017"];
    fs::write(folder.path().join("missing.csv"), missing.join("\n")).unwrap();
    let dataset = read_ssda903(folder.path()).unwrap();
    assert_eq!(used(&dataset)["cla_episodes"], 1);
    // and alone it is no table either
    let message = read_ssda903(folder.path().join("missing.csv")).unwrap_err().to_string();
    assert!(message.contains("no table was found"), "{message}");
}

#[test]
fn whatever_the_bytes_it_ends() {
    let row = episode("1", "03/01/2017", "S", "V2", "U6", "20/04/2017", "E8");
    let text = format!("{EPISODES}\n{row}\n{row}\n");
    for place in 0..text.len() {
        for byte in [0, b'"', b',', b'\n', 0xFF] {
            let mut bytes = text.clone().into_bytes();
            bytes[place] = byte;
            let folder = folder(&[("header.csv", &[HEADER])]);
            fs::write(folder.path().join("episodes.csv"), bytes).unwrap();
            // an error or a dataset
            drop(read_ssda903(folder.path()));
        }
    }
}
