//! What the measures say of the dataset of each system, beside what they say of the library's own tables cut down to
//! what that system holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use csc_measures::{Dataset, MeasureResult, Options, Outcome, Scorecard, Status};
use csc_measures_files::{FolderReader, read_folder};

use super::{TempDir, county};

/// Day first in one file, as that council's are.
pub(super) const DATES: &str = "cp_reviews=uk";

fn read(folder: &Path, dates: &str) -> Dataset {
    FolderReader::open(folder).unwrap().dates(dates.parse().unwrap()).read().unwrap()
}

fn scorecard(data: &Dataset) -> Scorecard {
    data.scorecard("2019-04".parse().unwrap(), "2020-03".parse().unwrap(), &Options::default()).unwrap()
}

/// What is compared of a result: how it came out, and what it counts.
fn figure(result: &MeasureResult) -> String {
    let outcomes: Vec<u64> = Outcome::ALL.into_iter().map(|outcome| result.outcomes.get(outcome)).collect();
    format!("{:?} {:?} {:?} {outcomes:?}", result.status, result.numerator, result.denominator)
}

/// A result that is another than that of the own tables.
pub(super) struct Difference {
    pub(super) measure: String,
    own: MeasureResult,
    pub(super) ssd: MeasureResult,
}

impl Difference {
    /// The warnings that the own tables did not bring, and the one that says why plans of other authorities count or
    /// are gone.
    pub(super) fn warnings(&self) -> BTreeSet<&str> {
        const OF_OTHERS: &str = "no_column:cp_plans.other_authority";
        let is_new = |warning: &&String| *warning == OF_OTHERS || !self.own.warnings.contains(warning);
        self.ssd.warnings.iter().filter(is_new).map(String::as_str).collect()
    }

    pub(super) fn is_not_supplied(&self) -> bool {
        self.ssd.status == Status::NotSupplied
    }

    /// Whether more cases are unknown, which is a figure that does not hide what it does not know.
    pub(super) fn has_more_unknown(&self) -> bool {
        self.ssd.outcomes.get(Outcome::Unknown) > self.own.outcomes.get(Outcome::Unknown)
    }
}

/// A system's dataset in some variants, with or without its losses.
pub(super) struct Written {
    pub(super) ssd: Dataset,
    pub(super) differences: Vec<Difference>,
    results: usize,
}

pub(super) fn write(system: &str, variants: &[&str], losses: bool, dates: &str) -> Written {
    let named: Vec<&str> = variants.iter().flat_map(|name| ["--ssd-variant", *name]).collect();
    let folder = |kind: &str, losses: bool| -> TempDir {
        let lost: &[&str] = if losses { &["--losses"] } else { &[] };
        county(&[&[kind, system], &named[..], lost].concat())
    };
    let own = read_folder(folder("--ssd-clean", false).path()).unwrap();
    let ssd = read(folder("--ssd", losses).path(), dates);
    let (of_own, of_ssd) = (scorecard(&own), scorecard(&ssd));
    let differences = of_own.results().iter().zip(of_ssd.results()).filter_map(|(own, ssd)| {
        assert_eq!((own.measure.as_str(), own.month), (ssd.measure.as_str(), ssd.month));
        let differs = figure(own) != figure(ssd);
        differs.then(|| Difference { measure: own.measure.to_string(), own: own.clone(), ssd: ssd.clone() })
    });
    let differences = differences.collect();
    Written { ssd, differences, results: of_own.results().len() }
}

/// By code of issue, in which tables.
pub(super) fn issues(data: &Dataset) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut found: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for issue in data.issues() {
        found.entry(issue.code().as_str()).or_default().insert(issue.table().to_string());
    }
    found
}

/// Without losses a system's dataset says what the own tables say, whatever its forms. Two measures are apart by rule:
/// conferences that were not held are in neither Mosaic nor Eclipse, and whether a placement is meant to last is
/// derived for the plan's own measure of visits and not for the law's.
fn assert_equal(system: &str, variants: &[&str], dates: &str, further: &[&str]) -> Written {
    let written = write(system, variants, false, dates);
    assert!(written.results > 700, "{}", written.results);
    for difference in &written.differences {
        let Difference { measure, own, ssd } = difference;
        let by_rule = match measure.as_str() {
            "O3.M2.open_overdue" => difference.is_not_supplied(),
            "O3.M5.statutory" => difference.has_more_unknown(),
            other => further.contains(&other),
        };
        assert!(by_rule, "{system} {variants:?} {measure} {}: {} {}", own.month, figure(own), figure(ssd));
    }
    written
}

