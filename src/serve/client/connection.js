// @ts-check
// Listens to the event stream of the preview's server, and updates the page after each change: one update at a time.

import './copy.js';
import { refreshAssets } from './assets.js';
import { refreshPage } from './page.js';
import { showNote } from './panel.js';
import { refreshProblems } from './problems.js';

/** The delay in milliseconds after which a lost connection is shown on the page. */
const DISCONNECT_NOTE_DELAY = 2000;

/** The delay in milliseconds before a failed connection or update is retried. */
const RETRY_DELAY = 1000;

/** @type {EventSource | null} */
let source = null;
/** The timer for the note about a lost connection. @type {number | undefined} */
let noteTimer;
/** The token of the newest state, and that of the state that the page shows. */
let newestToken = '';
let shownToken = '';
let isUpdating = false;

/** Connects while the tab is visible: browsers limit the connections to a server, and hidden tabs would use them up. */
function connect() {
  if (document.hidden) return disconnect();
  if (source) return;
  source = new EventSource('/_stepladder/events');
  source.addEventListener('state', ({ data }) => {
    clearNoteTimer();
    showNote('away');
    newestToken = data;
    void applyUpdates();
  });
  source.addEventListener('error', onError);
}

function disconnect() {
  source?.close();
  source = null;
  clearNoteTimer();
}

function clearNoteTimer() {
  clearTimeout(noteTimer);
  noteTimer = undefined;
}

/** The browser reconnects by itself after most errors, but not after a response that isn't an event stream. */
function onError() {
  noteTimer ??= setTimeout(showDisconnected, DISCONNECT_NOTE_DELAY);
  if (source?.readyState !== EventSource.CLOSED) return;
  source = null;
  setTimeout(connect, RETRY_DELAY);
}

/** Shows why there is no connection: the server isn't running, or it has reached its limit of event streams. */
async function showDisconnected() {
  const response = await fetch('/_stepladder/events', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  if (noteTimer === undefined) return;
  const isFull = response?.status === 503;
  showNote('away', isFull ? 'Too many preview tabs are open. Close some of them.' : 'The preview isn’t running.');
}

/** Updates the page to the newest state, again if a newer one comes meanwhile. A failed update is retried. */
async function applyUpdates() {
  if (isUpdating) return;
  isUpdating = true;
  while (shownToken !== newestToken) {
    const token = newestToken;
    // The theme's scripts may have cached data of the former site.
    /** @type {any} */ (window).stepladder?.forget?.();
    const results = await Promise.allSettled([refreshPage().then(refreshAssets), refreshProblems()]);
    if (results.some(({ status }) => status === 'rejected')) break;
    shownToken = token;
  }
  isUpdating = false;
  if (shownToken !== newestToken && source?.readyState === EventSource.OPEN) setTimeout(applyUpdates, RETRY_DELAY);
}

document.addEventListener('visibilitychange', connect);
addEventListener('pagehide', disconnect);
addEventListener('pageshow', connect);
connect();
