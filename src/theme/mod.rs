//! Templates and assets: the embedded default theme, overlaid file by file by the project's own.

mod bound_filters;
mod bounds;
mod color;
mod custom_properties;
mod embedded;
mod folder;
mod own_templates;
mod style;
mod template_errors;
mod unused_files;
mod xml;

pub use folder::{DEFAULT, FOLDER};

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use serde::Serialize;
use tera::{Context, Tera};

use bounds::BoundTemplate;
use own_templates::OwnTemplates;

use crate::config::Config;
use crate::diagnostic::{Diagnosed, Diagnostic, any_error, catalog, did_you_mean, read_utf8};
use crate::tree::{File, Tree, TreePath};
use crate::yaml::{self, Fields};

/// A theme, ready to render. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Theme {
    compiled: Arc<CompiledTheme>,
    /// The context that all pages share.
    shared: Context,
}

/// All of a theme that depends on nothing but its files and the configuration.
#[derive(Debug)]
struct CompiledTheme {
    engines: Engines,
    /// The template sources, if they had no errors; lets [`compile`] reuse the templates.
    templates: Option<Tree>,
    /// The files that are copied to the site's `assets/`, by path in it.
    assets: Tree,
    /// The custom properties that the configuration sets, as a style sheet.
    style_sheet: String,
    /// The templates of the project.
    own: Arc<OwnTemplates>,
    /// Whether all templates were loaded.
    is_complete: bool,
}

/// The template engine, once for each kind of escaping. Cheap to clone.
#[derive(Debug, Clone, Default)]
struct Engines {
    html: Arc<Tera>,
    xml: Arc<Tera>,
}

impl Engines {
    fn new(html: Tera) -> Self {
        let mut xml = html.clone();
        xml.set_escape_fn(xml::escape);
        Self { html: Arc::new(html), xml: Arc::new(xml) }
    }

    /// The engine for a template, by the end of its name.
    fn of(&self, template: &str) -> &Tera {
        if template.ends_with(xml::SUFFIX) { &self.xml } else { &self.html }
    }
}

/// The engines of the embedded templates, if these have no errors. They're the same for all projects without templates.
static EMBEDDED_ENGINES: LazyLock<Option<Engines>> = LazyLock::new(|| {
    let own = OwnTemplates { folder: String::new(), names: HashSet::new(), bound: HashMap::new() };
    let mut diagnostics = Vec::new();
    let (tera, is_complete) = load(&embedded::theme().under("templates"), &own, &mut diagnostics);
    (is_complete && diagnostics.is_empty()).then(|| Engines::new(tera))
});

/// Compiles the theme that `config` names, from the files of the whole `project` over the embedded default theme. The
/// templates of `before` are reused if their sources are equal and had no errors.
pub fn compile(project: &Tree, config: &Config, before: Option<&Theme>) -> Diagnosed<Theme> {
    let mut diagnostics = Vec::new();
    let folder = format!("{FOLDER}/{}", config.theme.value);
    let own = project.under(&folder);
    if own.is_empty() && config.theme.value != DEFAULT {
        diagnostics.push(unknown_theme(project, config));
    }
    check_version(&own, &folder, &mut diagnostics);
    let own_templates = own.under("templates");
    let is_asset = |path: &TreePath| path.as_str().starts_with("assets/");
    let changed = own.iter().filter(|(path, file)| !(is_asset(path) && embedded::is_copy(path, file)));
    let changed: Tree = changed.map(|(path, file)| (path.clone(), file.clone())).collect();
    let files = changed.over(embedded::theme());
    let templates = files.under("templates");
    let reusable =
        before.map(|before| &*before.compiled).filter(|before| before.templates.as_ref() == Some(&templates));
    let previous_count = diagnostics.len();
    let names = own_templates.iter().map(|(path, _)| path.to_string()).collect();
    let mut own = Arc::new(OwnTemplates { folder, names, bound: HashMap::new() });
    let (engines, is_complete) = match reusable {
        _ if any_error(&diagnostics) => (Engines::default(), false),
        Some(reusable) => {
            own = Arc::clone(&reusable.own);
            (reusable.engines.clone(), true)
        }
        None => engines(&templates, &mut own, &mut diagnostics),
    };
    let templates = Some(templates).filter(|_| is_complete && diagnostics.len() == previous_count);
    let assets = files.under("assets");
    let mut style_sheet = String::new();
    if is_complete {
        style_sheet = style::style_sheet(config, &assets).drain_into(&mut diagnostics);
        diagnostics.extend(unused_files::find(project, config, &files));
    }
    let compiled = CompiledTheme { engines, templates, assets, style_sheet, own, is_complete };
    Diagnosed::new(Theme { compiled: Arc::new(compiled), shared: Context::new() }, diagnostics)
}

