// @ts-check
// What a reader can do with the whole of a self-assessment: save, load, copy, print, clear.

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);
  const files = /** @type {SlFiles} */ (Object(window).slFiles);

  /** What takes back what was done last. @type {(() => void) | undefined} */
  let undo;

  /** @param {SlSheet} sheet @param {HTMLButtonElement} button */
  const act = (sheet, button) => {
    const { do: what = '', key = '' } = button.dataset;
    if (button.closest('.assess-pair')) return Object(window).slPair(sheet, button);
    if (button.closest('.assess-status')) return answerStatus(sheet, button);
    if (what === 'save') save(sheet);
    if (what === 'load') choose(sheet, '.assess-file', ([file]) => load(sheet, file));
    if (what === 'copy') void files.copy(markdown(sheet)).then((done) => say(sheet, sheet.words(done ? 'copied' : 'not-copied')));
    if (what === 'markdown') saveAs(sheet, 'md', 'text/markdown', markdown(sheet));
    if (what === 'print') window.print();
    if (what === 'clear') void clear(sheet);
    if (what === 'known') {
      change(sheet, sheet.words('known'), ({ known }) => sheet.rows.forEach(({ key }) => known.add(key)));
      goOn(sheet);
    }
    if (what === 'unreadable') files.save(files.nameOf(`self-assessment ${today()}`, 'txt'), 'text/plain', sheet.store.unreadable());
    if (what === 'forget') {
      sheet.store.forget();
      sheet.refresh();
      goOn(sheet);
    }
    if (what === 'remove') {
      const at = [...sheet.querySelectorAll('[data-do=remove]')].indexOf(button);
      change(sheet, sheet.words('removed'), ({ answers }) => answers.delete(key));
      const left = [...sheet.querySelectorAll('[data-do=remove]')];
      goOn(sheet, left[at] ?? left.at(-1));
    }
  };

  /** The reader's day, as `2026-11-22`. */
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  };

  /** What is marked, as a file has it. @param {SlSheet} sheet @returns {SlRecord} */
  const record = (sheet) => {
    const { guide = '', level = '', title = '' } = sheet.dataset;
    return { ...sheet.store.record, guide, level: { id: level, title }, date: today() };
  };

  /** @param {SlSheet} sheet */
  const save = (sheet) => saveAs(sheet, 'json', 'application/json', records.write(record(sheet)));

  /** @param {SlSheet} sheet @param {string} ending @param {string} type @param {string} text */
  const saveAs = (sheet, ending, type, text) => {
    const { name, date, level } = record(sheet);
    const file = files.nameOf(`self-assessment ${level.title} ${name} ${date}`, ending);
    files.save(file, type, text);
    say(sheet, sheet.words('saved', { file }));
  };

  /** @param {SlSheet} sheet @returns {string} */
  const markdown = (sheet) => 
    Object(window).slToMarkdown(record(sheet), sheet.parts(), Object(window).slAdded(sheet), sheet.words);

  /**
   * Has the reader choose files.
   * @param {SlSheet} sheet @param {string} words @param {(files: File[]) => unknown} then
   */
  const choose = (sheet, words, then) => {
    const field = /** @type {HTMLInputElement} */ (sheet.querySelector(words));
    field.value = '';
    field.onchange = () => field.files?.length && then([...field.files]);
    field.click();
  };

  /** Reads a file, as the guide is now; says what is wrong with it. @param {SlSheet} sheet @param {File} file @returns {Promise<SlRecord | string>} */
  const readFile = async (sheet, file) => {
    const text = await file.text().catch(() => '');
    const found = records.read(text);
    if (!('record' in found)) return sheet.words(found.problem, { file: file.name });
    await sheet.learn();
    const { guide, rows } = sheet.store;
    if (guide) Object(window).slGuide.follow(found.record.answers, rows, guide);
    return found.record;
  };

  /** Whether a file is about the page's level, which may have had another id. @param {SlSheet} sheet @param {SlRecord} file */
  const isAbout = ({ dataset, store: { guide, rows } }, { level, answers }) =>
    level.id === dataset.level || (guide?.hasLevel(level.id) === false && rows.some(({ key }) => answers.has(key)));

  /** @param {SlSheet} sheet @param {File} file */
  const load = async (sheet, file) => {
    const found = await readFile(sheet, file);
    if (typeof found === 'string') return say(sheet, found);
    const keys = new Set(sheet.rows.map(({ key }) => key));
    const isSame = isAbout(sheet, found);
    const fits = [...found.answers].filter(([key]) => keys.has(key));
    const about = { file: file.name, level: found.level.title, guide: found.guide };
    if (!found.answers.size) return say(sheet, sheet.words('empty', about));
    if (!fits.length) return say(sheet, sheet.words('unfit', about));
    // What a file about this level has beyond the guide was in it once.
    const { guide } = sheet.store;
    const taken = isSame ? [...found.answers].filter(([key]) => keys.has(key) || !guide?.has(key)) : fits;
    let how = 'replace';
    if (sheet.store.record.answers.size) {
      how = await ask(sheet, 'merge', { ...about, date: found.date || '–', count: found.answers.size });
      if (!how) return;
    }
    const left = found.answers.size - taken.length;
    const said = sheet.words(left ? 'loaded-part' : 'loaded', { ...about, count: taken.length, left });
    const stranger = found.guide === sheet.dataset.guide ? '' : ` ${sheet.words('other-guide', about)}`;
    change(sheet, said + stranger, (record) => {
      if (how === 'replace') {
        record.answers.clear();
        // What a file about another level does not ask is not new for that.
        record.known = new Set(found.level.id === sheet.dataset.level ? found.known : []);
      }
      for (const [key, answer] of taken) {
        if (!record.answers.has(key)) record.answers.set(key, answer);
        if (record.known.size) record.known.add(key);
      }
      if (how === 'replace' || !record.name) record.name = found.name;
      if (isSame && (how === 'replace' || !record.next)) record.next = found.next;
    });
  };

  /** @param {SlSheet} sheet */
  const clear = async (sheet) => {
    const how = await ask(sheet, 'clear', {});
    if (!how) return;
    const back = sheet.store.remember();
    sheet.store.forget();
    if (how === 'all') sheet.store.clear();
    change(sheet, sheet.words(how === 'all' ? 'cleared-all' : 'cleared'), (record) => {
      record.answers.clear();
      record.known.clear();
      record.name = '';
    }, back);
  };

  /** Changes what is kept in a way that can be undone. @param {SlSheet} sheet @param {string} said @param {(record: SlRecord) => void} how @param {() => void} [back] */
  const change = (sheet, said, how, back = sheet.store.remember()) => {
    sheet.store.update(how);
    sheet.refresh();
    say(sheet, said, back);
  };

  /** Asks; gives the value of the button that was chosen. @param {SlSheet} sheet @param {string} what @param {Record<string, string | number>} fill @returns {Promise<string>} */
  const ask = (sheet, what, fill) => new Promise((resolve) => {
    const dialog = /** @type {HTMLDialogElement} */ (sheet.querySelector(`dialog[data-ask=${what}]`));
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll('[data-text]'))) {
      place.textContent = (place.dataset.text ?? '').replace(/\{(\w+)\}/g, (whole, name) => String(fill[name] ?? whole));
    }
    dialog.returnValue = '';
    dialog.onclick = ({ target }) => target instanceof HTMLButtonElement && target.matches('[value]') && dialog.close(target.value);
    dialog.onclose = () => resolve(dialog.returnValue);
    dialog.showModal();
  });

  /** Says what happened; and how it can be undone. @param {SlSheet} sheet @param {string} text @param {(() => void)} [back] */
  const say = (sheet, text, back) => {
    const status = /** @type {HTMLElement} */ (sheet.querySelector('.assess-status'));
    const [words, button] = /** @type {HTMLElement[]} */ ([...status.children]);
    undo = back;
    button.textContent = sheet.words('undo');
    button.hidden = !back;
    status.hidden = false;
    words.textContent = text;
  };

  /** @param {SlSheet} sheet @param {HTMLButtonElement} button */
  const answerStatus = (sheet, button) => {
    /** @type {HTMLElement} */ (sheet.querySelector('.assess-status')).hidden = true;
    if (!button.matches('.assess-dismiss')) undo?.();
    undo = undefined;
    sheet.refresh();
    goOn(sheet);
  };

  /** Has the reader go on where what was pressed is gone. @param {SlSheet} sheet @param {Element} [there] */
  const goOn = (sheet, there) => /** @type {HTMLElement} */ (there ?? sheet.querySelector('[data-do=save]')).focus();

  /** Takes back what was said, and the offer to undo, for it would undo what was entered since, too. @param {SlSheet} sheet */
  const withdraw = (sheet) => {
    const status = /** @type {HTMLElement} */ (sheet.querySelector('.assess-status'));
    const isInside = status.contains(document.activeElement);
    undo = undefined;
    status.hidden = true;
    if (isInside) goOn(sheet);
  };

  Object.assign(window, { slTools: act, slWithdraw: withdraw, slFileOf: { choose, readFile, isAbout, record } });
}
