//! What Stepladder promises, as one test binary.

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
mod ladder;
mod odd;
mod pictures;
mod promises;
mod rebuild;
mod security;
mod serve;
mod shapes;
mod support;
mod tools;
mod valid;
mod weight;
