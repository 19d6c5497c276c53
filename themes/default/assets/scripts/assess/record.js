// @ts-check
// What a self-assessment holds, and how it is written to a file and read from one.

/**
 * @typedef {'' | 'not-yet' | 'sometimes' | 'consistently' | 'beyond'} SlState
 * @typedef {{ state: SlState, note: string, text: string, subject: string }} SlAnswer the sentence is kept as it was marked
 * @typedef {object} SlRecord
 * @property {string} guide the guide's title
 * @property {{ id: string, title: string }} level
 * @property {string} name whose it is; may be empty
 * @property {string} date the day on which it was saved; empty before that
 * @property {string} next the following level that was chosen
 * @property {Set<string>} known the ids of what was asked when it was marked; what comes to the guide later is new
 * @property {Map<string, SlAnswer>} answers by level and permanent id: `ic/senior#owns-design`
 *
 * @typedef {{ record: SlRecord } | { problem: 'damaged' | 'foreign' | 'newer' }} SlRead
 *
 * @typedef {object} SlRecords
 * @property {readonly SlState[]} states from the lowest up, without the empty one
 * @property {(record: SlRecord) => string} write as the text of a file
 * @property {(text: string) => SlRead} read the text of a file
 * @property {(answers: Map<string, SlAnswer>) => object[]} toList marks as a file has them
 * @property {(list: unknown) => Map<string, SlAnswer> | null} fromList nothing where they are damaged
 * @property {(record: SlRecord) => SlRecord} copy
 * @property {(answer: SlAnswer | undefined) => number} value 0 to 3
 * @property {(answer: SlAnswer | undefined) => boolean} isMet whether it is done consistently, or beyond
 */

{
  const FORMAT = 'stepladder-self-assessment';
  const VERSION = 1;

  /** @type {readonly SlState[]} */
  const states = ['not-yet', 'sometimes', 'consistently', 'beyond'];

  /** @type {SlRecords['write']} */
  const write = ({ guide, level, name, date, next, known, answers }) => {
    const data = { format: FORMAT, version: VERSION, guide, level, name, date, next, known: [...known], answers: toList(answers) };
    return `${JSON.stringify(data, null, 1)}\n`;
  };

  /** @type {SlRecords['read']} */
  const read = (text) => {
    let data;
    try {
      data = JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch {
      return { problem: 'damaged' };
    }
    if (data?.format !== FORMAT) return { problem: 'foreign' };
    if (Number(data.version) > VERSION) return { problem: 'newer' };
    const { guide, level, name = '', date = '', next = '', known = [] } = data;
    const answers = fromList(data.answers);
    if (!answers || !Array.isArray(known)) return { problem: 'damaged' };
    const texts = [guide, level?.id, level?.title, name, date, next, ...known];
    if (!texts.every(isText)) return { problem: 'damaged' };
    const about = { guide, level: { id: level.id, title: level.title }, name, date, next };
    return { record: { ...about, known: new Set(known), answers } };
  };

  /** @type {SlRecords['toList']} */
  const toList = (answers) => [...answers].map(([id, answer]) => ({ id, ...answer }));

  /** @type {SlRecords['fromList']} */
  const fromList = (list) => {
    if (!Array.isArray(list) || !list.every(isAnswer)) return null;
    return new Map(list.map(({ id, state, note, text, subject }) => [id, { state, note, text, subject }]));
  };

  /** @param {unknown} value */
  const isText = (value) => typeof value === 'string';

  /** @param {any} answer */
  const isAnswer = (answer) =>
    [answer?.id, answer?.note, answer?.text, answer?.subject].every(isText) && ['', ...states].includes(answer.state);

  /** @type {SlRecords['copy']} */
  const copy = (record) => ({ ...record, level: { ...record.level }, known: new Set(record.known), answers: new Map(record.answers) });

  /** @type {SlRecords['value']} */
  const value = (answer) => Math.max(0, states.indexOf(answer?.state ?? ''));

  /** @type {SlRecords['isMet']} */
  const isMet = (answer) => value(answer) >= states.indexOf('consistently');

  Object.assign(window, { slRecords: /** @type {SlRecords} */ ({ states, write, read, toList, fromList, copy, value, isMet }) });
}
