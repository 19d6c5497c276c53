// @ts-check
// Shows how two levels differ, in the form and the words of the pattern that the page brings.

{
  const { counts, isSame, marked, notes } = /** @type {any} */ (window).stepladder;

  /**
   * The types of `differences.js`.
   * @typedef {any} Levels
   * @typedef {{ text: string, url: string, label: string }} Line
   * @typedef {{
   *   competency: number | null, added: Line[], raised: { was: Line[], now: Line }[], unchanged: Line[], dropped: Line[],
   *   open: Line[], step: [turn: string, was: number | undefined, now: number | undefined] | null,
   * }} Changes
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
    /** @param {Levels} levels @param {number} from @param {number} to @param {string} root */
    constructor(levels, from, to, root) {
      /** What a page says in place of a competency where there is none. */
      this.alone = '';
      this.levels = levels;
      this.sides = [from, to];
      this.root = root;
      /** @type {Changes[]} */
      this.changes = levels.compare(from, to);
    }

    /** @param {DocumentFragment} patterns */
    show(patterns) {
      const shown = copy(part(patterns, '.compared'));
      this.alone = part(patterns, '[data-what=alone]').textContent ?? '';
      this.sideBySide(part(shown, '.pair'));
      /** @type {[what: string, number: number][]} */
      const numbers = counts(this.changes);
      keep(shown, '.counts > li', numbers.map(([what]) => what));
      for (const [what, number] of numbers) {
        const count = shown.querySelector(`.counts > [data-what="${what}"] b`);
        if (count) count.textContent = String(number);
      }
      each(part(shown, '.compared-area'), this.areas(), (area, rows) => this.area(area, rows));
      ['.name-from', '.name-to'].forEach((words, side) => {
        for (const name of shown.querySelectorAll(words)) name.textContent = this.page(side)[1];
      });
      return shown;
    }

    /** The name and the page of a level that is compared. @param {number} side */
    page(side) {
      return this.levels.ladder.levels[this.sides[side]];
    }

    /** @param {HTMLElement} table */
    sideBySide(table) {
      const rows = [...table.querySelectorAll('tbody tr')];
      this.sides.forEach((id, side) => {
        const [, title, code, url, hue, draft] = this.page(side);
        const { facets = [], experience = '' } = this.levels.level(id).data;
        const head = table.querySelectorAll('thead th')[side];
        const link = part(head, '.link');
        head.className = `hue-${hue}`;
        link.className = `link hue-${hue}`;
        link.setAttribute('href', this.root + url);
        const name = link.querySelector('.code');
        if (name && code) name.textContent = code;
        else name?.remove();
        /** @type {ChildNode} */ (link.lastChild).textContent = code ? ` ${title}` : title;
        if (!draft) part(head, '.tag').remove();
        rows.forEach((row, at) => {
          const cell = /** @type {HTMLElement} */ (row.querySelectorAll('td')[side]);
          cell.className = `hue-${hue}`;
          cell.dataset.label = title;
          part(cell, 'div').innerHTML = (at < rows.length - 1 ? facets[at] : experience) ?? '';
        });
      });
      for (const row of rows) {
        const empty = [...row.querySelectorAll('td')].every((cell) => !part(cell, 'div').innerHTML.trim());
        if (empty) row.remove();
      }
    }

    /** The differences by area. */
    areas() {
      /** @type {{ area: number, rows: Changes[] }[]} */
      const areas = [];
      for (const row of this.changes) {
        const area = row.competency === null ? -1 : this.levels.ladder.competencies[row.competency][2];
        const last = areas.at(-1);
        if (last?.area === area) last.rows.push(row);
        else areas.push({ area, rows: [row] });
      }
      return areas;
    }

    /** @param {HTMLElement} element @param {{ area: number, rows: Changes[] }} of */
    area(element, { area, rows }) {
      const title = this.levels.ladder.areas[area] ?? '';
      const head = part(element, '.area-title');
      if (title) head.textContent = title;
      else head.remove();
      element.classList.toggle('compared-same', rows.every(isSame));
      each(part(element, '.diff-row'), rows, (one, row) => this.row(one, row));
    }

    /** @param {HTMLElement} element @param {Changes} changes */
    row(element, changes) {
      const { competency, step, raised, added, dropped, open, unchanged } = changes;
      const of = competency === null ? null : this.levels.ladder.competencies[competency];
      element.classList.toggle('compared-same', isSame(changes));
      const head = part(element, 'h3');
      if (of) this.link(part(head, 'a'), of[1], of[0]);
      else head.textContent = this.alone;
      keep(element, '.compared-note', notes(changes));
      keep(element, '.compared-step', step ? [step[0]] : []);
      if (step && of) this.step(part(element, '.compared-step'), step, of[3]);
      const news = part(element, '.compared-news');
      each(part(news, '.raised'), raised, (item, one) => this.raised(item, one));
      each(part(news, '.added'), added, (item, one) => this.item(item, one));
      if (!news.children.length) news.remove();
      this.list(part(element, '[data-what=dropped]'), dropped);
      this.list(part(element, '[data-what=open]'), open);
      const kept = part(element, '.compared-kept');
      if (!unchanged.length) return kept.remove();
      part(kept, '.number').textContent = String(unchanged.length);
      part(kept, 'a').setAttribute('href', this.root + unchanged[0].url);
    }

    /** @param {HTMLElement} element @param {[string, number | undefined, number | undefined]} step @param {[string, string][]} names */
    step(element, [, was, now], names) {
      for (const [words, number] of /** @type {const} */ ([['.step-was', was], ['.step-now', now]])) {
        const link = element.querySelector(words);
        if (link && number) this.link(/** @type {HTMLElement} */ (link), names[number - 1][1], names[number - 1][0]);
      }
    }

    /** @param {HTMLElement} list @param {Line[]} lines */
    list(list, lines) {
      if (!lines.length) return list.remove();
      part(list, '.number').textContent = String(lines.length);
      each(part(list, 'li'), lines, (item, one) => this.item(item, one));
    }

    /** @param {HTMLElement} item @param {{ was: Line[], now: Line }} raised */
    raised(item, { was, now }) {
      const link = part(item, 'a');
      this.link(link, now.url, '');
      write(link, now.text, marked(was.map(({ text }) => text).join(' '), now.text)[1], 'ins');
      each(part(item, '.was-text'), was, (one, { text }) => write(one, text, marked(text, now.text)[0], 'del'));
    }

    /** A list item with an expectation, below the label of its group. @param {HTMLElement} item @param {Line} line */
    item(item, { text, url, label }) {
      const link = part(item, 'a');
      this.link(link, url, '');
      write(link, text);
      if (label) link.before(Object.assign(document.createElement('span'), { className: 'lines-label', textContent: label }), ' ');
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
