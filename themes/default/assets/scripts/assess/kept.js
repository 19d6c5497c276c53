// @ts-check
// What a browser keeps of a guide: one mark for each expectation, on however many pages it is asked.

/**
 * @typedef {{ next: string, known: Set<string> }} SlKeptPage what is kept of one page, as in a record
 * @typedef {object} SlKept
 * @property {string} name whose it is
 * @property {Map<string, SlKeptPage>} pages by level
 * @property {Map<string, SlAnswer>} answers by level and permanent id
 */

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);
  const FORMAT = 'stepladder-marks';
  const VERSION = 1;

  /** @returns {SlKept} */
  const nothing = () => ({ name: '', pages: new Map(), answers: new Map() });

  /** As text; empty where there is nothing to keep. @param {SlKept} kept */
  const write = ({ name, pages, answers }) => {
    if (!name && !answers.size && ![...pages.values()].some(({ next }) => next)) return '';
    const list = [...pages].map(([level, { next, known }]) => ({ level, next, known: [...known] }));
    return JSON.stringify({ format: FORMAT, version: VERSION, name, pages: list, answers: records.toList(answers) });
  };

  /** @param {string} text @returns {{ kept: SlKept } | { problem: 'damaged' | 'newer' }} */
  const read = (text) => {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      return { problem: 'damaged' };
    }
    if (data?.format === FORMAT && Number(data.version) > VERSION) return { problem: 'newer' };
    const answers = data?.format === FORMAT ? records.fromList(data.answers) : null;
    if (!answers || typeof data.name !== 'string' || !Array.isArray(data.pages) || !data.pages.every(isPage)) return { problem: 'damaged' };
    const pages = data.pages.map((/** @type {any} */ { level, next, known }) => [level, { next, known: new Set(known) }]);
    return { kept: { name: data.name, pages: new Map(pages), answers } };
  };

  /** @param {any} page */
  const isPage = (page) => typeof page?.level === 'string' && typeof page.next === 'string' && Array.isArray(page.known);

  /**
   * Adds what was kept of one level alone. Where a sentence was marked on two pages in two ways, the note says so.
   * @param {SlKept} kept @param {SlRecord} record @param {SlWords} words
   */
  const add = (kept, { name, level, next, known, answers }, words) => {
    kept.name ||= name;
    if (!kept.pages.has(level.id)) kept.pages.set(level.id, { next, known });
    for (const [key, theirs] of answers) {
      const mine = kept.answers.get(key);
      const other = mine?.state && theirs.state && mine.state !== theirs.state ? `${words(theirs.state)}: ` : '';
      const notes = mine?.note === theirs.note && !other ? [mine.note] : [mine?.note, other + theirs.note];
      kept.answers.set(key, { ...theirs, ...mine, state: mine?.state || theirs.state, note: notes.filter(Boolean).join('\n\n') });
    }
  };

  Object.assign(window, { slKept: { nothing, write, read, add } });
}
