//! A chart as a picture: centre, limits, marks and target, each told apart by its shape as well as by its colour.

use csc_measures::signals::Variation;
use maud::{Markup, html};

use crate::chart::{Chart, Drawn, ENDS, FOOT, HEIGHT, Place, Point, WIDTH};
use crate::signal::class;

/// A length in tenths as the picture has it.
pub(crate) fn px(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// A line through places.
pub(crate) fn path(places: &[Place]) -> String {
    let mut path = String::new();
    for (index, (across, down)) in places.iter().enumerate() {
        path.push(if index == 0 { 'M' } else { 'L' });
        path += &format!("{} {}", px(*across), px(*down));
    }
    path
}

/// The picture. `title` and `description` say what it shows to whoever does not see it; its figures are in the table
/// beside it.
pub(crate) fn svg(chart: &Chart, id: &str, title: &str, description: &str) -> Markup {
    let (title_id, description_id) = (format!("title-{id}"), format!("desc-{id}"));
    let view = format!("0 0 {} {}", px(WIDTH), px(HEIGHT));
    let [left, right] = ENDS;
    html! {
        svg.chart role="img" viewBox=(view) aria-labelledby=(format!("{title_id} {description_id}")) {
            title id=(title_id) { (title) }
            desc id=(description_id) { (description) }
            @for stretch in &chart.stretches { (band(stretch)) }
            g.grid {
                @for (height, label) in &chart.ticks {
                    path d=(path(&[(left, *height), (right, *height)])) {}
                    text x=(px(left - 70)) y=(px(height + 42)) text-anchor="end" { (label) }
                }
                @for (place, label) in &chart.labels {
                    path d=(path(&[(*place, FOOT), (*place, FOOT + 45)])) {}
                    text x=(px(*place)) y=(px(FOOT + 190)) text-anchor="middle" { (label) }
                }
            }
            @for stretch in &chart.stretches { (lines(stretch)) }
            @for height in &chart.targets {
                path.target d=(path(&[(left, *height), (right, *height)])) {}
            }
            @for run in &chart.runs { path.run d=(path(run)) {} }
            @for point in &chart.points { (mark(point, chart.reach)) }
        }
    }
}

/// The ground between the limits.
fn band(stretch: &Drawn) -> Markup {
    html! {
        @if let Some([low, high]) = &stretch.limits {
            @let around: Vec<Place> = low.iter().chain(high.iter().rev()).copied().collect();
            path.band d=(path(&around) + "Z") {}
        }
    }
}

fn lines(stretch: &Drawn) -> Markup {
    html! {
        @if let Some(limits) = &stretch.limits {
            @for limit in limits { path.limit d=(path(limit)) {} }
        }
        path.centre d=(path(&stretch.centre)) {}
    }
}

/// A point by what is said of it: a disc, a diamond, a triangle, or a small dot for no signal.
fn mark(point: &Point, reach: i64) -> Markup {
    let (x, y) = point.place;
    // The offsets are those of a mark that reaches 50.
    let around = |offsets: &[Place]| {
        let place = |(across, down): &Place| (x + across * reach / 50, y + down * reach / 50);
        path(&offsets.iter().map(place).collect::<Vec<_>>()) + "Z"
    };
    let class = class(point.variation);
    let shape = match point.variation {
        Variation::Concern => Some(around(&[(0, -68), (68, 0), (0, 68), (-68, 0)])),
        Variation::High => Some(around(&[(0, -62), (60, 46), (-60, 46)])),
        Variation::Low => Some(around(&[(0, 62), (60, -46), (-60, -46)])),
        _ => None,
    };
    let radius = if point.variation == Variation::Improvement { reach } else { reach * 28 / 50 };
    html! {
        @if let Some(shape) = shape {
            path.mark.(class) d=(shape) { title { (point.says) } }
        } @else {
            circle.mark.(class) cx=(px(x)) cy=(px(y)) r=(px(radius)) { title { (point.says) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_in_tenths() {
        assert_eq!([0, 5, 12, 120, -3].map(px), ["0", "0.5", "1.2", "12", "-0.3"]);
        assert_eq!(path(&[(0, 10), (15, 20)]), "M0 1L1.5 2");
    }
}
