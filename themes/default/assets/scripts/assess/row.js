// @ts-check
// One sentence of a self-assessment: its buttons, its note, and what is said when it was reworded or is new.

/**
 * @typedef {object} SlRow
 * @property {HTMLTableRowElement} row
 * @property {string} key
 * @property {string} text the sentence as it stands on the page
 * @property {string} subject
 */

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);
  let made = 0;

  /** The sentence of a row and the key under which its mark is kept. @param {HTMLTableRowElement} row @returns {SlRow} */
  const see = (row) => {
    const level = row.closest('tbody')?.dataset.level ?? '';
    const cell = /** @type {HTMLElement | null} */ (row.closest('.assess-cell'));
    const text = (row.cells[0].textContent ?? '').replace(/\s+/g, ' ').trim();
    return { row, key: `${level}#${row.dataset.id}`, text, subject: cell?.dataset.title ?? '' };
  };

  /** Gives a row its buttons, if it has none yet. @param {SlRow} seen @param {SlWords} words */
  const furnish = ({ row, text }, words) => {
    if (!row.querySelector('input')) {
      const name = `sl-mark-${made++}`;
      records.states.forEach((state, at) => {
        const label = document.createElement('label');
        const button = document.createElement('input');
        Object.assign(button, { type: 'radio', name, value: state });
        label.append(button);
        row.cells[at + 1].append(label);
      });
      const note = document.createElement('textarea');
      note.rows = 1;
      // In whatever script it is written.
      note.dir = 'auto';
      row.cells[5].append(note);
    }
    for (const field of row.querySelectorAll('input, textarea')) {
      const what = field instanceof HTMLInputElement ? field.value : 'evidence';
      const label = `${words(what)}: ${text}`;
      if (field.getAttribute('aria-label') !== label) field.setAttribute('aria-label', label);
    }
  };

  /** Shows what is kept of a row. @param {SlRow} seen @param {SlRecord} record @param {SlWords} words */
  const show = (seen, record, words) => {
    const { row } = seen;
    const answer = record.answers.get(seen.key);
    for (const button of row.querySelectorAll('input')) button.checked = button.value === answer?.state;
    const note = row.querySelector('textarea');
    if (note && note.value !== (answer?.note ?? '')) note.value = answer?.note ?? '';
    const paper = row.cells[5];
    if ((paper.dataset.note ?? '') !== (answer?.note ?? '')) paper.dataset.note = answer?.note ?? '';
    const reworded = isReworded(seen, answer);
    row.classList.toggle('assess-look', reworded);
    remark(row, 'assess-reworded', reworded ? words('reworded', { old: answer?.text ?? '' }) : '', words('holds'));
    remark(row, 'assess-new', isNew(seen, record) ? words('new') : '');
  };

  /** @param {SlRow} seen @param {SlAnswer | undefined} answer */
  const isReworded = (seen, answer) => !!answer && answer.text !== seen.text;

  /** Whether a sentence came to the guide after others were marked. @param {SlRow} seen @param {SlRecord} record */
  const isNew = ({ key }, { known, answers }) => answers.size > 0 && known.size > 0 && !known.has(key) && !answers.has(key);

  /** Says something of a sentence, or takes that away. @param {HTMLTableRowElement} row @param {string} name @param {string} said @param {string} [holds] */
  const remark = (row, name, said, holds) => {
    const old = row.querySelector(`.${name}`);
    if ((old?.firstChild?.textContent ?? '') === said) return;
    old?.remove();
    if (!said) return;
    const box = document.createElement('div');
    box.className = name;
    box.append(Object.assign(document.createElement('p'), { textContent: said }));
    if (holds) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: holds });
      button.dataset.do = 'holds';
      box.append(button);
    }
    row.cells[5].prepend(box);
  };

  Object.assign(window, { slRows: { see, furnish, show, isReworded, isNew } });
}
