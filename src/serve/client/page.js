// @ts-check
// Fetches the page again and applies the differences to the live document.

import { bind, update } from './morph.js';
import { HOST, makeLink, showNote } from './panel.js';

/**
 * The source of the live document: its HTML, the inert tree of that HTML, and whether it is a page of the site rather than
 * one about an error.
 * @typedef {{ text: string, tree: Document, isSitePage: boolean }} PageSource
 */

/** @type {Promise<PageSource>} */
const initialSource = cachedSource().catch(() => sourceFromDocument(true));

/**
 * Reads the page as it was loaded from the browser's cache. If the cached HTML has another length than the loaded one, it is
 * newer, and the live document is used instead.
 * @returns {Promise<PageSource>}
 */
async function cachedSource() {
  const response = await fetch(pageUrl(), { cache: 'force-cache' });
  const text = await response.text();
  const [load] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  const length = new TextEncoder().encode(text).length;
  if (load?.decodedBodySize !== length) return sourceFromDocument(response.ok);
  const tree = parse(text);
  bind(tree, document);
  return { text, tree, isSitePage: response.ok };
}

/** A source made from the live document without the preview's own elements. @param {boolean} isSitePage @returns {PageSource} */
function sourceFromDocument(isSitePage) {
  const tree = /** @type {Document} */ (document.cloneNode(true));
  tree.querySelector(HOST)?.remove();
  bind(tree, document);
  return { text: '', tree, isSitePage };
}

/** Updates the page to its present version, at its present URL. A page that didn't change isn't touched. */
export async function refreshPage() {
  const source = await initialSource;
  const response = await fetch(pageUrl(), { cache: 'no-cache' });
  const text = await response.text();
  if (source.isSitePage && !response.ok) {
    if (response.status === 404) showNote('gone', 'This page no longer exists.', makeLink('/', 'home', 'Home'));
    return;
  }
  showNote('gone');
  if (!source.isSitePage && response.ok) return location.reload();
  const change = () => text === source.text || applyChanges(source, parse(text));
  const isComplete = response.redirected ? moveTo(response.url, change) : change();
  if (!(await isComplete)) return location.reload();
  source.text = text;
}

/** Applies the new version in place. Returns or resolves to whether all of it could be applied. @param {PageSource} source @param {Document} next */
function applyChanges({ tree }, next) {
  return scriptTags(tree) === scriptTags(next) && update(tree, next);
}

/**
 * Applies a change as if the page were at `url`, then sets that URL. If either came alone, the browser would resolve
 * relative URLs of the page wrongly for a while.
 * @template Result
 * @param {string} url @param {() => Result} change
 */
function moveTo(url, change) {
  const base = document.createElement('base');
  base.href = url;
  document.head.prepend(base);
  const result = change();
  history.replaceState(history.state, '', url + location.hash);
  base.remove();
  return result;
}

/**
 * The page's scripts as text. Scripts run when a page is loaded, so a page with other scripts has to be reloaded. Relative
 * paths to the site's root are ignored, since they change when the page moves.
 * @param {Document} page
 */
function scriptTags(page) {
  return [...page.scripts].map(({ outerHTML }) => outerHTML.replace(/ src="(?:\.\.?\/)+/, ' src="')).join('');
}

/** @param {string} text */
function parse(text) {
  return new DOMParser().parseFromString(text, 'text/html');
}

function pageUrl() {
  return location.href.split('#', 1)[0];
}
