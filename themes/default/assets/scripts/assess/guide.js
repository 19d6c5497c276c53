// @ts-check
// What the whole guide asks, not this page alone; and marks that follow a sentence which moved in it.

/**
 * @typedef {object} SlGuide
 * @property {(level: string) => boolean} hasLevel whether a level with this id is there
 * @property {(key: string) => boolean} has whether an expectation is there, by level and permanent id
 */

{
  /** @param {string} root the guide's root @returns {Promise<SlGuide | null>} nothing where it can't be known */
  const learn = async (root) => {
    const data = await Object(window).stepladder.load(`${root}assets/expectations.js`).catch(() => null);
    if (!data) return null;
    /** @type {Map<string, Set<string>>} */
    const levels = new Map(Object.entries(data).map(([level, hashes]) => [level, new Set(hashes.match(/.{6}/g))]));
    return { hasLevel: (level) => levels.has(level), has: (key) => !!levels.get(levelOf(key))?.has(hash(idOf(key))) };
  };

  /** The upper 24 bits of FNV-1a. @param {string} id */
  const hash = (id) => {
    const bits = new TextEncoder().encode(id).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
    return (bits >>> 8).toString(16).padStart(6, '0');
  };

  /** @param {string} key */
  const levelOf = (key) => key.slice(0, key.lastIndexOf('#'));

  /** @param {string} key */
  const idOf = (key) => key.slice(key.lastIndexOf('#') + 1);

  /**
   * Marks of what is gone go to the same sentence elsewhere; those of a level that is gone, to the same id of another.
   * @param {Map<string, SlAnswer>} answers @param {SlRow[]} rows @param {SlGuide} guide
   * @returns {boolean} whether any did
   */
  const follow = (answers, rows, guide) => {
    const asked = new Set(rows.map(({ key }) => key));
    const gone = new Map([...answers].filter(([key]) => !asked.has(key) && !guide.has(key)));
    const before = gone.size;
    const take = (/** @type {(row: SlRow, key: string, answer: SlAnswer) => boolean} */ isSame) => {
      for (const row of gone.size ? rows : []) {
        const [key, answer] = answers.has(row.key) ? [] : [...gone].find(([key, answer]) => isSame(row, key, answer)) ?? [];
        if (key === undefined || !answer) continue;
        answers.set(row.key, answer);
        answers.delete(key);
        gone.delete(key);
      }
    };
    take(({ text, subject }, key, answer) => answer.text === text && answer.subject === subject);
    take((row, key, { subject }) => subject === row.subject && idOf(key) === idOf(row.key) && !guide.hasLevel(levelOf(key)));
    return gone.size < before;
  };

  Object.assign(window, { slGuide: { learn, follow } });
}