/// The embedded files of the default theme under the paths that diagnostics name, for excerpts.
#[must_use]
pub fn sources() -> Tree {
    embedded::theme().iter().map(|(path, file)| (embedded::file(path.as_str()), file.clone())).collect()
}

fn unknown_theme(project: &Tree, config: &Config) -> Diagnostic {
    let themes = project.under(FOLDER);
    let mut names: Vec<&str> = themes.iter().filter_map(|(path, _)| Some(path.as_str().split_once('/')?.0)).collect();
    names.push(DEFAULT);
    names.dedup();
    let name = &config.theme.value;
    let span = config.theme.in_file(&TreePath::normalized(crate::config::FILE));
    catalog::unknown_theme(span, name, FOLDER, did_you_mean(name, names.iter().copied()).written(yaml::scalar))
}

/// Checks that a project's theme supports this version of Stepladder. A theme that only replaces single files doesn't
/// need a `theme.yaml`: that of the default theme applies.
fn check_version(own: &Tree, folder: &str, diagnostics: &mut Vec<Diagnostic>) {
    let file = TreePath::normalized(&format!("{folder}/theme.yaml"));
    let Some(bytes) = own.bytes(&TreePath::normalized("theme.yaml")) else { return };
    let text = match read_utf8(&file, bytes) {
        Ok(text) => text,
        Err(diagnostic) => return diagnostics.push(*diagnostic),
    };
    let node = match yaml::parse(text, 0..text.len()) {
        Ok(mut node) => {
            yaml::repair(&file, text, &mut node, diagnostics);
            node
        }
        Err(error) => {
            diagnostics.push(error.into_diagnostic(&file));
            return;
        }
    };
    let mut fields = Fields::new(&file, node, "theme.yaml", diagnostics);
    fields.required("name");
    let range = fields.required("stepladder");
    fields.finish();
    let Some(range) = range else { return };
    let version = env!("CARGO_PKG_VERSION");
    let span = range.in_file(&file);
    match (semver::VersionReq::parse(&range.value), semver::Version::parse(version)) {
        (Ok(range), Ok(version)) if range.matches(&version) => {}
        (Ok(_), _) => diagnostics.push(catalog::theme_for_another_version(span, &range.value, version)),
        (Err(_), _) => diagnostics.push(catalog::invalid_version_range(span, &range.value)),
    }
}

fn new_engine() -> Tera {
    let mut tera = Tera::default();
    tera.autoescape_on([".html", xml::SUFFIX]);
    tera
}

/// Loads all templates, those of the project with bounds; `None` if one has an error, or if the project has none.
fn load_with_bounds(templates: &Tree, own: &OwnTemplates) -> Option<(Tera, OwnTemplates)> {
    (!own.names.is_empty()).then_some(())?;
    let mut tera = new_engine();
    bounds::register(&mut tera);
    bound_filters::register(&mut tera);
    let mut bound: HashMap<String, BoundTemplate> = HashMap::new();
    let mut sources: Vec<(String, String)> = Vec::new();
    for (path, file) in templates.iter() {
        let File::Bytes(bytes) = file else { continue };
        let text = read_utf8(path, bytes).ok()?;
        if own.names.contains(path.as_str()) {
            bound.insert(path.to_string(), BoundTemplate::new(text));
        } else {
            sources.push((path.to_string(), text.to_owned()));
        }
    }
    let with_bounds = bound.iter().map(|(name, bound)| (name.as_str(), bound.text.as_str()));
    let sources = sources.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    tera.add_raw_templates(sources.chain(with_bounds)).ok()?;
    Some((tera, OwnTemplates { folder: own.folder.clone(), names: own.names.clone(), bound }))
}

