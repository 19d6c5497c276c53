// @ts-check
// The preview's own corner of the page: a shadow tree that the page's styles and scripts don't reach, nor it them.

/** The name of the element that holds it. */
export const HOST = 'stepladder-preview';

/** Where the tab keeps which problems its reader folded away. */
const FOLDED = 'stepladder-folded';

/**
 * Makes an element. What stands in it is text, never HTML.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} name its class, without the prefix
 * @param {...(Node | string)} content
 */
export function make(tag, name, ...content) {
  const element = document.createElement(tag);
  element.className = `stepladder-${name}`;
  element.append(...content);
  return element;
}

/** @param {string} href @param {string} name @param {string} text */
export function makeLink(href, name, text) {
  const link = make('a', name, text);
  link.href = href;
  return link;
}

const home = '/_stepladder/';
export const title = make('h2', 'title');
export const warnings = makeLink(home, 'warnings', '');
export const list = make('ul', 'problems');
const hide = make('button', 'hide', 'Hide');
const dim = make('div', 'dim');
const panel = make('section', 'panel', make('header', 'header', title, makeLink(home, 'home', 'All problems'), hide), list);
export const badge = make('button', 'badge');
const notes = make('div', 'notes');
const news = make('p', 'news');
const said = make('div', 'said', news, notes);
const corner = make('div', 'corner', said, warnings, badge);

panel.setAttribute('aria-label', 'Preview problems');
said.setAttribute('role', 'status');
said.setAttribute('aria-atomic', 'false');
badge.setAttribute('aria-expanded', 'false');
hide.setAttribute('aria-keyshortcuts', 'Escape');
for (const element of [panel, dim, badge, warnings]) element.hidden = true;

/** What is folded away now is known by this; empty where there is nothing to show. */
let matter = '';

/**
 * Shows the panel, unless just this matter was folded away in this tab; or nothing, if there is none.
 * @param {string} now
 */
export function setMatter(now) {
  matter = now;
  fold(folded() === now);
}

/** Says a sentence to those who don't see the page. @param {string} sentence */
export function say(sentence) {
  news.textContent = sentence;
}

/**
 * Shows a quiet note under a name, in the place of the one that had it; without a text takes it away.
 * @param {string} name @param {string} [text] @param {Node} [link]
 */
export function showNote(name, text, link) {
  const old = [...notes.children].find((note) => note.classList.contains(`stepladder-${name}`));
  if (!text) old?.remove();
  else if (!old) notes.append(make('p', `note stepladder-${name}`, text, ...(link ? [' ', link] : [])));
}

/** @param {boolean} away */
function fold(away) {
  panel.hidden = dim.hidden = !matter || away;
  badge.hidden = !matter || !away;
}

/** Folds or unfolds as the reader wishes, and takes the focus along if it was here. @param {boolean} away */
function turn(away) {
  const focused = panel.contains(root.activeElement) || root.activeElement === badge;
  fold(away);
  folded(away ? matter : '');
  if (focused) (away ? badge : hide).focus();
}

/** What was folded away last, or now; nothing if the browser was told to keep nothing. @param {string} [now] */
function folded(now) {
  try {
    if (now !== undefined) sessionStorage.setItem(FOLDED, now);
    return sessionStorage.getItem(FOLDED);
  } catch {
    return null;
  }
}

hide.addEventListener('click', () => turn(true));
badge.addEventListener('click', () => turn(false));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && !panel.hidden) turn(true);
});

const host = document.createElement(HOST);
host.lang = 'en';
host.dir = 'ltr';
host.hidden = true;
const root = host.attachShadow({ mode: 'open' });
const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = '/_stepladder/preview.css';
style.addEventListener('load', () => (host.hidden = false));
root.append(style, dim, panel, corner);
document.documentElement.append(host);
