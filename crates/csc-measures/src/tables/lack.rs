//! What a table does not hold, although it was supplied.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! lacks {
    ($( $(#[doc = $doc:literal])+ $name:ident = $code:literal, )+) => {
        /// What a table does not hold, although it was supplied: a return that does not ask for distances has
        /// placements without them, and no child in it is placed near by. A measure that asks for it is not supplied.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Lack {
            $( $(#[doc = $doc])+ #[serde(rename = $code)] $name, )+
        }

        impl Lack {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

lacks! {
    /// Rows from before the time that the source is about: a child's earlier plans, referrals or assessments.
    EarlierRows = "earlier_rows",
    /// How far placements are from home.
    Distances = "distances",
    /// How often a child moved.
    Moves = "moves",
    /// What young people do: education, employment, training.
    Activity = "activity",
    /// Whether young people have a pathway plan.
    PathwayPlanning = "pathway_planning",
    /// Why cases were closed.
    ClosureReasons = "closure_reasons",
    /// Anything: the source has nothing of what the table is made of. That is not the same as none, which an empty list
    /// says.
    Everything = "everything",
    /// Which employees are permanent and which are there for a fixed term.
    Terms = "terms",
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
