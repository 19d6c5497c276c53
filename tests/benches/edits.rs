//! The edits that are measured, each with what pages have to show after it.

use std::fs;
use std::path::Path;

use super::corpus::Shape;

const FOOTER: &str = "themes/default/templates/partials/footer.html";
const STYLE: &str = "themes/default/assets/style.css";

/// The pages of a project that are edited, and those that have to show it.
pub(crate) struct Places {
    /// The folder of articles, and the name of an article's file without its number.
    articles: &'static str,
    article: fn(usize) -> String,
    /// What the title of the seventh article begins with.
    article_title: &'static str,
    /// A level, the one above it and their track.
    level: &'static str,
    next_level: &'static str,
    track: &'static str,
    level_title: &'static str,
    /// Whether the level above shows the text of the level.
    is_inherited: bool,
}

impl Places {
    pub(crate) fn of(shape: Shape) -> Self {
        match shape {
            Shape::Company => Self {
                articles: "articles",
                article: |number| format!("a{number}"),
                article_title: "Article 7",
                level: "t0/l4",
                next_level: "t0/l5",
                track: "t0",
                level_title: "Senior Services",
                is_inherited: true,
            },
            Shape::Neutral => Self {
                articles: "guides",
                article: |number| format!("g{number:04}"),
                article_title: "Guide 7",
                level: "tracks/t000/l004",
                next_level: "tracks/t000/l005",
                track: "tracks/t000",
                level_title: "Interfaces Maker",
                is_inherited: false,
            },
        }
    }

    fn article_file(&self, number: usize) -> String {
        format!("content/{}/{}.md", self.articles, (self.article)(number))
    }

    fn article_url(&self, number: usize) -> String {
        format!("/{}/{}.html", self.articles, (self.article)(number))
    }
}

/// One way to edit a project.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    /// The file that is edited.
    pub(crate) file: fn(&Places) -> String,
    /// The address that shows the edit first.
    pub(crate) url: fn(&Places) -> String,
    /// Makes the text after the edit of the original text and the edit's sign.
    pub(crate) change: fn(&Places, &str, &Sign) -> String,
    /// The requirements for the next responses of other addresses.
    pub(crate) others: fn(&Places, &Sign) -> Vec<Other>,
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
        10 + self.0 % 2
    }
}

/// The article that is edited.
const ARTICLE: usize = 7;

/// An article that cites it, and one that it cites.
const CITING: usize = 9;
const CITED: usize = 3;

pub(crate) const EDITS: [Edit; 7] = [
    Edit {
        name: "article, text",
        file: |places| places.article_file(ARTICLE),
        url: |places| places.article_url(ARTICLE),
        change: |_, text, sign| format!("{text}\n{}\n", sign.text()),
        others: |_, _| Vec::new(),
    },
    Edit {
        name: "article, new link",
        file: |places| places.article_file(ARTICLE),
        url: |places| places.article_url(ARTICLE),
        change: |places, text, sign| {
            format!("{text}\n{} See [this]({}.md).\n", sign.text(), (places.article)(sign.cited()))
        },
        others: |places, sign| {
            let cites = |sign: &Sign, there| Other {
                url: places.article_url(sign.cited()),
                part: r#"<section class="cited">"#,
                text: places.article_title.to_owned(),
                there,
            };
            vec![cites(sign, true), cites(&Sign(sign.0 + 1), false)]
        },
    },
    Edit {
        name: "article, title",
        file: |places| places.article_file(ARTICLE),
        url: |places| places.article_url(ARTICLE),
        change: |places, text, sign| retitled(text, places.article_title, sign),
        others: |places, sign| [CITING, CITED].map(|article| shows(places.article_url(article), sign)).into(),
    },
    Edit {
        name: "level, text",
        file: |places| format!("content/{}.md", places.level),
        url: |places| format!("/{}.html", places.level),
        change: |_, text, sign| text.replacen("\n- ", &format!("\n- {} ", sign.text()), 1),
        others: |places, sign| {
            let inherits = || shows(format!("/{}.html", places.next_level), sign);
            places.is_inherited.then(inherits).into_iter().collect()
        },
    },
    Edit {
        name: "level, title",
        file: |places| format!("content/{}.md", places.level),
        url: |places| format!("/{}.html", places.level),
        change: |places, text, sign| retitled(text, places.level_title, sign),
        others: |places, sign| {
            vec![shows(format!("/{}.html", places.next_level), sign), shows(format!("/{}/", places.track), sign)]
        },
    },
    Edit {
        name: "template",
        file: |_| FOOTER.to_owned(),
        url: |places| places.article_url(ARTICLE),
        change: |_, text, sign| format!("{text}<p>{}</p>\n", sign.text()),
        others: |places, sign| vec![shows(format!("/{}.html", places.next_level), sign)],
    },
    Edit {
        name: "style sheet",
        file: |_| STYLE.to_owned(),
        url: |_| "/assets/style.css".to_owned(),
        change: |_, text, sign| format!("{text}/* {} */\n", sign.text()),
        others: |_, _| Vec::new(),
    },
];

/// The text of a page with a sign in its title.
fn retitled(text: &str, title: &str, sign: &Sign) -> String {
    text.replacen(title, &format!("{} {title}", sign.text()), 1)
}

fn shows(url: String, sign: &Sign) -> Other {
    Other { url, part: "<body", text: sign.text(), there: true }
}

/// Gives a project what the edits need: links between the article and others, and files of a theme of its own.
pub(crate) fn prepare(places: &Places, root: &Path) {
    for (from, to) in [(CITING, ARTICLE), (ARTICLE, CITED)] {
        let file = root.join(places.article_file(from));
        let text = fs::read_to_string(&file).expect("the page is there");
        put(&file, &format!("{text}\nAs in [[{}/{}]].\n", places.articles, (places.article)(to)));
    }
    put(&root.join(FOOTER), include_str!("../../themes/default/templates/partials/footer.html"));
    put(&root.join(STYLE), include_str!("../../themes/default/assets/style.css"));
}

fn put(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("the folder is made");
    fs::write(file, text).expect("the file is written");
}
