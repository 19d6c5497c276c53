// @ts-check
// Where a matrix is divided by track, passes on what the page's address narrows it down to.

customElements.define('sl-matrix-parts', class extends HTMLElement {
  connectedCallback() {
    const query = new URLSearchParams(location.search);
    const wanted = query.getAll('track');
    query.delete('track');
    for (const link of this.querySelectorAll('a')) {
      if (link.dataset.track && query.size) link.search = String(query);
    }
    const [only] = wanted;
    const link = /** @type {HTMLAnchorElement[]} */ ([...this.querySelectorAll('a')]).find(({ dataset }) => dataset.track === only);
    if (wanted.length === 1 && link) location.replace(link.href);
  }
});
