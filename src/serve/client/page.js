// @ts-check
// The page itself: asks for it again and brings what differs into the live document.

import { bind, update } from './morph.js';
import { HOST, makeLink, showNote } from './panel.js';

/**
 * What the live document was made from: its text, the inert tree of that text, and whether it was a page of the site
 * rather than one about an error.
 * @typedef {{ text: string, tree: Document, good: boolean }} Made
 */

/** @type {Promise<Made>} */
const loaded = asLoaded().catch(() => copied(true));

/**
 * Takes the page as the browser loaded it from the browser's own store. Where a newer text has come there meanwhile,
 * which its length tells, the live document stands for the text that it was made from.
 * @returns {Promise<Made>}
 */
async function asLoaded() {
  const answer = await fetch(address(), { cache: 'force-cache' });
  const text = await answer.text();
  const [load] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  const length = new TextEncoder().encode(text).length;
  if (load?.decodedBodySize !== length) return copied(answer.ok);
  const tree = parse(text);
  bind(tree, document);
  return { text, tree, good: answer.ok };
}

/** Takes the live document, less the preview's own part, for the page. @param {boolean} good @returns {Made} */
function copied(good) {
  const tree = /** @type {Document} */ (document.cloneNode(true));
  tree.querySelector(HOST)?.remove();
  bind(tree, document);
  return { text: '', tree, good };
}

/** Shows the page as it is now, wherever it is now. A page that did not change is not touched. */
export async function refreshPage() {
  const made = await loaded;
  const answer = await fetch(address(), { cache: 'no-cache' });
  const text = await answer.text();
  if (made.good && !answer.ok) {
    if (answer.status === 404) showNote('gone', 'This page no longer exists.', makeLink('/', 'home', 'Home'));
    return;
  }
  showNote('gone');
  if (!made.good && answer.ok) return location.reload();
  const change = () => text === made.text || become(made, parse(text));
  const whole = answer.redirected ? moveTo(answer.url, change) : change();
  if (!(await whole)) return location.reload();
  made.text = text;
}

/** Says whether all of the page could be changed in place. @param {Made} made @param {Document} next */
function become({ tree }, next) {
  return scripts(tree) === scripts(next) && update(tree, next);
}

/**
 * Changes the page as one that is at `url`, then gives it that address. Either alone would have the browser look in the
 * wrong place for what the page names.
 * @template Done
 * @param {string} url @param {() => Done} change
 */
function moveTo(url, change) {
  const base = document.createElement('base');
  base.href = url;
  document.head.prepend(base);
  const done = change();
  history.replaceState(history.state, '', url + location.hash);
  base.remove();
  return done;
}

/**
 * Scripts run when a page is loaded, so other scripts mean to load it again. They are the same ones on a page that has only
 * another way to the site's root.
 * @param {Document} page
 */
function scripts(page) {
  return [...page.scripts].map(({ outerHTML }) => outerHTML.replace(/ src="(?:\.\.?\/)+/, ' src="')).join('');
}

/** @param {string} text */
function parse(text) {
  return new DOMParser().parseFromString(text, 'text/html');
}

function address() {
  return location.href.split('#', 1)[0];
}
