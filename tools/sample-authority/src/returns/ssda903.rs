//! SSDA903: looked after children, a folder of CSV files for each year, as at its 31 March.
//!
//! A return holds what belongs to its year, and each later one repeats what goes on: an episode that is open on 31
//! March has no end in that year's files, and may have one in the next.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs::create_dir_all;
use std::path::Path;

use csc_measures::tables::Table;

use super::codes::{ethnicity, sex_number};
use super::year::Year;
use crate::done::Done;
use crate::tables::{Row, Tables};

/// What is in no table: the category of need, the reason for a missing pupil number, who took part in a review.
const NEED: &str = "N1";
const NO_PUPIL_NUMBER: &str = "UN1";
const TOOK_PART: &str = "PN1";
/// Nor who adopts, why a placement for adoption came to nothing, or how a care leaver lives.
const ADOPTERS: [&str; 3] = ["2", "MF", "L11"];
const CEASED: &str = "RD1";
const ACCOMMODATION: &str = "B1";
/// Care leavers are asked from their seventeenth birthday on.
const ASKED_FROM: i32 = 17;

/// An episode: a placement under one legal status.
struct Episode {
    child: String,
    start: String,
    start_reason: String,
    end: String,
    end_reason: String,
    law: String,
    placement: Row,
}

/// The tables behind the return.
struct Record {
    persons: BTreeMap<String, Row>,
    episodes: Vec<Episode>,
    /// With the child of each.
    reviews: Vec<(String, Row)>,
    immigration: Vec<Row>,
    leavers: BTreeMap<String, Vec<Row>>,
    activities: BTreeMap<String, Vec<Row>>,
    permanence: Vec<Row>,
}

pub(super) fn write(folder: &Path, tables: &Tables<'_>) -> Done {
    let record = Record::read(tables)?;
    for year in Year::since_earliest(record.episodes.iter().map(|episode| episode.start.as_str())) {
        let to = folder.join(year.number.to_string());
        create_dir_all(&to)?;
        for file in record.files(&year) {
            file.write(&to)?;
        }
    }
    Ok(())
}

impl Record {
    fn read(tables: &Tables<'_>) -> Result<Self, Box<dyn Error>> {
        let persons = tables.rows(Table::Persons)?;
        let persons = persons.into_iter().map(|row| (row.get("person_id").to_owned(), row)).collect();
        let rows = tables.rows(Table::ClaEpisodes)?;
        let children: BTreeMap<&str, &str> =
            rows.iter().map(|row| (row.get("cla_id"), row.get("person_id"))).collect();
        let reviews = tables.rows(Table::ClaReviews)?;
        let reviews = reviews
            .into_iter()
            .map(|row| (children.get(row.get("cla_id")).copied().unwrap_or_default().to_owned(), row))
            .collect();
        Ok(Self {
            persons,
            episodes: episodes(&rows, tables)?,
            reviews,
            immigration: tables.rows(Table::ImmigrationStatuses)?,
            leavers: tables.rows_by(Table::CareLeavers, "person_id")?,
            activities: tables.rows_by(Table::Activities, "person_id")?,
            permanence: tables.rows(Table::Permanence)?,
        })
    }

    /// The date of birth of a child, as the return writes it.
    fn birth(&self, child: &str) -> String {
        self.persons.get(child).map_or_else(String::new, |row| uk(row.get("date_of_birth")))
    }

    fn files(&self, year: &Year) -> [File; 7] {
        let episodes: Vec<&Episode> =
            self.episodes.iter().filter(|episode| year.overlaps(&episode.start, &episode.end)).collect();
        let children: BTreeSet<&str> = episodes.iter().map(|episode| episode.child.as_str()).collect();
        [
            self.header(&children),
            File::episodes(&episodes, year),
            self.reviews(year),
            self.unaccompanied(&children, year),
            self.leavers(year),
            self.adoptions(year),
            self.placed_for_adoption(year),
        ]
    }

