// @ts-check
// Keeps the visible content at its place in the window while the page changes.

/**
 * Saves the scroll position, relative to the visible blocks, and the focus. Returns a function that restores both after a
 * change.
 * @returns {() => void}
 */
export function saveScroll() {
  const positions = scrollY > 0 ? [...visibleBlocks(document.body)] : [];
  const focus = document.activeElement;
  return () => {
    const position = positions.find(({ element }) => element.isConnected);
    const shift = position ? position.element.getBoundingClientRect().top - position.top : 0;
    if (shift) scrollBy({ top: shift, behavior: 'instant' });
    if (focus instanceof HTMLElement && focus.isConnected && focus !== document.activeElement) {
      focus.focus({ preventScroll: true });
    }
  };
}

/** @typedef {{ element: Element, top: number }} BlockPosition */

/**
 * The blocks in the window from its top on, inner ones first. Blocks that don't scroll with the page are skipped.
 * @param {Element} parent
 * @returns {Generator<BlockPosition>}
 */
function* visibleBlocks(parent) {
  for (const element of parent.children) {
    const { top, bottom, height } = element.getBoundingClientRect();
    if (bottom <= 0 || !height) continue;
    if (top >= innerHeight) return;
    const { display, position } = getComputedStyle(element);
    if (display.startsWith('inline') || position === 'fixed' || position === 'sticky') continue;
    yield* visibleBlocks(element);
    yield { element, top };
  }
}
