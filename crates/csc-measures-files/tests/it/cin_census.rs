//! The children in need census: what is made from it, worked by hand.

use std::collections::BTreeMap;
use std::fs;

use csc_measures::{Dataset, Month, Options};
use csc_measures_files::{ReadError, SourceReader, read_sources};

/// A census of a year, with what stands in its children.
fn census(year: u32, children: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>\
         <Year>{year}</Year></CollectionDetails></Header><Children>{children}</Children></Message>"
    )
}

/// A child born on 1 February 2010, with referrals.
fn child(id: &str, details: &str) -> String {
    format!(
        "<Child><ChildIdentifiers><LAchildID>{id}</LAchildID><PersonBirthDate>2010-02-01</PersonBirthDate>\
         <Sex>M</Sex></ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>\
         {details}</Child>"
    )
}

fn referral(date: &str, more: &str) -> String {
    format!(
        "<CINdetails><CINreferralDate>{date}</CINreferralDate><ReferralSource>1A</ReferralSource>{more}\
         <ReferralNFA>0</ReferralNFA></CINdetails>"
    )
}

fn element(name: &str, date: &str) -> String {
    if date.is_empty() { String::new() } else { format!("<{name}>{date}</{name}>") }
}

fn assessment(start: &str, authorised: &str) -> String {
    let (start, end) =
        (element("AssessmentActualStartDate", start), element("AssessmentAuthorisationDate", authorised));
    format!("<Assessments>{start}{end}<FactorsIdentifiedAtAssessment/></Assessments>")
}

fn section_47(start: &str, conference: &str, not_required: &str) -> String {
    let (start, conference) = (element("S47ActualStartDate", start), element("DateOfInitialCPC", conference));
    format!("<Section47>{start}{conference}<ICPCnotRequired>{not_required}</ICPCnotRequired></Section47>")
}

fn protection(start: &str, end: &str, reviews: &[&str]) -> String {
    let reviews: String = reviews.iter().map(|date| element("CPPreviewDate", date)).collect();
    let (start, end) = (element("CPPstartDate", start), element("CPPendDate", end));
    format!("<ChildProtectionPlans>{start}{end}<Reviews>{reviews}</Reviews></ChildProtectionPlans>")
}

/// Reads files of these texts.
fn try_read(files: &[String]) -> Result<Dataset, ReadError> {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (number, text) in (1..).zip(files) {
        let path = folder.path().join(format!("census {number}.xml"));
        fs::write(&path, text).unwrap();
        paths.push(path);
    }
    read_sources(paths)
}

fn read(files: &[String]) -> Dataset {
    try_read(files).unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn cases(dataset: &Dataset, measure: &str, of: &str) -> Vec<(String, &'static str)> {
    let card = dataset.scorecard(month(of), month(of), &Options::default()).unwrap();
    let cases = card.cases(measure, month(of)).unwrap();
    cases.into_iter().map(|case| (case.subject, case.outcome.as_str())).collect()
}

fn issues(dataset: &Dataset) -> Vec<(&str, u64, &'static str)> {
    let told = dataset.issues().iter();
    told.map(|issue| (issue.source().unwrap(), issue.row(), issue.code().as_str())).collect()
}

fn used(dataset: &Dataset) -> BTreeMap<&'static str, u64> {
    dataset.tables().iter().map(|count| (count.table.name(), count.used)).collect()
}

fn of(child: &str, outcome: &'static str) -> (String, &'static str) {
    (child.to_owned(), outcome)
}

#[test]
fn assessments_and_referrals() {
    let dataset = read(&[census(
        2017,
        &[
            // wd(4 January, 8 March) = 45, and 46 to the day after
            child("A", &referral("2017-01-03", &assessment("2017-01-04", "2017-03-08"))),
            child("B", &referral("2017-01-03", &assessment("2017-01-04", "2017-03-09"))),
            // not authorised by the end of March, and over 45 working days
            child("C", &referral("2017-01-03", &assessment("2017-01-04", ""))),
            // referred again within twelve months, and closed to early help
            child(
                "D",
                &[
                    referral(
                        "2016-03-14",
                        "<CINclosureDate>2017-03-15</CINclosureDate><ReasonForClosure>RC9</ReasonForClosure>",
                    ),
                    referral("2017-03-13", ""),
                ]
                .concat(),
            ),
        ]
        .concat(),
    )]);
    assert_eq!(issues(&dataset), []);
    assert_eq!(cases(&dataset, "O2.M3", "2017-03"), [of("A", "met"), of("B", "late")]);
    assert_eq!(cases(&dataset, "O2.M3.open_overdue", "2017-03"), [of("C", "counted")]);
    assert_eq!(cases(&dataset, "O5.M3", "2017-03"), [of("D", "counted")]);
    assert_eq!(cases(&dataset, "O8.M1", "2017-03"), [of("D", "counted")]);
    assert_eq!(cases(&dataset, "O8.M3", "2017-03"), [of("A", "not_counted"), of("B", "not_counted")]);
}

