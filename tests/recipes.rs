//! The table "To add X, touch Y" of CONTRIBUTING.md is true: a copy of the sources in which a kind of page, a field and a
//! key of the configuration are added in just the files that it lists compiles.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Text to insert into a file, before the first line that contains `anchor`. An empty anchor stands for a new file.
struct Edit {
    file: &'static str,
    anchor: &'static str,
    text: &'static str,
}

/// A row of the table, with the edits that it takes.
struct Recipe {
    to_add: &'static str,
    edits: &'static [Edit],
}

const RECIPES: [Recipe; 4] = [
    Recipe {
        to_add: "a kind of page, written and listed as articles are",
        edits: &[
            Edit { file: "src/page/kind.rs", anchor: "    /// Any other page.", text: "    /// A toy.\n    Toy,\n" },
            Edit {
                file: "src/page/kinds.rs",
                anchor: "        kind: Kind::Page,",
                text: r#"        kind: Kind::Toy,
        name: "toy",
        article: "a",
        about: "a toy",
        plural: "Toys",
        fields: fields::WORKSHEET,
        form: FrontMatterForm::Serves,
        folder: PageFolder::Named("toys"),
        new_fields: "levels: []\n",
        new_text: "What it is.\n",
        list: ListPage::Own { path: "toys", title: "Toys" },
        template: "toy.html",
        home_position: Some(5),
        search_position: 9,
        print: PrintRole::Chapter,
        found_by: FoundBy::Subjects,
        has_cells: false,
    },
    KindSpec {
"#,
            },
            Edit {
                file: "themes/default/templates/toy.html",
                anchor: "",
                text: "{% extends \"base.html\" %}\n{% block main %}\n{% set eyebrow = \"Toy\" %}{% set names = [] %}\n\
                       {%- include \"partials/writing.html\" %}\n{% endblock main %}\n",
            },
            Edit {
                file: "themes/default/templates/search-words.html",
                anchor: "<template data-kind=\"page\">",
                text: "<template data-kind=\"toy\"><b>Toy</b></template>\n",
            },
            Edit {
                file: "themes/default/assets/scripts/search/find.js",
                anchor: "    step: 1.2,",
                text: "    toy: 1.8,\n",
            },
        ],
    },
    Recipe {
        to_add: "a front-matter field of all pages, shown by the theme",
        edits: &[
            Edit {
                file: "src/page/field_specs.rs",
                anchor: "    FieldSpec::optional(\"changed\"",
                text: "    FieldSpec::optional(\"mood\", Text, \"The mood.\"),\n",
            },
            Edit {
                file: "src/page/model.rs",
                anchor: "    /// The day of the last change in substance.",
                text: "    /// The mood.\n    pub mood: Option<Spanned<String>>,\n",
            },
            Edit { file: "src/page/model.rs", anchor: "            changed: None,", text: "            mood: None,\n" },
            Edit {
                file: "src/page/read_front_matter.rs",
                anchor: "    page.changed = ",
                text: "    page.mood = fields.text(\"mood\");\n",
            },
            Edit {
                file: "src/page/structural_fields.rs",
                anchor: "            file: _, id: _,",
                text: "            mood: _,\n",
            },
            Edit {
                file: "src/view/page.rs",
                anchor: "    /// The day of the last change of its content",
                text: "    /// The mood.\n    pub mood: Option<String>,\n",
            },
            Edit { file: "src/pages/mod.rs", anchor: "        changed: None,", text: "        mood: None,\n" },
            Edit {
                file: "src/pages/mod.rs",
                anchor: "    view.changed = ",
                text: "    view.mood = page.mood.as_ref().map(|mood| mood.value.clone());\n",
            },
            Edit {
                file: "themes/default/templates/partials/meta.html",
                anchor: "  {%- if changed %}",
                text: "  {%- if mood %}<span>{{ mood }}</span> {% endif -%}\n",
            },
        ],
    },
    Recipe {
        to_add: "a front-matter field of levels, shown on their pages",
        edits: &[
            Edit {
                file: "src/page/field_specs.rs",
                anchor: "    FieldSpec::optional(\"code\"",
                text: "    FieldSpec::optional(\"motto\", Text, \"The motto.\"),\n",
            },
            Edit {
                file: "src/page/front_matter.rs",
                anchor: "    /// The code, a short name",
                text: "    /// The motto.\n    pub motto: Option<Spanned<String>>,\n",
            },
            Edit {
                file: "src/page/read_front_matter.rs",
                anchor: "        code: fields.text(\"code\"),",
                text: "        motto: fields.text(\"motto\"),\n",
            },
            Edit {
                file: "src/page/structural_fields.rs",
                anchor: "        code: _, also_known_as: _,",
                text: "        motto: _,\n",
            },
            Edit {
                file: "src/view/level.rs",
                anchor: "    /// Its rank, as text",
                text: "    /// Its motto; may be empty.\n    pub motto: String,\n",
            },
            Edit {
                file: "src/pages/level.rs",
                anchor: "        rank: rank_text(level.rank),",
                text: "        motto: front_matter.motto.as_ref().map(|motto| motto.value.clone()).unwrap_or_default(),\n",
            },
            Edit {
                file: "themes/default/templates/level.html",
                anchor: "{%- if level.changes %}",
                text: "{%- if level.motto %}\n<p>{{ level.motto }}</p>\n{%- endif %}\n",
            },
        ],
    },
    Recipe {
        to_add: "a key of `stepladder.yaml`",
        edits: &[
            Edit {
                file: "src/config/field_specs.rs",
                anchor: "    FieldSpec::optional(\"indexed\"",
                text: "    FieldSpec::optional(\"mood\", Text, \"The mood.\"),\n",
            },
            Edit {
                file: "src/config/mod.rs",
                anchor: "    /// Whether search engines may index the site.",
                text: "    /// The mood.\n    pub mood: String,\n",
            },
            Edit {
                file: "src/config/mod.rs",
                anchor: "            indexed: false,",
                text: "            mood: String::new(),\n",
            },
            Edit {
                file: "src/config/mod.rs",
                anchor: "        indexed: fields.flag",
                text: "        mood: text(fields, \"mood\").unwrap_or_default(),\n",
            },
        ],
    },
];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_table_lists_the_files_of_each_recipe() {
    let contributing = fs::read_to_string(repository().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md");
    for Recipe { to_add, edits } in RECIPES {
        let row = contributing.lines().find(|line| line.starts_with(&format!("| {to_add} | ")));
        let row = row.unwrap_or_else(|| panic!("CONTRIBUTING.md has no row for {to_add}"));
        let listed: BTreeSet<&str> = row.split('`').filter(|word| word.contains('/')).collect();
        let edited: BTreeSet<&str> = edits.iter().map(|edit| edit.file).collect();
        let renamed: BTreeSet<String> = listed.iter().map(|file| file.replace("<kind>", "toy")).collect();
        assert_eq!(renamed.iter().map(String::as_str).collect::<BTreeSet<_>>(), edited, "{to_add}");
        let in_theme = edited.iter().filter(|file| file.starts_with("themes/")).count();
        let counts = format!("| {} + {in_theme} |", edited.len() - in_theme);
        assert!(row.ends_with(&counts), "{to_add}: {counts}");
    }
}

/// Copies the sources, without tests, to a folder.
fn copy_sources(to: &Path) {
    // The pages of `tests/cases` are part of the program.
    for part in ["src", "tests/cases", "themes/default", "Cargo.toml", "Cargo.lock"] {
        for entry in walkdir::WalkDir::new(repository().join(part)) {
            let entry = entry.expect("the sources can be read");
            let target = to.join(entry.path().strip_prefix(repository()).expect("a path in the repository"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).expect("a folder");
            } else {
                fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
                fs::copy(entry.path(), target).expect("a copy");
            }
        }
    }
}

fn apply(edit: &Edit, to: &Path) {
    let path = to.join(edit.file);
    if edit.anchor.is_empty() {
        fs::write(path, edit.text).expect("a new file");
        return;
    }
    let source = fs::read_to_string(&path).expect("a file of the recipe");
    let at = source.find(edit.anchor).unwrap_or_else(|| panic!("{} has no line `{}`", edit.file, edit.anchor));
    let line = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let edited = format!("{}{}{}", &source[..line], edit.text, &source[line..]);
    fs::write(path, edited).expect("the edited file");
}

#[test]
fn sources_edited_by_the_recipes_compile() {
    // Always the same folder, so that the compiler replaces what it made of an earlier copy.
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recipes");
    let _ = fs::remove_dir_all(&copy);
    copy_sources(&copy);
    RECIPES.iter().flat_map(|recipe| recipe.edits).for_each(|edit| apply(edit, &copy));
    // A target with development dependencies, so that crates have the features with which they were already compiled.
    fs::create_dir_all(copy.join("tests")).expect("a folder");
    fs::write(copy.join("tests/main.rs"), "//! Nothing.\n").expect("a test without tests");
    // Cargo would take a package of the same name for this one, because paths don't tell packages apart.
    for manifest in ["Cargo.toml", "Cargo.lock"] {
        let text = fs::read_to_string(copy.join(manifest)).expect("a copy");
        let renamed = text.replacen("name = \"stepladder\"\n", "name = \"stepladder-recipes\"\n", 1);
        fs::write(copy.join(manifest), renamed).expect("a copy");
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let check = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--locked", "--quiet", "--lib", "--test", "main", "--target-dir"])
        .arg(target)
        .current_dir(&copy)
        .output()
        .expect("cargo runs");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}
