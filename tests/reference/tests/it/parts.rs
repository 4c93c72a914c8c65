//! Parts of random authorities, put together, are the whole to the byte; so are threads.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use crate::random::{Question, Random, question};
use crate::rows::{dataset, dataset_that_looks_up, is_bad, months, options, scorecard};
use csc_measures::tables::Table;
use csc_measures::{Dataset, Part, Scorecard, ScorecardError};
use csc_measures_reference::Input;
use proptest::prelude::*;

/// A value as the library compares it: trimmed, `12.0` as `12`, nothing where it is null.
fn id(text: &str) -> Option<String> {
    let text = text.trim();
    let text = match text.split_once('.') {
        Some((whole, zeros))
            if whole.bytes().all(|b| b.is_ascii_digit()) && zeros.bytes().all(|b| b == b'0') =>
        {
            whole
        }
        _ => text,
    };
    (!text.is_empty() && !text.eq_ignore_ascii_case("null")).then(|| text.to_owned())
}

/// The value of a row in a column, by the column's own name.
fn value(input: &Input, name: &str, row: usize, column: &str) -> Option<String> {
    let text = &input.tables[name];
    let table = Table::by_name(name).unwrap();
    let place = text.header.iter().position(|head| table.column(head) == table.column(column))?;
    if is_bad(text, &text.rows[row]) {
        return None;
    }
    id(&text.rows[row][place])
}

/// The tables that go whole to one part.
fn is_whole(table: Table) -> bool {
    table == Table::Workers
        || table == Table::Involvements
        || (table != Table::ClaReviews && table.column("person_id").is_none())
}

/// The persons of a table's rows, empty where a row is nobody's.
fn owners(input: &Input, name: &str, periods: &BTreeMap<String, String>) -> Vec<String> {
    let is_reviews = Table::by_name(name).unwrap() == Table::ClaReviews;
    (0..input.tables[name].rows.len())
        .map(|row| {
            if is_reviews {
                value(input, name, row, "cla_id").and_then(|cla| periods.get(&cla).cloned())
            } else {
                value(input, name, row, "person_id")
            }
            .unwrap_or_default()
        })
        .collect()
}

/// The person of each period of care; of one with several the first.
fn periods(input: &Input) -> BTreeMap<String, String> {
    let mut periods = BTreeMap::new();
    for name in names(input, Table::ClaEpisodes) {
        for row in 0..input.tables[&name].rows.len() {
            if let (Some(cla), Some(person)) =
                (value(input, &name, row, "cla_id"), value(input, &name, row, "person_id"))
            {
                periods.entry(cla).or_insert(person);
            }
        }
    }
    periods
}

fn names(input: &Input, table: Table) -> Vec<String> {
    input.tables.keys().filter(|name| Table::by_name(name).unwrap() == table).cloned().collect()
}

/// Links that a figure depends on.
const LINKS: [(Table, &str, Table, &str); 4] = [
    (Table::Assessments, "referral_id", Table::Referrals, "referral_id"),
    (Table::InitialConferences, "s47_enquiry_id", Table::Section47Enquiries, "s47_enquiry_id"),
    (Table::CpReviews, "cp_plan_id", Table::CpPlans, "cp_plan_id"),
    (Table::ClaReviews, "cla_id", Table::ClaEpisodes, "cla_id"),
];

/// Sets links to rows of other persons loose: they then name a row that is not there.
pub(crate) fn without_links_between_persons(mut question: Question) -> Question {
    let input = &mut question.input;
    let periods = periods(input);
    for (table, column, to, key) in LINKS.into_iter().filter(|(table, ..)| *table != Table::ClaReviews) {
        for name in names(input, table) {
            let owners = owners(input, &name, &periods);
            for (row, owner) in owners.into_iter().enumerate() {
                let Some(link) = value(input, &name, row, column) else { continue };
                let is_others = names(input, to).iter().any(|other| {
                    let rows = 0..input.tables[other].rows.len();
                    rows.into_iter().any(|row| {
                        value(input, other, row, key).as_ref() == Some(&link)
                            && value(input, other, row, "person_id").as_ref() != Some(&owner)
                    })
                });
                if is_others {
                    let text = input.tables.get_mut(&name).unwrap();
                    let place = text.header.iter().position(|h| table.column(h) == table.column(column));
                    text.rows[row][place.unwrap()] = "gone".into();
                }
            }
        }
    }
    question
}

