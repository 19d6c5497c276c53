// @ts-check
// Buttons that copy the address of an expectation, or of a heading.

{
  /** For how long the page says that a link was copied, in milliseconds. */
  const MOMENT = 2500;

  /** The words that are shown; a theme in another language has its own here. */
  const WORDS = { copy: 'Copy link', copied: 'Link copied', byHand: 'Copy this address: ', close: 'Close' };

  /** The picture on a button, two links of a chain, as an SVG path. */
  const CHAIN = 'M8.5 11.5a3.2 3.2 0 0 0 4.6 0l2.7-2.7a3.25 3.25 0 0 0-4.6-4.6l-1 1m1.3 3.3a3.2 3.2 0 0 0-4.6 0l-2.7 2.7a3.25 3.25 0 0 0 4.6 4.6l1-1';

  /** What has an address of its own. */
  const PLACES = 'main .lines > li[id], main :is(h2, h3, h4)[id]:not(nav *, dialog *)';

  class CopyLink extends HTMLElement {
    #watch = new MutationObserver(() => this.#add());
    #listeners = new AbortController();
    #timer = 0;
    #note = make('div', { className: 'copy-note' });
    /** The button that was pressed last. @type {HTMLElement | null} */
    #pressed = null;

    connectedCallback() {
      this.#listeners = new AbortController();
      const { signal } = this.#listeners;
      this.#note.setAttribute('role', 'status');
      this.append(this.#note);
      document.addEventListener('click', ({ target }) => {
        const button = target instanceof Element ? target.closest('.copy-link, .copy-close') : null;
        if (button?.matches('.copy-close')) this.#close();
        else if (button instanceof HTMLElement) void this.#copy(button);
      }, { signal });
      document.addEventListener('keydown', ({ key }) => key === 'Escape' && this.#close(), { signal });
      this.#add();
      const main = document.querySelector('main');
      if (main) this.#watch.observe(main, { childList: true, subtree: true });
    }

    disconnectedCallback() {
      this.#listeners.abort();
      this.#watch.disconnect();
    }

    /** Gives every place a button that has none. */
    #add() {
      for (const place of document.querySelectorAll(PLACES)) {
        const known = place.querySelector(':scope > .copy-link');
        if (place.localName !== 'li') {
          // The button is no part of the heading's name, which an edit may change.
          const words = [...place.childNodes].filter((node) => node !== known).map((node) => node.textContent);
          place.setAttribute('aria-label', words.join('').trim());
        }
        const button = known ?? makeButton();
        button.setAttribute('aria-describedby', nameOf(place));
        if (known) continue;
        if (place.localName === 'li') place.prepend(button);
        else place.append(button);
      }
    }

    /** @param {HTMLElement} button */
    async #copy(button) {
      this.#pressed = button;
      const place = button.parentElement?.id ?? '';
      const url = new URL(location.href);
      url.hash = place;
      const copied = await write(url.href);
      if (copied) this.#say([WORDS.copied], MOMENT);
      else this.#offer(url.href);
    }

    /** Shows the address where it can't be copied. @param {string} address */
    #offer(address) {
      const field = make('input', { readOnly: true, value: address });
      const label = make('label', {}, WORDS.byHand, field);
      this.#say([label, ' ', make('button', { className: 'copy-close', type: 'button', ariaLabel: WORDS.close }, '×')]);
      field.focus();
      field.select();
    }

    /** Takes back what is said; who was in there is led back to the button. */
    #close() {
      const isInside = this.contains(document.activeElement);
      this.#say([]);
      if (isInside) this.#pressed?.focus();
    }

    /** Says something for a while, or until something else is said. @param {(Node | string)[]} words @param {number} [moment] */
    #say(words, moment) {
      clearTimeout(this.#timer);
      this.#note.replaceChildren(...words);
      if (moment) this.#timer = setTimeout(() => this.#say([]), moment);
    }
  }

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {Partial<HTMLElementTagNameMap[Name]>} properties
   * @param {...(Node | string)} content
   */
  const make = (name, properties, ...content) => {
    const element = document.createElement(name);
    Object.assign(element, properties).append(...content);
    return element;
  };

  /** A button that copies the address of its place. */
  const makeButton = () => {
    const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    for (const [name, value] of Object.entries({ viewBox: '0 0 20 20', width: '16', height: '16', 'aria-hidden': 'true' })) {
      icon.setAttribute(name, value);
    }
    const path = document.createElementNS(icon.namespaceURI, 'path');
    path.setAttribute('d', CHAIN);
    icon.append(path);
    return make('button', { className: 'copy-link', type: 'button', ariaLabel: WORDS.copy }, icon);
  };

  /** The id of what tells a place from others: the heading, or the sentence without what stands below it. @param {Element} place */
  const nameOf = (place) => {
    const line = place.querySelector(':scope > .line');
    if (!line) return place.id;
    line.id ||= `sl-line-${place.id}`;
    return line.id;
  };

  /** Says whether a text could be copied. @param {string} text */
  const write = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return writeAsSelection(text);
    }
  };

  /** The old way, for pages that are not served securely. @param {string} text */
  const writeAsSelection = (text) => {
    const before = document.activeElement;
    const field = document.createElement('textarea');
    field.className = 'vh';
    field.value = text;
    document.body.append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch {
      // Some browsers refuse it with an error.
    }
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    return done;
  };

  Object.assign(Object(window).stepladder, { copy: write });
  customElements.define('sl-copy-link', CopyLink);
}
