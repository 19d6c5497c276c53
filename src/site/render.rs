//! The content of each output.

use super::local_links;
use crate::context::{RenderContext, data_script};
use crate::diagnostic::Diagnostic;
use crate::export;
use crate::link::{ExportFile, Generated, Output};
use crate::pages;
use crate::print;
use crate::theme::Theme;
use crate::tree::{File, TreePath};
use crate::view::ScriptWordsView;

/// Renders a file of the site.
///
/// # Errors
/// Returns the diagnostic of the template that renders the file.
pub(super) fn output(
    theme: &Theme,
    context: &RenderContext,
    path: &TreePath,
    output: &Output,
) -> Result<File, Box<Diagnostic>> {
    let text = match output {
        Output::Page(id) => {
            let (template, view) = pages::page(context, *id);
            theme.render(template, &view)?
        }
        Output::Generated(Generated::Print) => {
            let (template, view) = print::page(context);
            theme.render(template, &view)?
        }
        Output::Generated(generated @ Generated::PrintPart { part, .. }) => {
            let (template, view) = print::part_page(context, generated, *part);
            theme.render(template, &view)?
        }
        Output::Generated(generated) => {
            if let Some(view) = pages::assessment_redirect(context, generated) {
                theme.render("redirect.html", &view)?
            } else {
                let (template, view) = pages::generated_page(context, generated);
                theme.render(template, &view)?
            }
        }
        Output::Redirect(at) => theme.render("redirect.html", &pages::redirect(context, *at))?,
        Output::Markdown(id) => pages::worksheet_markdown::markdown(context, *id),
        Output::Export(file) => return export_file(theme, context, *file),
        Output::Script(data) => export::script_data(context, *data),
        Output::Words(words) => data_script(&theme.render(words.template(), &ScriptWordsView {})?),
    };
    Ok(File::from(if path.as_str().strip_suffix(".html").is_some() { local_links::shorten(&text, path) } else { text }))
}

fn export_file(theme: &Theme, context: &RenderContext, file: ExportFile) -> Result<File, Box<Diagnostic>> {
    let text = match file {
        ExportFile::LadderJson => export::ladder_json(context),
        ExportFile::LadderCsv => export::ladder_csv(context, export::CsvRows::Own),
        ExportFile::Feed => theme.render("feed.xml", &export::feed(context))?,
        ExportFile::Sitemap => theme.render("sitemap.xml", &export::sitemap(context))?,
        ExportFile::Robots => theme.render("robots.txt", &export::robots(context))?,
        ExportFile::StyleProperties => theme.style_sheet().to_owned(),
    };
    Ok(File::from(text))
}
