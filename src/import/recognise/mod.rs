//! Recognition: sheets, outlines and data → one ladder.

mod flat;
mod frameworks;
mod header;
mod ladder_json;
mod level_columns;
mod matrix;
mod matrix_rows;
mod outlines;
mod recogniser;
mod scale;
mod table;

pub(super) use self::recogniser::Recogniser;
use super::draft::DraftLadder;
use super::ledger::Ledger;
use super::mapping::Mapping;
use super::read::Contents;
use super::source_file::ImportError;

/// Recognises the ladder that all sources make together.
///
/// # Errors
/// If there's none, with what was seen instead.
pub(super) fn recognise<'a>(
    contents: Contents,
    mapping: &'a Mapping,
    ledger: &'a mut Ledger,
) -> Result<Recogniser<'a>, ImportError> {
    let mut recogniser = Recogniser {
        ladder: DraftLadder::default(),
        ledger,
        mapping,
        understood: Vec::new(),
        seen: Vec::new(),
        numbers: Vec::new(),
        has_cumulative_note: false,
    };
    recogniser.ladder.title.clone_from(&mapping.title);
    let Contents { sheets, outlines, ladders, yaml, .. } = contents;
    for (name, value) in &ladders {
        ladder_json::recognise(&mut recogniser, name, value)?;
    }
    frameworks::recognise(&mut recogniser, &yaml);
    let scale = table::recognise_all(&mut recogniser, sheets);
    let scale = outlines::recognise(&mut recogniser, outlines).or(scale);
    scale::apply(&mut recogniser, scale);
    recogniser.finish()?;
    Ok(recogniser)
}
