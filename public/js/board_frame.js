// Shows another tool's board: <tradepost-board view="{…}"></tradepost-board>.
//
// The server says what is shown (app/src/embeds/payload.rs): the frame's address, its tool's sandbox, a token where the tool
// takes one by message. This module builds the frame, hears the tool (public/js/board_tools.js), asks for a new address or token
// before the old one ends, and changes frames without a flash. What it finds out it says twice: in `data-state` and
// `data-kind`, for an application that loads later, and as `board-state` {state, kind}:
//
//   loading   nothing to see yet
//   shown     the frame has loaded; a `kind` then is a doubt, and the frame stays in sight
//   failed    nothing will come; the `kind` is timeout, refused, expired or blocked
//
// `board-refresh` asks for a new view; `board-check` makes it answer with `board-steps`: what the browser knows of each step.

import { connect, mustAnswer, takesTokens, usuallySpeaks } from './board_tools.js';

const SECOND = 1000;
/** How long a frame may take to load, a tool to answer after that, and a new frame to draw before it is uncovered. */
const PATIENCE = 20 * SECOND;
const SILENCE = 8 * SECOND;
const DRAWING = 250;
const HEIGHTS = { least: 200, most: 20000 };

const boards = new Set();
let serial = 0;

class TradepostBoard extends HTMLElement {
  static observedAttributes = ['view'];

  connectedCallback() {
    boards.add(this);
    widths.observe(this);
    this.addEventListener('board-check', this.answerCheck);
    this.show();
  }

  disconnectedCallback() {
    boards.delete(this);
    widths.unobserve(this);
    this.removeEventListener('board-check', this.answerCheck);
    clearTimeout(this.renewal);
    for (const frame of [this.current, this.next]) frame?.close();
    this.current = this.next = this.shownText = undefined;
  }

  attributeChangedCallback() {
    if (this.isConnected) this.show();
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------------

  show() {
    const text = this.getAttribute('view');
    if (!text || text === this.shownText) return;
    this.shownText = text;
    const view = { ...JSON.parse(text), serial: (serial += 1) };
    this.schedule(view);
    const stays = this.current?.isSame(view) && takesTokens(view.tool);
    if (stays) return this.current.renew(view.token);
    this.next?.close();
    this.next = new Frame(this, view);
    if (!this.current?.isShown) {
      this.current?.close();
      this.current = this.next;
      this.next = undefined;
      this.say('loading');
    }
  }

  /** A frame says how it is; only the one in sight and the one that is to follow it are asked. */
  changed(frame) {
    if (frame === this.next && frame.isShown) return setTimeout(() => this.swap(frame), DRAWING);
    if (frame === this.next && frame.state === 'failed') return this.dropNext();
    if (frame !== this.current) return undefined;
    if (frame.height) this.style.setProperty('--board-height', `${frame.height}px`);
    return this.say(frame.state, frame.kind);
  }

  swap(frame) {
    if (frame !== this.next) return;
    this.current?.close();
    this.current = frame;
    this.next = undefined;
    frame.box.classList.remove('is-waiting');
    this.changed(frame);
  }

  /** The board in sight is still good for a while: try again before it ends, and say so only when it has ended. */
  dropNext() {
    this.next.close();
    this.next = undefined;
    this.askAgain();
  }

  say(state, kind = '') {
    if (this.dataset.state === state && (this.dataset.kind ?? '') === kind) return;
    this.dataset.state = state;
    this.dataset.kind = kind;
    this.dispatchEvent(new CustomEvent('board-state', { bubbles: true, detail: { state, kind } }));
  }

  // ---- renewal -----------------------------------------------------------------------------------------------------------

  schedule(view) {
    clearTimeout(this.renewal);
    this.endsAt = view.refresh_in_ms ? Date.now() + view.refresh_in_ms / 0.8 : undefined;
    if (view.refresh_in_ms) this.renewal = setTimeout(() => this.askAgain(), view.refresh_in_ms);
  }

  /** Asks for a new view, and goes on asking until it is there or the old one has ended. */
  askAgain() {
    clearTimeout(this.renewal);
    if (!this.isConnected || this.endsAt === undefined) return;
    const left = this.endsAt - Date.now();
    if (left <= 0 && this.current) this.current.doubt('expired');
    this.dispatchEvent(new CustomEvent('board-refresh', { bubbles: true }));
    this.renewal = setTimeout(() => this.askAgain(), Math.max(2 * SECOND, left / 3));
  }

  // ---- what the browser knows ----------------------------------------------------------------------------------------------

  answerCheck = () => {
    const frame = this.current;
    const steps = frame ? frame.steps() : [];
    this.dispatchEvent(new CustomEvent('board-steps', { bubbles: true, detail: { steps: JSON.stringify(steps) } }));
  };
}

/** One iframe of a board, from its first byte to its last. */
class Frame {
  constructor(board, view) {
    Object.assign(this, { board, view, state: 'loading', kind: '', height: 0, loads: 0, hasSpoken: false, began: performance.now() });
    this.box = document.createElement('div');
    this.box.className = board.current?.isShown ? 'board-box is-waiting' : 'board-box';
    this.tell = {
      alive: () => this.spoke(),
      height: (pixels) => this.tall(pixels),
      expired: () => this.end('expired'),
      failed: () => this.end('refused'),
    };
    this.buildIframe();
    board.append(this.box);
    this.clock = setTimeout(() => this.end('timeout'), view.patience_ms ?? PATIENCE);
  }

  get isShown() {
    return this.state === 'shown';
  }

