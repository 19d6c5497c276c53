// @ts-check
// The former address of a page: goes on to the page, with the anchor and the query. `<meta http-equiv="refresh">` would
// lose them.

{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const target = new URL(script.dataset.target ?? '', document.baseURI);
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target.href);
}
