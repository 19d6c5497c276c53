// @ts-check
// Shows the problems of the project: errors in a panel over the page, warnings as a count.

import { announce, badge, list, make, makeLink, showPanel, title, warnings } from './panel.js';

/**
 * @typedef {{ severity: string, code: string, message: string, help: string | null, file: string, line: number | null,
 *   column: number | null, excerpt: string, fixes: Fix[], editor: string | null }} Problem
 * @typedef {{ label: string, text: string }} Fix the text is empty if something is to be removed
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
  showPanel(errors.map(({ message, excerpt }) => `${message}\n${excerpt}`).join('\n').slice(0, 10_000));
  announce(errors.length ? `${badge.textContent}. ${errors[0].message}` : 'No errors.');
}

/** @param {Problem} problem */
function item(problem) {
  const kind = make('span', 'kind', `${problem.severity}:`);
  const content = [make('h3', 'message', kind, ' ', problem.message), place(problem)];
  if (problem.excerpt) content.push(code('lines', problem.excerpt));
  if (problem.help) content.push(make('p', 'help', problem.help));
  return make('li', 'problem', ...content, ...problem.fixes.map(fix));
}

/** The lines of a file as a fix leaves them, with a button to copy them. @param {Fix} fix */
function fix({ label, text }) {
  if (!text) return make('p', 'fix', `${label}.`);
  const button = make('button', 'copy', 'Copy');
  button.type = 'button';
  button.setAttribute('data-stepladder-copies', '');
  button.setAttribute('aria-label', `Copy (${label} …)`);
  return make('div', 'fix', make('p', 'offer', `${label}:`), make('div', 'copyable', code('fixed', text), button));
}

/** Text that scrolls, also by keyboard. @param {string} name @param {string} text */
function code(name, text) {
  const lines = make('pre', name, text);
  lines.tabIndex = 0;
  return lines;
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

/** @param {number} number @param {string} noun */
function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
