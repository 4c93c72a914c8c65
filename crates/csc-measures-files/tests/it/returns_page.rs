//! Which measures each return feeds, as docs/returns.md has it: asked of returns that have every column and no rows.
//!
//! `WRITE_RETURNS=1 cargo test -p csc-measures-files --test it returns_page::` writes the table anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use csc_measures::{Month, Options, Plan, Scorecard, Status};
use csc_measures_files::{SourceKind, SourceReader};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/returns.md");
const BEGIN: &str = "<!-- measures: written by tests/it/returns_page.rs -->";
const END: &str = "<!-- end of measures -->";

fn ssda903(folder: &Path) {
    for (name, header) in [
        ("header", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"),
        (
            "episodes",
            "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN,PL_DISTANCE,PL_LOCATION",
        ),
        ("reviews", "CHILD,DOB,REVIEW,REVIEW_CODE"),
        ("uasc", "CHILD,DOB,SEX,DUC"),
        ("oc3", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM"),
        ("ad1", "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR"),
        ("placed_for_adoption", "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED"),
    ] {
        fs::write(folder.join(format!("{name}.csv")), format!("{header}\n")).unwrap();
    }
}

fn annex_a(folder: &Path) {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (number, headers) in [
        (
            4,
            "Child Unique ID|Date of Birth|Continuous Assessment Start Date|Continuous Assessment Date of Authorisation",
        ),
        (
            5,
            "Child Unique ID|Strategy discussion initiating Section 47 Enquiry Start Date|Was an Initial Child Protection Conference deemed unnecessary?|Date of Initial Child Protection Conference",
        ),
        (6, "Child Unique ID|CIN Start Date|Date Child Was Last Seen|CIN Closure Date|Case Status"),
        (
            7,
            "Child Unique ID|Child Protection Plan Start Date|Date of the Last Statutory Visit|Was the Child Seen Alone?|Child Protection Plan End Date",
        ),
        (
            8,
            "Child Unique ID|Date Started to be Looked After|Start date of current legal status|Child's Legal Status|Date of Last Social Work Visit|Date Ceased to be Looked After|Reason Ceased to be Looked After|Start Date of Most Recent Placement|Placement Type|Placement Location",
        ),
        (9, "Child Unique ID|Eligibility Category|Latest Pathway Plan Review Date|Activity Status"),
        (
            10,
            "Child Unique ID|Date the Child Entered Care|Date Placed for Adoption|Date of Adoption Order|Date of Decision that Child Should No Longer be Placed for Adoption",
        ),
    ] {
        let sheet = book.add_worksheet().set_name(format!("List {number}")).unwrap();
        for (column, header) in (0..).zip(headers.split('|')) {
            sheet.write_string(0, column, header).unwrap();
        }
    }
    book.save(folder.join("Annex A.xlsx")).unwrap();
}

/// A census with something of everything that a census has.
const CENSUS: &str = "<Message><Header/><Children><Child><ChildIdentifiers><LAchildID>C1</LAchildID>\
    <PersonBirthDate>2010-01-01</PersonBirthDate></ChildIdentifiers><CINdetails>\
    <CINreferralDate>2016-05-02</CINreferralDate><Assessments><AssessmentActualStartDate>2016-05-02\
    </AssessmentActualStartDate></Assessments><CINPlanDates><CINPlanStartDate>2016-05-02</CINPlanStartDate>\
    </CINPlanDates><Section47><S47ActualStartDate>2016-05-02</S47ActualStartDate>\
    <ICPCnotRequired>0</ICPCnotRequired></Section47><ChildProtectionPlans><CPPstartDate>2016-05-02</CPPstartDate>\
    <Reviews/></ChildProtectionPlans></CINdetails></Child></Children></Message>";

/// The scorecard of a month of a return that has everything it can have, under policies.
fn card(kind: SourceKind, options: &Options) -> Scorecard {
    let folder = tempfile::tempdir().unwrap();
    let mut file = folder.path().to_owned();
    match kind {
        SourceKind::Ssda903 => ssda903(folder.path()),
        SourceKind::AnnexA => annex_a(folder.path()),
        SourceKind::CscApi => {
            file.push("children.json");
            fs::write(&file, "[]").unwrap();
        }
        SourceKind::Csww => {
            file.push("workforce.xml");
            let year = "<CollectionDetails><Year>2016</Year></CollectionDetails>";
            let worker = "<CSWWWorker><SWENo>W1</SWENo><FTE>1</FTE></CSWWWorker>";
            fs::write(&file, format!("<Message><Header>{year}</Header>{worker}</Message>")).unwrap();
        }
        _ => {
            file.push("census.xml");
            fs::write(&file, CENSUS).unwrap();
        }
    }
    let month = month(kind);
    let mut reader = SourceReader::open([file]).unwrap();
    if kind == SourceKind::AnnexA {
        reader = reader.as_at(month.last());
    }
    let dataset = reader.read().unwrap();
    assert_eq!(reader.sources()[0].kind, kind);
    dataset.scorecard(month, month, options).unwrap()
}

/// A month that ends a quarter, and in which the return has everything.
fn month(kind: SourceKind) -> Month {
    if kind == SourceKind::Csww { "2016-09" } else { "2017-03" }.parse().unwrap()
}

const KINDS: [SourceKind; 5] =
    [SourceKind::Ssda903, SourceKind::CinCensus, SourceKind::AnnexA, SourceKind::CscApi, SourceKind::Csww];

/// Of a measure that a return feeds if the kinds of team are not asked for.
const EVERY_WORKER: &str = "yes, if [`scope_team_types`](policies.md#scope_team_types) is `[\"all\"]`";

/// What of a measure a return lacks; nothing where it feeds it.
fn lacks(card: &Scorecard, kind: SourceKind, measure: &str) -> Option<Vec<String>> {
    let result = card.result(measure, month(kind)).unwrap();
    (result.status == Status::NotSupplied).then(|| result.missing_tables.clone())
}

fn table() -> String {
    let cards = KINDS.map(|kind| card(kind, &Options::default()));
    let mut every_worker = Options::default();
    every_worker.policy = serde_json::from_str(r#"{"scope_team_types": ["all"]}"#).unwrap();
    let cards_of_every_worker = KINDS.map(|kind| card(kind, &every_worker));
    let mut lines = vec![
        "| | SSDA903 | CIN census | Annex A, as at its day | API | CSWW, as at 30 September |".to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    let mut by_none: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in Plan::worcestershire_2017().rows() {
        let measure = row.id().as_str();
        let lacking: [Option<Vec<String>>; 5] =
            std::array::from_fn(|place| lacks(&cards[place], KINDS[place], measure));
        let link = match measure.matches('.').count() {
            1 => format!("[{measure}](measures.md#{measure})"),
            _ => measure.to_string(),
        };
        let is_of_every_worker: [bool; 5] = std::array::from_fn(|place| {
            lacking[place].is_some() && lacks(&cards_of_every_worker[place], KINDS[place], measure).is_none()
        });
        if lacking.iter().all(Option::is_some) && !is_of_every_worker.contains(&true) {
            let needs = lacking.iter().flatten().min_by_key(|needs| needs.len()).unwrap().join(", ");
            by_none.entry(needs).or_default().push(measure.to_string());
            continue;
        }
        let cells: [String; 5] = std::array::from_fn(|place| match &lacking[place] {
            None => "yes".to_owned(),
            Some(_) if is_of_every_worker[place] => EVERY_WORKER.to_owned(),
            Some(needs) => format!("no: {}", needs.join(", ")),
        });
        lines.push(format!("| {link} | {} |", cells.join(" | ")));
    }
    lines.push(String::new());
    lines.push("None of them feeds the others, for want of".to_owned());
    for (needs, measures) in by_none {
        lines.push(format!("- {needs}: {}", measures.join(", ")));
    }
    lines.join("\n").replace("want of\n-", "want of\n\n-")
}

#[test]
fn the_page_has_the_measures_that_each_return_feeds() {
    let page = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let renewed = format!("{before}{BEGIN}\n{}\n{END}{after}", table());
    if std::env::var_os("WRITE_RETURNS").is_some() {
        fs::write(PAGE, &renewed).unwrap();
    } else {
        assert_eq!(page, renewed, "WRITE_RETURNS=1 writes it anew");
    }
}
