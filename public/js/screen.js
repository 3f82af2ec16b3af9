// A screen on a wall: <tradepost-screen></tradepost-screen> keeps it awake, where the browser can, and says in `data-idle` of the
// document when nobody has moved for a while. `data-wake` says what became of the wish to stay awake: held, refused or missing.

const PATIENCE = 4000;
const MOVES = ['pointermove', 'pointerdown', 'keydown', 'focusin'];

class TradepostScreen extends HTMLElement {
  connectedCallback() {
    this.moved = () => this.stir();
    this.seen = () => document.visibilityState === 'visible' && this.wake();
    MOVES.forEach((move) => addEventListener(move, this.moved));
    document.addEventListener('visibilitychange', this.seen);
    this.stir();
    this.wake();
  }

  disconnectedCallback() {
    MOVES.forEach((move) => removeEventListener(move, this.moved));
    document.removeEventListener('visibilitychange', this.seen);
    clearTimeout(this.rest);
    delete document.documentElement.dataset.idle;
    this.lock?.release();
    this.lock = undefined;
  }

  /** The browser takes the lock back whenever the page is hidden, so it is asked for anew when it is seen. */
  async wake() {
    if (!navigator.wakeLock) {
      this.dataset.wake = 'missing';
      return;
    }
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (!this.isConnected) return void lock.release();
      this.lock = lock;
      this.dataset.wake = 'held';
    } catch {
      this.dataset.wake = 'refused';
    }
  }

  stir() {
    clearTimeout(this.rest);
    delete document.documentElement.dataset.idle;
    this.rest = setTimeout(() => (document.documentElement.dataset.idle = ''), PATIENCE);
  }
}

if (!customElements.get('tradepost-screen')) customElements.define('tradepost-screen', TradepostScreen);
