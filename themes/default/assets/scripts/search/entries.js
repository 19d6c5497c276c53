// @ts-check
// The entries of the search index: pages, parts of pages, cells and expectations. The index has names once; what belongs to
// whom follows from its order.

{
  /**
   * What the build made: names of pages, of parts and of what pages belong to; all words, and for each the names and the
   * texts that have it. Texts of digits are lists of numbers.
   * @typedef {object} Data
   * @property {[string, string][]} alike @property {[number, number][]} spaceless
   * @property {string[]} kinds
   * @property {string} kind of each page its kind
   * @property {string[]} title @property {string[]} url @property {string[]} others
   * @property {string} of of each page what it belongs to, in `parents`
   * @property {string[]} parents
   * @property {string} parts of each page how many parts it has, and their names
   * @property {number} before how many pages come before the cells of levels
   * @property {string} cells of each level its page, its track and how many cells it has; of each cell its name and how many expectations it has
   * @property {string[]} names of parts and cells @property {string} name_kinds @property {string[]} anchors
   * @property {string} words @property {string} named @property {string} texts
   */

  /**
   * An expectation with its detail, and its anchor if that doesn't follow from it; and those of a level, as in compare.js.
   * @typedef {string | [text: string, anchor: string]} Line
   * @typedef {{ own?: Line[][], cells?: [number, Line[]][] }} Level
   */

  /** Where a word can stand: in a name, in that of what it belongs to, in a text, or in the detail of an expectation. */
  const [NAME, OF, TEXT, DETAIL] = [1, 2, 4, 8];

  /** The kinds of parts; the last one is a section whose expectations alone are entries. */
  const PARTS = ['section', 'step', 'cell', ''];

  /**
   * @param {Data} data
   * @param {{ numbers: (digits: string) => number[], plainAnchor: (text: string) => string }} words what words.js gives
   * @param {(track: number) => Promise<Record<string, Level>>} load loads what is written for the levels of a track
   */
  const makeEntries = (data, { numbers, plainAnchor }, load) => {
    const [kind, of, parts, cells] = [data.kind, data.of, data.parts, data.cells].map(numbers);
    const nameKind = [...data.name_kinds].map((digit) => PARTS[+digit]);
    const [pages, names] = [kind.length, data.names.length];

    /** Of each entry its page; its name, unless it is the page; and, if it is an expectation, its level and its place there. */
    const [page, name, level, line] = [[], [], [], []].map((list) => /** @type {number[]} */ (list));
    /** @param {number} ofPage @param {number} itsName @param {number} ofLevel @param {number} itsLine */
    const add = (ofPage, itsName = -1, ofLevel = -1, itsLine = -1) => {
      line.push(itsLine);
      level.push(ofLevel);
      name.push(itsName);
      return page.push(ofPage) - 1;
    };

    /** Of each page its entry, and the entries that belong to it. @type {number[]} */
    const entryOf = [];
    /** @type {[number, number][][]} */
    const within = Array.from({ length: pages }, () => []);
    /** Of each name the entries that have it, or -1, and the entries that belong to those. @type {[number, number, number][][]} */
    const places = Array.from({ length: names }, () => []);
    /** Of each parent the pages that belong to it. @type {number[][]} */
    const children = data.parents.map(() => []);

    let at = 0;
    /** @param {number} from @param {number} to */
    const addPages = (from, to) => {
      for (let one = from; one < to; one++) {
        entryOf[one] = add(one);
        children[of[one]].push(one);
        const end = at + 1 + parts[at];
        for (at++; at < end; at++) places[parts[at]].push([add(one, parts[at]), 0, 0]);
        within[one].push([entryOf[one] + 1, page.length]);
      }
    };
    addPages(0, data.before);
    /** Of each level its track, from 1. @type {number[]} */
    const tracks = [];
    for (let cell = 0, ofLevel = 0; cell < cells.length; ofLevel++) {
      const [ofPage, begin] = [cells[cell], page.length];
      tracks.push(cells[cell + 1]);
      const end = cell + 3 + 2 * cells[cell + 2];
      let nth = 0;
      for (cell += 3; cell < end; cell += 2) {
        const own = nameKind[cells[cell]] ? add(ofPage, cells[cell]) : -1;
        const first = page.length;
        for (let count = cells[cell + 1]; count; count--) add(ofPage, cells[cell], ofLevel, nth++);
        places[cells[cell]].push([own, first, page.length]);
      }
      within[ofPage].push([begin, page.length]);
    }
    addPages(data.before, pages);

    /** Visits the entries that have a name, and those that belong to them. @param {number} named @param {(entry: number, field: number) => void} visit */
    const spread = (named, visit) => {
      /** @param {number} from @param {number} to */
      const belong = (from, to) => {
        for (let entry = from; entry < to; entry++) visit(entry, OF);
      };
      if (named < pages) {
        visit(entryOf[named], NAME);
        within[named].forEach(([from, to]) => belong(from, to));
      } else if (named < pages + names) {
        for (const [own, from, to] of places[named - pages]) {
          if (own >= 0) visit(own, NAME);
          belong(from, to);
        }
      } else {
        children[named - pages - names].forEach((child) => visit(entryOf[child], OF));
      }
    };

    /** @param {number} entry */
    const kindOf = (entry) => (line[entry] >= 0 ? 'expectation' : name[entry] >= 0 ? nameKind[name[entry]] : data.kinds[kind[page[entry]]]);

    /** The name of an entry, and its other names; an expectation has none. @param {number} entry @returns {string[]} */
    const namesOf = (entry) => {
      if (line[entry] >= 0) return [];
      if (name[entry] >= 0) return [data.names[name[entry]]];
      const others = data.others[page[entry]];
      return [data.title[page[entry]], ...(others ? others.split(' · ') : [])];
    };

    /** What an entry belongs to. @param {number} entry */
    const parentOf = (entry) => {
      const title = data.title[page[entry]];
      return line[entry] >= 0 ? `${title} · ${data.names[name[entry]]}` : name[entry] >= 0 ? title : data.parents[of[page[entry]]];
    };

    /** The title and the address of an entry. @param {number} entry */
    const titleOf = async (entry) => {
      const url = data.url[page[entry]];
      if (line[entry] >= 0) {
        const { own = [], cells = [] } = (await load(tracks[level[entry]]))[level[entry]];
        const one = [...own, ...cells.map(([, lines]) => lines)].flat()[line[entry]];
        const [text, anchor] = typeof one === 'string' ? [one, ''] : one;
        const [sentence] = text.split('\n', 1);
        // @ts-expect-error data.js, which is loaded before, defines it.
        return { title: sentence, url: `${url}#${anchor || window.stepladder.anchorOf(sentence)}` };
      }
      const [title] = namesOf(entry);
      return { title, url: name[entry] < 0 ? url : `${url}#${data.anchors[name[entry]] || plainAnchor(title)}` };
    };

    return { size: page.length, spread, kindOf, namesOf, parentOf, titleOf };
  };

  // @ts-expect-error Scripts that load data know it; see data.js.
  window.stepladder.give({ makeEntries, NAME, OF, TEXT, DETAIL });
}
