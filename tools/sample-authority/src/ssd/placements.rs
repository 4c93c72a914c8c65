//! Placements.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::ends::Ends;
use super::extract::Extract;
use super::forms::single_precision;
use super::ids;
use super::sheet::{Sheet, Values};

/// Types that SystemC's script leaves out, with the placements.
const LEFT_OUT: [&str; 10] = ["K3", "P3", "R4", "T2", "T3", "T4", "Z11", "Z12", "Z13", "Z14"];
/// Types that Eclipse's script does not know.
const NOT_KNOWN: [&str; 16] =
    ["U2", "U5", "K1", "K3", "R3", "T0", "T1", "T2", "T3", "T4", "P3", "Z1", "Z11", "Z12", "Z13", "Z14"];

/// `ssd_cla_placement`.
pub(super) fn placements(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "clap_cla_placement_id",
        "clap_cla_id",
        "clap_person_id",
        "clap_cla_placement_start_date",
        "clap_cla_placement_type",
        "clap_cla_placement_urn",
        "clap_cla_placement_distance",
        "clap_cla_placement_provider",
        "clap_cla_placement_postcode",
        "clap_cla_placement_end_date",
        "clap_cla_placement_change_reason",
    ];
    let is_essex = choice.is(Variant::Essex);
    let mut sheet = Sheet::new("ssd_cla_placement", &columns)
        .without("clap_person_id", choice.of(System::Mosaic))
        .renamed("clap_cla_placement_type", "cla_cla_placement_type", is_essex);
    let rows = extract.rows(Table::ClaPlacements)?;
    let ends = Ends::new(choice, &rows, "cla_id");
    for row in &rows {
        let (id, kind) = (row.get("placement_id"), row.get("placement_type"));
        if choice.losses && choice.of(System::Systemc) && LEFT_OUT.contains(&kind) {
            continue;
        }
        let number = ids::number(Table::ClaPlacements, id);
        let kind = match choice.system {
            System::Eclipse if choice.losses && NOT_KNOWN.contains(&kind) => {
                if number.is_multiple_of(2) {
                    "DQ"
                } else {
                    ""
                }
            }
            _ => kind,
        };
        let distance = row.get("distance_miles");
        let distance = match choice.system {
            System::Systemc => single_precision(distance),
            System::Mosaic if !is_essex => String::new(),
            System::Mosaic | System::Eclipse => distance.to_owned(),
        };
        let placement = match choice.system {
            System::Eclipse => ids::home(row.get("carer_id"), id),
            _ => ids::row(Table::ClaPlacements, id),
        };
        let values = Values::of(row)
            .text("clap_cla_placement_id", placement)
            .text("clap_cla_id", ids::care(row.get("cla_id")))
            .text("clap_person_id", ids::person(row.get("person_id")))
            .date("clap_cla_placement_start_date", row.get("start_date"))
            .text("clap_cla_placement_type", kind)
            .text("clap_cla_placement_distance", distance)
            .date("clap_cla_placement_end_date", ends.end(row));
        sheet.add(values);
    }
    Ok(sheet)
}

/// The home of each placement, whose address Eclipse has in place of the placement.
pub(super) fn homes(extract: &Extract<'_>) -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let rows = extract.rows(Table::ClaPlacements)?;
    let home = |id: &str, carer: &str| (id.to_owned(), ids::home(carer, id));
    Ok(rows.iter().map(|row| home(row.get("placement_id"), row.get("carer_id"))).collect())
}
