//! Returns of several years: of which year each file is, and what the next year does not have, worked by hand.

use std::fs;
use std::path::Path;

use csc_measures::{Dataset, Month, Options};
use csc_measures_files::{Source, SourceReader};
use tempfile::TempDir;

/// Files by name, with their lines.
fn folder(files: &[(&str, &[&str])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, lines) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines.join("\n")).unwrap();
    }
    folder
}

fn read(path: &Path) -> (Dataset, Source) {
    let mut reader = SourceReader::open([path]).unwrap();
    let dataset = reader.read().unwrap();
    (dataset, reader.sources()[0].clone())
}

/// The issues: source, row, record and code.
fn issues(dataset: &Dataset) -> Vec<(&str, u64, &str, &str)> {
    let told = dataset.issues().iter();
    told.map(|issue| (issue.source().unwrap(), issue.row(), issue.record().unwrap(), issue.code().as_str()))
        .collect()
}

/// The cases of a measure in a month: subject and outcome.
fn cases(dataset: &Dataset, measure: &str, of: &str) -> Vec<(String, &'static str)> {
    let month: Month = of.parse().unwrap();
    let card = dataset.scorecard(month, month, &Options::default()).unwrap();
    let cases = card.cases(measure, month).unwrap();
    cases.into_iter().map(|case| (case.subject, case.outcome.as_str())).collect()
}

fn subjects(dataset: &Dataset, measure: &str, of: &str) -> Vec<String> {
    cases(dataset, measure, of).into_iter().map(|(subject, _)| subject).collect()
}

fn warnings(source: &Source) -> Vec<String> {
    source.warnings.iter().map(ToString::to_string).collect()
}

/// A file that is given twice would be read twice: by itself and in its folder, or by two paths to one place.
#[test]
fn a_file_that_is_given_twice_is_refused() {
    let census = "<Message><Header><CollectionDetails><ReferenceDate>2017-03-31</ReferenceDate></CollectionDetails>\
                  </Header></Message>";
    let plans = "cp_plan_id,person_id,start_date";
    let header = "CHILD,SEX,DOB,ETHNIC,UPN";
    for (name, line) in [("cin.xml", census), ("cp_plans.csv", plans), ("header.csv", header)] {
        let folder = folder(&[(name, &[line])]);
        let (whole, file) = (folder.path().to_owned(), folder.path().join(name));
        let other = folder.path().join("..").join(folder.path().file_name().unwrap()).join(name);
        for paths in [[&file, &file], [&whole, &file], [&whole, &whole], [&file, &other]] {
            let error = SourceReader::open(paths).unwrap_err().to_string();
            let end = format!("{name}` is given twice; give each file once, by itself or in its folder");
            assert!(error.ends_with(&end), "{error}");
        }
    }
}

mod ssda903 {
    use super::*;

    const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC";
    const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN";

    /// The children who are looked after at the end of a month.
    fn looked_after(dataset: &Dataset, of: &str) -> Vec<String> {
        subjects(dataset, "O6.M6", of)
    }

