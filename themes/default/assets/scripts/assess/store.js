// @ts-check
// Where self-assessments are kept: in the browser's own store, under the address of the guide. A page sees its part of it.

/**
 * @typedef {object} SlStore
 * @property {SlRecord} record what this page asks, and what is gone from it with the guide
 * @property {SlRow[]} rows what this page asks
 * @property {SlGuide | null} guide what the guide asks, as soon as it is known
 * @property {'' | 'failing' | 'newer' | 'blocked'} trouble why nothing is kept, if so: no room, or what must not be overwritten
 * @property {string} key the name in the browser's store
 * @property {(change: (record: SlRecord) => void) => void} update changes what is kept, whatever another tab did meanwhile
 * @property {() => void} refresh takes in what another tab did
 * @property {() => void} clear takes away all that is kept of the guide
 * @property {() => () => void} remember gives what brings back all that is kept now
 * @property {() => boolean} hasOthers whether marks are kept that this page does not ask
 * @property {() => string} unreadable what could not be read
 * @property {() => void} forget removes that
 */

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);
  const { nothing, write, read, add } = Object(window).slKept;
  const { follow } = Object(window).slGuide;

  /**
   * @param {string} place the address of the guide @param {SlRecord} empty what there is before anything is kept @param {SlWords} words
   * @returns {SlStore}
   */
  const open = (place, empty, words) => {
    const key = `stepladder:marks:${place}`;
    const aside = `${key}:damaged`;
    const level = empty.level.id;
    /** @type {SlKept} */
    let kept = nothing();
    /** @type {SlStore} */
    const store = { record: empty, rows: [], guide: null, trouble: '', key, update, refresh, clear, remember, hasOthers, unreadable, forget };

    /** What is kept in the browser. @returns {SlKept} */
    function stored() {
      const text = localStorage.getItem(key);
      const found = text ? read(text) : { kept: nothing() };
      if (found.kept) return found.kept;
      if (found.problem === 'newer') store.trouble = 'newer';
      else if (text) putAside(key, text);
      return nothing();
    }

    /** Puts a text aside that can't be read. @param {string} from @param {string} text */
    function putAside(from, text) {
      try {
        localStorage.setItem(aside, [localStorage.getItem(aside), text].filter(Boolean).join('\n'));
        localStorage.removeItem(from);
      } catch {
        // There is no room for a second one, so the first is left alone.
        if (from === key) store.trouble = 'blocked';
      }
    }

    /** Takes over what was kept of each level by itself, this page's first. */
    function takeOver() {
      const start = `stepladder:assess:${place}:`;
      const names = Object.keys(localStorage).filter((name) => name.startsWith(start));
      const done = names.sort((a, b) => Number(b === start + level) - Number(a === start + level)).filter((name) => {
        const text = localStorage.getItem(name) ?? '';
        const found = records.read(text);
        if ('record' in found) add(kept, found.record, words);
        else putAside(name, text);
        return 'record' in found;
      });
      if (done.length && keep()) for (const name of done) localStorage.removeItem(name);
    }

    /** Says whether what is known now could be kept. */
    function keep() {
      if (store.trouble === 'newer' || store.trouble === 'blocked') return false;
      try {
        const text = write(kept);
        if (text) localStorage.setItem(key, text);
        else localStorage.removeItem(key);
        store.trouble = '';
      } catch {
        store.trouble = 'failing';
      }
      return !store.trouble;
    }

    function refresh() {
      // As soon as something could not be kept, what this page knows is all there is.
      try {
        if (!store.trouble) kept = stored();
      } catch {
        store.trouble = 'failing';
      }
      if (store.guide && follow(kept.answers, store.rows, store.guide)) keep();
      see();
    }

    /** Shows the page its part. */
    function see() {
      const page = kept.pages.get(level);
      const asked = new Set(store.rows.map((row) => row.key));
      const answers = new Map([...kept.answers].filter(([id]) => asked.has(id) || isGone(id)));
      store.record = { ...empty, name: kept.name, next: page?.next ?? '', known: new Set(page?.known), answers };
    }

    /** Whether an expectation is gone from the guide, and was asked here or on no page that is left. @param {string} id */
    function isGone(id) {
      const { guide } = store;
      if (!guide || guide.has(id)) return false;
      const pages = [...kept.pages].filter(([of, { known }]) => known.has(id) && (of === level || guide.hasLevel(of)));
      return !pages.length || pages.some(([of]) => of === level);
    }

    /** @param {(record: SlRecord) => void} change */
    function update(change) {
      refresh();
      const after = records.copy(store.record);
      change(after);
      for (const id of store.record.answers.keys()) if (!after.answers.has(id)) kept.answers.delete(id);
      for (const [id, answer] of after.answers) kept.answers.set(id, answer);
      kept.name = after.name;
      kept.pages.set(level, { next: after.next, known: after.known });
      keep();
      see();
    }

    function clear() {
      kept = nothing();
      keep();
      see();
    }

    function remember() {
      refresh();
      const [text, lost] = [write(kept), unreadable()];
      return () => {
        kept = text ? read(text).kept : nothing();
        keep();
        try {
          if (lost && !unreadable()) localStorage.setItem(aside, lost);
        } catch {
          store.trouble = 'failing';
        }
        see();
      };
    }

    function hasOthers() {
      return kept.answers.size > store.record.answers.size;
    }

    function unreadable() {
      try {
        return localStorage.getItem(store.trouble === 'blocked' ? key : aside) ?? '';
      } catch {
        return '';
      }
    }

    function forget() {
      if (store.trouble === 'blocked') {
        localStorage.removeItem(key);
        store.trouble = '';
        keep();
      } else if (unreadable()) localStorage.removeItem(aside);
    }

    refresh();
    try {
      if (!store.trouble) takeOver();
    } catch {
      store.trouble = 'failing';
    }
    see();
    return store;
  };

  Object.assign(window, { slOpenStore: open });
}