    fn header(&self, children: &BTreeSet<&str>) -> File {
        let mut file = File::new("header", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB");
        let nobody = Row::default();
        for child in children {
            let person = self.persons.get(*child).unwrap_or(&nobody);
            let (sex, ethnicity) = (sex_number(person), ethnicity(person));
            file.push([child, sex, &self.birth(child), ethnicity, NO_PUPIL_NUMBER, "", ""]);
        }
        file
    }

    /// Those that were held: one that was cancelled, or has no date yet, is none.
    fn reviews(&self, year: &Year) -> File {
        let mut file = File::new("reviews", "CHILD,DOB,REVIEW,REVIEW_CODE");
        for (child, row) in &self.reviews {
            let date = row.get("date");
            if year.has(date) && row.get("cancelled") != "true" {
                file.push([child, &self.birth(child), &uk(date), TOOK_PART]);
            }
        }
        file
    }

    fn unaccompanied(&self, children: &BTreeSet<&str>, year: &Year) -> File {
        let mut file = File::new("uasc", "CHILD,DOB,SEX,DUC");
        for row in &self.immigration {
            let (child, end) = (row.get("person_id"), row.get("end_date"));
            if children.contains(child) && year.overlaps(row.get("start_date"), end) {
                let sex = self.persons.get(child).map_or("", sex_number);
                file.push([child, &self.birth(child), sex, &uk(year.known(end))]);
            }
        }
        file
    }

    /// Relevant and former relevant young people, with what they did when last asked.
    fn leavers(&self, year: &Year) -> File {
        let mut file = File::new("oc3", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM");
        for (child, rows) in &self.leavers {
            let is_owed = |row: &Row| {
                let eligibility = row.get("eligibility").to_ascii_lowercase();
                (eligibility.starts_with("relevant") || eligibility.starts_with("former relevant"))
                    && year.overlaps(row.get("start_date"), row.get("end_date"))
            };
            if !rows.iter().any(is_owed) || !self.is_asked(child, year) {
                continue;
            }
            let asked = self.activities.get(child).map(Vec::as_slice).unwrap_or_default();
            let dated = asked.iter().filter(|row| row.get("date") <= year.last.as_str());
            let latest = dated.max_by_key(|row| row.get("date"));
            let undated = || rows.iter().rfind(|row| !row.get("activity").is_empty());
            let activity = latest.or_else(undated).map_or("", |row| row.get("activity"));
            let (in_touch, activity, accommodation) = match activity {
                "" | "U" => ("NO", "0", "0"),
                known => ("YES", known, ACCOMMODATION),
            };
            file.push([child, &self.birth(child), in_touch, activity, accommodation]);
        }
        file
    }

    /// Whether a young person is old enough to be asked by the end of a year.
    fn is_asked(&self, child: &str, year: &Year) -> bool {
        let born = self.persons.get(child).map_or("", |row| row.get("date_of_birth"));
        born.get(..10).is_none_or(|born| *born <= *format!("{}-03-31", year.number - ASKED_FROM))
    }

    fn adoptions(&self, year: &Year) -> File {
        let header = "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR";
        let mut file = File::new("ad1", header);
        let [number, sexes, law] = ADOPTERS;
        for row in &self.permanence {
            let is_adoption = row.get("order_type").to_ascii_lowercase().starts_with("adoption");
            if is_adoption && year.has(row.get("order_date")) {
                let child = row.get("person_id");
                let by_carer = match row.get("adopted_by_carer") {
                    "true" => "1",
                    "false" => "0",
                    other => other,
                };
                file.push([child, &self.birth(child), "", "", by_carer, number, sexes, law]);
            }
        }
        file
    }

    /// Children who lived with those who were to adopt them, until the order or until that came to nothing.
    fn placed_for_adoption(&self, year: &Year) -> File {
        let header = "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED";
        let mut file = File::new("placed_for_adoption", header);
        for row in &self.permanence {
            let (placed, ceased) = (row.get("placed_for_adoption_date"), row.get("decision_reversed_date"));
            let until = if ceased.is_empty() { row.get("order_date") } else { ceased };
            if !placed.is_empty() && year.overlaps(placed, until) {
                let child = row.get("person_id");
                let ceased = year.known(ceased);
                let reason = if ceased.is_empty() { "" } else { CEASED };
                file.push([child, &self.birth(child), &uk(placed), &uk(ceased), reason]);
            }
        }
        file
    }
}

/// The episodes of the tables, divided on the days on which the legal status changes.
fn episodes(rows: &[Row], tables: &Tables<'_>) -> Result<Vec<Episode>, Box<dyn Error>> {
    let placements = tables.rows_by(Table::ClaPlacements, "placement_id")?;
    let laws = tables.rows_by(Table::LegalStatuses, "person_id")?;
    let mut episodes = Vec::new();
    for row in rows {
        let laws = laws.get(row.get("person_id")).map(Vec::as_slice).unwrap_or_default();
        let placement = placements.get(row.get("placement_id")).and_then(|rows| rows.first());
        divide(row, laws, placement, &mut episodes);
    }
    Ok(episodes)
}

fn divide(row: &Row, laws: &[Row], placement: Option<&Row>, episodes: &mut Vec<Episode>) {
    let (start, end) = (row.get("start_date"), row.get("end_date"));
    let is_within = |day: &&str| start < *day && (end.is_empty() || *day < end);
    let changes: BTreeSet<&str> = laws.iter().map(|law| law.get("start_date")).filter(is_within).collect();
    let starts: Vec<&str> = std::iter::once(start).chain(changes).collect();
    let nexts = starts.iter().skip(1).copied().map(Some).chain([None]);
    for (from, next) in starts.iter().zip(nexts) {
        let is_in_force = |law: &&Row| {
            law.get("start_date") <= *from && (law.get("end_date").is_empty() || *from < law.get("end_date"))
        };
        let law = laws.iter().filter(is_in_force).max_by_key(|law| law.get("start_date"));
        episodes.push(Episode {
            child: row.get("person_id").to_owned(),
            start: (*from).to_owned(),
            start_reason: if *from == start { row.get("start_reason") } else { "L" }.to_owned(),
            end: next.unwrap_or(end).to_owned(),
            end_reason: next.map_or_else(|| row.get("end_reason"), |_| "X1").to_owned(),
            law: law.map_or("", |law| law.get("legal_status")).to_owned(),
            placement: placement.cloned().unwrap_or_default(),
        });
    }
}

/// A file of the return.
struct File {
    name: &'static str,
    lines: Vec<Vec<String>>,
}

impl File {
    fn new(name: &'static str, header: &str) -> Self {
        Self { name, lines: vec![header.split(',').map(str::to_owned).collect()] }
    }

    fn push<const N: usize>(&mut self, fields: [&str; N]) {
        self.lines.push(fields.map(str::to_owned).to_vec());
    }

    fn episodes(episodes: &[&Episode], year: &Year) -> Self {
        let header = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,\
                      URN,PL_DISTANCE,PL_LOCATION";
        let mut file = Self::new("episodes", header);
        for episode in episodes {
            let end = year.known(&episode.end);
            let reason = if end.is_empty() { "" } else { &episode.end_reason };
            let location = match episode.placement.get("outside_authority") {
                "true" => "OUT",
                "false" => "IN",
                other => other,
            };
            file.push([
                &episode.child,
                &uk(&episode.start),
                &episode.start_reason,
                &episode.law,
                NEED,
                episode.placement.get("placement_type"),
                "",
                &uk(end),
                reason,
                "",
                "",
                "",
                "",
                episode.placement.get("distance_miles"),
                location,
            ]);
        }
        file
    }

    fn write(&self, folder: &Path) -> Done {
        let mut writer = csv::Writer::from_path(folder.join(format!("{}.csv", self.name)))?;
        for line in &self.lines {
            writer.write_record(line)?;
        }
        writer.flush()?;
        Ok(())
    }
}

/// 2016-05-11 as 11/05/2016; a text that is not a date unchanged.
fn uk(date: &str) -> String {
    let parts: Vec<&str> = date.split('-').collect();
    match *parts {
        [year, month, day] => format!("{day}/{month}/{year}"),
        _ => date.to_owned(),
    }
}
