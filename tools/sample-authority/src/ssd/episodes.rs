//! Episodes of care.

use std::collections::BTreeMap;
use std::error::Error;

use csc_measures::tables::Table;

use super::choice::{System, Variant};
use super::ends::Ends;
use super::extract::Extract;
use super::placements::homes;
use super::sheet::{Sheet, Values};
use super::{ids, texts};

/// `ssd_cla_episodes`.
pub(super) fn episodes(extract: &Extract<'_>) -> Result<Sheet, Box<dyn Error>> {
    let choice = extract.choice;
    let columns = [
        "clae_cla_episode_id",
        "clae_person_id",
        "clae_cla_placement_id",
        "clae_cla_episode_start_date",
        "clae_cla_episode_start_reason",
        "clae_cla_primary_need_code",
        "clae_cla_episode_ceased_date",
        "clae_cla_episode_ceased_reason",
        "clae_cla_id",
        "clae_referral_id",
        "clae_cla_last_iro_contact_date",
        "clae_entered_care_date",
    ];
    let mut sheet = Sheet::new("ssd_cla_episodes", &columns)
        // Only the scripts for a data warehouse have it.
        .without(
            "clae_cla_placement_id",
            choice.losses && choice.of(System::Mosaic) && !choice.is(Variant::Mp),
        );
    let rows = extract.rows(Table::ClaEpisodes)?;
    let ends = Ends::new(choice, &rows, "cla_id");
    let homes = homes(extract)?;
    let mut entered: BTreeMap<&str, &str> = BTreeMap::new();
    for row in &rows {
        let first = entered.entry(row.get("cla_id")).or_insert(row.get("start_date"));
        *first = row.get("start_date").min(*first);
    }
    for row in &rows {
        let (person, care, start) = (row.get("person_id"), row.get("cla_id"), row.get("start_date"));
        let placement = row.get("placement_id");
        let placement = match homes.get(placement) {
            Some(home) if choice.of(System::Eclipse) => home.clone(),
            _ => ids::row(Table::ClaPlacements, placement),
        };
        let referral = extract.links.referral_in(person, start, start);
        let values = Values::of(row)
            .text("clae_cla_episode_id", ids::row(Table::ClaEpisodes, row.get("cla_episode_id")))
            .text("clae_person_id", ids::person(person))
            .text("clae_cla_placement_id", placement)
            .date("clae_cla_episode_start_date", start)
            .text("clae_cla_episode_start_reason", texts::started(choice, row.get("start_reason")))
            .text("clae_cla_primary_need_code", "N1")
            .date("clae_cla_episode_ceased_date", ends.end(row))
            .text("clae_cla_episode_ceased_reason", texts::ceased(choice, row.get("end_reason")))
            .text("clae_cla_id", ids::care(care))
            .text("clae_referral_id", extract.referral(referral, person))
            .date("clae_entered_care_date", entered.get(care).copied().unwrap_or_default());
        sheet.add(values);
    }
    Ok(sheet)
}
