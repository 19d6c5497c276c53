//! The formats of files in `content/` that can run scripts where they are published, by the ending of their names.

/// A format in which a browser runs scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActiveFormat {
    /// HTML, and formats that contain HTML in a way that can't be checked.
    Html,
    /// SVG.
    Svg,
    /// Another format of XML, which may contain elements of HTML or SVG.
    Xml,
}

impl ActiveFormat {
    /// The format of a file by its path; `None` if browsers only show or download it.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        const HTML: [&str; 10] = ["hta", "htm", "html", "mht", "mhtml", "shtml", "svgz", "xht", "xhtm", "xhtml"];
        const XML: [&str; 15] = [
            "atom", "dae", "gpx", "kml", "mathml", "mml", "opml", "rdf", "rss", "wsdl", "xml", "xsd", "xsl", "xslt",
            "xspf",
        ];
        let name = path.rsplit('/').next().unwrap_or_default();
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        match extension.as_str() {
            "svg" => Some(Self::Svg),
            extension if HTML.contains(&extension) => Some(Self::Html),
            extension if XML.contains(&extension) => Some(Self::Xml),
            _ => None,
        }
    }

    /// Whether a file's content decides whether it's safe, so that it's read into memory.
    #[must_use]
    pub fn is_checked(self) -> bool {
        self != Self::Html
    }
}
