// @ts-check
// What leaves the page: texts that are saved as files or copied; and files that are read.

/**
 * @typedef {object} SlFiles
 * @property {(name: string, type: string, text: string) => void} save lets the browser save a text as a file
 * @property {(text: string) => Promise<boolean>} copy puts a text on the clipboard; says whether that was possible
 * @property {(title: string, ending: string) => string} nameOf makes a file's name of a title
 */

{
  /** @type {SlFiles['save']} */
  const save = (name, type, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    // The browser has taken the address by the time that anything else happens.
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** Every page can copy links, so what copies is there. @type {SlFiles['copy']} */
  const copy = (text) => Object(window).stepladder.copy(text);

  /** @type {SlFiles['nameOf']} */
  const nameOf = (title, ending) => {
    const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    return `${words.join('-').slice(0, 80) || 'file'}.${ending}`;
  };

  Object.assign(window, { slFiles: /** @type {SlFiles} */ ({ save, copy, nameOf }) });
}
