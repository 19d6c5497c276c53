//! Views of the site's pages (what a template sees), and the files that are not pages.

mod assess;
mod book;
mod cards;
mod cells;
mod changes;
mod chart;
mod comparison;
mod competency;
mod csv;
mod data;
mod feed;
mod front;
mod ink;
mod level;
mod lists;
mod machine;
mod matrix;
mod orphans;
mod pages;
mod picture;
mod scene;
mod search;
mod terms;
pub mod view;
mod words;
mod worksheet;

pub use data::Data;
pub use machine::Machine;
pub use orphans::orphans;
pub use pages::{Shown, redirect, shown, view, view_site};
pub use picture::Pictures;
pub use scene::{Index, Scene};
pub use words::Marks;
