// @ts-check
// Takes texts apart into words as the build did, and marks those in them that were looked for.

{
  /** A text in pieces, each with whether it was looked for. @typedef {[string, boolean][]} Pieces */

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

    return { isSpaceless, nameOf, pieces, wordsOf };
  };

  /** What a digit is worth. @param {string} digits @param {number} at */
  const worth = (digits, at) => {
    const code = digits.charCodeAt(at);
    return code < 58 && code > 47 ? code - 48 : code > 96 ? code - 87 : code === 45 ? 62 : code === 95 ? 63 : code - 29;
  };

  /** Reads numbers. @param {string} digits @param {(number: number) => void} visit */
  const read = (digits, visit) => {
    let [number, bits] = [0, 0];
    for (let at = 0; at < digits.length; at++) {
      const digit = worth(digits, at);
      number |= (digit & 31) << bits;
      bits += 5;
      if (digit > 31) continue;
      visit(number);
      number = bits = 0;
    }
  };

  /** A list of numbers. @param {string} digits */
  const numbers = (digits) => {
    /** @type {number[]} */
    const all = [];
    read(digits, (number) => all.push(number));
    return all;
  };

  /** Reads an ascending list: differences, or bits after `!`. @param {string} list @param {(number: number) => void} visit */
  const each = (list, visit) => {
    let last = 0;
    if (list[0] !== '!') return read(list, (number) => visit((last += number)));
    for (let at = 1; at < list.length; at++) {
      for (let bits = worth(list, at), bit = 0; bits; bits >>= 1, bit++) if (bits & 1) visit((at - 1) * 5 + bit);
    }
  };

  /** The anchor that follows from a text. @param {string} text */
  const plainAnchor = (text) => text.split(/[^A-Za-z0-9]+/).filter(Boolean).join('-').toLowerCase();

  // @ts-expect-error Scripts that load data know it; see data.js.
  window.stepladder.give({ each, makeWords, numbers, plainAnchor });
}
