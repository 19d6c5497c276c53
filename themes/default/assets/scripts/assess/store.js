// @ts-check
// Where a self-assessment is kept: in the browser's own store, under the address of the guide and the level's id.

/**
 * @typedef {object} SlStore
 * @property {SlRecord} record what is known now
 * @property {'' | 'failing' | 'newer'} trouble why it is not kept, if so
 * @property {boolean} damaged whether what was kept could not be read
 * @property {(change: (record: SlRecord) => void) => void} update changes what is kept, whatever another tab did meanwhile
 * @property {() => void} refresh takes in what another tab did
 */

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);

  /**
   * @param {string} key @param {SlRecord} empty what there is before anything is kept
   * @returns {SlStore}
   */
  const open = (key, empty) => {
    /** @type {SlStore} */
    const store = { record: records.copy(empty), trouble: '', damaged: false, update, refresh };

    /** What is kept; nothing where nothing is. */
    function kept() {
      const text = localStorage.getItem(key);
      if (text === null) return records.copy(empty);
      const found = records.read(text);
      if ('record' in found) return found.record;
      if (found.problem === 'newer') {
        store.trouble = 'newer';
        return null;
      }
      // Put aside, not lost.
      localStorage.setItem(`${key}:damaged`, text);
      localStorage.removeItem(key);
      store.damaged = true;
      return records.copy(empty);
    }

    function refresh() {
      if (store.trouble) return;
      try {
        store.record = kept() ?? store.record;
      } catch {
        store.trouble = 'failing';
      }
    }

    /** @param {(record: SlRecord) => void} change */
    function update(change) {
      // As soon as something could not be kept, what this page knows is all there is.
      refresh();
      change(store.record);
      if (store.trouble === 'newer') return;
      try {
        const { guide, level } = empty;
        localStorage.setItem(key, records.write({ ...store.record, guide, level }));
        store.trouble = '';
      } catch {
        store.trouble = 'failing';
      }
    }

    refresh();
    return store;
  };

  Object.assign(window, { slOpenStore: open });
}
