//! Files for programs: the ladder as data, the feed, the site map, and data for scripts.

pub(crate) mod compare_data;
mod csv;
mod expectation_ids;
mod feed;
mod inheritance;
mod ladder_json;
mod sitemap;
mod terms;

pub(crate) use csv::write as ladder_csv;
pub(crate) use feed::view as feed;
pub(crate) use ladder_json::write as ladder_json;
pub(crate) use sitemap::{robots, view as sitemap};

use crate::context::RenderContext;
use crate::link::ScriptData;
use crate::search;

/// A script with data for the theme's scripts.
pub(crate) fn script_data(context: &RenderContext, data: ScriptData) -> String {
    match data {
        ScriptData::SearchIndex => search::write(context),
        ScriptData::Terms => terms::write(context),
        ScriptData::ExpectationIds => expectation_ids::write(context),
        ScriptData::ComparedLadder => compare_data::ladder(context),
        ScriptData::ComparedLevels(track) => compare_data::levels(context, track),
    }
}
