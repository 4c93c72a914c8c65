//! Random authorities in which children's rows are replaced, taken out and added, over and over, are those built anew
//! from all rows: results, groups, cases, due lists and each child, to the byte.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use csc_measures::due::DueFilter;
use csc_measures::tables::Table;
use csc_measures::{Chunk, Dataset, DatasetBuilder, Month, Options, Rows, Scalar, WithPersonError};
use csc_measures_reference::Table as TextTable;
use proptest::prelude::*;
use serde_json::json;

use crate::engine;
use crate::parts::without_links_between_persons;
use crate::random::{Random, family, question};

type Tables = BTreeMap<String, TextTable>;

/// The rows of one child.
type ChildRows = BTreeMap<String, Vec<Vec<String>>>;

fn place(table: &str, column: &str) -> Option<usize> {
    Table::by_name(table).unwrap().column(column)
}

/// Other names for everything that is a child's own: what the rows of another family name is not what ours name.
fn renamed(mut tables: Tables, mark: &str, persons: bool) -> Tables {
    for text in tables.values_mut() {
        for (column, name) in text.header.iter().enumerate() {
            let is_own =
                name.ends_with("_id") && !["person_id", "worker_id", "case_id"].contains(&name.as_str());
            if is_own || (persons && name == "person_id") {
                for row in text.rows.iter_mut().filter(|row| !row[column].is_empty()) {
                    row[column] += mark;
                }
            }
        }
    }
    tables
}

/// The same without rows that hang together with those of another person.
fn apart(tables: Tables) -> Tables {
    let mut question = question(0, false);
    question.input.tables = tables;
    let mut tables = without_links_between_persons(question).input.tables;
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    if let Some(episodes) = tables.get_mut("cla_episodes") {
        let [cla, person] = ["cla_id", "person_id"].map(|column| place("cla_episodes", column).unwrap());
        episodes.rows.retain(|row| {
            *owners.entry(row[cla].clone()).or_insert_with(|| row[person].clone()) == row[person]
        });
    }
    tables
}

/// The rows of each child; what is nobody's stays in the tables.
fn taken_apart(tables: &mut Tables) -> BTreeMap<String, ChildRows> {
    let episodes = &tables["cla_episodes"];
    let of = |row: &[String], column| row[place("cla_episodes", column).unwrap()].clone();
    let periods: BTreeMap<String, String> =
        episodes.rows.iter().map(|row| (of(row, "cla_id"), of(row, "person_id"))).collect();
    let mut children: BTreeMap<String, ChildRows> = BTreeMap::new();
    for (name, text) in tables.iter_mut() {
        let person = place(name, "person_id");
        let cla = place(name, "cla_id").filter(|_| name == "cla_reviews");
        text.rows.retain(|row| {
            let owner = match (person, cla) {
                (Some(person), _) => Some(&row[person]).filter(|id| !id.is_empty()),
                (None, Some(cla)) => periods.get(&row[cla]),
                (None, None) => None,
            };
            if let Some(owner) = owner {
                let rows = children.entry(owner.clone()).or_default();
                rows.entry(name.clone()).or_default().push(row.clone());
            }
            owner.is_none()
        });
    }
    children
}

fn builder<'t>(
    tables: impl Iterator<Item = (&'t str, Vec<&'t str>, Vec<&'t Vec<String>>)>,
) -> DatasetBuilder {
    let mut builder = Dataset::builder();
    for (name, header, rows) in tables {
        let mut given = Rows::new(header.len());
        for row in &rows {
            given.push(row.iter().map(|text| Scalar::Text(text)));
        }
        let chunk = Chunk { rows: rows.len(), columns: &given.columns(), bad_rows: &[] };
        builder.table(name, &header).unwrap().chunk(&chunk).unwrap();
    }
    builder
}

fn header(text: &TextTable) -> Vec<&str> {
    text.header.iter().map(String::as_str).collect()
}

/// The dataset of what is nobody's and of children.
fn whole(nobodys: &Tables, children: &BTreeMap<String, ChildRows>) -> Dataset {
    let tables = nobodys.iter().map(|(name, text)| {
        let of_children = children.values().flat_map(|rows| rows.get(name).into_iter().flatten());
        (name.as_str(), header(text), text.rows.iter().chain(of_children).collect())
    });
    builder(tables).build()
}