#[test]
fn enquiries_and_conferences() {
    let dataset = read(&[census(
        2017,
        &[
            // wd(2 March, 23 March) = 15
            child("A", &referral("2017-03-01", &section_47("2017-03-02", "2017-03-23", "0"))),
            child("B", &referral("2017-03-01", &section_47("2017-03-02", "2017-03-24", "false"))),
            // none yet and due on 23 March; none needed
            child("C", &referral("2017-03-01", &section_47("2017-03-02", "", "false"))),
            child("D", &referral("2017-03-01", &section_47("2017-03-02", "", "1"))),
            // with the referral alone, and with both: one conference
            child("E", &referral("2017-03-01", &element("DateOfInitialCPC", "2017-03-21"))),
            child(
                "F",
                &referral(
                    "2017-03-01",
                    &(element("DateOfInitialCPC", "2017-03-21")
                        + &section_47("2017-03-02", "2017-03-21", "0")),
                ),
            ),
        ]
        .concat(),
    )]);
    assert_eq!(issues(&dataset), []);
    assert_eq!(
        cases(&dataset, "O3.M2", "2017-03"),
        [of("A", "met"), of("B", "late"), of("E", "unknown"), of("F", "met")]
    );
    assert_eq!(cases(&dataset, "O3.M2.open_overdue", "2017-03"), [of("C", "counted")]);
}

#[test]
fn plans_and_reviews() {
    let dataset = read(&[census(
        2017,
        &[
            // due on 3 April 2017, three months on
            child("A", &referral("2017-01-02", &protection("2017-01-03", "", &["2017-04-03", "2017-09-28"]))),
            child("B", &referral("2017-01-02", &protection("2017-01-03", "", &["2017-04-04"]))),
            // a second plan
            child(
                "C",
                &referral(
                    "2015-01-02",
                    &(protection("2015-01-05", "2015-06-01", &[]) + &protection("2017-04-03", "", &[])),
                ),
            ),
            child(
                "D",
                &referral(
                    "2017-01-02",
                    "<CINPlanDates><CINPlanStartDate>2017-01-10</CINPlanStartDate></CINPlanDates>",
                ),
            ),
        ]
        .concat(),
    )]);
    assert_eq!(issues(&dataset), []);
    assert_eq!(cases(&dataset, "O3.M3", "2017-04"), [of("A", "met"), of("B", "late")]);
    assert_eq!(cases(&dataset, "O5.M4", "2017-04"), [of("C", "counted")]);
    assert_eq!(used(&dataset)["cin_plans"], 1);
}

#[test]
fn a_later_census_tells_a_referral_anew() {
    let open = census(2016, &child("A", &referral("2017-01-03", &assessment("2017-01-04", ""))));
    let told = referral("2017-01-03", &assessment("2017-01-04", "2017-03-08")) + &referral("2017-06-01", "");
    let anew = census(2017, &child("A", &told));
    for files in [[open.clone(), anew.clone()], [anew, open]] {
        let dataset = read(&files);
        assert_eq!(issues(&dataset), []);
        let used = used(&dataset);
        assert_eq!((used["persons"], used["referrals"], used["assessments"]), (1, 2, 1));
        assert_eq!(cases(&dataset, "O2.M3", "2017-03"), [of("A", "met")]);
    }
}