#[test]
fn systemc_says_what_the_own_tables_say() {
    let written = assert_equal("systemc", &[], DATES, &[]);
    let expected: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("estimated_birth", &["persons"][..]),
        ("person_by_cla_id", &["permanence"]),
        ("person_by_legacy_id", &["permanence"]),
        ("placeholder_date", &["care_leavers", "permanence"]),
        ("unallocated", &["involvements"]),
        ("unknown_code", &["immigration_statuses", "legal_statuses"]),
        ("unknown_person", &["cp_visits"]),
    ]);
    assert_issues(&written.ssd, &expected);
    assert_equal("systemc", &["role_descriptions"], DATES, &[]);
}

/// Eclipse has no departments of workers, and those of involvements stand in for them.
#[test]
fn eclipse_has_the_groups_by_team_that_the_own_tables_have() {
    let options: Options = serde_json::from_str(r#"{ "breakdown": ["team"] }"#).unwrap();
    let groups = |data: &Dataset, is_derived: bool| -> Vec<String> {
        let card = data.scorecard("2019-10".parse().unwrap(), "2020-03".parse().unwrap(), &options).unwrap();
        let is_compared = |measure: &str| ["O3.M3", "O3.M6", "O5.M4", "O6.M7"].contains(&measure);
        for result in card.results().iter().filter(|result| is_compared(&result.measure)) {
            let is_told = result.warnings.iter().any(|warning| warning == "derived:teams");
            assert_eq!(is_told, is_derived, "{} {:?}", result.measure, result.warnings);
        }
        let of_them = card.groups().iter().filter(|group| is_compared(&group.measure));
        let text = |group: &csc_measures::GroupResult| {
            let (numerator, denominator) = (group.numerator, group.denominator);
            format!("{} {} {:?} {numerator} {denominator:?}", group.measure, group.month, group.group)
        };
        of_them.map(text).collect()
    };
    let own = read_folder(super::OWN.path()).unwrap();
    let ssd = read(county(&["--ssd", "eclipse"]).path(), DATES);
    let (of_own, of_ssd) = (groups(&own, false), groups(&ssd, true));
    assert!(of_own.len() > 50, "{}", of_own.len());
    assert_eq!(of_own, of_ssd);
}

#[test]
fn mosaic_says_what_the_own_tables_say() {
    let written = assert_equal("mosaic", &[], DATES, &[]);
    let expected: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("end_is_last_day", &["cla_episodes", "cla_placements", "legal_statuses"][..]),
        ("estimated_birth", &["persons"]),
        ("no_person", &["involvements"]),
        ("not_held", &["cp_visits"]),
        ("unknown_code", &["immigration_statuses"]),
    ]);
    assert_issues(&written.ssd, &expected);
    for variant in ["mp", "blackpool", "column_twice"] {
        assert_equal("mosaic", &[variant], DATES, &[]);
    }
}

#[test]
fn eclipse_says_what_the_own_tables_say() {
    let written = assert_equal("eclipse", &[], DATES, &[]);
    let mut codes = issues(&written.ssd);
    // Two stays that began at one address on one day are known apart by nothing.
    codes.remove("duplicate_id");
    assert_eq!(codes.keys().copied().collect::<Vec<_>>(), ["unknown_code"]);
}

/// Who a child is, as far as a system tells: groups of all measures that are not apart by rule.
#[test]
fn the_groups_are_those_of_the_own_tables() {
    let of_all = ["sex", "ethnicity", "disability"];
    for (system, more) in [("systemc", &["sen"][..]), ("mosaic", &[]), ("eclipse", &[])] {
        let by = [&of_all[..], more].concat();
        let own = read_folder(county(&["--ssd-clean", system]).path()).unwrap();
        let ssd = read(county(&["--ssd", system]).path(), DATES);
        let month = "2020-03".parse().unwrap();
        let breakdown: Vec<String> = by.iter().map(|name| (*name).to_owned()).collect();
        let mut options = Options::default();
        options.breakdown = breakdown;
        let groups = |data: &Dataset| -> BTreeMap<[String; 3], String> {
            let card = data.scorecard(month, month, &options).unwrap();
            let groups = card.groups().iter().map(|group| {
                let key =
                    [&*group.measure.to_string(), &group.dimension, group.group.as_deref().unwrap_or("")];
                let told = format!("{:?} {:?} {:?}", group.numerator, group.denominator, group.outcomes);
                (key.map(str::to_owned), told)
            });
            let is_apart = |measure: &str| matches!(measure, "O3.M2.open_overdue" | "O3.M5.statutory");
            groups.filter(|([measure, ..], _)| !is_apart(measure)).collect()
        };
        let (of_own, of_ssd) = (groups(&own), groups(&ssd));
        for name in &by {
            let named = of_own.keys().filter(|[_, dimension, group]| dimension == name && !group.is_empty());
            assert!(named.count() > 20, "{system} {name}");
        }
        assert_eq!(of_own, of_ssd, "{system}");
    }
}

