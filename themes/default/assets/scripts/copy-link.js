// @ts-check
// Buttons that copy the address of an expectation, or of a heading.

{
  /** For how long the page says that a link was copied, in milliseconds. */
  const MOMENT = 2500;

  /** What has an address of its own. */
  const PLACES = 'main .lines > li[id], main :is(h2, h3, h4)[id]:not(nav *, dialog *)';

  class CopyLink extends HTMLElement {
    #watch = new MutationObserver(() => this.#add());
    #listeners = new AbortController();
    #timer = 0;
    /** The button that was pressed last. @type {HTMLElement | null} */
    #pressed = null;

    connectedCallback() {
      this.#listeners = new AbortController();
      const { signal } = this.#listeners;
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

    /** @param {string} name @returns {DocumentFragment} */
    #part(name) {
      const template = this.querySelector(`template[data-part="${name}"]`);
      return template instanceof HTMLTemplateElement ? document.importNode(template.content, true) : new DocumentFragment();
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
        const button = known ?? this.#part('button').firstElementChild;
        if (!button) return;
        button.setAttribute('aria-describedby', nameOf(place));
        if (known) continue;
        const link = place.querySelector(':scope > .permalink');
        link?.setAttribute('tabindex', '-1');
        if (link) link.after(button);
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
      if (copied) this.#say(this.#part('copied'), MOMENT);
      else this.#offer(url.href);
    }

    /** Shows the address where it can't be copied. @param {string} address */
    #offer(address) {
      this.#say(this.#part('by-hand'));
      const field = this.querySelector('input');
      if (!field) return;
      field.value = address;
      field.focus();
      field.select();
    }

    /** Takes back what is said; who was in there is led back to the button. */
    #close() {
      const isInside = this.contains(document.activeElement);
      this.#say(null);
      if (isInside) this.#pressed?.focus();
    }

    /** Says something for a while, or until something else is said. @param {DocumentFragment | null} words @param {number} [moment] */
    #say(words, moment) {
      clearTimeout(this.#timer);
      const note = this.querySelector('.copy-note');
      note?.replaceChildren(...(words ? [words] : []));
      if (moment) this.#timer = setTimeout(() => this.#say(null), moment);
    }
  }

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
