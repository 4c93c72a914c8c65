//! A deliberately naive second reading of the rules.
