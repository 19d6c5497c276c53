//! Files for programs: the ladder as data, the feed, the site map, and data for scripts.

pub(crate) mod compare_data;
mod csv;
mod data;
mod document;
mod expectation_ids;
mod feed;
mod inheritance;
mod json_ld;
mod ladder_json;
mod sitemap;
mod terms;
mod workbook;

pub(crate) use csv::{CsvRows, write as ladder_csv};
pub(crate) use feed::view as feed;
pub(crate) use ladder_json::write as ladder_json;
pub(crate) use sitemap::{robots, view as sitemap};

use rust_xlsxwriter::XlsxError;
use serde_json::Value;

use self::workbook::ExportedWorkbook;
use crate::context::RenderContext;
use crate::link::ScriptData;
use crate::search;

/// The JSON Schema of `ladder.json`.
pub(crate) const LADDER_SCHEMA: &str = include_str!("ladder.schema.json");

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

/// The ladder as one document in Markdown.
pub(crate) fn document_markdown(context: &RenderContext) -> String {
    document::markdown(&ladder_value(context))
}

/// The ladder as one document in HTML.
pub(crate) fn document_html(context: &RenderContext) -> String {
    document::html(&ladder_value(context), &context.config.language)
}

/// The ladder as linked data of schema.org.
pub(crate) fn json_ld(context: &RenderContext) -> String {
    json_ld::write(&ladder_value(context), context.config.base_url.as_deref().unwrap_or_default())
}

/// The ladder as a workbook.
///
/// # Errors
/// If it has more rows or columns than a workbook.
pub(crate) fn workbook(context: &RenderContext) -> Result<ExportedWorkbook, XlsxError> {
    workbook::matrix(&ladder_value(context), &csv::rows(context))
}

/// A form for assessments, as a workbook.
///
/// # Errors
/// If the ladder has more rows than a workbook.
pub(crate) fn assessment(context: &RenderContext) -> Result<ExportedWorkbook, XlsxError> {
    workbook::assessment(&ladder_value(context))
}

/// `ladder.json` as a value, which the other formats are made from.
fn ladder_value(context: &RenderContext) -> Value {
    serde_json::from_str(&ladder_json(context)).unwrap_or_default()
}
