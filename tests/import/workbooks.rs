//! Workbooks and documents that are made for the tests.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Note, Workbook, Worksheet};
use stepladder::import::{Mapping, SourceFile};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::sources::Style;
use super::{import, plan};

/// A workbook with sheets of texts.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Workbook {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a valid name");
        fill(sheet, rows);
    }
    workbook
}

fn fill(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number),
                Err(_) if text.is_empty() => continue,
                Err(_) => sheet.write_string(row, column, *text),
            }
            .expect("a cell");
        }
    }
}

fn saved(name: &str, mut workbook: Workbook) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: workbook.save_to_buffer().expect("a workbook") }
}

fn style(name: &'static str, source: SourceFile, cells: &[(&str, &str, &str)]) -> Style {
    let own = |(level, competency, text): &(&str, &str, &str)| {
        ((*level).to_owned(), (*competency).to_owned(), (*text).to_owned())
    };
    Style { name, sources: vec![source], cells: cells.iter().map(own).collect() }
}

/// A zip archive of texts.
fn archive(name: &str, files: &[(&str, &str)]) -> SourceFile {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        zip.start_file(*path, SimpleFileOptions::default()).expect("a file");
        zip.write_all(text.as_bytes()).expect("its text");
    }
    SourceFile { name: name.to_owned(), bytes: zip.finish().expect("an archive").into_inner() }
}

/// The styles of workbooks and archives.
pub(crate) fn styles() -> Vec<Style> {
    let by_competency = workbook(&[
        ("Craft", &[&["Junior", "Senior"], &["Writes", "Designs"], &["Tests", ""]]),
        ("Delivery", &[&["Junior", "Senior"], &["Ships", "Plans"]]),
    ]);
    let by_level = workbook(&[
        (
            "Junior Engineer",
            &[&["Competency", "Expectation", "Example"], &["Craft", "Writes", "a parser"], &["Delivery", "Ships", ""]],
        ),
        (
            "Senior Engineer",
            &[&["Competency", "Expectation", "Example"], &["Craft", "Designs", ""], &["Delivery", "Plans", ""]],
        ),
    ]);
    let by_track = workbook(&[
        ("Backend", &[&["Competency", "Junior", "Senior"], &["Craft", "Writes queries", "Designs schemas"]]),
        ("Mobile", &[&["Competency", "Junior", "Senior"], &["Craft", "Builds screens", "Designs apps"]]),
    ]);
    let by_area = workbook(&[
        ("Technical", &[&["", "Junior", "Senior"], &["Craft", "Writes", "Designs"]]),
        ("People", &[&["", "Junior", "Senior"], &["Feedback", "Listens", "Coaches"]]),
    ]);
    let mut merged = Workbook::new();
    let sheet = merged.add_worksheet();
    fill(
        sheet,
        &[
            &["Area", "Competency", "L1", "L2", "L3"],
            &["", "Craft", "Writes", "Designs", ""],
            &["", "Testing", "Tests", "", "Plans tests"],
        ],
    );
    sheet.merge_range(1, 0, 2, 0, "Technical", &Format::new()).expect("merged");
    sheet.merge_range(3, 0, 3, 4, "Behaviour", &Format::new()).expect("merged");
    fill_row(sheet, 4, &["", "Candour", "Speaks", "Speaks up", "Asks others to"]);
    vec![
        style(
            "a sheet for each competency",
            saved("a.xlsx", by_competency),
            &[
                ("Junior", "Craft", "Writes"),
                ("Junior", "Craft", "Tests"),
                ("Senior", "Craft", "Designs"),
                ("Junior", "Delivery", "Ships"),
                ("Senior", "Delivery", "Plans"),
            ],
        ),
        style(
            "a sheet for each level",
            saved("b.xlsx", by_level),
            &[("Junior Engineer", "Craft", "Writes"), ("Senior Engineer", "Delivery", "Plans")],
        ),
        style(
            "a sheet for each track",
            saved("c.xlsx", by_track),
            &[("Backend: Junior", "Craft", "Writes queries"), ("Mobile: Senior", "Craft", "Designs apps")],
        ),
        style(
            "a sheet for each area",
            saved("d.xlsx", by_area),
            &[("Junior", "Craft", "Writes"), ("Senior", "Feedback", "Coaches")],
        ),
        style(
            "merged cells, and a section over all columns",
            saved("e.xlsx", merged),
            &[
                ("L1", "Craft", "Writes"),
                ("L1", "Testing", "Tests"),
                ("L3", "Testing", "Plans tests"),
                ("L2", "Candour", "Speaks up"),
            ],
        ),
        style(
            "an archive of a wiki",
            archive(
                "wiki.zip",
                &[
                    ("Levels/1. Junior 0123456789abcdef0123456789abcdef.md", "# Junior\n\n## Craft\n\n- Writes\n"),
                    ("Levels/2. Senior fedcba9876543210fedcba9876543210.md", "# Senior\n\n## Craft\n\n- Designs\n"),
                    ("Levels/photo.png", "x"),
                ],
            ),
            &[("Junior", "Craft", "Writes"), ("Senior", "Craft", "Designs")],
        ),
        style(
            "a Word document",
            docx(),
            &[
                ("Junior Engineer", "Craft", "Writes code & tests"),
                ("Senior Engineer", "Craft", "Designs"),
                ("Senior Engineer", "Delivery", "Plans a quarter."),
            ],
        ),
    ]
}

