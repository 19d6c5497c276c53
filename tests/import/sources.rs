//! Small source files in the styles that real ladders have, each with the expectations that are in it.

use stepladder::import::SourceFile;

use super::{source, workbooks};

/// A style of writing a ladder.
pub(crate) struct Style {
    pub(crate) name: &'static str,
    pub(crate) sources: Vec<SourceFile>,
    /// Level, competency and expectation.
    pub(crate) cells: Vec<(String, String, String)>,
}

fn style(name: &'static str, sources: Vec<SourceFile>, cells: &[(&str, &str, &str)]) -> Style {
    let own = |(level, competency, text): &(&str, &str, &str)| {
        ((*level).to_owned(), (*competency).to_owned(), (*text).to_owned())
    };
    Style { name, sources, cells: cells.iter().map(own).collect() }
}

/// All styles.
pub(crate) fn all() -> Vec<Style> {
    let mut styles = texts();
    styles.extend(heads());
    styles.extend(documents());
    styles.extend(data());
    styles.extend(workbooks::styles());
    styles
}

fn texts() -> Vec<Style> {
    vec![
        style(
            "levels as columns, with sections, descriptions, blanks that mean the same as above, notes and comments",
            vec![source(
                "columns.csv",
                "Competency,Description,Junior Engineer (L1),Engineer (L2),Senior Engineer (L3),Comments\n\
                 Technical,,,,,\n\
                 Craft,Quality of code,\"- Writes tests\n- Reviews code\",\"- Designs components\n- Example: a cache\",Sets standards; Teaches them; Checks them,ask\n\
                 ,,Asks for help.,—,n/a,\n\
                 People,,,,,\n\
                 Communication,,Speaks clearly,1. Writes docs.,Persuades others,\n\
                 Each level includes those below.,,,,,\n",
            )],
            &[
                ("Junior Engineer", "Craft", "Writes tests"),
                ("Junior Engineer", "Craft", "Reviews code"),
                ("Junior Engineer", "Craft", "Asks for help."),
                ("Engineer", "Craft", "Designs components"),
                ("Senior Engineer", "Craft", "Teaches them"),
                ("Engineer", "Communication", "Writes docs."),
                ("Senior Engineer", "Communication", "Persuades others"),
            ],
        ),
        style(
            "levels as rows, separated by semicolons, with a summary of each level",
            vec![source(
                "rows.csv",
                "Level;Summary;Craft;Delivery\nJunior;Learns;Writes loops;Ships with help\nE2, ~ 2 yrs;Works;Writes classes;Ships\n1/ Senior;Leads;Designs;Plans\n",
            )],
            &[
                ("Junior", "Craft", "Writes loops"),
                ("E2", "Delivery", "Ships"),
                ("Senior", "Craft", "Designs"),
                ("Senior", "Delivery", "Plans"),
            ],
        ),
        style(
            "a row per expectation, with tabs, blanks and two tracks",
            vec![source(
                "flat.tsv",
                "Path\tJob title\tCompetency\tSkill\tKey behavior\tExample\n\
                 Backend\tEngineer I\tCraft\tTesting\tWrites unit tests\ta parser\n\
                 \t\t\t\tReviews tests\t\n\
                 \tEngineer II\tCraft\tTesting\tDesigns test plans\t\n\
                 Frontend\tEngineer I\tCraft\tStyles\tWrites styles\t\n",
            )],
            &[
                ("Backend: Engineer I", "Craft", "Writes unit tests"),
                ("Backend: Engineer I", "Craft", "Reviews tests"),
                ("Engineer II", "Craft", "Designs test plans"),
                ("Frontend: Engineer I", "Craft", "Writes styles"),
            ],
        ),
    ]
}

