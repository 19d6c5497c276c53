// @ts-check
// An address that leads to another page: goes on to it, with the anchor and the query, unless the target has one. `<meta http-equiv="refresh">` would
// lose them.

{
  const target = new URL(/** @type {HTMLAnchorElement} */ (document.getElementById('to')).href);
  target.search ||= location.search;
  target.hash ||= location.hash;
  location.replace(target.href);
}
