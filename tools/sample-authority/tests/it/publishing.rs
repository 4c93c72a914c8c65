//! The sample authority can be published by every dimension: if a count can be worked out from a figure of another
//! measure, that figure is hidden too, and no publication is refused.

use csc_measures::{Month, Options};
use csc_measures_files::read_folder;

use crate::sample::COMMITTED;

#[test]
fn every_month_can_be_published_by_every_dimension() {
    let data = read_folder(COMMITTED).unwrap();
    let (first, last): (Month, Month) = ("2019-04".parse().unwrap(), "2020-03".parse().unwrap());
    for dimension in ["sex", "ethnic_group", "disability", "sen", "area", "age", "team"] {
        let mut options = Options::default();
        options.breakdown = vec![dimension.to_owned()];
        for month in (0..12).map(|step| first.plus(step)) {
            let card = data.scorecard(month, month, &options).unwrap();
            let published = card.published();
            assert!(published.is_ok(), "{month} by {dimension}: {}", published.unwrap_err());
        }
        let card = data.scorecard(first, last, &options).unwrap();
        let published = card.published();
        assert!(published.is_ok(), "a year by {dimension}: {}", published.unwrap_err());
    }
}
