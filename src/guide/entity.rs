//! The entities of a guide, and keys by which they are found in another one.

use std::fmt;

use super::model::Guide;
use crate::diagnostic::Span;
use crate::ladder::{CompetencyId, ExpectationId, LevelId, Role, TrackId};
use crate::page::PageId;

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
}

/// The permanent name of an entity: it means the same in two revisions of a guide, in two languages, and in a guide and
/// an export of it. As text it's the address of the entity: `ic/senior`, `ic/senior#owns-design`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The id of the page that defines the entity, or of the level that an expectation is written for.
    pub page: String,
    /// The part of that page that is the entity.
    pub part: KeyPart,
}

/// The part of a page that is an entity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyPart {
    /// The page as a whole.
    Whole,
    /// An expectation, by its id.
    Expectation(String),
    /// A step of a scale, by its folded name.
    Step(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            KeyPart::Whole => f.write_str(&self.page),
            KeyPart::Expectation(part) | KeyPart::Step(part) => write!(f, "{}#{part}", self.page),
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

    /// The page that an entity is defined by; that of its level for an expectation.
    #[must_use]
    pub fn page_of(&self, entity: Entity) -> PageId {
        match entity {
            Entity::Track(id) => self.ladder.track(id).page,
            Entity::Level(id) => self.ladder.level(id).page,
            Entity::Competency(id) | Entity::Step(id, _) => self.ladder.competency(id).page,
            Entity::Expectation(id) => self.ladder.level(self.ladder.expectation(id).level).page,
            Entity::Page(id) => id,
        }
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
        };
        Key { page: self.pages.get(self.page_of(entity)).id.clone(), part }
    }

    /// The entity that has a key, if this guide has one. Takes time proportional to the number of pages.
    #[must_use]
    pub fn find(&self, key: &Key) -> Option<Entity> {
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

    /// The span of an entity's definition: a page's title, an expectation's text, a step's name in the front matter.
    #[must_use]
    pub fn definition(&self, entity: Entity) -> Span {
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
            Entity::Track(_) | Entity::Level(_) | Entity::Competency(_) | Entity::Page(_) => {
                self.pages.get(self.page_of(entity)).title_span()
            }
        }
    }
}