fn assert_issues(data: &Dataset, expected: &BTreeMap<&str, &[&str]>) {
    let found = issues(data);
    let found: BTreeMap<&str, Vec<&str>> =
        found.iter().map(|(code, tables)| (*code, tables.iter().map(String::as_str).collect())).collect();
    let expected: BTreeMap<&str, Vec<&str>> =
        expected.iter().map(|(code, tables)| (*code, tables.to_vec())).collect();
    assert_eq!(found, expected);
}

#[test]
fn an_assessment_that_names_no_referral_is_of_the_open_one_and_its_figures_say_so() {
    let measures = ["O2.M3.open_overdue", "O2.M3.from_referral", "O8.M3", "O8.M4"];
    let written = assert_equal("mosaic", &["essex"], DATES, &measures);
    for difference in written.differences.iter().filter(|difference| measures.contains(&&*difference.measure))
    {
        let warnings = difference.warnings();
        assert!(warnings.contains("derived:referral_id"), "{} {warnings:?}", difference.measure);
    }
}

#[test]
fn nor_do_forms_of_files_make_a_difference() {
    for variant in ["table_of_nulls", "bom_crlf", "null_words"] {
        assert_equal("systemc", &[variant], DATES, &[]);
    }
    for system in ["mosaic", "eclipse"] {
        assert_equal(system, &["uk_dates"], "uk", &[]);
    }
}

#[test]
fn care_leavers_alone_tell_of_the_month_of_the_extract() {
    let by_leavers = ["O6.M7", "O6.M8", "O6.M9", "O6.M9.percent", "O6.M11"];
    for system in ["systemc", "mosaic", "eclipse"] {
        let written = assert_equal(system, &["no_own_tables"], DATES, &by_leavers);
        let of_leavers: Vec<_> = written
            .differences
            .iter()
            .filter(|difference| by_leavers.contains(&&*difference.measure))
            .collect();
        assert_eq!(of_leavers.len(), 5 * 11, "{system}");
        for Difference { measure, ssd, .. } in of_leavers {
            assert!(ssd.month.to_string() != "2020-03" && ssd.status == Status::NotSupplied, "{measure}");
            assert!(ssd.missing_tables.contains(&"care_leavers".to_owned()), "{measure}");
            assert!(ssd.warnings.contains(&"as_at:care_leavers:2020-03-31".to_owned()), "{:?}", ssd.warnings);
        }
    }
}

/// What a system leaves out makes no figure false in silence: each that is another is not supplied, has more unknown
/// cases, or warns of what is missing.
#[test]
fn what_a_system_leaves_out_is_reported_where_it_matters() {
    let warns = |warning: &&str| {
        let codes = [
            "derived:",
            "never_null:",
            "no_column:",
            "no_end_dates:",
            "spells_merged:",
            "without:",
            "rows_out:",
        ];
        codes.iter().any(|code| warning.starts_with(code))
    };
    let all: [(&str, &[&str]); 5] =
        [("systemc", &[]), ("mosaic", &[]), ("mosaic", &["essex"]), ("mosaic", &["mp"]), ("eclipse", &[])];
    for (system, variants) in all {
        for difference in write(system, variants, true, DATES).differences {
            // Half of SystemC's open assessments are gone, and nothing in the data says so.
            let is_known = system == "systemc" && difference.measure == "O2.M3.open_overdue";
            let is_told = difference.is_not_supplied()
                || difference.has_more_unknown()
                || difference.warnings().iter().any(warns);
            let Difference { measure, own, ssd } = &difference;
            assert!(
                is_told || is_known,
                "{system} {variants:?} {measure} {}: {} {} {:?}",
                own.month,
                figure(own),
                figure(ssd),
                ssd.warnings
            );
            let share = |result: &MeasureResult| result.value.as_ref().map(ToString::to_string);
            let is_extreme = matches!(share(ssd).as_deref(), Some("0" | "100" | "0.0" | "100.0"));
            assert!(!is_extreme || is_told, "{system} {variants:?} {measure}: {:?}", ssd.value);
        }
    }
}
