// Finding things: a dialog over /api/v1/search, opened by Ctrl-K or ⌘K, by "/", and by any button with `data-search`. One request waits for
// the typing to pause, and an answer that was overtaken is dropped. Arrow keys choose, Enter opens, Esc closes.

const PAUSE = 120;
const KINDS = {
  page: 'Pages',
  board: 'Boards',
  embedded_board: 'Boards',
  measure: 'Measures',
  country: 'Countries',
  product: 'Products',
  customer: 'Customers',
};

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

class Search {
  constructor() {
    this.input = make('input', { className: 'search-input', type: 'text', autocomplete: 'off', spellcheck: false, maxLength: 100 });
    this.input.placeholder = 'Pages, boards, measures, products, customers';
    this.list = make('div', { id: 'search-results', className: 'search-results' });
    this.said = make('p', { className: 'search-said' });
    const roles = { role: 'combobox', 'aria-label': 'Search', 'aria-expanded': 'true', 'aria-controls': 'search-results', 'aria-autocomplete': 'list' };
    Object.entries(roles).forEach(([name, value]) => this.input.setAttribute(name, value));
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', 'Results');
    this.said.setAttribute('role', 'status');
    const keys = make('p', { className: 'search-keys', ariaHidden: 'true' });
    keys.append(make('kbd', { textContent: '↑' }), make('kbd', { textContent: '↓' }), ' choose ', make('kbd', { textContent: '↵' }), ' open ', make('kbd', { textContent: 'Esc' }), ' close');
    const close = make('button', { type: 'button', className: 'search-close', textContent: 'Close' });
    close.addEventListener('click', () => this.dialog.close());
    this.dialog = make('dialog', { className: 'dialog search' }, make('div', { className: 'search-head' }, this.input, close), this.said, this.list, keys);
    this.dialog.setAttribute('aria-label', 'Search');
    // A press beside it closes it, as Esc does.
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener('close', () => this.closed());
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', (event) => this.pressed(event));
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.input.focus();
    this.show([], '');
    this.say('Type a few letters.');
  }

  closed() {
    clearTimeout(this.pause);
    this.asked?.abort();
    this.dialog.remove();
    open = undefined;
  }

  say(words) {
    this.said.textContent = words;
  }

  typed() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask(this.input.value.trim()), PAUSE);
  }

  async ask(text) {
    this.asked?.abort();
    if (text === '') {
      this.show([], text);
      return this.say('Type a few letters.');
    }
    const asked = (this.asked = new AbortController());
    try {
      const response = await fetch(`/api/v1/search?q=${encodeURIComponent(text)}`, { signal: asked.signal });
      if (!response.ok) throw new Error(String(response.status));
      const found = await response.json();
      if (asked !== this.asked) return;
      this.show(found, text);
      this.say(found.length === 0 ? `Nothing is called “${text}”.` : `${found.length} found`);
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.show([], text);
      this.say('The search did not answer; try again.');
    }
  }

  show(found, text) {
    this.shownFor = text;
    this.options = [];
    const groups = new Map();
    for (const result of found) {
      const group = KINDS[result.kind] ?? 'Others';
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push(this.option(result));
    }
    const boxes = [...groups].map(([name, options]) => {
      const box = make('div', {}, make('p', { className: 'search-group', textContent: name, ariaHidden: 'true' }), ...options);
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', name);
      this.options.push(...options);
      return box;
    });
    this.list.replaceChildren(...boxes);
    this.choose(0);
  }

  option(result) {
    const option = make('a', { className: 'search-option', href: result.address, tabIndex: -1 });
    option.append(make('span', { textContent: result.title }));
    if (result.hint) option.append(make('small', { textContent: result.hint }));
    option.setAttribute('role', 'option');
    option.addEventListener('click', () => this.dialog.close());
    option.addEventListener('pointermove', () => this.choose(this.options.indexOf(option)));
    return option;
  }

  choose(index) {
    this.options.forEach((option, at) => {
      option.id = `search-option-${at}`;
      option.setAttribute('aria-selected', String(at === index));
    });
    this.chosen = index;
    const option = this.options[index];
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
  }

  async pressed(event) {
    // While a word is being composed, the keys are the composer's.
    if (event.isComposing) return;
    const count = this.options?.length ?? 0;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && count > 0) {
      event.preventDefault();
      this.choose((this.chosen + by + count) % count);
      this.options[this.chosen].scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') {
      event.preventDefault();
      await this.enter();
    }
  }

  /** Opens what is chosen; whoever types faster than the answers come gets the answer to all that was typed. */
  async enter() {
    const text = this.input.value.trim();
    if (this.shownFor !== text) {
      clearTimeout(this.pause);
      await this.ask(text);
    }
    if (this.shownFor === text) this.options[this.chosen]?.click();
  }
}

let open;

function openSearch() {
  open ??= new Search();
}

function isTyping(element) {
  return element instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable);
}

addEventListener('keydown', (event) => {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k';
  const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
  // Only members have something to find: their pages have the button. Another dialog keeps its keys.
  if (open && isCommand) return event.preventDefault();
  if (!(isCommand || isSlash) || !document.querySelector('[data-search]') || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  openSearch();
});

addEventListener('click', (event) => {
  if (event.target.closest?.('[data-search]')) openSearch();
});
