// @ts-check
// The self-assessment of a level: what a reader marks is kept in the browser, summed up, saved, loaded and printed.

{
  const { see, furnish, show, isReworded } = Object(window).slRows;
  const { draw, bar } = Object(window).slCharts;

  class Assessment extends HTMLElement {
    /** @type {SlRow[]} */
    rows = [];
    /** @type {SlStore} */
    store = Object(null);
    /** The button that was chosen already when it was pressed. @type {HTMLInputElement | null} */
    chosen = null;
    /** What ends all listening. */
    #listeners = new AbortController();

    connectedCallback() {
      this.#listeners = new AbortController();
      const { signal } = this.#listeners;
      const { guide = '', level = '', title = '', root = './' } = this.dataset;
      const key = `stepladder:assess:${new URL(root, document.baseURI).pathname}:${level}`;
      const empty = { guide, level: { id: level, title }, name: '', date: '', next: '', answers: new Map() };
      this.store = Object(window).slOpenStore(key, empty);
      this.addEventListener('change', (event) => this.#entered(event), { signal });
      this.addEventListener('input', (event) => this.#entered(event), { signal });
      this.addEventListener('click', (event) => this.#clicked(event), { signal });
      this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
      // A button that is chosen already tells nothing by a change.
      this.addEventListener('pointerdown', ({ target }) => (this.chosen = this.#chosen(target)), { signal });
      window.addEventListener('storage', (event) => (event.key === key || event.key === null) && this.refresh(), { signal });
      window.addEventListener('pageshow', () => this.refresh(), { signal });
      window.addEventListener('beforeunload', (event) => this.#mayLose() && event.preventDefault(), { signal });
      for (const hidden of this.querySelectorAll('.assess-tools, .assess-next, .assess-result, .assess-pair')) hidden.toggleAttribute('hidden', false);
      this.#look();
      // An author's edit comes into the page while it is open.
      const tables = [...this.querySelectorAll('.assess-part')];
      const watcher = new MutationObserver((list) => list.some(({ target }) => !inControls(target)) && this.#look());
      for (const table of tables) watcher.observe(table, { subtree: true, childList: true, characterData: true });
      signal.addEventListener('abort', () => watcher.disconnect());
    }

    disconnectedCallback() {
      this.#listeners.abort();
    }

    /** @type {SlWords} */
    words = (word, fill = {}) => {
      const words = /** @type {HTMLTemplateElement} */ (this.querySelector('.assess-words'));
      const text = words.content.querySelector(`[data-word="${word}"]`)?.textContent ?? word;
      return text.replace(/\{(\w+)\}/g, (whole, name) => String(fill[name] ?? whole));
    };

    /** Takes in what stands on the page. */
    #look() {
      this.rows = [...this.querySelectorAll('tr[data-id]')].map((row) => see(row));
      for (const row of this.rows) furnish(row, this.words);
      this.refresh();
    }

    /** Shows what is kept. */
    refresh() {
      this.store.refresh();
      const { answers, name, next } = this.store.record;
      for (const row of this.rows) show(row, answers.get(row.key), this.words);
      // What lies folded and is marked is opened once, so that nobody looks for it.
      for (const details of this.querySelectorAll('.assess-part details:not([data-seen])')) {
        details.toggleAttribute('data-seen', true);
        if (details.querySelector('input:checked')) details.toggleAttribute('open', true);
      }
      const field = this.#find('[name=name]');
      if (field instanceof HTMLInputElement && field.value !== name) field.value = name;
      const select = this.#find('[name=next]');
      if (select instanceof HTMLSelectElement && next && [...select.options].some(({ value }) => value === next)) select.value = next;
      this.sum();
    }

    /** The parts of the page, for sums and texts. @returns {(SlPart & { id: string })[]} */
    parts() {
      const seen = new Map(this.rows.map((row) => [row.row, row]));
      return /** @type {HTMLElement[]} */ ([...this.querySelectorAll('.assess-part')]).map((part, at) => ({
        id: part.dataset.part ?? '',
        title: part.querySelector('h2')?.textContent ?? '',
        here: at === 0,
        cells: /** @type {HTMLElement[]} */ ([...part.querySelectorAll('.assess-cell')]).map((cell) => ({
          key: cell.dataset.subject ?? '',
          title: cell.dataset.title ?? '',
          rows: /** @type {HTMLTableRowElement[]} */ ([...cell.querySelectorAll('tr[data-id]')]).flatMap((row) => seen.get(row) ?? []),
        })),
      }));
    }

    sum() {
      const { record, trouble, damaged } = this.store;
      this.#toggle('.assess-failing', trouble === 'failing');
      this.#toggle('.assess-newer', trouble === 'newer');
      this.#toggle('.assess-damaged', damaged);
      Object(window).slSum(this, { draw, bar });
      const asked = new Set(this.rows.filter(({ row }) => !row.closest('.assess-part[hidden]')).map(({ key }) => key));
      const done = [...asked].filter((key) => record.answers.get(key)?.state).length;
      this.#say('.assess-count', this.words('count', { done, all: asked.size }));
      this.#showChanges(new Set(this.rows.map(({ key }) => key)));
    }

    /** Says what has changed in the guide since something was marked. @param {Set<string>} keys */
    #showChanges(keys) {
      const { answers } = this.store.record;
      const gone = [...answers].filter(([key]) => !keys.has(key));
      const texts = new Map(this.rows.map((row) => [row.key, row]));
      const reworded = [...texts.values()].filter((row) => isReworded(row, answers.get(row.key))).length;
      this.#toggle('.assess-changed', !!(gone.length || reworded));
      if (gone.length || reworded) this.#say('.assess-changed', this.words('changed', { reworded, gone: gone.length }));
      this.#toggle('.assess-gone', gone.length > 0);
      this.#say('.assess-gone-count', String(gone.length));
      const items = gone.map(([key, { state, text, note }]) => {
        const item = document.createElement('li');
        const button = Object.assign(document.createElement('button'), { type: 'button', textContent: this.words('remove') });
        Object.assign(button.dataset, { do: 'remove', key });
        button.setAttribute('aria-label', `${this.words('remove')}: ${text}`);
        const mark = Object.assign(document.createElement('b'), { textContent: this.words(state || 'none') });
        item.append(mark, ` ${text} `, ...(note ? [Object.assign(document.createElement('q'), { textContent: note }), ' '] : []), button);
        return item;
      });
      this.#find('.assess-gone ul')?.replaceChildren(...items);
    }

    /** @param {Event} event */
    #entered({ target, type }) {
      if (target instanceof HTMLInputElement && target.name === 'name') {
        Object(window).slWithdraw(this);
        return this.store.update((record) => (record.name = target.value));
      }
      if (target instanceof HTMLSelectElement) {
        this.store.update((record) => (record.next = target.value));
        return this.sum();
      }
      const row = this.#rowOf(target);
      if (!row) return;
      if (target instanceof HTMLTextAreaElement && type === 'input') this.#answer(row, { note: target.value });
      if (target instanceof HTMLInputElement && type === 'change') this.#answer(row, { state: /** @type {SlState} */ (target.value), text: row.text });
    }

    /** @param {SlRow} row @param {Partial<SlAnswer>} now */
    #answer(row, now) {
      Object(window).slWithdraw(this);
      this.store.update(({ answers }) => {
        const answer = { state: /** @type {SlState} */ (''), note: '', text: row.text, subject: row.subject, ...answers.get(row.key), ...now };
        if (answer.state || answer.note) answers.set(row.key, answer);
        else answers.delete(row.key);
      });
      const answer = this.store.record.answers.get(row.key);
      for (const twin of this.rows.filter(({ key }) => key === row.key)) show(twin, answer, this.words);
      this.sum();
    }

    /** @param {EventTarget | null} target */
    #chosen(target) {
      const button = target instanceof Element ? target.closest('label')?.querySelector('input') ?? target : null;
      return button instanceof HTMLInputElement && button.type === 'radio' && button.checked ? button : null;
    }

    /** @param {MouseEvent} event */
    #clicked({ target }) {
      if (!(target instanceof Element)) return;
      const row = this.#rowOf(target);
      if (row && target === this.chosen) return this.#answer(row, { state: '' });
      const button = target.closest('button');
      if (!button) return;
      if (row && button.dataset.do === 'holds') {
        this.#answer(row, { text: row.text });
        return row.row.querySelector('textarea')?.focus();
      }
      Object(window).slTools(this, button);
    }

    /** Takes a mark away by the keyboard. @param {KeyboardEvent} event */
    #pressed(event) {
      const { target, key } = event;
      this.chosen = null;
      if (!(target instanceof HTMLInputElement) || target.type !== 'radio' || !['Delete', 'Backspace'].includes(key)) return;
      const row = this.#rowOf(target);
      if (!row) return;
      event.preventDefault();
      this.#answer(row, { state: '' });
    }

    /** @param {EventTarget | null} target @returns {SlRow | undefined} */
    #rowOf(target) {
      const row = target instanceof Element ? target.closest('tr[data-id]') : null;
      return row ? this.rows.find((seen) => seen.row === row) : undefined;
    }

    #mayLose() {
      return !!this.store.trouble && this.store.record.answers.size > 0;
    }

    /** @param {string} words */
    #find(words) {
      return this.querySelector(words);
    }

    /** @param {string} words @param {boolean} shown */
    #toggle(words, shown) {
      this.#find(words)?.toggleAttribute('hidden', !shown);
    }

    /** @param {string} words @param {string} text */
    #say(words, text) {
      const place = this.#find(words);
      if (place && place.textContent !== text) place.textContent = text;
    }
  }

  /** Whether a node belongs to what a row was given. @param {Node} node */
  const inControls = (node) => {
    const element = node instanceof Element ? node : node.parentElement;
    return !!element?.closest('td');
  };

  customElements.define('sl-assessment', Assessment);
}
