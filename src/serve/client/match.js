// @ts-check
// Finds for each of some nodes its counterpart in an older list of nodes.

/** How many comparisons are worth their time; above it, nodes at the same index are counterparts. */
const COMPARISONS = 1_000_000;

/** How many comparisons of words are worth their time. */
const WORD_COMPARISONS = 20_000;

/**
 * A node of the new list → its counterpart in the old one; and the counterparts that come in another order.
 * @typedef {{ partners: Map<Node, Node>, moved: Set<Node> }} Match
 */

/**
 * Equal nodes at both ends are counterparts. Between them, nodes are aligned so that the sum of their likeness is the
 * greatest; a node that has moved is known by its id.
 * @param {Node[]} old @param {Node[]} next
 * @returns {Match}
 */
export function match(old, next) {
  /** @type {Match} */
  const found = { partners: new Map(), moved: new Set() };
  let [start, oldEnd, nextEnd] = [0, old.length, next.length];
  while (start < oldEnd && start < nextEnd && old[start].isEqualNode(next[start])) {
    found.partners.set(next[start], old[start++]);
  }
  while (oldEnd > start && nextEnd > start && old[oldEnd - 1].isEqualNode(next[nextEnd - 1])) {
    found.partners.set(next[--nextEnd], old[--oldEnd]);
  }
  const [oldRest, nextRest] = [old.slice(start, oldEnd), next.slice(start, nextEnd)];
  if (oldRest.length && nextRest.length) align(oldRest, nextRest, found.partners);
  findMoved(oldRest, nextRest, found);
  return found;
}

/** @param {Node[]} old @param {Node[]} next @param {Match} found */
function findMoved(old, next, { partners, moved }) {
  const taken = new Set(partners.values());
  const free = new Map(old.filter((node) => !taken.has(node)).map((node) => [idOf(node), node]));
  for (const node of next) {
    const from = idOf(node) && !partners.has(node) ? free.get(idOf(node)) : undefined;
    if (from?.nodeName !== node.nodeName) continue;
    partners.set(node, from);
    moved.add(from);
    free.delete(idOf(node));
  }
}

/** @param {Node[]} old @param {Node[]} next @param {Map<Node, Node>} partners */
function align(old, next, partners) {
  const like = likeness(old, next);
  if (old.length * next.length > COMPARISONS) {
    next.forEach((node, at) => at < old.length && like(old[at], node) && partners.set(node, old[at]));
    return;
  }
  const width = next.length + 1;
  const best = new Float32Array((old.length + 1) * width);
  const gains = new Float32Array(best.length);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      const at = i * width + j;
      gains[at] = like(old[i], next[j]);
      best[at] = Math.max(best[at + 1], best[at + width], gains[at] && gains[at] + best[at + width + 1]);
    }
  }
  for (let i = 0, j = 0; i < old.length && j < next.length; ) {
    const at = i * width + j;
    if (gains[at] && best[at] === Math.fround(gains[at] + best[at + width + 1])) partners.set(next[j++], old[i++]);
    else if (best[at] === best[at + width]) i++;
    else j++;
  }
}

/**
 * How alike two nodes are: 0 where one cannot become the other, 3 for equal ones.
 * @param {Node[]} old @param {Node[]} next
 * @returns {(a: Node, b: Node) => number}
 */
function likeness(old, next) {
  const ids = [new Set(old.map(idOf)), new Set(next.map(idOf))];
  const words = old.length * next.length > WORD_COMPARISONS ? () => new Set() : wordsOf();
  return (a, b) => {
    if (a.nodeName !== b.nodeName) return 0;
    if (idOf(a) !== idOf(b)) {
      if ((idOf(a) && ids[1].has(idOf(a))) || (idOf(b) && ids[0].has(idOf(b)))) return 0;
      return 0.1 + shared(words(a), words(b));
    }
    if (!(a instanceof Element) && !a.nodeValue?.trim()) return 0.01;
    if (idOf(a) || a.isEqualNode(b)) return 3;
    return 0.5 + shared(words(a), words(b));
  };
}

/** @param {Node} node */
function idOf(node) {
  return node instanceof Element ? node.id : '';
}

/** The words of a node, and the values of its attributes. @returns {(node: Node) => Set<string>} */
function wordsOf() {
  /** @type {Map<Node, Set<string>>} */
  const known = new Map();
  return (node) => {
    const seen = known.get(node);
    if (seen) return seen;
    const values = node instanceof Element ? [...node.attributes].map(({ value }) => value) : [];
    const words = new Set(`${node.textContent} ${values.join(' ')}`.match(/\S+/g)?.slice(0, 300));
    known.set(node, words);
    return words;
  };
}

/** @param {Set<unknown>} a @param {Set<unknown>} b */
function shared(a, b) {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return (2 * both) / (a.size + b.size || 1);
}