/// A number for each person, the same for persons that an id or a period of care ties together.
fn groups(input: &Input, ties: bool) -> BTreeMap<String, usize> {
    let periods = periods(input);
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    let mut ties_of: BTreeMap<(Table, String), Vec<String>> = BTreeMap::new();
    for name in input.tables.keys() {
        let table = Table::by_name(name).unwrap();
        let unique = table.id_column().map(|place| table.columns()[place].name);
        for (row, person) in owners(input, name, &periods).into_iter().enumerate() {
            let next = groups.len();
            groups.entry(person.clone()).or_insert(next);
            let ids = [unique, (table == Table::ClaEpisodes).then_some("cla_id")];
            for (place, column) in ids.into_iter().enumerate() {
                if let Some(id) = column.and_then(|column| value(input, name, row, column)) {
                    ties_of.entry((table, format!("{place} {id}"))).or_default().push(person.clone());
                }
            }
        }
    }
    for persons in ties_of.values().filter(|_| ties) {
        let lowest = persons.iter().map(|person| groups[person]).min().unwrap();
        let joined: Vec<usize> = persons.iter().map(|person| groups[person]).collect();
        for group in groups.values_mut().filter(|group| joined.contains(group)) {
            *group = lowest;
        }
    }
    groups
}

/// The datasets of a random split.
pub(crate) fn split(question: &Question, seed: u64, ties: bool) -> Vec<Dataset> {
    let mut random = Random::new(seed);
    let parts = 1 + random.below(5);
    let input = &question.input;
    let (groups, periods) = (groups(input, ties), periods(input));
    let mut parts_of: Vec<usize> = groups.iter().map(|_| random.below(parts)).collect();
    let service = random.below(parts);
    // The court cases lie with the service's rows, and so the children who are in them.
    for name in names(input, Table::FinalOrderApplications).iter().filter(|_| ties) {
        for child in owners(input, name, &periods) {
            parts_of[groups[&child]] = service;
        }
    }
    let mut part_of_row: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for name in input.tables.keys() {
        let whole = is_whole(Table::by_name(name).unwrap());
        let parts = owners(input, name, &periods)
            .into_iter()
            .map(|owner| if whole { service } else { parts_of[groups[&owner]] });
        part_of_row.insert(name, parts.collect());
    }
    (0..parts).map(|part| dataset(input, |name, row| part_of_row[name][row] == part)).collect()
}

/// The tables that each part may have, and one counts.
const LOOKED_UP: [Table; 4] =
    [Table::Workers, Table::Involvements, Table::CareProceedings, Table::FinalOrderApplications];

/// The datasets of a random split in which every part knows the workers and the court cases.
fn split_with_looked_up(question: &Question, seed: u64) -> Vec<Dataset> {
    let mut random = Random::new(seed);
    let parts = 1 + random.below(5);
    let input = &question.input;
    let (groups, periods) = (groups(input, true), periods(input));
    let parts_of: Vec<usize> = groups.iter().map(|_| random.below(parts)).collect();
    let service = random.below(parts);
    let mut part_of_row: BTreeMap<&str, Vec<Option<usize>>> = BTreeMap::new();
    for name in input.tables.keys() {
        let table = Table::by_name(name).unwrap();
        let part = |owner: String| match () {
            () if LOOKED_UP.contains(&table) => None,
            () if is_whole(table) => Some(service),
            () => Some(parts_of[groups[&owner]]),
        };
        part_of_row.insert(name, owners(input, name, &periods).into_iter().map(part).collect());
    }
    let of = |part: usize| {
        let looked_up = LOOKED_UP.map(Table::name);
        let looked_up = if part == service { &[][..] } else { &looked_up };
        dataset_that_looks_up(input, looked_up, |name, row| {
            part_of_row[name][row].is_none_or(|of| of == part)
        })
    };
    (0..parts).map(of).collect()
}

/// Evaluates the parts, carries them as text, and puts them together in another order.
pub(crate) fn merged(
    question: &Question,
    datasets: &[Dataset],
    seed: u64,
) -> Result<Scorecard, ScorecardError> {
    let ((from, to), options) = (months(question), options(question));
    let carried = |dataset: &Dataset| -> Part {
        let part = dataset.part(from, to, &options).unwrap();
        serde_json::from_str(&serde_json::to_string(&part).unwrap()).unwrap()
    };
    let mut parts: Vec<Part> = datasets.iter().map(carried).collect();
    let mut random = Random::new(seed);
    for last in (1..parts.len()).rev() {
        parts.swap(last, random.below(last + 1));
    }
    Scorecard::merge(parts)
}

fn text(card: &Scorecard) -> String {
    serde_json::to_string(card).unwrap()
}

/// Some text from where the two begin to differ.
pub(crate) fn first_difference(card: &Scorecard, whole: &Scorecard) -> Option<[String; 2]> {
    let (card, whole) = (text(card), text(whole));
    let place = card.bytes().zip(whole.bytes()).position(|(a, b)| a != b);
    let place = place.or_else(|| (card.len() != whole.len()).then(|| card.len().min(whole.len())))?;
    Some([card, whole].map(|text| text.chars().skip(place.saturating_sub(200)).take(400).collect()))
}

