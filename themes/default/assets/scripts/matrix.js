// @ts-check
// Narrows a matrix down to some tracks, areas, levels and words. The page's address says to what, so that it can be shared.
// Nothing is taken out of the page: what doesn't fit is hidden.

{
  /** What is chosen. @typedef {{ track: string[], area: string[], low: string, high: string, text: string, news: boolean }} Choice */

  /** How long the address waits for more typing, in milliseconds: browsers allow only so many changes of it. */
  const PAUSE = 300;

  /** @param {string | null} text */
  const folded = (text) => (text ?? '').normalize('NFKC').toLocaleLowerCase();

  customElements.define('sl-matrix', class extends HTMLElement {
    #pause = 0;

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

    #write() {
      const query = String(this.#query());
      history.replaceState(history.state, '', location.pathname + (query && `?${query}`) + location.hash);
    }

    #narrow() {
      const query = this.#query();
      const words = folded(query.get('text')).split(/\s+/).filter(Boolean);
      const fits = (/** @type {Element | null} */ one) => words.every((word) => folded(one?.textContent ?? '').includes(word));
      const news = query.has('news');
      this.classList.toggle('news-only', news);
      this.classList.toggle('words-only', words.length > 0);
      const columns = this.#columns(query);
      const sums = { lines: 0, rows: 0, levels: columns.filter(Boolean).length };
      for (const body of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll('tbody'))) {
        const areas = query.getAll('area');
        const wanted = !areas.length || areas.includes(body.dataset.area ?? '');
        let rows = 0;
        for (const row of /** @type {NodeListOf<HTMLTableRowElement>} */ (body.querySelectorAll('tr:not(.matrix-area)'))) {
          const named = fits(row.cells[0]);
          const lines = this.#row(row, columns, named ? () => true : fits, news);
          row.hidden = !wanted || !sums.levels || !(named || lines);
          if (row.hidden) continue;
          rows += 1;
          sums.lines += lines;
        }
        body.hidden = !rows;
        sums.rows += rows;
      }
      this.#say(sums);
    }

    /** Which columns are shown, of those of levels. @param {URLSearchParams} query */
    #columns(query) {
      const [low, high] = [query.get('low'), query.get('high')].map((rank) => (rank ? Number(rank) : null));
      const swapped = low !== null && high !== null && low > high;
      const [from, to] = swapped ? [high, low] : [low ?? -Infinity, high ?? Infinity];
      const tracks = query.getAll('track');
      const heads = /** @type {HTMLElement[]} */ ([...this.querySelectorAll('thead th')].slice(1));
      return heads.map((head) => {
        const { tracks: own = '', rank = '' } = head.dataset;
        const onTrack = !tracks.length || own.split(' ').some((track) => tracks.includes(track));
        const inRange = !rank || (Number(rank) >= /** @type {number} */ (from) && Number(rank) <= /** @type {number} */ (to));
        head.hidden = !(onTrack && inRange);
        return !head.hidden;
      });
    }

    /**
     * Shows of a row what fits; says how many expectations that are.
     * @param {HTMLTableRowElement} row @param {boolean[]} columns @param {(one: Element) => boolean} fits @param {boolean} news
     */
    #row(row, columns, fits, news) {
      let sum = 0;
      [...row.cells].slice(1).forEach((cell, at) => {
        cell.hidden = !columns[at];
        for (const line of /** @type {NodeListOf<HTMLElement>} */ (cell.querySelectorAll(':scope > ul > li'))) {
          line.hidden = !fits(line);
          if (columns[at] && !line.hidden && !(news && line.classList.contains('kept'))) sum += 1;
        }
      });
      return sum;
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
