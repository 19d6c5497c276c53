// @ts-check
// Says what a term means while a link to it is pointed at or has the focus. What is said can be pointed at itself, stays until
// it is left, and goes with Escape (WCAG 1.4.13).

{
  /** How long a link is pointed at before the term is explained, and how long after it is left, in milliseconds. */
  const [BEFORE, AFTER] = [250, 200];

  /** The distance between a link and what is said, and that to the window's edge, in pixels. */
  const [GAP, EDGE] = [6, 8];

  class Terms extends HTMLElement {
    /** The link whose term is explained, or is about to be. @type {HTMLAnchorElement | null} */
    #link = null;
    #timer = 0;
    #tip = document.createElement('div');
    #listeners = new AbortController();

    connectedCallback() {
      this.#listeners = new AbortController();
      const { signal } = this.#listeners;
      this.#tip.id = 'sl-term';
      this.#tip.className = 'term-tip';
      this.#tip.setAttribute('role', 'tooltip');
      this.#tip.hidden = true;
      this.append(this.#tip);
      document.addEventListener('pointerover', (event) => event.pointerType !== 'touch' && this.#point(event.target), { signal });
      document.addEventListener('focusin', ({ target }) => this.#focus(target), { signal });
      document.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || this.#tip.hidden) return;
        event.preventDefault();
        this.#hide();
      }, { signal });
      document.addEventListener('scroll', () => this.#place(), { signal, passive: true, capture: true });
      addEventListener('resize', () => this.#place(), { signal });
      // The script is loaded when a link is first pointed at or has the focus.
      this.#point(document.querySelector('main a[href]:hover'));
      if (!this.#link) this.#focus(document.activeElement);
    }

    disconnectedCallback() {
      this.#hide();
      this.#listeners.abort();
    }

    /** @param {EventTarget | null} target */
    #point(target) {
      const link = linkAt(target);
      if (link && link !== this.#link) this.#soon(() => this.#explain(link), BEFORE);
      else if (link || this.#link === document.activeElement || (target instanceof Node && this.#tip.contains(target))) clearTimeout(this.#timer);
      else this.#soon(() => this.#hide(), AFTER);
    }

    /** @param {EventTarget | null} target */
    #focus(target) {
      const link = linkAt(target);
      if (link?.matches(':focus-visible')) this.#soon(() => this.#explain(link), 0);
      else if (this.#link) this.#hide();
    }

    /** @param {() => unknown} act @param {number} pause */
    #soon(act, pause) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(act, pause);
    }

    /** @param {HTMLAnchorElement} link */
    async #explain(link) {
      this.#hide();
      this.#link = link;
      const root = this.dataset.root ?? './';
      // @ts-expect-error data.js, which is loaded before, defines it.
      const terms = await window.stepladder.load(`${root}assets/terms.js`).catch(() => null);
      const found = terms && Object.entries(terms).find(([url]) => new URL(root + url, document.baseURI).href === link.href.split('#')[0]);
      if (this.#link !== link || !link.isConnected) return;
      if (!found) {
        this.#link = null;
        return;
      }
      const [, [title, meaning]] = found;
      const name = document.createElement('b');
      name.textContent = title;
      this.#tip.replaceChildren(name, ' ', meaning);
      this.#tip.hidden = false;
      link.setAttribute('aria-describedby', this.#tip.id);
      this.#place();
    }

    #hide() {
      clearTimeout(this.#timer);
      if (this.#link?.getAttribute('aria-describedby') === this.#tip.id) this.#link.removeAttribute('aria-describedby');
      this.#link = null;
      this.#tip.hidden = true;
    }

    /** Puts what is said below the link, or above it where there is more room, and never beyond the window. */
    #place() {
      if (this.#tip.hidden || !this.#link) return;
      const { clientWidth, clientHeight } = document.documentElement;
      const lines = [...this.#link.getClientRects()];
      const [first, last] = [lines[0], lines.at(-1)];
      if (!first || !last || last.bottom < 0 || first.top > clientHeight) return this.#hide();
      const { width, height } = this.#tip.getBoundingClientRect();
      const left = Math.max(EDGE, Math.min(last.left, clientWidth - width - EDGE));
      const below = last.bottom + GAP + height + EDGE <= clientHeight || first.top < clientHeight - last.bottom;
      const top = below ? last.bottom + GAP : first.top - GAP - height;
      this.#tip.style.setProperty('left', `${left}px`);
      this.#tip.style.setProperty('top', `${Math.max(EDGE, Math.min(top, clientHeight - height - EDGE))}px`);
    }
  }

  /** The link in a page's own part that something belongs to. @param {EventTarget | null} target */
  const linkAt = (target) => {
    const link = target instanceof Element ? target.closest('main a[href]') : null;
    return link instanceof HTMLAnchorElement && !link.matches('.terms a') ? link : null;
  };

  customElements.define('sl-terms', Terms);
}