/// Makes the dates of a table unreadable, in all rows or in all but those of one person: half of the time of reviews, by
/// which visits are judged.
fn spoil(input: &mut Input, random: &mut Random) {
    let names: Vec<String> = input.tables.keys().cloned().collect();
    let reviews = names.iter().find(|name| Table::by_name(name).unwrap() == Table::ClaReviews);
    let reviews = reviews.filter(|_| random.below(2) == 0);
    let name = reviews.unwrap_or(&names[random.below(names.len())]);
    let table = Table::by_name(name).unwrap();
    let periods = periods(input);
    let owners = owners(input, name, &periods);
    let spared = (random.below(2) == 0).then(|| owners.first().cloned()).flatten();
    let text = input.tables.get_mut(name).unwrap();
    let is_date =
        |head: &String| table.column(head).is_some_and(|place| table.columns()[place].name.ends_with("date"));
    for (row, _) in text.rows.iter_mut().zip(&owners).filter(|(_, owner)| Some(*owner) != spared.as_ref()) {
        for (value, _) in row.iter_mut().zip(&text.header).filter(|(_, head)| is_date(head)) {
            "?".clone_into(value);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn parts_put_together_are_the_whole(seed in any::<u64>()) {
        let question = without_links_between_persons(question(seed, true));
        let whole = scorecard(&question);
        let card = merged(&question, &split(&question, seed, true), seed).unwrap();
        prop_assert_eq!(first_difference(&card, &whole), None, "seed {}", seed);
        prop_assert_eq!(card.tables(), whole.tables());
    }

    /// Whether a table can be used is a fact of the whole: a part may hold none of its good rows, or none of its bad ones.
    #[test]
    fn parts_of_tables_that_few_rows_can_be_read_of_are_the_whole(seed in any::<u64>()) {
        let mut question = question(seed, true);
        spoil(&mut question.input, &mut Random::new(seed));
        let question = without_links_between_persons(question);
        let card = merged(&question, &split(&question, seed, true), seed).unwrap();
        prop_assert_eq!(first_difference(&card, &scorecard(&question)), None, "seed {}", seed);
    }

    #[test]
    fn parts_that_look_workers_and_court_cases_up_are_the_whole(seed in any::<u64>()) {
        let mut question = without_links_between_persons(question(seed, true));
        question.input.breakdown = ["team", "worker", "sex"].map(str::to_owned).to_vec();
        let whole = scorecard(&question);
        let card = merged(&question, &split_with_looked_up(&question, seed), seed).unwrap();
        prop_assert_eq!(first_difference(&card, &whole), None, "seed {}", seed);
        prop_assert_eq!(card.tables(), whole.tables());
        prop_assert_eq!(card.columns(), whole.columns());
    }

    #[test]
    fn rows_that_belong_together_are_refused_apart_and_never_counted_wrong(seed in any::<u64>()) {
        let question = question(seed, false);
        match merged(&question, &split(&question, seed, false), seed) {
            Ok(card) => prop_assert_eq!(first_difference(&card, &scorecard(&question)), None, "seed {}", seed),
            Err(ScorecardError::SplitApart { .. } | ScorecardError::IdInParts { .. }) => {}
            Err(error) => prop_assert!(false, "seed {}: {}", seed, error),
        }
    }

    #[test]
    fn shares_of_a_dataset_are_the_whole(seed in any::<u64>()) {
        let question = question(seed, true);
        let ((from, to), options) = (months(&question), options(&question));
        let dataset = dataset(&question.input, |_, _| true);
        let whole = text(&dataset.scorecard(from, to, &options).unwrap());
        let of = 1 + (seed % 5) as u32;
        let parts = (0..of).rev().map(|index| dataset.part_of(index, of, from, to, &options).unwrap());
        prop_assert_eq!(text(&Scorecard::merge(parts).unwrap()), whole);
    }

    #[test]
    fn threads_change_no_byte(seed in any::<u64>()) {
        let question = question(seed, true);
        let ((from, to), mut options) = (months(&question), options(&question));
        let dataset = dataset(&question.input, |_, _| true);
        let whole = text(&dataset.scorecard(from, to, &options).unwrap());
        for threads in 1..=8 {
            options.threads = NonZeroUsize::new(threads);
            prop_assert_eq!(&text(&dataset.scorecard(from, to, &options).unwrap()), &whole);
        }
    }
}

/// The splits above are splits: most have persons in several parts, and the issues that only the whole can
/// decide do occur on both sides.
#[test]
fn the_random_splits_ask_everything() {
    let (mut apart, mut taken_back, mut upheld) = (0, 0, 0);
    for seed in 0..300 {
        let question = without_links_between_persons(question(seed, true));
        let datasets = split(&question, seed, true);
        apart += usize::from(datasets.iter().filter(|dataset| dataset.person_count() > 0).count() > 1);
        let undecided = |issues: &[csc_measures::DataIssue]| {
            let codes = issues.iter().map(|issue| issue.code().as_str());
            codes.filter(|code| matches!(*code, "unknown_person" | "dangling_reference")).count()
        };
        let in_parts: usize = datasets.iter().map(|dataset| undecided(dataset.issues())).sum();
        let in_whole = undecided(scorecard(&question).issues());
        taken_back += usize::from(in_parts > in_whole);
        upheld += usize::from(in_whole > 0);
    }
    assert!(apart > 150 && taken_back > 100 && upheld > 100, "{apart} {taken_back} {upheld}");
}