#[test]
fn what_was_over_before_its_year_a_census_does_not_tell_again() {
    // A case over two years. The second census has the plan and the enquiry that go on, and what is new.
    let first = assessment("2016-05-04", "2016-06-08")
        + &section_47("2017-03-02", "", "0")
        + &element("DateOfInitialCPC", "2016-08-01")
        + &protection("2016-11-01", "", &["2017-02-01"]);
    let second = assessment("2017-05-03", "2017-06-07")
        + &section_47("2017-03-02", "2017-04-05", "0")
        + &protection("2016-11-01", "2017-08-02", &["2017-08-01"]);
    let closed = "<CINclosureDate>2017-09-01</CINclosureDate><ReasonForClosure>RC9</ReasonForClosure>";
    let files = [
        census(2017, &child("A", &referral("2016-05-03", &first))),
        census(2018, &child("A", &referral("2016-05-03", &(closed.to_owned() + &second)))),
    ];
    for files in [files.clone(), [files[1].clone(), files[0].clone()]] {
        let dataset = read(&files);
        assert_eq!(issues(&dataset), []);
        let used = used(&dataset);
        assert_eq!((used["referrals"], used["assessments"], used["cp_plans"]), (1, 2, 1));
        // the assessment of the first year, and that of the second
        assert_eq!(cases(&dataset, "O2.M3", "2016-06"), [of("A", "met")]);
        assert_eq!(cases(&dataset, "O2.M3", "2017-06"), [of("A", "met")]);
        // the enquiry is one, with the conference that the second census has; the first has one without an enquiry
        assert_eq!((used["section_47_enquiries"], used["initial_conferences"]), (1, 2));
        assert_eq!(cases(&dataset, "O3.M2", "2017-04"), [of("A", "late")]);
        assert_eq!(cases(&dataset, "O3.M2", "2016-08"), [of("A", "unknown")]);
        // the reviews of both
        assert_eq!(cases(&dataset, "O3.M3", "2017-02"), [of("A", "met")]);
        assert_eq!(cases(&dataset, "O3.M3", "2017-08"), [of("A", "met")]);
        assert_eq!(cases(&dataset, "O8.M1", "2017-09"), [of("A", "counted")]);
    }
}

#[test]
fn what_went_on_and_is_not_told_again_was_put_right() {
    // The second census has the plan and the assessment from another day on.
    let first = assessment("2017-01-04", "") + &protection("2017-02-01", "", &[]);
    let second = assessment("2017-01-05", "2017-03-08") + &protection("2017-02-02", "", &[]);
    let files = [
        census(2017, &child("A", &referral("2017-01-03", &first))),
        census(2018, &child("A", &referral("2017-01-03", &second))),
    ];
    let dataset = read(&files);
    assert_eq!(
        issues(&dataset),
        [
            ("census 1.xml: Assessments", 1, "superseded"),
            ("census 1.xml: ChildProtectionPlans", 1, "superseded")
        ]
    );
    assert_eq!((used(&dataset)["assessments"], used(&dataset)["cp_plans"]), (1, 1));
}

#[test]
fn two_referrals_of_a_day_are_two() {
    let first = referral("2017-01-03", &assessment("2017-01-04", "2017-01-20"));
    let both = first.clone() + &referral("2017-01-03", &assessment("2017-01-05", ""));
    let told = referral("2017-01-03", "") + &referral("2017-01-03", &assessment("2017-01-05", "2017-04-10"));
    let files = [census(2017, &child("A", &both)), census(2018, &child("A", &told))];
    let dataset = read(&files);
    assert_eq!(issues(&dataset), []);
    assert_eq!((used(&dataset)["referrals"], used(&dataset)["assessments"]), (2, 2));
    assert_eq!(cases(&dataset, "O2.M3", "2017-04"), [of("A", "late")]);
}

