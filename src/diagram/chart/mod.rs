//! Charts of what levels require: [`profile`] collects the steps that levels need, [`radar`] draws them as a radar chart,
//! and [`growth`] draws how facets grow along a track, as a step chart.

pub(crate) mod growth;
pub(crate) mod profile;
pub(crate) mod radar;