fn fill_row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column, *text).expect("a cell");
    }
}

/// An `.ods` file with a merged cell, a hidden row and a comment.
fn ods() -> SourceFile {
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |properties: &str, cells: &[&str]| {
        format!(
            "<table:table-row {properties}>{}</table:table-row>",
            cells.iter().map(|text| cell(text)).collect::<String>()
        )
    };
    let merged = "<table:table-row><table:table-cell office:value-type=\"string\"><office:annotation><text:p>about Ann</text:p></office:annotation><text:p>Delivery</text:p></table:table-cell>\
        <table:table-cell table:number-columns-spanned=\"2\" office:value-type=\"string\"><text:p>Ships</text:p></table:table-cell><table:covered-table-cell/></table:table-row>";
    let rows = [
        row("", &["Competency", "Junior", "Senior"]),
        row("", &["Craft", "Writes", "Designs"]),
        row("table:visibility=\"collapse\"", &["Ghost", "haunts", "scares"]),
        merged.to_owned(),
    ];
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Ladder\">{}</table:table></office:spreadsheet></office:body></office:document-content>",
        rows.concat()
    );
    let mimetype = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{mimetype}\"/></manifest:manifest>"
    );
    archive("ladder.ods", &[("mimetype", mimetype), ("META-INF/manifest.xml", &manifest), ("content.xml", &content)])
}

#[test]
fn hidden_rows_and_comments_of_open_documents_stay_out() {
    let imported = import(&[ods()], &Mapping::default());
    let named = imported.named();
    for place in ["B3", "comment of A4"] {
        assert!(named.contains_key(format!("ladder.ods, sheet Ladder: {place}").as_str()), "{place} in {named:#?}");
    }
    for text in ["haunts", "Ann"] {
        assert!(!imported.text().contains(text) && !imported.plan.report.contains(text), "{text}");
    }
}

/// A document of Word with headings and lists.
fn docx() -> SourceFile {
    let paragraph =
        |properties: &str, text: &str| format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>");
    let heading = |depth: u8, text: &str| paragraph(&format!("<w:pStyle w:val=\"Heading{depth}\"/>"), text);
    let item = |text: &str| paragraph("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>", text);
    let body = [
        heading(1, "Ladder"),
        heading(2, "Junior Engineer"),
        heading(3, "Craft"),
        item("Writes code &amp; tests"),
        "<w:p><w:del><w:r><w:delText>Deleted text</w:delText></w:r></w:del></w:p>".to_owned(),
        heading(2, "Senior Engineer"),
        heading(3, "Craft"),
        item("Designs"),
        heading(3, "Delivery"),
        paragraph("", "Plans a quarter."),
    ];
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}</w:body></w:document>",
        body.concat()
    );
    let comments = "<w:comments xmlns:w=\"x\"><w:comment w:id=\"0\"><w:p/></w:comment></w:comments>";
    archive("ladder.docx", &[("word/document.xml", &document), ("word/comments.xml", comments)])
}