/// The engines of all templates, and whether all could be loaded.
fn engines(templates: &Tree, own: &mut Arc<OwnTemplates>, diagnostics: &mut Vec<Diagnostic>) -> (Engines, bool) {
    if own.names.is_empty()
        && let Some(engines) = &*EMBEDDED_ENGINES
    {
        return (engines.clone(), true);
    }
    if let Some((tera, bound)) = load_with_bounds(templates, own) {
        *own = Arc::new(bound);
        return (Engines::new(tera), true);
    }
    let (tera, is_complete) = load(templates, own, diagnostics);
    (Engines::new(tera), is_complete)
}

/// Loads all templates; returns whether all could be loaded. A faulty template is replaced by the embedded one, so that
/// the errors of all templates are reported together.
fn load(templates: &Tree, own: &OwnTemplates, diagnostics: &mut Vec<Diagnostic>) -> (Tera, bool) {
    let mut tera = new_engine();
    let embedded = embedded::theme().under("templates");
    let embedded_text = |name: &str| {
        let bytes = embedded.bytes(&TreePath::normalized(name));
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    };
    let mut sources: Vec<(String, String)> = Vec::new();
    for (path, file) in templates.iter() {
        let File::Bytes(bytes) = file else { continue };
        let file = own.file(path.as_str());
        let text = read_utf8(&file, bytes).unwrap_or_else(|diagnostic| {
            diagnostics.push(*diagnostic);
            embedded_text(path.as_str())
        });
        sources.push((path.to_string(), text.to_owned()));
    }
    for _ in 0..=sources.len() {
        let attempt = sources.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let Err(error) = tera.add_raw_templates(attempt) else { return (tera, true) };
        for (name, diagnostic) in template_errors::loading(&error, own, &sources) {
            diagnostics.push(diagnostic);
            let Some((name, text)) = sources.iter_mut().find(|(known, _)| Some(known.as_str()) == name.as_deref())
            else {
                return (tera, false);
            };
            match embedded_text(name) {
                replacement if replacement != text => replacement.clone_into(text),
                _ => text.clear(),
            }
        }
    }
    (tera, false)
}

impl Theme {
    /// Sets the context that all pages share; templates access it as `site`.
    pub fn share(&mut self, site: &impl Serialize) {
        self.shared.insert("site", site);
    }

    /// The files that are copied to the site's `assets/`, by path in it.
    #[must_use]
    pub fn assets(&self) -> &Tree {
        &self.compiled.assets
    }

    /// The custom properties that the configuration sets, as a style sheet that overrides the theme's.
    #[must_use]
    pub fn style_sheet(&self) -> &str {
        &self.compiled.style_sheet
    }

    /// Returns whether all templates were loaded. If not, rendering pages would only repeat the diagnostics.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.compiled.is_complete
    }

    /// Returns whether the project has templates of its own, in place of embedded ones or beside them.
    #[must_use]
    pub fn overrides_templates(&self) -> bool {
        !self.compiled.own.names.is_empty()
    }

    /// Renders a template.
    ///
    /// # Errors
    /// The error of the template, with its span.
    pub fn render(&self, template: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let rendered = Context::from_serialize(view).and_then(|mut context| {
            context.extend(self.shared.clone());
            let engine = self.compiled.engines.of(template);
            if self.compiled.own.bound.is_empty() {
                return engine.render(template, &context);
            }
            let mut page = bounds::BoundOutput::start();
            engine.render_to(template, &context, &mut page).map(|()| page.into_text())
        });
        rendered.map_err(|error| Box::new(template_errors::rendering(&error, &self.compiled.own, template)))
    }
}
