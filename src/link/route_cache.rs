//! The last routes, routed again only where their inputs differ.

use std::sync::Arc;

use super::page_address::PageAddress;
use super::routes::{Routes, RoutesInputs, route};
use crate::diagnostic::Diagnosed;
use crate::index_vec::IndexVec;
use crate::ladder::{Input, InputChanges, PageRenumbering, Reads};
use crate::memo::{Memo, MemoVec};
use crate::page::PageId;

/// The last routes, and the address of each page.
#[derive(Debug, Default)]
pub struct RouteCache {
    addresses: MemoVec<PageId, Input, PageAddress>,
    routes: Memo<Input, Diagnosed<Arc<Routes>>>,
}

impl RouteCache {
    /// Routes all files, and adds the differences from the last routes to `changes`.
    pub fn update(&mut self, inputs: RoutesInputs<'_>, changes: &mut InputChanges) -> Diagnosed<Arc<Routes>> {
        let ids: Vec<PageId> = inputs.pages.ids().collect();
        self.addresses.update(&ids, changes, |id| {
            let address = PageAddress::of(inputs.pages.get(id), inputs.config.urls);
            (address, Reads::from_iter([Input::Page(id)]))
        });
        let update = self.routes.update(changes, || {
            let addresses: IndexVec<PageId, _> = ids.iter().map(|id| self.addresses.get(*id)).collect();
            let Diagnosed { value, diagnostics } = route(inputs, &addresses);
            let quoted = Input::all_front_matter().filter(|_| !diagnostics.is_empty());
            let reads = [Input::Structure, Input::Assessable, Input::Dated, Input::Reserved];
            let reads = reads.into_iter().chain(Input::all_outlines()).chain(quoted).collect();
            (Diagnosed::new(Arc::new(value), diagnostics), reads)
        });
        let routes = self.routes.get();
        changes.insert_if(update.differs(|old| old.value == routes.value), Input::Routes);
        changes.insert_if(update.differs(|old| old.value.assets == routes.value.assets), Input::Assets);
        changes.insert_if(update.differs(|old| old.value.has_same_generated_pages(&routes.value)), Input::Generated);
        routes.clone()
    }

    /// Moves the cached addresses to the new positions of their pages.
    pub fn renumber(&mut self, moves: &PageRenumbering) {
        self.addresses.renumber(|page| moves.new_id(page), |input| moves.new_input(input), Some);
    }

    /// The number of times that all files were routed.
    #[must_use]
    pub fn computed(&self) -> usize {
        self.routes.computed()
    }

    /// The number of pages whose address was computed.
    #[must_use]
    pub fn computed_addresses(&self) -> usize {
        self.addresses.computed()
    }
}
