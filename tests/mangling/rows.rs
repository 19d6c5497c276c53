//! Manglings of the rows of tables that fill cells, as spreadsheets, wikis and editors mangle them.

use stepladder::guide::Guide;
use stepladder::ladder::SectionRole;
use stepladder::markdown::Block;
use stepladder::page::{Kind, Page};
use stepladder::tree::{Tree, TreePath};

use super::{MANGLINGS, Mangled, Original, line_of, projects};
use crate::support::Rng;

/// A mangling of the row `| a | b |`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `a | b`
    WithoutOuterPipes,
    /// `|a|b|`
    WithoutSpaces,
    /// `|| a || b ||`
    DoubledPipes,
    /// An empty line before it.
    EmptyLineBefore,
    /// An empty line after it.
    EmptyLineAfter,
    /// `a`, a tab, `b`
    Tabs,
    /// `a;b`
    Semicolons,
    /// `a,b`
    Commas,
    /// `a`, three spaces, `b`
    Spaces,
    /// `\| a \| b \|`
    EscapedPipes,
    /// `- | a | b |`
    Item,
    /// `> | a | b |`
    Quote,
    /// `` `| a | b |` ``
    Code,
    /// Four spaces before it.
    Indented,
    /// `<!-- | a | b | -->`
    Comment,
    /// Without the rule row of the table.
    WithoutRule,
    /// With the rule row twice.
    TwoRules,
}

impl Form {
    const ALL: [Self; 17] = [
        Self::WithoutOuterPipes,
        Self::WithoutSpaces,
        Self::DoubledPipes,
        Self::EmptyLineBefore,
        Self::EmptyLineAfter,
        Self::Tabs,
        Self::Semicolons,
        Self::Commas,
        Self::Spaces,
        Self::EscapedPipes,
        Self::Item,
        Self::Quote,
        Self::Code,
        Self::Indented,
        Self::Comment,
        Self::WithoutRule,
        Self::TwoRules,
    ];

    /// The lines in place of a row.
    fn of(self, row: &str) -> String {
        let cells = || cells(row).map(str::trim);
        let joined = |separator: &str| cells().collect::<Vec<_>>().join(separator);
        match self {
            Self::WithoutOuterPipes => joined(" | "),
            Self::WithoutSpaces => format!("|{}|", joined("|")),
            Self::DoubledPipes => format!("|| {} ||", joined(" || ")),
            Self::EmptyLineBefore => format!("\n{row}"),
            Self::EmptyLineAfter => format!("{row}\n"),
            Self::Tabs => joined("\t"),
            Self::Semicolons => joined(";"),
            Self::Commas => joined(","),
            Self::Spaces => joined("   "),
            Self::EscapedPipes => format!("\\| {} \\|", joined(" \\| ")),
            Self::Item => format!("- {row}"),
            Self::Quote => format!("> {row}"),
            Self::Code => format!("`{row}`"),
            Self::Indented => format!("    {row}"),
            Self::Comment => format!("<!-- {row} -->"),
            Self::WithoutRule | Self::TwoRules => row.to_owned(),
        }
    }
}

/// The cells of a row with pipes at both ends.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    let inside = row.trim().trim_start_matches('|').trim_end_matches('|');
    let mut escaped = false;
    inside.split(move |c: char| {
        let is_end = c == '|' && !escaped;
        escaped = c == '\\';
        is_end
    })
}

/// A row of a table.
struct Row {
    file: TreePath,
    /// Its line, from 0.
    at: usize,
    /// The line of the table's header.
    header: usize,
}

/// The rows of all tables that fill cells, with their headers.
fn rows(guide: &Guide) -> Vec<Row> {
    let mut rows = Vec::new();
    let is_of_ladder = |kind| matches!(kind, Kind::Level | Kind::Competency | Kind::Track);
    for (id, page) in guide.pages.shown().filter(|(_, page)| is_of_ladder(page.kind)) {
        for section in guide.reading(id).iter() {
            if matches!(section.role, SectionRole::Prose | SectionRole::Container) {
                continue;
            }
            for block in &page.blocks[section.blocks.clone()] {
                if let Block::Table(table) = block {
                    rows.extend(rows_of(page, line_of(page.source.as_bytes(), table.span.start)));
                }
            }
        }
    }
    rows
}