  isSame({ url, tool }) {
    return this.view.url === url && this.view.tool === tool && this.state !== 'failed';
  }

  buildIframe() {
    const { view } = this;
    const iframe = document.createElement('iframe');
    iframe.title = view.title;
    iframe.setAttribute('sandbox', view.sandbox);
    iframe.setAttribute('allow', view.allow);
    iframe.referrerPolicy = view.referrer_policy;
    iframe.addEventListener('load', () => this.loaded());
    this.iframe = iframe;
    this.link = connect(view, iframe, this.tell);
    iframe.src = view.url;
    this.box.append(iframe);
  }

  // ---- what happens to it --------------------------------------------------------------------------------------------------

  loaded() {
    if (this.kind === 'blocked') return;
    this.loads += 1;
    this.loadedAfter ??= Math.round(performance.now() - this.began);
    clearTimeout(this.clock);
    this.link.loaded();
    const isLate = this.state === 'failed' && this.kind === 'timeout';
    if (!mustAnswer(this.view.tool) && (this.state === 'loading' || isLate)) this.become('shown');
    if (this.hasSpoken) return;
    if (mustAnswer(this.view.tool)) this.clock = setTimeout(() => this.end('refused'), this.view.silence_ms ?? SILENCE);
    if (usuallySpeaks(this.view.tool)) this.clock = setTimeout(() => this.doubt('refused'), this.view.silence_ms ?? SILENCE);
  }

  spoke() {
    this.hasSpoken = true;
    clearTimeout(this.clock);
    if (this.state !== 'shown' || this.kind === 'refused') this.become('shown');
  }

  tall(pixels) {
    if (!this.view.auto_height) return;
    const height = Math.round(Math.min(HEIGHTS.most, Math.max(HEIGHTS.least, pixels)));
    if (height === this.height) return;
    this.height = height;
    this.board.changed(this);
  }

  heard(data) {
    this.link.heard(data);
  }

  renew(token) {
    this.link.renew(token);
    if (this.kind === 'expired') this.become('shown');
  }

  resized() {
    this.link.resized();
  }

  /** Our own page's policy does not name the tool: the browser never asked for the frame. */
  blocked() {
    this.end('blocked');
  }

  end(kind) {
    clearTimeout(this.clock);
    this.become('failed', kind);
  }

  /** Something may be wrong, but what is in the frame is for its viewer to judge: it stays in sight. */
  doubt(kind) {
    if (this.isShown) this.become('shown', kind);
  }

  become(state, kind = '') {
    this.state = state;
    this.kind = kind;
    this.board.changed(this);
  }

  close() {
    clearTimeout(this.clock);
    this.link.close();
    this.box.remove();
  }

  // ---- what is known of it -------------------------------------------------------------------------------------------------

  steps() {
    const host = new URL(this.view.url).host;
    const isBlocked = this.kind === 'blocked';
    const steps = [
      isBlocked
        ? step('policy', 'failed', `This page does not allow frames of ${host}. Reload the page; if that does not help, the board is switched off or its address has changed.`)
        : step('policy', 'passed', `This page allows frames of ${host}.`),
    ];
    if (isBlocked) return steps;
    if (this.loads === 0) {
      const seconds = Math.round((performance.now() - this.began) / SECOND);
      return [...steps, step('load', this.state === 'failed' ? 'failed' : 'unknown', `${host} has not finished loading after ${seconds} s.`)];
    }
    steps.push(step('load', 'passed', `The frame finished loading after ${((this.loadedAfter ?? 0) / SECOND).toFixed(1)} s.`));
    steps.push(this.spokenStep(host));
    if (this.loads > 3) steps.push(step('sign_in', 'unknown', `The frame has loaded ${this.loads} times: the tool may be sending you to sign in again and again, which blocked third-party cookies cause.`));
    return steps;
  }

  spokenStep(host) {
    if (this.hasSpoken) return step('answer', 'passed', 'The board answered: it is shown.');
    if (mustAnswer(this.view.tool)) return step('answer', 'failed', `${host} did not answer. Either it refuses to be framed by this address, or it did not accept the token.`);
    if (usuallySpeaks(this.view.tool)) return step('answer', 'unknown', `${host} has said nothing, though this tool usually does. It may refuse to be framed by this address.`);
    return step('answer', 'unknown', 'This tool says nothing to the page around it, and browsers do not tell whether a frame was refused. What you see in the frame is the answer.');
  }
}

const step = (name, outcome, sentence) => ({ name, outcome, sentence });

// ---- one listener for all boards -----------------------------------------------------------------------------------------

const frames = () => [...boards].flatMap((board) => [board.current, board.next]).filter(Boolean);

// A message counts only when it comes from the very window of a board, and that window is at the board's origin.
addEventListener('message', ({ source, origin, data }) => {
  const frame = frames().find(({ iframe, view }) => iframe.contentWindow === source && view.origin === origin);
  frame?.heard(data);
});

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  if (effectiveDirective !== 'frame-src' && effectiveDirective !== 'child-src') return;
  for (const frame of frames()) {
    if (blockedURI === frame.view.origin || blockedURI.startsWith(`${frame.view.origin}/`)) frame.blocked();
  }
});

// A tab that slept past the end of its token asks at once when it is looked at again.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'visible') return;
  for (const board of boards) if (board.endsAt !== undefined && Date.now() > board.endsAt - SECOND) board.askAgain();
});

const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) target.current?.resized();
});

if (!customElements.get('tradepost-board')) customElements.define('tradepost-board', TradepostBoard);