fn heads() -> Vec<Style> {
    vec![
        style(
            "two rows of heads: groups that are tracks above levels",
            vec![source(
                "groups.csv",
                ",Individual contributor,,Management\nCompetency,Engineer,Senior Engineer,Engineering Manager\nCraft,Writes,Designs,Knows\nPeople,Helps,Mentors,Leads\n",
            )],
            &[
                ("Engineer", "Craft", "Writes"),
                ("Senior Engineer", "People", "Mentors"),
                ("Engineering Manager", "People", "Leads"),
            ],
        ),
        style(
            "two rows of heads: numbers above titles, and a title above the table, in UTF-16",
            vec![SourceFile {
                name: "titles.csv".to_owned(),
                bytes: "\u{feff}Our way,,\n,,\nCompetency,Level 1,Level 2\n,Developer,Senior Developer\nCraft,Writes,Designs\n"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect(),
            }],
            &[("Developer", "Craft", "Writes"), ("Senior Developer", "Craft", "Designs")],
        ),
        style(
            "names of levels that carry their tracks",
            vec![source(
                "suffixes.csv",
                "Skill,Junior (Backend),Senior (Backend),Junior (Mobile),Senior (Mobile)\nCraft,Writes queries,Designs schemas,Builds screens,Designs apps\n",
            )],
            &[
                ("Backend: Junior", "Craft", "Writes queries"),
                ("Mobile: Senior", "Craft", "Designs apps"),
            ],
        ),
        style(
            "two tables on a sheet, for two tracks",
            vec![source(
                "two.csv",
                "Backend,,\n,Junior,Senior\nCraft,Writes queries,Designs schemas\n,,\nFrontend,,\n,Junior,Senior\nCraft,Writes styles,Designs widgets\n",
            )],
            &[
                ("Backend: Junior", "Craft", "Writes queries"),
                ("Backend: Senior", "Craft", "Designs schemas"),
                ("Frontend: Junior", "Craft", "Writes styles"),
                ("Frontend: Senior", "Craft", "Designs widgets"),
            ],
        ),
    ]
}