/// A census with every element of its year: what a person is called changed, and which of the elements may be left
/// out.
fn whole(year: i32, start: &str, authorised: &str) -> String {
    let sex = if year < 2024 { "<GenderCurrent>1</GenderCurrent>" } else { "<Sex>M</Sex>" };
    let internal = if year < 2024 {
        "<AssessmentInternalReviewDate>2020-01-01</AssessmentInternalReviewDate>"
    } else {
        ""
    };
    let conference = authorised;
    format!(
        "<Message xmlns=\"urn:cin\"><Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>\
         <ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>\
         <LEA>885</LEA><SoftwareCode>Any</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo>\
         <DateTime>{year}-05-23T11:14:05</DateTime></Source></Header><Children><Child><ChildIdentifiers>\
         <LAchildID>A</LAchildID><UPN>A123456789123</UPN><FormerUPN>X98765432123B</FormerUPN>\
         <UPNunknown>UN3</UPNunknown><PersonBirthDate>2012-03-24</PersonBirthDate>{sex}</ChildIdentifiers>\
         <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>HAND</Disability>\
         </Disabilities></ChildCharacteristics><CINdetails><CINreferralDate>{start}</CINreferralDate>\
         <ReferralSource>1A</ReferralSource><PrimaryNeedCode>N4</PrimaryNeedCode>\
         <CINclosureDate>{year}-03-30</CINclosureDate><ReasonForClosure>RC9</ReasonForClosure><Assessments>\
         <AssessmentActualStartDate>{start}</AssessmentActualStartDate>{internal}\
         <AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>\
         <AssessmentFactors>2A</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments><CINPlanDates>\
         <CINPlanStartDate>{start}</CINPlanStartDate><CINPlanEndDate>{authorised}</CINPlanEndDate></CINPlanDates>\
         <Section47><S47ActualStartDate>{start}</S47ActualStartDate><InitialCPCtarget>{start}</InitialCPCtarget>\
         <DateOfInitialCPC>{conference}</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>\
         <ReferralNFA>0</ReferralNFA><ChildProtectionPlans><CPPstartDate>{authorised}</CPPstartDate>\
         <InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse><LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse>\
         <NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews/></ChildProtectionPlans></CINdetails></Child>\
         </Children></Message>"
    )
}

#[test]
fn the_censuses_of_every_year_since_2021() {
    // Nine weeks without a bank holiday are 45 working days; the next working day is the 46th.
    for (start, in_time, late) in [
        ("2021-01-06", "2021-03-10", "2021-03-11"),
        ("2022-01-06", "2022-03-10", "2022-03-11"),
        ("2023-01-05", "2023-03-09", "2023-03-10"),
        ("2024-01-04", "2024-03-07", "2024-03-08"),
        ("2025-01-06", "2025-03-10", "2025-03-11"),
        ("2026-01-06", "2026-03-10", "2026-03-11"),
    ] {
        let year = &start[..4];
        let (march, january) = (format!("{year}-03"), format!("{year}-01"));
        for (authorised, outcome) in [(in_time, "met"), (late, "late")] {
            let dataset = read(&[whole(year.parse().unwrap(), start, authorised)]);
            assert_eq!(issues(&dataset), [], "{year}");
            assert_eq!(cases(&dataset, "O2.M3", &march), [of("A", outcome)]);
            // over 15 working days either way
            assert_eq!(cases(&dataset, "O3.M2", &march), [of("A", "late")]);
            assert_eq!(cases(&dataset, "O5.M3", &january), [of("A", "not_counted")]);
            assert_eq!(cases(&dataset, "O5.M4.percent", &march), [of("A", "not_counted")]);
            assert_eq!(cases(&dataset, "O8.M1", &march), [of("A", "counted")]);
            // three months after the start of the plan
            let june = format!("{year}-06");
            assert_eq!(cases(&dataset, "O3.M3", &june), [of("A", "overdue")]);
            assert_eq!(used(&dataset)["cin_plans"], 1);
        }
    }
}

#[test]
fn faults_name_the_element_and_which_of_them_it_is() {
    let dataset = read(&[census(
        2017,
        &[
            child(
                "A",
                &referral("2017-01-03", &(assessment("", "2017-03-08") + &assessment("2017-02-31", ""))),
            ),
            child("A", &referral("03/01/2017", "")),
            child("", &referral("2017-01-03", &protection("2017-03-01", "2017-02-01", &["soon"]))),
        ]
        .concat(),
    )]);
    let told = issues(&dataset);
    for expected in [
        ("census 1.xml: Child", 2, "duplicate_id"),
        ("census 1.xml: Child", 3, "missing_required"),
        ("census 1.xml: Assessments", 1, "missing_required"),
        ("census 1.xml: Assessments", 2, "bad_date"),
        ("census 1.xml: CINdetails", 2, "bad_date"),
        ("census 1.xml: CINdetails", 3, "missing_required"),
        ("census 1.xml: ChildProtectionPlans", 1, "end_before_start"),
        ("census 1.xml: CPPreviewDate", 1, "bad_date"),
    ] {
        assert!(told.contains(&expected), "{expected:?} is not in {told:?}");
    }
}

