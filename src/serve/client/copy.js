// @ts-check
// Buttons that copy the text beside them. Without this script, the text can still be selected.

import { announce } from './panel.js';

/** How long a button says that it has copied, in milliseconds. */
const CONFIRMATION_TIME = 2000;

/** The attribute of a button that copies the text of the element before it. */
const COPIES = 'data-stepladder-copies';

/**
 * Copies the text before a button. Where the browser has no access to the clipboard, as on a page that didn't come by
 * HTTPS from this machine, the text is selected instead.
 * @param {Element} button
 */
async function copy(button) {
  const source = button.previousElementSibling;
  if (!source) return;
  const isCopied = await writeToClipboard(source.textContent ?? '');
  if (!isCopied) getSelection()?.selectAllChildren(source);
  const text = isCopied ? 'Copied' : 'Selected';
  announce(isCopied ? 'Copied.' : 'The text is selected. Copy it with the keyboard.');
  button.textContent = text;
  setTimeout(() => (button.textContent = 'Copy'), CONFIRMATION_TIME);
}

/** Returns whether the browser allowed it. @param {string} text */
async function writeToClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

// Events of the shadow tree have the button at the start of their path.
addEventListener('click', (event) => {
  const [target] = event.composedPath();
  if (target instanceof Element && target.hasAttribute(COPIES)) copy(target);
});
