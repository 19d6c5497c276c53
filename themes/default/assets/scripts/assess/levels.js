// @ts-check
// The levels of a sheet, and what applies at each: its own expectations and, by reference, those of the levels it builds on.

/**
 * @typedef {object} SlLine
 * @property {string} level the id of the level that it was written for
 * @property {string} id its permanent id, which the sheet has only where the sentence doesn't imply it
 * @property {string} key by level and permanent id, as marks are kept
 * @property {HTMLElement} item the sentence on the sheet
 *
 * @typedef {object} SlCell what applies in one competency, or under a heading of the level's own
 * @property {string} title
 * @property {string} url
 * @property {boolean} isOwn whether it is a heading of the level's own, which no other level takes over
 * @property {SlLine[]} lines
 * @property {SlLine[]} inherited nearest level first
 *
 * @typedef {object} SlPlace another level
 * @property {string} id
 * @property {HTMLAnchorElement} link
 * @property {DOMStringMap} data
 *
 * @typedef {object} SlLevel
 * @property {string} id
 * @property {string} anchor
 * @property {boolean} isHome whether its self-assessment is on this sheet
 * @property {string} title
 * @property {string} name the title with its code
 * @property {HTMLAnchorElement} link
 * @property {SlPlace[]} bases
 * @property {SlPlace[]} next
 * @property {Map<string, SlCell>} own what is written for it
 */

{
  /** @param {HTMLElement} sheet @returns {Map<string, SlLevel>} */
  const read = (sheet) => {
    const sections = /** @type {HTMLElement[]} */ ([...sheet.querySelectorAll('.assess-level')]);
    return new Map(sections.map((section) => [section.dataset.level ?? '', level(section)]));
  };

  /** @param {HTMLElement} section @returns {SlLevel} */
  const level = (section) => {
    const link = /** @type {HTMLAnchorElement} */ (section.querySelector('h2 a'));
    const id = section.dataset.level ?? '';
    return {
      id, link, anchor: section.id, isHome: 'home' in section.dataset, name: plain(link), title: plain(section.querySelector('.assess-title')),
      bases: places(section, '.assess-base'), next: places(section, '.assess-on'),
      own: new Map([...section.querySelectorAll('ul[data-subject]')].map((list) => cell(id, /** @type {HTMLElement} */ (list)))),
    };
  };

  /** @param {HTMLElement} section @param {string} words @returns {SlPlace[]} */
  const places = (section, words) => {
    const all = /** @type {HTMLElement[]} */ ([...section.querySelectorAll(words)]);
    return all.map((place) => ({ id: place.dataset.level ?? '', data: place.dataset, link: /** @type {HTMLAnchorElement} */ (place.querySelector('a')) }));
  };

  /** @param {string} level @param {HTMLElement} list @returns {[string, SlCell]} */
  const cell = (level, list) => {
    const head = list.previousElementSibling;
    const link = head?.querySelector('a');
    const items = /** @type {HTMLElement[]} */ ([...list.children]);
    const lines = items.map((item) => {
      const id = item.dataset.id ?? Object(window).stepladder.anchorOf(item.textContent);
      return { level, id, key: `${level}#${id}`, item };
    });
    return [list.dataset.subject ?? '', { title: plain(head), url: link?.getAttribute('href') ?? '', isOwn: !!link, lines, inherited: [] }];
  };

  /** @param {Element | null} place */
  const plain = (place) => (place?.textContent ?? '').replace(/\s+/g, ' ').trim();

  /** @param {string | undefined} list */
  const set = (list) => new Set(list ? list.split('\n') : []);

  /**
   * All that applies at a level, by subject.
   * @param {Map<string, SlLevel>} levels @param {string} id @param {Map<string, Map<string, SlCell>>} [done] what is known already
   * @returns {Map<string, SlCell>}
   */
  const applying = (levels, id, done = new Map()) => {
    const known = done.get(id);
    if (known) return known;
    const level = levels.get(id);
    const cells = new Map([...level?.own ?? []].map(([subject, cell]) => [subject, { ...cell, inherited: [] }]));
    done.set(id, cells);
    /** @type {Set<string>} */
    const taken = new Set();
    for (const { id: base, data } of level?.bases ?? []) {
      const [only, without, except] = [set(data.only), set(data.without), set(data.except)];
      for (const [subject, from] of applying(levels, base, done)) {
        if (from.isOwn || without.has(subject) || (only.size && !only.has(subject))) continue;
        const lines = [...from.lines, ...from.inherited].filter(({ key }) => !except.has(key) && !taken.has(key) && taken.add(key));
        if (!lines.length) continue;
        const cell = cells.get(subject) ?? { ...from, lines: [], inherited: [] };
        cell.inherited = [...cell.inherited, ...lines];
        cells.set(subject, cell);
      }
    }
    return cells;
  };

  /**
   * The levels that count at another one as well, but are on no section of the sheet.
   * @param {Map<string, SlLevel>} levels @param {string} id @param {Set<string>} [seen] @returns {SlPlace[]}
   */
  const elsewhere = (levels, id, seen = new Set()) => {
    if (seen.has(id)) return [];
    seen.add(id);
    return (levels.get(id)?.bases ?? []).flatMap((base) => (levels.has(base.id) ? elsewhere(levels, base.id, seen) : seen.add(base.id) && [base]));
  };

  Object.assign(window, { slLevels: { read, applying, elsewhere } });
}
