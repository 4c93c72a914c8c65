//! What is worked out where it was not supplied.

use crate::calendar::{Calendar, add_days, ymd};
use crate::case::Date;
use crate::facts::Month;
use crate::input::{self, Cell, Data, Input, Issue, Row, date, is_blank, is_null};
use std::collections::{BTreeMap, BTreeSet};

/// The tables as they came, and what is worked out from whole tables.
pub(crate) fn read(input: &Input, issues: &mut Vec<Issue>) -> Result<Data, String> {
    let mut data = input::read(input, issues)?;
    strategy_dates(input, &mut data);
    data.from_early_help = from_early_help(input, &data);
    data.case_teams = case_teams(input, &data);
    Ok(data)
}

/// The strategy discussion fifteen working days before the target of a conference.
fn discussion(target: Date) -> Option<Date> {
    let calendar = Calendar::new("england-and-wales", &[]).unwrap();
    let is_working = |d: Date| calendar.wd(add_days(d, -1), d).is_ok_and(|n| n == 1);
    if !is_working(target) {
        return None;
    }
    (0..60).map(|n| add_days(target, -n)).find(|d| is_working(*d) && calendar.wd(*d, target).unwrap() == 15)
}

/// The texts of a column that no table has, row by row as they came.
fn texts<'a>(input: &'a Input, table: &str, column: &str) -> Option<Vec<&'a str>> {
    let table = input.tables.get(table)?;
    let place = table.header.iter().position(|name| name == column)?;
    let lines = table.rows.iter().filter(|line| !is_blank(line));
    Some(lines.map(|line| line.get(place).map_or("", |text| text.trim())).collect())
}

/// By enquiry the targets of its conferences.
fn targets(input: &Input, data: &Data, enquiry: &str) -> BTreeSet<Date> {
    let Some(texts) = texts(input, "ssd_initial_cp_conference", "icpc_icpc_target_date") else {
        return BTreeSet::new();
    };
    let mine = data
        .rows("initial_conferences")
        .iter()
        .filter(|row| row.text("s47_enquiry_id") == Some(enquiry) && row.flag("transfer_in") != Some(true));
    mine.filter_map(|row| date(texts[row.number - 1], input.uk_dates)).collect()
}

/// Enquiries that came with the day on which their step began run from the discussion that the targets tell.
fn strategy_dates(input: &Input, data: &mut Data) {
    if data.is_given("strategy_discussions") || !input.tables.contains_key("ssd_s47_enquiry") {
        return;
    }
    let calendar = Calendar::new("england-and-wales", &[]).unwrap();
    let (mut same, mut elsewhere, mut later) = (0, 0, Vec::new());
    for (at, row) in data.rows("section_47_enquiries").iter().enumerate() {
        let targets = targets(input, data, row.id("s47_enquiry_id"));
        if targets.len() != 1 {
            continue;
        }
        let start = row.day("start_date");
        match discussion(*targets.first().unwrap()) {
            Some(d) if d <= start && calendar.wd(d, start).is_ok_and(|n| n == 0) => same += 1,
            Some(d) if d <= start && calendar.wd(d, start).is_ok_and(|n| n <= 3) => later.push((at, d)),
            _ => elsewhere += 1,
        }
    }
    // READING: nearly all is nineteen in twenty, of the starts that are not the day that the target tells; if those
    // are fewer than one in twenty of all, the others say that a start is the day of the discussion.
    let differ = later.len() + elsewhere;
    if later.is_empty() || 20 * elsewhere > differ || 20 * differ < same + differ {
        return;
    }
    let rows = &mut data.tables.get_mut("section_47_enquiries").unwrap().rows;
    for (at, d) in later {
        rows[at].cells.insert("start_date", Cell::Date(d));
    }
    data.derived.insert("strategy_date");
}

const ADOPTIVE: [&str; 6] = ["a1", "a2", "a3", "a4", "a5", "a6"];

fn has_columns(data: &Data, table: &str, columns: &[&str]) -> bool {
    columns.iter().all(|column| data.has_column(table, column))
}

/// Whether permanence does not tell the adoptions.
pub(crate) fn is_untold(data: &Data) -> bool {
    !has_columns(data, "permanence", &["order_date", "order_type", "placed_for_adoption_date"])
}

/// Whether the adoptions of O6.M3 are worked out from episodes and placements.
// READING: O6.M4 asks for marks that no episode has, so it is not.
pub(crate) fn adoption_dates(id: &str, data: &Data) -> bool {
    let has = |table: &str, columns: &[&str]| has_columns(data, table, columns);
    let is_adoptive = |row: &Row| row.text("placement_type").is_some_and(|code| ADOPTIVE.contains(&code));
    id == "O6.M3"
        && is_untold(data)
        && has("cla_episodes", &["end_date", "end_reason"])
        && has("cla_placements", &["placement_type"])
        && data.rows("cla_placements").iter().any(is_adoptive)
}

