// @ts-check
// Matches the nodes of a new list with their counterparts in an old one.

/** The most comparisons of nodes, which bounds the time. Beyond it, nodes at the same index are counterparts. */
const MAX_COMPARISONS = 1_000_000;

/** The most comparisons of nodes for which their words are compared as well. */
const MAX_WORD_COMPARISONS = 20_000;

/**
 * The counterpart in the old list of each matched new node; and those counterparts whose order has changed.
 * @typedef {{ partners: Map<Node, Node>, moved: Set<Node> }} Match
 */

/**
 * Matches equal nodes at both ends. The nodes between them are aligned so that the sum of their similarities is maximal;
 * nodes that have moved are matched by their ids.
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
  const unmatched = new Map(old.filter((node) => !taken.has(node)).map((node) => [idOf(node), node]));
  for (const node of next) {
    const from = idOf(node) && !partners.has(node) ? unmatched.get(idOf(node)) : undefined;
    if (from?.nodeName !== node.nodeName) continue;
    partners.set(node, from);
    moved.add(from);
    unmatched.delete(idOf(node));
  }
}

/** @param {Node[]} old @param {Node[]} next @param {Map<Node, Node>} partners */
function align(old, next, partners) {
  const similarity = similarityFunction(old, next);
  if (old.length * next.length > MAX_COMPARISONS) {
    next.forEach((node, at) => at < old.length && similarity(old[at], node) && partners.set(node, old[at]));
    return;
  }
  const width = next.length + 1;
  const best = new Float32Array((old.length + 1) * width);
  const gains = new Float32Array(best.length);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      const at = i * width + j;
      gains[at] = similarity(old[i], next[j]);
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
 * Returns a function of the similarity of two nodes: from 0 if one can't be changed into the other to 3 for equal ones.
 * @param {Node[]} old @param {Node[]} next
 * @returns {(a: Node, b: Node) => number}
 */
function similarityFunction(old, next) {
  const ids = [new Set(old.map(idOf)), new Set(next.map(idOf))];
  const words = old.length * next.length > MAX_WORD_COMPARISONS ? () => new Set() : cachedWords();
  return (a, b) => {
    if (a.nodeName !== b.nodeName) return 0;
    if (idOf(a) !== idOf(b)) {
      if ((idOf(a) && ids[1].has(idOf(a))) || (idOf(b) && ids[0].has(idOf(b)))) return 0;
      return 0.1 + overlap(words(a), words(b));
    }
    if (!(a instanceof Element) && !a.nodeValue?.trim()) return 0.01;
    if (idOf(a) || a.isEqualNode(b)) return 3;
    return 0.5 + overlap(words(a), words(b));
  };
}

/** @param {Node} node */
function idOf(node) {
  return node instanceof Element ? node.id : '';
}

/** Returns a function of the words of a node's text and attributes, with a cache. @returns {(node: Node) => Set<string>} */
function cachedWords() {
  /** @type {Map<Node, Set<string>>} */
  const cache = new Map();
  return (node) => {
    const cached = cache.get(node);
    if (cached) return cached;
    const values = node instanceof Element ? [...node.attributes].map(({ value }) => value) : [];
    const words = new Set(`${node.textContent} ${values.join(' ')}`.match(/\S+/g)?.slice(0, 300));
    cache.set(node, words);
    return words;
  };
}

/** The Dice coefficient of two sets. @param {Set<unknown>} a @param {Set<unknown>} b */
function overlap(a, b) {
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return (2 * both) / (a.size + b.size || 1);
}
