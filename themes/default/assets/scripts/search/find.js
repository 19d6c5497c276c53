// @ts-check
// Finds in the search index what fits some words. Loaded as data is, when somebody begins to search.

{
  /**
   * What the build made: lists in which one place belongs to one entry; all words, and for each the entries that have it in
   * a name, or in their text.
   * @typedef {{ alike: [string, string][], spaceless: [number, number][], kinds: string[], kind: number[], title: string[],
   *   url: string[], of: string[], others: string[], text: string[], words: string, names: string, texts: string }} Data
   */

  /** A text in pieces, each with whether it was looked for. @typedef {[string, boolean][]} Pieces */

  /**
   * For each entry how well a word fits it and where it stands; which words of the index it means; whether it is common, and
   * how rare.
   * @typedef {{ worth: Float32Array, where: Uint8Array, meant: Map<number, number>, common: boolean, rare: number }} Weighed
   */

  /** @typedef {{ kind: string, url: string, title: Pieces, others: Pieces, of: string, text: Pieces }} Found */

  /**
   * @typedef {{ isSpaceless: (word: string) => boolean, nameOf: (text: string) => string, wordsOf: (typed: string) => string[],
   *   pieces: (text: string, meant: Set<string>) => Pieces, passage: (text: Pieces, begin: boolean) => Pieces }} Words
   * @typedef {{ halves: (word: string, known: Map<string, number>) => { both: string[], beside: RegExp }[], isForm: (a: string, b: string) => boolean, near: (word: string, words: string[], fits: Map<number, number>) => void }} Spelling
   */

  /** What fits best; how many fit; whether they have only most of the words. @typedef {{ best: Found[], count: number, partly: boolean }} Answer */

  /** What a kind adds to the worth of an entry: of two that fit as well, the first comes first. */
  const WORTH = new Map(Object.entries({
    level: 5, track: 4, competency: 3.6, move: 3, cell: 2.8, expectation: 2.5, article: 2, worksheet: 1.9, term: 1.6, page: 1.5,
    step: 1.2, section: 1.2, tag: 1,
  }));

  /** What stands for no page of its own, so that its name is worth less. */
  const PARTS = new Set(['cell', 'expectation', 'step', 'section']);

  /** Where a word can stand. What a word there is worth. */
  const [NAME, OF, TEXT] = [1, 2, 4];
  /** @type {Record<number, number>} */
  const WEIGHT = { [NAME]: 10, [OF]: 4, [TEXT]: 3 };

  /** A word that more than this share of all entries have may be missing, unless all words are so common. */
  const COMMON = 0.2;

  /** How many words are remembered. */
  const RECENT = 24;

  /** How many of the best results are looked at closely. */
  const CLOSELY = 60;

  /**
   * @param {Data} data
   * @param {{ makeWords: (rules: Data) => Words, each: (digits: string, visit: (number: number, last: number) => void, shift: 0 | 1) => void }} words what words.js gives
   * @param {Spelling} spelling what spelling.js gives
   */
  const makeFinder = (data, { makeWords, each }, { halves, isForm, near }) => {
    const { isSpaceless, nameOf, passage, pieces, wordsOf } = makeWords(data);
    const words = data.words.split(' ');
    const names = data.names.split(' ');
    const texts = data.texts.split(' ');
    const size = data.kind.length;
    const vocabulary = new Map(words.map((word, at) => [word, at]));
    /** What was typed of late, and how it was weighed: of several words only the last one changes. @type {Map<string, Weighed>} */
    const recent = new Map();
    /** The names of entries as they compare. @type {string[][]} */
    const called = [];
    /**
     * The words of the index that a word can mean, each with how well it fits. Near spellings count where no other does, or
     * where they are asked for.
     * @param {string} word @param {boolean} last whether it may still be typed @param {boolean} tolerant
     */
    const meanings = (word, last, tolerant) => {
      /** @type {Map<number, number>} */
      const fits = new Map();
      const begins = last || word.length > 2 || isSpaceless(word);
      words.forEach((known, at) => {
        if (known === word) fits.set(at, 1);
        else if (begins && known.startsWith(word)) fits.set(at, 0.55 + (0.3 * word.length) / known.length);
        else if (isForm(word, known)) fits.set(at, 0.6);
      });
      if (!fits.size || tolerant) near(word, words, fits);
      return fits;
    };

    /** For each entry how well a word fits it, and where. @param {string} word @param {Map<number, number>} meant */
    const weigh = (word, meant) => {
      const worth = new Float32Array(size);
      const where = new Uint8Array(size);
      /** @param {number} entry @param {number} field @param {number} fit */
      const note = (entry, field, fit) => {
        const weight = WEIGHT[field] * fit;
        if (weight > worth[entry]) worth[entry] = weight;
        where[entry] |= field;
      };
      const short = word.length < 3 && !isSpaceless(word);
      for (const [at, fit] of meant) {
        each(names[at], (number, entry) => note(entry + (number >> 1), number & 1 ? OF : NAME, fit), 1);
        if (!short || fit === 1) each(texts[at], (number, entry) => note(entry + number, TEXT, fit), 0);
      }
      const many = where.reduce((sum, place) => sum + (place & (NAME | TEXT) ? 1 : 0), 0);
      return { worth, where, meant, common: many > COMMON * size, rare: many ? Math.log(1 + size / many) / Math.log(1 + size) : 0.5 };
    };

    /**
     * What fits a word because its halves stand side by side there: `oncall` is `on call`.
     * @param {Weighed} weighed as a whole @param {string} word
     */
    const apart = (weighed, word) => halves(word, vocabulary).reduce((all, { both, beside }) => {
      const [one, other] = both.map((half) => weigh(half, new Map([[vocabulary.get(half) ?? 0, 1]])));
      /** @param {number} at */
      const fits = (at) => other.where[at] && [data.title, data.text, data.others].some((texts) => beside.test(texts[at]));
      const where = one.where.map((place, at) => (place && fits(at) ? place : 0));
      if (!where.some(Boolean)) return all;
      return either(all, { ...one, where, worth: one.worth.map((worth, at) => (where[at] ? worth : 0)), meant: new Map() });
    }, weighed);

    /** @param {string} word @param {boolean} last @param {boolean} tolerant */
    const remembered = (word, last, tolerant) => {
      const key = `${word} ${last} ${tolerant}`;
      const weighed = recent.get(key) ?? apart(weigh(word, meanings(word, last, tolerant)), word);
      if (recent.size >= RECENT) recent.clear();
      recent.set(key, weighed);
      return weighed;
    };

    /**
     * Words that were typed as two and that the index knows as one as well: what has that has both. `IC 3` is `IC3`.
     * @param {string[]} asked @param {Weighed[]} weighed
     */
    const join = (asked, weighed) => {
      for (let at = 1; at < asked.length; at++) {
        const one = asked[at - 1] + asked[at];
        const known = vocabulary.get(one);
        if (known === undefined || isSpaceless(one)) continue;
        const joined = weigh(one, new Map([[known, 1]]));
        for (const half of [at - 1, at]) weighed[half] = either(weighed[half], joined);
      }
      return weighed;
    };

    /**
     * Looks for some words.
     * @param {string} typed @param {number} most how many results to tell
     * @returns {Answer}
     */
    const find = (typed, most) => {
      const asked = wordsOf(typed);
      if (!asked.length) return { best: [], count: 0, partly: false };
      const open = /[\p{Alphabetic}\p{N}\p{M}]$/u.test(typed);
      for (const tolerant of [false, true]) {
        const weighed = join(asked, asked.map((word, at) => remembered(word, open && at === asked.length - 1, tolerant)));
        const all = rank(weighed, typed, 1);
        if (all.length) return tell(all, weighed, asked, most, false);
        if (!tolerant) continue;
        return tell(rank(weighed, typed, 0.4), weighed, asked, most, true);
      }
      return { best: [], count: 0, partly: false };
    };

    /** An entry, its worth, and whether all words are in its names. @typedef {{ entry: number, worth: number, named: boolean }} Ranked */

    /**
     * The entries that have at least a share of the words, rare ones counting more; the best first.
     * @param {Weighed[]} weighed @param {string} typed @param {number} share
     */
    const rank = (weighed, typed, share) => {
      const whole = nameOf(typed);
      const needed = weighed.some((one) => !one.common);
      const sum = weighed.reduce((rare, one) => rare + (needed && one.common ? 0 : one.rare), 0);
      /** @type {Ranked[]} */
      const ranked = [];
      for (let entry = 0; entry < size; entry++) {
        let [worth, covered, fields, shared] = [0, 0, 0, NAME];
        for (const one of weighed) {
          const field = one.where[entry];
          if (!field) continue;
          worth += one.worth[entry] * one.rare;
          if (needed && one.common) continue;
          covered += one.rare;
          fields |= field;
          shared &= field;
        }
        if (!covered || covered < sum * share - 1e-6) continue;
        const kind = data.kinds[data.kind[entry]];
        // What only belongs to what was named is too much; and so is a cell unless its level was named as well.
        if (!(fields & (NAME | TEXT)) || (kind === 'cell' && fields === NAME)) continue;
        const named = shared === NAME && covered > sum - 1e-6;
        worth += (share < 1 ? 50 * covered : 0) + extra(entry, kind, named, whole);
        ranked.push({ entry, worth, named });
      }
      return ranked.sort(byWorth);
    };

    /** What an entry's kind and its names add. @param {number} entry @param {string} kind @param {boolean} named @param {string} whole */
    const extra = (entry, kind, named, whole) => {
      let worth = WORTH.get(kind) ?? 1;
      if (!named) return worth;
      const part = PARTS.has(kind);
      worth += kind === 'level' ? 60 : part ? 2 : 8;
      called[entry] ??= [data.title[entry], ...(data.others[entry] ? data.others[entry].split(' · ') : [])].map(nameOf);
      const [title, ...others] = called[entry];
      if (title === whole || others.includes(whole)) worth += part ? 6 : 40;
      else if (title.startsWith(whole)) worth += 6;
      else if (others.some((name) => name.startsWith(whole))) worth += 3;
      return worth;
    };

    /** @param {Ranked[]} ranked @param {Weighed[]} weighed @param {string[]} asked @param {number} most @param {boolean} partly @returns {Answer} */
    const tell = (ranked, weighed, asked, most, partly) => {
      const meant = new Set([...asked, ...weighed.flatMap((one) => [...one.meant.keys()]).map((at) => words[at])]);
      /** @param {string} text */
      const mark = (text) => pieces(text, meant);
      // A sentence that has the words comes before one whose examples do, and what shows them before what only means them.
      const close = ranked.slice(0, CLOSELY).map(({ entry, worth, named }) => {
        const title = mark(data.title[entry]);
        const kind = data.kinds[data.kind[entry]];
        const bonus = (kind === 'expectation' ? count(title) : 0) + (PARTS.has(kind) ? count(mark(data.of[entry])) / 2 : 0);
        return { entry, title, named, worth: worth + bonus };
      });
      const best = close.sort(byWorth).slice(0, most).map(({ entry, title, named }) => {
        const kind = data.kinds[data.kind[entry]];
        const text = passage(mark(data.text[entry]), named);
        const shown = kind !== 'expectation' || text.some(([, found]) => found);
        return { kind, url: data.url[entry], title, others: mark(data.others[entry]), of: data.of[entry], text: shown ? text : [] };
      });
      return { best, count: ranked.length, partly };
    };

    // A browser is slow with code that it runs for the first time; let that be before somebody waits.
    for (const typed of ['s', 'somebody waits', 'within', data.title[0] ?? '']) find(typed, 30);
    return { find };
  };

  /** How well either of two fits. @param {Weighed} one @param {Weighed} other @returns {Weighed} */
  const either = (one, other) => ({
    worth: one.worth.map((worth, at) => Math.max(worth, other.worth[at])),
    where: one.where.map((place, at) => place | other.where[at]),
    meant: new Map([...one.meant, ...other.meant]),
    common: one.common,
    rare: Math.max(one.rare, other.rare),
  });

  /** How often words were found. @param {Pieces} pieces */
  const count = (pieces) => pieces.filter(([, found]) => found).length;

  /** @param {{ entry: number, worth: number }} a @param {{ entry: number, worth: number }} b */
  const byWorth = (a, b) => b.worth - a.worth || a.entry - b.entry;

  // @ts-expect-error Scripts that load data know it; see data.js.
  window.stepladder.give({ makeFinder });
}
