//! Readers: a source → sheets, outlines or data, with every text recorded in the ledger.

mod archive;
mod delimited;
mod docx;
mod file_name;
mod html;
mod markdown;
mod outline_builder;
mod sheet_xml;
mod workbook;

use serde_json::Value;

use self::archive::Archive;
use self::file_name::extension;
pub use self::file_name::is_readable;
pub(super) use self::file_name::page_name;
use super::ledger::Ledger;
use super::mapping::Mapping;
use super::outline::SourceOutline;
use super::sheet::Sheet;
use super::source_file::{ImportError, SourceFile};
use crate::yaml;

/// What the sources have.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) sheets: Vec<Sheet>,
    pub(super) outlines: Vec<SourceOutline>,
    /// `ladder.json` files: name and content.
    pub(super) ladders: Vec<(String, Value)>,
    /// YAML files: name, text and content.
    pub(super) yaml: Vec<(String, String, yaml::Node)>,
    /// Files of other kinds, by name.
    pub(super) skipped: Vec<String>,
}

/// Reads a source.
pub(super) fn read(
    source: &SourceFile,
    mapping: &Mapping,
    ledger: &mut Ledger,
    contents: &mut Contents,
) -> Result<(), ImportError> {
    let extension = extension(&source.name);
    match extension.as_str() {
        "xlsx" | "xlsm" => contents.sheets.extend(workbook::read_xlsx(source, mapping, ledger)?),
        "ods" => contents.sheets.extend(workbook::read_ods(source, mapping, ledger)?),
        "csv" | "tsv" | "tab" | "txt" => contents.sheets.push(delimited::read(source, ledger)?),
        "md" | "markdown" => contents.outlines.push(markdown::read(source, ledger)),
        "html" | "htm" | "xhtml" => contents.outlines.push(html::read(source, ledger)),
        "docx" => contents.outlines.push(docx::read(source, ledger)?),
        "json" => {
            let value = serde_json::from_slice(&source.bytes)
                .map_err(|error| ImportError::new(format!("{} isn't valid JSON: {error}", source.name)))?;
            contents.ladders.push((source.name.clone(), value));
        }
        "yaml" | "yml" => {
            let text = delimited::decode(&source.bytes);
            let node = yaml::parse(&text, 0..text.len())
                .map_err(|error| ImportError::new(format!("{} isn't valid YAML: {}", source.name, error.message)))?;
            contents.yaml.push((source.name.clone(), text, node));
        }
        "zip" => {
            let mut archive = Archive::open(source)?;
            let mut names = archive.names();
            names.sort();
            for name in names.into_iter().filter(|name| !name.ends_with('/')) {
                if is_readable(&name) {
                    let bytes = archive.read(&name)?;
                    read(&SourceFile { name, bytes }, mapping, ledger, contents)?;
                } else {
                    contents.skipped.push(name);
                }
            }
        }
        _ => return Err(unreadable(source, &extension)),
    }
    Ok(())
}

/// The error for a source of a kind that can't be read, with what to export instead.
fn unreadable(source: &SourceFile, extension: &str) -> ImportError {
    let help = match extension {
        "xls" | "xlsb" | "numbers" | "gsheet" => "save or download it as .xlsx, .ods or .csv",
        "doc" | "odt" | "rtf" | "pages" | "gdoc" => "save or download it as .docx, or as a web page (.html)",
        "pdf" => {
            "a PDF has no table or headings to read; export the document it was made from as .docx, .xlsx or .html"
        }
        _ => {
            "it can be .xlsx, .ods, .csv, .tsv, .md, .html, .docx, .json, .yaml, a .zip of these, or a folder with them"
        }
    };
    ImportError::new(format!("{} can't be read", source.name)).help(help)
}
