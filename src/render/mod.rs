//! Views of the site's pages (what a template sees), and the files that are not pages.

mod assess;
mod cards;
mod cells;
mod changes;
mod chart;
mod compare_data;
mod comparison;
mod competency;
mod context;
mod csv;
mod diagram;
mod feed;
mod home;
mod level;
mod link_writer;
mod lists;
mod machine;
mod matrix;
mod orphans;
mod pages;
mod print;
mod search;
mod terms;
pub mod view;
mod word_diff;
mod worksheet;

pub use compare_data::Data;
pub use context::{Index, RenderContext};
pub use diagram::Diagrams;
pub use machine::Machine;
pub use orphans::orphans;
pub use pages::{Output, redirect, shown, view, view_site};
pub use word_diff::Marks;
