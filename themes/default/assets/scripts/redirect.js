// @ts-check
// An address that leads to another page: goes on to it, with the anchor and the query, unless the target has one. `<meta http-equiv="refresh">` would
// lose them.

{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const target = new URL(script.dataset.target ?? '', document.baseURI);
  target.search ||= location.search;
  target.hash ||= location.hash;
  location.replace(target.href);
}
