// The grid of a workflow: runs are columns, states are rows. Only the rows in view are elements.

const RowHeight = 24;
const HeadHeight = 56;
const CellWidth = 18;
const NameWidth = 260;
const Words = { s: 'succeeded', c: 'caught', f: 'failed', t: 'timedout', a: 'aborted', r: 'running', w: 'waiting', '.': 'none' };
const Texts = { s: 'Succeeded', c: 'Error caught', f: 'Failed', t: 'Timed out', a: 'Aborted', r: 'Running', w: 'Waiting', '.': 'Not visited' };

/**
 * @typedef {{ arn: string, name: string, status: string, started: string, seconds?: number, changed?: boolean }} GridRun
 * @typedef {{ name: string, type: string, depth: number, cells: string, retried?: number[], gone?: boolean }} GridState
 * @typedef {{ now: string, runs: GridRun[], states: GridState[] }} GridData
 */

class Grid extends HTMLElement {
  /** @type {GridData | undefined} */ #data;
  /** @type {GridState[]} */ #rows = [];
  /** @type {Set<string>} */ #closed = new Set();
  /** @type {Map<number, HTMLElement>} */ #shown = new Map();
  /** @type {HTMLElement | undefined} */ #pattern;
  #height = 0;
  #row = 0;
  #column = -1;
  #text = '';
  #isStale = false;
  #isBusy = false;

