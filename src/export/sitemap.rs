//! `sitemap.xml` and `robots.txt`, for search engines.

use crate::context::RenderContext;
use crate::link::{Generated, Output};
use crate::markdown::escape;

/// The addresses of all pages, absolute when the configuration gives the site's address, else relative to it.
pub(crate) fn sitemap(context: &RenderContext) -> String {
    let mut out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            .to_owned();
    for output in context.routes.outputs.values() {
        let (url, reviewed) = match output {
            Output::Page(id) => {
                let reviewed = context.pages.get(*id).reviewed.as_ref().map(|day| day.value);
                (&context.address(*id).url, reviewed)
            }
            Output::Generated(Generated::Missing | Generated::Print)
            | Output::Redirect(_)
            | Output::Markdown(_)
            | Output::Export(_)
            | Output::Script(_) => continue,
            Output::Generated(generated) => match context.generated(generated) {
                Some(address) => (&address.url, None),
                None => continue,
            },
        };
        let location = context.absolute(url).unwrap_or_else(|| url.clone());
        out.push_str(&format!("<url><loc>{}</loc>", escape(&location)));
        if let Some(day) = reviewed {
            out.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        out.push_str("</url>\n");
    }
    out + "</urlset>\n"
}

/// What search engines may do: nothing, unless the configuration lets them.
pub(crate) fn robots(context: &RenderContext) -> String {
    if !context.config.indexed {
        return "User-agent: *\nDisallow: /\n".to_owned();
    }
    let sitemap = context.absolute("sitemap.xml").map(|url| format!("Sitemap: {url}\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}
