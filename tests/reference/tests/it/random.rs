//! Random authorities of a few children, full of edges: month ends, weekends, holidays, 29 February,
//! birthdays on the day, ends on the day they start, nulls, doubles, faults.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};
use csc_measures::Plan;
use csc_measures::tables::{ColumnKind, Need, Table};
use csc_measures_reference::{Input, Table as TextTable};
use serde_json::{Map, Value, json};

/// SplitMix64: the same numbers everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    pub(crate) fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

impl Question {
    /// The same rows in another order.
    pub(crate) fn shuffled(mut self, seed: u64) -> Self {
        let mut random = Random::new(seed);
        for table in self.input.tables.values_mut() {
            for last in (1..table.rows.len()).rev() {
                table.rows.swap(last, random.below(last + 1));
            }
        }
        self
    }

    /// The same tables under the other names.
    pub(crate) fn renamed(mut self) -> Self {
        let other = |name: &str, own: &str, ssd: Option<&str>| {
            if name == own { ssd.unwrap_or(own).to_owned() } else { own.to_owned() }
        };
        self.input.tables = std::mem::take(&mut self.input.tables)
            .into_iter()
            .map(|(name, mut text)| {
                let table = Table::by_name(&name).unwrap();
                for header in &mut text.header {
                    let column = &table.columns()[table.column(header).unwrap()];
                    *header = other(header, column.name, column.ssd);
                }
                // Under a name of the Standard Safeguarding Dataset further rules read the table.
                (table.name().to_owned(), text)
            })
            .collect();
        self
    }
}

/// The months asked for, and what they are asked of.
pub(crate) struct Question {
    pub(crate) input: Input,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// Months whose ends are weekends, holidays, leap days, quarter ends, or plain.
const MONTHS: &[(i32, u32)] = &[
    (2017, 4),
    (2016, 2),
    (2017, 3),
    (2016, 12),
    (2018, 3),
    (2015, 5),
    (2017, 6),
    (2017, 12),
    (2020, 2),
    (2017, 9),
    // Months with holidays of one nation alone.
    (2017, 7),
    (2016, 8),
    (2018, 1),
    // The relaxed law of 2020, its ends and after; the end of remote visits; the first days of laws.
    (2020, 4),
    (2020, 6),
    (2020, 8),
    (2020, 9),
    (2021, 9),
    (2015, 3),
    (2011, 3),
    // The ends of the calendar.
    (1995, 2),
    (2050, 10),
];

struct Maker<'r> {
    random: &'r mut Random,
    last: NaiveDate,
    persons: Vec<String>,
    born: BTreeMap<String, NaiveDate>,
    faults: bool,
    /// Whether most care, placements and legal statuses go on: many children looked after, each in one of the many
    /// ways that the law knows.
    settled: bool,
}

/// Every table with all its columns, of a few children about a month.
pub(crate) fn family(random: &mut Random, year: i32, month: u32) -> BTreeMap<String, TextTable> {
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let last = first.checked_add_months(Months::new(1)).unwrap().pred_opt().unwrap();
    let count = 1 + random.below(6);
    let persons = (1..=count).map(|n| format!("P{n}")).collect();
    let settled = random.one_in(2);
    let mut maker = Maker { random, last, persons, born: BTreeMap::new(), faults: false, settled };
    Table::ALL
        .iter()
        .map(|table| {
            let header = table.columns().iter().map(|column| column.name.to_owned()).collect();
            let mut rows = maker.rows(*table);
            for row in &mut rows {
                for column in table.columns().iter().skip(row.len()) {
                    row.push(by_whom(maker.random, column.name));
                }
            }
            (table.name().to_owned(), TextTable { header, rows })
        })
        .collect()
}

/// What a person is counted by, some values often and some seldom; sometimes not recorded.
fn by_whom(random: &mut Random, column: &str) -> String {
    let values: &[&str] = match column {
        "sex" => &["M", "M", "M", "F", "F", "F", "U", ""],
        "ethnicity" => &["WBRI", "WBRI", "WBRI", "WBRI", "MWBC", "APKN", "BAFR", "OOTH", "WIRT", ""],
        "area" => &["North", "North", "North", "South", "South", "East", "West", "Far", ""],
        _ => &["Y", "N", "N", ""],
    };
    // The last but one is rarer than its place among them.
    let value = *random.pick(values);
    if matches!(value, "U" | "WIRT" | "Far") && !random.one_in(4) {
        values[0].to_owned()
    } else {
        value.to_owned()
    }
}

