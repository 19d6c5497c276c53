//! Files for programs: the ladder as data, the feed, the site map, and what scripts load.

pub(crate) mod compare_data;
mod csv;
mod expectation_ids;
mod feed;
mod ladder_json;
mod project_style;
mod sitemap;
mod terms;

use crate::context::RenderContext;
use crate::link::{ExportFile, ScriptData};
use crate::search;

/// Makes a file for other programs.
#[must_use]
pub fn file(context: &RenderContext, file: ExportFile) -> String {
    match file {
        ExportFile::LadderJson => ladder_json::write(context),
        ExportFile::LadderCsv => csv::write(context),
        ExportFile::Feed => feed::feed(context),
        ExportFile::Sitemap => sitemap::sitemap(context),
        ExportFile::Robots => sitemap::robots(context),
        ExportFile::ProjectStyle => project_style::project_style(context),
    }
}

/// Makes a file of data for the theme's scripts.
#[must_use]
pub fn script_data(context: &RenderContext, data: ScriptData) -> String {
    match data {
        ScriptData::SearchIndex => search::write(context),
        ScriptData::Terms => terms::write(context),
        ScriptData::ExpectationIds => expectation_ids::write(context),
        ScriptData::ComparedLadder => compare_data::ladder(context),
        ScriptData::ComparisonsFrom(level) => compare_data::from(context, level),
    }
}
