//! Pages that list other pages.

use crate::context::{PageContext, RenderContext};
use crate::ladder::{Area, CompetencyId};
use crate::link::{Generated, Tag, numbered};
use crate::name;
use crate::page::Kind;
use crate::pages::assess;
use crate::view::{Content, GroupView, ListKind, ListView};

/// Makes the ids of groups unique on their page, whose text may have ids as well.
pub(crate) fn distinct(
    context: &RenderContext,
    page_context: &PageContext,
    mut groups: Vec<GroupView>,
) -> Vec<GroupView> {
    let of_text = page_context.page.map(|page| context.ladder.layout(&context.pages, page).anchors.iter());
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

/// The content of a generated list.
pub(crate) fn content(context: &RenderContext, page_context: &PageContext, generated: &Generated) -> Content {
    let plain = |kind| vec![GroupView { cards: context.cards(context.listed(kind)), ..GroupView::default() }];
    let (of, groups) = match generated {
        Generated::List(Kind::Competency) => (ListKind::OfKind(generated.section()), competency_groups(context)),
        Generated::List(Kind::Worksheet) => (ListKind::OfKind(generated.section()), assess::worksheet_groups(context)),
        Generated::List(kind) => (ListKind::OfKind(generated.section()), plain(*kind)),
        Generated::Assessments => (ListKind::Assessments, assess::groups(context)),
        Generated::Tags => (ListKind::Tags, tag_groups(context, context.index.tags.values())),
        Generated::Tag(slug) => (ListKind::Tag, tag_groups(context, context.tag(slug))),
        _ => return Content::default(),
    };
    let list = ListView { of, groups: distinct(context, page_context, groups) };
    Content { list: Some(list), ..Content::default() }
}

fn competency_groups(context: &RenderContext) -> Vec<GroupView> {
    let all = context.ladder.competencies.ids().collect();
    let group = |(area, ids): (Area, Vec<CompetencyId>)| {
        let (title, summary) = context.area(&area);
        let anchor = name::anchor(&title);
        let cards = ids.into_iter().map(|id| context.competency_card(id)).collect();
        GroupView { title, anchor, summary, cards, ..GroupView::default() }
    };
    context.by_area(all).into_iter().map(group).collect()
}

fn tag_groups<'t>(context: &RenderContext, tags: impl IntoIterator<Item = &'t Tag>) -> Vec<GroupView> {
    let group = |tag: &Tag| {
        let ids = context.sorted(tag.pages.iter().copied());
        let url = context.generated(&Generated::Tag(tag.slug.clone())).map(|address| address.url.clone());
        GroupView {
            title: tag.title.clone(),
            anchor: tag.slug.clone(),
            url: url.unwrap_or_default(),
            cards: context.cards(ids),
            ..GroupView::default()
        }
    };
    tags.into_iter().map(group).collect()
}
