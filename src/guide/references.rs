//! References to entities: links, names in front matter, and headings that open cells.

use super::entity::Entity;
use super::model::Guide;
use crate::config;
use crate::diagnostic::{Span, Spanned};
use crate::ladder::{Cell, CompetencyId, Found, LevelId, NameLookup};
use crate::link::Resolved;
use crate::page::{FrontMatter, Kind, Page, PageId};
use crate::tree::TreePath;

/// A piece of text that refers to an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The entity that it refers to.
    pub to: Entity,
    /// The span of the text.
    pub span: Span,
}

impl Guide {
    /// The spans of all references to an entity: links, names in front matter, and headings that open cells, in order.
    /// A name that several entries of the configuration share refers to the first. Takes time proportional to the size of
    /// the guide.
    #[must_use]
    pub fn references(&self, to: Entity) -> Vec<Span> {
        let of_pages = self.pages.shown().flat_map(|(id, _)| self.references_on(id));
        let mut spans: Vec<Span> = of_pages.filter(|reference| reference.to == to).map(|found| found.span).collect();
        spans.sort();
        spans
    }

    /// The entity at a byte of a file: the one that the text there refers to or defines, or else the one that its page
    /// defines.
    #[must_use]
    pub fn at(&self, file: &TreePath, byte: usize) -> Option<Entity> {
        if file.as_str() == config::FILE {
            return self.configured_at(byte);
        }
        let id = self.pages.id_of(file).filter(|id| self.pages.is_shown(*id))?;
        let holds = |span: &Span| (span.start..=span.end).contains(&byte);
        let references = self.references_on(id).into_iter().filter(|reference| holds(&reference.span));
        let nearest = references.min_by_key(|reference| reference.span.end - reference.span.start);
        let defined = || {
            let mut expectations = self.ladder.expectations.iter_enumerated().filter(|(_, one)| one.page == id);
            let found = expectations.find(|(_, one)| one.statement.span.contains(&byte));
            found.map(|(expectation, _)| Entity::Expectation(expectation))
        };
        nearest.map(|reference| reference.to).or_else(defined).or_else(|| Some(self.entity_of(id)))
    }

    /// The entity whose id is at a byte of the configuration.
    fn configured_at(&self, byte: usize) -> Option<Entity> {
        let mut written = self.configured().filter(|(_, id)| !id.span.is_empty());
        written.find(|(_, id)| (id.span.start..=id.span.end).contains(&byte)).map(|(entity, _)| entity)
    }

    /// All references in the text of a page.
    fn references_on(&self, id: PageId) -> Vec<Reference> {
        let page = self.pages.get(id);
        let mut found = self.links_on(id, page);
        found.extend(self.names_on(id, page));
        found.extend(self.configured_on(page));
        found.extend(self.cells_on(id, page));
        found
    }

    fn links_on(&self, id: PageId, page: &Page) -> Vec<Reference> {
        let links = page.document.links.iter().zip(self.links.of(id));
        let reference = |(link, resolved): (&crate::markdown::LinkRef, &Resolved)| {
            let Resolved::Page(to, anchor) = resolved else { return None };
            let whole = self.entity_of(*to);
            let part = anchor.as_deref().and_then(|anchor| self.entity_with(whole, anchor));
            Some(Reference { to: part.unwrap_or(whole), span: page.span(&link.span) })
        };
        links.filter_map(reference).collect()
    }

    /// The expectation or step that an anchor on the page of an entity leads to.
    fn entity_with(&self, whole: Entity, anchor: &str) -> Option<Entity> {
        match whole {
            Entity::Level(level) => {
                let mut written = self.ladder.written_for(level).iter().copied();
                written.find(|id| *self.ladder.expectation(*id).id == *anchor).map(Entity::Expectation)
            }
            Entity::Competency(competency) => {
                let mut steps = self.anchors.competency(competency).steps.iter();
                steps.position(|step| step == anchor).map(|at| Entity::Step(competency, at + 1))
            }
            _ => None,
        }
    }

