//! `cargo xtask docs`: the pages that are written from declarations, so that page and program cannot disagree.

mod clocks;
mod codes;
mod input;
mod languages;
mod links;
mod measures;
mod policies;

use std::error::Error;

use crate::run::Done;
use crate::workspace;

/// What makes a page.
type Page = fn() -> Result<String, Box<dyn Error>>;

const PAGES: [(&str, Page); 6] = [
    ("docs/measures.md", || Ok(measures::page()?)),
    ("docs/clocks.md", || Ok(clocks::page()?)),
    ("docs/codes.md", || Ok(codes::page()?)),
    ("docs/input.md", || Ok(input::page()?)),
    ("docs/policies.md", || Ok(policies::page()?)),
    ("docs/languages.md", languages::page),
];

/// Writes the pages, or in `check` says whether one is stale.
pub(crate) fn run(check: bool) -> Done {
    for (file, page) in PAGES {
        workspace::settle(file, &page()?, check, "docs")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use crate::workspace;

    #[test]
    fn the_pages_are_up_to_date() {
        super::run(true).unwrap();
    }

    /// What stands between two marks, wherever it does.
    fn between<'a>(text: &'a str, start: &'a str, end: char) -> impl Iterator<Item = &'a str> {
        text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
    }

    /// The anchors of a page: those that are set, and those of its headings.
    fn anchors(page: &str) -> BTreeSet<String> {
        let set = between(page, "<a id=\"", '"').map(str::to_owned);
        let headings = page.lines().filter_map(|line| line.trim_start_matches('#').strip_prefix(' '));
        let of_heading = |heading: &str| -> String {
            let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
        };
        set.chain(headings.map(of_heading)).collect()
    }

    #[test]
    fn every_page_is_in_the_index() {
        let docs = workspace::root().join("docs");
        let index = fs::read_to_string(docs.join("README.md")).unwrap();
        for entry in fs::read_dir(docs).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(name == "README.md" || index.contains(&format!("| [{name}]({name}) |")), "{name}");
        }
    }

    #[test]
    fn every_link_leads_somewhere() {
        let root = workspace::root();
        let mut pages = vec![root.join("README.md"), root.join("CONTRIBUTING.md")];
        pages.extend(fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path()));
        let mut dead = Vec::new();
        let mut checked = 0;
        for page in pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
            let text = fs::read_to_string(page).unwrap();
            for link in between(&text, "](", ')').filter(|link| !link.starts_with("http")) {
                let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
                let target = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
                let is_there = if anchor.is_empty() {
                    Path::exists(&target)
                } else {
                    fs::read_to_string(&target).is_ok_and(|text| anchors(&text).contains(anchor))
                };
                if !is_there {
                    dead.push(format!("{}: {link}", page.display()));
                }
                checked += 1;
            }
        }
        assert!(checked > 500, "{checked}");
        assert!(dead.is_empty(), "{dead:#?}");
    }
}
