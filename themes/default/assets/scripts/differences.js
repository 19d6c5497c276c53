// @ts-check
// Finds out how two levels differ, by the rules by which the build does it for ready-made pages (`src/ladder/compare/`).

{
  /**
   * What the files of levels refer to by number.
   * @typedef {{
   *   areas: string[],
   *   competencies: [title: string, url: string, area: number, steps: [name: string, url: string][], tracks: number[]][],
   *   tracks: [title: string, levels: number[], competencies: number[], writesCells: 0 | 1][],
   *   levels: [slug: string, title: string, code: string, url: string, hue: number, draft: 0 | 1, tracks: number[]][],
   * }} Ladder
   * @typedef {string | [text: string, anchor: string, label: string, same: number, sentence: number]} LineData
   * Where an expectation is written; no competency for one of its level alone.
   * @typedef {[competency: number | null, level: number, at: number]} Place
   * What is written for a level; whatever is empty is missing.
   * @typedef {{
   *   facets?: string[], experience?: string, profile?: [competency: number, step: number][],
   *   extends?: [level: number, only: 0 | number[]][], not_applicable?: number[], cells?: [competency: number, LineData[]][],
   *   excludes?: [competency: number, [level: number, at: number][]][], own?: LineData[][],
   *   raises?: [line: Place, raised: Place[]][], retires?: Place[],
   * }} LevelData
   * An expectation: one object, wherever it is inherited.
   * @typedef {{
   *   text: string, url: string, label: string, same: number, sentence: number, competency: number | null, raises: Line[],
   *   raisedBy: Line[], words?: Set<string>,
   * }} Line
   * @typedef {{ lines: Line[], inherited: Line[], written: boolean }} Cell
   * @typedef {{ data: LevelData, cells: Map<number, Cell>, own: Line[], hasOwn: boolean, retired: Set<Line> }} Level
   * @typedef {'held' | 'not-written' | 'not-applicable' | 'not-on-track' | 'silent'} Side
   * The differences in one competency, or in expectations of a level alone.
   * @typedef {{
   *   competency: number | null, before: Side, now: Side, added: Line[], raised: { was: Line[], now: Line }[], unchanged: Line[],
   *   dropped: Line[], open: Line[], step: [turn: string, was: number | undefined, now: number | undefined] | null,
   * }} Changes
   */

  /** The similarity from which one sentence counts as the other, raised. */
  const MIN_SIMILARITY = 0.55;

  /** The most pairs of words that are compared to align two sentences. */
  const MAX_COMPARED_PAIRS = 1_000_000;

  const HAN_OR_KANA = /[\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/u;

  /** A word of Han or hiragana, a run of katakana, of other letters and digits, or of anything else. */
  const PARTS = new RegExp(
    '[\\u30a0-\\u30ff\\u31f0-\\u31ff](?:[\\u30a0-\\u30ff\\u31f0-\\u31ff]|\\p{M})*' +
      `|${HAN_OR_KANA.source}\\p{M}*` +
      `|(?:(?!${HAN_OR_KANA.source})[\\p{Alphabetic}\\p{N}])(?:(?!${HAN_OR_KANA.source})[\\p{Alphabetic}\\p{N}]|\\p{M})*` +
      `|(?:(?!${HAN_OR_KANA.source})[^\\p{Alphabetic}\\p{N}])(?:(?!${HAN_OR_KANA.source})[^\\p{Alphabetic}\\p{N}]|\\p{M})*`,
    'gu',
  );

  /** The words between two spaces: one, unless its script has no spaces. @param {string} piece */
  const parts = (piece) => (HAN_OR_KANA.test(piece) ? (piece.match(PARTS) ?? []) : piece ? [piece] : []);

  /** The words of a text, in lower case. @param {string} text */
  const words = (text) => text.split(/[^\p{Alphabetic}\p{N}]+/u).flatMap(parts).map((word) => word.toLowerCase());

  /** A text split into words, each with the punctuation beside it, and the spaces between them. @param {string} text */
  const pieces = (text) => (text.match(/\p{White_Space}+|\P{White_Space}+/gu) ?? []).flatMap(parts);

  /** @param {LineData} data @param {string} page @param {number | null} competency @returns {Line} */
  const line = (data, page, competency) => {
    const [text, anchor, label, same, sentence] = typeof data === 'string' ? [data, '', '', 0, 0] : data;
    const url = `${page}#${anchor || Object(window).stepladder.anchorOf(text.split('\n', 1)[0])}`;
    return { text, url, label, same, sentence, competency, raises: [], raisedBy: [] };
  };

  /** How similar two expectations are; 0 if none counts as the other, raised. @param {Line} was @param {Line} now */
  const similarity = (was, now) => {
    const [a, b] = [was, now].map((one) => (one.words ??= new Set(words(one.text))));
    let shared = 0;
    for (const word of a) if (b.has(word)) shared += 1;
    const alike = shared < 2 ? 0 : (2 * shared) / (a.size + b.size);
    const found = alike < MIN_SIMILARITY ? 0 : alike;
    const sameSentence = was.sentence && was.sentence === now.sentence && `${was.text}${now.text}`.includes('\n');
    return sameSentence ? 1 + found : found;
  };

  /** What a ladder's levels expect. */
  class Levels {
    /** @param {Ladder} ladder @param {Record<string, LevelData>} data by the numbers of levels, with all that these extend */
    constructor(ladder, data) {
      this.ladder = ladder;
      this.data = data;
      /** @type {Map<number, Level>} */
      this.known = new Map();
    }

    /** What a level expects: what is written for it, then what it inherits. @param {number} id @returns {Level} */
    level(id) {
      const known = this.known.get(id);
      if (known) return known;
      const data = this.data[id];
      const page = this.ladder.levels[id][3];
      /** @type {Map<number, Cell>} */
      const cells = new Map();
      for (const [competency, lines] of data.cells ?? []) {
        cells.set(competency, { lines: lines.map((one) => line(one, page, competency)), inherited: [], written: true });
      }
      const own = (data.own ?? []).flat().map((one) => line(one, page, null));
      const level = { data, cells, own, hasOwn: !!data.own?.length, retired: new Set() };
      this.known.set(id, level);
      for (const [base, only] of data.extends ?? []) this.#inherit(id, level, base, only);
      for (const [place, raised] of data.raises ?? []) {
        const now = this.#at(place);
        for (const was of raised.map((one) => this.#at(one))) {
          if (!now || !was) continue;
          now.raises.push(was);
          was.raisedBy.push(now);
        }
      }
      for (const place of data.retires ?? []) {
        const retired = this.#at(place);
        if (retired) level.retired.add(retired);
      }
      return level;
    }

    /** The expectation at a place of a level that is known. @param {Place} place */
    #at([competency, level, at]) {
      const of = this.known.get(level);
      return (competency === null ? of?.own : of?.cells.get(competency)?.lines)?.[at];
    }

    /** @param {number} id @param {Level} level @param {number} base @param {0 | number[]} only */
    #inherit(id, level, base, only) {
      const excludes = new Map(level.data.excludes);
      const takes = (/** @type {number} */ competency) => (!only || only.includes(competency)) && this.#applies(id, competency);
      const { cells, retired } = this.level(base);
      for (const one of retired) if (one.competency !== null && takes(one.competency)) level.retired.add(one);
      for (const [competency, from] of cells) {
        if (!takes(competency)) continue;
        const cell = level.cells.get(competency) ?? { lines: [], inherited: [], written: false };
        const known = new Set(cell.inherited);
        for (const [source, at] of excludes.get(competency) ?? []) {
          const excluded = this.#at([competency, source, at]);
          if (excluded) known.add(excluded);
        }
        cell.inherited.push(...[...from.lines, ...from.inherited].filter((one) => !known.has(one)));
        if (cell.written || from.lines.length || from.inherited.length) level.cells.set(competency, cell);
      }
    }

    /** Whether anything can be expected of a level in a competency. @param {number} id @param {number} competency */
    #applies(id, competency) {
      const [of, tracks] = [this.ladder.competencies[competency][4], this.ladder.levels[id][6]];
      const onTrack = !of.length || !tracks.length || tracks.some((track) => of.includes(track));
      return onTrack && !this.level(id).data.not_applicable?.includes(competency);
    }

    /** The competencies of a level's tracks, and those in which it has cells. @param {number} id */
    #competencies(id) {
      const { cells, data } = this.level(id);
      const ofTracks = this.ladder.levels[id][6].flatMap((track) => this.ladder.tracks[track][2]);
      return [...ofTracks, ...cells.keys(), ...(data.profile ?? []).map(([competency]) => competency)];
    }

    /** @param {number} id @param {number} competency @returns {Side} */
    #side(id, competency) {
      const { cells, data } = this.level(id);
      const cell = cells.get(competency);
      if (cell?.written) return 'held';
      if (data.not_applicable?.includes(competency)) return 'not-applicable';
      const tracks = this.ladder.levels[id][6].map((track) => this.ladder.tracks[track]);
      const isPart = tracks.some(([, , competencies]) => competencies.includes(competency));
      const isOpen = tracks.every(([, , competencies]) => !competencies.length);
      if (!this.#applies(id, competency) || !(isOpen || isPart)) return 'not-on-track';
      if (cell?.inherited.length) return 'held';
      const isAsked = tracks.some(([, , competencies, writes]) => writes && competencies.includes(competency));
      return isAsked ? 'not-written' : 'silent';
    }

    /** The differences between two levels, by competency. @param {number} before @param {number} now @returns {Changes[]} */
    compare(before, now) {
      const both = new Set([...this.#competencies(before), ...this.#competencies(now)]);
      /** @type {Changes[]} */
      const all = [...both].sort((a, b) => a - b).map((competency) => this.#changes(before, now, competency));
      const [was, is] = [this.level(before), this.level(now)];
      if (was.hasOwn || is.hasOwn) {
        const side = (/** @type {Line[]} */ lines) => (lines.length ? 'held' : 'silent');
        all.push({ ...matched(was.own, is.own, was, is), competency: null, before: side(was.own), now: side(is.own) });
      }
      return all.filter((changes) => !isSilent(changes));
    }

    /** @param {number} before @param {number} now @param {number} competency @returns {Changes} */
    #changes(before, now, competency) {
      const lines = (/** @type {number} */ id) => {
        const cell = this.level(id).cells.get(competency);
        return cell ? [...cell.lines, ...cell.inherited] : [];
      };
      const changes = { ...matched(lines(before), lines(now), this.level(before), this.level(now)), competency };
      const [was, is] = [this.#side(before, competency), this.#side(now, competency)];
      // A cell that isn't written yet drops nothing.
      if (is === 'not-written' || is === 'silent') [changes.open, changes.dropped] = [changes.dropped, []];
      const step = (/** @type {number} */ id) => new Map(this.level(id).data.profile).get(competency);
      const steps = [step(before), step(now)];
      const turned = steps.some((one) => one !== undefined) ? turn(steps[0], steps[1]) : null;
      return { ...changes, before: was, now: is, step: turned && [turned, steps[0], steps[1]] };
    }
  }

  /** @param {number | undefined} was @param {number | undefined} now */
  const turn = (was, now) => {
    if (was === undefined) return 'starts';
    if (now === undefined) return 'ends';
    return was < now ? 'up' : was > now ? 'down' : 'same';
  };

  /** Whether an expectation is written for a level or inherited there. @param {Level} level @param {Line} one */
  const holds = (level, one) => {
    if (one.competency === null) return level.own.includes(one);
    const cell = level.cells.get(one.competency);
    return !!cell && (cell.lines.includes(one) || cell.inherited.includes(one));
  };

  /** Whether a level has neither an expectation nor one of the same words. @param {Level} level @param {Line} one */
  const lacks = (level, one) => {
    const cell = one.competency === null ? null : level.cells.get(one.competency);
    const lines = one.competency === null ? level.own : [...cell?.lines ?? [], ...cell?.inherited ?? []];
    return !lines.some((other) => other === one || (one.same && other.same === one.same));
  };

  /** The expectations that can be reached from one, nearest first. @param {Line} from @param {(one: Line) => Line[]} next */
  const reached = (from, next) => {
    const found = new Set(next(from));
    for (const one of found) for (const other of next(one)) found.add(other);
    return [...found];
  };

  /**
   * Matches each expectation with itself or one of the same words, then with those that it raises, then the most similar of
   * the rest. `was` and `is` are the two levels.
   * @param {Line[]} before @param {Line[]} now @param {Level} was @param {Level} is
   */
  const matched = (before, now, was, is) => {
    const place = new Map(before.map((one, at) => [one, at]));
    const same = new Map(before.flatMap((one, at) => (one.same ? [[one.same, at]] : [])));
    const kept = new Set();
    /** @type {Line[]} */
    const unchanged = [];
    const isNew = (/** @type {Line} */ one) => {
      const at = place.get(one) ?? same.get(one.same);
      if (at === undefined) return true;
      kept.add(at);
      unchanged.push(one);
      return false;
    };
    const news = now.filter(isNew);
    const dropped = before.filter((_, at) => !kept.has(at));
    /** @type {Map<Line, Line[]>} */
    const former = new Map();
    const replaces = (/** @type {Line} */ one, /** @type {Line} */ by) => holds(was, one) && holds(is, by) && lacks(is, one) && lacks(was, by);
    for (const one of news) {
      const found = reached(one, ({ raises }) => raises).filter((from) => replaces(from, one));
      if (found.length) former.set(one, found);
    }
    const gone = dropped.filter((one) => !reached(one, ({ raisedBy }) => raisedBy).some((by) => replaces(one, by)));
    const open = gone.filter((one) => !is.retired.has(one));
    const pairs = news.filter((to) => !former.has(to)).flatMap((to) => open.map((from) => ({ from, to, alike: similarity(from, to) })));
    const taken = new Set();
    for (const { from, to } of pairs.filter(({ alike }) => alike).sort((a, b) => b.alike - a.alike)) {
      if (taken.has(from) || former.has(to)) continue;
      taken.add(from);
      former.set(to, [from]);
    }
    const raised = news.flatMap((one) => {
      const replaced = former.get(one);
      return replaced ? [{ was: replaced, now: one }] : [];
    });
    const added = news.filter((one) => !former.has(one));
    return { added, raised, unchanged, dropped: gone.filter((one) => !taken.has(one)), open: /** @type {Line[]} */ ([]), step: null };
  };

  /** Whether both levels expect the same. @param {Changes} changes */
  const isSame = ({ added, dropped, open, raised, before, now, step }) =>
    ![added, dropped, open, raised].some((lines) => lines.length) && before === now && (!step || step[0] === 'same');

  /** Whether there is nothing to show, not even that something is missing. @param {Changes} changes */
  const isSilent = (changes) => {
    const apart = [changes.before, changes.now].every((side) => ['silent', 'not-applicable', 'not-on-track'].includes(side));
    return apart && isSame(changes) && !changes.unchanged.length && !changes.step;
  };

  /** What differs in a competency beside its expectations. @param {Changes} changes */
  const notes = ({ before, now }) => {
    const found = [];
    if (before !== now || !['not-applicable', 'not-on-track'].includes(before)) {
      if (before === 'not-applicable') found.push('starts');
      if (before === 'not-on-track') found.push('from-elsewhere');
      if (now === 'not-applicable') found.push('ends');
      if (now === 'not-on-track') found.push('to-elsewhere');
    }
    if (before === 'not-written' && now === 'not-written') found.push('both-missing');
    else if (before === 'not-written') found.push('from-missing');
    else if (now === 'not-written') found.push('to-missing');
    return found;
  };

  /** The number of differences of each kind that occurs. @param {Changes[]} all @returns {[what: string, number: number][]} */
  const counts = (all) => {
    const sum = (/** @type {(changes: Changes) => number} */ of) => all.reduce((total, changes) => total + of(changes), 0);
    /** @type {[string, number][]} */
    const numbers = [
      ['added', sum(({ added }) => added.length)],
      ['raised', sum(({ raised }) => raised.length)],
      ['dropped', sum(({ dropped }) => dropped.length)],
      ['steps', sum(({ step }) => Number(!!step && step[0] !== 'same'))],
      ['open', sum(({ open }) => open.length)],
      ['unchanged', sum(({ unchanged }) => unchanged.length)],
    ];
    const some = numbers.filter(([, number]) => number);
    return some.length ? some : [['nothing', 1]];
  };

  /** For each piece of two sentences whether it is part of their longest common subsequence. @param {string[]} was @param {string[]} now */
  const aligned = (was, now) => {
    let start = 0;
    while (start < was.length && start < now.length && was[start] === now[start]) start += 1;
    let end = 0;
    const most = Math.min(was.length, now.length) - start;
    while (end < most && was[was.length - 1 - end] === now[now.length - 1 - end]) end += 1;
    const [a, b] = [was.slice(start, was.length - end), now.slice(start, now.length - end)];
    const inside = (/** @type {string[]} */ all) => all.map((_, at) => at < start || at >= all.length - end);
    const [keptWas, keptNow] = [inside(was), inside(now)];
    if (a.length * b.length > MAX_COMPARED_PAIRS) return [keptWas, keptNow];
    // The length of the longest common subsequence of what follows each pair of positions.
    const width = b.length + 1;
    const lengths = new Uint32Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        const at = i * width + j;
        lengths[at] = a[i] === b[j] ? lengths[at + width + 1] + 1 : Math.max(lengths[at + width], lengths[at + 1]);
      }
    }
    for (let i = 0, j = 0; i < a.length && j < b.length; ) {
      const at = i * width + j;
      if (a[i] === b[j]) {
        keptWas[start + i++] = true;
        keptNow[start + j++] = true;
      } else if (lengths[at + width] >= lengths[at + 1]) i += 1;
      else j += 1;
    }
    return [keptWas, keptNow];
  };

  /**
   * The lengths of the runs of a sentence, which alternate between words that it shares with another one, first, and words
   * that differ. Spaces around words that differ belong to the other runs.
   * @param {string[]} pieces @param {boolean[]} kept
   */
  const runs = (pieces, kept) => {
    /** @type {number[]} */
    const found = [];
    let held = '';
    const plain = (/** @type {string} */ text) => {
      if (found.length % 2 === 0) found.push(0);
      found[found.length - 1] += text.length;
    };
    const settle = () => {
      const words = held.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
      if (held) plain(held.slice(0, held.length - held.replace(/^\p{White_Space}+/u, '').length));
      if (words) {
        found.push(words.length);
        plain(held.slice(held.indexOf(words) + words.length));
      }
      held = '';
    };
    pieces.forEach((piece, at) => {
      if (!kept[at] || (held && !/\P{White_Space}/u.test(piece))) held += piece;
      else {
        settle();
        plain(piece);
      }
    });
    settle();
    return found;
  };

  /** The runs of a sentence and of the one that replaces it. @param {string} was @param {string} now */
  const marked = (was, now) => {
    const [old, young] = [pieces(was), pieces(now)];
    const [keptOld, keptYoung] = aligned(old, young);
    return [runs(old, keptOld), runs(young, keptYoung)];
  };

  Object.assign(/** @type {any} */ (window).stepladder, { Levels, counts, isSame, marked, notes });
}
