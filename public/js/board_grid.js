// A board's cards while it is changed: <tradepost-grid> lets them be dragged and made wider by mouse, finger and keyboard.
//
// While a card is dragged the others make room by their CSS `order`, so that nobody else's idea of the elements is disturbed. When it is let
// go, one `grid-change` {from, to, width} tells the application, which moves the card and says so aloud. Esc leaves everything as it was.
// Arrow keys on a card's head move it; with Shift they make it narrower or wider.

const WIDTHS = [3, 4, 6, 8, 12];
/** A press that moves less is no drag; and after a change of places the pointer must move on before the next. */
const SLACK = 6;
/** So near to the edge of the window the page moves along. */
const EDGE = 70;

function widthOf(card) {
  return Number(/board-cell-(\d+)/.exec(card.className)?.[1] ?? 6);
}

function nearest(twelfths) {
  return WIDTHS.reduce((best, width) => (Math.abs(width - twelfths) < Math.abs(best - twelfths) ? width : best));
}

class TradepostGrid extends HTMLElement {
  constructor() {
    super();
    this.addEventListener('pointerdown', (event) => this.press(event));
    this.addEventListener('pointermove', (event) => this.isHeldBy(event) && this.drag(event));
    this.addEventListener('pointerup', (event) => this.isHeldBy(event) && this.drop(true));
    for (const lost of ['pointercancel', 'lostpointercapture']) this.addEventListener(lost, (event) => this.isHeldBy(event) && this.drop(false));
    this.addEventListener('keydown', (event) => this.key(event));
  }

  connectedCallback() {
    this.escape = (event) => event.key === 'Escape' && this.held && (event.preventDefault(), this.drop(false));
    addEventListener('keydown', this.escape);
  }

  disconnectedCallback() {
    removeEventListener('keydown', this.escape);
    this.drop(false);
  }

  get cards() {
    return [...this.querySelectorAll(':scope > .edited-card')];
  }

  press(event) {
    const grip = event.target.closest('.edited-head, .edited-edge');
    const card = grip?.closest('.edited-card');
    if (!card || event.button !== 0 || this.held) return;
    const cards = this.cards;
    const from = cards.indexOf(card);
    this.held = { pointer: event.pointerId, card, cards, from, order: [...cards], isSize: grip.matches('.edited-edge'), width: widthOf(card), at: [event.clientX, event.clientY], isMoved: false };
    grip.setPointerCapture(event.pointerId);
  }

  /** A second finger has no say. */
  isHeldBy(event) {
    return this.held?.pointer === event.pointerId;
  }

  drag(event) {
    const { held } = this;
    const far = Math.hypot(event.clientX - held.at[0], event.clientY - held.at[1]);
    if (far < SLACK && !(held.isSize && held.isMoved)) return;
    if (!held.isMoved) {
      held.isMoved = true;
      held.card.classList.add('is-dragged');
    }
    if (held.isSize) return this.stretch(event);
    held.pointed = event;
    this.makeRoom(event);
    this.roll();
  }

  /** The page moves along for as long as the pointer is near its edge. */
  roll() {
    const { held } = this;
    if (!held || held.isRolling) return;
    const y = held.pointed.clientY;
    const by = y < EDGE ? y - EDGE : y > innerHeight - EDGE ? y - innerHeight + EDGE : 0;
    if (by === 0) return;
    held.isRolling = true;
    requestAnimationFrame(() => {
      held.isRolling = false;
      if (this.held !== held) return;
      scrollBy(0, by / 6);
      this.makeRoom(held.pointed);
      this.roll();
    });
  }

  makeRoom(event) {
    const { held } = this;
    const over = document.elementsFromPoint(event.clientX, event.clientY).map((element) => element.closest?.('.edited-card')).find((card) => card && this.contains(card));
    if (!over || over === held.card) return;
    const box = over.getBoundingClientRect();
    const isAfter = box.width > this.clientWidth * 0.7 ? event.clientY > box.y + box.height / 2 : event.clientX > box.x + box.width / 2;
    const order = held.order.filter((card) => card !== held.card);
    order.splice(order.indexOf(over) + (isAfter ? 1 : 0), 0, held.card);
    if (order.every((card, index) => card === held.order[index])) return;
    held.order = order;
    held.at = [event.clientX, event.clientY];
    order.forEach((card, index) => (card.style.order = index));
  }

  stretch(event) {
    const { held } = this;
    const twelfth = this.clientWidth / 12;
    held.width = nearest((event.clientX - held.card.getBoundingClientRect().x) / twelfth);
    held.card.style.gridColumn = `span ${held.width}`;
  }

  drop(isMeant) {
    const { held } = this;
    if (!held) return;
    this.held = undefined;
    held.card.classList.remove('is-dragged');
    for (const card of held.cards) card.style.order = '';
    held.card.style.gridColumn = '';
    if (isMeant && held.isMoved) this.tell(held.card, held.from, held.order.indexOf(held.card), held.width);
  }

  key(event) {
    if (this.held) return;
    const head = event.target.closest('.edited-head');
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!head || !step || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { cards } = this;
    const card = head.closest('.edited-card');
    const from = cards.indexOf(card);
    const width = widthOf(card);
    if (event.shiftKey) this.tell(card, from, from, WIDTHS[WIDTHS.indexOf(width) + step] ?? width);
    else this.tell(card, from, Math.min(Math.max(from + step, 0), cards.length - 1), width);
  }

  tell(card, from, to, width) {
    if (from === to && width === widthOf(card)) return;
    const head = card.querySelector('.edited-head');
    const hadFocus = head === document.activeElement;
    this.dispatchEvent(new CustomEvent('grid-change', { detail: { from, to, width } }));
    // An element that is put elsewhere loses the focus.
    if (hadFocus) requestAnimationFrame(() => requestAnimationFrame(() => head.focus()));
  }
}

if (!customElements.get('tradepost-grid')) customElements.define('tradepost-grid', TradepostGrid);
