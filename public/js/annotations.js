// Notes on some days: a dialog over /api/v1/annotations, opened by any button with `data-notes` ("write" or "read"). What is written here
// stands on all charts over time, so the page is loaded anew once something was changed.

const API = '/api/v1/annotations';

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function day(iso) {
  const [year, month, date] = iso.split('-').map(Number);
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${date} ${names[month - 1]} ${year}`;
}

function days(note) {
  return note.from === note.to ? day(note.from) : `${day(note.from)} – ${day(note.to)}`;
}

async function ask(method, address, body) {
  const headers = body ? { 'content-type': 'application/json' } : {};
  // What the browser calls a connection that failed is no sentence.
  const response = await fetch(address, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
  const answer = response && response.status !== 204 ? await response.json().catch(() => null) : null;
  if (response?.ok) return answer;
  const lost = 'The server did not answer; check your connection and try again.';
  throw new Error(answer?.errors?.[0]?.message ?? answer?.fields?.[0]?.message ?? answer?.detail ?? lost);
}

class Notes {
  constructor(button) {
    this.mayWrite = button.dataset.notes === 'write';
    this.changed = false;
    this.said = make('p', { className: 'notes-said' });
    this.said.setAttribute('role', 'status');
    this.list = make('ul', { className: 'notes-list' });
    this.form = this.mayWrite ? this.makeForm() : '';
    const close = make('button', { type: 'button', className: 'button button-quiet', textContent: 'Close', onclick: () => this.dialog.close() });
    const title = make('h2', { id: 'notes-title', textContent: 'Notes on days' });
    const lead = 'They stand on every chart over time. Files that arrived are noted by themselves.';
    const body = make('div', { className: 'dialog-body notes' }, make('p', { className: 'field-hint', textContent: lead }), this.form, this.said, this.list);
    this.dialog = make('dialog', { className: 'dialog' }, make('header', { className: 'dialog-head' }, title, close), body);
    this.dialog.setAttribute('aria-labelledby', 'notes-title');
    this.dialog.setAttribute('closedby', 'any');
    this.dialog.addEventListener('close', () => {
      this.dialog.remove();
      if (this.changed) location.reload();
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.load();
  }

  makeForm() {
    const field = (label, input) => make('div', { className: 'field' }, make('label', { htmlFor: input.id, textContent: label }), input);
    const input = (id, type, more = {}) => make('input', { className: 'input', id, type, ...more });
    this.from = input('note-from', 'date', { required: true });
    this.to = input('note-to', 'date');
    this.text = input('note-text', 'text', { required: true, maxLength: 200, placeholder: 'Black Friday, everything 20 % off' });
    this.shared = make('input', { id: 'note-shared', type: 'checkbox', checked: true });
    this.save = make('button', { type: 'submit', className: 'button button-primary', textContent: 'Note it' });
    this.cancel = make('button', { type: 'button', className: 'button button-quiet', textContent: 'Cancel', hidden: true, onclick: () => this.edit(null) });
    const form = make(
      'form',
      { className: 'notes-form' },
      field('First day', this.from),
      field('Last day (if several)', this.to),
      field('What happened', this.text),
      make('label', { className: 'notes-shared' }, this.shared, ' Everybody in the shop sees it'),
      make('div', { className: 'notes-actions' }, this.save, this.cancel),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    return form;
  }

  say(words, isBad = false) {
    this.said.textContent = words.charAt(0).toUpperCase() + words.slice(1);
    this.said.classList.toggle('is-bad', isBad);
  }

  async load() {
    try {
      const notes = await ask('GET', API);
      this.list.replaceChildren(...notes.map((note) => this.row(note)));
      if (notes.length === 0) this.list.append(make('li', { className: 'field-hint', textContent: 'Nothing is noted yet.' }));
    } catch (error) {
      this.say(error.message, true);
    }
  }

  row(note) {
    const who = note.id === null ? 'by itself' : note.is_shared ? note.written_by : 'only you see it';
    const row = make('li', {}, make('strong', { textContent: days(note) }), make('span', { textContent: note.text }), make('small', { textContent: who }));
    if (note.may_change) {
      const tool = (label, action) => {
        const button = make('button', { type: 'button', className: 'button button-quiet', textContent: label, onclick: action });
        button.setAttribute('aria-label', `${label}: ${note.text}`);
        return button;
      };
      row.append(make('span', { className: 'notes-tools' }, tool('Change', () => this.edit(note)), tool('Remove', () => this.remove(note))));
    }
    return row;
  }

  edit(note) {
    this.edited = note?.id;
    this.from.value = note?.from ?? '';
    this.to.value = note && note.to !== note.from ? note.to : '';
    this.text.value = note?.text ?? '';
    this.shared.checked = note?.is_shared ?? true;
    this.save.textContent = note ? 'Save the change' : 'Note it';
    this.cancel.hidden = !note;
    this.from.focus();
  }

  async submit() {
    const note = { from: this.from.value, to: this.to.value || null, text: this.text.value, is_shared: this.shared.checked };
    const [method, address] = this.edited ? ['PUT', `${API}/${this.edited}`] : ['POST', API];
    await this.carryOut(() => ask(method, address, note), 'Noted.');
  }

  async remove(note) {
    await this.carryOut(() => ask('DELETE', `${API}/${note.id}`), 'Removed.');
  }

  async carryOut(action, words) {
    this.save.disabled = true;
    try {
      await action();
      this.changed = true;
      this.edit(null);
      this.say(words);
      await this.load();
    } catch (error) {
      this.say(error.message, true);
    } finally {
      this.save.disabled = false;
    }
  }
}

addEventListener('click', (event) => {
  const button = event.target.closest?.('[data-notes]');
  if (button) new Notes(button);
});