/// The builder of one child's rows; a table without any is left out or given empty.
fn child(nobodys: &Tables, rows: &ChildRows, random: &mut Random) -> DatasetBuilder {
    let is_of_child = |name: &str| place(name, "person_id").is_some() || name == "cla_reviews";
    let mut given = Vec::new();
    for (name, text) in nobodys.iter().filter(|(name, _)| is_of_child(name)) {
        let rows: Vec<&Vec<String>> = rows.get(name).into_iter().flatten().collect();
        if !rows.is_empty() || random.one_in(2) {
            given.push((name.as_str(), header(text), rows));
        }
    }
    builder(given.into_iter())
}

/// Whether a warning does not rest on what was decided of the tables as a whole, and stays: how many rows they had, how
/// many of them were left out or understood, their first and last dates.
fn is_of_rows(warning: &str) -> bool {
    !["rows_out:", "after_data:", "short_history", "no_rows_used:", "nothing_understood:"]
        .iter()
        .any(|decided| warning.starts_with(decided))
}

/// Everything that is said of the children, line by line.
fn everything(
    dataset: &Dataset,
    (from, to): (Month, Month),
    days: &[NaiveDate],
    options: &Options,
) -> Vec<String> {
    let mut lines = Vec::new();
    let card = dataset.scorecard(from, to, options).unwrap();
    lines.extend(card.results().iter().map(|result| {
        let mut result = result.clone();
        result.warnings.retain(|warning| is_of_rows(warning));
        serde_json::to_string(&result).unwrap()
    }));
    lines.extend(card.groups().iter().map(|group| serde_json::to_string(group).unwrap()));
    let ids: BTreeSet<String> = card.results().iter().map(|result| result.measure.to_string()).collect();
    let explained = card.explain_all(&ids, from, to).unwrap();
    lines.extend(explained.iter().map(|explained| serde_json::to_string(explained).unwrap()));
    let published = card.published();
    lines.push(
        published
            .map_or_else(|error| error.to_string(), |published| serde_json::to_string(&published).unwrap()),
    );
    for day in days {
        let as_at = dataset.as_at(*day, options).unwrap();
        let mut list = as_at.due_list(&DueFilter::default()).unwrap();
        list.warnings.retain(|warning| is_of_rows(warning));
        lines.push(serde_json::to_string(&list).unwrap());
        for team in ["North", "South", "MASH", "Team 1"] {
            let filter: DueFilter = serde_json::from_value(json!({ "teams": [team] })).unwrap();
            let listed =
                as_at.due_list(&filter).map(|list| serde_json::to_string(&list.obligations).unwrap());
            lines.push(listed.unwrap_or_else(|error| error.to_string()));
        }
        for person in ["P1", "P2", "P3", "P4", "P5", "P6", "N1", "N2", "P1early", "P1late"] {
            let view = as_at.person(person).map(|mut view| {
                view.warnings.retain(|warning| is_of_rows(warning));
                serde_json::to_string(&view).unwrap()
            });
            lines.push(view.unwrap_or_else(|error| error.to_string()));
        }
    }
    lines.push(dataset.person_count().to_string());
    lines
}

fn difference(ours: &[String], theirs: &[String]) -> Option<String> {
    let unlike = ours.iter().zip(theirs).find(|(ours, theirs)| ours != theirs);
    if let Some((ours, theirs)) = unlike {
        return Some(format!("{ours}\nand built anew\n{theirs}"));
    }
    (ours.len() != theirs.len()).then(|| format!("{} lines, built anew {}", ours.len(), theirs.len()))
}

/// What a run of changes asked.
#[derive(Debug, Default)]
struct Asked {
    replaced: usize,
    removed: usize,
    added: usize,
    refused: usize,
    /// Runs after which something is said otherwise.
    told: usize,
}

