//! The structure of the ladder: tracks, the order of levels, moves, weights and scales.

use crate::diagnostic::{Advice, Code, Diagnostic, Span};

/// An abstract level, `name`, where a level of a track is meant.
pub(crate) fn abstract_level_on_track(span: Span, name: &str, level: Span) -> Diagnostic {
    Diagnostic::new(Code::InvalidValue, span, format!("`{name}` is abstract, so it can't be on a track"))
        .label(level, "the abstract level")
        .help("remove it here; if people can be at that level, remove `abstract: true` from its page instead")
}

/// The change that weights need to add up to 100, as a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WeightsChange {
    Raise(String),
    Lower(String),
}

/// Weights of a track that add up to `sum`, not to 100.
pub(crate) fn weights_sum(span: Span, sum: &str, change: &WeightsChange) -> Diagnostic {
    let help = match change {
        WeightsChange::Raise(by) => format!("raise them by {by} in total"),
        WeightsChange::Lower(by) => format!("lower them by {by} in total"),
    };
    Diagnostic::new(Code::WeightsSum, span, format!("the weights add up to {sum}, not 100")).help(help)
}

/// A move that ends at the level where it starts.
pub(crate) fn move_to_itself(to: Span, from: Span) -> Diagnostic {
    Diagnostic::new(Code::MoveToItself, to, "this move starts and ends at the same level")
        .label(from, "it starts here")
        .help("name the level it leads to")
}

/// A level that leads to itself.
pub(crate) fn level_leads_to_itself(span: Span) -> Diagnostic {
    Diagnostic::new(Code::MoveToItself, span, "this level leads to itself")
        .help("name the levels that follow it, or remove this name")
}

/// A level, `name`, that follows a higher one of its track.
pub(crate) fn leads_down(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is a lower level on the same track, so this leads down");
    Diagnostic::new(Code::LeadsDown, span, message)
        .help("list the levels that follow this one; those below it belong in `extends`")
}

/// A level without a rank that no track lists.
pub(crate) fn missing_rank(title: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingRank, title, "this level has no position on its track")
        .help("add a `rank: …` (any number; fractions are fine), or list the level in its track's `levels`")
}

/// Two tracks in one folder, whose levels don't say which one they are on. `own` is the name of a folder for the second.
pub(crate) fn ambiguous_track(second: Span, folder: &str, own: &str, first: (Span, &str)) -> Diagnostic {
    let (first, id) = first;
    Diagnostic::new(
        Code::AmbiguousTrack,
        second,
        format!("`{folder}` has two tracks, so it's unclear which one its levels are on"),
    )
    .label(first, "the other track")
    .help(format!(
        "move this page to its own folder (`content/{own}/index.md`), or set the track on each level: `track: {id}`"
    ))
}

/// A level in a folder without a track. `new` is a name for one.
pub(crate) fn level_on_no_track(title: Span, folder: &str, new: &str) -> Diagnostic {
    let message = format!("this level isn't on a track: `{folder}` has no page of kind `track`");
    Diagnostic::new(Code::MissingField, title, message).help(format!(
        "move it to its track's folder, create a track here (`stepladder new track {new}`), or set `track: …`; if the \
         level exists only to be extended, set `abstract: true`"
    ))
}

/// The reason why the order of a track's list is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OrderConflict {
    /// The ranks that the levels set, of the listed one and of the one before it.
    Ranks { rank: String, before: String },
    /// Other lists and ranks.
    Lists,
}

/// A level in a track's list after one that's above it.
pub(crate) fn misplaced_level(span: Span, name: &str, before: &str, conflict: &OrderConflict) -> Diagnostic {
    let message = match conflict {
        OrderConflict::Ranks { rank, before: rank_before } => {
            format!("`{name}` is listed after `{before}`, but its rank is lower: {rank} against {rank_before}")
        }
        OrderConflict::Lists => {
            format!("`{name}` is listed after `{before}`, but the other lists and ranks put it below")
        }
    };
    Diagnostic::new(Code::InvalidValue, span, message)
        .help("list levels from lowest to highest: correct the list or the ranks")
}

/// A level that extends another one of a cycle.
pub(crate) struct Extension {
    /// The name of the extended level.
    pub(crate) span: Span,
    /// The ids of the level and the extended one.
    pub(crate) level: String,
    pub(crate) extended: String,
}

/// Levels that extend each other in a cycle.
pub(crate) fn extends_cycle(first: &Extension, more: &[Extension]) -> Diagnostic {
    /// The most levels that are named and shown.
    const MAX_SHOWN: usize = 16;
    let shown = &more[..more.len().min(MAX_SHOWN)];
    let message = if more.is_empty() {
        "this level extends itself".to_owned()
    } else {
        let name = |extension: &Extension| format!("`{}`", extension.level);
        let others = (shown.len() < more.len()).then(|| format!("… {} more …", more.len() - shown.len()));
        let names = std::iter::once(first).chain(shown).map(name).chain(others).chain([name(first)]);
        format!("these levels extend each other in a circle: {}", names.collect::<Vec<_>>().join(" → "))
    };
    let diagnostic = Diagnostic::new(Code::ExtendsCycle, first.span.clone(), message)
        .help("a level inherits from the ones below it: remove the `extends` that points up the ladder");
    shown.iter().fold(diagnostic, |diagnostic, Extension { span, level, extended }| {
        diagnostic.label(span.clone(), format!("`{level}` extends `{extended}`"))
    })
}

/// A step of a `competency` without a scale.
pub(crate) fn competency_without_scale(span: Span, competency: &str, file: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownStep, span, format!("{competency} has no scale"))
        .help(format!("add one in {file}: `scale: [First step, Second step]`"))
}

/// A name or number that no step of a `competency` has.
pub(crate) fn unknown_step(
    span: Span,
    competency: &str,
    step: &str,
    steps: &[String],
    near: Option<Advice>,
) -> Diagnostic {
    let advice = near.unwrap_or_else(|| {
        let steps = steps.iter().enumerate().map(|(at, name)| format!("{} `{name}`", at + 1));
        Advice::text(format!("its steps are {}", steps.collect::<Vec<_>>().join(", ")))
    });
    let message = if step.trim().parse::<f64>().is_ok() {
        format!("{competency} has {} steps, so there's no step {}", steps.len(), step.trim())
    } else {
        format!("{competency} has no step called `{step}`")
    };
    Diagnostic::new(Code::UnknownStep, span, message).advice(advice)
}
