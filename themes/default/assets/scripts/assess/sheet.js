// @ts-check
// The self-assessment of a level: what a reader marks is kept in the browser, summed up, saved, loaded and printed.

{
  const { see, furnish, show } = Object(window).slRows;
  const { draw, bar } = Object(window).slCharts;

  class Assessment extends HTMLElement {
    /** @type {SlRow[]} */
    rows = [];
    /** @type {SlStore} */
    store = Object(null);
    /** The button that was chosen already when it was pressed. @type {HTMLInputElement | null} */
    chosen = null;
    /** What was looked at to be unfolded. @type {WeakSet<Element>} */
    #unfolded = new WeakSet();
    /** What is being learnt of the whole guide, or was. @type {Promise<void> | undefined} */
    #learnt;
    /** What ends all listening. */
    #listeners = new AbortController();

    connectedCallback() {
      this.#listeners = new AbortController();
      const { signal } = this.#listeners;
      const { guide = '', level = '', title = '', root = './' } = this.dataset;
      const empty = { guide, level: { id: level, title }, name: '', date: '', next: '', known: new Set(), answers: new Map() };
      this.store = Object(window).slOpenStore(new URL(root, document.baseURI).pathname, empty, this.words);
      this.addEventListener('change', (event) => this.#entered(event), { signal });
      this.addEventListener('input', (event) => this.#entered(event), { signal });
      this.addEventListener('click', (event) => this.#clicked(event), { signal });
      this.addEventListener('keydown', (event) => this.#pressed(event), { signal });
      document.addEventListener('keydown', ({ key }) => key === 'Escape' && !this.#find('dialog[open]') && Object(window).slWithdraw(this), { signal });
      // A button that is chosen already tells nothing by a change.
      this.addEventListener('pointerdown', ({ target }) => (this.chosen = this.#chosen(target)), { signal });
      window.addEventListener('storage', ({ key }) => {
        if (key !== this.store.key && key !== null) return;
        Object(window).slWithdraw(this);
        this.refresh();
      }, { signal });
      window.addEventListener('pageshow', () => this.refresh(), { signal });
      window.addEventListener('beforeunload', (event) => this.#mayLose() && event.preventDefault(), { signal });
      this.#look();
      // An author's edit comes into the page while it is open.
      const watcher = new MutationObserver((list) => {
        if (!list.some(isEdit)) return;
        this.#learnt = undefined;
        this.#look();
      });
      watcher.observe(this, { subtree: true, childList: true, characterData: true });
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
      for (const hidden of this.querySelectorAll('.assess-tools, .assess-next, .assess-result, .assess-pair')) hidden.toggleAttribute('hidden', false);
      this.rows = [...this.querySelectorAll('tr[data-id]')].map((row) => see(row));
      this.store.rows = this.rows;
      for (const row of this.rows) furnish(row, this.words);
      this.refresh();
    }

    /** Shows what is kept. */
    refresh() {
      this.store.refresh();
      const { record } = this.store;
      const { name, next } = record;
      for (const row of this.rows) show(row, record, this.words);
      this.#unfold();
      const field = this.#find('[name=name]');
      if (field instanceof HTMLInputElement && field.value !== name) field.value = name;
      const select = this.#find('[name=next]');
      if (select instanceof HTMLSelectElement && next && [...select.options].some(({ value }) => value === next)) select.value = next;
      this.sum();
      if (this.store.hasOthers()) void this.learn();
    }

    /** Learns what the guide asks elsewhere: what of it is gone, and what moved here. */
    learn() {
      if (this.#learnt) return this.#learnt;
      /** @type {Promise<void>} */
      const learning = Object(window).slGuide.learn(this.dataset.root).then((/** @type {SlGuide | null} */ guide) => {
        // An edit that came meanwhile has it learnt anew.
        if (!guide || this.#learnt !== learning) return;
        this.store.guide = guide;
        this.refresh();
      });
      this.#learnt = learning;
      return learning;
    }

    /** What lies folded and is marked or new is opened once, so that nobody looks for it. */
    #unfold() {
      for (const details of this.querySelectorAll('.assess-part details')) {
        const news = [...details.querySelectorAll('.assess-new')].filter((one) => !this.#unfolded.has(one));
        if (news.length || (!this.#unfolded.has(details) && details.querySelector('input:checked'))) details.toggleAttribute('open', true);
        for (const one of [details, ...news]) this.#unfolded.add(one);
      }
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
      const { record, trouble } = this.store;
      this.#toggle('.assess-failing', trouble === 'failing' || trouble === 'blocked');
      this.#toggle('.assess-newer', trouble === 'newer');
      this.#toggle('.assess-damaged', this.store.unreadable() !== '');
      Object(window).slSum(this, { draw, bar });
      const asked = new Set(this.rows.filter(({ row }) => !row.closest('.assess-part[hidden]')).map(({ key }) => key));
      const done = [...asked].filter((key) => record.answers.get(key)?.state).length;
      this.#say('.assess-count', this.words('count', { done, all: asked.size }));
      Object(window).slChanges(this);
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
      this.store.update(({ answers, known }) => {
        // All that is asked is known as soon as the first of it is marked.
        if (!answers.size) known.clear();
        for (const { key } of known.size ? [row] : this.rows) known.add(key);
        const answer = { state: /** @type {SlState} */ (''), note: '', text: row.text, subject: row.subject, ...answers.get(row.key), ...now };
        if (answer.state || answer.note) answers.set(row.key, answer);
        else answers.delete(row.key);
      });
      for (const twin of this.rows.filter(({ key }) => key === row.key)) show(twin, this.store.record, this.words);
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

  /** Whether what was changed is the author's, not what rows were given. @param {MutationRecord} change */
  const isEdit = ({ target, addedNodes, removedNodes }) => {
    const element = target instanceof Element ? target : target.parentElement;
    if (element?.closest('.assess-part')) return !element.closest('td');
    return [...addedNodes, ...removedNodes].some((node) => node instanceof Element && node.matches('.assess-part, .assess-next'));
  };

  customElements.define('sl-assessment', Assessment);
}