    #[test]
    fn an_episode_that_the_next_year_dates_anew_or_does_not_have() {
        let folder = folder(&[
            (
                "2017/episodes.csv",
                &[
                    EPISODES,
                    // dated anew by the next year, as closed
                    "1,27/09/2016,S,C2,N1,U6,,",
                    // told again in another form of the same day
                    "2,01/02/2017,S,C2,N1,U6,,",
                    // the next year has the child, from a day of that year on
                    "3,01/02/2017,S,C2,N1,U6,,",
                    // the next year does not have the child at all
                    "4,01/02/2017,S,C2,N1,U6,,",
                    // was over: the next year does not repeat it
                    "5,01/02/2017,S,C2,N1,U6,01/03/2017,E8",
                ],
            ),
            (
                "2018/episodes.csv",
                &[
                    EPISODES,
                    "1,23/09/2016,S,C2,N1,U6,30/05/2017,E4A",
                    "2,2017-02-01 00:00:00,S,C2,N1,U6,,",
                    "3,03/07/2017,S,C2,N1,U6,,",
                ],
            ),
        ]);
        let (dataset, source) = read(folder.path());
        assert_eq!((source.years, source.warnings), (vec![2017, 2018], vec![]));
        let told: Vec<_> = issues(&dataset).into_iter().filter(|issue| issue.3 == "superseded").collect();
        assert_eq!(
            told,
            [
                ("episodes.csv", 1, "1/2016-09-27", "superseded"),
                ("episodes.csv", 3, "3/2017-02-01", "superseded"),
                ("episodes.csv", 4, "4/2017-02-01", "superseded"),
            ]
        );
        assert_eq!(looked_after(&dataset, "2017-02"), ["1", "2", "3", "4", "5"]);
        // closed on 1 April
        assert_eq!(looked_after(&dataset, "2017-03"), ["1", "2", "3", "4"]);
        assert_eq!(looked_after(&dataset, "2017-04"), ["1", "2"]);
        assert_eq!(looked_after(&dataset, "2018-03"), ["2", "3"]);
        let messages: Vec<String> = dataset
            .issues()
            .iter()
            .map(|issue| issue.message())
            .filter(|text| text.contains("next"))
            .collect();
        assert!(messages[0].contains("from another day; the row is left out"), "{messages:?}");
        assert!(messages[1].contains("it is open no longer than its own year"), "{messages:?}");
        // the placement and the legal status end with the episode, and nothing is said of them twice
        assert_eq!(subjects(&dataset, "O6.M1", "2017-04").len(), 0);
    }

    #[test]
    fn a_placement_goes_on_across_the_years() {
        let folder = folder(&[
            ("2016/episodes.csv", &[EPISODES, "1,05/05/2015,S,C2,N1,H5,,", "2,05/05/2015,S,C2,N1,Z1,,"]),
            (
                "2017/episodes.csv",
                &[
                    EPISODES,
                    // another code of one home; a change of the legal status alone; a new placement
                    "1,05/05/2015,S,C2,N1,H5,01/04/2016,X1",
                    "1,01/04/2016,T,C2,N1,K3,01/06/2016,X1",
                    "1,01/06/2016,L,E1,N1,K3,01/08/2016,X1",
                    "1,01/08/2016,P,E1,N1,K2,,",
                    "2,05/05/2015,S,C2,N1,Z1,01/04/2016,X1",
                    "2,01/04/2016,P,C2,N1,Z12,01/02/2017,E8",
                ],
            ),
        ]);
        let (dataset, _) = read(folder.path());
        let used =
            |name: &str| dataset.tables().iter().find(|count| count.table.name() == name).unwrap().used;
        assert_eq!((used("cla_episodes"), used("cla_placements")), (6, 4));
        assert!(dataset.issues().iter().all(|issue| issue.code().as_str() != "superseded"));
    }

    #[test]
    fn without_the_next_year_nothing_is_closed() {
        let folder = folder(&[
            ("header.csv", &[HEADER, "1,1,01/02/2010,WBRI,UN1", "2,1,01/02/2010,WBRI,UN1"]),
            ("episodes 2022.csv", &[EPISODES, "1,01/02/2022,S,C2,N1,U6,,"]),
            ("episodes 2024.csv", &[EPISODES, "2,01/02/2024,S,C2,N1,U6,,"]),
        ]);
        let (dataset, source) = read(folder.path());
        assert_eq!(
            (&source.years[..], warnings(&source)),
            (&[2022, 2024][..], vec!["year_missing:2023".to_owned()])
        );
        assert_eq!(
            source.warnings[0].message(),
            "year_missing:2023: no file says what went on in the year to March 2023; what was open before it and is in no \
             later file stays open"
        );
        assert_eq!(issues(&dataset), []);
        assert_eq!(looked_after(&dataset, "2024-03"), ["1", "2"]);
        let told = serde_json::to_value(&source).unwrap();
        assert_eq!(told["years"], serde_json::json!([2022, 2024]));
        assert_eq!(told["warnings"], serde_json::json!(["year_missing:2023"]));
    }

