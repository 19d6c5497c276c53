// @ts-check
// The self-assessment of one of a sheet's levels, which the address names: what a reader marks is kept in the browser,
// summed up, saved, loaded and printed.

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
    /** What was looked at to be unfolded: folds and sentences, by key. @type {Set<string>} */
    #unfolded = new Set();
    /** What is being learnt of the whole guide, or was. @type {Promise<void> | undefined} */
    #learnt;
    /** What ends all listening about the level. */
    #listeners = new AbortController();
    /** What ends all listening. */
    #all = new AbortController();

    /** The levels of the sheet. @type {Map<string, SlLevel>} */
    #levels = new Map();
    /** What the page calls itself before a level is chosen. @type {{ name: string, title: string } | undefined} */
    #page;

    async connectedCallback() {
      const { root = './' } = this.dataset;
      const words = await Object(window).stepladder.load(`${root}assets/assessment-words.js`).catch(() => '');
      if (!words || !this.isConnected) return;
      // What the script puts together takes the place of the sheet.
      const place = this.#find('.assess-sheet');
      const holder = document.createElement('template');
      holder.innerHTML = words;
      this.#start(holder, place);
      window.addEventListener('hashchange', () => {
        if (this.isConnected && this.#named() && this.#named() !== this.#levels.get(this.dataset.level ?? '')) this.#start(holder, place);
      }, { signal: this.#all.signal });
    }

    /** Begins with the level that the address names. @param {HTMLTemplateElement} holder @param {Element | null} place */
    #start(holder, place) {
      const isPicking = !!document.activeElement?.matches('[name=level]');
      this.#listeners.abort();
      this.rows = [];
      this.#unfolded = new Set();
      this.#learnt = undefined;
      place?.replaceChildren(holder.content.cloneNode(true));
      for (const figure of this.querySelectorAll('.assess-radar, .assess-pair .radar')) {
        const star = /** @type {HTMLTemplateElement | null} */ (this.#find('.assess-star'));
        if (star) figure.prepend(star.content.cloneNode(true));
        else figure.remove();
      }
      this.#levels = Object(window).slLevels.read(this);
      const homes = [...this.#levels.values()].filter(({ isHome }) => isHome);
      const here = this.#named() ?? homes[0];
      if (!here) return;
      Object.assign(this.dataset, { level: here.id, title: here.name });
      const pick = /** @type {HTMLSelectElement} */ (this.#find('[name=level]'));
      pick.replaceChildren(...homes.map(({ id, name }) => new Option(name, id, false, id === here.id)));
      pick.closest('.assess-pick')?.toggleAttribute('hidden', homes.length < 2);
      this.#find('.assess-levels')?.toggleAttribute('hidden', true);
      this.#call(here);
      this.#listen();
      if (isPicking) pick.focus();
      // A reader who comes to a level's place begins at the top.
      else if (location.hash) scrollTo(0, 0);
    }

    /** The level that the address names, if it is on the sheet. @returns {SlLevel | undefined} */
    #named() {
      const anchor = decodeURIComponent(location.hash.slice(1));
      return [...this.#levels.values()].find((level) => level.isHome && level.anchor === anchor);
    }

    /** Names the level in the page's title and heading. @param {SlLevel} level */
    #call({ title }) {
      const place = this.closest('.assess-page')?.querySelector('h1 .assess-of');
      if (!place) return;
      this.#page ??= { name: place.textContent ?? '', title: document.title };
      place.textContent = title;
      document.title = this.#page.title.replace(this.#page.name, () => title);
    }

    #listen() {
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
      const watcher = new MutationObserver(() => {
        this.#learnt = undefined;
        this.#levels = Object(window).slLevels.read(this);
        this.#look();
      });
      const sheet = this.#find('.assess-levels');
      if (sheet) watcher.observe(sheet, { subtree: true, childList: true, characterData: true, attributes: true });
      signal.addEventListener('abort', () => watcher.disconnect());
    }

    disconnectedCallback() {
      this.#listeners.abort();
      this.#all.abort();
      this.#all = new AbortController();
    }

    /** @type {SlWords} */
    words = (word, fill = {}) => {
      const words = /** @type {HTMLTemplateElement} */ (this.querySelector('.assess-words'));
      const text = words.content.querySelector(`[data-word="${word}"]`)?.textContent ?? word;
      return text.replace(/\{(\w+)\}/g, (whole, name) => String(fill[name] ?? whole));
    };

    /** Takes in what stands on the page. */
    #look() {
      const here = this.#levels.get(this.dataset.level ?? '');
      if (!here) return;
      const [focused, open] = [this.#focused(), this.#open()];
      Object(window).slParts(this, this.#levels, here);
      for (const [key, details] of this.#folds()) if (open.has(key)) details.toggleAttribute('open', true);
      this.rows = [...this.querySelectorAll('tr[data-id]')].map((row) => see(row));
      this.store.rows = this.rows;
      for (const row of this.rows) furnish(row, this.words);
      this.refresh();
      focused?.();
    }

    /** What can be folded, by part and subject. @returns {[string, Element][]} */
    #folds() {
      const all = [...this.querySelectorAll('.assess-part details')];
      return all.map((details) => {
        const [part, cell] = ['.assess-part', '.assess-cell'].map((words) => /** @type {HTMLElement | null} */ (details.closest(words)));
        return [`${part?.dataset.part}\n${cell?.dataset.subject}`, details];
      });
    }

    /** What of it is open. */
    #open() {
      return new Set(this.#folds().filter(([, details]) => details.hasAttribute('open')).map(([key]) => key));
    }

    /** What brings the focus back to the field that has it, after its row was made anew. @returns {(() => void) | undefined} */
    #focused() {
      const field = document.activeElement;
      const key = this.#rowOf(field)?.key;
      const at = [...field?.closest('tr')?.querySelectorAll('input, textarea') ?? []].indexOf(/** @type {Element} */ (field));
      if (!key || at < 0) return undefined;
      return () => {
        const fields = this.rows.find((row) => row.key === key)?.row.querySelectorAll('input, textarea');
        /** @type {HTMLElement | undefined} */ (fields?.[at])?.focus();
      };
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
      for (const [fold, details] of this.#folds()) {
        const keys = this.rows.filter(({ row }) => details.contains(row) && row.querySelector('.assess-new')).map(({ key }) => key);
        const news = keys.filter((key) => !this.#unfolded.has(key));
        if (news.length || (!this.#unfolded.has(fold) && details.querySelector('input:checked'))) details.toggleAttribute('open', true);
        for (const one of [fold, ...news]) this.#unfolded.add(one);
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
      if (target instanceof HTMLSelectElement && target.name === 'level') {
        if (type !== 'change') return;
        Object(window).slWithdraw(this);
        // The address says which level it is, so that it can be shared; a listener goes on from there.
        location.hash = this.#levels.get(target.value)?.anchor ?? '';
        return;
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

  customElements.define('sl-assessment', Assessment);
}