/// A question, with faults in the data or without.
pub(crate) fn question(seed: u64, faults: bool) -> Question {
    let mut random = Random::new(seed);
    let (year, month) = *random.pick(MONTHS);
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let run = random.below(3) as u32;
    let to = first.checked_add_months(Months::new(run)).unwrap();
    let last = to.checked_add_months(Months::new(1)).unwrap().pred_opt().unwrap();
    let count = 1 + random.below(6);
    let persons = (1..=count).map(|n| format!("P{n}")).collect();
    let policy = if random.one_in(2) { policy(&mut random) } else { json!({}) };
    let targets = if random.one_in(3) { targets(&mut random) } else { json!({}) };
    let closures = if random.one_in(3) {
        // Days before the month's end and after it, at weekends too; a day outside the calendar is refused.
        (0..random.below(9))
            .map(|_| last + Days::new(60) - Days::new(random.below(160) as u64))
            .filter(|day| (1995..=2050).contains(&day.year()))
            .collect()
    } else {
        Vec::new()
    };
    let settled = random.one_in(2);
    let mut maker = Maker { random: &mut random, last, persons, born: BTreeMap::new(), faults, settled };
    let tables = maker.tables();
    let name = |date: NaiveDate| format!("{:04}-{:02}", date.year(), date.month());
    Question {
        input: Input { tables, policy, targets, closures, uk_dates: false, breakdown: Vec::new() },
        from: name(first),
        to: name(to),
    }
}

/// The dimensions that a breakdown can be asked by: the library's own, and those of the random `person_groups`.
const DIMENSIONS: [&str; 11] = [
    "sex",
    "ethnicity",
    "ethnic_group",
    "disability",
    "sen",
    "area",
    "age",
    "team",
    "worker",
    "school",
    "Patch of 1",
];

/// A question that asks for groups as well, by some dimensions in some order.
pub(crate) fn grouped(seed: u64, faults: bool) -> Question {
    let mut question = question(seed, faults);
    let mut random = Random::new(!seed);
    let mut dimensions = DIMENSIONS.to_vec();
    // A dimension that no row names is refused, which is asked less often.
    for own in ["school", "Patch of 1"] {
        let table = question.input.tables.get("person_groups");
        let mut texts = table.into_iter().flat_map(|table| table.rows.iter().flatten());
        if !texts.any(|text| text.trim() == own) && !random.one_in(20) {
            dimensions.retain(|dimension| *dimension != own);
        }
    }
    for _ in 0..1 + random.below(4) {
        let dimension = dimensions.remove(random.below(dimensions.len()));
        question.input.breakdown.push(dimension.to_owned());
    }
    question
}

/// Targets of a few measures, of each kind, some with values that figures of small numbers meet exactly.
fn targets(random: &mut Random) -> Value {
    let mut targets = Map::new();
    for row in Plan::worcestershire_2017().rows() {
        if !random.one_in(4) {
            continue;
        }
        let bound =
            [json!(0), json!(1), json!(2), json!(33.3), json!(50), json!(66.7), json!(90), json!(100)];
        let tolerance = random.pick(&[json!(0), json!(0.1), json!(5.5), json!(50)]).clone();
        let target = match random.below(3) {
            // Whichever way is better, a target may say the other if it is confirmed.
            0 => {
                json!({"better": "higher", "target": random.pick(&bound), "tolerance": tolerance, "confirm": true})
            }
            1 => {
                json!({"better": "lower", "target": random.pick(&bound), "tolerance": tolerance, "confirm": true})
            }
            _ => {
                json!({"better": "band", "low": 1, "high": random.pick(&bound[2..]), "tolerance": tolerance})
            }
        };
        // The row that is printed twice has one target.
        if row.alias_of().is_none() {
            targets.insert(row.id().to_string(), target);
        }
    }
    Value::Object(targets)
}

