//! The entities of a guide, and keys by which they are found in another one.

use std::fmt;

use super::model::Guide;
use crate::config;
use crate::diagnostic::{Span, Spanned};
use crate::ladder::{CompetencyId, ExpectationId, LevelId, Role, TrackId};
use crate::page::PageId;
use crate::tree::TreePath;

/// A part of a guide that has a definition. It is valid only for its own guide; [`Guide::key`] returns a key that means
/// the same in other guides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A track.
    Track(TrackId),
    /// A level.
    Level(LevelId),
    /// A competency.
    Competency(CompetencyId),
    /// A step of a competency's scale, by its number from 1.
    Step(CompetencyId, usize),
    /// An expectation.
    Expectation(ExpectationId),
    /// A page that is none of these.
    Page(PageId),
    /// A facet, by its position in the configuration.
    Facet(usize),
    /// An area, by its position in the configuration.
    Area(usize),
    /// An owner, by its position in the configuration.
    Owner(usize),
}

/// The permanent name of an entity: it means the same in two revisions of a guide, in two languages, and in a guide and
/// an export of it. As text it's the address of the entity: `ic/senior`, `ic/senior#owns-design`,
/// `stepladder.yaml#facets/scope`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The id of the page that defines the entity, or of the level that an expectation is written for; empty for
    /// an entity of the configuration.
    pub page: String,
    /// The part of that page, or of the configuration, that is the entity.
    pub part: KeyPart,
}

/// The part of a page or of the configuration that is an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyPart {
    /// The page as a whole.
    Whole,
    /// An expectation, by its id.
    Expectation(String),
    /// A step of a scale, by its folded name.
    Step(String),
    /// A facet of the configuration, by its id.
    Facet(String),
    /// An area of the configuration, by its id.
    Area(String),
    /// An owner of the configuration, by its id.
    Owner(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            KeyPart::Whole => f.write_str(&self.page),
            KeyPart::Expectation(part) | KeyPart::Step(part) => write!(f, "{}#{part}", self.page),
            KeyPart::Facet(id) => write!(f, "{}#facets/{id}", config::FILE),
            KeyPart::Area(id) => write!(f, "{}#areas/{id}", config::FILE),
            KeyPart::Owner(id) => write!(f, "{}#owners/{id}", config::FILE),
        }
    }
}

impl Guide {
    /// The entity that a page defines as a whole.
    #[must_use]
    pub fn entity_of(&self, page: PageId) -> Entity {
        match self.ladder.role(page) {
            Some(Role::Track(id)) => Entity::Track(id),
            Some(Role::Level(id)) => Entity::Level(id),
            Some(Role::Competency(id)) => Entity::Competency(id),
            None => Entity::Page(page),
        }
    }

    /// The page that an entity is defined by; that of its level for an expectation, and none for an entity of the
    /// configuration.
    #[must_use]
    pub fn page_of(&self, entity: Entity) -> Option<PageId> {
        match entity {
            Entity::Track(id) => Some(self.ladder.track(id).page),
            Entity::Level(id) => Some(self.ladder.level(id).page),
            Entity::Competency(id) | Entity::Step(id, _) => Some(self.ladder.competency(id).page),
            Entity::Expectation(id) => Some(self.ladder.level(self.ladder.expectation(id).level).page),
            Entity::Page(id) => Some(id),
            Entity::Facet(_) | Entity::Area(_) | Entity::Owner(_) => None,
        }
    }

    /// The facets, areas and owners of the configuration, in this order, each with its id as defined there.
    pub(super) fn configured(&self) -> impl Iterator<Item = (Entity, &Spanned<String>)> {
        let facets = self.config.facets.iter().enumerate().map(|(at, facet)| (Entity::Facet(at), &facet.id));
        let areas = self.config.areas.iter().enumerate().map(|(at, area)| (Entity::Area(at), &area.id));
        let owners = self.config.owners.iter().enumerate().map(|(at, owner)| (Entity::Owner(at), &owner.id));
        facets.chain(areas).chain(owners)
    }

    /// The key of an entity.
    #[must_use]
    pub fn key(&self, entity: Entity) -> Key {
        let part = match entity {
            Entity::Expectation(id) => KeyPart::Expectation(self.ladder.expectation(id).id.to_string()),
            Entity::Step(id, number) => {
                KeyPart::Step(crate::name::fold(&self.ladder.competency(id).scale[number - 1].name))
            }
            Entity::Track(_) | Entity::Level(_) | Entity::Competency(_) | Entity::Page(_) => KeyPart::Whole,
            Entity::Facet(at) => KeyPart::Facet(self.config.facets[at].id.value.clone()),
            Entity::Area(at) => KeyPart::Area(self.config.areas[at].id.value.clone()),
            Entity::Owner(at) => KeyPart::Owner(self.config.owners[at].id.value.clone()),
        };
        let page = self.page_of(entity).map(|page| self.pages.get(page).id.clone());
        Key { page: page.unwrap_or_default(), part }
    }

    /// The entity that has a key, if this guide has one. Takes time proportional to the number of pages.
    #[must_use]
    pub fn find(&self, key: &Key) -> Option<Entity> {
        if let KeyPart::Facet(_) | KeyPart::Area(_) | KeyPart::Owner(_) = key.part {
            let mut entities = self.configured().map(|(entity, _)| entity);
            return entities.find(|entity| self.key(*entity) == *key);
        }
        let (page, _) = self.pages.shown().find(|(_, page)| page.id == key.page)?;
        match (&key.part, self.entity_of(page)) {
            (KeyPart::Whole, entity) => Some(entity),
            (KeyPart::Expectation(id), Entity::Level(level)) => {
                let mut written = self.ladder.written_for(level).iter();
                written
                    .find(|expectation| *self.ladder.expectation(**expectation).id == **id)
                    .copied()
                    .map(Entity::Expectation)
            }
            (KeyPart::Step(name), Entity::Competency(competency)) => {
                let mut steps = self.ladder.competency(competency).scale.iter();
                let at = steps.position(|step| crate::name::fold(&step.name) == *name)?;
                Some(Entity::Step(competency, at + 1))
            }
            _ => None,
        }
    }

    /// The span of an entity's definition: a page's title, an expectation's text, a step's name in the front matter, an id
    /// in the configuration. For a default facet it's the start of the configuration, which may be missing.
    #[must_use]
    pub fn definition(&self, entity: Entity) -> Span {
        let in_config = |id: &Spanned<String>| id.in_file(&TreePath::normalized(config::FILE));
        let of_page = |page: PageId| self.pages.get(page).title_span();
        match entity {
            Entity::Expectation(id) => {
                let expectation = self.ladder.expectation(id);
                self.pages.get(expectation.page).span(&expectation.statement.span)
            }
            Entity::Step(id, number) => {
                let page = self.pages.get(self.ladder.competency(id).page);
                let span = page.scale().get(number - 1).map_or(&page.title.span, |step| &step.span);
                page.span(span)
            }
            Entity::Track(id) => of_page(self.ladder.track(id).page),
            Entity::Level(id) => of_page(self.ladder.level(id).page),
            Entity::Competency(id) => of_page(self.ladder.competency(id).page),
            Entity::Page(id) => of_page(id),
            Entity::Facet(at) => in_config(&self.config.facets[at].id),
            Entity::Area(at) => in_config(&self.config.areas[at].id),
            Entity::Owner(at) => in_config(&self.config.owners[at].id),
        }
    }
}