    /// The names in the front matter of a page that mean pages.
    fn names_on(&self, id: PageId, page: &Page) -> Vec<Reference> {
        let names = NameLookup::on_page(&self.names, &self.pages, &self.ladder.structure, id);
        let reference = |(kind, name): (Kind, &Spanned<String>)| match names.find(Some(kind), &name.value) {
            Found::One(to) => Some(Reference { to: self.entity_of(to), span: page.span(&name.span) }),
            Found::Several(_) | Found::Nothing => None,
        };
        named(&page.front_matter).into_iter().filter_map(reference).collect()
    }

    /// The names in the front matter of a page that mean facets, areas and owners of the configuration.
    fn configured_on(&self, page: &Page) -> Vec<Reference> {
        let mut found = Vec::new();
        let mut push = |to: Option<Entity>, name: &Spanned<String>| {
            found.extend(to.map(|to| Reference { to, span: page.span(&name.span) }));
        };
        if let Some(name) = &page.owner {
            push(self.config.owner_position(&name.value).map(Entity::Owner), name);
        }
        match &page.front_matter {
            FrontMatter::Level(level) => {
                for (name, _) in &level.facets {
                    push(self.config.facet_position(&name.value).map(Entity::Facet), name);
                }
            }
            FrontMatter::Competency(competency) => {
                if let Some(name) = &competency.area {
                    push(self.config.area_position(&name.value).map(Entity::Area), name);
                }
            }
            _ => {}
        }
        found
    }

    /// The headings of a page that open cells.
    fn cells_on(&self, id: PageId, page: &Page) -> Vec<Reference> {
        let heading = |to: Entity, cell: &Cell| {
            let written = cell.written.as_ref().filter(|written| written.page == id)?;
            Some(Reference { to, span: page.span(&written.heading.span) })
        };
        match self.entity_of(id) {
            Entity::Level(level) => {
                let cells = self.ladder.level(level).cells.iter();
                cells.filter_map(|(id, cell): (&CompetencyId, _)| heading(Entity::Competency(*id), cell)).collect()
            }
            Entity::Competency(competency) => {
                let levels = self.ladder.competency(competency).levels.iter();
                let cell = |level: &LevelId| Some((*level, self.ladder.level(*level).cells.get(&competency)?));
                levels.filter_map(cell).filter_map(|(level, cell)| heading(Entity::Level(level), cell)).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The names in front matter that mean pages, each with the kind of page.
fn named(front_matter: &FrontMatter) -> Vec<(Kind, &Spanned<String>)> {
    match front_matter {
        FrontMatter::Track(track) => {
            let weights = track.weights.iter().map(|(name, _)| (Kind::Competency, name));
            all(Kind::Level, &track.levels).into_iter().chain(weights).collect()
        }
        FrontMatter::Level(level) => {
            let mut names: Vec<_> = level.track.iter().map(|name| (Kind::Track, name)).collect();
            for extend in &level.extends {
                names.push((Kind::Level, &extend.level));
                names.extend(extend.competencies.iter().flatten().map(|name| (Kind::Competency, name)));
            }
            names.extend(level.leads_to.iter().flatten().map(|name| (Kind::Level, name)));
            names.extend(level.profile.iter().map(|(name, _)| (Kind::Competency, name)));
            names.extend(level.not_applicable.iter().map(|name| (Kind::Competency, name)));
            names
        }
        FrontMatter::Competency(competency) => all(Kind::Track, &competency.tracks),
        FrontMatter::Move { from, to } => from.iter().chain(to).map(|name| (Kind::Level, name)).collect(),
        FrontMatter::Serves(serves) => {
            let names = [
                all(Kind::Level, &serves.levels),
                all(Kind::Competency, &serves.competencies),
                all(Kind::Track, &serves.tracks),
            ];
            names.concat()
        }
        FrontMatter::Term(_) | FrontMatter::Plain => Vec::new(),
    }
}

fn all(kind: Kind, names: &[Spanned<String>]) -> Vec<(Kind, &Spanned<String>)> {
    names.iter().map(|name| (kind, name)).collect()
}
