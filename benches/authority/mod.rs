//! The authority that the benches ask: columns of rows, and the dataset of them.
#![allow(dead_code, reason = "each bench takes what it needs")]

use std::time::{Duration, Instant};

use csc_measures::tables::Table;
use csc_measures::{Chunk, Dataset, DatasetBuilder, Scalar};

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> i32 {
        (self.next() % bound) as i32
    }
}

#[derive(Clone)]
enum Column {
    Id(Vec<u32>),
    Date(Vec<Option<i32>>),
    Bool(Vec<bool>),
    Text(&'static str),
    /// By turns, row by row.
    Texts(&'static [&'static str]),
}

impl Column {
    fn value(&self, row: usize) -> Scalar<'_> {
        match self {
            Self::Id(ids) => Scalar::Integer(ids[row].into()),
            Self::Date(dates) => dates[row].map_or(Scalar::Null, Scalar::Day),
            Self::Bool(values) => Scalar::Flag(values[row]),
            Self::Text(text) => Scalar::Text(text),
            Self::Texts(texts) => Scalar::Text(texts[row % texts.len()]),
        }
    }
}

fn add(builder: &mut DatasetBuilder, table: Table, columns: &[(&str, Column)], rows: usize) {
    let header: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut given = csc_measures::Rows::new(columns.len());
    for row in 0..rows {
        given.push(columns.iter().map(|(_, column)| column.value(row)));
    }
    let mut table = builder.table(table.name(), &header).unwrap();
    table.chunk(&Chunk { rows, columns: &given.columns(), bad_rows: &[] }).unwrap();
}

fn numbers(rows: usize) -> Column {
    Column::Id((0..rows as u32).collect())
}

/// The rows of the bench: days since 1970.
pub(crate) struct Rows {
    pub(crate) children: usize,
    pub(crate) visit_person: Vec<u32>,
    pub(crate) visit_date: Vec<i32>,
    pub(crate) plan_start: Vec<i32>,
    pub(crate) plan_end: Vec<Option<i32>>,
}

const TEAMS: [&str; 40] = [
    "T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10", "T11", "T12", "T13", "T14", "T15",
    "T16", "T17", "T18", "T19", "T20", "T21", "T22", "T23", "T24", "T25", "T26", "T27", "T28", "T29", "T30",
    "T31", "T32", "T33", "T34", "T35", "T36", "T37", "T38", "T39", "T40",
];
const FIRST: i32 = 16_161; // 1 April 2014
const DAYS: u64 = 1_096; // to 31 March 2017

pub(crate) fn rows(children: usize, visits: usize) -> Rows {
    let mut random = Random(1);
    let mut visit_person = Vec::with_capacity(visits);
    let mut visit_date = Vec::with_capacity(visits);
    for _ in 0..visits {
        visit_person.push(random.below(children as u64) as u32);
        visit_date.push(FIRST + random.below(DAYS));
    }
    let plan_start: Vec<i32> = (0..children).map(|_| FIRST - 200 + random.below(DAYS)).collect();
    let plan_end = plan_start
        .iter()
        .map(|start| (random.below(10) > 2).then(|| start + 30 + random.below(700)))
        .collect();
    Rows { children, visit_person, visit_date, plan_start, plan_end }
}

