//! Charts: [`profile`] says which steps levels need and [`radar`] draws them; [`growth`] draws facets as stairs.

mod growth;
mod profile;
mod radar;

pub(crate) use radar::Radar;
