//! The edits that are measured, each with what pages have to show after it.

use std::fs;
use std::path::Path;

const ARTICLE: &str = "content/articles/a7.md";
const LEVEL: &str = "content/t0/l4.md";
const FOOTER: &str = "themes/default/templates/partials/footer.html";
const STYLE: &str = "themes/default/assets/style.css";

/// One way to edit a project.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    /// The file that is edited.
    pub(crate) file: &'static str,
    /// The address that shows the edit first.
    pub(crate) url: &'static str,
    /// Makes the text after the edit of the original text and the edit's sign.
    pub(crate) change: fn(&str, &Sign) -> String,
    /// The requirements for the next responses of other addresses.
    pub(crate) others: fn(&Sign) -> Vec<Other>,
}

/// The mark that distinguishes an edit from all others, by its number.
pub(crate) struct Sign(pub(crate) usize);

/// An address, and a text that stands in its answer, in the part that begins with another text.
pub(crate) struct Other {
    pub(crate) url: String,
    pub(crate) part: &'static str,
    pub(crate) text: String,
    /// Whether the text has to be there, or must not be there.
    pub(crate) there: bool,
}

impl Sign {
    pub(crate) fn text(&self) -> String {
        format!("Edition {}.", self.0)
    }

    /// The article that is cited, another one each time.
    fn cited(&self) -> usize {
        20 + self.0 % 40
    }
}

pub(crate) const EDITS: [Edit; 7] = [
    Edit {
        name: "article, text",
        file: ARTICLE,
        url: "/articles/a7.html",
        change: |text, sign| format!("{text}\n{}\n", sign.text()),
        others: |_| Vec::new(),
    },
    Edit {
        name: "article, new link",
        file: ARTICLE,
        url: "/articles/a7.html",
        change: |text, sign| format!("{text}\n{} See [this](a{}.md).\n", sign.text(), sign.cited()),
        others: |sign| {
            let cites = |sign: &Sign, there| Other {
                url: format!("/articles/a{}.html", sign.cited()),
                part: r#"<section class="cited">"#,
                text: ">Article 7</a>".to_owned(),
                there,
            };
            vec![cites(sign, true), cites(&Sign(sign.0 - 1), false)]
        },
    },
    Edit {
        name: "article, title",
        file: ARTICLE,
        url: "/articles/a7.html",
        change: |text, sign| text.replacen("title: Article 7", &format!("title: Article 7, {}", sign.text()), 1),
        others: |sign| vec![shows("/articles/a9.html", sign), shows("/articles/a3.html", sign)],
    },
    Edit {
        name: "level, text",
        file: LEVEL,
        url: "/t0/l4.html",
        change: |text, sign| text.replacen("- Sometimes", &format!("- {} Sometimes", sign.text()), 1),
        others: |sign| vec![shows("/t0/l5.html", sign)],
    },
    Edit {
        name: "level, title",
        file: LEVEL,
        url: "/t0/l4.html",
        change: |text, sign| text.replacen("of track 0", &format!("of track 0, {}", sign.text()), 1),
        others: |sign| vec![shows("/t0/l5.html", sign), shows("/t0/", sign)],
    },
    Edit {
        name: "template",
        file: FOOTER,
        url: "/articles/a7.html",
        change: |text, sign| format!("{text}<p>{}</p>\n", sign.text()),
        others: |sign| vec![shows("/t0/l5.html", sign)],
    },
    Edit {
        name: "style sheet",
        file: STYLE,
        url: "/assets/style.css",
        change: |text, sign| format!("{text}/* {} */\n", sign.text()),
        others: |_| Vec::new(),
    },
];

fn shows(url: &str, sign: &Sign) -> Other {
    Other { url: url.to_owned(), part: "<body", text: sign.text(), there: true }
}

/// Gives a project what the edits need: a page that shows another's title, and files of a theme of its own.
pub(crate) fn prepare(root: &Path) {
    let cites = root.join("content/articles/a9.md");
    let text = fs::read_to_string(&cites).expect("the page is there");
    put(&cites, &format!("{text}\nAs in [[articles/a7]].\n"));
    put(&root.join(FOOTER), include_str!("../../themes/default/templates/partials/footer.html"));
    put(&root.join(STYLE), include_str!("../../themes/default/assets/style.css"));
}

fn put(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("the folder is made");
    fs::write(file, text).expect("the file is written");
}
