//! Charts of what levels need: [`profile`] says which steps, [`radar`] draws them.

mod profile;
mod radar;

pub(super) use radar::Radar;
