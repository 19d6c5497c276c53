// @ts-check
// Two levels are chosen, and how they differ is shown at once. The page's address names them, so that it can be shared.

{
  const { load, Comparison } = /** @type {any} */ (window).stepladder;

  customElements.define('sl-compare', class extends HTMLElement {
    /** Which answer is awaited: a later choice makes an earlier one void. */
    #asked = 0;

    /** Where levels are being chosen. With keys one passes levels on the way to the one that is meant. @type {EventTarget | null} */
    #choosing = null;

    connectedCallback() {
      this.#find('.choose').hidden = false;
      for (const type of ['change', 'click', 'pointerdown', 'focusout']) this.addEventListener(type, this);
      window.addEventListener('popstate', this);
      this.#read();
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
        const [ladder, pairs] = await Promise.all([
          load(`${files}ladder.js`),
          load(`${files}from-${encodeURIComponent(from)}.js`),
        ]);
        if (asked !== this.#asked) return;
        const [left, right] = [from, to].map((slug) => this.#find(`[data-level="${CSS.escape(slug)}"]`));
        const shown = new Comparison(ladder, pairs[to], left, right, root).show(this.#find('.choose-patterns > .compared'));
        shown.querySelector('[name=differs]').checked = only;
        const counts = [...shown.querySelectorAll('.counts > li')].map((count) => count.textContent);
        this.#show(shown, `${left.dataset.title} – ${right.dataset.title}: ${counts.join(', ')}`);
      } catch (error) {
        console.error(error);
        if (asked === this.#asked) this.#say('failed');
      }
    }

    /** Shows a sentence of the page's instead of a comparison. @param {string} what */
    #say(what) {
      const sentence = /** @type {HTMLElement} */ (this.#find(`.choose-patterns > [data-what=${what}]`).cloneNode(true));
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
