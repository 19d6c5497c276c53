use super::*;
use crate::markdown::{MarkdownParser, RawHtml, TextOrigin};
use crate::tree::TreePath;

fn cell(source: &str) -> CellText {
    let file = TreePath::normalized("a.md");
    let mut markdown = MarkdownParser::new(&file, source, RawHtml::Safe);
    read(source, &[], &markdown.parse(source, TextOrigin::Verbatim(0)), "cell", &mut TakenAnchors::default())
}

fn texts(cell: &CellText) -> Vec<&str> {
    cell.statements.iter().map(|statement| statement.text.as_str()).collect()
}

fn specialisms(statement: &Statement) -> Vec<&str> {
    statement.examples.iter().map(|example| example.specialism.as_str()).collect()
}

#[test]
fn list_items_are_expectations_and_the_rest_stays() {
    let cell = cell("Before.\n\n1. One.\n2. Two. {#two}\n\nAfter.\n");
    assert_eq!(texts(&cell), ["One.", "Two."]);
    assert_eq!(cell.statements[1].id.as_ref().unwrap().value, "two");
    assert_eq!((cell.intro.len(), cell.outro.len()), (1, 1));
}

#[test]
fn without_a_list_each_paragraph_is_one() {
    let cell = cell("One.\n\nExample: for one.\n\nTwo.\n\n> for two\n");
    assert_eq!(texts(&cell), ["One.", "Two."]);
    assert_eq!(cell.statements.iter().map(|statement| statement.examples.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn examples_of_an_expectation_come_in_every_form() {
    let cell = cell(
        "- One.\n  > quoted\n  - Example (SRE): nested\n  - For example, spoken\n  - a detail\n- Two.\n\n  **Example (ML):** \
         bold\n\n  Detail.\n- Three.\n  Example: on its own line\n",
    );
    assert_eq!(texts(&cell), ["One.", "Two.", "Three."]);
    assert_eq!(specialisms(&cell.statements[0]), ["", "SRE", ""]);
    assert_eq!(cell.statements[0].detail.blocks.len(), 1);
    assert_eq!(specialisms(&cell.statements[1]), ["ML"]);
    assert_eq!(cell.statements[1].detail.blocks.len(), 1);
    assert_eq!(specialisms(&cell.statements[2]), [""]);
}

#[test]
fn examples_of_a_cell_come_in_every_form() {
    for form in [
        "- One.\n\n### Examples\n\n- first\n- Example (SRE): second\n",
        "- One.\n\n**Examples**\n\n- first\n- second (Example: no)\n",
        "- One.\n\n<details><summary>Examples</summary>\n\n- first\n- second\n\n</details>\n",
        "- One.\n\n<details><summary>Examples</summary>\n<p>first</p>\n</details>\n\n**Examples**\n\n- second\n",
    ] {
        let cell = cell(form);
        assert_eq!(texts(&cell), ["One."], "{form}");
        assert_eq!(cell.examples.len(), 2, "{form}");
    }
}

#[test]
fn a_heading_below_examples_names_a_specialism_and_another_bold_line_ends_them() {
    let cell = cell("- One.\n\n### Examples\n\n- plain\n\n#### SRE\n\n- special\n\n### More\n\n- Two.\n");
    assert_eq!(texts(&cell), ["One.", "Two."]);
    let shown: Vec<_> = cell.examples.iter().map(|example| example.specialism.as_str()).collect();
    assert_eq!(shown, ["", "SRE"]);
    let cell = self::cell("- One.\n\n**Examples**\n\n- an example\n\n**Also expected**\n\n- Two.\n");
    assert_eq!((texts(&cell), cell.examples.len()), (vec!["One.", "Two."], 1));
}

#[test]
fn text_stays_under_its_sub_heading_and_a_sub_heading_without_expectations_stays() {
    let cell = cell("- One.\n\n### Philosophy\n\nOnly prose.\n\n### Tests\n\nIntro.\n\n- Two.\n");
    assert_eq!(texts(&cell), ["One.", "Two."]);
    assert_eq!(cell.statements[1].before.len(), 1);
    let outro = cell.outro.iter().map(|block| match block {
        Block::Paragraph(paragraph) => paragraph.text.as_str(),
        other => panic!("{other:?}"),
    });
    assert_eq!(outro.collect::<Vec<_>>(), ["Philosophy", "Only prose."]);
}

#[test]
fn an_example_loses_its_first_words_only_where_it_is_one() {
    let cell = cell("- One.\n  - a detail\n    - Example (SRE): deep npm\n  - Example: npm install\n");
    assert_eq!(cell.statements[0].examples.len(), 1);
    let Block::Paragraph(example) = &cell.statements[0].examples[0].blocks[0] else { panic!("a paragraph") };
    assert_eq!(example.text, "npm install");
    let Block::List { items, .. } = &cell.statements[0].detail.blocks[0] else { panic!("a list") };
    let Block::List { items, .. } = &items[0].blocks[1] else { panic!("a list") };
    let Block::Paragraph(deep) = &items[0].blocks[0] else { panic!("a paragraph") };
    assert_eq!(deep.text, "Example (SRE): deep npm");
}

#[test]
fn the_first_words_of_an_example_may_run_over_a_line_break() {
    let cell = cell("- One.\n\n  For\n  example: été\n\n  Example (a\n  b): état\n");
    let shown = |at: usize| match &cell.statements[0].examples[at].blocks[0] {
        Block::Paragraph(example) => example.text.as_str(),
        other => panic!("{other:?}"),
    };
    assert_eq!((shown(0), shown(1)), ("Été", "état"));
}

#[test]
fn lower_headings_group_expectations() {
    let cell = cell("### Code\n\n- One.\n\n### Tests\n\n- Two.\n");
    let groups: Vec<_> =
        cell.statements.iter().map(|statement| statement.group.as_ref().unwrap().text.as_str()).collect();
    assert_eq!(groups, ["Code", "Tests"]);
}

fn groups(cell: &CellText) -> Vec<(Option<&str>, &str)> {
    let groups = cell.statements.iter().map(|statement| statement.group.as_ref().map(|heading| heading.text.as_str()));
    groups.zip(texts(cell)).collect()
}

fn texts_of(blocks: &[Block]) -> String {
    crate::markdown::block_texts(blocks, &|_| String::new()).join(" ")
}

#[test]
fn rows_of_a_table_are_expectations() {
    let source = "Intro.\n\n| Expectation | Measured by | Examples |\n| --- | --- | --- |\n\
                  | Writes tests. {#tests} | coverage | one<br>Example (SRE): two |\n| One.<br>Two. • Three; four. | - | |\n\
                  | - | n/a | |\n| | speed | |\n";
    let cell = cell(source);
    assert_eq!(texts(&cell), ["Writes tests.", "One.", "Two.", "Three; four."]);
    let first = &cell.statements[0];
    assert_eq!(
        (first.id.as_ref().unwrap().value.as_str(), texts_of(&first.detail.blocks).as_str()),
        ("tests", "Measured by: coverage")
    );
    assert_eq!(specialisms(first), ["", "SRE"]);
    assert_eq!(
        texts_of(&cell.statements[3].detail.blocks),
        "Measured by: speed",
        "a row without an expectation continues the last"
    );
    assert_eq!(&source[cell.statements[2].span.clone()], "Two.");
    assert_eq!((cell.intro.len(), cell.outro.len(), cell.problems.len()), (1, 0, 0));
}

#[test]
fn the_column_of_expectations_is_the_first_with_words_or_the_one_that_says_so() {
    let counted = cell("| # | What |\n| --- | --- |\n| 1 | Writes tests. |\n| 2 | Reviews. |\n");
    assert_eq!(texts(&counted), ["Writes tests.", "Reviews."]);
    let named = cell("| Area | Expectations |\n| --- | --- |\n| Tests | Writes tests. |\n");
    assert_eq!(texts(&named), ["Writes tests."]);
    let headless = cell("| Writes tests. |\n| --- |\n| Reviews. |\n");
    assert_eq!(texts(&headless), ["Writes tests.", "Reviews."]);
}

#[test]
fn examples_and_details_pair_with_the_lines_of_a_row() {
    let paired = cell("| What | Example |\n| --- | --- |\n| One.<br>Two. | first<br>second |\n");
    assert_eq!(paired.statements.iter().map(|one| one.examples.len()).collect::<Vec<_>>(), [1, 1]);
    let last = cell("| What | Example |\n| --- | --- |\n| One.<br>Two. | first |\n");
    assert_eq!(last.statements.iter().map(|one| one.examples.len()).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_table_marked_as_prose_stays() {
    for source in [
        "- One.\n\n{.prose}\n| A |\n| --- |\n| b |\n",
        "- One.\n\n### Sizes {.prose}\n\n| A |\n| --- |\n| b |\n",
        "One.\n\n### Sizes {.prose}\n\n| A |\n| --- |\n| b |\n",
    ] {
        let cell = cell(source);
        assert_eq!((texts(&cell), cell.outro.is_empty()), (vec!["One."], false), "{source}");
    }
}

#[test]
fn a_term_and_its_definition_are_one_expectation() {
    let source = "Testing\n: Writes *tests*.\n\n  Example: one\n: Runs them.\n\nReview\n: - Reviews.\n  - Answers.\n";
    let cell = cell(source);
    assert_eq!(
        groups(&cell),
        [
            (None, "Testing: Writes tests."),
            (None, "Testing: Runs them."),
            (Some("Review"), "Reviews."),
            (Some("Review"), "Answers.")
        ]
    );
    assert_eq!(cell.statements[0].examples.len(), 1);
}

#[test]
fn a_list_in_html_has_expectations() {
    let cell = cell("<ul>\n<li>One.</li>\n<li>Two.<ul><li>a detail</li></ul></li>\n</ul>\n");
    assert_eq!(texts(&cell), ["One.", "Two."]);
    assert_eq!(texts_of(&cell.statements[1].detail.blocks), "a detail");
}

#[test]
fn labels_of_nested_lists_make_groups_after_the_other_items() {
    let source = "- Testing\n  - Runs.\n  - Example: one\n- Reviews code.\n  - quickly\n- **Design:**\n  - Draws.\n  - Asks.\n\nAfter.\n";
    let cell = cell(source);
    assert_eq!(
        groups(&cell),
        [(None, "Reviews code."), (Some("Testing"), "Runs."), (Some("Design"), "Draws."), (Some("Design"), "Asks.")]
    );
    assert_eq!(cell.groups().collect::<Vec<_>>(), ["cell-testing", "cell-design", "cell-design"]);
    assert_eq!((cell.statements[1].examples.len(), cell.outro.len()), (1, 1));
    assert_eq!(texts_of(&cell.statements[0].detail.blocks), "quickly");
}

#[test]
fn labels_under_a_sub_heading_begin_with_it() {
    let cell =
        cell("### Code\n\nIntro.\n\n- Testing\n  - Runs.\n- Style {#style}\n  - Formats.\n\n### More\n\n- Two.\n");
    assert_eq!(
        groups(&cell),
        [(Some("Code: Testing"), "Runs."), (Some("Code: Style"), "Formats."), (Some("More"), "Two.")]
    );
    assert_eq!(cell.groups().collect::<Vec<_>>(), ["code", "style", "more"]);
    assert_eq!(texts_of(&cell.statements[0].before), "Intro.");
}

#[test]
fn no_expectation_is_without_text() {
    let cell = cell(
        "- One.\n-\n- [ ]\n- ****\n- ![A graph](a.png)\n- ![](b.png)\n- ```\n  code\n  ```\n- ## Two.\n- - Three.\n- …\n",
    );
    assert_eq!(texts(&cell), ["One.", "A graph", "Two.", "Three.", "…"]);
    assert_eq!(cell.problems.len(), 5);
    assert!(cell.statements.iter().all(|statement| !statement.text.trim().is_empty()));
}

#[test]
fn labels_above_lists_make_groups() {
    let labels = |source: &str| -> Vec<String> {
        cell(source).statements.iter().map(|one| format!("{}: {}", one.label(), one.text)).collect()
    };
    let bold = "**Shipping**\n\n- Ships.\n- Measures.\n\n**Planning**\n\n| Expectation |\n| --- |\n| Plans. |\n";
    assert_eq!(labels(bold), ["Shipping: Ships.", "Shipping: Measures.", "Planning: Plans."]);
    assert_eq!(labels("Shipping:\n\n- Ships.\n\nPlanning:\n- Plans.\n"), ["Shipping: Ships.", "Planning: Plans."]);
    assert_eq!(labels("### Work\n\n**Shipping**\n\n- Ships.\n"), ["Work: Shipping: Ships."]);
    for introduction in ["Someone at this level:", "**Ships.**", "Shipping"] {
        assert_eq!(labels(&format!("{introduction}\n\n- Ships.\n")), [": Ships."], "{introduction}");
    }
    assert_eq!(labels("**Work**\n\n- Shipping\n  - Ships.\n"), ["Shipping: Ships."]);
}