    #[test]
    fn a_year_of_which_the_episodes_are_not_there_is_missing() {
        let folder = folder(&[
            ("2017/episodes.csv", &[EPISODES, "1,01/02/2017,S,C2,N1,U6,,"]),
            ("2018/reviews.csv", &["CHILD,DOB,REVIEW,REVIEW_CODE", "1,01/02/2010,05/05/2017,PN1"]),
        ]);
        let (dataset, source) = read(folder.path());
        assert_eq!(
            (&source.years[..], warnings(&source)),
            (&[2017, 2018][..], vec!["year_missing:2018".to_owned()])
        );
        assert_eq!(looked_after(&dataset, "2018-03"), ["1"]);
    }

    #[test]
    fn the_dates_say_the_year_and_not_the_name() {
        let earlier = [EPISODES, "1,01/02/2017,S,C2,N1,U6,,"];
        let later = [EPISODES, "2,01/02/2017,S,C2,N1,U6,01/03/2018,E8"];
        // the names are the wrong way round
        let files: [(&str, &[&str]); 2] = [("2018/episodes.csv", &earlier), ("2017/episodes.csv", &later)];
        let folder = folder(&files);
        let (dataset, source) = read(folder.path());
        assert_eq!(source.years, [2017, 2018]);
        assert_eq!(warnings(&source), ["other_year:2017:2018", "other_year:2018:2017"]);
        assert_eq!(
            source.warnings[1].message(),
            "other_year:2018:2017: `2018` says 2018, and what is in it is of the year to March 2017"
        );
        assert_eq!(looked_after(&dataset, "2017-04"), ["2"]);
    }

    #[test]
    fn a_single_file_has_its_own_year() {
        // a placeholder says no year
        let lines = [EPISODES, "1,01/02/2017,S,C2,N1,U6,31/12/2099,"];
        let folder = folder(&[("data.csv", &lines)]);
        let (dataset, source) = read(&folder.path().join("data.csv"));
        assert_eq!((source.years, source.warnings), (vec![2017], vec![]));
        assert_eq!(looked_after(&dataset, "2018-03"), ["1"]);
    }

    #[test]
    fn unaccompanied_children_and_placings_for_adoption() {
        const UASC: &str = "CHILD,SEX,DOB,DUC";
        const PLACED: &str = "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED";
        let children: [&str; 4] = [
            EPISODES,
            "1,03/01/2017,S,E1,N1,A6,,",
            "2,03/01/2017,S,E1,N1,A6,,",
            "3,03/01/2017,S,E1,N1,A6,20/06/2017,E11",
        ];
        let open =
            [EPISODES, "1,03/01/2017,S,E1,N1,A6,,", "2,03/01/2017,S,E1,N1,A6,,", "3,03/01/2017,S,E1,N1,A6,,"];
        let folder = folder(&[
            ("2017/episodes.csv", &open),
            ("2017/uasc.csv", &[UASC, "1,1,01/02/2010,01/02/2028", "2,1,01/02/2010,"]),
            (
                "2017/placed.csv",
                &[
                    PLACED,
                    // not told by the next year, told from another day, and led to an order
                    "1,01/02/2010,10/01/2017,,",
                    "2,01/02/2010,10/01/2017,,",
                    "3,01/02/2010,10/01/2017,,",
                ],
            ),
            ("2018/episodes.csv", &children),
            ("2018/uasc.csv", &[UASC, "2,1,01/02/2010,"]),
            ("2018/placed.csv", &[PLACED, "2,01/02/2010,11/01/2017,,"]),
        ]);
        let (dataset, _) = read(folder.path());
        assert_eq!(
            issues(&dataset).into_iter().filter(|issue| issue.3 == "superseded").collect::<Vec<_>>(),
            [
                ("uasc.csv", 1, "1", "superseded"),
                ("placed.csv", 1, "1/adoption", "superseded"),
                ("placed.csv", 2, "2/placed/2017-01-10", "superseded"),
            ]
        );
        let used =
            |name: &str| dataset.tables().iter().find(|count| count.table.name() == name).unwrap().used;
        assert_eq!((used("permanence"), used("immigration_statuses")), (3, 2));
    }
}

