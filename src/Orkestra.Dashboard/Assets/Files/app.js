// What moves on a page: links that keep the place, live updates, the grid. Pages work without it, apart from the grid.
import './grid.js';
import { morph } from './morph.js';

const parser = new DOMParser();
/** The address whose content is shown. @type {string} */
let shown = location.pathname + location.search;
/** @type {EventSource | undefined} */
let source;
/** @type {AbortController | undefined} */
let pending;

/**
 * Fetches a page and puts its content into this one.
 * @param {string} address
 * @returns {Promise<boolean>} Whether the content was replaced.
 */
async function show(address) {
  pending?.abort();
  pending = new AbortController();
  const response = await fetch(address, { headers: { accept: 'text/html' }, signal: pending.signal, redirect: 'follow' });
  if (!(response.headers.get('content-type') ?? '').startsWith('text/html')) return false;
  const page = parser.parseFromString(await response.text(), 'text/html');
  const main = page.getElementById('main');
  const here = document.getElementById('main');
  if (main === null || here === null || (page.querySelector('link[rel=stylesheet]')?.getAttribute('href') !== document.querySelector('link[rel=stylesheet]')?.getAttribute('href'))) return false;
  document.title = page.title;
  morph(here, main);
  document.body.dataset.seen = page.body.dataset.seen;
  const live = page.body.dataset.live;
  if (live !== document.body.dataset.live) {
    if (live === undefined) delete document.body.dataset.live;
    else document.body.dataset.live = live;
    listen();
  }
  const [nav, old] = [page.querySelector('.top nav'), document.querySelector('.top nav')];
  if (nav !== null && old !== null) morph(old, nav);
  return true;
}

/**
 * Goes to another address of the dashboard without loading the page anew.
 * @param {string} address
 * @param {boolean} isNew Whether it becomes an entry of the history.
 */
async function go(address, isNew) {
  const target = new URL(address, location.href);
  const samePage = target.pathname === new URL(shown, location.href).pathname;
  try {
    if (!await show(target.href)) {
      location.assign(target.href);
      return;
    }
  } catch (problem) {
    if (/** @type {Error} */ (problem).name !== 'AbortError') location.assign(target.href);
    return;
  }
  if (isNew) history.pushState(null, '', target.href);
  // Fields show what the new address says, not what was entered before.
  for (const form of document.querySelectorAll('#main form')) /** @type {HTMLFormElement} */ (form).reset();
  shown = location.pathname + location.search;
  if (!samePage) {
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  } else if (isNew && (target.searchParams.has('state') || target.searchParams.has('visit'))) {
    document.getElementById('drawer-title')?.focus({ preventScroll: true });
  }
}

document.addEventListener('click', happened => {
  if (happened.defaultPrevented || happened.button !== 0 || happened.metaKey || happened.ctrlKey || happened.shiftKey || happened.altKey) return;
  const link = /** @type {Element} */ (happened.target).closest('a');
  if (link === null || link.hasAttribute('data-leave')) return;
  // In a drawing the address is that of an SVG link.
  const address = link.getAttribute('href');
  if (address === null || address.startsWith('#') || link.getAttribute('target') !== null) return;
  const target = new URL(address, location.href);
  if (target.origin !== location.origin) return;
  happened.preventDefault();
  void go(target.href, true);
});

document.addEventListener('click', happened => {
  const button = /** @type {Element} */ (happened.target).closest('button[data-copy]');
  if (button !== null) void copy(/** @type {HTMLElement} */ (button));
});

/**
 * Copies the text of the list that follows a button.
 * @param {HTMLElement} button
 */
async function copy(button) {
  const list = /** @type {HTMLElement | null} */ (button.parentElement?.nextElementSibling);
  if (list === null) return;
  const name = button.textContent;
  try {
    await navigator.clipboard.writeText(list.innerText);
    button.textContent = 'Copied';
  } catch {
    // The browser does not allow it, such as without https: the text is selected instead.
    getSelection()?.selectAllChildren(list);
    button.textContent = 'Selected';
  }
  setTimeout(() => { button.textContent = name; }, 2000);
}

