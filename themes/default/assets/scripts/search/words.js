// @ts-check
// Takes texts apart into words as the build did, and marks those in them that were looked for.

{
  /** A text in pieces, each with whether it was looked for. @typedef {[string, boolean][]} Pieces */

  /** How much of a text a result shows, in characters, and how much of it before the first word that was looked for. */
  const [PASSAGE, BEFORE] = [180, 50];

  const PLAIN = /^[\0-\x7f]*$/u;

  /** @param {{ alike: [string, string][], spaceless: [number, number][] }} rules of the build */
  const makeWords = ({ alike: letters, spaceless: scripts }) => {
    const alike = new Map(letters);
    const unusual = new RegExp(`[${[...alike.keys()].join('')}]`, 'gu');
    const ranges = scripts.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('');
    const spaceless = new RegExp(`[${ranges}]`, 'u');
    const runs = new RegExp(`(?:(?![${ranges}])[\\p{Alphabetic}\\p{N}\\p{M}])+|(?:(?=[${ranges}])[\\p{Alphabetic}\\p{N}\\p{M}])+`, 'gu');

    /** As the build folds texts. @param {string} text */
    const fold = (text) => {
      if (PLAIN.test(text)) return text.toLowerCase();
      return text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(unusual, (letter) => alike.get(letter) ?? letter);
    };

    /** The words of what was typed. @param {string} text @returns {string[]} */
    const wordsOf = (text) => {
      const found = new Set();
      for (const [run] of fold(text).matchAll(runs)) {
        if (!spaceless.test(run)) found.add(run);
        else pairs(run).forEach((pair) => found.add(pair));
      }
      return [...found].slice(0, 12);
    };

    /** @param {string} run of characters without spaces */
    const pairs = (run) => {
      const characters = [...run];
      return characters.length < 2 ? characters : characters.slice(1).map((character, at) => characters[at] + character);
    };

    /** The runs of letters in a text; the plainer it is, the sooner they are found. @param {string} text */
    const runsOf = (text) => text.matchAll(PLAIN.test(text) ? /[A-Za-z0-9]+/g : spaceless.test(text) ? runs : /[\p{Alphabetic}\p{N}\p{M}]+/gu);

    /** The words of a name as one, for people write `IC 3` and `IC3`. @param {string} text */
    const nameOf = (text) => [...runsOf(fold(text))].join('');

    /** A text with the words marked that were looked for. @param {string} text @param {Set<string>} meant @returns {Pieces} */
    const pieces = (text, meant) => {
      /** @type {Pieces} */
      const found = [];
      let from = 0;
      /** @param {number} start @param {number} end */
      const add = (start, end) => {
        if (start > from) found.push([text.slice(from, start), false]);
        const last = found.at(-1);
        if (last?.[1] && start <= from) last[0] += text.slice(from, end);
        else found.push([text.slice(start, end), true]);
        from = end;
      };
      /** The run before, folded, and where it begins and ends. */
      let [before, begins, ends] = ['', 0, 0];
      for (const match of runsOf(text)) {
        const [run] = match;
        if (!spaceless.test(run)) {
          const word = fold(run);
          const end = match.index + run.length;
          // `on-call` was meant by `oncall`.
          if (before && match.index === ends + 1 && meant.has(before + word)) add(Math.max(begins, from), end);
          else if (meant.has(word)) add(match.index, end);
          [before, begins, ends] = [word, match.index, end];
          continue;
        }
        before = '';
        let at = match.index;
        const characters = [...run];
        characters.forEach((character, number) => {
          const next = characters[number + 1] ?? '';
          if (meant.has(fold(character + next))) add(Math.max(at, from), at + character.length + next.length);
          at += character.length;
        });
      }
      if (from < text.length) found.push([text.slice(from), false]);
      return found;
    };

    /** Whether a word is of a script without spaces. @param {string} word */
    const isSpaceless = (word) => spaceless.test(word);

    return { isSpaceless, nameOf, passage, pieces, wordsOf };
  };

  /** The part of a text around the first word that was looked for, or its beginning. @param {Pieces} text @param {boolean} begin @returns {Pieces} */
  const passage = (text, begin) => {
    const first = begin ? 0 : text.findIndex(([, found]) => found);
    /** @type {Pieces} */
    const shown = [];
    let left = PASSAGE;
    for (const [at, [words, found]] of text.entries()) {
      let part = words;
      if (at < first && part.length > BEFORE) part = `… ${part.slice(-BEFORE).replace(/^\S*\s/u, '')}`;
      if (part.length > left) part = `${part.slice(0, left).replace(/\s\S*$/u, '')} …`;
      shown.push([part, found]);
      left -= part.length;
      if (left <= 0) break;
    }
    return shown;
  };

  /** Reads a list of numbers. @param {string} digits @param {(number: number, last: number) => void} visit @param {0 | 1} shift */
  const each = (digits, visit, shift) => {
    let [number, bits, last] = [0, 0, 0];
    for (let at = 0; at < digits.length; at++) {
      const code = digits.charCodeAt(at);
      const digit = code < 58 && code > 47 ? code - 48 : code > 96 ? code - 87 : code === 45 ? 62 : code === 95 ? 63 : code - 29;
      number |= (digit & 31) << bits;
      bits += 5;
      if (digit > 31) continue;
      visit(number, last);
      last += number >> shift;
      number = bits = 0;
    }
  };

  // @ts-expect-error Scripts that load data know it; see data.js.
  window.stepladder.give({ each, makeWords });
}
