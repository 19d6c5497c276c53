// @ts-check
// The contents of a divided print edition: a link to a place that was on this page goes on to the part that has it.

{
  const place = location.hash;
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('.book-contents a')]);
  // The place of a chapter begins with that of its page.
  const found = links.find(({ hash }) => hash && (place === hash || place.startsWith(`${hash}:`)));
  if (found && found.pathname !== location.pathname) {
    const target = new URL(found.href);
    target.hash = place;
    location.replace(target.href);
  }
}
