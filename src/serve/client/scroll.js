// @ts-check
// Keeps what the reader looks at where it is while the page changes around it.

/**
 * Remembers where the reader is. Call the answer after the change to go back there.
 * @returns {() => void}
 */
export function holdPlace() {
  const marks = scrollY > 0 ? [...seen(document.body)] : [];
  const focus = document.activeElement;
  return () => {
    const mark = marks.find(({ element }) => element.isConnected);
    const moved = mark ? mark.element.getBoundingClientRect().top - mark.top : 0;
    if (moved) scrollBy({ top: moved, behavior: 'instant' });
    if (focus instanceof HTMLElement && focus.isConnected && focus !== document.activeElement) {
      focus.focus({ preventScroll: true });
    }
  };
}

/** @typedef {{ element: Element, top: number }} Mark */

/**
 * The blocks in the window from its top on, inner ones first. What doesn't move with the page tells nothing.
 * @param {Element} parent
 * @returns {Generator<Mark>}
 */
function* seen(parent) {
  for (const element of parent.children) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (bottom <= 0 || !height) continue;
    if (top >= innerHeight) return;
    const { display, position } = getComputedStyle(element);
    if (display.startsWith('inline') || position === 'fixed' || position === 'sticky') continue;
    yield* seen(element);
    yield { element, top };
  }
}
