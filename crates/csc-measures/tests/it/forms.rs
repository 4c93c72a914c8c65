//! The forms in which the library writes JSON: each public type that serialises, beside the text that was kept.
//!
//! A difference is a change that somebody's program will stumble over. A name that is new may be added; for
//! anything else raise `Definitions::FORM` and star the change in the changelog. Then write the texts anew:
//! `WRITE_FORMS=1 cargo test -p csc-measures --test it forms::`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use chrono::NaiveDate;
use csc_measures::calendar::{BankHoliday, BankHolidays, Closures, Nation};
use csc_measures::clock::{Certainty, ClockId, ClockOutcome, Counting, Limit, Standing};
use csc_measures::due::{Cohort, DueFilter, DueOutcome};
use csc_measures::measures::{Better, InputKind, Measure, PeriodKind, Unit, When};
use csc_measures::plan::TargetFrom;
use csc_measures::quality::QualityDays;
use csc_measures::signals::{Assurance, Baseline, Chart, Mark, Signals, Variation};
use csc_measures::tables::{self, ColumnKind, Lack, Need, Table};
use csc_measures::{
    Calendar, Clock, ClockKind, ColumnState, Dataset, Dates, Decimal, Direction, Funnel, IssueCode,
    MeasureRag, Month, Move, Options, Outcome, Plan, Policy, Protection, PublishPeriod, Publishing, Rag,
    Reason, SectionBy, Status, TableRow, Target, Targets, VisitRule, WarningWindow,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// The texts of one file, by type.
#[derive(Default)]
struct Forms(BTreeMap<String, Vec<String>>);

impl Forms {
    fn add<T: Serialize>(&mut self, name: &str, values: &[T]) {
        let texts = values.iter().map(|value| serde_json::to_string_pretty(value).unwrap()).collect();
        assert!(self.0.insert(name.to_owned(), texts).is_none(), "{name} twice");
    }

    /// One JSON object, as a person reads it: the order of the keys is kept.
    fn text(&self) -> String {
        let types: Vec<String> = self
            .0
            .iter()
            .map(|(name, texts)| {
                format!("  \"{name}\": [\n    {}\n  ]", texts.join(",\n").replace('\n', "\n    "))
            })
            .collect();
        format!("{{\n{}\n}}\n", types.join(",\n"))
    }
}

/// Adds values under the name of their type.
macro_rules! add {
    ($forms:ident: $( $type:ident = $values:expr; )+) => {
        $( $forms.add::<$type>(stringify!($type), $values); )+
    };
}

fn march() -> Month {
    "2017-03".parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The words for values.
fn words() -> Forms {
    let mut forms = Forms::default();
    add! { forms:
        Nation = &Nation::ALL;
        ClockOutcome = &[ClockOutcome::Met, ClockOutcome::Late, ClockOutcome::NotYetDue, ClockOutcome::Overdue];
        Certainty = &[Certainty::Verified, Certainty::SecondHand, Certainty::FromKnowledge];
        Standing = &[
            Standing::National, Standing::Local, Standing::Context, Standing::NotCommenced,
        ];
        Counting = &[Counting::DayZero, Counting::DayOne, Counting::Strict];
        ClockKind = &[ClockKind::WorkingDays, ClockKind::Days];
        Cohort = &[Cohort::Cp, Cohort::Cin, Cohort::LookedAfter, Cohort::CareLeaver];
        DueOutcome = &[DueOutcome::NotYetDue, DueOutcome::Overdue, DueOutcome::Unknown];
        Better = &[Better::Higher, Better::Lower, Better::Neutral];
        InputKind = &[InputKind::Needed, InputKind::NeededColumn, InputKind::Optional];
        PeriodKind = &[
            PeriodKind::Snapshot, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::RollingTwelveMonths,
        ];
        Unit = &[Unit::Count, Unit::Percent, Unit::Average, Unit::Days, Unit::Qualitative];
        When = &[
            When::RagSourceNotRecorded, When::VisitSourcesAny, When::RagSourceNotRecordedAndVisitSourcesAny,
            When::AssessmentClockReferral, When::CaseloadPerFte, When::WorkforceUnitFte,
            When::AdoptionWindowThreeYears, When::StageTwoBasisCohortMonth,
        ];
        ColumnKind = &[
            ColumnKind::Id, ColumnKind::Date, ColumnKind::Bool, ColumnKind::Decimal, ColumnKind::Integer,
            ColumnKind::Text, ColumnKind::Code,
        ];
        Need = &[Need::Unique, Need::Required, Need::Optional];
        Direction = &[
            Direction::Improved, Direction::Same, Direction::Worsened, Direction::Up, Direction::Down,
        ];
        IssueCode = &IssueCode::ALL;
        Lack = Lack::ALL;
        Measure = &Measure::all().collect::<Vec<_>>();
        MeasureRag = &[
            MeasureRag::Red, MeasureRag::Amber, MeasureRag::Green, MeasureRag::NotRated,
            MeasureRag::NotApplicable,
        ];
        Rag = &Rag::ALL;
        Reason = Reason::ALL;
        VisitRule = &[
            VisitRule::Reg28_2, VisitRule::Reg28_3, VisitRule::Reg28_3A, VisitRule::Reg28_4, VisitRule::Reg28_5,
            VisitRule::Reg28_6, VisitRule::Adoption36_4,
        ];
        Move = &[
            Move::Joined, Move::Left, Move::Changed, Move::RecordedLate, Move::Removed, Move::PutRight,
            Move::Stayed,
        ];
        Funnel = &[
            Funnel::Below998, Funnel::Below95, Funnel::Within, Funnel::Above95, Funnel::Above998,
        ];
        Assurance = &[Assurance::Passing, Assurance::HitAndMiss, Assurance::Failing];
        Chart = &Chart::ALL;
        Mark = &Mark::ALL;
        Variation = &[
            Variation::Common, Variation::Improvement, Variation::Concern, Variation::High, Variation::Low,
        ];
        Status = &[Status::Ok, Status::NotApplicable, Status::NotSupplied, Status::Qualitative];
        Table = Table::ALL;
    }
    forms.add("SectionBy", &SectionBy::ALL);
    forms.add("Protection", &[Protection::Suppression, Protection::Rounding]);
    forms.add("PublishPeriod", &PublishPeriod::ALL);
    forms.add("Outcome of a case", &Outcome::ALL);
    forms
}

/// A plan, and what the catalogue says of a measure.
fn plan() -> Forms {
    let mut forms = Forms::default();
    let plan = Plan::from_json(include_str!("../../../../examples/plans/fenshire.json")).unwrap();
    forms.add("PlanRow", plan.rows());
    forms.add("RowId", &[plan.rows()[0].id()]);
    forms.add("Plan", std::slice::from_ref(&plan));
    let definition = Measure::CLA_FAR_FROM_HOME.definition();
    forms.add("Definition", &[definition]);
    forms.add("Form", definition.forms);
    forms.add("InputRow", definition.inputs);
    let card = Dataset::builder().build().scorecard(march(), march(), &Options::default()).unwrap();
    forms.add("Definitions", &[card.definitions()]);
    forms
}

/// What a caller chooses.
fn settings() -> Forms {
    let targets = json!({
        "O1.M1": { "better": "band", "low": 12, "high": 16, "tolerance": 2.5 },
        "O1.M2": { "better": "lower", "target": 0, "tolerance": 1 },
        "O3.M4": { "better": "higher", "target": 90, "tolerance": 5 },
    });
    let holidays = json!({ "england-and-wales": { "division": "england-and-wales", "events": [
        { "title": "Good Friday", "date": "2017-04-14", "notes": "", "bunting": false },
    ] } });
    let bank_holidays: BankHolidays = serde_json::from_value(holidays.clone()).unwrap();
    let closures: [Closures; 2] =
        [json!(["2016-12-28"]), holidays].map(|closures| serde_json::from_value(closures).unwrap());
    let mut options: Options = serde_json::from_value(json!({ "targets": targets })).unwrap();
    let each: Vec<Target> = options.targets.iter().map(|(_, targets)| targets[0].target).collect();
    let dated = json!([
        { "better": "lower", "target": 5 },
        { "better": "lower", "target": 0.5, "from": "2017-04", "confirm": true },
    ]);
    let dated: Targets = serde_json::from_value(json!({ "O1.M2": dated })).unwrap();
    let dated: Vec<TargetFrom> = dated.iter().flat_map(|(_, targets)| targets).copied().collect();
    options.closures = Some(closures[0].clone());
    options.measures = Some(vec!["O3.M4".to_owned()]);
    options.signals = true;
    options.chart.insert("O3.M4".to_owned(), Chart::Xmr);
    options.baseline = Some(Baseline::Every(24));
    options.rebase.insert("O3.M4".to_owned(), vec![march()]);
    let mut forms = Forms::default();
    forms.add("Publishing", &[Publishing::default()]);
    add! { forms:
        Policy = &[Policy::default()];
        Target = &each;
        TargetFrom = &dated;
        BankHoliday = bank_holidays.events(Nation::EnglandAndWales).unwrap();
        Closures = &closures;
        Baseline = &[
            Baseline::Every(24), Baseline::ByRow(BTreeMap::from([("O3.M4".to_owned(), 18)])),
        ];
        Decimal = &[Decimal::from_integer(20), "0.65".parse().unwrap()];
        WarningWindow = &[WarningWindow::default()];
    }
    forms.add("BankHolidays", &[bank_holidays]);
    forms.add("Dates", &["iso", "uk", "cp_visits=uk,*=iso"].map(|dates| dates.parse::<Dates>().unwrap()));
    forms.add("Targets", &[&options.targets]);
    forms.add("Options", &[&Options::default(), &options]);
    forms
}

/// A child on a plan, seen in time, beside rows that have something wrong with them.
fn dataset() -> Dataset {
    let mut builder = Dataset::builder();
    let row = |id: &str| sample::<tables::CpPlan>(&[("cp_plan_id", json!(id)), ("person_id", json!(id))]);
    builder
        .rows(&[sample::<tables::Person>(&[
            ("person_id", json!("P1")),
            ("date_of_birth", json!("2009-06-01")),
            ("expected_date_of_birth", Value::Null),
            ("date_of_death", Value::Null),
            ("sex", json!("F")),
            ("ethnicity", json!("WBRI")),
        ])])
        .unwrap()
        .rows(&["P1", "P9"].map(|id| tables::CpPlan {
            start_date: day("2017-01-03"),
            end_date: None,
            other_authority: None,
            ..row(id)
        }))
        .unwrap()
        .rows(&[tables::CpVisit {
            person_id: "P1".to_owned(),
            date: day("2017-03-03"),
            ..sample::<tables::CpVisit>(&[])
        }])
        .unwrap();
    builder.build()
}

/// A count of fifteen months, the last far above the others.
fn signals() -> Vec<Signals> {
    let first = march();
    let mut compliments = Vec::new();
    for (step, count) in (0..).zip([6, 9, 7, 10, 8, 6, 9, 7, 8, 10, 6, 9, 8, 7, 30]) {
        compliments.extend((0..count).map(|number| tables::Compliment {
            compliment_id: format!("{step}-{number}"),
            received_date: first.plus(step).first(),
        }));
    }
    let mut builder = Dataset::builder();
    builder.rows(&compliments).unwrap();
    let options = r#"{"measures": ["O4.M4"], "targets": {"O4.M4": {"better": "higher", "target": 5}}}"#;
    let options: Options = serde_json::from_str(options).unwrap();
    builder.build().scorecard(first, first.plus(14), &options).unwrap().signals()
}

/// What comes out.
fn results() -> Forms {
    let dataset = dataset();
    let mut options = Options::default();
    options.measures = Some(vec!["O2.M1".to_owned(), "O3.M4".to_owned()]);
    let card = dataset.scorecard(march(), march(), &options).unwrap();
    let seen = card.result("O3.M4", march()).unwrap();
    let mut forms = Forms::default();
    forms.add("Scorecard", &[&card]);
    forms.add("MeasureResult", card.results());
    let published = card.published().unwrap();
    assert!(published.results().iter().any(csc_measures::PublishedResult::is_suppressed));
    forms.add("PublishedResult", published.results());
    forms.add("Published", &[published]);
    forms.add("Part", &[dataset.part(march(), march(), &options).unwrap()]);
    forms.add("Section", &card.by_outcome()[..1]);
    forms.add("Case", &card.cases("O3.M4", march()).unwrap());
    forms.add("Explanation", &[card.explain("O3.M4", march()).unwrap()]);
    let given = r#"{"targets": {"O3.M4": {"better": "higher", "target": 90, "tolerance": 5}},
        "closures": ["2017-03-03"], "measures": ["O3.M4"], "by": "recommendation"}"#;
    let card_on_terms = dataset.scorecard(march(), march(), &serde_json::from_str(given).unwrap()).unwrap();
    forms.add("Published on terms", &[card_on_terms.published().unwrap()]);
    forms.add("Scorecard on terms", &[card_on_terms]);
    let broken_down = r#"{"measures": ["O3.M4"], "breakdown": ["sex", "age"]}"#;
    let broken_down =
        dataset.scorecard(march(), march(), &serde_json::from_str(broken_down).unwrap()).unwrap();
    forms.add("GroupResult", broken_down.groups());
    let published = broken_down.published().unwrap();
    forms.add("PublishedGroup", published.groups());
    let audit = published.audit();
    forms.add("AuditFinding", &audit.findings()[..2]);
    forms.add("Audit", &[audit]);
    forms.add("Case in groups", &broken_down.cases("O3.M4", march()).unwrap());
    let february: Month = "2017-02".parse().unwrap();
    let two_months = dataset.scorecard(february, march(), &options).unwrap();
    let change = two_months.change("O3.M4", february, march()).unwrap();
    forms.add("MoveSum", &change.moves);
    forms.add("MovedCase", &change.cases);
    forms.add("Side", &[change.before, change.after]);
    forms.add("Points", &[change.difference]);
    forms.add("Change", &[change]);
    forms.add("DataIssue", card.issues());
    forms.add("TableCount", &dataset.tables());
    let mut builder = Dataset::builder();
    builder.declare("complaints", &["Complaint ID", "received_date", "staje", "note"]).unwrap();
    forms.add("ColumnReport", &builder.build().columns());
    let mut days = QualityDays::default();
    (days.from, days.to) = (Some(march()), Some(march()));
    let quality = dataset.quality(&days, &options).unwrap();
    forms.add("quality::TableQuality", &quality.tables[1..2]);
    forms.add("quality::ColumnQuality", &quality.tables[1].columns[..2]);
    forms.add("quality::CodeCount", &quality.tables[1].issues);
    forms.add("quality::IssueKind", &quality.issues);
    forms.add("quality::Touched", &quality.issues[0].measures);
    forms.add("quality::TouchedMonth", &quality.issues[0].measures[0].months);
    forms.add("quality::Quality", &[quality]);
    let signals = signals();
    forms.add("signals::Stretch", &signals[0].stretches);
    forms.add("signals::SignalPoint", &signals[0].points[13..]);
    forms.add("signals::Rounded", &[signals[0].points[14].centre]);
    forms.add("signals::Signals", &signals);
    forms.add("ColumnState", &[ColumnState::Read, ColumnState::Absent, ColumnState::Unknown]);
    forms.add("Amount", &[seen.numerator.unwrap()]);
    forms.add("Shown", &[seen.value.unwrap()]);
    forms.add("Outcomes", &[seen.outcomes]);
    forms.add("Period", &[seen.period]);
    forms.add("Month", &[march()]);
    forms
}

/// What is to be done.
fn due() -> Forms {
    let (dataset, options, as_at) = (dataset(), Options::default(), day("2017-03-31"));
    let list = dataset.due_list(as_at, &options, &DueFilter::default()).unwrap();
    let child = dataset.person("P1", as_at, &options).unwrap();
    let clock = Clock::by_id("cp_visit").unwrap();
    let calendar = Calendar::england_and_wales();
    let mut forms = Forms::default();
    forms.add("Obligation", &list.obligations);
    forms.add("NotSupplied", &list.not_supplied[..1]);
    let mut closed = Options::default();
    closed.closures = serde_json::from_str(r#"["2017-03-03"]"#).unwrap();
    forms.add("DueList", &[list, dataset.due_list(as_at, &closed, &DueFilter::default()).unwrap()]);
    forms.add("Membership", &child.cohorts);
    forms.add("PersonView", &[child]);
    forms.add("ClockStatus", &[clock.status(day("2017-03-03"), None, as_at, &calendar).unwrap()]);
    forms.add("Clock", &[clock, Clock::by_id("cla_visit").unwrap().at(day("2020-05-01")).unwrap()]);
    forms.add("ClockId", &ClockId::all().collect::<Vec<_>>());
    forms.add("Limit", &[Limit::WorkingDays(45), Limit::Days(27), Limit::Months(36)]);
    forms
}

/// A row with a value in every column, but for those that are given.
fn sample<R: TableRow + DeserializeOwned>(given: &[(&str, Value)]) -> R {
    let value = |column: &tables::ColumnDeclaration| match column.kind {
        ColumnKind::Date => json!("2017-03-31"),
        ColumnKind::Bool => json!(true),
        ColumnKind::Decimal => json!(0.65),
        ColumnKind::Integer => json!(10),
        _ => json!(column.set.first().copied().unwrap_or("X1")),
    };
    let mut row: Map<String, Value> =
        R::TABLE.columns().iter().map(|column| (column.name.to_owned(), value(column))).collect();
    row.extend(given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    serde_json::from_value(Value::Object(row)).unwrap()
}

/// The typed rows, with every column and with every null.
fn rows() -> Forms {
    let mut forms = Forms::default();
    macro_rules! rows {
        ($($row:ident)+) => {
            $(
                let table = <tables::$row as TableRow>::TABLE;
                let nulls: Vec<(&str, Value)> = table
                    .columns()
                    .iter()
                    .filter(|column| column.need == Need::Optional)
                    .map(|column| (column.name, Value::Null))
                    .collect();
                let name = concat!("tables::", stringify!($row));
                forms.add(name, &[sample::<tables::$row>(&[]), sample::<tables::$row>(&nulls)]);
            )+
            assert_eq!([$(stringify!($row)),+].len(), Table::ALL.len());
        };
    }
    rows! {
        Person ImmigrationStatus Referral Assessment StrategyDiscussion Section47Enquiry InitialConference CpPlan
        CpVisit CpReview CinPlan CinVisit ClaEpisode LegalStatus ClaPlacement ClaVisit ClaReview CarePlan
        CareLeaver Activity PathwayPlan Permanence Worker Involvement ExitInterview PolicyDocument Audit Complaint
        Compliment FeedbackReport RagRating CareProceeding FinalOrderApplication StepTransfer MissingEpisode
        ClaHealthCheck Department PersonGroup Disability EarlyHelpEpisode
    }
    forms.add("ColumnDeclaration", &Table::CpPlans.columns()[..1]);
    forms
}

fn all() -> [(&'static str, Forms); 6] {
    [
        ("words", words()),
        ("plan", plan()),
        ("settings", settings()),
        ("results", results()),
        ("due", due()),
        ("rows", rows()),
    ]
}

#[test]
fn every_form_is_as_it_was() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    let write = std::env::var_os("WRITE_FORMS").is_some();
    if write {
        fs::create_dir_all(&folder).unwrap();
    }
    let mut known = BTreeSet::new();
    for (name, forms) in all() {
        let path = folder.join(format!("{name}.json"));
        if write {
            fs::write(&path, forms.text()).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        for (now, kept) in forms.text().lines().zip(kept.lines()) {
            assert_eq!(now, kept, "{}: see the head of this test", path.display());
        }
        assert_eq!(forms.text(), kept, "{}", path.display());
        serde_json::from_str::<Value>(&kept).unwrap();
        known.insert(path);
    }
    let found: BTreeSet<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(found, known, "a file of forms that nothing is compared with");
}

#[test]
fn every_type_that_serialises_has_its_form() {
    let kept: BTreeSet<String> = all()
        .iter()
        .flat_map(|(_, forms)| forms.0.keys())
        .map(|name| name.split(' ').next().unwrap().rsplit("::").next().unwrap().to_owned())
        .collect();
    let api = include_str!("../../api.txt");
    let serialised: BTreeSet<String> = api
        .lines()
        .filter_map(|line| line.split_once("serde_core::ser::Serialize for ")?.1.rsplit("::").next())
        .map(|name| name.split('<').next().unwrap().to_owned())
        .collect();
    assert!(serialised.len() > 80, "{}", serialised.len());
    assert_eq!(kept, serialised);
}

#[test]
fn settings_are_objects_and_no_lists() {
    for text in ["[]", r#"[{}, {}, null, ["O3.M4"], null, 2]"#, "null", "7", "\"all\""] {
        let error = serde_json::from_str::<csc_measures::Options>(text).unwrap_err().to_string();
        assert!(error.contains("an object of options"), "{text}: {error}");
        let error = serde_json::from_str::<Publishing>(text).unwrap_err().to_string();
        assert!(error.contains("an object of what is published"), "{text}: {error}");
        let error = serde_json::from_str::<csc_measures::due::DueFilter>(text).unwrap_err().to_string();
        assert!(error.contains("an object of filters"), "{text}: {error}");
    }
    let options = csc_measures::Options::default();
    let echo = serde_json::to_string(&options).unwrap();
    assert_eq!(serde_json::from_str::<csc_measures::Options>(&echo).unwrap(), options);
}
