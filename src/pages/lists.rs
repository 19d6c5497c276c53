//! Pages that list other pages.

use crate::context::{PageContext, RenderContext};
use crate::ladder::{Area, CompetencyId};
use crate::link::{Generated, Tag, numbered};
use crate::name;
use crate::page::{FrontMatter, Kind, PageId};
use crate::view::{Content, GroupView, ListView, NameView};

impl RenderContext {
    /// The pages of a kind in the order in which they are listed: by `order`, then by title.
    pub(crate) fn listed(&self, kind: Kind) -> Vec<PageId> {
        if kind == Kind::Competency {
            return self.ladder.competencies.iter().map(|competency| competency.page).collect();
        }
        self.listed_where(kind, |_| true)
    }

    /// Those of a kind's pages that are wanted, in the order in which they are listed.
    pub(crate) fn listed_where(&self, kind: Kind, wanted: impl Fn(PageId) -> bool) -> Vec<PageId> {
        let of_kind = self.pages.shown().filter(|(id, page)| page.kind == kind && wanted(*id));
        self.sorted(of_kind.map(|(id, _)| id))
    }

    fn sorted(&self, ids: impl Iterator<Item = PageId>) -> Vec<PageId> {
        let keyed = ids.map(|id| {
            let page = self.pages.get(id);
            (page.order.unwrap_or(f64::INFINITY), page.title.value.to_lowercase(), id)
        });
        let mut keyed: Vec<(f64, String, PageId)> = keyed.collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
        keyed.into_iter().map(|(.., id)| id).collect()
    }

    /// Groups whose ids stand nowhere else on their page: not in another group, nor in the text that introduces them.
    pub(crate) fn distinct(&self, here: &PageContext, mut groups: Vec<GroupView>) -> Vec<GroupView> {
        let of_text = here.page.map(|page| self.ladder.layout(&self.pages, page).anchors.iter());
        let of_text: Vec<String> = of_text.into_iter().flatten().cloned().collect();
        let with_ids = || groups.iter().enumerate().filter(|(_, group)| !group.anchor.is_empty());
        let wanted = of_text.iter().cloned().chain(with_ids().map(|(_, group)| group.anchor.clone()));
        let given: Vec<(usize, String)> =
            with_ids().map(|(at, _)| at).zip(numbered(wanted).into_iter().skip(of_text.len())).collect();
        for (at, anchor) in given {
            groups[at].anchor = anchor;
        }
        groups
    }

    /// What a generated list shows.
    pub(crate) fn list_content(&self, here: &PageContext, generated: &Generated) -> Content {
        let plain = |kind| vec![GroupView { cards: self.cards(self.listed(kind)), ..GroupView::default() }];
        let (of, groups) = match generated {
            Generated::Competencies => ("competencies", self.competency_groups()),
            Generated::Moves => ("moves", plain(Kind::Move)),
            Generated::Articles => ("articles", plain(Kind::Article)),
            Generated::Worksheets => ("worksheets", self.worksheet_groups()),
            Generated::Assessments => ("assessments", self.assessment_groups()),
            Generated::Glossary => ("glossary", plain(Kind::Term)),
            Generated::Tags => ("tags", self.tag_groups(self.index.tags.values())),
            Generated::Tag(slug) => ("tag", self.tag_groups(self.tag(slug))),
            _ => return Content::default(),
        };
        let list = ListView { of, groups: self.distinct(here, groups) };
        Content { list: Some(list), ..Content::default() }
    }

    fn competency_groups(&self) -> Vec<GroupView> {
        let all = self.ladder.competencies.ids().collect();
        let group = |(area, ids): (Area, Vec<CompetencyId>)| {
            let (title, summary) = self.area(&area);
            let anchor = name::anchor(&title);
            let cards = ids.into_iter().map(|id| self.competency_card(id)).collect();
            GroupView { title, anchor, summary, cards, ..GroupView::default() }
        };
        self.by_area(all).into_iter().map(group).collect()
    }

    fn tag_groups<'t>(&self, tags: impl IntoIterator<Item = &'t Tag>) -> Vec<GroupView> {
        let group = |tag: &Tag| {
            let ids = self.sorted(tag.pages.iter().copied());
            let url = self.generated(&Generated::Tag(tag.slug.clone())).map(|address| address.url.clone());
            GroupView {
                title: tag.title.clone(),
                anchor: tag.slug.clone(),
                url: url.unwrap_or_default(),
                cards: self.cards(ids),
                ..GroupView::default()
            }
        };
        tags.into_iter().map(group).collect()
    }

    /// Every title, code and other name of levels, tracks, competencies and terms, and where it leads.
    pub(crate) fn titles_content(&self) -> Content {
        let mut names = Vec::new();
        for (id, page) in self.pages.shown() {
            match &page.front_matter {
                FrontMatter::Level(level) if !level.is_abstract => {}
                FrontMatter::Competency(_) | FrontMatter::Term(_) | FrontMatter::Track(_) => {}
                _ => continue,
            }
            let mut add = |name: &str, what| names.push(NameView { name: name.to_owned(), what, card: self.card(id) });
            add(&page.title.value, "title");
            let codes = usize::from(page.code().is_some());
            for (at, name) in page.other_names().into_iter().enumerate() {
                add(name, if at < codes { "code" } else { "other-name" });
            }
        }
        names.sort_by(|a, b| {
            (name::fold(&a.name), &a.name, &a.card.url).cmp(&(name::fold(&b.name), &b.name, &b.card.url))
        });
        Content { titles: Some(names), ..Content::default() }
    }
}