#[test]
fn forms_of_xml() {
    // a prefix, a mark at the start, character data, references, comments, an empty element, stray text
    let text = census(2017, &child("A&amp;B", &referral("2017-01-03", "<Assessments/>stray")))
        .replace("<LAchildID>", "<!-- who --><LAchildID>")
        .replace("2017-01-03", "<![CDATA[2017-01-03]]>")
        .replace("<Message>", "<c:Message xmlns:c=\"urn:cin\">")
        .replace("</Message>", "</c:Message>");
    let dataset = read(&[format!("\u{feff}{text}")]);
    assert_eq!(used(&dataset)["referrals"], 1);
    assert_eq!(cases(&dataset, "O5.M3", "2017-01"), [of("A&B", "not_counted")]);
    assert_eq!(issues(&dataset), [("census 1.xml: Assessments", 1, "missing_required")]);
}

#[test]
fn what_is_no_census_is_an_error_that_says_so() {
    let whole = census(2017, &child("A", &referral("2017-01-03", "")));
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let secret = "a text that is nobody's business";
    for (text, expected) in [
        (String::new(), "it is not a children in need census"),
        ("<Message/>".to_owned(), "it is not a children in need census"),
        (format!("<html><body>{secret}</body></html>"), "it is not a children in need census"),
        (whole.replace("</Children></Message>", ""), "it ends before its elements do"),
        (whole.replace("</ChildIdentifiers>", "</ChildIdentifier>"), "not well-formed XML"),
        (whole.replace("<Message>", &format!("{bomb}<Message>")), "it has a document type"),
        (whole.replace("2017-01-03", "&b;"), "it refers to an entity"),
        (whole.replace("UTF-8", "ISO-8859-1"), "it is written in ISO-8859-1; save it as UTF-8"),
        (whole.replace("<Sex>", &"<x>".repeat(40)), "its elements are nested more than 32 deep"),
        (whole.replace("WBRI", &"x".repeat(2 << 20)), "too long"),
        (whole.replace("<Sex>", &format!("<Sex a=\"{}\">", "x".repeat(2 << 20))), "too long"),
    ] {
        let message = try_read(&[text]).unwrap_err().to_string();
        assert!(message.starts_with("`census 1.xml`: ") && message.contains(expected), "{message}");
        assert!(!message.contains(secret) && message.lines().count() == 1, "{message}");
    }
    let message = try_read(&[]).unwrap_err().to_string();
    assert!(message.contains("no file or folder is given"), "{message}");
    // in a folder too, beside one that is read, with the mark of its order and without
    for mark in ["\u{feff}", ""] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("census.xml"), &whole).unwrap();
        let wide: Vec<u8> = format!("{mark}{whole}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(folder.path().join("wide.xml"), wide).unwrap();
        for path in [folder.path().to_owned(), folder.path().join("wide.xml")] {
            let message = read_sources([path]).unwrap_err().to_string();
            assert_eq!(message, "`wide.xml`: it is written in UTF-16; save it in UTF-8");
        }
    }
}

#[test]
fn whatever_the_bytes_it_ends() {
    let whole =
        census(2017, &child("A", &referral("2017-01-03", &protection("2017-01-04", "", &["2017-04-03"]))));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("census.xml");
    for place in 0..whole.len() {
        for byte in [0, b'<', b'>', b'&', b'"', 0xFF] {
            let mut bytes = whole.clone().into_bytes();
            bytes[place] = byte;
            fs::write(&path, bytes).unwrap();
            // an error or a dataset
            drop(read_sources([&path]));
        }
        fs::write(&path, &whole[..place]).unwrap();
        assert!(read_sources([&path]).is_err());
    }
}

