// @ts-check
// Shows the problems of the project: errors in a panel over the page, warnings as a count.

import { announce, badge, list, make, makeLink, showPanel, title, warnings } from './panel.js';

/**
 * @typedef {{ severity: string, code: string, message: string, file: string, line: number | null,
 *   column: number | null, text: string, editor: string | null }} Problem
 */

/** How many errors the panel lists at most; the author's page lists all. */
const MAX_LISTED_ERRORS = 50;

/** URL schemes that would run code or show content instead of opening an editor. */
const UNSAFE_SCHEMES = new Set(['javascript:', 'data:', 'vbscript:', 'blob:']);

/** The JSON of the counts and problems that are shown. */
let shownReport = '[0,0,[]]';

/** Fetches the problems and shows them if they have changed. */
export async function refreshProblems() {
  const response = await fetch('/_stepladder/problems', { cache: 'no-cache' });
  /** @type {{ errors: number, warnings: number, problems: Problem[] }} */
  const report = await response.json();
  const reportText = JSON.stringify([report.errors, report.warnings, report.problems]);
  if (reportText === shownReport) return;
  shownReport = reportText;
  const errors = report.problems.filter(({ severity }) => severity === 'error');
  badge.textContent = counted(report.errors, 'error');
  warnings.textContent = counted(report.warnings, 'warning');
  title.textContent = report.warnings ? `${badge.textContent}, ${warnings.textContent}` : badge.textContent;
  warnings.hidden = !report.warnings;
  const items = errors.slice(0, MAX_LISTED_ERRORS).map(item);
  list.replaceChildren(...items);
  // The server counts all problems but sends only the first ones.
  if (report.errors > items.length) list.append(make('li', 'more', `and ${report.errors - items.length} more`));
  showPanel(errors.map(({ text }) => text).join('\n').slice(0, 10_000));
  announce(errors.length ? `${badge.textContent}. ${errors[0].message}` : 'No errors.');
}

/** @param {Problem} problem */
function item(problem) {
  const kind = make('span', 'kind', `${problem.severity}:`);
  const [excerpt, helpText] = excerptAndHelp(problem);
  const lines = make('pre', 'lines', excerpt);
  lines.tabIndex = 0;
  lines.hidden = !excerpt;
  const help = make('p', 'help', helpText);
  help.hidden = !helpText;
  return make('li', 'problem', make('h3', 'message', kind, ' ', problem.message), place(problem), lines, help);
}

/** The place of a problem, as a link if an editor is configured. @param {Problem} problem */
function place({ file, line, column, editor }) {
  const text = [file, line, column].filter(Boolean).join(':');
  return editor && isSafe(editor) ? makeLink(editor, 'place', text) : make('span', 'place', text);
}

/** @param {string} url */
function isSafe(url) {
  return URL.canParse(url) && !UNSAFE_SCHEMES.has(new URL(url).protocol);
}

/**
 * Splits the terminal's text of a problem into the excerpt of the file and the help; the message and the place are shown
 * separately.
 * @param {Problem} problem
 */
function excerptAndHelp({ text }) {
  const head = /^[^]*?^ *--> .*(?:\n *\|$)?\n?/m.exec(text) ?? /^.*\n?/.exec(text) ?? [''];
  const rest = text.slice(head[0].length).trimEnd();
  const help = /(?:(?:^|\n) *\|)?(?:^|\n) *= (help: [^]*)$/.exec(rest);
  return help ? [rest.slice(0, help.index), help[1]] : [rest, ''];
}

/** @param {number} number @param {string} noun */
function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
