//! `stepladder new`: adds a page to a project.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use super::error::CliError;
use super::output::print_output;
use super::project::{self, create_parent};
use crate::disk::writing;
use crate::guide::{Guide, Options};
use crate::ladder::{Found, NameLookup};
use crate::name;
use crate::page::{FOLDER, Kind, PageFolder, PageId};
use crate::yaml;

/// Add a page with the right front matter in the right place
#[derive(Debug, Args)]
#[command(
    after_help = "The page is a draft until you remove its line `draft: true`. You can also write its title as a heading, \
                        `# Title`, above the text, and leave out `title`. Existing files are never overwritten.\n\n\
                        Examples:\n  stepladder new level ic/staff\n  stepladder new competency \"System design\"\n  \
                        stepladder new move senior-to-staff"
)]
pub(super) struct New {
    /// The kind of page
    #[arg(value_parser = kind_parser())]
    kind: Kind,
    /// The path in `content/` without extension, or the title
    name: String,
}

/// Parses the name of a kind.
pub(super) fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::as_str))
        .try_map(|name| Kind::from_name(&name).ok_or_else(|| format!("there's no kind called `{name}`")))
}

impl New {
    pub(super) fn run(&self, project: Option<&Path>) -> Result<ExitCode, CliError> {
        let root = project::root(project)?;
        // No date matters here, and drafts count as pages.
        let options = Options { drafts: true, today: Date::default() };
        let guide = Guide::new(&project::read(&root)?, options).value;
        let new_page = NewPage { guide: &guide, kind: self.kind, name: &self.name };
        let path = new_page.path()?;
        let text = new_page.text(&path)?;
        let file = root.join(FOLDER).join(&path);
        let shown = format!("{FOLDER}/{path}");
        create_parent(&file)?;
        let mut open = match fs::File::create_new(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(CliError::usage(format!(
                    "{shown} already exists, and existing files are never overwritten"
                )));
            }
            opened => opened.map_err(writing(&file))?,
        };
        open.write_all(text.as_bytes()).map_err(writing(&file))?;
        print_output(&format!("{shown}\n"))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A page to be added to a guide, from which its folder and its front matter are derived.
struct NewPage<'a> {
    guide: &'a Guide,
    kind: Kind,
    /// The path or title that the user typed.
    name: &'a str,
}