/// The roles of the default, in another order and with other marks.
const LEAD_ROLES: [&str; 12] = [
    "AW",
    "cf allocated worker",
    "C AND F allocated worker",
    "ALLWKR",
    "ALLWORKCF",
    "ALLWORK",
    "RELALLWORKCF",
    "RELALLWORK",
    "Allocated_Social_Worker",
    "CW",
    "Allocated Worker",
    "allocated case worker",
];

/// The values that each policy is drawn from: every one of a choice; of a number its default, its bounds and
/// others near by.
pub(crate) fn policy_values() -> Vec<(&'static str, Vec<Value>)> {
    let of = |key: &'static str, values: Value| (key, values.as_array().unwrap().clone());
    vec![
        of("calendar", json!(["england-and-wales", "scotland", "northern-ireland"])),
        of("count_start_day", json!([false, true])),
        of("assessment_clock", json!(["assessment_start", "referral"])),
        of("icpc_clock", json!(["strategy_discussion", "decision"])),
        of("assessment_working_days", json!([45, 0, 1, 10, 35, 46, 65535])),
        of("icpc_working_days", json!([15, 0, 1, 5, 16, 65535])),
        of("cp_visit_working_days", json!([20, 0, 1, 10, 15, 65535])),
        of("cin_visit_working_days", json!([30, 0, 1, 20, 65535])),
        of("cla_visit_working_days", json!([30, 0, 1, 20, 65535])),
        of("cla_visit_long_term_working_days", json!([60, 0, 1, 65, 65535])),
        of("visit_sources", json!(["any", "own"])),
        of("rag_source", json!(["recorded", "derived", "worst"])),
        of("unrated", json!(["exclude", "red", "not_red"])),
        of("review_mode", json!(["settled", "held", "due"])),
        of("audit_pass", json!([["good", "adequate"], [], ["inadequate"], ["outstanding", "good"]])),
        of("stage_two_basis", json!(["cohort_12m", "cohort_month"])),
        of(
            "front_door_teams",
            json!([[], ["family front door", "MASH"], ["MASH"], ["No Such Team"], ["No Such Team", "NORTH"]]),
        ),
        of(
            "lead_roles",
            json!([LEAD_ROLES, [], ["I.R.O."], ["iro", "Allocated-Case-Worker"], ["No Such Role"]]),
        ),
        of("repeat_plan_unit", json!(["children", "occasions"])),
        of("far_miles", json!([20, 0, 10, 10.5, 19.99, 20.000001, 30.0, 999.9, 1000])),
        of("distance_base", json!(["all", "known"])),
        of("adoption_basis", json!(["a1", "a10"])),
        of("adoption_window", json!(["quarter", "three_years"])),
        of("care_leaver_max_age", json!([20, 0, 15, 16, 17, 24, 65535])),
        of("pathway_base", json!(["all", "strict"])),
        of("proceedings_limit_days", json!([181, 0, 1, 100, 182, 65535])),
        of("final_order_basis", json!(["decided", "filed"])),
        of("repeat_same_referral", json!([false, true])),
        of("asye_case_limit", json!([12, 0, 1, 2, 65535])),
        of("caseload_per", json!(["fte", "headcount"])),
        of(
            "scope_team_types",
            json!([
                ["safeguarding", "other"],
                [],
                ["care_leavers"],
                ["all"],
                ["other", "safeguarding", "care_leavers"]
            ]),
        ),
        of("workforce_unit", json!(["fte", "headcount"])),
        of("turnover_base", json!(["at_end", "average"])),
        of("amber_working_days", json!([5, 0, 1, 10, 65535])),
        of("amber_days", json!([14, 0, 1, 60, 65535])),
        of("reg28_unknown", json!(["unknown", "strictest", "laxest"])),
        of("first_review", json!(["of_placement", "of_care"])),
        of("temporary_rules", json!(["as_law", "ignore"])),
        of("temporary_placements", json!(["exclude", "count"])),
    ]
}