fn rows_of(page: &Page, header: usize) -> impl Iterator<Item = Row> {
    let lines = page.source.lines().enumerate().skip(header);
    let rows = lines.take_while(|(_, line)| line.starts_with('|')).map(|(at, _)| at);
    rows.filter(move |at| *at != header + 1).map(move |at| Row { file: page.file.clone(), at, header })
}

/// Mangles one row. Returns what went wrong, if the ladder differs and nothing was reported at that place.
fn mangle(original: &mut Original, row: &Row, form: Form) -> Option<String> {
    let source = original.source(&row.file);
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    let text = lines[row.at].clone();
    lines[row.at] = form.of(&text);
    let rule = row.header + 1;
    let (first, last) = match form {
        Form::WithoutRule => (row.header, {
            lines.remove(rule);
            row.header
        }),
        Form::TwoRules => (rule, {
            lines.insert(rule, lines[rule].clone());
            rule + 1
        }),
        _ => (row.at, row.at + lines[row.at].matches('\n').count()),
    };
    // The line below counts too, as it may be all that is left to point at.
    let places = vec![first..=last + 1];
    let mangled = Mangled { file: row.file.clone(), source: lines.join("\n") + "\n", places };
    let outcome = original.with(&mangled);
    let codes = outcome.elsewhere.filter(|_| outcome.meaning != original.meaning)?;
    // A comment is how people hide a row on purpose, so it's no mistake. The line of counts shows that it's gone.
    if form == Form::Comment && outcome.counts != original.counts {
        return None;
    }
    let place = format!("{}: {}:{}", original.name, row.file, row.at + 1);
    Some(format!("{form:?} {place}: {text:?} (reported elsewhere: {codes:?})"))
}

/// The project with lists in cells as tables: on every other page of a level as a table that names the competencies, on
/// the others as tables in the cells.
fn with_tables(project: &Tree, guide: &Guide) -> Tree {
    let mut changed = project.clone();
    let levels = guide.pages.shown().filter(|(_, page)| page.kind == Kind::Level);
    for (number, (id, page)) in levels.enumerate() {
        let mut source = page.source.to_string();
        let mut named = String::new();
        for section in guide.reading(id).iter().rev() {
            let SectionRole::Cell(_) = section.role else { continue };
            let end = page.source[section.span.end..].find("\n#").map_or(page.source.len(), |at| section.span.end + at);
            let lines = page.source[section.span.end..end].lines().filter(|line| !line.is_empty());
            let items: Option<Vec<&str>> = lines.map(|line| line.strip_prefix("- ")).collect();
            let Some(items) = items.filter(|items| !items.is_empty() && !items.iter().any(|item| item.contains('|')))
            else {
                continue;
            };
            if number % 2 == 0 {
                let rows: Vec<String> = items.iter().map(|item| format!("| {item} | Saves work. |")).collect();
                let rows = rows.join("\n") + "\n";
                source.replace_range(section.span.end..end, &format!("\n| Expectation | Why |\n| --- | --- |\n{rows}"));
            } else {
                named = format!("| {} | {} |\n{named}", section.heading, items.join("<br>"));
                source.replace_range(section.span.start..end, "");
            }
        }
        if !named.is_empty() {
            source.insert_str(page.body, &format!("| Competency | Expectations |\n| --- | --- |\n{named}\n"));
        }
        changed.insert(page.file.clone(), source.into_bytes());
    }
    changed
}

#[test]
fn a_mangled_row_is_reported_or_changes_nothing() {
    let with_tables = projects().map(|(name, project)| {
        let guide = Original::new(name.clone(), project.clone()).1;
        (format!("{name}, with tables"), with_tables(&project, &guide))
    });
    let originals = projects().chain(with_tables).map(|(name, project)| Original::new(name, project));
    let originals = originals.map(|(original, guide)| (original, rows(&guide)));
    let mut originals: Vec<(Original, Vec<Row>)> = originals.filter(|(_, rows)| !rows.is_empty()).collect();
    let mut random = Rng::new(12);
    let mut silent = Vec::new();
    for number in 0..MANGLINGS {
        let at = number % originals.len();
        let (original, rows) = &mut originals[at];
        let (row, form) = (random.pick(rows), *random.pick(&Form::ALL));
        silent.extend(mangle(original, row, form));
    }
    let rows: usize = originals.iter().map(|(_, rows)| rows.len()).sum();
    println!("{MANGLINGS} manglings of {rows} rows in {} projects", originals.len());
    assert!(silent.is_empty(), "{} of {MANGLINGS} were silent:\n{}", silent.len(), silent.join("\n"));
}
