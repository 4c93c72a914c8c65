//! Links from one page to another.

/// Names in code marks, each a link to its place on a page, with commas between.
pub(super) fn links<'a>(page: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    let links: Vec<String> = names.into_iter().map(|name| format!("[`{name}`]({page}#{name})")).collect();
    links.join(", ")
}

/// Ids of measures, each a link to its place on their page, with commas between.
pub(super) fn measure_links<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let links: Vec<String> = ids.into_iter().map(|id| format!("[{id}](measures.md#{id})")).collect();
    links.join(", ")
}
