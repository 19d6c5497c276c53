// @ts-check
// Two people's self-assessments side by side.

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);
  const { choose, readFile, isAbout, record: recordOf } = Object(window).slFileOf;

  /** What is laid down, by the section of the page: the records of both sides. @type {WeakMap<Element, (SlRecord | undefined)[]>} */
  const laid = new WeakMap();

  /** @param {SlSheet} sheet */
  const placeOf = (sheet) => /** @type {Element} */ (sheet.querySelector('.assess-pair'));

  /** @param {SlSheet} sheet @param {HTMLButtonElement} button */
  const act = (sheet, button) => {
    const side = Number(button.dataset.side);
    const sides = laid.get(placeOf(sheet)) ?? [undefined, undefined];
    laid.set(placeOf(sheet), sides);
    if (button.dataset.do === 'mine') {
      sides[side] = records.copy(recordOf(sheet));
      sides[side].name ||= sheet.words('mine');
      show(sheet, '');
    }
    if (button.dataset.do === 'pick') {
      choose(sheet, '.assess-pair-file', async (/** @type {File[]} */ files) => {
        let said = '';
        for (const [at, file] of files.slice(0, 2).entries()) {
          const found = await readFile(sheet, file);
          if (typeof found === 'string') said = found;
          else if (!isAbout(sheet, found)) said = sheet.words('other-level', { file: file.name, level: found.level.title });
          else {
            sides[(side + at) % 2] = found;
            if (found.guide !== sheet.dataset.guide) said = sheet.words('other-guide', { file: file.name, guide: found.guide });
          }
        }
        show(sheet, said);
      });
    }
    if (button.dataset.do === 'print-pair') {
      sheet.classList.add('assess-print-pair');
      window.addEventListener('afterprint', () => sheet.classList.remove('assess-print-pair'), { once: true });
      window.print();
    }
  };

  /** @param {SlSheet} sheet @param {string} trouble */
  const show = (sheet, trouble) => {
    const [first, second] = laid.get(placeOf(sheet)) ?? [];
    const names = [first, second].map((one, at) => one && (one.name || sheet.words(at ? 'second' : 'first')));
    // Two files of one person, say.
    if (first && second && names[0] === names[1]) names.forEach((name, at) => (names[at] = `${name} (${sheet.words(at ? 'second' : 'first')})`));
    sheet.querySelectorAll('.assess-side-name').forEach((place, at) => {
      const one = [first, second][at];
      if (one) place.textContent = [names[at], one.date].filter(Boolean).join(', ');
    });
    const shown = /** @type {HTMLElement} */ (sheet.querySelector('.assess-pair-shown'));
    shown.hidden = !(first && second);
    const said = /** @type {HTMLElement} */ (sheet.querySelector('.assess-pair-said'));
    if (!first || !second) {
      said.textContent = [trouble, first || second ? sheet.words('two') : ''].filter(Boolean).join(' ');
      return;
    }
    // Each place that names a side: in the chart's key, then in the table's head.
    sheet.querySelectorAll('.assess-who').forEach((place, at) => (place.textContent = names[at % 2] ?? ''));
    const { differing, all } = fill(sheet, first, second);
    said.textContent = [trouble, sheet.words('differ', { count: differing, all })].filter(Boolean).join(' ');
    const box = /** @type {HTMLInputElement} */ (shown.querySelector('[name=differ]'));
    box.onchange = () => shown.classList.toggle('assess-only', box.checked);
    drawBoth(sheet, first, second);
  };

  /** Every sentence that somebody marked, by what it is about. @param {SlSheet} sheet @param {SlRecord} first @param {SlRecord} second */
  const fill = (sheet, first, second) => {
    const table = /** @type {HTMLTableElement} */ (sheet.querySelector('.assess-both'));
    table.querySelectorAll('tbody').forEach((body) => body.remove());
    /** @type {Map<string, Map<string, string>>} */
    const groups = new Map();
    const put = (/** @type {string} */ subject, /** @type {string} */ key, /** @type {string} */ text) =>
      groups.set(subject, (groups.get(subject) ?? new Map()).set(key, text));
    const known = new Set(sheet.rows.map(({ key }) => key));
    for (const { key, subject, text } of sheet.rows) if (first.answers.has(key) || second.answers.has(key)) put(subject, key, text);
    for (const [key, { subject, text }] of [...first.answers, ...second.answers]) if (!known.has(key)) put(subject, key, text);
    let [differing, all] = [0, 0];
    for (const [subject, lines] of groups) {
      const body = table.createTBody();
      const head = make('th', subject);
      Object.assign(head, { colSpan: 4, scope: 'rowgroup' });
      body.insertRow().append(head);
      for (const [key, text] of lines) {
        const apart = addLine(sheet, body, text, [first, second].map((one) => one.answers.get(key)));
        all++;
        if (apart) differing++;
      }
      body.classList.toggle('assess-alike', !body.querySelector('.assess-apart'));
    }
    return { differing, all };
  };

  /** Says whether the two differ. @param {SlSheet} sheet @param {HTMLTableSectionElement} body @param {string} text @param {(SlAnswer | undefined)[]} answers */
  const addLine = (sheet, body, text, answers) => {
    const row = body.insertRow();
    const head = make('th', text);
    Object.assign(head, { scope: 'row' });
    row.append(head);
    for (const [at, answer] of answers.entries()) {
      const cell = row.insertCell();
      cell.dataset.who = table(body)?.tHead?.rows[0].cells[at + 1].textContent ?? '';
      cell.append(make('b', sheet.words(answer?.state || 'none')));
      if (answer?.note) cell.append(Object.assign(make('p', answer.note), { dir: 'auto' }));
    }
    const [a, b] = answers.map((answer) => answer?.state ?? '');
    const steps = a && b ? Math.abs(records.states.indexOf(a) - records.states.indexOf(b)) : 0;
    const apart = steps > 0 || !a !== !b;
    row.classList.toggle('assess-apart', apart);
    const said = steps ? `${'◆'.repeat(steps)} ${sheet.words('steps', { count: steps })}` : sheet.words(apart ? 'one-sided' : 'same');
    row.append(make('td', said));
    return apart;
  };

  /** @param {Element} body */
  const table = (body) => /** @type {HTMLTableElement | null} */ (body.closest('table'));

  /** @param {SlSheet} sheet @param {SlRecord} first @param {SlRecord} second */
  const drawBoth = (sheet, first, second) => {
    const [here] = sheet.parts();
    const subjects = /** @type {HTMLElement[]} */ ([...sheet.querySelectorAll('.assess-progress tbody tr')]).map(({ dataset }) => dataset.subject);
    const values = (/** @type {SlRecord} */ { answers }) => subjects.map((subject) => {
      const keys = here.cells.filter(({ key }) => key === subject).flatMap(({ rows }) => rows.map(({ key }) => key));
      return keys.length ? keys.reduce((sum, key) => sum + records.value(answers.get(key)) / 3, 0) / keys.length : null;
    });
    const shapes = [{ values: values(second), other: true }, { values: values(first), other: false }];
    Object(window).slCharts.draw(sheet.querySelector('.assess-pair .radar-picture'), shapes);
  };

  /** @param {string} name @param {string} text */
  const make = (name, text) => Object.assign(document.createElement(name), { textContent: text });

  Object.assign(window, { slPair: act });
}
