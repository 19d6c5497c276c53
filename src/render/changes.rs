use similar::{ChangeTag, TextDiff};

use super::cells::Show;
use super::scene::{Here, Scene};
use super::view::{Card, ChangeView, CompetencyChange, RaisedView, StepChange};
use crate::ladder::{CompetencyId, LevelId, Raised, State, compare};
use crate::link::encode;
use crate::markdown::escape;

impl Scene {
    /// What differs between `now` and a level that comes before it.
    pub(super) fn change(&self, here: &Here, before: LevelId, now: LevelId) -> ChangeView {
        let (from, to) = (self.ladder.level(before), self.ladder.level(now));
        let same_track = from.tracks.iter().any(|track| to.tracks.contains(track));
        let mut shown = self.ladder.competencies_of(now);
        shown.extend(self.ladder.competencies_of(before));
        shown.sort_unstable();
        shown.dedup();
        let mut view = ChangeView {
            against: self.level_card(before),
            relation: if same_track { "below" } else { "fork" },
            competencies: Vec::new(),
            added: 0,
            raised: 0,
            unchanged: 0,
            dropped: 0,
        };
        let own = (!from.own.is_empty() || !to.own.is_empty()).then_some(None);
        for competency in shown.into_iter().map(Some).chain(own) {
            let change = self.competency_change(here, before, now, competency);
            view.added += change.added.len();
            view.raised += change.raised.len();
            view.unchanged += change.unchanged;
            view.dropped += change.dropped.len();
            let says = !(change.added.is_empty() && change.raised.is_empty() && change.dropped.is_empty());
            if says || change.unchanged > 0 || change.steps.is_some() {
                view.competencies.push(change);
            }
        }
        view
    }

    fn competency_change(
        &self,
        here: &Here,
        before: LevelId,
        now: LevelId,
        competency: Option<CompetencyId>,
    ) -> CompetencyChange {
        let mut changes = compare(&self.ladder, before, now, competency);
        if competency.is_some_and(|id| self.ladder.state(now, id) == State::Missing) {
            // What is not yet written has not been given up.
            changes.dropped.clear();
        }
        let level = self.ladder.level(now);
        let applies = match competency {
            Some(id) if !self.ladder.applies(now, id) => "ends",
            Some(id) if !self.ladder.applies(before, id) => "starts",
            _ => "both",
        };
        let anchor = competency.and_then(|id| level.anchors.cells.get(&id));
        let url = anchor.map(|anchor| format!("{}#{}", self.address(level.page).url, encode(anchor)));
        let lines =
            |ids: &[crate::ladder::ExpectationId]| ids.iter().map(|id| self.line(here, *id, Show::Sentence)).collect();
        CompetencyChange {
            competency: competency.map_or_else(
                || Card { title: "At this level alone".to_owned(), ..Card::default() },
                |id| self.competency_card(id),
            ),
            url: url.unwrap_or_default(),
            applies,
            added: lines(&changes.added),
            raised: changes.raised.iter().map(|raised| self.raised(*raised)).collect(),
            unchanged: changes.unchanged.len(),
            dropped: lines(&changes.dropped),
            steps: competency.and_then(|id| self.step_change(here, before, now, id)),
        }
    }

    fn step_change(&self, here: &Here, before: LevelId, now: LevelId, id: CompetencyId) -> Option<StepChange> {
        let was = self.ladder.level(before).profile.get(&id)?;
        let is = self.ladder.level(now).profile.get(&id)?;
        if was == is {
            return None;
        }
        Some(StepChange { was: self.step(here, id, *was, false)?, now: self.step(here, id, *is, false)? })
    }

    fn raised(&self, raised: Raised) -> RaisedView {
        let (was, now) = (self.ladder.expectation(raised.was), self.ladder.expectation(raised.now));
        let (was_html, html) = marked(&was.line.text, &now.line.text);
        let page = self.ladder.level(now.level).page;
        RaisedView { url: format!("{}#{}", self.address(page).url, encode(&now.id)), html, was: was_html }
    }
}

/// Two sentences with the words that differ marked: in the first by `<del>`, in the second by `<ins>`.
fn marked(was: &str, now: &str) -> (String, String) {
    let diff = TextDiff::from_words(was, now);
    let (mut old, mut new) = (Marked::new("del"), Marked::new("ins"));
    for change in diff.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                old.push(change.value(), false);
                new.push(change.value(), false);
            }
            ChangeTag::Delete => old.push(change.value(), true),
            ChangeTag::Insert => new.push(change.value(), true),
        }
    }
    (old.finish(), new.finish())
}

/// Text in which runs of marked words stand in one element, spaces between them included.
struct Marked {
    tag: &'static str,
    out: String,
    run: String,
}

impl Marked {
    fn new(tag: &'static str) -> Self {
        Self { tag, out: String::new(), run: String::new() }
    }

    fn push(&mut self, text: &str, mark: bool) {
        if mark || (!self.run.is_empty() && text.trim().is_empty()) {
            self.run.push_str(text);
        } else {
            self.flush();
            self.out.push_str(&escape(text));
        }
    }

    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let words = run.trim();
        let (before, after) = run.split_at(run.len() - run.trim_start().len());
        self.out.push_str(before);
        if !words.is_empty() {
            self.out.push_str(&format!("<{0}>{1}</{0}>", self.tag, escape(words)));
            self.out.push_str(&after[words.len()..]);
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn words_that_differ_are_marked_in_runs() {
        let (was, now) = marked("Reviews the code of their team.", "Reviews the code of several other teams & theirs.");
        assert_eq!(was, "Reviews the code of <del>their team.</del>");
        assert_eq!(now, "Reviews the code of <ins>several other teams &amp; theirs.</ins>");
    }
}