#[test]
fn what_is_hidden_is_named_by_place_and_stays_out() {
    let mut book = workbook(&[
        (
            "Ladder",
            &[
                &["Competency", "Junior", "Senior", "Secret"],
                &["Craft", "Writes", "Designs", "hush"],
                &["Ghost", "haunts", "scares", ""],
            ],
        ),
        ("Pay", &[&["Competency", "Junior", "Senior"], &["Salary", "little", "much"]]),
    ]);
    let ladder = book.worksheet_from_index(0).expect("a sheet");
    ladder.set_column_hidden(3).expect("hidden").set_row_hidden(2).expect("hidden");
    ladder.insert_note(1, 1, &Note::new("a remark about Ann")).expect("a comment");
    book.worksheet_from_index(1).expect("a sheet").set_hidden(true);
    let source = saved("hidden.xlsx", book);
    let imported = import(std::slice::from_ref(&source), &Mapping::default());
    let named = imported.named();
    for place in ["Ladder: D2", "Ladder: A3", "Ladder: B3", "Ladder: comment of B2", "Pay: B2"] {
        let place = format!("hidden.xlsx, sheet {place}");
        assert!(
            named.get(place.as_str()).is_some_and(|reason| reason.contains("hidden") || reason.contains("comment")),
            "{place} in {named:#?}"
        );
    }
    for text in ["hush", "haunts", "much", "Ann"] {
        assert!(!imported.text().contains(text) && !imported.plan.report.contains(text), "{text}");
    }
    let shown = import(&[source], &Mapping { hidden: true, ..Mapping::default() });
    assert!(shown.text().contains("haunts"), "{}", shown.plan.report);
}

#[test]
fn numbers_with_a_key_on_another_sheet_are_steps_of_a_scale() {
    let key: &[&[&str]] = &[&["Key", ""], &["0", "None"], &["1", "Learning"], &["2", "Independent"], &["3", "Leading"]];
    let table: &[&[&str]] = &[
        &["Competency", "Junior", "Senior"],
        &["Craft", "1", "3"],
        &["Delivery", "0", "2"],
        &["Notes on work", "Asks", "Answers"],
    ];
    let imported = import(&[saved("scale.xlsx", workbook(&[("Ladder", table), ("Key", key)]))], &Mapping::default());
    let senior = &imported.ladder["levels"][1];
    assert_eq!(
        (&senior["profile"]["competencies/craft"], &senior["profile"]["competencies/delivery"]),
        (&4.into(), &3.into())
    );
    assert_eq!(imported.ladder["competencies"][0]["scale"][3], "Leading");
    let alone = import(&[saved("scale.xlsx", workbook(&[("Ladder", table)]))], &Mapping::default());
    assert!(alone.named()["scale.xlsx, sheet Ladder: B2"].contains("number"), "{:#?}", alone.named());
}

#[test]
fn bold_lines_of_a_cell_are_labels() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, &[&["Competency", "Junior", "Senior"], &["Craft", "", "Designs"]]);
    let (bold, plain) = (Format::new().set_bold(), Format::new());
    sheet.write_rich_string(1, 1, &[(&bold, "Testing\n"), (&plain, "- Writes tests\n- Runs them")]).expect("a cell");
    let imported = import(&[saved("bold.xlsx", book)], &Mapping::default());
    let lines = &imported.ladder["levels"][0]["cells"][0]["expectations"];
    assert_eq!((&lines[0]["group"], &lines[0]["text"]), (&"Testing".into(), &"Writes tests".into()), "{lines}");
    assert_eq!(lines[1]["group"], "Testing");
}

#[test]
fn the_time_for_a_long_sheet_is_proportional_to_its_rows() {
    let rows = |count: usize| {
        let row =
            |at: usize| format!("Level {},Area {},Skill {},Does thing number {at} well\n", at % 12, at % 5, at % 40);
        format!("Level,Area,Competency,Expectation\n{}", (0..count).map(row).collect::<String>())
    };
    let source = |count: usize| SourceFile { name: "long.csv".to_owned(), bytes: rows(count).into_bytes() };
    let plan = plan(&[source(10_000)], &Mapping::default()).expect("a ladder");
    assert_eq!((plan.placed, plan.texts), (40_004, 40_004));
}
