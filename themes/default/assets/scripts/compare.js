// @ts-check
// Two levels are chosen, and how they differ is shown at once. The page's address names them, so that it can be shared.

{
  const { load, Comparison, Levels } = /** @type {any} */ (window).stepladder;

  customElements.define('sl-compare', class extends HTMLElement {
    /** Which answer is awaited: a later choice makes an earlier one void. */
    #asked = 0;

    /** Where levels are being chosen. With keys one passes levels on the way to the one that is meant. @type {EventTarget | null} */
    #choosing = null;

    connectedCallback() {
      this.#find('.choose').hidden = false;
      for (const type of ['change', 'click', 'pointerdown', 'focusout']) this.addEventListener(type, this);
      window.addEventListener('popstate', this);
      this.#start();
    }

    async #start() {
      try {
        const ladder = await load(`${this.dataset.files}ladder.js`);
        for (const name of ['from', 'to']) this.#offer(this.#select(name), ladder);
        this.#read();
      } catch (error) {
        console.error(error);
        this.#say('failed');
      }
    }

    /** Adds all levels of all tracks to a field. @param {HTMLSelectElement} select @param {any} ladder */
    #offer(select, { tracks, levels }) {
      if (select.options.length > 1) return;
      for (const [title, ids] of tracks) {
        if (!ids.length) continue;
        const group = Object.assign(document.createElement('optgroup'), { label: title });
        for (const id of ids) {
          const [slug, name, code] = levels[id];
          group.append(new Option(code ? `${code} ${name}` : name, slug));
        }
        select.append(group);
      }
    }

    disconnectedCallback() {
      window.removeEventListener('popstate', this);
    }

    /** @param {Event} event */
    handleEvent({ type, target }) {
      if (type !== 'change' && type !== 'click') {
        this.#choosing = null;
        return type === 'popstate' && this.#read();
      }
      const { from, to } = this.#choice();
      if (type === 'click') {
        if (!(target instanceof Element && target.closest('[name=swap]'))) return;
        this.#choose(to, from);
      } else if (/** @type {Element} */ (target).matches('[name=differs]')) {
        return this.#write(false);
      }
      this.#write(target !== this.#choosing);
      this.#choosing = target;
      this.#compare();
    }

    /** @param {string} words @returns {HTMLElement} */
    #find(words) {
      return /** @type {HTMLElement} */ (this.querySelector(words));
    }

    /** @param {string} name */
    #select(name) {
      return /** @type {HTMLSelectElement} */ (this.#find(`.choose [name=${name}]`));
    }

    #choice() {
      return { from: this.#select('from').value, to: this.#select('to').value };
    }

    /** @param {string} from @param {string} to */
    #choose(from, to) {
      for (const [name, slug] of [['from', from], ['to', to]]) {
        const select = this.#select(name);
        select.value = [...select.options].some(({ value }) => value === slug) ? slug : '';
      }
    }

    /** The box that hides what is the same; it comes and goes with what is shown. */
    #only() {
      return /** @type {HTMLInputElement | null} */ (this.querySelector('.choose-result [name=differs]'));
    }

    /** Takes the choice from the page's address. */
    #read() {
      const query = new URLSearchParams(location.search);
      this.#choose(query.get('from') ?? '', query.get('to') ?? '');
      this.#compare(query.has('differs'));
    }

    /**
     * Writes the choice into the page's address. A comparison that was shown stays a place to go back to, unless one only
     * looks at it otherwise or has passed it while choosing.
     * @param {boolean} another whether it is another comparison
     */
    #write(another) {
      const shown = new URLSearchParams(location.search);
      const query = new URLSearchParams();
      for (const [name, slug] of Object.entries(this.#choice())) if (slug) query.set(name, slug);
      if (this.#only()?.checked) query.set('differs', '1');
      const url = `${location.pathname}?${query}`;
      if (another && shown.get('from') && shown.get('to')) history.pushState(null, '', url);
      else history.replaceState(history.state, '', url);
    }

    async #compare(only = this.#only()?.checked ?? false) {
      const asked = (this.#asked += 1);
      const { from, to } = this.#choice();
      if (!from || !to) return this.#show();
      if (from === to) return this.#say('same-level');
      // Keeps what stands below where it is until there is something to show.
      this.#find('.choose-result').classList.add('waiting');
      const { root = '', files = '' } = this.dataset;
      try {
        const ladder = await load(`${files}ladder.js`);
        const ids = [from, to].map((slug) => ladder.levels.findIndex((/** @type {[string]} */ [one]) => one === slug));
        const levels = new Levels(ladder, await this.#data(ladder, ids, files));
        if (asked !== this.#asked) return;
        const shown = new Comparison(levels, ids[0], ids[1], root).show(this.querySelector('template')?.content);
        shown.querySelector('[name=differs]').checked = only;
        const counts = [...shown.querySelectorAll('.counts > li')].map((count) => count.textContent);
        this.#show(shown, `${ids.map((id) => ladder.levels[id][1]).join(' – ')}: ${counts.join(', ')}`);
      } catch (error) {
        console.error(error);
        if (asked === this.#asked) this.#say('failed');
      }
    }

    /**
     * Loads what is written for some levels and for all that these extend.
     * @param {any} ladder @param {number[]} ids @param {string} files
     */
    async #data(ladder, ids, files) {
      /** @type {Record<string, any>} */
      const data = {};
      const asked = new Set(ids);
      for (let wanted = ids; wanted.length; ) {
        const names = wanted.map((id) => {
          const [track] = ladder.levels[id][6];
          return track === undefined ? 'foundations' : `track-${track}`;
        });
        Object.assign(data, ...(await Promise.all([...new Set(names)].map((name) => load(`${files}${name}.js`)))));
        const bases = wanted.flatMap((id) => (data[id].extends ?? []).map((/** @type {[number]} */ [base]) => base));
        wanted = bases.filter((base) => !asked.has(base) && asked.add(base));
      }
      return data;
    }

    /** Shows a sentence of the page's instead of a comparison. @param {string} what */
    #say(what) {
      const patterns = /** @type {HTMLTemplateElement} */ (this.#find('template')).content;
      const sentence = /** @type {HTMLElement} */ (patterns.querySelector(`[data-what=${what}]`)?.cloneNode(true));
      sentence.className = 'notice';
      this.#show(sentence, sentence.textContent ?? '');
    }

    /** Shows something, or nothing, and says it to those who listen. @param {HTMLElement} [shown] @param {string} said */
    #show(shown, said = '') {
      const result = this.#find('.choose-result');
      result.replaceChildren(...(shown ? [shown] : []));
      result.classList.remove('waiting');
      this.#find('.choose-said').textContent = said;
    }
  });
}
