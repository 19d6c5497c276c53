//! What Stepladder invariants, as one test binary.

mod anchors;
mod architecture;
mod assess;
mod author;
mod book;
mod browser;
mod cases;
mod charts;
mod command;
mod compare;
mod feed;
mod golden;
mod health;
mod html;
mod invariants;
mod ladder;
mod pictures;
mod rebuild;
mod robustness;
mod security;
mod serve;
mod shapes;
mod support;
mod tools;
mod valid;
mod weight;