/// A third of the children each under a child protection plan, in need and looked after.
pub(crate) fn dataset(rows: &Rows) -> Dataset {
    let mut builder = Dataset::builder();
    let mut random = Random(2);
    let ids: Vec<u32> = (0..rows.children as u32).collect();
    let born: Vec<Option<i32>> = ids.iter().map(|_| Some(FIRST - 6_500 + random.below(6_500))).collect();
    add(
        &mut builder,
        Table::Persons,
        &[
            ("person_id", Column::Id(ids.clone())),
            ("date_of_birth", Column::Date(born)),
            ("sex", Column::Texts(&["M", "F"])),
            ("ethnicity", Column::Texts(&["WBRI", "AIND", "BCRB", "MWBA", "WOTH", "REFU", "OOTH"])),
            ("area", Column::Texts(&["North", "East", "South", "West", "Centre"])),
        ],
        rows.children,
    );
    let third = |which: u32| ids.iter().copied().filter(|id| id % 3 == which).collect::<Vec<u32>>();
    let dates = |persons: &[u32], step: i32| {
        Column::Date(persons.iter().map(|id| Some(rows.plan_start[*id as usize] + step)).collect())
    };
    let ends = |persons: &[u32]| Column::Date(persons.iter().map(|id| rows.plan_end[*id as usize]).collect());
    for (which, table, id) in [(0, Table::CpPlans, "cp_plan_id"), (1, Table::CinPlans, "cin_plan_id")] {
        let persons = third(which);
        add(
            &mut builder,
            table,
            &[
                (id, Column::Id(persons.clone())),
                ("start_date", dates(&persons, 0)),
                ("end_date", ends(&persons)),
                ("person_id", Column::Id(persons.clone())),
            ],
            persons.len(),
        );
    }
    let care = third(2);
    let person = ("person_id", Column::Id(care.clone()));
    let cla = ("cla_id", Column::Id(care.clone()));
    let start = ("start_date", dates(&care, 0));
    let end = ("end_date", ends(&care));
    add(
        &mut builder,
        Table::ClaEpisodes,
        &[("cla_episode_id", numbers(care.len())), person.clone(), cla.clone(), start.clone(), end.clone()],
        care.len(),
    );
    let distance = ("distance_miles", Column::Text("21.5"));
    let outside = ("outside_authority", Column::Bool(vec![true; care.len()]));
    add(
        &mut builder,
        Table::ClaPlacements,
        &[
            ("placement_id", numbers(care.len())),
            person.clone(),
            cla.clone(),
            start.clone(),
            end.clone(),
            distance,
            outside,
        ],
        care.len(),
    );
    add(
        &mut builder,
        Table::CarePlans,
        &[
            ("care_plan_id", numbers(care.len())),
            person.clone(),
            ("start_date", dates(&care, 9)),
            ("end_date", ends(&care)),
        ],
        care.len(),
    );
    let reviews: Vec<u32> = care.iter().flat_map(|id| [*id; 4]).collect();
    let held = reviews
        .iter()
        .enumerate()
        .map(|(i, id)| Some(rows.plan_start[*id as usize] + 25 + 95 * (i as i32 % 4)))
        .collect();
    add(
        &mut builder,
        Table::ClaReviews,
        &[
            ("cla_review_id", numbers(reviews.len())),
            ("cla_id", Column::Id(reviews.clone())),
            ("date", Column::Date(held)),
        ],
        reviews.len(),
    );
    let plans = third(0);
    let reviews: Vec<u32> = plans.iter().flat_map(|id| [*id; 3]).collect();
    let held = reviews
        .iter()
        .enumerate()
        .map(|(i, id)| Some(rows.plan_start[*id as usize] + 90 + 180 * (i as i32 % 3)))
        .collect();
    add(
        &mut builder,
        Table::CpReviews,
        &[
            ("cp_review_id", numbers(reviews.len())),
            ("person_id", Column::Id(reviews.clone())),
            ("cp_plan_id", Column::Id(reviews.clone())),
            ("date", Column::Date(held)),
        ],
        reviews.len(),
    );
    let ratings: Vec<u32> = ids.iter().flat_map(|id| [*id; 3]).collect();
    let dated = ratings.iter().map(|_| Some(FIRST + random.below(DAYS))).collect();
    let columns = [
        ("rag_rating_id", numbers(ratings.len())),
        ("person_id", Column::Id(ratings.clone())),
        ("scope", Column::Text("cp_child")),
        ("date", Column::Date(dated)),
        ("rating", Column::Text("amber")),
    ];
    add(&mut builder, Table::RagRatings, &columns, ratings.len());
    let referred: Vec<u32> = ids.iter().flat_map(|id| [*id; 2]).collect();
    let days: Vec<Option<i32>> = referred.iter().map(|_| Some(FIRST + random.below(DAYS))).collect();
    let number = numbers(referred.len());
    let person = ("person_id", Column::Id(referred.clone()));
    add(
        &mut builder,
        Table::Referrals,
        &[("referral_id", number.clone()), person.clone(), ("referral_date", Column::Date(days.clone()))],
        referred.len(),
    );
    let authorised = days.iter().map(|day| day.map(|day| day + random.below(80))).collect();
    add(
        &mut builder,
        Table::Assessments,
        &[
            ("assessment_id", number.clone()),
            person,
            ("referral_id", number),
            ("start_date", Column::Date(days)),
            ("authorised_date", Column::Date(authorised)),
        ],
        referred.len(),
    );

    let visits = rows.visit_person.len();
    let dates: Vec<Option<i32>> = rows.visit_date.iter().map(|day| Some(*day)).collect();
    let (cp, rest) = (visits / 3, visits - visits / 3);
    for (table, id, range) in [
        (Table::CpVisits, "cp_visit_id", 0..cp),
        (Table::CinVisits, "cin_visit_id", cp..rest),
        (Table::ClaVisits, "cla_visit_id", rest..visits),
    ] {
        let count = range.len();
        add(
            &mut builder,
            table,
            &[
                (id, numbers(count)),
                ("person_id", Column::Id(rows.visit_person[range.clone()].to_vec())),
                ("date", Column::Date(dates[range].to_vec())),
                ("seen", Column::Bool(vec![true; count])),
                ("seen_alone", Column::Bool((0..count).map(|row| row % 3 > 0).collect())),
            ],
            count,
        );
    }
    // A worker for every hundred children, forty teams.
    let workers = rows.children.div_ceil(100);
    add(
        &mut builder,
        Table::Workers,
        &[("worker_id", numbers(workers)), ("team", Column::Texts(&TEAMS))],
        workers,
    );
    add(
        &mut builder,
        Table::Involvements,
        &[
            ("involvement_id", numbers(rows.children)),
            ("person_id", Column::Id(ids.clone())),
            ("worker_id", Column::Id(ids.iter().map(|id| id / 100).collect())),
            ("start_date", Column::Date(vec![Some(FIRST - 400); rows.children])),
        ],
        rows.children,
    );
    for table in Table::ALL.iter().filter(|table| {
        !matches!(
            table,
            Table::Persons
                | Table::CpPlans
                | Table::CinPlans
                | Table::ClaEpisodes
                | Table::ClaPlacements
                | Table::CarePlans
                | Table::ClaReviews
                | Table::CpReviews
                | Table::RagRatings
                | Table::Referrals
                | Table::Assessments
                | Table::CpVisits
                | Table::CinVisits
                | Table::ClaVisits
                | Table::Workers
                | Table::Involvements
        )
    }) {
        let header: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
        builder.table(table.name(), &header).unwrap();
    }
    builder.build()
}

