// @ts-check
// Hears from the preview's server that something changed, and has the page brought up to date: one update at a time.

import { refreshAssets } from './assets.js';
import { refreshPage } from './page.js';
import { showNote } from './panel.js';
import { refreshProblems } from './problems.js';

/** For how long the server may be away before the page says so, in milliseconds. */
const PATIENCE = 2000;

/** After how long to try again what failed, in milliseconds. */
const PAUSE = 1000;

/** @type {EventSource | null} */
let source = null;
/** @type {number | undefined} */
let patience;
/** The newest state heard of, and the last one that the page shows. */
let heard = '';
let shown = '';
let busy = false;

/** Listens while the tab is seen: a browser grants a server few connections, and hidden tabs would use them up. */
function listen() {
  if (document.hidden) return hangUp();
  if (source) return;
  source = new EventSource('/_stepladder/events');
  source.addEventListener('state', ({ data }) => {
    waitNoLonger();
    showNote('away');
    heard = data;
    void catchUp();
  });
  source.addEventListener('error', wait);
}

function hangUp() {
  source?.close();
  source = null;
  waitNoLonger();
}

function waitNoLonger() {
  clearTimeout(patience);
  patience = undefined;
}

/** The browser connects again by itself after most failures, not after an answer that is no event stream. */
function wait() {
  patience ??= setTimeout(tell, PATIENCE);
  if (source?.readyState !== EventSource.CLOSED) return;
  source = null;
  setTimeout(listen, PAUSE);
}

/** Says why nothing is heard: the server is away, or has no place for one more page that listens. */
async function tell() {
  const answer = await fetch('/_stepladder/events', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (patience === undefined) return;
  const full = answer?.status === 503;
  showNote('away', full ? 'Too many preview tabs are open. Close some of them.' : 'The preview isn’t running.');
}

/** Shows the newest state. States that come meanwhile are one more round; a round that fails is tried again. */
async function catchUp() {
  if (busy) return;
  busy = true;
  while (shown !== heard) {
    const state = heard;
    // What the theme's scripts have loaded was made for the site before.
    /** @type {any} */ (window).stepladder?.forget?.();
    const tries = await Promise.allSettled([refreshPage().then(refreshAssets), refreshProblems()]);
    if (tries.some(({ status }) => status === 'rejected')) break;
    shown = state;
  }
  busy = false;
  if (shown !== heard && source?.readyState === EventSource.OPEN) setTimeout(catchUp, PAUSE);
}

document.addEventListener('visibilitychange', listen);
addEventListener('pagehide', hangUp);
addEventListener('pageshow', listen);
listen();
