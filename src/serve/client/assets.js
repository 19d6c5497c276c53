// @ts-check
// What the page loads: style sheets and images that changed are exchanged in place; a changed script starts it anew.

import { holdPlace } from './scroll.js';

/** The ETag of each file as the page shows it. @type {Map<string, string | null>} */
const tags = new Map();

/** Counts exchanges, so that each has an address that the browser has not stored. */
let count = 0;

/** What the page was loaded with is still in the browser's store. */
const remembered = Promise.all(used().map(async (url) => {
  const answer = await fetch(url, { cache: 'force-cache' }).catch(() => null);
  tags.set(url, answer && answer.headers.get('etag'));
}));

/** Exchanges each file that changed and is there; one that has gone is shown as it was. */
export async function refreshAssets() {
  await remembered;
  /** @type {Map<string, string | null>} */
  const changed = new Map();
  await Promise.all(used().map(async (url) => {
    const answer = await fetch(url, { method: 'HEAD', cache: 'no-cache' });
    const tag = answer.headers.get('etag');
    if (!tags.has(url)) tags.set(url, tag);
    if (answer.ok && tags.get(url) !== tag) changed.set(url, tag);
  }));
  if (changed.size) await exchange(changed);
  for (const [url, tag] of changed) tags.set(url, tag);
}

/** @param {Map<string, unknown>} changed */
async function exchange(changed) {
  if (scripts().some(({ src }) => changed.has(plain(src)))) location.reload();
  const old = sheets().filter((sheet) => files(sheet).some((url) => changed.has(url)));
  await Promise.all(old.map((sheet) => swapSheet(sheet, fresh(sheet.href))));
  for (const image of document.images) if (changed.has(plain(image.src))) image.src = fresh(image.src);
}

/**
 * Gives a style sheet's element a new address without a moment of bare page: a copy stands in while it loads.
 * @param {HTMLLinkElement} sheet @param {string} href
 */
export async function swapSheet(sheet, href) {
  const copy = /** @type {HTMLLinkElement} */ (sheet.cloneNode());
  // Where the page has moved, the old address leads elsewhere by now.
  copy.removeAttribute('href');
  const restore = holdPlace();
  sheet.after(copy);
  try {
    await load(copy, href);
    restore();
    await load(sheet, href);
  } finally {
    copy.remove();
  }
}

/** @param {HTMLLinkElement} sheet @param {string} href */
function load(sheet, href) {
  return new Promise((resolve, reject) => {
    sheet.addEventListener('load', resolve, { once: true });
    sheet.addEventListener('error', reject, { once: true });
    sheet.setAttribute('href', href);
  });
}

/** @param {Node} node @returns {node is HTMLLinkElement} */
export function isSheet(node) {
  return node instanceof HTMLLinkElement && node.relList.contains('stylesheet');
}

/** The site's own files that the page uses, by their addresses. */
function used() {
  const all = [...sheets().flatMap(files), ...scripts().map(({ src }) => src), ...[...document.images].map(({ src }) => src)];
  return [...new Set(all.filter(isOwn).map(plain))];
}

function sheets() {
  return [...document.querySelectorAll('link')].filter(isSheet).filter(({ href }) => isOwn(href));
}

/** A style sheet's file and those that it imports. @param {HTMLLinkElement} link */
function files({ href, sheet }) {
  try {
    const imports = [...(sheet?.cssRules ?? [])].filter((rule) => rule instanceof CSSImportRule);
    return [href, ...imports.map(({ styleSheet }) => styleSheet?.href ?? '')].map(plain);
  } catch {
    return [plain(href)]; // A browser does not show the rules of a sheet that is missing.
  }
}

function scripts() {
  return [...document.scripts].filter(({ src }) => isOwn(src));
}

/** @param {string} url */
function isOwn(url) {
  return url.startsWith(`${location.origin}/`) && !url.startsWith(`${location.origin}/_stepladder/`);
}

/** An address without what `fresh` added. @param {string} url */
function plain(url) {
  return url.replace(/[?&]stepladder=\d+/, '');
}

/** @param {string} url */
function fresh(url) {
  return `${plain(url)}${plain(url).includes('?') ? '&' : '?'}stepladder=${++count}`;
}
