// @ts-check
// The results of the search, as a list below the field (the combobox pattern of the ARIA Authoring Practices). The index and
// the words of the theme are loaded with it; search/find.js says what fits.

{
  /** What it takes to search. */
  const NEEDED = ['search-words.js', 'search-index.js', ...['words', 'spelling', 'entries', 'find'].map((name) => `scripts/search/${name}.js`)];

  /** How many results are listed. */
  const MOST = 30;

  /** For how long nothing must be typed before a screen reader is told how much was found, in milliseconds. */
  const PAUSE = 500;

  /** @typedef {[string, boolean][]} Pieces */
  /** @typedef {{ kind: string, url: string, title: Pieces, others: Pieces, of: string }} Found */
  /** @typedef {{ find: (typed: string, most: number) => Promise<Answer> }} Finder */
  /** @typedef {{ best: Found[], count: number, partly: boolean }} Answer */

  /** @typedef {HTMLElement & { results: Results | null, entered: KeyboardEvent | null, listeners: AbortController }} Search */

  class Results {
    /** @type {Promise<Finder> | null} */
    #finder = null;
    /** The index that it searches, as it is loaded. @type {Promise<unknown> | null} */
    #index = null;
    /** The theme's words, once they are loaded. @type {DocumentFragment} */
    #said = new DocumentFragment();
    #current = -1;
    #timer = 0;
    #search;

    /** @param {Search} search */
    constructor(search) {
      this.#search = search;
      const { signal } = search.listeners;
      this.#field.addEventListener('input', () => {
        search.entered = null;
        void this.#look();
      }, { signal });
      this.#field.addEventListener('keydown', (event) => this.#key(event), { signal });
      this.#list.addEventListener('click', () => this.#close(), { signal });
      search.addEventListener('focusout', ({ relatedTarget }) => {
        if (!(relatedTarget instanceof Node && search.contains(relatedTarget))) this.#close();
      }, { signal });
      signal.addEventListener('abort', () => clearTimeout(this.#timer));
    }

    get #field() {
      return /** @type {HTMLInputElement} */ (this.#search.querySelector('input'));
    }

    get #panel() {
      return /** @type {HTMLElement} */ (this.#search.querySelector('.search-panel'));
    }

    get #list() {
      return /** @type {HTMLElement} */ (this.#search.querySelector('[role=listbox]'));
    }

    get #root() {
      return this.#search.dataset.root ?? './';
    }

    /** Loads what it takes to search, once; after a failure again, and when the index is another one. */
    #load() {
      // @ts-expect-error data.js, which is loaded before, defines it.
      const { load } = window.stepladder;
      const files = NEEDED.map((file) => load(`${this.#root}assets/${file}`));
      const styled = style(`${this.#root}assets/search.css`);
      if (this.#finder && files[0] === this.#index) return this.#finder;
      this.#index = files[0];
      const finder = Promise.all([...files, styled]).then(([said, data, words, spelling, entries, { makeFinder }]) => {
        this.#hear(said);
        return makeFinder(data, words, spelling, entries, (/** @type {number} */ track) => load(`${this.#root}compare/${track ? `track-${track - 1}` : 'foundations'}.js`));
      });
      finder.catch(() => (this.#finder = null));
      this.#finder = finder;
      return finder;
    }

    /** Takes the theme's words. @param {string} html */
    #hear(html) {
      const template = document.createElement('template');
      template.innerHTML = html;
      this.#said = template.content;
      this.#list.setAttribute('aria-label', `${this.#words('say', 'results').textContent}`);
    }

    begin() {
      void this.#load().catch(() => {});
      if (this.#field.value.trim()) void this.#look();
    }

    async #look() {
      const typed = this.#field.value.trim();
      if (!typed) return this.#close();
      try {
        const finder = await this.#load();
        if (this.#field.value.trim() !== typed) return;
        const answer = await finder.find(this.#field.value, MOST);
        // Something else may have been typed while the index or sentences were loaded.
        if (this.#field.value.trim() === typed && this.#search.contains(document.activeElement)) this.#show(typed, answer);
      } catch {
        if (this.#field.value.trim() === typed) this.#open([], this.#failure());
      }
    }

    /** What is said if something can't be loaded: the theme's words are missing then, too. */
    #failure() {
      const said = new DocumentFragment();
      const away = this.#search.querySelector('.search-away');
      said.append(this.#search.dataset.failed ?? '');
      if (away instanceof HTMLAnchorElement) said.append(' ', element('a', { href: away.href }, away.textContent ?? ''));
      return said;
    }

    /** @param {string} typed @param {Answer} answer */
    #show(typed, { best, count, partly }) {
      const said = !count ? this.#words('say', 'none', typed)
        : count > best.length ? this.#words('say', 'best', best.length, count)
          : count > 1 ? this.#words('say', 'many', count) : this.#words('say', 'one');
      if (partly && count) said.prepend(this.#words('say', 'partly'), ' ');
      this.#open(best.map((found, at) => this.#option(found, at)), said);
      if (this.#search.entered && count) this.#follow(this.#search.entered);
      this.#search.entered = null;
    }

    /** @param {Element[]} options @param {DocumentFragment} said */
    #open(options, said) {
      const status = /** @type {HTMLElement} */ (this.#search.querySelector('[role=status]'));
      const note = /** @type {HTMLElement} */ (this.#search.querySelector('.search-note'));
      this.#list.replaceChildren(...options);
      this.#list.hidden = !options.length;
      note.replaceChildren(said);
      const { textContent } = note;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (status.textContent = textContent), PAUSE);
      this.#panel.hidden = false;
      this.#panel.scrollTop = 0;
      this.#field.setAttribute('aria-expanded', `${options.length > 0}`);
      this.#go(-1);
      this.#place();
    }

    /** Keeps the panel in the window: it begins where the field does, or ends there. */
    #place() {
      this.#panel.classList.remove('search-panel-end');
      const { left, right } = this.#panel.getBoundingClientRect();
      this.#panel.classList.toggle('search-panel-end', left < 0 || right > document.documentElement.clientWidth);
    }

    #close() {
      clearTimeout(this.#timer);
      this.#panel.hidden = true;
      this.#field.setAttribute('aria-expanded', 'false');
      this.#go(-1);
      /** @type {HTMLElement} */ (this.#search.querySelector('[role=status]')).textContent = '';
    }

    /** @param {Found} found @param {number} at */
    #option({ kind, url, title, others, of }, at) {
      const option = document.createElement('a');
      option.id = `sl-found-${at}`;
      option.href = this.#root + url;
      option.tabIndex = -1;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.className = `search-found search-${kind}`;
      option.append(line('search-title', ...marked(title)));
      if (others.some(([, asked]) => asked)) option.append(' ', line('search-others', ...marked(others)));
      option.append(' ', line('search-what', this.#words('kind', kind, of)));
      return option;
    }

    /** The theme's words for something. @param {'kind' | 'say'} sort @param {string} name @param {...(string | number)} values */
    #words(sort, name, ...values) {
      const template = this.#said.querySelector(`template[data-${sort}="${name}"]`);
      const words = template instanceof HTMLTemplateElement ? document.importNode(template.content, true) : new DocumentFragment();
      words.querySelectorAll('slot').forEach((slot, at) => {
        if (values[at] === '') slot.closest('span')?.remove();
        else slot.replaceWith(`${values[at]}`);
      });
      for (const link of words.querySelectorAll('a')) link.setAttribute('href', `${this.#root}${link.getAttribute('href')}`);
      return words;
    }

    /** Makes one of the results the current one, or none. @param {number} to */
    #go(to) {
      const options = [...this.#list.children];
      options[this.#current]?.setAttribute('aria-selected', 'false');
      this.#current = to;
      const option = options[to];
      if (!option) return this.#field.removeAttribute('aria-activedescendant');
      option.setAttribute('aria-selected', 'true');
      option.scrollIntoView({ block: 'nearest' });
      this.#field.setAttribute('aria-activedescendant', option.id);
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
      if (event.isComposing) return;
      const count = this.#panel.hidden ? 0 : this.#list.children.length;
      const chosen = this.#current >= 0;
      /** @type {Record<string, (() => unknown) | false>} */
      const acts = {
        ArrowDown: () => (count ? this.#go(this.#current + 1 < count ? this.#current + 1 : 0) : this.begin()),
        ArrowUp: () => (count ? this.#go(this.#current > 0 ? this.#current - 1 : count - 1) : this.begin()),
        Home: chosen && (() => this.#go(0)),
        End: chosen && (() => this.#go(count - 1)),
        Enter: () => (count ? this.#follow(event) : this.#wait(event)),
        Escape: (!this.#panel.hidden || this.#field.value !== '') && (() => this.#leave()),
      };
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    }

    /** Goes to the current result, or to the first; keys that open links elsewhere do so here. @param {KeyboardEvent} event */
    #follow({ ctrlKey, metaKey, shiftKey }) {
      const option = this.#list.children[Math.max(this.#current, 0)];
      option.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
    }

    /** Goes to the first result as soon as there is one. @param {KeyboardEvent} event */
    #wait(event) {
      this.#search.entered = event;
      void this.#look();
    }

    /** Closes the results; if they are closed, forgets what was typed. */
    #leave() {
      if (this.#panel.hidden) this.#field.value = '';
      this.#close();
    }
  }

  /** Loads the style sheet of the results, once; without it they are plain. @param {string} href */
  const style = (href) => new Promise((resolve) => {
    if (document.querySelector(`link[href="${href}"]`)) return resolve(null);
    const link = element('link', { rel: 'stylesheet', href });
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });

  /** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} content */
  const element = (name, attributes, ...content) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  };

  /** @param {string} name @param {...(Node | string)} content */
  const line = (name, ...content) => element('span', { class: name }, ...content);

  /** @param {Pieces} pieces */
  const marked = (pieces) => pieces.map(([text, asked]) => {
    if (!asked) return text;
    const mark = document.createElement('mark');
    mark.textContent = text;
    return mark;
  });

  Object(window).stepladder.give({
    attach: (/** @type {Search} */ search) => {
      search.results ??= new Results(search);
      search.results.begin();
    },
  });
}
