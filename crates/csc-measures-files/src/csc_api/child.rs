//! A child as an object of the API. Whatever stands where something else should is kept as unreadable, so that it
//! is reported, and does not end the reading of everybody else.

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::key::Keyed;

/// Where an object stands in its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// The file and the name of the list.
    pub(super) source: Rc<str>,
    /// Which of that name in the file it is, 1 = the first.
    pub(super) number: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Child {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) la_child_id: Leaf,
    pub(super) purge: Leaf,
    pub(super) child_details: One<Details>,
    pub(super) social_care_episodes: Many<Episode>,
}

impl Child {
    /// The bytes that the lists are held in.
    pub(super) fn held(&self) -> usize {
        let of_episode = |episode: &Episode| {
            episode.care_worker_details.held()
                + episode.child_and_family_assessments.held()
                + episode.child_in_need_plans.held()
                + episode.section_47_assessments.held()
                + episode.child_protection_plans.held()
                + episode.child_looked_after_placements.held()
        };
        self.social_care_episodes.held() + self.social_care_episodes.iter().map(of_episode).sum::<usize>()
    }

    /// The keys, as [`key`](super::key) gives them, by which an object is known as a child.
    pub(super) const KEYS: [&'static str; 6] = [
        "la_child_id",
        "mis_child_id",
        "purge",
        "child_details",
        "health_and_wellbeing",
        "social_care_episodes",
    ];
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Details {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) date_of_birth: Leaf,
    pub(super) expected_date_of_birth: Leaf,
    pub(super) uasc_flag: Leaf,
    pub(super) uasc_end_date: Leaf,
    pub(super) purge: Leaf,
}

/// From a referral to its closing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Episode {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) social_care_episode_id: Leaf,
    pub(super) referral_date: Leaf,
    pub(super) closure_date: Leaf,
    pub(super) closure_reason: Leaf,
    pub(super) purge: Leaf,
    pub(super) care_worker_details: Many<CareWorker>,
    pub(super) child_and_family_assessments: Many<Assessment>,
    pub(super) child_in_need_plans: Many<InNeedPlan>,
    pub(super) section_47_assessments: Many<Enquiry>,
    pub(super) child_protection_plans: Many<ProtectionPlan>,
    pub(super) child_looked_after_placements: Many<Placement>,
    pub(super) adoption: One<Adoption>,
    pub(super) care_leavers: One<Leaver>,
}

/// The worker to whom the child is allocated, for a time.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CareWorker {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) worker_id: Leaf,
    pub(super) start_date: Leaf,
    pub(super) end_date: Leaf,
    pub(super) purge: Leaf,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Assessment {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) child_and_family_assessment_id: Leaf,
    pub(super) start_date: Leaf,
    pub(super) authorisation_date: Leaf,
    pub(super) purge: Leaf,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct InNeedPlan {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) child_in_need_plan_id: Leaf,
    pub(super) start_date: Leaf,
    pub(super) end_date: Leaf,
    pub(super) purge: Leaf,
}

/// An enquiry under section 47, with its conference.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Enquiry {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) section_47_assessment_id: Leaf,
    pub(super) start_date: Leaf,
    pub(super) icpc_required_flag: Leaf,
    pub(super) icpc_date: Leaf,
    pub(super) purge: Leaf,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProtectionPlan {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) child_protection_plan_id: Leaf,
    pub(super) start_date: Leaf,
    pub(super) end_date: Leaf,
    pub(super) purge: Leaf,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Placement {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) child_looked_after_placement_id: Leaf,
    pub(super) start_date: Leaf,
    pub(super) start_reason: Leaf,
    pub(super) placement_type: Leaf,
    pub(super) end_date: Leaf,
    pub(super) end_reason: Leaf,
    pub(super) purge: Leaf,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Adoption {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) placed_date: Leaf,
    pub(super) purge: Leaf,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Leaver {
    #[serde(skip)]
    pub(super) at: Place,
    pub(super) contact_date: Leaf,
    pub(super) activity: Leaf,
    pub(super) purge: Leaf,
}

/// An object that knows its place, and whether it is to be deleted.
pub(super) trait Element {
    /// The name of the list, or of the field, that it stands in.
    const NAME: &'static str;
    fn place(&mut self) -> &mut Place;
    fn is_purged(&self) -> bool;
}

macro_rules! elements {
    ($($element:ty = $name:literal),* $(,)?) => {$(
        impl Element for $element {
            const NAME: &'static str = $name;

            fn place(&mut self) -> &mut Place {
                &mut self.at
            }

            fn is_purged(&self) -> bool {
                self.purge.is_true()
            }
        }
    )*};
}

