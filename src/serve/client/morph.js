// @ts-check
// Updates the live document by what differs between the HTML that it was made from and the new one, and by nothing
// else: whatever the reader or the page's scripts did stays. The tree of the old HTML, the base, is kept beside the
// live document and edited in step with it; each of its nodes knows its live one.

import { isSheet, swapSheet } from './assets.js';
import { match } from './match.js';
import { holdPlace } from './scroll.js';

/** @type {WeakMap<Node, Node>} */
const liveNodes = new WeakMap();

/** What the reader, or a script, opened or closed at some time. @type {WeakSet<Node>} */
const turned = new WeakSet();

/** Whether every change so far found its place in the live document. */
let whole = true;

/** The style sheets that are being exchanged. @type {Promise<unknown>[]} */
let exchanges = [];

/**
 * Binds each node of a base to its counterpart in the live document, which scripts may have changed already.
 * @param {Node} base @param {Node} live
 */
export function bind(base, live) {
  liveNodes.set(base, live);
  const { partners } = match([...base.childNodes], [...live.childNodes]);
  for (const [liveChild, child] of partners) bind(child, liveChild);
}

/**
 * Makes `base` equal to `next`, and the same changes in the live document. Says whether all of them found their place
 * there; one doesn't where a script has taken away what changed.
 * @param {Document} base @param {Document} next
 */
export async function update(base, next) {
  whole = true;
  exchanges = [];
  const restore = holdPlace();
  change(base.documentElement, next.documentElement);
  restore();
  await Promise.all(exchanges);
  return whole;
}

/** @param {Node} base @param {Node} next */
function change(base, next) {
  if (base.isEqualNode(next)) return;
  const live = liveNodes.get(base);
  if (!live?.isConnected) whole = false;
  if (base instanceof Element && next instanceof Element) {
    changeAttributes(base, next, live);
    changeChildren(base, next, live);
  } else {
    base.nodeValue = next.nodeValue;
    if (live instanceof CharacterData) changeText(live, next.nodeValue ?? '');
  }
}

/**
 * Changes only the part of a text that differs, so that a selection in the rest stays.
 * @param {CharacterData} live @param {string} text
 */
function changeText(live, text) {
  const old = live.data;
  const most = Math.min(old.length, text.length);
  let start = 0;
  while (start < most && old[start] === text[start]) start++;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === text.at(-1 - end)) end++;
  live.replaceData(start, old.length - start - end, text.slice(start, text.length - end));
}

/** @param {Element} base @param {Element} next @param {Node | undefined} live */
function changeAttributes(base, next, live) {
  for (const name of new Set([...base.getAttributeNames(), ...next.getAttributeNames()])) {
    const value = next.getAttribute(name);
    if (base.getAttribute(name) === value) continue;
    if (live instanceof Element) changeAttribute(base, live, name, value);
    setAttribute(base, name, value);
  }
}

/** @param {Element} base @param {Element} live @param {string} name @param {string | null} value */
function changeAttribute(base, live, name, value) {
  const asMade = live.getAttribute(name) === base.getAttribute(name);
  if (name === 'open' && !asMade) turned.add(live);
  if (name === 'open' && turned.has(live)) return;
  if (name === 'class' && !asMade) {
    const [old, now] = [classes(base.getAttribute(name)), classes(value)];
    live.classList.remove(...old.filter((word) => !now.includes(word)));
    live.classList.add(...now.filter((word) => !old.includes(word)));
  } else if (name === 'href' && value !== null && isSheet(live)) {
    exchanges.push(swapSheet(live, value).catch(() => live.setAttribute(name, value)));
  } else {
    setAttribute(live, name, value);
  }
}

/** @param {string | null} value @returns {string[]} */
function classes(value) {
  return value?.match(/\S+/g) ?? [];
}

/** @param {Element} element @param {string} name @param {string | null} value */
function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** @param {Element} base @param {Element} next @param {Node | undefined} live */
function changeChildren(base, next, live) {
  const { partners, moved } = match([...base.childNodes], [...next.childNodes]);
  const kept = new Set(partners.values());
  for (const child of [...base.childNodes]) {
    if (moved.has(child) || !kept.has(child)) child.remove();
    if (!kept.has(child)) /** @type {ChildNode | undefined} */ (liveNodes.get(child))?.remove();
  }
  /** @type {Node | null} */
  let last = null;
  /** @type {Node | null} */
  let lastLive = null;
  for (const nextChild of next.childNodes) {
    const old = partners.get(nextChild);
    const child = old ?? base.ownerDocument.importNode(nextChild, true);
    if (old) change(old, nextChild);
    else bind(child, document.importNode(child, true));
    const liveChild = liveNodes.get(child);
    if (!old || moved.has(old)) {
      insertAfter(base, child, last);
      if (live && liveChild) insertAfter(live, liveChild, lastLive);
    }
    last = child;
    if (liveChild && liveChild.parentNode === live) lastLive = liveChild;
  }
}

/** @param {Node} parent @param {Node} child @param {Node | null} before */
function insertAfter(parent, child, before) {
  parent.insertBefore(child, before ? before.nextSibling : parent.firstChild);
}