fn check(seed: u64, asked: &mut Asked) -> Result<(), String> {
    let random = &mut Random::new(seed);
    let options = {
        let mut input = question(seed, false).input;
        let dimensions = ["sex", "area", "age", "team", "worker", "disability", "ethnic_group", "school"];
        input.breakdown = (0..random.below(4)).map(|_| (*random.pick(&dimensions)).to_owned()).collect();
        input.breakdown.sort_unstable();
        input.breakdown.dedup();
        engine::options(&input)
    };
    let (year, month) = *random.pick(&[(2017, 3), (2016, 12), (2016, 2), (2020, 6), (2017, 9)]);
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap();
    let to: Month = format!("{year}-{month:02}").parse().unwrap();
    let days = [0, 14, 29].map(|step| first + Days::new(step));

    let mut nobodys = apart(family(random, year, month));
    let mut children = taken_apart(&mut nobodys);
    // Of children who stay, and of whom the tables go further back and further on than of any other.
    for (mark, months) in [("early", -60_i32), ("earlier", -70), ("late", 30), ("later", 40)] {
        let date = if months < 0 {
            first.checked_sub_months(Months::new(months.unsigned_abs())).unwrap()
        } else {
            first.checked_add_months(Months::new(months.unsigned_abs())).unwrap()
        };
        let mut tables = renamed(apart(family(random, date.year(), date.month())), mark, true);
        children.extend(taken_apart(&mut tables));
    }
    let others: Vec<BTreeMap<String, ChildRows>> = ["a", "b", "c"]
        .iter()
        .map(|mark| taken_apart(&mut renamed(apart(family(random, year, month)), mark, false)))
        .collect();

    let base = whole(&nobodys, &children);
    let of = |dataset: &Dataset| everything(dataset, (to.plus(-1), to), &days, &options);
    if !options.breakdown.iter().all(|name| name != "school") && base.scorecard(to, to, &options).is_err() {
        // Nobody is in a group of the dimension.
        return Ok(());
    }
    let before = of(&base);
    let original = children.clone();
    let mut dataset = base.clone();
    for step in 0..8 {
        let id = format!("{}{}", if random.one_in(4) { "N" } else { "P" }, 1 + random.below(3));
        let other = random.pick(&others);
        let person = format!("P{}", 1 + random.below(4));
        let rows = match random.below(5) {
            0 => None,
            1 => original.get(&id).cloned(),
            _ => other.get(&person).map(|rows| {
                // Of another person, under ids of their own: now and then under those that somebody has already.
                let mark = if random.one_in(6) { String::new() } else { step.to_string() };
                let mut tables: Tables = nobodys.clone();
                for (name, text) in &mut tables {
                    text.rows = rows.get(name).cloned().unwrap_or_default();
                    if let Some(column) = place(name, "person_id") {
                        text.rows.iter_mut().for_each(|row| row[column].clone_from(&id));
                    }
                }
                taken_apart(&mut renamed(tables, &mark, false)).remove(&id).unwrap_or_default()
            }),
        };
        let changed = match &rows {
            Some(rows) => dataset.with_person(child(&nobodys, rows, random)),
            None => dataset.without_person(&id),
        };
        match changed {
            Ok(changed) => dataset = changed,
            Err(
                WithPersonError::NamedByOthers { .. }
                | WithPersonError::TiedToOthers { .. }
                | WithPersonError::UnknownPerson { .. }
                | WithPersonError::ReviewOfOthers { .. },
            ) => {
                asked.refused += 1;
                continue;
            }
            Err(error) => return Err(error.to_string()),
        }
        let known = children.contains_key(&id);
        match rows {
            Some(rows) => {
                asked.replaced += usize::from(known);
                asked.added += usize::from(!known);
                children.insert(id, rows);
            }
            None => {
                asked.removed += 1;
                children.remove(&id);
            }
        }
        if step % 4 == 3 {
            let anew = whole(&nobodys, &children);
            let after = of(&dataset);
            asked.told += usize::from(difference(&after, &before).is_some());
            if let Some(found) = difference(&after, &of(&anew)) {
                return Err(format!("after {step} changes: {found}"));
            }
        }
    }
    match difference(&of(&base), &before) {
        None => Ok(()),
        Some(found) => Err(format!("the dataset that was built: {found}")),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn children_whose_rows_are_replaced_are_as_if_all_were_built_anew(seed in any::<u64>()) {
        let found = check(seed, &mut Asked::default());
        prop_assert!(found.is_ok(), "seed {}: {}", seed, found.unwrap_err());
    }
}

/// The changes above are changes: most are taken, of each kind many.
#[test]
fn the_random_changes_ask_everything() {
    let mut asked = Asked::default();
    for seed in 0..60 {
        let found = check(seed, &mut asked);
        assert!(found.is_ok(), "seed {seed}: {}", found.unwrap_err());
    }
    assert!(asked.replaced > 40 && asked.removed > 10 && asked.added > 20 && asked.told > 60, "{asked:?}");
}