elements! {
    Child = "child",
    Details = "child_details",
    Episode = "social_care_episodes",
    CareWorker = "care_worker_details",
    Assessment = "child_and_family_assessments",
    InNeedPlan = "child_in_need_plans",
    Enquiry = "section_47_assessments",
    ProtectionPlan = "child_protection_plans",
    Placement = "child_looked_after_placements",
    Adoption = "adoption",
    Leaver = "care_leavers",
}

/// A value that is not a list or an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Leaf {
    #[default]
    Null,
    Bool(bool),
    /// A text, or a number as it is written.
    Text(String),
    /// A list or an object.
    Unreadable,
}

impl Leaf {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text.trim(),
            _ => "",
        }
    }

    /// Whether it says yes.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Self::Bool(value) => *value,
            Self::Text(text) => {
                matches!(text.trim().to_ascii_lowercase().as_str(), "true" | "1" | "yes" | "y")
            }
            Self::Null | Self::Unreadable => false,
        }
    }

    /// Whether anything stands there.
    pub(super) fn is_there(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Text(text) => !text.trim().is_empty(),
            Self::Bool(_) | Self::Unreadable => true,
        }
    }
}

impl<'de> Deserialize<'de> for Leaf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Leaf;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E: Error>(self) -> Result<Leaf, E> {
                Ok(Leaf::Null)
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Leaf, E> {
                Ok(Leaf::Bool(value))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Leaf, E> {
                Ok(Leaf::Text(value.to_string()))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Leaf, E> {
                Ok(Leaf::Text(value.to_string()))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Leaf, E> {
                Ok(Leaf::Text(value.to_string()))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Leaf, E> {
                Ok(Leaf::Text(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Leaf, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Leaf::Unreadable)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Leaf, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Leaf::Unreadable)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// An object, or what stands in its place.
#[derive(Debug, Default)]
pub(super) enum One<T> {
    #[default]
    None,
    Some(T),
    /// No object.
    Unreadable(Place),
}

impl<T> One<T> {
    pub(super) fn get(&self) -> Option<&T> {
        match self {
            Self::Some(element) => Some(element),
            Self::None | Self::Unreadable(_) => None,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Object(PhantomData))
    }
}

/// A list of objects. A value that is not a list counts as a list with one item that is not an object.
#[derive(Debug)]
pub(super) struct Many<T>(pub(super) Vec<One<T>>, Given);

/// Whether a list is there, perhaps without anything in it: then there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    No,
    Yes,
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new(), Given::No)
    }
}

impl<T> Many<T> {
    pub(super) fn is_given(&self) -> bool {
        self.1 == Given::Yes
    }

    /// The bytes that the list itself is held in.
    fn held(&self) -> usize {
        size_of_val(self.0.as_slice())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().filter_map(One::get)
    }

    /// The places of items that are not objects.
    pub(super) fn unreadable(&self) -> impl Iterator<Item = &Place> {
        self.0.iter().filter_map(|one| match one {
            One::Unreadable(at) => Some(at),
            One::None | One::Some(_) => None,
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
            type Value = Many<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_unit<E: Error>(self) -> Result<Many<T>, E> {
                Ok(Many::default())
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Many<T>, E> {
                Ok(no_list())
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Many<T>, E> {
                Ok(no_list())
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Many<T>, E> {
                Ok(no_list())
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Many<T>, E> {
                Ok(no_list())
            }

            fn visit_str<E: Error>(self, _: &str) -> Result<Many<T>, E> {
                Ok(no_list())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Many<T>, A::Error> {
                while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(no_list())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Many<T>, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = list.next_element::<One<T>>()? {
                    elements.push(match element {
                        // A null in a list is not an object either.
                        One::None => One::Unreadable(Place::default()),
                        element => element,
                    });
                }
                Ok(Many(elements, Given::Yes))
            }
        }
        deserializer.deserialize_any(List(PhantomData))
    }
}

fn no_list<T>() -> Many<T> {
    Many(vec![One::Unreadable(Place::default())], Given::Yes)
}

/// Reads an object as `T`, and anything else as what is not one.
struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
    type Value = One<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_unit<E: Error>(self) -> Result<One<T>, E> {
        Ok(One::None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<One<T>, E> {
        Ok(One::Unreadable(Place::default()))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<One<T>, E> {
        Ok(One::Unreadable(Place::default()))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<One<T>, E> {
        Ok(One::Unreadable(Place::default()))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<One<T>, E> {
        Ok(One::Unreadable(Place::default()))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<One<T>, E> {
        Ok(One::Unreadable(Place::default()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<One<T>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(One::Unreadable(Place::default()))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<One<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(Keyed(object))).map(One::Some)
    }
}
