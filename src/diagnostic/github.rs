//! Rendering of diagnostics as workflow commands of GitHub Actions, which shows them beside the lines of a change.

use super::lines::Sources;
use super::model::Diagnostic;
use crate::tree::Tree;

/// Renders diagnostics, in the given order, as one workflow command each.
///
/// GitHub needs paths from the root of the repository: `folder` is the path of the project's folder there, with a `/` at the
/// end, or empty. A file that `sources` doesn't have in memory has no line.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Tree, folder: &str) -> String {
    let sources = Sources::of(diagnostics, sources);
    diagnostics.iter().map(|diagnostic| command(diagnostic, &sources, folder)).collect()
}

fn command(diagnostic: &Diagnostic, sources: &Sources<'_>, folder: &str) -> String {
    let severity = diagnostic.severity().as_str();
    let mut command = format!("::{severity} file={}", property(&format!("{folder}{}", diagnostic.span.file)));
    if let Some((start, end)) = sources.range(&diagnostic.span) {
        command.push_str(&format!(",line={},col={},endLine={}", start.line, start.column, end.line));
        // GitHub ignores all columns of a place on several lines if there's an `endColumn`.
        if start.line == end.line {
            command.push_str(&format!(",endColumn={}", end.column));
        }
    }
    let help = diagnostic.help.as_ref().map(|help| format!("\n\n{help}")).unwrap_or_default();
    let text = format!("{}{help}\n\n{}", diagnostic.message, diagnostic.code.explain_command());
    command + &format!(",title={}::{}\n", property(diagnostic.code.as_str()), data(&text))
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};
    use crate::tree::TreePath;

    #[test]
    fn line_breaks_and_separators_are_escaped() {
        let page = TreePath::normalized("content/50%, a: b.md");
        let mut tree = Tree::default();
        tree.insert(page.clone(), "ä: [[X]]\nb\n");
        let diagnostic = Diagnostic::new(Code::BrokenLink, Span::new(&page, 4..9), "100%:\r\n, no").help("a\nb");
        let expected = "::error file=guide/content/50%25%2C a%3A b.md,line=1,col=4,endLine=1,endColumn=9,title=broken-link::\
            100%25:%0D%0A, no%0A%0Aa%0Ab%0A%0Astepladder explain broken-link\n";
        assert_eq!(render(&[diagnostic], &tree, "guide/"), expected);
        let gone = Span::start_of(&TreePath::normalized("content/x.png"));
        let several = Span::new(&page, 0..11);
        let diagnostics =
            [Diagnostic::new(Code::ImageAlt, gone, "x"), Diagnostic::new(Code::ImageAlt, several, "::error::y")];
        let expected = "::warning file=content/x.png,title=image-alt::x%0A%0Astepladder explain image-alt\n\
            ::warning file=content/50%25%2C a%3A b.md,line=1,col=1,endLine=2,title=image-alt::::error::y%0A%0Astepladder \
            explain image-alt\n";
        assert_eq!(render(&diagnostics, &tree, ""), expected);
    }
}
