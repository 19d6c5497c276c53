// @ts-check
// Narrows a matrix down to some tracks, areas, levels and words. The page's address says to what, so that it can be shared.
// Nothing is taken out of the page: what doesn't fit is hidden. Words are looked for in what a level builds on, too: those
// expectations stand in other cells of the row; each cell names the columns that it builds on.

{
  /** What is chosen. @typedef {{ track: string[], area: string[], low: string, high: string, text: string, news: boolean }} Choice */

  /** How long the address waits for more typing, in milliseconds: browsers allow only so many changes of it. */
  const PAUSE = 300;

  /** How many expectations from below are shown in a cell. More would bury its own, so that their number has to do. */
  const MOST = 5;

  /** @param {string | null} text */
  const folded = (text) => (text ?? '').normalize('NFKC').toLocaleLowerCase();

  /** What a part of the table says, without a mark before it. @param {Element | null} one */
  const said = (one) => folded([...one?.childNodes ?? []].map((node) => (node.nodeName === 'MARK' ? '' : node.textContent)).join(''));

  /** Each sentence once, and none that is known: a level may say again what it builds on. @param {HTMLElement[]} lines @param {HTMLElement[]} known */
  const once = (lines, known) => {
    const texts = new Set(known.map(said));
    return lines.filter((line) => !texts.has(said(line)) && texts.add(said(line)));
  };

  /**
   * The expectations that stand in a cell, by the number of its column.
   * @param {HTMLElement} place @param {number | string} [column] @returns {[string, HTMLElement[]]}
   */
  const linesOf = (place, column) => [String(column), [...place.querySelectorAll(':scope > li, :scope > ul > li')].filter((one) => one instanceof HTMLElement)];

  /** All columns that one builds on, whichever way. @param {string} from @param {Map<string, string[]>} bases */
  const reached = (from, bases) => {
    /** @type {Set<string>} */
    const all = new Set();
    const open = [...bases.get(from) ?? []];
    for (let one = open.shift(); one !== undefined; one = open.shift()) {
      if (all.has(one)) continue;
      all.add(one);
      open.push(...bases.get(one) ?? []);
    }
    return all;
  };

  customElements.define('sl-matrix', class extends HTMLElement {
    #pause = 0;

    /** The column of the level below that of each column. @type {(string | undefined)[]} */
    #belows = [];

    /** What others change in the table, such as the live preview, is narrowed down as well. */
    #watch = new MutationObserver(() => this.#narrow());

    connectedCallback() {
      this.#find('.filter').hidden = false;
      if (matchMedia('(min-width: 40.01rem)').matches) this.#choices().open = true;
      this.addEventListener('input', this);
      this.addEventListener('click', this);
      window.addEventListener('popstate', this);
      this.#watch.observe(this.#find('table'), { childList: true, subtree: true, characterData: true });
      this.#read();
    }

    disconnectedCallback() {
      window.removeEventListener('popstate', this);
      this.#watch.disconnect();
      clearTimeout(this.#pause);
    }

    /** @param {Event} event */
    handleEvent({ type, target }) {
      if (type === 'popstate') return this.#read();
      if (type === 'click') {
        if (!(target instanceof Element && target.closest('[name=all]'))) return;
        this.#fill(new URLSearchParams());
      }
      this.#narrow();
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#write(), PAUSE);
    }

    /** @param {string} words @returns {HTMLElement} */
    #find(words) {
      return /** @type {HTMLElement} */ (this.querySelector(words));
    }

    /** What can be chosen: folded on a phone. */
    #choices() {
      return /** @type {HTMLDetailsElement} */ (this.#find('.filter-choices'));
    }

    /** The fields that are there: a matrix of one track has none for tracks. */
    #fields() {
      const fields = this.querySelectorAll('.filter :is(input, select)');
      return /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...fields]);
    }

    /** @param {HTMLInputElement | HTMLSelectElement} field @returns {field is HTMLInputElement} */
    #isBox(field) {
      return field.type === 'checkbox';
    }

    /** What is chosen, as it stands in the address. */
    #query() {
      const query = new URLSearchParams();
      for (const field of this.#fields()) {
        if (this.#isBox(field) ? field.checked : field.value.trim()) query.append(field.name, field.value.trim());
      }
      return query;
    }

    /** @param {URLSearchParams} query */
    #fill(query) {
      for (const field of this.#fields()) {
        const wanted = query.getAll(field.name);
        if (this.#isBox(field)) field.checked = wanted.includes(field.value);
        else field.value = wanted[0] ?? '';
        // A level that is not there any more is no limit.
        if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = '';
      }
    }

    #read() {
      this.#fill(new URLSearchParams(location.search));
      if (this.#query().size) this.#choices().open = true;
      this.#narrow();
    }

    /** Writes what is chosen into the page's address. It stays one place: the way back leads to where the reader came from. */
    #write() {
      const query = String(this.#query());
      history.replaceState(history.state, '', location.pathname + (query && `?${query}`) + location.hash);
    }

    #narrow() {
      const query = this.#query();
      const words = folded(query.get('text')).split(/\s+/).filter(Boolean);
      const fits = (/** @type {Element | null} */ one) => words.every((word) => said(one).includes(word));
      const news = query.has('news');
      this.classList.toggle('news-only', news);
      this.classList.toggle('words-only', words.length > 0);
      const columns = this.#columns(query);
      const sums = { lines: 0, rows: 0, levels: columns.filter(Boolean).length };
      for (const body of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('.matrix > tbody'))) {
        const areas = query.getAll('area');
        const wanted = !areas.length || areas.includes(body.dataset.area ?? '');
        let rows = 0;
        for (const row of /** @type {NodeListOf<HTMLTableRowElement>} */ (body.querySelectorAll(':scope > tr:not(.matrix-area)'))) {
          // A competency that is called so is shown as it is.
          const named = fits(row.cells[0].querySelector('a'));
          row.classList.toggle('named', named);
          const lines = this.#row(row, columns, named ? null : fits, news);
          const isPart = [...row.cells].slice(1).some((cell) => !cell.hidden && !cell.classList.contains('cell-not-on-track'));
          row.hidden = !wanted || !isPart || !(named || lines);
          if (row.hidden) continue;
          rows += 1;
          sums.lines += lines;
        }
        body.hidden = !rows;
        sums.rows += rows;
      }
      this.#say(sums);
      // What was shown or hidden just now is no news.
      this.#watch.takeRecords();
    }

    /** Which columns are shown, of those of levels. @param {URLSearchParams} query */
    #columns(query) {
      const [low, high] = [query.get('low'), query.get('high')].map((rank) => (rank ? Number(rank) : null));
      const swapped = low !== null && high !== null && low > high;
      const [from, to] = swapped ? [high, low] : [low ?? -Infinity, high ?? Infinity];
      const tracks = query.getAll('track');
      const heads = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.matrix > thead th')].slice(1));
      this.#belows = heads.map(({ dataset }) => dataset.below);
      return heads.map((head) => {
        const { tracks: own = '', rank = '' } = head.dataset;
        const onTrack = !tracks.length || own.split(' ').some((track) => tracks.includes(track));
        const inRange = !rank || (Number(rank) >= /** @type {number} */ (from) && Number(rank) <= /** @type {number} */ (to));
        head.hidden = !(onTrack && inRange);
        return !head.hidden;
      });
    }

    /**
     * Shows of a row what fits, or all of it; says how many expectations that are.
     * @param {HTMLTableRowElement} row @param {boolean[]} columns @param {((one: Element) => boolean) | null} fits @param {boolean} news
     */
    #row(row, columns, fits, news) {
      const [head, ...cells] = row.cells;
      const elsewhere = /** @type {NodeListOf<HTMLElement>} */ (head.querySelectorAll('[data-column]'));
      const lines = [...cells.map((cell, at) => linesOf(cell, at)), ...[...elsewhere].map((list) => linesOf(list, list.dataset.column))];
      const hits = new Map(lines.map(([at, all]) => [at, fits ? all.filter(fits) : all]));
      /** @type {Map<string, string[]>} */
      const bases = new Map([...cells.map((cell, at) => [String(at), cell]), ...[...elsewhere].map((list) => [list.dataset.column, list])]
        .map(([at, { dataset }]) => [at, dataset.bases?.split(' ') ?? []]));
      const all = new Map(lines);
      const goneFrom = new Map([...cells.map((cell, at) => [String(at), cell]), ...[...elsewhere].map((list) => [list.dataset.column, list])]
        .map(([at, { dataset }]) => [at, (dataset.gone?.split(' ') ?? []).map((place) => place.split('.')).map(([column, nth]) => all.get(column)?.[Number(nth)])]));
      /** @type {Set<Element>} */
      const shown = new Set();
      cells.forEach((cell, at) => {
        cell.hidden = !columns[at];
        const own = hits.get(String(at)) ?? [];
        for (const line of lines[at][1]) line.hidden = !own.includes(line);
        const sources = (fits ? this.#sources(at, bases, news) : []).flatMap((source) => hits.get(source) ?? []);
        const gone = new Set([String(at), ...reached(String(at), bases)].flatMap((column) => goneFrom.get(column) ?? []));
        const found = once(sources.filter((line) => !gone.has(line)), own);
        this.#showFound(cell, found);
        const seen = [...own.filter((line) => !(news && line.classList.contains('kept'))), ...found];
        cell.classList.toggle('without', !!fits && !seen.length);
        if (columns[at]) for (const line of seen) shown.add(line);
      });
      return shown.size;
    }

    /**
     * The columns whose expectations apply in another one; of those only that don't apply at the level below it, if asked.
     * @param {number} at @param {Map<string, string[]>} bases @param {boolean} news
     */
    #sources(at, bases, news) {
      const below = this.#belows[at];
      const known = new Set(below ? [below, ...reached(below, bases)] : []);
      return [...reached(String(at), bases)].filter((source) => !news || !known.has(source)).sort((one, other) => Number(one) - Number(other));
    }

    /** Shows in a cell what was found in levels below. @param {HTMLElement} cell @param {HTMLElement[]} lines */
    #showFound(cell, lines) {
      cell.querySelector('.matrix-found')?.remove();
      const more = /** @type {HTMLAnchorElement | null} */ (cell.querySelector('.more'));
      if (!lines.length || !more) return;
      const box = document.createElement('div');
      box.className = 'matrix-found';
      const form = /** @type {HTMLTemplateElement} */ (this.#find('[data-say=found]'));
      box.append(form.content.cloneNode(true));
      const link = /** @type {HTMLAnchorElement} */ (box.querySelector('a'));
      /** @type {Record<string, string>} */
      const fill = { found: String(lines.length), all: more.dataset.count ?? '' };
      link.textContent = (link.textContent ?? '').replace(/\{(\w+)\}/g, (whole, name) => fill[name] ?? whole);
      link.href = more.href;
      link.append(...[...more.querySelectorAll('.vh')].map((words) => words.cloneNode(true)));
      const items = (lines.length > MOST ? [] : lines).map((line) => {
        const item = document.createElement('li');
        item.append(...[...line.childNodes].filter(({ nodeName }) => nodeName !== 'MARK').map((node) => node.cloneNode(true)));
        return item;
      });
      if (items.length) box.querySelector('ul')?.append(...items);
      else box.querySelector('ul')?.remove();
      cell.append(box);
    }

    /** @param {{ lines: number, rows: number, levels: number }} sums */
    #say({ lines, rows, levels }) {
      const numbers = { lines, rows: levels ? rows : 0, levels };
      for (const [name, number] of Object.entries(numbers)) {
        const said = this.#find(`.filter-${name}`);
        if (said.textContent !== String(number)) said.textContent = String(number);
      }
      const empty = !rows || !levels;
      this.#find('.filter-empty').hidden = !empty;
      this.#find('.matrix-scroll').hidden = empty;
      const areas = this.querySelectorAll('.matrix-area th');
      for (const area of areas) area.setAttribute('colspan', String(levels + 1));
    }
  });
}
