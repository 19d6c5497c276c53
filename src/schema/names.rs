//! The names that a project has for its fields.

use serde_json::{Value, json};

use crate::field::NameOf;
use crate::guide::Guide;
use crate::ladder::{Found, NameLookup};
use crate::page::{FrontMatter, Kind, Page};

/// The names of a project's pages, and of its areas, facets and owners.
pub(super) struct ProjectNames<'g> {
    guide: &'g Guide,
}

impl<'g> ProjectNames<'g> {
    /// The names of a guide, in which drafts count as pages.
    pub(super) fn new(guide: &'g Guide) -> Self {
        Self { guide }
    }

    /// The names that a field can hold, sorted. Those of several pages are left out. Without a competency, steps have
    /// none.
    pub(super) fn all(&self, of: NameOf) -> Vec<&'g str> {
        let config = &self.guide.config;
        let mut names = match of {
            NameOf::Track => self.pages(Kind::Track),
            NameOf::Level => self.pages(Kind::Level),
            NameOf::Competency => self.pages(Kind::Competency),
            NameOf::Step => Vec::new(),
            NameOf::Facet => config.facets.iter().map(|facet| facet.id.value.as_str()).collect(),
            NameOf::Area if config.areas.is_empty() => self.written(area_of),
            NameOf::Area => {
                config.areas.iter().flat_map(|area| [area.id.value.as_str(), area.title.as_str()]).collect()
            }
            NameOf::Owner if config.owners.is_empty() => self.written(|page| Some(page.owner.as_ref()?.value.as_str())),
            NameOf::Owner => {
                config.owners.iter().flat_map(|owner| [owner.id.value.as_str(), owner.name.as_str()]).collect()
            }
        };
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The names with which a mapping can have keys, sorted: one for each thing, the shortest part of its id.
    pub(super) fn keys(&self, of: NameOf) -> Vec<&'g str> {
        let mut keys: Vec<&str> = match of {
            NameOf::Competency => {
                let names = self.pages(Kind::Competency);
                let shortest = |page: &'g Page| {
                    let of_id = names.iter().filter(|name| page.id.ends_with(**name));
                    of_id.min_by_key(|name| name.len()).copied()
                };
                let competencies = self.guide.pages.all().filter(|(_, page)| page.kind == Kind::Competency);
                competencies.filter_map(|(_, page)| shortest(page)).collect()
            }
            _ => self.all(of),
        };
        keys.sort_unstable();
        keys
    }

    /// The steps of the scale of the competency with a name: their names and their numbers.
    pub(super) fn steps(&self, competency: &str) -> Vec<Value> {
        let lookup = NameLookup::new(&self.guide.names, &self.guide.pages);
        let Found::One(id) = lookup.find(Some(Kind::Competency), competency) else { return Vec::new() };
        let scale = self.guide.pages.get(id).scale();
        scale.iter().map(|step| json!(step.value)).chain((1..=scale.len()).map(|number| json!(number))).collect()
    }

    /// The names of the pages of a kind: ids and their ends, titles, codes and other names.
    fn pages(&self, kind: Kind) -> Vec<&'g str> {
        let lookup = NameLookup::new(&self.guide.names, &self.guide.pages);
        let of_kind = self.guide.pages.all().filter(|(_, page)| page.kind == kind);
        let names = of_kind.flat_map(|(id, page)| page.own_names().map(move |name| (id, name)));
        names.filter(|(id, name)| lookup.find(Some(kind), name) == Found::One(*id)).map(|(_, name)| name).collect()
    }

    /// What pages have in a field that isn't configured.
    fn written(&self, field: impl Fn(&'g Page) -> Option<&'g str>) -> Vec<&'g str> {
        self.guide.pages.all().filter_map(|(_, page)| field(page)).collect()
    }
}

fn area_of(page: &Page) -> Option<&str> {
    match &page.front_matter {
        FrontMatter::Competency(competency) => Some(competency.area.as_ref()?.value.as_str()),
        _ => None,
    }
}
