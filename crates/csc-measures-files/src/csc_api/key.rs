//! The keys of objects, which systems write in their own way: `la_child_id`, `LA_Child_ID`, `laChildId`.

use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess};

/// Every key that is read, as the API spells it.
const KEYS: [&str; 41] = [
    "activity",
    "adoption",
    "authorisation_date",
    "care_leavers",
    "care_worker_details",
    "child_and_family_assessment_id",
    "child_and_family_assessments",
    "child_details",
    "child_in_need_plan_id",
    "child_in_need_plans",
    "child_looked_after_placement_id",
    "child_looked_after_placements",
    "child_protection_plan_id",
    "child_protection_plans",
    "children",
    "closure_date",
    "closure_reason",
    "contact_date",
    "date_of_birth",
    "end_date",
    "end_reason",
    "expected_date_of_birth",
    "health_and_wellbeing",
    "icpc_date",
    "icpc_required_flag",
    "la_child_id",
    "mis_child_id",
    "placed_date",
    "placement_type",
    "purge",
    "referral_date",
    "section_47_assessment_id",
    "section_47_assessments",
    "social_care_episode_id",
    "social_care_episodes",
    "start_date",
    "start_reason",
    "uasc_end_date",
    "uasc_flag",
    "unique_pupil_number",
    "worker_id",
];

fn letters(key: &str) -> impl Iterator<Item = char> {
    let kept = key.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '_'));
    kept.flat_map(char::to_lowercase)
}

/// A key as the API spells it, if it is one that is read, and else as it stands.
pub(super) fn key(given: String) -> String {
    if KEYS.binary_search(&given.as_str()).is_ok() {
        return given;
    }
    match KEYS.iter().find(|known| letters(known).eq(letters(&given))) {
        Some(known) => (*known).to_owned(),
        None => given,
    }
}

/// An object with its keys as the API spells them.
pub(super) struct Keyed<A>(pub(super) A);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Keyed<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.0.next_key::<String>()? {
            Some(given) => {
                seed.deserialize(IntoDeserializer::<A::Error>::into_deserializer(key(given))).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_any_case() {
        assert!(KEYS.is_sorted());
        for given in ["la_child_id", "LA_CHILD_ID", "laChildId", "La-Child-Id", " la child id"] {
            assert_eq!(key(given.to_owned()), "la_child_id");
        }
        assert_eq!(key("surname".to_owned()), "surname");
        assert_eq!(key("la_child".to_owned()), "la_child");
    }
}
