//! JSON Schemas of front matter and of `stepladder.yaml`, for editors and validators.
//!
//! They are derived from the tables of kinds and fields, and offer the names that the project has. A name in another
//! spelling is valid all the same, so a schema never refuses a project without errors. It doesn't find all errors: those
//! that concern several fields or pages, such as an unknown name, only `stepladder check` reports.
//!
//! The schemas are of draft 7, which language servers for YAML have supported for longest.

mod document;
mod names;
mod scalars;
mod value;

pub use document::{SchemaOf, schema};
