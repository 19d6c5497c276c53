//! Stepladder.
pub mod tree;
pub mod diagnostic;
pub mod name;
pub mod yaml;
pub mod markdown;
pub mod config;
pub mod page;
pub mod ladder;
pub mod link;
pub mod theme;
pub mod render;
pub mod site;
pub mod disk;
pub mod command;