addEventListener('popstate', () => void go(location.href, false));

document.addEventListener('submit', happened => {
  const form = /** @type {HTMLFormElement} */ (happened.target);
  if (form.method === 'get') {
    happened.preventDefault();
    const target = new URL(form.action, location.href);
    target.search = '';
    for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') target.searchParams.append(name, value);
    void go(target.href, true);
    return;
  }
  for (const area of form.querySelectorAll('textarea[data-json]')) {
    if (/** @type {HTMLElement} */ (area).offsetParent === null || check(/** @type {HTMLTextAreaElement} */ (area))) continue;
    happened.preventDefault();
    /** @type {HTMLTextAreaElement} */ (area).focus();
  }
});

document.addEventListener('change', happened => {
  const form = /** @type {Element} */ (happened.target).closest('form[data-auto]');
  if (form !== null) /** @type {HTMLFormElement} */ (form).requestSubmit();
});

document.addEventListener('input', happened => {
  const area = /** @type {Element} */ (happened.target);
  if (area.matches('textarea[data-json]')) check(/** @type {HTMLTextAreaElement} */ (area));
});

/**
 * Marks text that is not JSON.
 * @param {HTMLTextAreaElement} area
 */
function check(area) {
  let problem = '';
  try {
    JSON.parse(area.value);
  } catch (wrong) {
    problem = /** @type {Error} */ (wrong).message;
  }
  area.setAttribute('aria-invalid', String(problem !== ''));
  let note = area.parentElement?.querySelector('.json-note');
  if (note === null || note === undefined) {
    note = document.createElement('span');
    note.className = 'json-note bad';
    note.setAttribute('role', 'status');
    area.after(note);
  }
  note.textContent = problem === '' ? '' : `Not valid JSON: ${problem}`;
  return problem === '';
}

document.addEventListener('keydown', happened => {
  const typing = /** @type {Element} */ (happened.target).matches('input, textarea, select');
  if (happened.key === '/' && !typing) {
    happened.preventDefault();
    document.getElementById('find')?.focus();
  } else if (happened.key === 'Escape' && !typing) {
    /** @type {HTMLAnchorElement | null} */ (document.querySelector('[data-close]'))?.click();
  }
});

let isBusy = false;
let isStale = false;

/** Brings the page up to date: once more when something changed meanwhile. */
async function refresh() {
  isStale = true;
  if (isBusy || document.hidden) return;
  isBusy = true;
  try {
    while (isStale) {
      isStale = false;
      document.dispatchEvent(new CustomEvent('ork-change'));
      await show(location.href);
    }
  } catch {
    // The connection says so itself, and asks again when it is back.
  } finally {
    isBusy = false;
  }
}

/** Follows what happens, as long as the page has something that changes. */
function listen() {
  source?.close();
  source = undefined;
  const state = /** @type {HTMLElement} */ (document.getElementById('connection'));
  state.textContent = '';
  const address = document.body.dataset.live;
  if (address === undefined) return;
  // The server says at once whether something has changed since the page was made, also when the connection comes back.
  source = new EventSource(`${address}&seen=${document.body.dataset.seen}`);
  source.addEventListener('open', () => {
    state.textContent = '';
    document.documentElement.dataset.connected = 'true';
  });
  source.addEventListener('change', () => void refresh());
  source.addEventListener('error', () => {
    delete document.documentElement.dataset.connected;
    state.textContent = 'Connection lost – trying again';
    if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden && isStale) void refresh();
});

// The note of what was done shows once.
const address = new URL(location.href);
if (address.searchParams.has('done')) {
  address.searchParams.delete('done');
  history.replaceState(null, '', address.href);
  shown = location.pathname + location.search;
}

listen();
