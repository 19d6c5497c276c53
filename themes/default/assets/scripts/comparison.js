// @ts-check
// Shows how two levels differ. What differs was found out by the build; the form and the words are those of the pattern that
// the page brings.

{
  /**
   * What the files of levels speak of, by number.
   * @typedef {{
   *   pages: string[], lines: [page: number, anchor: string, text: string, label?: string][], areas: string[],
   *   competencies: [title: string, url: string, area: number, steps: [name: string, url: string][]][],
   *   cells: Record<string, number[][]>,
   * }} Ladder
   * Expectations: none (0), all of the cell (1), or runs of numbers (first, count, first, count …).
   * @typedef {0 | 1 | number[]} Lines
   * @typedef {[was: number, now: number, wasRuns: number[], nowRuns: number[]]} Raised
   * @typedef {[
   *   competency: number | null, same: 0 | 1, notes: string[],
   *   step: [turn: string, was: number | null, now: number | null] | null,
   *   raised: Raised[], lines: [added: Lines, dropped: Lines, open: Lines, unchanged: Lines],
   * ]} Row
   * @typedef {{ counts: [what: string, number: number][], rows: Row[] }} Pair
   */

  /** @param {ParentNode} within @param {string} words @returns {HTMLElement} */
  const part = (within, words) => {
    const found = within.querySelector(words);
    if (!found) throw new Error(`the pattern has no ${words}`);
    return /** @type {HTMLElement} */ (found);
  };

  /** @param {HTMLElement} pattern */
  const copy = (pattern) => /** @type {HTMLElement} */ (pattern.cloneNode(true));

  /** Repeats an element for each of some things, in its place. @template T @param {HTMLElement} pattern @param {T[]} things @param {(element: HTMLElement, thing: T) => void} fill */
  const each = (pattern, things, fill) => {
    pattern.replaceWith(
      ...things.map((thing) => {
        const element = copy(pattern);
        fill(element, thing);
        return element;
      }),
    );
  };

  /** Leaves of the parts of some kind only those that are wanted. @param {HTMLElement} within @param {string} words @param {string[]} wanted */
  const keep = (within, words, wanted) => {
    for (const one of within.querySelectorAll(words)) {
      if (!wanted.includes(/** @type {HTMLElement} */ (one).dataset.what ?? '')) one.remove();
    }
  };

  /** One comparison, made of the pattern. */
  class Comparison {
    /** @param {Ladder} ladder @param {Pair} pair @param {HTMLElement} from @param {HTMLElement} to @param {string} root */
    constructor(ladder, pair, from, to, root) {
      /** What stands for a competency where there is none. */
      this.alone = '';
      this.ladder = ladder;
      this.pair = pair;
      this.from = from;
      this.to = to;
      this.root = root;
    }

    /** @param {HTMLElement} pattern */
    show(pattern) {
      const shown = copy(pattern);
      this.alone = pattern.parentElement?.querySelector(':scope > [data-what=alone]')?.textContent ?? '';
      this.sideBySide(part(shown, '.pair'));
      keep(shown, '.counts > li', this.pair.counts.map(([what]) => what));
      for (const [what, number] of this.pair.counts) {
        const count = shown.querySelector(`.counts > [data-what="${what}"] b`);
        if (count) count.textContent = String(number);
      }
      each(part(shown, '.compared-area'), this.areas(), (area, rows) => this.area(area, rows));
      for (const name of shown.querySelectorAll('.name-from')) name.textContent = this.from.dataset.title ?? '';
      for (const name of shown.querySelectorAll('.name-to')) name.textContent = this.to.dataset.title ?? '';
      return shown;
    }

    /** @param {HTMLElement} table */
    sideBySide(table) {
      const sides = [this.from, this.to];
      const heads = table.querySelectorAll('thead th');
      sides.forEach((side, at) => {
        const [name, ...values] = [...side.children];
        heads[at].className = side.className;
        heads[at].querySelector('.link')?.replaceWith(...[...name.childNodes].map((node) => node.cloneNode(true)));
        [...table.querySelectorAll('tbody tr')].forEach((row, number) => {
          const cell = /** @type {HTMLElement} */ (row.querySelectorAll('td')[at]);
          cell.className = side.className;
          cell.dataset.label = side.dataset.title;
          part(cell, 'div').replaceChildren(...[...values[number].childNodes].map((node) => node.cloneNode(true)));
        });
      });
      for (const row of table.querySelectorAll('tbody tr')) {
        const empty = [...row.querySelectorAll('td')].every((cell) => !part(cell, 'div').innerHTML.trim());
        if (empty) row.remove();
      }
    }

    /** The rows by area. */
    areas() {
      /** @type {{ area: number, rows: Row[] }[]} */
      const areas = [];
      for (const row of this.pair.rows) {
        const area = row[0] === null ? -1 : this.ladder.competencies[row[0]][2];
        const last = areas.at(-1);
        if (last?.area === area) last.rows.push(row);
        else areas.push({ area, rows: [row] });
      }
      return areas;
    }

    /** @param {HTMLElement} element @param {{ area: number, rows: Row[] }} of */
    area(element, { area, rows }) {
      const title = this.ladder.areas[area] ?? '';
      const head = part(element, '.area-title');
      if (title) head.textContent = title;
      else head.remove();
      element.classList.toggle('compared-same', rows.every(([, same]) => same));
      each(part(element, '.diff-row'), rows, (one, row) => this.row(one, row));
    }

    /** @param {HTMLElement} element @param {Row} row */
    row(element, [competency, same, notes, step, raised, [added, dropped, open, unchanged]]) {
      const of = competency === null ? null : this.ladder.competencies[competency];
      element.classList.toggle('compared-same', !!same);
      const head = part(element, 'h3');
      if (of) this.link(part(head, 'a'), of[1], of[0]);
      else head.textContent = this.alone;
      keep(element, '.compared-note', notes);
      keep(element, '.compared-step', step ? [step[0]] : []);
      if (step && of) this.step(part(element, '.compared-step'), step, of[3]);
      const news = part(element, '.compared-news');
      const lines = (/** @type {Lines} */ some, /** @type {HTMLElement} */ side) => this.lines(some, side, competency);
      each(part(news, '.raised'), raised, (line, one) => this.raised(line, one));
      each(part(news, '.added'), lines(added, this.to), (line, id) => this.item(line, id));
      if (!news.children.length) news.remove();
      this.list(part(element, '[data-what=dropped]'), lines(dropped, this.from));
      this.list(part(element, '[data-what=open]'), lines(open, this.from));
      this.list(part(element, '[data-what=unchanged]'), lines(unchanged, this.to));
    }

    /** @param {HTMLElement} element @param {[string, number | null, number | null]} step @param {[string, string][]} names */
    step(element, [, was, now], names) {
      for (const [words, number] of /** @type {const} */ ([['.step-was', was], ['.step-now', now]])) {
        const link = element.querySelector(words);
        if (link && number) this.link(/** @type {HTMLElement} */ (link), names[number - 1][1], names[number - 1][0]);
      }
    }

    /** @param {HTMLElement} list @param {number[]} ids */
    list(list, ids) {
      if (!ids.length) return list.remove();
      const number = list.querySelector('.number');
      if (number) number.textContent = String(ids.length);
      each(part(list, 'li'), ids, (line, id) => this.item(line, id));
    }

    /** The numbers of some expectations of a side's cell. @param {Lines} some @param {HTMLElement} side @param {number | null} competency */
    lines(some, side, competency) {
      if (some === 0) return [];
      const runs = some === 1 ? this.ladder.cells[side.dataset.level ?? ''][competency ?? 0] : some;
      const ids = [];
      for (let at = 0; at < runs.length; at += 2) {
        for (let id = runs[at]; id < runs[at] + runs[at + 1]; id += 1) ids.push(id);
      }
      return ids;
    }

    /** @param {HTMLElement} element @param {Raised} raised */
    raised(element, [was, now, wasRuns, nowRuns]) {
      const link = part(element, 'a');
      this.line(link, now);
      write(link, this.ladder.lines[now][2], nowRuns, 'ins');
      write(part(element, '.was-text'), this.ladder.lines[was][2], wasRuns, 'del');
    }

    /** A list item with an expectation, below the label of its group. @param {HTMLElement} item @param {number} id */
    item(item, id) {
      const link = part(item, 'a');
      this.line(link, id);
      const label = this.ladder.lines[id][3];
      if (label) link.before(Object.assign(document.createElement('span'), { className: 'lines-label', textContent: label }), ' ');
    }

    /** @param {HTMLElement} link @param {number} id */
    line(link, id) {
      const [page, anchor, text] = this.ladder.lines[id];
      this.link(link, `${this.ladder.pages[page]}#${anchor}`, '');
      write(link, text);
    }

    /** @param {HTMLElement} link @param {string} url @param {string} text */
    link(link, url, text) {
      link.setAttribute('href', this.root + url);
      link.textContent = text;
    }
  }

  /**
   * Writes the text of an expectation: its sentence, and in an element for each further line its detail. Every second run of
   * the text is marked, from the second.
   * @param {HTMLElement} element @param {string} text @param {number[]} [runs] @param {string} [tag]
   */
  const write = (element, text, runs = [text.length], tag = 'b') => {
    let start = 0;
    let line = element;
    element.replaceChildren();
    runs.forEach((length, at) => {
      text.slice(start, (start += length)).split('\n').forEach((words, number) => {
        if (number > 0) {
          line = Object.assign(document.createElement('span'), { className: 'detail' });
          element.append(' ', line);
        }
        if (words) line.append(at % 2 ? Object.assign(document.createElement(tag), { textContent: words }) : words);
      });
    });
  };

  Object.assign(/** @type {any} */ (window).stepladder, { Comparison });
}
