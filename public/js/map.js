// The world coloured by value: <tradepost-map option="{…}"></tradepost-map>.
//
// The server says which places have figures, how dark each is and how everything reads (app/src/charts/option/map.rs). The outlines are
// made when the site is built (scripts/site/world.mjs) and fetched when the first map comes near the viewport. The arrow keys walk from
// the largest country to the smallest; a click or Enter is sent on as `chart-click` {index, name}, as charts do.

const SVG = 'http://www.w3.org/2000/svg';
/** The radius of a dot, and of where a finger may meet it, in pixels of the page: 24 across (WCAG 2.5.8). */
const DOT = 4;
const REACH = 12;

let outlines;
/** The place whose choice draws its map anew: the focus returns to it. */
let back;
/** They lie beside the style sheet, in the folder that carries the hash of them all. */
function loadOutlines() {
  outlines ??= fetch(new URL('world.json', document.getElementById('leptos').href))
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`the outlines are missing (${response.status})`))))
    .catch((error) => {
      outlines = undefined;
      throw error;
    });
  return outlines;
}

function drawn(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function line(className, ...parts) {
  const element = document.createElement('div');
  element.className = className;
  element.append(...parts);
  return element;
}

/** From behind to before: the darkest last, so that no neighbour's outline covers theirs; and all dots on the ground they may lie within. */
function fromBehind(marks, dots) {
  const order = [...marks].reverse();
  const isDot = ({ place }) => dots[place.code] !== undefined;
  return [...order.filter((mark) => !isDot(mark)), ...order.filter(isDot)];
}

function shadeClass({ shade }) {
  return shade === null ? 'map-none' : `map-shade-${shade}`;
}

class TradepostMap extends HTMLElement {
  static observedAttributes = ['option'];

  constructor() {
    super();
    this.addEventListener('pointermove', (event) => this.point(event));
    this.addEventListener('pointerleave', () => this.say(null));
    this.addEventListener('focusin', (event) => this.say(this.placeOf(event.target)));
    this.addEventListener('focusout', () => this.say(null));
    this.addEventListener('click', (event) => this.choose(this.placeAt(event)));
    this.addEventListener('keydown', (event) => this.walk(event));
  }

  connectedCallback() {
    nearViewport.observe(this);
  }

  disconnectedCallback() {
    nearViewport.unobserve(this);
    sizes.unobserve(this);
  }

  attributeChangedCallback() {
    this.draw();
  }

  /** Fetches the outlines if nobody has, and draws for the first time. Says `chart-failed` when it cannot, so that the table shows instead. */
  async mount() {
    try {
      this.world = await loadOutlines();
      if (!this.isConnected) return;
      this.draw();
      sizes.observe(this);
      this.dataset.state = 'drawn';
    } catch (error) {
      console.warn('the map could not be drawn', error);
      this.dataset.state = 'failed';
      this.dispatchEvent(new CustomEvent('chart-failed', { bubbles: true }));
    }
  }

  draw() {
    if (!this.world || !this.getAttribute('option')) return;
    const { width, height, land, places, dots } = this.world;
    this.option = JSON.parse(this.getAttribute('option'));
    const isKnown = ({ code }) => code && (places[code] || dots[code]);
    const known = this.option.places.map((place, index) => ({ ...place, index })).filter(isKnown);
    const valued = new Set(known.map(({ code }) => code));
    const rest = Object.entries(places).filter(([code]) => !valued.has(code)).map(([, path]) => path);
    const ground = drawn('path', { class: 'map-land', d: land + rest.join('') });
    this.marks = known.map((place) => this.mark(place));
    this.ring = drawn('g', { class: 'map-ring' });
    const world = drawn('svg', { viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': `${this.dataset.title ?? ''}: a map, its countries from the largest to the smallest` });
    world.append(ground, ...fromBehind(this.marks, dots), this.ring);
    this.tip = line('chart-tip map-tip');
    this.tip.hidden = true;
    const missing = this.option.places.filter((place) => !isKnown(place));
    const note = missing.length > 0 ? [line('map-note', `Not on the map: ${missing.map(({ name, texts }) => `${name} (${texts[0]?.[1] ?? '–'})`).join(', ')}`)] : [];
    this.replaceChildren(world, this.key(), ...note, this.tip);
    if (this.marks[0]) this.marks[0].tabIndex = 0;
    this.resized();
    if (back?.id !== this.id) return;
    (this.marks.find(({ place }) => place.code === back.code) ?? this.marks[0])?.focus();
    back = undefined;
  }

  /** A country with figures: its outline, and a dot where that is too small to be met. */
  mark(place) {
    const { places, dots } = this.world;
    const parts = [];
    if (places[place.code]) parts.push(drawn('path', { d: places[place.code] }));
    if (dots[place.code]) {
      const [cx, cy] = dots[place.code];
      parts.push(drawn('circle', { class: 'map-reach', cx, cy }), drawn('circle', { class: 'map-dot', cx, cy }));
    }
    const words = [place.name, ...place.texts.map(([name, text]) => `${name} ${text}`)].join(', ');
    const role = this.isClickable ? 'button' : 'img';
    const mark = drawn('g', { class: `map-place ${shadeClass(place)}`, role, tabindex: -1, 'aria-label': words, 'data-code': place.code }, ...parts);
    mark.place = place;
    return mark;
  }

  /** Which shade is how much, in the words of the table. */
  key() {
    const steps = this.option.steps.map(({ shade, from, to }) => {
      const swatch = document.createElement('span');
      swatch.className = `map-swatch map-shade-${shade}`;
      return line('map-step', swatch, from === to ? from : `${from} – ${to}`);
    });
    const key = line('map-key', ...steps, ...this.nothing().map((words) => line('map-step', line('map-swatch map-none'), words)));
    key.setAttribute('aria-hidden', 'true');
    return key;
  }

  /** What the places without a shade are. */
  nothing() {
    return this.option.places.some(({ shade }) => shade === null) ? ['nothing, or more came back'] : [];
  }

  /** Dots keep their size on every screen. */
  resized() {
    const unit = this.world.width / (this.clientWidth || this.world.width);
    for (const dot of this.querySelectorAll('circle')) dot.setAttribute('r', (dot.classList.contains('map-dot') ? DOT : REACH) * unit);
  }

  /** On a screen or behind a public link nothing is filtered. */
  get isClickable() {
    return this.option.clickable && !('still' in this.dataset);
  }

  placeOf(target) {
    return target.closest?.('.map-place') ?? null;
  }

  /** The place beneath a pointer: where the reach of one dot covers another, the nearest. */
  placeAt({ target, clientX, clientY }) {
    const place = this.placeOf(target);
    if (!target.classList?.contains('map-reach')) return place;
    const far = (mark) => {
      const dot = mark.querySelector('.map-dot').getBoundingClientRect();
      return Math.hypot(clientX - dot.x - dot.width / 2, clientY - dot.y - dot.height / 2);
    };
    const dotted = this.marks.filter((mark) => mark.querySelector('.map-dot'));
    return dotted.reduce((nearest, mark) => (far(mark) < far(nearest) ? mark : nearest), place);
  }

  point(event) {
    this.say(this.placeAt(event), event);
  }

  /** Shows what a place is worth: beside the pointer, or above the place itself. */
  say(mark, pointer) {
    if (!this.tip) return;
    const said = mark ?? this.querySelector('.map-place:focus-visible');
    this.tip.hidden = !said;
    this.ring.replaceChildren(...(said ? [...said.querySelectorAll('path, .map-dot')].map((part) => part.cloneNode()) : []));
    if (!said) return;
    const { name, texts } = said.place;
    const rows = texts.map(([label, text]) => line('chart-tip-row', line('chart-tip-name', label), line('chart-tip-value', text)));
    this.tip.replaceChildren(line('chart-tip-title', name), ...rows);
    const around = this.getBoundingClientRect();
    const box = said.getBoundingClientRect();
    const [x, y] = pointer && mark ? [pointer.clientX, pointer.clientY] : [box.x + box.width / 2, box.y];
    const left = Math.max(0, Math.min(x - around.x + 14, around.width - this.tip.offsetWidth));
    const above = y - around.y - this.tip.offsetHeight - 10;
    this.tip.style.translate = `${left}px ${above < 0 ? y - around.y + 18 : above}px`;
  }

  choose(mark) {
    const place = mark?.place;
    if (!place || !this.isClickable) return;
    this.dispatchEvent(new CustomEvent('chart-click', { bubbles: true, detail: { index: place.index, name: place.name } }));
  }

  walk(event) {
    const mark = this.placeOf(event.target);
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.marks.indexOf(mark);
    const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: this.marks.length - 1 };
    if (event.key === 'Enter' || event.key === ' ') {
      if (this.isClickable) back = { id: this.id, code: mark.place.code };
      this.choose(mark);
    } else if (!(event.key in steps)) return;
    event.preventDefault();
    const next = this.marks[steps[event.key]];
    if (!next) return;
    mark.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  /** The same as a file's part: `color` looks up the colours of paper. */
  async onPaper(inner, color) {
    await this.mount();
    const { width, height, land, places, dots } = this.world;
    const scale = inner / width;
    const fill = ({ shade }) => color(shade === null ? 'line' : `map-${shade}`);
    const path = (d, filled) => `<path d="${d}" fill="${filled}" stroke="${color('surface')}" stroke-width="0.6"/>`;
    const marks = fromBehind(this.marks, dots).map(({ place }) => {
      const dot = dots[place.code];
      const circle = dot ? `<circle cx="${dot[0]}" cy="${dot[1]}" r="${DOT / scale}" fill="${fill(place)}" stroke="${color('text')}" stroke-width="0.8"/>` : '';
      return (places[place.code] ? path(places[place.code], fill(place)) : '') + circle;
    });
    const valued = new Set(this.marks.map(({ place }) => place.code));
    const rest = Object.entries(places).filter(([code]) => !valued.has(code));
    const ground = path(land + rest.map(([, d]) => d).join(''), color('land'));
    const svg = `<svg viewBox="0 0 ${width} ${height}" width="${inner}" height="${height * scale}">${ground}${marks.join('')}</svg>`;
    const key = this.option.steps.map((step) => ({ name: step.from === step.to ? step.from : `${step.from} – ${step.to}`, color: fill(step), isDashed: false }));
    const nothing = this.nothing().map((name) => ({ name, color: color('line'), isDashed: false }));
    return { svg, height: Math.ceil(height * scale), key: [...key, ...nothing] };
  }
}

const nearViewport = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearViewport.unobserve(target);
      target.mount();
    }
  },
  { rootMargin: '400px' },
);

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) target.resized();
});

if (!customElements.get('tradepost-map')) customElements.define('tradepost-map', TradepostMap);
