// @ts-check
// A worksheet's buttons: copy as Markdown, and print.

{
  const files = /** @type {SlFiles} */ (Object(window).slFiles);

  class Worksheet extends HTMLElement {
    connectedCallback() {
      this.addEventListener('click', this);
      for (const button of this.querySelectorAll('button')) button.hidden = false;
    }

    /** @param {Event} event */
    handleEvent({ target }) {
      if (!(target instanceof HTMLButtonElement)) return;
      if (target.dataset.do === 'print') window.print();
      if (target.dataset.do === 'copy') void this.copy();
    }

    async copy() {
      const said = /** @type {HTMLElement} */ (this.querySelector('[role=status]'));
      const source = /** @type {HTMLTemplateElement} */ (this.querySelector('template'));
      const done = await files.copy(source.content.textContent ?? '');
      said.textContent = (done ? this.dataset.copied : this.dataset.failed) ?? '';
    }
  }

  customElements.define('sl-worksheet', Worksheet);
}