pub(crate) fn policy(random: &mut Random) -> Value {
    let mut policy = Map::new();
    for (key, values) in policy_values() {
        if random.one_in(3) {
            policy.insert(key.into(), random.pick(&values).clone());
        }
    }
    Value::Object(policy)
}

const SEXES: [&str; 14] = ["M", "m", "F", "F", "1", "2", "0", "9", "Male", "female", "U", "I", "X", " f "];

const ETHNICITIES: [&str; 16] = [
    "WBRI",
    "wbri",
    "MWBa",
    "ABAN",
    "CHNE",
    "BCRB",
    "BOTH",
    "OOTH",
    "REFU",
    "NOBT",
    "A1",
    "White British",
    "WBRI - English",
    "Gypsy/Roma",
    "ORAB",
    "Martian",
];

const YES_OR_NO: [&str; 6] = ["Y", "N", "true", "0", "yes", "NULL"];

/// Texts of which several fold alike, and one folds to nothing.
const AREAS: [&str; 11] = [
    "North",
    "north",
    "NORTH ",
    "South-East",
    "south east",
    "SOUTH_EAST",
    "-",
    "none",
    "\u{c9}ast",
    "\u{e9}ast",
    "St. Mary's",
];

const TEAMS: [&str; 8] =
    ["Family Front Door", "family front-door", "MASH", "Mash", "North", "NORTH", "n_orth", "Team 4"];

