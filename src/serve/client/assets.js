// @ts-check
// Reloads the assets of the page when they change: style sheets and images in place, scripts by reloading the page.

import { saveScroll } from './scroll.js';

/** The ETag of the loaded version of each file, by URL. @type {Map<string, string | null>} */
const etags = new Map();

/** The number of reloads, which makes each URL unique, so that the browser doesn't use its cache. */
let reloads = 0;

/** Completes when the ETags of the initially loaded files have been read from the browser's cache. */
const initialEtags = Promise.all(assetUrls().map(async (url) => {
  const answer = await fetch(url, { cache: 'force-cache' }).catch(() => null);
  etags.set(url, answer && answer.headers.get('etag'));
}));

/** Reloads each file that changed. A file that was removed is still shown as it was. */
export async function refreshAssets() {
  await initialEtags;
  /** @type {Map<string, string | null>} */
  const changed = new Map();
  await Promise.all(assetUrls().map(async (url) => {
    const answer = await fetch(url, { method: 'HEAD', cache: 'no-cache' });
    const etag = answer.headers.get('etag');
    if (!etags.has(url)) etags.set(url, etag);
    if (answer.ok && etags.get(url) !== etag) changed.set(url, etag);
  }));
  if (changed.size) await reload(changed);
  for (const [url, etag] of changed) etags.set(url, etag);
}

/** @param {Map<string, unknown>} changed */
async function reload(changed) {
  if (scripts().some(({ src }) => changed.has(withoutVersion(src)))) location.reload();
  const old = sheets().filter((sheet) => sheetUrls(sheet).some((url) => changed.has(url)));
  await Promise.all(old.map((sheet) => swapSheet(sheet, withNewVersion(sheet.href))));
  for (const image of document.images) if (changed.has(withoutVersion(image.src))) image.src = withNewVersion(image.src);
}

/**
 * Changes the URL of a style sheet. A copy of the element loads first, so that the page is never without the styles.
 * @param {HTMLLinkElement} sheet @param {string} href
 */
export async function swapSheet(sheet, href) {
  const copy = /** @type {HTMLLinkElement} */ (sheet.cloneNode());
  // Relative to the URL of a page that has moved, the old attribute would refer to another file.
  copy.removeAttribute('href');
  const restore = saveScroll();
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

/** The URLs of the site's own files that the page uses. */
function assetUrls() {
  const all = [...sheets().flatMap(sheetUrls), ...scripts().map(({ src }) => src), ...[...document.images].map(({ src }) => src)];
  return [...new Set(all.filter(isSiteUrl).map(withoutVersion))];
}

function sheets() {
  return [...document.querySelectorAll('link')].filter(isSheet).filter(({ href }) => isSiteUrl(href));
}

/** The URLs of a style sheet and of those that it imports. @param {HTMLLinkElement} link */
function sheetUrls({ href, sheet }) {
  try {
    const imports = [...(sheet?.cssRules ?? [])].filter((rule) => rule instanceof CSSImportRule);
    return [href, ...imports.map(({ styleSheet }) => styleSheet?.href ?? '')].map(withoutVersion);
  } catch {
    return [withoutVersion(href)]; // Accessing the rules of a missing sheet throws.
  }
}

function scripts() {
  return [...document.scripts].filter(({ src }) => isSiteUrl(src));
}

/** Whether a URL is a file of the site, not of the preview itself. @param {string} url */
function isSiteUrl(url) {
  return url.startsWith(`${location.origin}/`) && !url.startsWith(`${location.origin}/_stepladder/`);
}

/** A URL without the parameter that `withNewVersion` adds. @param {string} url */
function withoutVersion(url) {
  return url.replace(/[?&]stepladder=\d+/, '');
}

/** A URL that the browser has not cached. @param {string} url */
function withNewVersion(url) {
  return `${withoutVersion(url)}${withoutVersion(url).includes('?') ? '&' : '?'}stepladder=${++reloads}`;
}
