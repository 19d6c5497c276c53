// @ts-check
// Says what has changed in the guide since something was marked: what is new, reworded, or no longer there.

{
  const { isReworded, isNew } = Object(window).slRows;

  /** @param {SlSheet} sheet @returns {SlRow[]} what is new, each once */
  const added = ({ rows, store }) => [...new Map(rows.map((row) => [row.key, row])).values()].filter((row) => isNew(row, store.record));

  /** @param {SlSheet} sheet */
  const showChanges = (sheet) => {
    const { answers } = sheet.store.record;
    const rows = new Map(sheet.rows.map((row) => [row.key, row]));
    const gone = [...answers].filter(([key]) => !rows.has(key));
    const reworded = [...rows.values()].filter((row) => isReworded(row, answers.get(row.key)));
    const numbers = Object.entries({ added: added(sheet).length, reworded: reworded.length, gone: gone.length });
    const said = numbers.filter(([, count]) => count).map(([what, count]) => sheet.words(`changed-${what}`, { count }));
    toggle(sheet, '.assess-changed', said.length > 0);
    if (said.length) tell(sheet, '.assess-changed-said', [sheet.words('changed'), ...said].join(' '));
    toggle(sheet, '[data-do=known]', added(sheet).length > 0);
    toggle(sheet, '.assess-gone', gone.length > 0);
    tell(sheet, '.assess-gone-count', String(gone.length));
    sheet.querySelector('.assess-gone ul')?.replaceChildren(...gone.map(([key, answer]) => goneItem(sheet, key, answer)));
  };

  /** @param {SlSheet} sheet @param {string} key @param {SlAnswer} answer */
  const goneItem = (sheet, key, { state, text, note }) => {
    const item = document.createElement('li');
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: sheet.words('remove') });
    Object.assign(button.dataset, { do: 'remove', key });
    button.setAttribute('aria-label', `${sheet.words('remove')}: ${text}`);
    const mark = Object.assign(document.createElement('b'), { textContent: sheet.words(state || 'none') });
    item.append(mark, ` ${text} `, ...(note ? [Object.assign(document.createElement('q'), { textContent: note, dir: 'auto' }), ' '] : []), button);
    return item;
  };

  /** @param {SlSheet} sheet @param {string} words @param {boolean} shown */
  const toggle = (sheet, words, shown) => sheet.querySelector(words)?.toggleAttribute('hidden', !shown);

  /** @param {SlSheet} sheet @param {string} words @param {string} text */
  const tell = (sheet, words, text) => {
    const place = sheet.querySelector(words);
    if (place && place.textContent !== text) place.textContent = text;
  };

  Object.assign(window, { slChanges: showChanges, slAdded: added });
}
