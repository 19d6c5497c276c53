// @ts-check
// The preview's own elements on the page. They live in a shadow tree, separate from the page's styles and scripts.

/** The tag name of the shadow tree's host. */
export const HOST = 'stepladder-preview';

/** The key in the session storage for the problems that the reader has hidden. */
const HIDDEN_KEY = 'stepladder-folded';

/**
 * Creates an element. Strings become text, never HTML.
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
const announcement = make('p', 'news');
const status = make('div', 'said', announcement, notes);
const corner = make('div', 'corner', status, warnings, badge);

panel.setAttribute('aria-label', 'Preview problems');
status.setAttribute('role', 'status');
status.setAttribute('aria-atomic', 'false');
badge.setAttribute('aria-expanded', 'false');
hide.setAttribute('aria-keyshortcuts', 'Escape');
for (const element of [panel, dim, badge, warnings]) element.hidden = true;

/** The text that identifies the present errors; empty if there are none. */
let problemKey = '';

/**
 * Shows the panel, unless the reader has hidden these errors in this tab; shows nothing if there are no errors.
 * @param {string} key identifies the errors
 */
export function showPanel(key) {
  problemKey = key;
  setHidden(hiddenKey() === key);
}

/** Announces a sentence to users of screen readers. @param {string} sentence */
export function announce(sentence) {
  announcement.textContent = sentence;
}

/**
 * Shows a small note unless one of that name is shown; without a text, removes the note.
 * @param {string} name @param {string} [text] @param {Node} [link]
 */
export function showNote(name, text, link) {
  const old = [...notes.children].find((note) => note.classList.contains(`stepladder-${name}`));
  if (!text) old?.remove();
  else if (!old) notes.append(make('p', `note stepladder-${name}`, text, ...(link ? [' ', link] : [])));
}

/** @param {boolean} isHidden */
function setHidden(isHidden) {
  panel.hidden = dim.hidden = !problemKey || isHidden;
  badge.hidden = !problemKey || !isHidden;
}

/** Hides or shows the panel for the reader, and moves the focus along if the panel or badge has it. @param {boolean} isHidden */
function toggle(isHidden) {
  const focused = panel.contains(root.activeElement) || root.activeElement === badge;
  setHidden(isHidden);
  hiddenKey(isHidden ? problemKey : '');
  if (focused) (isHidden ? badge : hide).focus();
}

/**
 * Reads the key of the errors that were hidden last, or sets it first; `null` if the browser stores nothing.
 * @param {string} [key]
 */
function hiddenKey(key) {
  try {
    if (key !== undefined) sessionStorage.setItem(HIDDEN_KEY, key);
    return sessionStorage.getItem(HIDDEN_KEY);
  } catch {
    return null;
  }
}

hide.addEventListener('click', () => toggle(true));
badge.addEventListener('click', () => toggle(false));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing && !panel.hidden) toggle(true);
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
