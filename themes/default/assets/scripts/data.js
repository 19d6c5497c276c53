// @ts-check
// Data that the build made for scripts. It comes as scripts too, for a page that was opened from disk may load nothing else.

{
  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();

  /** @type {Map<string, any>} */
  const given = new Map();

  /**
   * Loads a file of data, once for a page. A file that could not be loaded is asked for again the next time.
   * @param {string} url its address, as the page would link it
   * @returns {Promise<any>} what the file gives
   */
  const load = (url) => {
    const address = new URL(url, document.baseURI).href;
    const known = asked.get(address);
    if (known) return known;
    const loading = new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = address;
      const end = () => {
        script.remove();
        if (given.has(address)) return resolve(given.get(address));
        if (asked.get(address) === loading) asked.delete(address);
        reject(new Error(`${address} could not be loaded`));
      };
      script.onload = end;
      script.onerror = end;
      document.head.append(script);
    });
    asked.set(address, loading);
    return loading;
  };

  /** What a file of data calls with what it holds. @param {any} data */
  const give = (data) => {
    const script = /** @type {HTMLScriptElement} */ (document.currentScript);
    given.set(script.src, data);
  };

  /** The anchor of a sentence in plain English: its first words. @param {string} sentence */
  const anchorOf = (sentence) => {
    const whole = sentence.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
    const cut = whole.slice(0, 56);
    return whole.length > 56 && cut.includes('-') ? cut.slice(0, cut.lastIndexOf('-')) : cut;
  };

  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);

  /** Loads what explains terms when a link is first pointed at or has the focus. @param {Event} event */
  const explain = ({ target }) => {
    const isLink = target instanceof Element && target.closest('main a[href]');
    if (!isLink || !document.querySelector('sl-terms')) return;
    for (const event of ['pointerover', 'focusin']) document.removeEventListener(event, explain);
    const script = document.createElement('script');
    script.src = new URL('terms.js', src).href;
    document.head.append(script);
  };
  for (const event of ['pointerover', 'focusin']) document.addEventListener(event, explain);

  /** Has everything loaded anew when it is next asked for. The live preview calls it when the site has changed. */
  const forget = () => {
    asked.clear();
    given.clear();
  };

  Object.assign(window, { stepladder: { load, give, forget, anchorOf } });
}
