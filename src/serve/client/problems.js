// @ts-check
// The problems of the project: errors in a panel over the page, warnings as a quiet count.

import { badge, list, make, makeLink, say, setMatter, title, warnings } from './panel.js';

/**
 * @typedef {{ severity: string, code: string, message: string, file: string, line: number | null,
 *   column: number | null, text: string, editor: string | null }} Problem
 */

/** How many errors are shown in full; the author's page has them all. */
const MOST = 50;

/** What opens no editor but runs or shows something. */
const UNSAFE = new Set(['javascript:', 'data:', 'vbscript:', 'blob:']);

/** The counts and problems that are shown, as JSON. */
let shown = '[0,0,[]]';

/** Asks for the problems and shows them where they changed. */
export async function refreshProblems() {
  const answer = await fetch('/_stepladder/problems', { cache: 'no-cache' });
  /** @type {{ errors: number, warnings: number, problems: Problem[] }} */
  const now = await answer.json();
  const text = JSON.stringify([now.errors, now.warnings, now.problems]);
  if (text === shown) return;
  shown = text;
  const errors = now.problems.filter(({ severity }) => severity === 'error');
  badge.textContent = counted(now.errors, 'error');
  warnings.textContent = counted(now.warnings, 'warning');
  title.textContent = now.warnings ? `${badge.textContent}, ${warnings.textContent}` : badge.textContent;
  warnings.hidden = !now.warnings;
  const items = errors.slice(0, MOST).map(item);
  list.replaceChildren(...items);
  // The server counts all problems, and sends only the first ones.
  if (now.errors > items.length) list.append(make('li', 'more', `and ${now.errors - items.length} more`));
  setMatter(errors.map(({ text }) => text).join('\n').slice(0, 10_000));
  say(errors.length ? `${badge.textContent}. ${errors[0].message}` : 'No errors.');
}

/** @param {Problem} problem */
function item(problem) {
  const kind = make('span', 'kind', `${problem.severity}:`);
  const [excerpt, advice] = below(problem);
  const lines = make('pre', 'lines', excerpt);
  lines.tabIndex = 0;
  lines.hidden = !excerpt;
  const help = make('p', 'help', advice);
  help.hidden = !advice;
  return make('li', 'problem', make('h3', 'message', kind, ' ', problem.message), place(problem), lines, help);
}

/** The place, as a link if an editor can be opened there. @param {Problem} problem */
function place({ file, line, column, editor }) {
  const text = [file, line, column].filter(Boolean).join(':');
  return editor && isSafe(editor) ? makeLink(editor, 'place', text) : make('span', 'place', text);
}

/** @param {string} url */
function isSafe(url) {
  return URL.canParse(url) && !UNSAFE.has(new URL(url).protocol);
}

/**
 * What the terminal shows below the message and the place, which stand above it here: the lines of the file, and the
 * help, whose lines may be long.
 * @param {Problem} problem
 */
function below({ text }) {
  const head = /^[^]*?^ *--> .*(?:\n *\|$)?\n?/m.exec(text) ?? /^.*\n?/.exec(text) ?? [''];
  const rest = text.slice(head[0].length).trimEnd();
  const help = /(?:(?:^|\n) *\|)?(?:^|\n) *= (help: [^]*)$/.exec(rest);
  return help ? [rest.slice(0, help.index), help[1]] : [rest, ''];
}

/** @param {number} number @param {string} noun */
function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