mod census {
    use super::*;

    fn census(year: u32, children: &str) -> String {
        format!(
            "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>\
             <ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails></Header>\
             <Children>{children}</Children></Message>"
        )
    }

    fn child(id: &str, referrals: &[(&str, &str)]) -> String {
        let details: String = referrals
            .iter()
            .map(|(date, more)| {
                format!("<CINdetails><CINreferralDate>{date}</CINreferralDate>{more}</CINdetails>")
            })
            .collect();
        format!(
            "<Child><ChildIdentifiers><LAchildID>{id}</LAchildID><PersonBirthDate>2010-02-01</PersonBirthDate>\
             </ChildIdentifiers>{details}</Child>"
        )
    }

    fn element(name: &str, date: &str) -> String {
        if date.is_empty() { String::new() } else { format!("<{name}>{date}</{name}>") }
    }

    fn cin(start: &str, end: &str) -> String {
        let (start, end) = (element("CINPlanStartDate", start), element("CINPlanEndDate", end));
        format!("<CINPlanDates>{start}{end}</CINPlanDates>")
    }

    fn cp(start: &str, end: &str, review: &str) -> String {
        let (start, end) = (element("CPPstartDate", start), element("CPPendDate", end));
        let review = element("CPPreviewDate", review);
        format!("<ChildProtectionPlans>{start}{end}<Reviews>{review}</Reviews></ChildProtectionPlans>")
    }

    fn assessment(start: &str, authorised: &str) -> String {
        let start = element("AssessmentActualStartDate", start);
        let end = element("AssessmentAuthorisationDate", authorised);
        format!("<Assessments>{start}{end}</Assessments>")
    }

    fn enquiry(start: &str) -> String {
        let start = element("S47ActualStartDate", start);
        format!("<Section47>{start}<ICPCnotRequired>0</ICPCnotRequired></Section47>")
    }

    /// Censuses of 2017 and 2018, of children each in one referral of 3 October 2016: their ids with what 2017 and
    /// 2018 have of them. Both censuses have the same name, in folders of their own.
    fn two_years(children: &[(&str, String, String)]) -> (Dataset, Source) {
        let of = |which: fn(&(&str, String, String)) -> String| -> String {
            children.iter().map(|row| child(row.0, &[("2016-10-03", &which(row))])).collect()
        };
        let folder = folder(&[
            ("a/census.xml", &[&census(2017, &of(|row| row.1.clone()))]),
            ("b/census.xml", &[&census(2018, &of(|row| row.2.clone()))]),
        ]);
        read(folder.path())
    }

