// What any page may have. Something is not saved yet: while <tradepost-unsaved question="…"></tradepost-unsaved> is there, leaving asks first.
// A link within `data-discard` says itself what it does.
//
// A button with `data-copy` copies the text of the field before it, and says what became of that.

class TradepostUnsaved extends HTMLElement {
  connectedCallback() {
    addEventListener('beforeunload', this.closing);
    addEventListener('click', this.clicked, true);
  }

  disconnectedCallback() {
    removeEventListener('beforeunload', this.closing);
    removeEventListener('click', this.clicked, true);
  }

  closing = (event) => event.preventDefault();

  /** The application's own links change the page without unloading it. */
  clicked = (event) => {
    const link = event.target.closest?.('a[href]');
    const isForAnother = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || isForAnother || link.target || link.relList.contains('external') || link.hasAttribute('download')) return;
    if (link.origin !== location.origin || link.pathname === location.pathname) return;
    if (link.closest('[data-discard]') || confirm(this.getAttribute('question'))) return;
    event.preventDefault();
  };
}

if (!customElements.get('tradepost-unsaved')) customElements.define('tradepost-unsaved', TradepostUnsaved);

addEventListener('click', async ({ target }) => {
  const button = target.closest?.('[data-copy]');
  if (!button) return;
  const field = button.parentElement.querySelector('input');
  const says = button.querySelector('[aria-live]');
  try {
    // There is no clipboard on a page that came by plain http from another machine.
    await navigator.clipboard.writeText(field.value);
    says.textContent = 'Copied';
  } catch {
    field.select();
    says.textContent = 'Copy what is selected';
  }
});
