// @ts-check
// Puts together what a self-assessment asks: what applies at a level, and what each level after it adds.

{
  const { applying, elsewhere } = Object(window).slLevels;

  /**
   * Fills in what depends on the level.
   * @param {SlSheet} sheet @param {Map<string, SlLevel>} levels @param {SlLevel} here
   */
  const put = (sheet, levels, here) => {
    const done = new Map();
    const subjects = /** @type {HTMLAnchorElement[]} */ ([...template(sheet, '.assess-subjects').querySelectorAll('a')]);
    const cells = applying(levels, here.id, done);
    const known = new Set([...cells.values()].flatMap(({ lines, inherited }) => [...lines, ...inherited]).map(({ key }) => key));
    const following = here.next.filter(({ id }) => levels.has(id));
    const parts = [part(here, sheet.words('expected'), cells, new Set())];
    for (const { id, data } of following) {
      const next = /** @type {SlLevel} */ (levels.get(id));
      const section = part(next, '', applying(levels, id, done), known);
      if (following.length > 1) {
        const fill = { count: following.length, level: here.title, track: data.track ?? '' };
        section.querySelector('h2')?.after(text('p', sheet.words(data.track ? 'one-of-track' : 'one-of', fill), 'quiet'));
      }
      parts.push(section);
    }
    sheet.querySelector('.assess-parts')?.replaceChildren(...parts);
    choose(sheet, following.map(({ id }) => /** @type {SlLevel} */ (levels.get(id))));
    progress(sheet, subjects, parts);
    for (const place of sheet.querySelectorAll('.assess-here')) place.textContent = here.title;
    for (const place of sheet.querySelectorAll('.assess-with-next')) place.toggleAttribute('hidden', !following.length);

    /** @param {SlLevel} level @param {string} expected @param {Map<string, SlCell>} cells @param {Set<string>} known @returns {HTMLElement} */
    function part(level, expected, cells, known) {
      const section = element('section', 'assess-part');
      Object.assign(section.dataset, { part: level.id, title: level.title });
      const head = element('h2');
      if (expected) head.append(`${expected} `, text('span', level.title, 'assess-of'));
      else head.textContent = sheet.words('adds', { level: level.title });
      section.append(head);
      const order = [...[...cells].filter(([, { isOwn }]) => isOwn).map(([key]) => key), ...subjects.map(({ dataset }) => dataset.subject ?? '')];
      let area = '';
      for (const subject of order) {
        const cell = cells.get(subject);
        const [lines, inherited] = [cell?.lines ?? [], cell?.inherited ?? []].map((all) => all.filter(({ key }) => !known.has(key)));
        if (!cell || !(lines.length + inherited.length)) continue;
        const of = subjects.find(({ dataset }) => dataset.subject === subject);
        const now = of?.dataset.area ?? '';
        if (now && now !== area) section.append(text('h3', now, 'area-title'));
        area = now;
        section.append(one(level, subject, of?.getAttribute('href') ?? cell.url, cell.title, lines, inherited, now ? 'h4' : 'h3'));
      }
      if (!section.querySelector('.assess-cell')) {
        section.append(text('p', expected ? sheet.words('nothing-here') : sheet.words('nothing-next', { level: here.title }), 'quiet'));
      }
      const away = /** @type {SlPlace[]} */ (elsewhere(levels, level.id));
      if (away.length) {
        const note = text('p', sheet.words('elsewhere'), 'quiet');
        for (const { link } of away) note.append(' ', link.cloneNode(true));
        section.append(note);
      }
      return section;
    }

    /** @param {SlLevel} level @param {string} subject @param {string} url @param {string} title @param {SlLine[]} lines @param {SlLine[]} inherited @param {string} h */
    function one(level, subject, url, title, lines, inherited, h) {
      const box = element('section', 'assess-cell');
      Object.assign(box.dataset, { subject, title });
      const head = element(h);
      const link = document.createElement('a');
      link.setAttribute('href', url);
      link.textContent = title;
      head.append(link);
      box.append(head);
      if (lines.length) box.append(table(level.id, lines, sheet.words('caption', { subject: title, level: level.title })));
      if (!inherited.length) return box;
      const details = document.createElement('details');
      details.className = 'inherited';
      details.open = !lines.length;
      const sources = [...new Set(inherited.map(({ level }) => level))].map((id) => /** @type {SlLevel} */ (levels.get(id)));
      const names = sources.map(({ title }) => title);
      const last = names.length > 1 ? ` ${sheet.words('and')} ${names.pop()}` : '';
      details.append(text('summary', sheet.words(lines.length ? 'more-from' : 'from', { count: inherited.length, levels: names.join(', ') + last })));
      for (const source of sources) {
        const from = text('p', `${sheet.words('source')} `, 'from');
        from.append(source.link.cloneNode(true));
        const caption = sheet.words('caption-from', { subject: title, level: source.title });
        details.append(from, table(source.id, inherited.filter(({ level }) => level === source.id), caption));
      }
      box.append(details);
      return box;
    }

    /** @param {string} level @param {SlLine[]} lines @param {string} caption */
    function table(level, lines, caption) {
      const made = /** @type {HTMLTableElement} */ (template(sheet, '.assess-form-table').querySelector('table')?.cloneNode(true));
      /** @type {HTMLTableCaptionElement} */ (made.caption).textContent = caption;
      const [body] = made.tBodies;
      body.dataset.level = level;
      for (const { id, item } of lines) {
        const row = body.insertRow();
        row.dataset.id = id;
        const head = document.createElement('th');
        head.scope = 'row';
        head.append(...[...item.childNodes].map((node) => node.cloneNode(true)));
        row.append(head);
        for (let at = 0; at < 5; at++) row.insertCell();
      }
      return made;
    }
  };

  /** The levels that may come next. @param {SlSheet} sheet @param {SlLevel[]} following */
  const choose = (sheet, following) => {
    const select = /** @type {HTMLSelectElement} */ (sheet.querySelector('[name=next]'));
    const { value } = select;
    select.replaceChildren(...following.map(({ id, name }) => new Option(name, id)));
    if (following.some(({ id }) => id === value)) select.value = value;
    select.closest('.assess-next')?.toggleAttribute('hidden', following.length < 2);
  };

  /** A row for each subject of any part. @param {SlSheet} sheet @param {HTMLAnchorElement[]} subjects @param {HTMLElement[]} parts */
  const progress = (sheet, subjects, parts) => {
    const star = sheet.querySelector('.assess-star');
    const asked = new Map(parts.flatMap((part) => /** @type {HTMLElement[]} */ ([...part.querySelectorAll('.assess-cell')]))
      .map(({ dataset }) => [dataset.subject ?? '', dataset.title ?? '']));
    const ofAll = subjects.map(({ dataset, textContent }) => /** @type {[string, string]} */ ([dataset.subject ?? '', textContent ?? '']));
    const own = [...asked].filter(([key]) => !ofAll.some(([subject]) => subject === key));
    const rows = [...ofAll, ...own].map(([subject, title], at) => {
      const row = document.createElement('tr');
      row.dataset.subject = subject;
      const head = document.createElement('th');
      head.scope = 'row';
      if (star && at < ofAll.length) {
        const number = text('span', String(at + 1), 'radar-number');
        number.ariaHidden = 'true';
        head.append(number, ' ');
      }
      head.append(title);
      row.append(head, document.createElement('td'), document.createElement('td'));
      if (parts.length > 1) row.append(document.createElement('td'));
      return row;
    });
    sheet.querySelector('.assess-progress tbody')?.replaceChildren(...rows);
  };

  /** @param {HTMLElement} sheet @param {string} words @returns {DocumentFragment} */
  const template = (sheet, words) => /** @type {HTMLTemplateElement} */ (sheet.querySelector(words)).content;

  /** @param {string} name @param {string} [className] @returns {HTMLElement} */
  const element = (name, className = '') => Object.assign(document.createElement(name), className && { className });

  /** @param {string} name @param {string} words @param {string} [className] @returns {HTMLElement} */
  const text = (name, words, className) => Object.assign(element(name, className), { textContent: words });

  Object.assign(window, { slParts: put });
}