    #[test]
    fn plans_that_the_next_census_dates_anew_or_does_not_have() {
        let (dataset, source) = two_years(&[
            // dated anew; dropped; told again with a time of day; followed by one of the next year; over
            ("A", cin("2016-11-01", ""), cin("2016-11-02", "2017-06-01")),
            ("B", cin("2016-11-01", ""), String::new()),
            ("C", cin("2016-11-01", ""), cin("2016-11-01T00:00:00", "")),
            ("D", cin("2016-11-01", ""), cin("2017-09-04", "")),
            ("E", cin("2016-11-01", "2017-01-09"), String::new()),
            ("F", cp("2016-11-01", "", "2017-02-01"), cp("2016-11-02", "", "2017-08-01")),
            ("G", cp("2016-11-01", "", ""), String::new()),
        ]);
        assert_eq!((source.years, source.warnings), (vec![2017, 2018], vec![]));
        assert_eq!(
            issues(&dataset),
            [
                ("census.xml: ChildProtectionPlans", 1, "F/2016-10-03/protection1", "superseded"),
                ("census.xml: ChildProtectionPlans", 2, "G/2016-10-03/protection1", "superseded"),
                ("census.xml: CINPlanDates", 1, "A/2016-10-03/plan1", "superseded"),
                ("census.xml: CINPlanDates", 2, "B/2016-10-03/plan1", "superseded"),
                ("census.xml: CINPlanDates", 4, "D/2016-10-03/plan1", "superseded"),
            ]
        );
        let used =
            |name: &str| dataset.tables().iter().find(|count| count.table.name() == name).unwrap().used;
        // each but the one that was dated anew; the review of that one is its successor's
        assert_eq!((used("persons"), used("cin_plans"), used("cp_plans"), used("cp_reviews")), (7, 6, 2, 2));
        let due = |day: &str| -> Vec<String> {
            let list = dataset
                .due_list(day.parse().unwrap(), &Options::default(), &csc_measures::due::DueFilter::default())
                .unwrap();
            list.obligations.into_iter().map(|one| one.record.unwrap_or_default()).collect()
        };
        let reviews =
            |day| due(day).into_iter().filter(|record| record.contains("protection")).collect::<Vec<_>>();
        assert_eq!(reviews("2017-03-31"), ["G/2016-10-03/protection1", "F/2016-10-03/protection2"]);
        assert_eq!(reviews("2017-04-01"), ["F/2016-10-03/protection2"]);
    }

    #[test]
    fn assessments_and_enquiries_that_the_next_census_does_not_have() {
        let (dataset, _) = two_years(&[
            ("A", assessment("2016-11-01", ""), assessment("2016-11-02", "2017-01-05")),
            ("B", assessment("2016-11-01", ""), String::new()),
            ("C", enquiry("2016-11-01"), enquiry("2016-11-02")),
            ("D", enquiry("2016-11-01"), String::new()),
        ]);
        assert_eq!(
            issues(&dataset),
            [
                ("census.xml: Assessments", 1, "A/2016-10-03/assessment1", "superseded"),
                ("census.xml: Assessments", 2, "B/2016-10-03/assessment1", "superseded"),
                ("census.xml: Section47", 1, "C/2016-10-03/s47-1", "superseded"),
                ("census.xml: Section47", 2, "D/2016-10-03/icpc1", "superseded"),
            ]
        );
        // open at the end of its year, and neither open nor authorised in the next
        assert_eq!(subjects(&dataset, "O2.M3.open_overdue", "2017-03"), ["B"]);
        assert_eq!(subjects(&dataset, "O2.M3.open_overdue", "2017-04").len(), 0);
        assert_eq!(subjects(&dataset, "O2.M2", "2017-01"), ["A"]);
        assert_eq!(subjects(&dataset, "O2.M2", "2017-04").len(), 0);
        assert_eq!(subjects(&dataset, "O3.M2.open_overdue", "2017-03"), ["C", "D"]);
        assert_eq!(subjects(&dataset, "O3.M2.open_overdue", "2017-04"), ["C"]);
    }

