// What any page may have. Something is not saved yet: while <tradepost-unsaved question="…"></tradepost-unsaved> is there, leaving asks first.
// A link within `data-discard` says itself what it does.
//
// A button with `data-copy` copies the text of the field before it, and says what became of that.

class TradepostUnsaved extends HTMLElement {
  connectedCallback() {
    this.here = { path: location.pathname, href: location.href, state: history.state, key: window.navigation?.currentEntry?.key };
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

  /** Back and Forward within the application: the address has changed by now, and the router hears of it only if the page is left. */
  wentBack(event) {
    if (location.pathname === this.here.path) {
      if (this.isComingBack) event.stopImmediatePropagation();
      this.isComingBack = false;
      return;
    }
    if (confirm(this.getAttribute('question'))) return;
    event.stopImmediatePropagation();
    this.comeBack();
  }

  /** Gives the page its address back: its own entry of the history where browsers tell them apart, else one in its place. */
  comeBack() {
    const { key, href, state } = this.here;
    const anew = () => {
      this.isComingBack = false;
      history.pushState(state, '', href);
    };
    if (!key || !window.navigation.entries().some((entry) => entry.key === key)) return anew();
    this.isComingBack = true;
    const { committed, finished } = window.navigation.traverseTo(key);
    committed.catch(anew);
    finished.catch(() => {});
  }
}

if (!customElements.get('tradepost-unsaved')) {
  customElements.define('tradepost-unsaved', TradepostUnsaved);
  // Listeners on the window hear this event in the order in which they came, so this one comes before the router's.
  addEventListener('popstate', (event) => document.querySelector('tradepost-unsaved')?.wentBack(event));
}

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