/// The rows of one child of such a dataset: a plan of its third with visits, referrals, assessments and a worker.
pub(crate) fn child(id: u32, step: u32, random: &mut Random) -> DatasetBuilder {
    let mut builder = Dataset::builder();
    let start = FIRST + random.below(DAYS);
    let dates = |count: i32| Column::Date((0..count).map(|number| Some(start + 20 * number)).collect());
    let own = |count: usize| Column::Id(vec![id; count]);
    // Ids that no other child has.
    let ids = |count: u32| Column::Id((0..count).map(|number| 1_000_000_000 + 32 * id + number).collect());
    let person = [
        ("person_id", own(1)),
        ("date_of_birth", Column::Date(vec![Some(FIRST - 4_000)])),
        ("sex", Column::Text("F")),
        ("ethnicity", Column::Text("WBRI")),
        ("area", Column::Text("North")),
    ];
    add(&mut builder, Table::Persons, &person, 1);
    let (table, name) = if step.is_multiple_of(2) {
        (Table::CpPlans, "cp_plan_id")
    } else {
        (Table::CinPlans, "cin_plan_id")
    };
    let plan = [
        (name, ids(1)),
        ("start_date", dates(1)),
        ("end_date", Column::Date(vec![None])),
        ("person_id", own(1)),
    ];
    add(&mut builder, table, &plan, 1);
    for (table, name) in [(Table::CpVisits, "cp_visit_id"), (Table::CinVisits, "cin_visit_id")] {
        let visits = [
            (name, ids(10)),
            ("person_id", own(10)),
            ("date", dates(10)),
            ("seen", Column::Bool(vec![true; 10])),
            ("seen_alone", Column::Bool(vec![true; 10])),
        ];
        add(&mut builder, table, &visits, 10);
    }
    let referrals = [("referral_id", ids(2)), ("person_id", own(2)), ("referral_date", dates(2))];
    add(&mut builder, Table::Referrals, &referrals, 2);
    let assessments = [
        ("assessment_id", ids(2)),
        ("person_id", own(2)),
        ("referral_id", ids(2)),
        ("start_date", dates(2)),
        ("authorised_date", Column::Date(vec![None; 2])),
    ];
    add(&mut builder, Table::Assessments, &assessments, 2);
    let involvement = [
        ("involvement_id", ids(1)),
        ("person_id", own(1)),
        ("worker_id", Column::Id(vec![id / 100])),
        ("start_date", Column::Date(vec![Some(FIRST - 400)])),
    ];
    add(&mut builder, Table::Involvements, &involvement, 1);
    builder
}

pub(crate) fn median<T>(runs: usize, mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..runs {
        let start = Instant::now();
        last = Some(run());
        times.push(start.elapsed());
    }
    times.sort_unstable();
    (times[times.len() / 2], last.unwrap())
}

pub(crate) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