    #[test]
    fn referrals_that_the_next_census_dates_anew_or_does_not_have() {
        let closed = element("CINclosureDate", "2017-05-02") + &element("ReasonForClosure", "RC9");
        let done = assessment("2016-10-05", "2016-11-01");
        let folder = folder(&[
            (
                "2017.xml",
                &[&census(
                    2017,
                    &[
                        // dated anew: what belongs to it belongs to the new one
                        child("A", &[("2016-10-03", &(done.clone() + &cin("2016-11-01", "")))]),
                        // with others of the next year, and a child whom that does not have
                        child("B", &[("2016-10-03", &cin("2016-11-01", ""))]),
                        child("C", &[("2016-10-03", &cin("2016-11-01", ""))]),
                    ]
                    .concat(),
                )],
            ),
            (
                "2018.xml",
                &[&census(
                    2018,
                    &[
                        child("A", &[("2016-10-04", &(closed + &cin("2016-11-01", "2017-05-02")))]),
                        child("B", &[("2017-07-03", "")]),
                    ]
                    .concat(),
                )],
            ),
        ]);
        let (dataset, source) = read(folder.path());
        assert_eq!((source.years, source.warnings), (vec![2017, 2018], vec![]));
        assert_eq!(
            issues(&dataset),
            [
                ("2017.xml: CINdetails", 1, "A/2016-10-03", "superseded"),
                ("2017.xml: CINdetails", 2, "B/2016-10-03", "superseded"),
                ("2017.xml: CINdetails", 3, "C/2016-10-03", "superseded"),
                ("2017.xml: CINPlanDates", 2, "B/2016-10-03/plan1", "superseded"),
                ("2017.xml: CINPlanDates", 3, "C/2016-10-03/plan1", "superseded"),
            ]
        );
        let used =
            |name: &str| dataset.tables().iter().find(|count| count.table.name() == name).unwrap().used;
        assert_eq!((used("referrals"), used("assessments"), used("cin_plans")), (4, 1, 3));
        assert_eq!(cases(&dataset, "O2.M3", "2016-11"), [("A".to_owned(), "met")]);
        assert_eq!(cases(&dataset, "O8.M1", "2017-05"), [("A".to_owned(), "counted")]);
    }

    #[test]
    fn a_plan_that_the_next_census_has_under_another_referral_is_one() {
        let plan = cp("2016-11-01", "", "2017-02-01");
        let folder = folder(&[
            ("2017.xml", &[&census(2017, &child("A", &[("2016-10-03", &plan)]))]),
            (
                "2018.xml",
                &[&census(
                    2018,
                    &child("A", &[("2016-10-03", ""), ("2017-07-03", &cp("2016-11-01", "", "2017-08-01"))]),
                )],
            ),
        ]);
        let (dataset, _) = read(folder.path());
        assert_eq!(issues(&dataset), []);
        let used =
            |name: &str| dataset.tables().iter().find(|count| count.table.name() == name).unwrap().used;
        assert_eq!((used("cp_plans"), used("cp_reviews")), (1, 2));
    }

    #[test]
    fn a_missing_census_and_a_name_that_says_another_year() {
        let plan = cp("2022-02-01", "", "");
        let folder = folder(&[
            ("cin 2022.xml", &[&census(2022, &child("A", &[("2022-01-03", &plan)]))]),
            ("cin 2023.xml", &[&census(2024, &child("A", &[("2022-01-03", "")]))]),
        ]);
        let (dataset, source) = read(folder.path());
        assert_eq!(source.years, [2022, 2024]);
        assert_eq!(warnings(&source), ["other_year:cin 2023.xml:2024", "year_missing:2023"]);
        assert_eq!(issues(&dataset), []);
        assert_eq!(subjects(&dataset, "O5.M4.percent", "2022-02"), ["A"]);
        let (_, source) = read(&folder.path().join("cin 2022.xml"));
        assert_eq!((source.years, source.warnings), (vec![2022], vec![]));
    }

    #[test]
    fn the_reference_date_says_the_year() {
        let text = census(2024, "").replace("<Year>2024</Year>", "<Year>2023</Year>");
        let folder = folder(&[("census.xml", &[&text])]);
        let (_, source) = read(folder.path());
        assert_eq!(
            (&source.years[..], warnings(&source)),
            (&[2024][..], vec!["other_year:census.xml:2024".to_owned()])
        );
    }
}