impl NewPage<'_> {
    /// The path of the page in `content/`.
    ///
    /// # Errors
    /// If a part of the name has no letter or digit, or if the track of a level is ambiguous or missing.
    fn path(&self) -> Result<String, CliError> {
        let given = self.name.trim().trim_matches('/').trim_end_matches(".md");
        let segments: Vec<String> = given.split('/').map(name::slug).collect();
        if segments.iter().any(String::is_empty) {
            return Err(CliError::usage(format!(
                "`{given}` can't be used as a name: each part needs a letter or a digit"
            )));
        }
        let path = segments.join("/");
        let folder = match self.kind.spec().folder {
            PageFolder::Own => return Ok(format!("{path}/index.md")),
            _ if segments.len() > 1 => String::new(),
            PageFolder::OfTrack => self.only_track_folder()?,
            PageFolder::Named(usual) => self.usual_folder(usual),
            PageFolder::Top => String::new(),
        };
        Ok(if folder.is_empty() { format!("{path}.md") } else { format!("{folder}/{path}.md") })
    }

    fn only_track_folder(&self) -> Result<String, CliError> {
        let folders: Vec<&str> = self.tracks().map(|id| self.guide.pages.get(id).folder()).collect();
        match folders.as_slice() {
            [one] => Ok((*one).to_owned()),
            [] => Err(CliError::usage("there's no track yet; create one with `stepladder new track NAME`".to_owned())),
            several => {
                let all: Vec<String> = several.iter().map(|folder| format!("`{folder}/…`")).collect();
                Err(CliError::usage(format!(
                    "there are several tracks, so include the folder in the name: {}",
                    all.join(" or ")
                )))
            }
        }
    }

    fn tracks(&self) -> impl Iterator<Item = PageId> {
        self.guide.ladder.tracks.iter().map(|track| track.page)
    }

    /// The folder that has the most pages of the kind, or else `usual`.
    fn usual_folder(&self, usual: &str) -> String {
        let mut folders: Vec<&str> =
            self.guide.pages.all().filter(|(_, page)| page.kind == self.kind).map(|(_, page)| page.folder()).collect();
        folders.sort_unstable();
        let most = folders.chunk_by(|a, b| a == b).max_by_key(|chunk| chunk.len()).map(|chunk| chunk[0]);
        most.unwrap_or(usual).to_owned()
    }

    /// The front matter and the outline of the page at `path`.
    fn text(&self, path: &str) -> Result<String, CliError> {
        let last = self.name.trim().trim_matches('/').rsplit('/').next().unwrap_or_default();
        let mut text = format!("---\nkind: {}\ntitle: {}\n", self.kind.as_str(), yaml::scalar(&title_from_name(last)));
        text.push_str("summary: \ndraft: true # remove this line to publish the page\n");
        let mut sections = String::new();
        match self.kind {
            Kind::Level => self.push_level(path, &mut text, &mut sections)?,
            Kind::Competency => self.push_area(&mut text),
            Kind::Move => self.push_move(last, &mut text),
            _ => {}
        }
        let kind = self.kind.spec();
        Ok(format!("{text}{}---\n{}{sections}", kind.new_fields, kind.new_text))
    }

    /// Adds the first area of the configuration.
    fn push_area(&self, text: &mut String) {
        let all: Vec<&str> = self.guide.config.areas.iter().map(|area| area.id.value.as_str()).collect();
        if let [first, ..] = all.as_slice() {
            let _ = writeln!(text, "area: {first} # one of {}", all.join(", "));
        }
    }

    /// Adds the fields and sections of a level. Its track is that of its folder, or else the only one; its rank follows
    /// the highest one of the track.
    fn push_level(&self, path: &str, text: &mut String, sections: &mut String) -> Result<(), CliError> {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let tracks: Vec<_> = self.guide.ladder.tracks.iter().collect();
        let in_folder = tracks.iter().find(|track| self.guide.pages.get(track.page).folder() == folder);
        let track = match (in_folder, tracks.as_slice()) {
            (Some(track), _) => track,
            (None, [only]) => {
                let _ = writeln!(text, "track: {}", self.guide.pages.get(only.page).id);
                only
            }
            (None, _) => {
                let help = format!("create one with `stepladder new track {folder}`");
                return Err(CliError::usage(format!("there's no track in `{FOLDER}/{folder}`; {help}")));
            }
        };
        let below = track.levels.last().map(|id| self.guide.ladder.level(*id));
        let rank = below.and_then(|level| level.rank).map_or(1.0, |rank| rank.floor() + 1.0);
        let _ = writeln!(text, "rank: {rank}");
        if let Some(below) = below {
            let _ =
                writeln!(text, "extends: {} # its expectations also apply here", self.guide.pages.get(below.page).id);
        }
        if !self.guide.config.facets.is_empty() {
            text.push_str("facets:\n");
            for facet in &self.guide.config.facets {
                let _ = writeln!(text, "  {}: ", facet.id.value);
            }
        }
        for id in &track.competencies {
            let competency = self.guide.pages.get(self.guide.ladder.competency(*id).page);
            let _ = write!(sections, "\n## {}\n\n- …\n", competency.title.value);
        }
        Ok(())
    }

    /// Adds the fields of a move. A name such as `senior-to-staff` gives both of its levels.
    fn push_move(&self, last: &str, text: &mut String) {
        let slug = name::slug(last);
        let ends = slug
            .match_indices("-to-")
            .find_map(|(at, between)| Some((self.level_id(&slug[..at])?, self.level_id(&slug[at + between.len()..])?)));
        let (from, to) = ends.unwrap_or_default();
        let _ = writeln!(text, "from: {from}\nto: {to}");
    }

    fn level_id(&self, slug: &str) -> Option<String> {
        let title = slug.replace('-', " ");
        let names = NameLookup::new(&self.guide.names, &self.guide.pages);
        [slug, title.as_str()].iter().find_map(|name| match names.find(Some(Kind::Level), name) {
            Found::One(id) => Some(self.guide.pages.get(id).id.clone()),
            _ => None,
        })
    }
}

/// A title from a file name, or the text itself if it has spaces or capitals, as a title does.
fn title_from_name(last: &str) -> String {
    let last = last.trim_end_matches(".md").trim();
    if last.contains(char::is_whitespace) || last.contains(char::is_uppercase) {
        return last.to_owned();
    }
    let title = last.replace(['-', '_'], " ");
    let mut chars = title.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