fn documents() -> Vec<Style> {
    vec![
        style(
            "Markdown by level",
            vec![source(
                "by-level.md",
                "# Ladder\n\nHow we grow.\n\n## Junior Engineer\n\nStarts out.\n\n### Craft\n\n- Writes **clean** code\n  - For example: a parser\n- Tests\n\n### Delivery\n\nShips small things.\n\n\
                 ## Senior Engineer\n\n### Craft\n\n- Design\n  - Draws systems\n- Reviews\n\n### Delivery\n\n- Ships big things\n",
            )],
            &[
                ("Junior Engineer", "Craft", "Writes clean code"),
                ("Junior Engineer", "Craft", "Tests"),
                ("Junior Engineer", "Delivery", "Ships small things."),
                ("Senior Engineer", "Craft", "Draws systems"),
                ("Senior Engineer", "Craft", "Reviews"),
                ("Senior Engineer", "Delivery", "Ships big things"),
            ],
        ),
        style(
            "Markdown by competency, a file for each, as a wiki exports them",
            vec![
                source(
                    "wiki/01. Craft 0123456789abcdef0123456789abcdef.md",
                    "What craft is.\n\n## Junior\n\n- Writes code\n\n## Senior\n\n- Designs systems\n",
                ),
                source(
                    "wiki/02. Delivery fedcba9876543210fedcba9876543210.md",
                    "## Junior\n\n- Ships\n\n## Senior\n\n- Plans\n",
                ),
            ],
            &[
                ("Junior", "Craft", "Writes code"),
                ("Senior", "Craft", "Designs systems"),
                ("Junior", "Delivery", "Ships"),
                ("Senior", "Delivery", "Plans"),
            ],
        ),
        style(
            "levels as bold items of a nested list, with competencies in the items",
            vec![source(
                "nested.md",
                "- **Junior Engineer**\n  - Scope: tasks\n  - Autonomy: with help\n- **Senior Engineer**\n  - Scope: systems\n  - Autonomy: alone\n",
            )],
            &[("Junior Engineer", "Scope", "tasks"), ("Senior Engineer", "Autonomy", "alone")],
        ),
        style(
            "a Markdown table whose levels are in its first row",
            vec![source(
                "table.md",
                "# Levels\n\n| | | |\n|---|---|---|\n| | **Junior** | **Senior** |\n| Craft | Writes code<br>Tests | Designs |\n| Delivery | Ships | Plans |\n",
            )],
            &[("Junior", "Craft", "Tests"), ("Senior", "Delivery", "Plans")],
        ),
        style(
            "a page of a wiki in HTML with merged cells",
            vec![source(
                "page.html",
                "<html><head><title>x</title><style>p{}</style></head><body><h1>Ladder</h1><p>Hello</p><table>\
                 <tr><th rowspan=\"2\">Area</th><th colspan=\"2\">IC</th><th>Management</th></tr>\
                 <tr><th>Engineer</th><th>Senior Engineer</th><th>Engineering Manager</th></tr>\
                 <tr><td>Craft</td><td><ul><li>Writes</li><li>Tests</li></ul></td><td>Designs</td><td>Knows</td></tr>\
                 <tr><td>People</td><td colspan=2>Helps</td><td>Leads</td></tr></table></body></html>",
            )],
            &[
                ("Engineer", "Craft", "Writes"),
                ("Engineer", "Craft", "Tests"),
                ("Engineer", "People", "Helps"),
                ("Senior Engineer", "People", "Helps"),
                ("Engineering Manager", "People", "Leads"),
            ],
        ),
        style(
            "HTML headings by track, level and competency",
            vec![source(
                "tracks.html",
                "<h1>Ladder</h1><h2>Backend</h2><h3>Junior</h3><h4>Craft</h4><ul><li>Writes queries</li></ul><h3>Senior</h3><h4>Craft</h4><ul><li>Designs schemas</li></ul>\
                 <h2>Mobile</h2><h3>Junior</h3><h4>Craft</h4><p>Builds screens.</p><h3>Senior</h3><h4>Craft</h4><p>Designs apps.</p>",
            )],
            &[
                ("Backend: Junior", "Craft", "Writes queries"),
                ("Backend: Senior", "Craft", "Designs schemas"),
                ("Mobile: Senior", "Craft", "Designs apps."),
            ],
        ),
    ]
}

fn data() -> Vec<Style> {
    vec![
        style(
            "YAML with topics",
            vec![source(
                "delivery.yaml",
                "name: Delivery\ntopics:\n  - title: Planning\n    content:\n      - level: 1\n        criteria: [Plans a day, Plans a week]\n        exampleCriteria: [a sprint]\n      - level: 2\n        criteria: Plans a quarter\n",
            )],
            &[("Level 1", "Planning", "Plans a week"), ("Level 2", "Planning", "Plans a quarter")],
        ),
        style(
            "YAML with a list of levels and themes",
            vec![source(
                "themes.yaml",
                "- {level: Junior, theme: Craft, summary: Writes code, examples: [a script]}\n- {level: Senior, theme: Craft, summary: Designs, examples: []}\n",
            )],
            &[("Junior", "Craft", "Writes code"), ("Senior", "Craft", "Designs")],
        ),
        style(
            "YAML with skills, behaviours and proficiencies",
            vec![source(
                "skills.yaml",
                "levels:\n  - {id: e1, name: Engineer}\n  - {id: e2, name: Senior Engineer}\nskills:\n  - name: Testing\n    description: How\n    proficiencies: {e1: Writes tests, e2: Designs tests}\n\
                 behaviours:\n  - name: Candour\n    proficiencies:\n      - {level: e1, description: Speaks}\n      - {level: e2, description: Speaks up}\n",
            )],
            &[
                ("Engineer", "Testing", "Writes tests"),
                ("Senior Engineer", "Testing", "Designs tests"),
                ("Senior Engineer", "Candour", "Speaks up"),
            ],
        ),
    ]
}
