// @ts-check
// Which words of the index may be what was typed: forms of one stem, and what is spelt nearly so.

{
  /** Endings of English words. Forms that they make of one stem are the same word; other languages have beginnings alone. */
  const ENDINGS = new Set(['', 's', 'e', 'es', 'd', 'ed', 'er', 'ers', 'ing', 'ings', 'ion', 'ions', 'ment', 'ments', 'ly', 'y', 'ies', 'ied']);

  /** Whether two words differ in their endings alone. @param {string} a @param {string} b */
  const isForm = (a, b) => {
    if (a.charCodeAt(0) !== b.charCodeAt(0) || a.length < 3) return false;
    let same = 0;
    while (same < a.length && a[same] === b[same]) same++;
    if (same < 3) return false;
    const doubled = a[same - 1];
    /** @param {string} word */
    const ends = (word) => {
      const rest = word.slice(same);
      return ENDINGS.has(rest) || (rest[0] === doubled && ENDINGS.has(rest.slice(1)));
    };
    return ends(a) && ends(b);
  };

  /**
   * The known words, two each, that make up a word such as `oncall` or `ic3`, and how they stand side by side in a text.
   * @param {string} word @param {Map<string, number>} known
   */
  const halves = (word, known) => {
    const found = [];
    for (let cut = 1; cut < word.length; cut++) {
      const both = [word.slice(0, cut), word.slice(cut)];
      const sound = both.every(({ length }) => length > 1) || both.some((half) => /^\d+$/u.test(half));
      if (!sound || !both.every((half) => known.has(half))) continue;
      const [plain, letter] = [/^[a-z0-9]+$/.test(word), '[\\p{L}\\p{N}]'];
      const beside = plain ? `\\b${both.join('[^a-z0-9]')}\\b` : `(?<!${letter})${both.join(`(?!${letter}).`)}(?!${letter})`;
      found.push({ both, beside: new RegExp(beside, plain ? 'i' : 'iu') });
    }
    return found;
  };

  /** Adds the words that are spelt most nearly as one. @param {string} word @param {string[]} words @param {Map<number, number>} fits */
  const near = (word, words, fits) => {
    if (word.length < 4 || word.length > LONGEST) return;
    let limit = word.length < 8 ? 1 : 2;
    /** @type {[number, number, boolean][]} */
    const found = [];
    words.forEach((known, at) => {
      const swapped = known[0] === word[1] || known[1] === word[0];
      if (known[0] !== word[0] && known[1] !== word[1] && !swapped) return;
      if (known.length < word.length - limit) return;
      const [whole, beginning] = distance(word, known, limit);
      const best = Math.min(whole, word.length > 4 ? beginning : limit + 1);
      if (best > limit) return;
      limit = Math.max(best, 1);
      found.push([at, best, whole === best]);
    });
    for (const [at, typos, whole] of found) {
      if (typos <= limit && !fits.has(at)) fits.set(at, (whole ? 0.5 : 0.4) - 0.08 * typos);
    }
  };

  /** Longer words have no near spellings. */
  const LONGEST = 60;

  /** Lines of the table that counts differences: the one before the last, the last, and the present one. */
  let [before, last, line] = [new Uint8Array(LONGEST + 4), new Uint8Array(LONGEST + 4), new Uint8Array(LONGEST + 4)];

  /**
   * How many letters differ between a word and another, and between it and the other's beginning: one too many, one too
   * few, another one, or two exchanged (Damerau and Levenshtein). More than the limit is not counted further.
   * @param {string} word @param {string} known @param {number} limit @returns {[number, number]}
   */
  const distance = (word, known, limit) => {
    const width = Math.min(known.length, word.length + limit);
    for (let at = 0; at <= width; at++) last[at] = at;
    for (let row = 1; row <= word.length; row++) {
      line[0] = row;
      let least = row;
      for (let at = 1; at <= width; at++) {
        const same = word[row - 1] === known[at - 1] ? 0 : 1;
        let steps = Math.min(last[at] + 1, line[at - 1] + 1, last[at - 1] + same);
        if (row > 1 && at > 1 && word[row - 1] === known[at - 2] && word[row - 2] === known[at - 1]) {
          steps = Math.min(steps, before[at - 2] + 1);
        }
        line[at] = steps;
        least = Math.min(least, steps);
      }
      if (least > limit) return [limit + 1, limit + 1];
      [before, last, line] = [last, line, before];
    }
    let beginning = last[0];
    for (let at = 1; at <= width; at++) beginning = Math.min(beginning, last[at]);
    return [known.length > width ? limit + 1 : last[width], beginning];
  };

  // @ts-expect-error Scripts that load data know it; see data.js.
  window.stepladder.give({ halves, isForm, near });
}
