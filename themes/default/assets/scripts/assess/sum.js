// @ts-check
// What the marks come to: progress and gap by competency, the star, and what is not yet consistent.

/**
 * @typedef {HTMLElement & { rows: SlRow[], store: SlStore, words: SlWords, parts: () => (SlPart & { id: string })[],
 *   sum: () => void, refresh: () => void, learn: () => Promise<void> }} SlSheet
 */

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);

  /** @param {SlSheet} sheet @param {{ draw: Function, bar: Function }} charts */
  const sum = (sheet, charts) => {
    const { answers } = sheet.store.record;
    const parts = sheet.parts();
    const select = /** @type {HTMLSelectElement | null} */ (sheet.querySelector('[name=next]'));
    const [here, ...following] = parts;
    const next = following.find(({ id }) => id === select?.value) ?? following[0];
    for (const { id } of following) part(sheet, id)?.toggleAttribute('hidden', id !== next.id);
    for (const place of sheet.querySelectorAll('.assess-next-head, .assess-next-title')) {
      tell(place, part(sheet, next?.id)?.dataset.title ?? '');
    }
    /** @param {SlPart | undefined} of @param {string} key */
    const keys = (of, key) => of?.cells.filter((cell) => cell.key === key).flatMap(({ rows }) => rows.map((row) => row.key)) ?? [];
    /** @type {{ values: (number | null)[], other: boolean }[]} */
    const shapes = [{ values: [], other: true }, { values: [], other: false }];
    for (const line of sheet.querySelectorAll('.assess-progress tbody tr')) {
      const { subject = '' } = /** @type {HTMLElement} */ (line).dataset;
      const [, now, gap, then] = /** @type {HTMLTableRowElement} */ (line).cells;
      const [held, added] = [keys(here, subject), keys(next, subject)];
      const met = held.filter((key) => records.isMet(answers.get(key))).length;
      share(now, met, held.length);
      tell(gap, held.length > met ? sheet.words('gap', { gap: held.length - met }) : sheet.words('gap-none'));
      line.toggleAttribute('hidden', !held.length && !added.length);
      if (then) share(then, added.filter((key) => records.isMet(answers.get(key))).length, added.length);
      shapes[0].values.push(mean([...held, ...added]));
      shapes[1].values.push(mean(held));
    }
    charts.draw(sheet.querySelector('.assess-radar svg'), next ? shapes : shapes.slice(1));
    showMissing(sheet, here);

    /** Nothing where nothing is asked. @param {string[]} keys */
    function mean(keys) {
      const values = keys.map((key) => records.value(answers.get(key)) / 3);
      return values.length ? values.reduce((all, value) => all + value, 0) / values.length : null;
    }

    /** @param {HTMLElement} cell @param {number} met @param {number} all */
    function share(cell, met, all) {
      const text = all ? sheet.words('met', { met, all }) : sheet.words('nothing');
      if (cell.textContent === text) return;
      cell.replaceChildren(text, ...(all ? [charts.bar(met / all)] : []));
    }
  };

  /** @param {SlSheet} sheet @param {string | undefined} id @returns {HTMLElement | undefined} */
  const part = (sheet, id) =>
    /** @type {HTMLElement[]} */ ([...sheet.querySelectorAll('.assess-part')]).find(({ dataset }) => dataset.part === id);

  /** @param {Element} place @param {string} text */
  const tell = (place, text) => {
    if (place.textContent !== text) place.textContent = text;
  };

  /** @param {SlSheet} sheet @param {SlPart} here */
  const showMissing = (sheet, here) => {
    const { answers } = sheet.store.record;
    const items = here.cells.flatMap(({ title, rows }) => rows
      .filter(({ key }) => answers.get(key)?.state && !records.isMet(answers.get(key)))
      .map(({ key, text }) => {
        const item = document.createElement('li');
        const mark = document.createElement('span');
        mark.className = 'quiet';
        mark.textContent = `${title} · ${sheet.words(answers.get(key)?.state ?? '')}`;
        item.append(`${text} `, mark);
        return item;
      }));
    const place = sheet.querySelector('.assess-missing');
    place?.toggleAttribute('hidden', !items.length);
    place?.querySelector('ul')?.replaceChildren(...items);
  };

  Object.assign(window, { slSum: sum });
}
