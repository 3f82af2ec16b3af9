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
// `board-refresh` {secret: "newest" | "previous"} asks for a new view. Where a board has two secrets, because one was replaced a
// short while ago, and the tool refuses what one of them signed, the other is asked for; what is in sight stays. `board-check` makes it answer with `board-steps`: what the browser knows of each step.

import { connect, mustAnswer, speaksWhenSigned, takesTokens, usuallySpeaks } from './board_tools.js';

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
    clearTimeout(this.renewal);
    this.next?.close();
    this.next = undefined;
    if (this.current?.isSame(view) && takesTokens(view.tool)) {
      this.current.renew(view);
      return this.settle();
    }
    const frame = new Frame(this, view);
    if (this.current?.isShown) {
      this.next = frame;
      return undefined;
    }
    this.current?.close();
    this.current = frame;
    this.say('loading');
    return this.settle();
  }

  /** A frame says how it is; only the one in sight and the one that is to follow it are asked. */
  changed(frame) {
    if (frame === this.next && frame.isShown) return setTimeout(() => this.swap(frame), DRAWING);
    if (frame === this.next && frame.state === 'failed') return this.dropNext();
    if (frame !== this.current) return undefined;
    if (frame.height) this.style.setProperty('--board-height', `${frame.height}px`);
    this.say(frame.state, frame.kind);
    if (frame.isRefused) this.askOther(frame.view);
    return undefined;
  }

  swap(frame) {
    if (frame !== this.next) return;
    this.current.close();
    this.current = frame;
    this.next = undefined;
    frame.box.classList.remove('is-waiting');
    this.settle();
    this.changed(frame);
  }

  /** The board in sight is still good for a while: try again before it ends, and say so only when it has ended. */
  dropNext() {
    if (this.endsAt === undefined) return this.swap(this.next);
    const { view } = this.next;
    this.next.close();
    this.next = undefined;
    if (!this.askOther(view)) this.wait();
    return undefined;
  }

  say(state, kind = '') {
    if (this.dataset.state === state && (this.dataset.kind ?? '') === kind) return;
    this.dataset.state = state;
    this.dataset.kind = kind;
    this.dispatchEvent(new CustomEvent('board-state', { bubbles: true, detail: { state, kind } }));
  }

  // ---- renewal -----------------------------------------------------------------------------------------------------------

  /** What is in sight is good until its token ends: a new one is asked for in time. */
  settle() {
    clearTimeout(this.renewal);
    this.tries = 0;
    const { refresh_in_ms: fresh } = this.current.view;
    if (fresh) this.renewal = setTimeout(() => this.askAgain(), fresh);
  }

  get endsAt() {
    return this.current?.endsAt;
  }

  /** Asks for a new view with the secret that has served until now, and goes on asking until it is there. */
  askAgain() {
    clearTimeout(this.renewal);
    if (!this.isConnected || this.endsAt === undefined) return;
    if (Date.now() >= this.endsAt) this.current.doubt('expired');
    this.hasAskedOther = false;
    this.ask(this.current.view.previous_secret);
    this.wait();
  }

  /** An answer may never come, or be of no use. Each further question waits longer, so that a tab left open does not ask without end. */
  wait() {
    clearTimeout(this.renewal);
    if (this.endsAt === undefined) return;
    this.tries = (this.tries ?? 0) + 1;
    const pause = Math.min(2 ** this.tries, 120) * SECOND;
    this.renewal = setTimeout(() => this.askAgain(), Math.max(pause, (this.endsAt - Date.now()) / 3));
  }

  /** The tool does not take what one of two secrets signed: it may know the other. Each is asked for once, until something has been shown. */
  askOther({ other_secret: hasOther, previous_secret: isPrevious }) {
    if (!hasOther || this.hasAskedOther) return false;
    this.hasAskedOther = true;
    this.ask(!isPrevious);
    this.wait();
    return true;
  }

  ask(forPrevious) {
    const secret = forPrevious ? 'previous' : 'newest';
    this.dispatchEvent(new CustomEvent('board-refresh', { bubbles: true, detail: { secret } }));
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
    this.keep(view);
    // One that follows a frame which has spoken is to speak as well: a page that says that its token is refused does not.
    this.mustAnswer = mustAnswer(view.tool) || (board.current?.isShown && board.current.hasSpoken);
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

  /** Whether what another secret signs may mend it. */
  get isRefused() {
    return this.kind === 'refused' || (this.state === 'failed' && this.kind !== 'blocked');
  }

  keep(view) {
    this.view = view;
    this.endsAt = view.refresh_in_ms ? Date.now() + view.refresh_in_ms / 0.8 : undefined;
  }

  /** What another secret signed is tried in a frame of its own; where there is no choice between two, the server has made it. */
  isSame({ url, tool, previous_secret: isPrevious, other_secret: hasOther }) {
    const { view } = this;
    const isSecretSame = !hasOther || view.previous_secret === isPrevious;
    return view.url === url && view.tool === tool && isSecretSame && this.state !== 'failed';
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
    if (!this.mustAnswer && (this.state === 'loading' || isLate)) this.become('shown');
    if (this.hasSpoken) return;
    const isExpected = usuallySpeaks(this.view.tool) || (this.view.other_secret && speaksWhenSigned(this.view.tool));
    if (this.mustAnswer) this.clock = setTimeout(() => this.end('refused'), this.view.silence_ms ?? SILENCE);
    else if (isExpected) this.clock = setTimeout(() => this.doubt('refused'), this.view.silence_ms ?? SILENCE);
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

  renew(view) {
    this.keep({ ...view, serial: this.view.serial });
    this.link.renew(view.token);
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