  connectedCallback() {
    this.innerHTML = '<div class="grid-bar"><label class="inline">Status <select class="grid-status"><option value="">Any</option><option value="succeeded">Succeeded</option><option value="failed">Failed</option><option value="timedout">Timed out</option><option value="aborted">Aborted</option><option value="running">Running</option></select></label><span class="grid-info" role="status" aria-live="polite">Loading</span></div>'
      + '<div class="grid-scroll" tabindex="0" role="grid" aria-label="States and runs. Arrow keys move, Enter opens the run."><div class="grid-head" role="row"><div class="grid-name" role="columnheader">State</div><div class="grid-cells"></div></div><div class="grid-size" role="presentation"></div></div>';
    const scroll = this.#scroll;
    scroll.addEventListener('scroll', () => this.#draw(), { passive: true });
    scroll.addEventListener('keydown', happened => this.#key(happened));
    scroll.addEventListener('pointermove', happened => this.#hover(happened));
    scroll.addEventListener('click', happened => this.#click(happened));
    this.querySelector('.grid-status')?.addEventListener('change', () => void this.load());
    this.changed = () => void this.load();
    document.addEventListener('ork-change', this.changed);
    new ResizeObserver(() => {
      this.#height = scroll.clientHeight;
      this.#draw();
    }).observe(scroll);
    void this.load();
  }

  disconnectedCallback() {
    if (this.changed !== undefined) document.removeEventListener('ork-change', this.changed);
  }

  /** Reads the grid, and once more when it changed meanwhile. */
  async load() {
    this.#isStale = true;
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        const status = /** @type {HTMLSelectElement} */ (this.querySelector('.grid-status')).value;
        const response = await fetch(this.getAttribute('src') + (status === '' ? '' : `?status=${status}`));
        if (!response.ok) throw new Error(`The grid cannot be read (${response.status}).`);
        this.#data = await response.json();
        this.#arrange();
      }
    } catch (problem) {
      this.#say(/** @type {Error} */ (problem).message);
    } finally {
      this.#isBusy = false;
    }
  }

  get #scroll() {
    return /** @type {HTMLElement} */ (this.querySelector('.grid-scroll'));
  }

  /** @param {string} text */
  #say(text) {
    if (text !== this.#text) /** @type {HTMLElement} */ (this.querySelector('.grid-info')).textContent = this.#text = text;
  }

  #arrange() {
    const { runs, states } = /** @type {GridData} */ (this.#data);
    this.#rows = [];
    let hidden = Infinity;
    for (const state of states) {
      if (state.depth > hidden) continue;
      hidden = this.#closed.has(state.name) ? state.depth : Infinity;
      this.#rows.push(state);
    }
    const atEnd = this.#column < 0;
    if (atEnd) this.#column = runs.length - 1;
    this.#column = Math.min(this.#column, runs.length - 1);
    this.#row = Math.min(this.#row, this.#rows.length - 1);
    const size = /** @type {HTMLElement} */ (this.querySelector('.grid-size'));
    size.style.height = `${this.#rows.length * RowHeight}px`;
    size.style.width = `${NameWidth + 6 + runs.length * CellWidth + 12}px`;
    const scroll = this.#scroll;
    scroll.style.height = `${Math.max(160, HeadHeight + this.#rows.length * RowHeight + 18)}px`;
    scroll.setAttribute('aria-rowcount', String(this.#rows.length + 1));
    scroll.setAttribute('aria-colcount', String(runs.length + 1));
    this.#head(runs);
    for (const element of this.#shown.values()) element.remove();
    this.#shown.clear();
    if (atEnd) scroll.scrollLeft = scroll.scrollWidth;
    this.#draw();
    this.#say(runs.length === 0 ? 'No run yet' : `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${states.length} ${states.length === 1 ? 'state' : 'states'}`);
  }

  /** @param {GridRun[]} runs */
  #head(runs) {
    const longest = Math.max(0.001, ...runs.map(run => run.seconds ?? 0));
    const cells = /** @type {HTMLElement} */ (this.querySelector('.grid-head .grid-cells'));
    cells.replaceChildren(...runs.map((run, index) => {
      const cell = document.createElement('a');
      cell.href = this.#address(run, undefined);
      cell.tabIndex = -1;
      cell.className = `grid-cell is-${run.status}${run.changed ? ' is-changed' : ''}`;
      cell.dataset.column = String(index);
      cell.setAttribute('role', 'columnheader');
      cell.setAttribute('aria-label', `${run.name}: ${run.status}`);
      const bar = document.createElement('i');
      bar.style.height = `${4 + 40 * Math.sqrt((run.seconds ?? longest) / longest)}px`;
      cell.append(bar);
      return cell;
    }));
  }

  #draw() {
    if (this.#data === undefined) return;
    const top = this.#scroll.scrollTop;
    const first = Math.max(0, Math.floor((top - HeadHeight) / RowHeight) - 6);
    const last = Math.min(this.#rows.length, Math.ceil((top + this.#height) / RowHeight) + 6);
    for (const [index, element] of this.#shown) {
      if (index >= first && index < last) continue;
      element.remove();
      this.#shown.delete(index);
    }
    const rows = document.createDocumentFragment();
    for (let index = first; index < last; index++) {
      if (this.#shown.has(index)) continue;
      const element = this.#make(index);
      this.#shown.set(index, element);
      rows.append(element);
    }
    this.querySelector('.grid-size')?.append(rows);
  }

  /** @param {number} index */
  #make(index) {
    const { runs, states } = /** @type {GridData} */ (this.#data);
    const state = this.#rows[index];
    const row = document.createElement('div');
    row.className = 'grid-row';
    row.setAttribute('role', 'row');
    row.setAttribute('aria-rowindex', String(index + 2));
    row.dataset.row = String(index);
    row.style.top = `${index * RowHeight}px`;
    const name = document.createElement('div');
    name.className = 'grid-name';
    name.setAttribute('role', 'rowheader');
    name.title = state.gone ? `${state.name}: not in the definition any more` : state.name;
    name.style.paddingLeft = `${12 + state.depth * 14}px`;
    const at = states.indexOf(state);
    if ((states[at + 1]?.depth ?? 0) > state.depth) {
      const toggle = document.createElement('button');
      toggle.type = 'button';
      const isClosed = this.#closed.has(state.name);
      toggle.textContent = isClosed ? '▸' : '▾';
      toggle.setAttribute('aria-expanded', String(!isClosed));
      toggle.setAttribute('aria-label', `${isClosed ? 'Show' : 'Hide'} the states of ${state.name}`);
      toggle.tabIndex = -1;
      name.append(toggle);
    }
    const text = document.createElement('bdi');
    text.textContent = state.name;
    if (state.gone) text.className = 'grid-gone';
    name.append(text);
    const cells = /** @type {HTMLElement} */ (this.#empty(runs.length).cloneNode(true));
    const here = index === this.#row ? this.#column : -1;
    for (let i = 0, cell = /** @type {Element | null} */ (cells.firstElementChild); cell !== null; cell = cell.nextElementSibling, i++) {
      const letter = /** @type {keyof typeof Words} */ (state.cells[i]);
      const isRetried = state.retried?.includes(i) === true;
      cell.className = `grid-cell is-${Words[letter]}${isRetried ? ' is-retried' : ''}${runs[i].changed ? ' is-changed' : ''}${i === here ? ' is-here' : ''}`;
      cell.setAttribute('aria-label', `${state.name} in ${runs[i].name}: ${Texts[letter]}${isRetried ? ', retried' : ''}`);
    }
    row.append(name, cells);
    return row;
  }

  /**
   * Cells to be copied: copying is much faster than making each.
   * @param {number} count
   */
  #empty(count) {
    if (this.#pattern?.childElementCount === count) return this.#pattern;
    const cells = document.createElement('div');
    cells.className = 'grid-cells';
    for (let i = 0; i < count; i++) {
      const cell = document.createElement('div');
      cell.dataset.column = String(i);
      cell.setAttribute('role', 'gridcell');
      cells.append(cell);
    }
    return this.#pattern = cells;
  }

  /**
   * @param {GridRun} run
   * @param {GridState | undefined} state
   */
  #address(run, state) {
    const path = this.getAttribute('run-address') + encodeURIComponent(run.arn).replaceAll('%3A', ':');
    return state === undefined ? path : `${path}?state=${encodeURIComponent(state.name)}`;
  }

  /** @param {number} row @param {number} column */
  #describe(row, column) {
    const { runs, now } = /** @type {GridData} */ (this.#data);
    const run = runs[column];
    if (run === undefined) return;
    const state = this.#rows[row];
    const seconds = run.seconds ?? (Date.parse(now) - Date.parse(run.started)) / 1000;
    const start = `${run.name}, ${run.status}, ${seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds.toFixed(1)} s`}`;
    if (state === undefined) this.#say(start);
    else this.#say(`${state.name}: ${Texts[/** @type {keyof typeof Texts} */ (state.cells[column])]}${state.retried?.includes(column) ? ', retried' : ''} – ${start}`);
  }

  /** @param {PointerEvent} happened */
  #hover(happened) {
    const cell = /** @type {Element} */ (happened.target).closest('.grid-cell');
    if (cell === null) return;
    const row = /** @type {HTMLElement | null} */ (cell.closest('.grid-row'));
    this.#describe(row === null ? -1 : Number(row.dataset.row), Number(/** @type {HTMLElement} */ (cell).dataset.column));
  }

  /** @param {MouseEvent} happened */
  #click(happened) {
    const target = /** @type {Element} */ (happened.target);
    const row = /** @type {HTMLElement | null} */ (target.closest('.grid-row'));
    if (row === null) return;
    const index = Number(row.dataset.row);
    if (target.closest('button') !== null) {
      const { name } = this.#rows[index];
      if (!this.#closed.delete(name)) this.#closed.add(name);
      this.#arrange();
      return;
    }
    const cell = /** @type {HTMLElement | null} */ (target.closest('.grid-cell'));
    if (cell !== null) this.#open(index, Number(cell.dataset.column));
  }

  /** @param {number} row @param {number} column */
  #open(row, column) {
    const run = this.#data?.runs[column];
    if (run === undefined) return;
    // As a link, so that the page goes on as it does with all links.
    const link = document.createElement('a');
    link.href = this.#address(run, this.#rows[row]);
    link.hidden = true;
    this.append(link);
    link.click();
    link.remove();
  }

  /** @param {KeyboardEvent} happened */
  #key(happened) {
    const runs = this.#data?.runs.length ?? 0;
    const page = Math.max(1, Math.floor((this.#scroll.clientHeight - HeadHeight) / RowHeight) - 1);
    let [row, column] = [this.#row, this.#column];
    switch (happened.key) {
      case 'ArrowUp': row--; break;
      case 'ArrowDown': row++; break;
      case 'ArrowLeft': column--; break;
      case 'ArrowRight': column++; break;
      case 'PageUp': row -= page; break;
      case 'PageDown': row += page; break;
      case 'Home': column = 0; break;
      case 'End': column = runs - 1; break;
      case 'Enter': this.#open(this.#row, this.#column); happened.preventDefault(); return;
      default: return;
    }
    happened.preventDefault();
    this.#row = Math.max(0, Math.min(this.#rows.length - 1, row));
    this.#column = Math.max(0, Math.min(runs - 1, column));
    const scroll = this.#scroll;
    const top = this.#row * RowHeight;
    if (top < scroll.scrollTop) scroll.scrollTop = top;
    else if (top + RowHeight + HeadHeight > scroll.scrollTop + scroll.clientHeight) scroll.scrollTop = top + RowHeight + HeadHeight + 18 - scroll.clientHeight;
    const left = this.#column * CellWidth;
    if (left < scroll.scrollLeft) scroll.scrollLeft = left;
    else if (left + CellWidth + NameWidth + 24 > scroll.scrollLeft + scroll.clientWidth) scroll.scrollLeft = left + CellWidth + NameWidth + 24 - scroll.clientWidth;
    this.#draw();
    this.querySelector('.is-here')?.classList.remove('is-here');
    this.#shown.get(this.#row)?.querySelector(`[data-column="${this.#column}"]`)?.classList.add('is-here');
    this.#describe(this.#row, this.#column);
  }
}

customElements.define('ork-grid', Grid);
