// @ts-check
// A self-assessment as Markdown, for a one-to-one.

/**
 * @typedef {(word: string, fill?: Record<string, string | number>) => string} SlWords
 * @typedef {object} SlPart what a page asks at one level
 * @property {string} title
 * @property {boolean} here whether it is the level itself
 * @property {{ key: string, title: string, rows: { key: string, text: string }[] }[]} cells
 */

{
  const records = /** @type {SlRecords} */ (Object(window).slRecords);

  /** An address of the web, without the punctuation that follows it. */
  const ADDRESS = /(https?:\/\/[^\s<>]*[^\s<>.,;:!?'"()[\]*_])/;

  /** What Markdown takes for its own anywhere in a line. */
  const SIGNS = /[\\`*[\]<|~]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

  /** A line of text that is nothing but text; addresses stay whole, as links. @param {string} text */
  const escaped = (text) => text.split(ADDRESS).map((part, at) => (at % 2 ? `<${part}>` : part.replace(SIGNS, '\\$&'))).join('')
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\').replace(/^[#+=>-]/, '\\$&');

  /** @param {string} text */
  const plain = (text) => escaped(text.replace(/\s+/g, ' ').trim());

  /** A note of several lines, each of which stays one. @param {string} note */
  const quoted = (note) => {
    const lines = note.trim().split(/\r\n?|\n/).map((line) => {
      const [indent = ''] = line.match(/^\s+/) ?? [];
      return '\u00A0'.repeat(indent.replaceAll('\t', '    ').length) + escaped(line.trim());
    });
    return lines.map((line, at) => (line.trim() ? `  > ${line}${lines[at + 1]?.trim() ? '  ' : ''}` : '  >')).join('\n');
  };

  /**
   * @param {SlRecord} record @param {SlPart[]} parts @param {SlRow[]} added what is new in the guide @param {SlWords} words
   * @returns {string}
   */
  const toMarkdown = (record, parts, added, words) => {
    const { answers, date, guide, level } = record;
    const by = record.name ? 'md-by' : 'md-nameless';
    const out = [`# ${plain(words('md-title', { level: level.title }))}`, plain(words(by, { name: record.name, date, guide }))];
    const known = new Set();
    for (const part of parts) {
      const before = out.length;
      for (const cell of part.cells) {
        const lines = cell.rows.flatMap(({ key, text }) => {
          const answer = answers.get(key);
          known.add(key);
          return answer ? [line(answer, text, words)] : [];
        });
        const met = cell.rows.filter(({ key }) => records.isMet(answers.get(key))).length;
        const sum = words('md-met', { met, all: cell.rows.length });
        if (lines.length) out.push(`### ${plain(cell.title)} (${sum})`, lines.join('\n'));
      }
      if (out.length > before) out.splice(before, 0, `## ${plain(part.title)}`);
    }
    const gap = parts.filter((part) => part.here).flatMap(({ cells }) => cells.flatMap(({ rows }) => rows))
      .filter(({ key }) => answers.get(key)?.state && !records.isMet(answers.get(key)));
    if (gap.length) {
      out.push(`## ${plain(words('md-gap', { level: level.title }))}`, gap.map(({ text }) => `- ${plain(text)}`).join('\n'));
    }
    if (added.length) out.push(`## ${plain(words('md-new'))}`, added.map(({ text }) => `- ${plain(text)}`).join('\n'));
    const gone = [...answers].filter(([key]) => !known.has(key));
    if (gone.length) {
      out.push(`## ${words('md-gone')}`, gone.map(([, answer]) => line(answer, answer.text, words)).join('\n'));
    }
    if (!answers.size) out.push(words('md-none'));
    return `${out.join('\n\n')}\n`;
  };

  /** @param {SlAnswer} answer @param {string} text @param {SlWords} words */
  const line = ({ state, note }, text, words) =>
    `- **${words(state || 'none')}:** ${plain(text)}${note.trim() ? `\n${quoted(note)}` : ''}`;

  Object.assign(window, { slToMarkdown: toMarkdown });
}