#[test]
fn a_day_with_a_zone_is_that_day() {
    let zoned = |zone: &str| {
        let referral = referral(
            &format!("2017-01-03{zone}"),
            &(assessment(&format!("2017-01-04{zone}"), &format!("2017-03-08{zone}"))
                + &section_47(&format!("2017-02-08{zone}"), &format!("2017-03-01{zone}"), "0")
                + &element("DateOfInitialCPC", "2017-03-01")),
        );
        read(&[census(2017, &child("A", &referral))])
    };
    let plain = zoned("");
    for zone in ["Z", "+01:00", "-05:00"] {
        let dataset = zoned(zone);
        assert_eq!(issues(&dataset), []);
        assert_eq!(used(&dataset), used(&plain));
        assert_eq!(cases(&dataset, "O2.M3", "2017-03"), [of("A", "met")]);
    }
    // the earlier census has the day without the zone: it is one referral
    let both = read(&[
        census(2016, &child("A", &referral("2016-01-04", ""))),
        census(2017, &child("A", &referral("2016-01-04Z", ""))),
    ]);
    assert_eq!((issues(&both), used(&both)["referrals"]), (vec![], 1));
    assert_eq!(issues(&read(&[census(2017, &child("A", &referral("2016-01-04+1", "")))])).len(), 1);
}

#[test]
fn an_element_that_stands_twice_where_it_may_stand_once_is_told() {
    let of_child = |id: &str, details: &str| child(id, &referral("2017-01-03", details));
    let twice = |name: &str, date: &str| element(name, date) + &element(name, date);
    let dataset = read(&[census(
        2017,
        &[
            of_child("A", &twice("CINclosureDate", "2017-03-01")),
            of_child("B", &twice("DateOfInitialCPC", "2017-03-01")),
            of_child(
                "C",
                &section_47("2017-02-08", "", "1")
                    .replace("</Section47>", "<ICPCnotRequired>0</ICPCnotRequired></Section47>"),
            ),
            of_child("D", &section_47("2017-02-08", "", "perhaps")),
            child("E", &referral("2017-01-03", "<CINreferralDate>2017-02-03</CINreferralDate>")),
        ]
        .concat(),
    )]);
    assert_eq!(
        issues(&dataset),
        [
            ("census 1.xml: CINdetails", 1, "bad_date"),
            ("census 1.xml: CINdetails", 5, "bad_date"),
            ("census 1.xml: CINdetails", 2, "bad_date"),
            ("census 1.xml: Section47", 1, "bad_value"),
            ("census 1.xml: Section47", 2, "bad_value"),
        ]
    );
    assert_eq!((used(&dataset)["referrals"], used(&dataset)["initial_conferences"]), (4, 1));
}

#[test]
fn what_is_not_read_of_a_child_is_told_once() {
    let before = "<PreProceedingsandFGDM><PPStartDate>2026-05-01</PPStartDate><CPPstartDate>2026-05-01</CPPstartDate>\
                  </PreProceedingsandFGDM>";
    let text = census(
        2027,
        &[
            child("A", &referral("2026-05-01", &(before.to_owned() + &assessment("2026-05-05", "")))),
            child("B", &referral("2026-05-01", before)),
        ]
        .concat(),
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("census.xml"), text).unwrap();
    let mut reader = SourceReader::open([folder.path()]).unwrap();
    let dataset = reader.read().unwrap();
    assert_eq!((issues(&dataset), used(&dataset)["cp_plans"], used(&dataset)["assessments"]), (vec![], 0, 1));
    let told: Vec<(&str, &str)> = reader.ignored().iter().map(|of| (&of.name[..], &of.reason[..])).collect();
    assert_eq!(told, [("census.xml: PreProceedingsandFGDM", "no measure reads the element")]);
    // and once however often it is read
    reader.read().unwrap();
    assert_eq!(reader.ignored().len(), 1);
}

#[test]
fn a_file_that_grew_or_shrank_after_it_was_found_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("census.xml");
    let text = census(2017, &child("A", &referral("2017-01-03", "")));
    fs::write(&path, &text).unwrap();
    let mut reader = SourceReader::open([folder.path()]).unwrap();
    reader.read().unwrap();
    for changed in [text.clone() + "\n", text[..text.len() - 1].to_owned()] {
        fs::write(&path, changed).unwrap();
        let message = reader.read().unwrap_err().to_string();
        let expected =
            format!("it had {} bytes when it was found and does not have them any more", text.len());
        assert!(message.contains(&expected), "{message}");
    }
}
