// @ts-check
// Applies the differences between the page's old and new HTML to the live document. Changes that the reader or scripts
// made stay. The tree of the old HTML, the base, is updated along with the live document, and each of its nodes is bound
// to its counterpart there.

import { isSheet, swapSheet } from './assets.js';
import { match } from './match.js';
import { saveScroll } from './scroll.js';

/** The counterparts of the base's nodes in the live document. @type {WeakMap<Node, Node>} */
const liveNodes = new WeakMap();

/** The elements that the reader or a script has opened or closed. @type {WeakSet<Node>} */
const toggled = new WeakSet();

/** Whether all changes of this update could be applied to the live document. */
let isComplete = true;

/** The style sheets that are being loaded. @type {Promise<unknown>[]} */
let pendingSheets = [];

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
 * Makes `base` equal to `next`, and applies the same changes to the live document. Resolves to whether all of them could
 * be applied there; a change can't if a script has removed its node.
 * @param {Document} base @param {Document} next
 */
export async function update(base, next) {
  isComplete = true;
  pendingSheets = [];
  const restore = saveScroll();
  change(base.documentElement, next.documentElement);
  restore();
  await Promise.all(pendingSheets);
  return isComplete;
}

/** @param {Node} base @param {Node} next */
function change(base, next) {
  if (base.isEqualNode(next)) return;
  const live = liveNodes.get(base);
  if (!live?.isConnected) isComplete = false;
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
  const isUntouched = live.getAttribute(name) === base.getAttribute(name);
  if (name === 'open' && !isUntouched) toggled.add(live);
  if (name === 'open' && toggled.has(live)) return;
  if (name === 'class' && !isUntouched) {
    const [old, now] = [classes(base.getAttribute(name)), classes(value)];
    live.classList.remove(...old.filter((word) => !now.includes(word)));
    live.classList.add(...now.filter((word) => !old.includes(word)));
  } else if (name === 'href' && value !== null && isSheet(live)) {
    pendingSheets.push(swapSheet(live, value).catch(() => live.setAttribute(name, value)));
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