/// An adoption that a period of care ended in.
pub(crate) struct Adoption {
    pub(crate) person: String,
    pub(crate) cla: String,
    pub(crate) order: Date,
    pub(crate) placed: Option<Date>,
}

/// The adoptions, by person and period of care.
// READING: of several such ends in a period of care the last is the order.
pub(crate) fn adoptions(data: &Data) -> Vec<Adoption> {
    let ends = data.rows("cla_episodes").iter().filter(|row| {
        row.date("end_date").is_some() && matches!(row.text("end_reason"), Some("e1" | "e11" | "e12"))
    });
    let periods: BTreeSet<(&str, &str)> =
        ends.clone().map(|row| (row.id("person_id"), row.id("cla_id"))).collect();
    let mut out = Vec::new();
    for (person, cla) in periods {
        let is_mine = |row: &&Row| row.id("person_id") == person && row.id("cla_id") == cla;
        let placements = data.rows("cla_placements").iter().filter(is_mine);
        let adoptive =
            placements.filter(|row| row.text("placement_type").is_some_and(|code| ADOPTIVE.contains(&code)));
        out.push(Adoption {
            person: person.to_string(),
            cla: cla.to_string(),
            order: ends.clone().filter(is_mine).map(|row| row.day("end_date")).max().unwrap(),
            placed: adoptive.map(|row| row.day("start_date")).min(),
        });
    }
    out
}

/// The tables whose rows name the team of their case, each with its id and the column that names it.
const CASES: [(&str, &str, &str, &str); 3] = [
    ("involvements", "involvement_id", "ssd_involvements", "invo_professional_team"),
    ("cin_plans", "cin_plan_id", "ssd_cin_plans", "cinp_cin_plan_team"),
    ("initial_conferences", "icpc_id", "ssd_initial_cp_conference", "icpc_icpc_team"),
];

/// The teams that are read of them.
// READING: a plan or a conference is asked where workers have no column of teams, and also where there are no
// involvements; an involvement only in the first case. A column that came is not absent, though no row of its table
// can be used.
fn case_teams(input: &Input, data: &Data) -> BTreeMap<(&'static str, String), String> {
    let mut out = BTreeMap::new();
    let knows_workers = data.tables.get("workers").is_some_and(|workers| workers.columns.contains("team"));
    for (table, id, ssd, column) in CASES {
        let is_told = knows_workers && (table == "involvements" || data.has("involvements"));
        let Some(texts) = texts(input, ssd, column).filter(|_| !is_told) else { continue };
        for row in data.rows(table) {
            let team = texts[row.number - 1];
            if !is_null(team) && !["0", "-1"].contains(&team) {
                out.insert((table, row.id(id).to_string()), team.to_string());
            }
        }
    }
    out
}

fn from_early_help(input: &Input, data: &Data) -> BTreeSet<String> {
    let Some(texts) = texts(input, "ssd_cin_episodes", "cine_referral_source_code") else {
        return BTreeSet::new();
    };
    let is_5d = |text: &str| {
        text.get(..2).is_some_and(|code| code.eq_ignore_ascii_case("5d"))
            && text[2..].chars().next().is_none_or(|c| " :-,".contains(c))
    };
    let rows = data.rows("referrals").iter().filter(|row| is_5d(texts[row.number - 1]));
    rows.map(|row| row.id("referral_id").to_string()).collect()
}

/// Whether steps from and to early help are worked out from referrals.
// READING: a table under the library's own name says what it says in every month; one of the SSD has the codes of the
// census of its time.
pub(crate) fn early_help(id: &str, m: &Month<'_>) -> bool {
    reads_early_help(id, m) && m.first >= ymd(2022, 4, 1)
}

/// Whether they are in some month.
pub(crate) fn reads_early_help(id: &str, m: &Month<'_>) -> bool {
    let has_codes = match id {
        "O8.M1" => ["close_date", "close_reason"].iter().all(|column| m.all.has_column("referrals", column)),
        "O8.M2" => !m.all.from_early_help.is_empty() || !m.all.rows("early_help_episodes").is_empty(),
        _ => return false,
    };
    needs_early_help(id, m) && has_codes
}

/// Whether nothing else tells them.
pub(crate) fn needs_early_help(id: &str, m: &Month<'_>) -> bool {
    matches!(id, "O8.M1" | "O8.M2")
        && !m.all.has("step_transfers")
        && m.all.has("referrals")
        && (m.all.tables["referrals"].is_ssd
            || id == "O8.M2" && !m.all.rows("early_help_episodes").is_empty())
}