impl Maker<'_> {
    /// A day near the months asked for, often one on which something turns.
    fn day(&mut self, back: usize) -> NaiveDate {
        let edge = match self.random.below(12) {
            0 => self.last,
            1 => self.last.succ_opt().unwrap(),
            2 => self.last.with_day(1).unwrap(),
            3 => self.last.checked_sub_months(Months::new(12)).unwrap(),
            4 => self.last.checked_sub_months(Months::new(12)).unwrap().succ_opt().unwrap(),
            5 => self.last.with_day(1).unwrap().checked_sub_months(Months::new(12)).unwrap(),
            6 => NaiveDate::from_ymd_opt(2016, 2, 29).unwrap(),
            _ => {
                return self.last - Days::new(self.random.below(back) as u64)
                    + Days::new(self.random.below(20) as u64);
            }
        };
        // A few days to either side.
        edge - Days::new(2) + Days::new(self.random.below(5) as u64)
    }

    fn person(&mut self) -> String {
        if self.random.one_in(60) { "P-unknown".into() } else { self.random.pick(&self.persons).clone() }
    }

    fn born(&mut self) -> NaiveDate {
        let years = *self.random.pick(&[0, 1, 4, 5, 8, 10, 14, 15, 16, 16, 17, 17, 18, 19, 20, 21]);
        if self.random.one_in(10) {
            return NaiveDate::from_ymd_opt(2000, 2, 29).unwrap();
        }
        let edge = self.last.checked_sub_months(Months::new(12 * years)).unwrap();
        match self.random.below(4) {
            0 => edge,
            1 => edge + Days::new(1 + self.random.below(40) as u64),
            _ => edge - Days::new(self.random.below(364) as u64),
        }
    }

    /// Every table, some left out, and some columns of some.
    fn tables(&mut self) -> BTreeMap<String, TextTable> {
        let mut tables = BTreeMap::new();
        let (leave_out, drop_columns, faults) =
            (self.random.one_in(3), self.random.one_in(4), self.faults && self.random.one_in(4));
        for table in Table::ALL {
            let rows = self.rows(*table);
            if leave_out && self.random.one_in(8) || *table == Table::Disabilities && self.random.one_in(2) {
                continue;
            }
            let by_ssd = self.random.one_in(5);
            let columns: Vec<usize> = (0..table.columns().len())
                .filter(|place| {
                    let optional = table.columns()[*place].need == Need::Optional;
                    // Without this column nobody knows what children agreed to.
                    let agreed = table.columns()[*place].name == "visits_agreed_date";
                    let unrecorded = agreed && self.random.one_in(2) || self.is_ungrouped(*table, *place);
                    // A row of its one other column could be a blank line, which is not a row.
                    let drop_columns = drop_columns && *table != Table::Disabilities;
                    !(unrecorded || optional && drop_columns && self.random.one_in(12))
                })
                .collect();
            let header = columns
                .iter()
                .map(|place| {
                    let column = &table.columns()[*place];
                    column.ssd.filter(|_| by_ssd).unwrap_or(column.name).to_owned()
                })
                .collect();
            let mut text_rows: Vec<Vec<String>> =
                rows.iter().map(|row| columns.iter().map(|place| row[*place].clone()).collect()).collect();
            if faults {
                let kinds: Vec<ColumnKind> =
                    columns.iter().map(|place| table.columns()[*place].kind).collect();
                self.spoil(&mut text_rows, &kinds);
            }
            let name = table.name();
            tables.insert(name.to_owned(), TextTable { header, rows: text_rows });
        }
        tables
    }

    /// Whether a column that groups alone are by is left out: each sometimes, disabilities of their own often.
    fn is_ungrouped(&mut self, table: Table, place: usize) -> bool {
        match (table, table.columns()[place].name) {
            (Table::Persons, "disability") => self.random.one_in(2),
            (Table::Persons, "sex" | "ethnicity" | "sen" | "area")
            | (Table::Workers | Table::Assessments | Table::Referrals, "team")
            | (Table::PersonGroups, "start_date" | "end_date") => self.random.one_in(8),
            _ => false,
        }
    }

    /// A value that is wrong, or written as few write it.
    fn fault(&mut self, kind: ColumnKind) -> &'static str {
        const ANYWHERE: [&str; 13] = [
            "",
            "NULL",
            "31/02/2017",
            "maybe",
            "2017-02-29",
            " x ",
            "2017-03-01T10:00:00",
            "nan",
            "<NA>",
            "#N/A",
            "-",
            "None",
            "n/a",
        ];
        // Whole numbers would have the whole table refused.
        const DATES: [&str; 22] = [
            "1900-01-01",
            "0001-01-01",
            "2099-12-31",
            "9999-12-31",
            "2061-05-05",
            "1919-12-31",
            "1920-01-01",
            "2060-12-31",
            "1-Mar-2017",
            "03 march 2017",
            "2017/03/01",
            "2017-03-01Z",
            "2017-03-01+01:00",
            "1 Mar 2017 23:59:59.999",
            "2017-03-01 9:30",
            "2017-03-01 24:00",
            "2017-03-01 09:30:00 AM",
            "1-Sept-2017",
            "2017-3-1",
            "1/3/2017",
            "NaT",
            "20170301T00",
        ];
        const OTHERS: [&str; 34] = [
            "12.0",
            "-1",
            "t",
            "F",
            "On",
            "off",
            "y e s",
            "37",
            "2.004",
            "2.005",
            "0.004",
            "1000",
            "999.9999",
            "366",
            "367",
            "4",
            "red - urgent",
            "a) Permanent",
            "G4 - illness",
            "NEET",
            "Full time in training or employment",
            "F3",
            "b) Former relevant child",
            "Qualifying (Former Relevant)",
            "CLA - C1 - Interim Care Order",
            "Care Order",
            "V4\u{a0}\u{2013} short breaks",
            "U1a",
            "R2 IN - hospital",
            "Placed (A5)",
            "SE11 - adopted",
            "S - Started",
            "Residence order",
            "Status: UASC",
        ];
        let faults: &[&'static str] = match kind {
            _ if self.random.one_in(3) => &ANYWHERE,
            ColumnKind::Date => &DATES,
            _ => &OTHERS,
        };
        faults[self.random.below(faults.len())]
    }

    /// Faults as files have them.
    fn spoil(&mut self, rows: &mut Vec<Vec<String>>, kinds: &[ColumnKind]) {
        for row in rows.iter_mut() {
            if self.random.one_in(12) {
                let place = self.random.below(row.len());
                let fault = self.fault(kinds[place]);
                if let Some(field) = row.get_mut(place) {
                    fault.clone_into(field);
                }
            }
            if self.random.one_in(25) {
                // A row of one empty field would be a blank line, which is not a row.
                if self.random.one_in(2) && row.len() > 2 {
                    row.pop();
                } else {
                    row.push("more".into());
                }
            }
        }
        if !rows.is_empty() && self.random.one_in(6) {
            let double = self.random.pick(rows).clone();
            rows.push(double);
        }
    }

    fn rows(&mut self, table: Table) -> Vec<Vec<String>> {
        if table == Table::Persons {
            return self.persons.clone().into_iter().map(|id| self.person_row(id)).collect();
        }
        let most = match table {
            Table::ClaReviews if self.settled => 20,
            // Few enough that many children were last seen long ago.
            Table::CpVisits | Table::CinVisits | Table::ClaVisits if self.settled => 6,
            Table::CpVisits
            | Table::CinVisits
            | Table::ClaVisits
            | Table::ClaPlacements
            | Table::CpReviews => 14,
            Table::ClaReviews | Table::ClaEpisodes | Table::Involvements | Table::RagRatings => 12,
            Table::LegalStatuses => 9,
            Table::ImmigrationStatuses | Table::Permanence => 5,
            _ => 8,
        };
        // Everybody has a row of each, where care is settled.
        let each = if self.in_settled_care(table) { self.persons.len() } else { 0 };
        (0..each + self.random.below(most + 1)).map(|number| self.row(table, number, number < each)).collect()
    }

    fn person_row(&mut self, id: String) -> Vec<String> {
        let born = self.born();
        let (mut born_text, mut expected, mut died) = (born.to_string(), String::new(), String::new());
        if self.random.one_in(8) {
            born_text = String::new();
            if self.random.one_in(2) {
                expected = self.day(60).to_string();
            }
        } else {
            self.born.insert(id.clone(), born);
            if self.random.one_in(10) {
                expected = born.to_string();
            }
        }
        if self.random.one_in(10) {
            died = self.day(200).to_string();
        }
        let mut row = vec![id, born_text, expected, died];
        let kinds: [&[&str]; 5] = [&SEXES, &ETHNICITIES, &YES_OR_NO, &YES_OR_NO, &AREAS];
        for texts in kinds {
            let text = if self.random.one_in(8) { "" } else { *self.random.pick(texts) };
            row.push(text.to_owned());
        }
        row
    }

    fn in_settled_care(&self, table: Table) -> bool {
        self.settled && matches!(table, Table::ClaEpisodes | Table::ClaPlacements | Table::LegalStatuses)
    }

    fn row(&mut self, table: Table, number: usize, of_each: bool) -> Vec<String> {
        let mut start: Option<NaiveDate> = None;
        let mut row = Vec::new();
        let person = if of_each { self.persons[number].clone() } else { self.person() };
        for column in table.columns() {
            let value = if column.need == Need::Optional && self.random.one_in(8) {
                String::new()
            } else {
                self.value(table, column.name, column.kind, column.set, &person, number, &mut start)
            };
            row.push(value);
        }
        row
    }

    #[expect(clippy::too_many_arguments, reason = "what a column is, and what its row has so far")]
    fn value(
        &mut self,
        table: Table,
        name: &str,
        kind: ColumnKind,
        set: &[&str],
        person: &str,
        number: usize,
        start: &mut Option<NaiveDate>,
    ) -> String {
        let own = table.id_column().is_some_and(|place| table.columns()[place].name == name);
        let letter = |prefix: &str, n: usize| format!("{prefix}{n}");
        match (name, kind) {
            // Ids of one digit and of two, so that order by text is not order by number.
            _ if own => letter("", 8 + number),
            ("person_id", _) => person.to_owned(),
            ("worker_id", _) => letter("", 8 + self.random.below(9)),
            ("cla_id", _) => {
                // Mostly the person's own period, of which there are two.
                let owner = if self.random.one_in(40) { "P1" } else { person };
                if table == Table::ClaReviews {
                    let owner = self.person();
                    return format!("{owner}-C{}", 1 + self.random.below(2));
                }
                format!("{owner}-C{}", 1 + usize::from(self.random.one_in(3)))
            }
            ("cp_plan_id" | "referral_id" | "s47_enquiry_id" | "placement_id" | "case_id", _) => {
                letter("", 8 + self.random.below(8))
            }
            ("carer_id", _) => letter("K", self.random.below(3)),
            ("start_date" | "in_force_from", _) => {
                let back = match table {
                    Table::Policies => 1500,
                    Table::ClaEpisodes | Table::CpPlans | Table::ClaPlacements | Table::LegalStatuses => 420,
                    Table::Workers | Table::CareLeavers => 900,
                    _ => 250,
                };
                let mut day = self.day(back);
                // Long enough for a year in one place, often.
                if self.in_settled_care(table) && self.random.one_in(2) {
                    day = self.last - Days::new(360 + self.random.below(600) as u64);
                }
                // Several on one day.
                if matches!(table, Table::PersonGroups | Table::Involvements) && self.random.one_in(3) {
                    day = self.last.with_day(1).unwrap();
                }
                // Sometimes the day the last row of its kind began or a birthday.
                if self.random.one_in(12)
                    && let Some(born) = self.born.get(person)
                    && *born > day - Days::new(400)
                {
                    day = *born;
                }
                *start = Some(day);
                day.to_string()
            }
            ("end_date", _) if self.in_settled_care(table) && !self.random.one_in(4) => String::new(),
            ("end_date", _) if table == Table::MissingEpisodes && !self.random.one_in(3) => {
                let from = start.unwrap_or(self.last);
                (from + Days::new(self.random.below(8) as u64)).to_string()
            }
            ("end_date" | "retired_on", _) => {
                let from = start.unwrap_or(self.last - Days::new(100));
                match self.random.below(7) {
                    0 | 1 => String::new(),
                    2 => from.to_string(),
                    3 => (from + Days::new(self.random.below(60) as u64)).to_string(),
                    4 => (from + Days::new(self.random.below(400) as u64)).to_string(),
                    5 => self.last.to_string(),
                    _ => self.day(300).to_string(),
                }
            }
            // About the limit of three days.
            ("interview_date", _) if self.random.one_in(2) => match *start {
                Some(start) => (start + Days::new(self.random.below(12) as u64)).to_string(),
                None => String::new(),
            },
            ("last_reviewed", _) => self.day(1500).to_string(),
            ("issue_date", _) => self.day(400).to_string(),
            ("asye_start_date", _) => self.day(500).to_string(),
            // About the limits of six weeks and of three months.
            ("date", _) if self.settled && table == Table::ClaVisits && self.random.one_in(2) => {
                (self.last - Days::new(self.random.below(130) as u64)).to_string()
            }
            (_, ColumnKind::Date) => {
                let base = match (&start, self.random.below(3)) {
                    (Some(start), 0 | 1) => *start + Days::new(self.random.below(120) as u64),
                    _ => self.day(200),
                };
                if start.is_none() {
                    *start = Some(base);
                }
                base.to_string()
            }
            // What a record seldom says: more often yes would leave few to be told by their codes.
            ("long_term", _) => (*self.random.pick(&["", "N", "Y", "true", "1.0"])).to_owned(),
            ("before_assessment", _) => (*self.random.pick(&["", "N", "Y", "Y"])).to_owned(),
            ("temporary_approval" | "lives_with_parent" | "arranged_by_other", _) => {
                (*self.random.pick(&["", "", "", "", "N", "Y"])).to_owned()
            }
            (_, ColumnKind::Bool) => {
                let often = matches!(name, "seen" | "outside_authority");
                let mostly = name == "statutory";
                let rarely = matches!(name, "other_authority" | "transfer_in" | "cancelled" | "agency");
                let value = if mostly {
                    !self.random.one_in(4)
                } else if rarely {
                    self.random.one_in(6)
                } else {
                    often || self.random.one_in(2)
                };
                (*self.random.pick(if value { &["Y", "true", "1.0"] } else { &["N", "False", "0"] }))
                    .to_owned()
            }
            ("disability", _) => {
                let codes =
                    ["NONE", "none", "AUT", "LD - Learning", "Mobility", "MOB", "No disability", "37"];
                (*self.random.pick(&codes)).to_owned()
            }
            ("mode", _) => {
                let modes =
                    ["in_person", "In person", "remote", "Telephone", "phone", "video", "virtual", "online"];
                (*self.random.pick(&modes)).to_owned()
            }
            (_, ColumnKind::Code) if !set.is_empty() => {
                let code = (*self.random.pick(set)).to_owned();
                if self.random.one_in(6) { code.to_uppercase().replace('_', " ") } else { code }
            }
            ("status", _) => {
                (*self.random.pick(&["UASC", "Unaccompanied Asylum-Seeking Child", "Other"])).to_owned()
            }
            ("close_reason", _) => (*self.random.pick(&["RC9", "rc 9", "RC1"])).to_owned(),
            ("start_reason", _) => (*self.random.pick(&["S", "L", "P", "T", "B", "U"])).to_owned(),
            ("end_reason", _) if table == Table::EarlyHelpEpisodes => {
                let ends =
                    ["Step-up", "Stepped up to CSC", "Step up not accepted", "De-escalated", "Outcomes met"];
                (*self.random.pick(&ends)).to_owned()
            }
            ("end_reason", _) => (*self.random.pick(&["X1", "E11", "E4"])).to_owned(),
            ("legal_status", _) => {
                let codes = [
                    "C1", "C1", "C1", "C1", "C2", "C2", "C2", "C2", "C2", "C2", "V2", "V2", "V3", "V4", "E1",
                    "E1", "D1", "D1", "J1", "J1", "L1", "Z9",
                ];
                (*self.random.pick(&codes)).to_owned()
            }
            ("placement_type", _) => {
                // Those of which rules depend on more than once.
                let codes = [
                    "U1", "U1", "U4", "U4", "U3", "U3", "U2", "U5", "U6", "P1", "P1", "P1", "P1", "P1", "P1",
                    "R2", "R2", "R5", "R5", "R5", "R3", "R3", "R3", "K1", "K2", "H5", "K3", "Z1", "Z12",
                    "A1", "A3", "A5", "T0", "T1", "t 2", "T3", "T4", "R1", "F2", "Q1", "H3", "R4", "X9",
                ];
                (*self.random.pick(&codes)).to_owned()
            }
            ("eligibility", _) => (*self.random.pick(&[
                "Former Relevant",
                "relevant child",
                "b) Former relevant child",
                "none",
                "eligible",
                "qualifying",
                "former-relevant",
            ]))
            .to_owned(),
            ("activity", _) => (*self.random.pick(&["G4", "g5", "F1", "P2", "F5", "U", "X9"])).to_owned(),
            ("order_type", _) => {
                (*self.random.pick(&["Adoption", "adoption order", "SGO", "A4", "a5", "E11", "no order"]))
                    .to_owned()
            }
            ("order_sought" | "order_made", _) => {
                (*self.random.pick(&["care order", "Care_Order", "supervision", "withdrawn"])).to_owned()
            }
            ("team", _) => (*self.random.pick(&TEAMS)).to_owned(),
            ("role", _) => {
                (*self.random.pick(&["Allocated Case Worker", "allocated case worker", "CW", "IRO", "IRO"]))
                    .to_owned()
            }
            ("dimension", _) => {
                (*self.random.pick(&["school", "school", "School", "Patch of 1", "patch of 1"])).to_owned()
            }
            ("value", _) => (*self.random.pick(&AREAS)).to_owned(),
            ("distance_miles", _) => {
                (*self.random.pick(&["20", "20.0", "20.000001", "3.5", "999.9", "10.5", "25"])).to_owned()
            }
            ("fte", _) => (*self.random.pick(&["1", "0.8", "0.555", "0", "1.2", "0.005"])).to_owned(),
            ("visit_working_days", _) => (*self.random.pick(&["10", "0", "40", "-3", "20.0"])).to_owned(),
            ("type", _) => (*self.random.pick(&[
                "Initial health assessment",
                "REVIEW HEALTH ASSESSMENT",
                "health-check",
                "re view",
                "Dental check",
                "Immunisation",
            ]))
            .to_owned(),
            ("stage", _) => (*self.random.pick(&["1", "2", "1.0"])).to_owned(),
            _ => letter("text ", number),
        }
    }
}
