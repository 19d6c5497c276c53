// @ts-check
// The search in the header: a field that loads the rest when it is first used. search/results.js lists what is found.

{
  /** What the field needs beside its name (the combobox pattern of the ARIA Authoring Practices). */
  const FIELD = {
    type: 'text', role: 'combobox', 'aria-keyshortcuts': '/', 'aria-expanded': 'false', 'aria-controls': 'sl-found',
    'aria-autocomplete': 'list', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', inputmode: 'search', enterkeyhint: 'go',
  };

  class Search extends HTMLElement {
    /** What search/results.js has made of it, once that is loaded. @type {{ begin: () => void } | null} */
    results = null;
    /** Enter, pressed before there were results. @type {KeyboardEvent | null} */
    entered = null;
    listeners = new AbortController();

    connectedCallback() {
      const field = this.querySelector('input');
      if (!field) return;
      this.listeners = new AbortController();
      const { signal } = this.listeners;
      this.#complete(field);
      this.#show(true);
      field.addEventListener('focus', () => this.#begin(), { signal });
      field.addEventListener('input', () => this.results || this.#begin(), { signal });
      field.addEventListener('keydown', (event) => this.#key(event), { signal });
      document.addEventListener('keydown', (event) => this.#shortcut(field, event), { signal });
    }

    disconnectedCallback() {
      this.listeners.abort();
      this.results = null;
    }

    /** Adds what only scripts need: the hint, the list of results, and what is said of them. @param {HTMLInputElement} field */
    #complete(field) {
      for (const [name, value] of Object.entries(FIELD)) field.setAttribute(name, value);
      if (this.querySelector('.search-panel')) return;
      const key = element('kbd', { 'aria-hidden': 'true' }, '/');
      const list = element('div', { id: 'sl-found', role: 'listbox' });
      const panel = element('div', { class: 'search-panel', tabindex: '-1', hidden: '' }, list, element('p', { class: 'search-note' }));
      field.after(key, panel, element('p', { class: 'vh', role: 'status' }));
    }

    /** Shows the field, or the link that is there without scripts. @param {boolean} isUsable */
    #show(isUsable) {
      this.querySelector('.search-box')?.toggleAttribute('hidden', !isUsable);
      this.querySelector('.search-away')?.toggleAttribute('hidden', isUsable);
    }

    /** Loads the list of results, which goes on. */
    #begin() {
      if (this.results) return this.results.begin();
      const loading = Object(window).stepladder.load(`${this.dataset.root ?? './'}assets/scripts/search/results.js`);
      loading.then((/** @type {{ attach: (search: Search) => void }} */ { attach }) => attach(this)).catch(() => this.#show(false));
    }

    /** Keeps Enter until there are results. @param {KeyboardEvent} event */
    #key(event) {
      if (this.results || event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      this.entered = event;
    }

    /** Goes to the field from anywhere, unless somebody is typing. @param {HTMLInputElement} field @param {KeyboardEvent} event */
    #shortcut(field, event) {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
      const [target] = event.composedPath();
      if (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))) return;
      event.preventDefault();
      field.focus();
      field.select();
    }
  }

  /** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} content */
  const element = (name, attributes, ...content) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  };

  customElements.define('sl-search', Search);
}
