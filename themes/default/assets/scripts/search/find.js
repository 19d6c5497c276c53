// @ts-check
// Finds in the search index what fits some words. Loaded as data is, when somebody begins to search.

{
  /** A text in pieces, each with whether it was looked for. @typedef {[string, boolean][]} Pieces */

  /**
   * For each entry how well a word fits it and where it stands; which words of the index it means; whether it is common, and
   * how rare.
   * @typedef {{ worth: Float32Array, where: Uint8Array, meant: Map<number, number>, common: boolean, rare: number }} Weighed
   */

  /** @typedef {{ kind: string, url: string, title: Pieces, others: Pieces, of: string }} Found */

  /**
   * @typedef {{ isSpaceless: (word: string) => boolean, nameOf: (text: string) => string, wordsOf: (typed: string) => string[],
   *   pieces: (text: string, meant: Set<string>) => Pieces }} Words
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

  /**
   * The entries of the index, which entries.js reads, and where a word can stand in one.
   * @typedef {{ size: number, spread: (named: number, visit: (entry: number, field: number) => void) => void,
   *   kindOf: (entry: number) => string, namesOf: (entry: number) => string[], parentOf: (entry: number) => string,
   *   titleOf: (entry: number) => Promise<{ title: string, url: string }> }} Entries
   * @typedef {{ makeEntries: (data: any, words: any, load: any) => Entries, NAME: number, OF: number, TEXT: number, DETAIL: number }} EntriesScript
   */

  /** A word that more than this share of all entries have may be missing, unless all words are so common. */
  const COMMON = 0.2;

  /** How many of the best results are looked at closely. */
  const CLOSELY = 60;

  /** How many words are remembered. */
  const RECENT = 24;

  /**
   * @param {{ words: string, named: string, texts: string }} data the index
   * @param {{ makeWords: (rules: any) => Words, each: (list: string, visit: (number: number) => void) => void }} words what words.js gives
   * @param {Spelling} spelling what spelling.js gives
   * @param {EntriesScript} entries what entries.js gives
   * @param {(track: number) => Promise<any>} load loads what is written for the levels of a track
   */
  const makeFinder = (data, words, { halves, isForm, near }, entries, load) => {
    const { makeWords, each } = words;
    const { makeEntries, NAME, OF, TEXT, DETAIL } = entries;
    const { isSpaceless, nameOf, pieces, wordsOf } = makeWords(data);
    const { size, spread, kindOf, namesOf, parentOf, titleOf } = makeEntries(data, words, load);
    const known = data.words.split(' ');
    const named = data.named.split(' ');
    const texts = data.texts.split(' ');
    const vocabulary = new Map(known.map((word, at) => [word, at]));
    /** What a word is worth, by where it stands. @type {Record<number, number>} */
    const WEIGHT = { [NAME]: 10, [OF]: 4, [TEXT]: 3, [DETAIL]: 3 };
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
      known.forEach((other, at) => {
        if (other === word) fits.set(at, 1);
        else if (begins && other.startsWith(word)) fits.set(at, 0.55 + (0.3 * word.length) / other.length);
        else if (isForm(word, other)) fits.set(at, 0.6);
      });
      if (!fits.size || tolerant) near(word, known, fits);
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
        each(named[at], (name) => spread(name, (entry, field) => note(entry, field, fit)));
        if (short && fit < 1) continue;
        const [text, detail = ''] = texts[at].split('.');
        each(text, (entry) => note(entry, TEXT, fit));
        each(detail, (entry) => note(entry, DETAIL, fit));
      }
      const many = where.reduce((sum, place) => sum + (place & ~OF ? 1 : 0), 0);
      return { worth, where, meant, common: many > COMMON * size, rare: many ? Math.log(1 + size / many) / Math.log(1 + size) : 0.5 };
    };

    /**
     * What fits a word because its halves stand side by side in a name: `staffplus` is `Staff Plus`. The index itself has
     * words that are also written as one.
     * @param {Weighed} weighed as a whole @param {string} word
     */
    const apart = (weighed, word) => halves(word, vocabulary).reduce((all, { both, beside }) => {
      const [one, other] = both.map((half) => weigh(half, new Map([[vocabulary.get(half) ?? 0, 1]])));
      /** @param {number} at */
      const fits = (at) => other.where[at] && namesOf(at).some((name) => beside.test(name));
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
        const place = vocabulary.get(one);
        if (place === undefined || isSpaceless(one)) continue;
        const joined = weigh(one, new Map([[place, 1]]));
        for (const half of [at - 1, at]) weighed[half] = either(weighed[half], joined);
      }
      return weighed;
    };

    /**
     * The entries that have some words, or most of them if none has all; the best first.
     * @param {string} typed
     * @returns {{ ranked: Ranked[], meant: Set<string>, partly: boolean }}
     */
    const look = (typed) => {
      const asked = wordsOf(typed);
      const open = /[\p{Alphabetic}\p{N}\p{M}]$/u.test(typed);
      for (const tolerant of asked.length ? [false, true] : []) {
        const weighed = join(asked, asked.map((word, at) => remembered(word, open && at === asked.length - 1, tolerant)));
        const all = rank(weighed, typed, 1);
        if (!all.length && !tolerant) continue;
        const meant = new Set([...asked, ...weighed.flatMap((one) => [...one.meant.keys()]).map((at) => known[at])]);
        return { ranked: all.length ? all : rank(weighed, typed, 0.4), meant, partly: !all.length };
      }
      return { ranked: [], meant: new Set(), partly: false };
    };

    /**
     * Looks for some words.
     * @param {string} typed @param {number} most how many results to tell
     * @returns {Promise<Answer>}
     */
    const find = async (typed, most) => {
      const { ranked, meant, partly } = look(typed);
      // What belongs to something that was named as well comes first.
      const close = ranked.slice(0, CLOSELY).map(({ entry, worth }) => {
        const named = PARTS.has(kindOf(entry)) ? pieces(parentOf(entry), meant).filter(([, asked]) => asked).length : 0;
        return { entry, worth: worth + named / 2 };
      });
      const best = close.sort(byWorth).slice(0, most).map(async ({ entry }) => {
        const { title, url } = await titleOf(entry);
        const others = kindOf(entry) === 'expectation' ? [] : namesOf(entry).slice(1);
        return { kind: kindOf(entry), url, title: pieces(title, meant), others: pieces(others.join(' · '), meant), of: parentOf(entry) };
      });
      return { best: await Promise.all(best), count: ranked.length, partly };
    };

    /** An entry and its worth. @typedef {{ entry: number, worth: number }} Ranked */

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
        let [worth, covered, fields, shared, inSentence] = [0, 0, 0, NAME, 0];
        for (const one of weighed) {
          const field = one.where[entry];
          if (!field) continue;
          worth += one.worth[entry] * one.rare;
          if (field & TEXT) inSentence++;
          if (needed && one.common) continue;
          covered += one.rare;
          fields |= field;
          shared &= field;
        }
        if (!covered || covered < sum * share - 1e-6) continue;
        const kind = kindOf(entry);
        // What only belongs to what was named is too much; and so is a cell unless its level was named as well.
        if (!(fields & ~OF) || (kind === 'cell' && fields === NAME)) continue;
        const isNamed = shared === NAME && covered > sum - 1e-6;
        // A sentence that has the words comes before one whose examples do.
        if (kind === 'expectation') worth += inSentence;
        worth += (share < 1 ? 50 * covered : 0) + extra(entry, kind, isNamed, whole);
        ranked.push({ entry, worth });
      }
      return ranked.sort(byWorth);
    };

    /** What an entry's kind and its names add. @param {number} entry @param {string} kind @param {boolean} isNamed @param {string} whole */
    const extra = (entry, kind, isNamed, whole) => {
      let worth = WORTH.get(kind) ?? 1;
      if (!isNamed) return worth;
      const part = PARTS.has(kind);
      worth += kind === 'level' ? 60 : part ? 2 : 8;
      called[entry] ??= namesOf(entry).map(nameOf);
      const [title, ...others] = called[entry];
      if (title === whole || others.includes(whole)) worth += part ? 6 : 40;
      else if (title.startsWith(whole)) worth += 6;
      else if (others.some((name) => name.startsWith(whole))) worth += 3;
      return worth;
    };

    // A browser is slow with code that it runs for the first time; let that be before somebody waits.
    for (const typed of ['s', 'somebody waits', 'within', known[0]]) look(typed);
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

  /** @param {{ entry: number, worth: number }} a @param {{ entry: number, worth: number }} b */
  const byWorth = (a, b) => b.worth - a.worth || a.entry - b.entry;

  // @ts-expect-error Scripts that load data know it; see data.js.
  window.stepladder.give({ makeFinder });
}
