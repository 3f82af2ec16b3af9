// Draws every picture of the product: <tradepost-chart option="{…}"></tradepost-chart>.
//
// The server says what is drawn (app/src/charts/option): an ECharts option whose colours are names such as "$current" and
// whose `tradepost` part says how numbers read. This module dresses it (theme, number formats, tooltips, hatching), and loads
// ECharts itself when the first chart comes near the viewport. A click is sent on as `chart-click` {index, name}.

const BUNDLE = './echarts.6.1.0.js';
const charts = new Set();
const calm = matchMedia('(prefers-reduced-motion: reduce)');

let library;
function loadLibrary() {
  library ??= import(BUNDLE).catch((error) => {
    library = undefined;
    throw error;
  });
  return library;
}

// ---- numbers -------------------------------------------------------------------------------------------------------------
// As domain::format writes them, so that picture, table and figure cards read the same.

function group(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

function compact(value) {
  const size = Math.abs(value);
  const [scaled, suffix] =
    size >= 999950000 ? [size / 1e9, 'B'] : size >= 999950 ? [size / 1e6, 'M'] : size >= 999.5 ? [size / 1e3, 'k'] : [size, ''];
  if (suffix === '' && size > 0 && size < 10) return String(Number(size.toFixed(2)));
  const text = scaled >= 100 || suffix === '' ? scaled.toFixed(0) : scaled.toFixed(1);
  return text.replace(/\.0$/, '') + suffix;
}

function exact(value, spec) {
  const [whole, fraction] = Math.abs(value).toFixed(spec.unit === 'money' ? spec.digits : 3).split('.');
  const kept = spec.unit === 'money' ? fraction : fraction.replace(/0+$/, '');
  return group(whole) + (kept ? '.' + kept : '');
}

function written(value, spec, style) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const sign = value < 0 ? '−' : '';
  if (spec.unit === 'ratio') return `${sign}${Number(Math.abs(value * 100).toFixed(1))}\u00a0%`;
  return sign + (spec.unit === 'money' ? spec.symbol : '') + (style === 'compact' ? compact(value) : exact(value, spec));
}

// ---- theme ---------------------------------------------------------------------------------------------------------------

const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** The colour of a custom property as `rgba(…)`, however the style sheet writes it (light-dark(), color-mix(), oklch()). */
function themeColor(element, name) {
  const probe = element.appendChild(document.createElement('span'));
  probe.style.color = `var(--chart-${name})`;
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = getComputedStyle(probe).color;
  pen.fillRect(0, 0, 1, 1);
  probe.remove();
  const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}

/** Replaces "$name" by the theme's colour wherever a key speaks of colour; names of products are never touched. */
function paint(part, color, isColor = false) {
  if (typeof part === 'string') return isColor && part.startsWith('$') ? color(part.slice(1)) : part;
  if (Array.isArray(part)) return part.map((item) => paint(item, color, isColor));
  if (part === null || typeof part !== 'object') return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, paint(value, color, /color/i.test(key))]));
}

// ---- dressing ------------------------------------------------------------------------------------------------------------

function line(className, text) {
  const element = document.createElement('div');
  element.className = className;
  element.textContent = text;
  return element;
}

/** A point says all that is asked of it, in the words of the table. */
function pointTip(box, index, spec) {
  const rows = spec.texts[index].map(([name, text]) => {
    const row = line('chart-tip-row is-current', '');
    row.append(line('chart-tip-name', name), line('chart-tip-value', text));
    return row;
  });
  box.append(line('chart-tip-title', spec.categories[index]), ...rows);
  return box;
}

/** A tooltip as elements, never as markup: names of products are other people's text. */
function tooltip(params, spec) {
  const points = [params].flat().filter((point) => point.value !== undefined);
  if (points.length === 0) return '';
  const box = document.createElement('div');
  box.className = 'chart-tip';
  if (spec.kind === 'scatter') return pointTip(box, points[0].dataIndex, spec);
  const heat = spec.kind === 'heat_map';
  const shares = isOfParts(spec);
  const index = heat ? points[0].value[0] : points[0].dataIndex;
  box.append(line('chart-tip-title', heat ? `${spec.rows[points[0].value[1]]}, ${spec.categories[index]}` : spec.categories[index]));
  const seen = new Set();
  const isCompared = (point) => String(point.seriesId).startsWith('compared');
  for (const point of points.sort((a, b) => isCompared(a) - isCompared(b))) {
    if (point.seriesId === 'ground' || point.seriesId === 'notes') continue;
    const value = heat ? point.value[2] : (spec.steps?.[point.dataIndex] ?? point.value);
    if (seen.has(point.seriesName) || (value === null && points.some((other) => other !== point && other.seriesName === point.seriesName))) continue;
    seen.add(point.seriesName);
    const row = line(`chart-tip-row ${isCompared(point) ? 'is-compared' : 'is-current'}`, '');
    if (typeof point.color === 'string' && String(point.seriesId).startsWith('split')) row.style.setProperty('--chart-current', point.color);
    const share = shares && point.percent !== undefined ? ` (${point.percent} %)` : '';
    row.append(line('chart-tip-name', point.seriesName), line('chart-tip-value', written(value, spec, 'exact') + share));
    box.append(row);
  }
  if (spec.begins_late && index === 0) box.append(line('chart-tip-note', 'Counted in part'));
  if (spec.incomplete_from !== null && index >= spec.incomplete_from) box.append(line('chart-tip-note', 'Not over yet'));
  for (const words of spec.marks?.find((mark) => mark.at === index)?.words ?? []) box.append(line('chart-tip-mark', words));
  return box;
}

const HATCH = { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -Math.PI / 4 };

/** A point between two gaps has no line to either side: it is drawn as a dot, or it would not be seen. */
function dotsBetweenGaps(data) {
  const isLone = (value, index) => value !== null && (data[index - 1] ?? null) === null && (data[index + 1] ?? null) === null;
  if (!data.some(isLone)) return {};
  return { showSymbol: true, data: data.map((value, index) => (isLone(value, index) ? value : { value, symbol: 'none' })) };
}

/** Pictures whose parts are met one by one: those without axes, and points. */
function isMetByPart(spec) {
  return isOfParts(spec) || spec.kind === 'scatter';
}

/** Pictures without axes: donuts and funnels. */
function isOfParts(spec) {
  return spec.kind === 'donut' || spec.kind === 'funnel';
}

function dressParts(series, spec) {
  const formatter = (point) => (spec.kind === 'donut' ? `${point.name}\n${point.percent} %` : `${point.name}  ${written(point.value, spec, 'compact')}`);
  return { ...series, cursor: spec.clickable ? 'pointer' : 'default', label: { ...series.label, formatter } };
}

function dressSeries(series, spec, width, color) {
  if (isOfParts(spec)) return dressParts(series, spec);
  const incomplete = (index) => (spec.begins_late && index === 0) || (spec.incomplete_from !== null && index >= spec.incomplete_from);
  const dressed = { ...series, cursor: spec.clickable ? 'pointer' : 'default' };
  if (series.type === 'bar') {
    dressed.barMaxWidth = spec.kind === 'bar' ? 22 : 48;
    const room = spec.kind === 'bar' || width / series.data.length > 60;
    dressed.label = { ...series.label, show: room && series.label?.show, formatter: (point) => written(spec.steps?.[point.dataIndex] ?? point.value, spec, 'compact') };
    dressed.data = series.data.map((value, index) =>
      incomplete(index) && String(series.id).startsWith('current')
        ? { value, itemStyle: { decal: { ...HATCH, color: color('surface') } } }
        : value,
    );
  }
  if (series.type === 'line' && !series.showSymbol) Object.assign(dressed, dotsBetweenGaps(series.data));
  if (series.type === 'heatmap') {
    dressed.progressive = 0;
    // Few and wide enough cells carry their value; its outline keeps it readable on every shade.
    const show = spec.categories.length <= 16 && (width - 120) / spec.categories.length > 44;
    const text = { color: color('text-strong'), textBorderColor: color('surface'), textBorderWidth: 3, fontSize: 12 };
    dressed.label = { show, ...text, formatter: (point) => written(point.value[2], spec, 'compact') };
  }
  return dressed;
}

/** How much room the names beside lying bars take: what the longest needs, but never more than a good third. */
function namesWidth(spec, width) {
  const longest = Math.max(...spec.categories.map((name) => pen.measureText(name).width));
  return Math.min(Math.ceil(longest) + 4, 190, width * 0.36);
}

/** The name of each step stands below it, in two lines or aslant: a waterfall whose steps have no names says nothing. */
function stepNames(spec, width) {
  const room = (width - 80) / spec.categories.length;
  const fit = room < 72 ? { rotate: 40, width: 84, overflow: 'truncate' } : { width: room - 6, overflow: 'break' };
  return { ...fit, interval: 0, hideOverlap: false, fontSize: 11, lineHeight: 15 };
}

function dressAxis(axis, spec, width, color) {
  const label = { color: color('text'), fontSize: 12, hideOverlap: true, ...axis.axisLabel };
  if (axis.type === 'value') label.formatter = (value) => written(value, spec, 'compact');
  if (axis.type === 'category' && spec.kind === 'bar') Object.assign(label, { width: namesWidth(spec, width), overflow: 'truncate', interval: 0 });
  if (axis.type === 'category' && spec.kind === 'waterfall') Object.assign(label, stepNames(spec, width));
  return { ...axis, axisLabel: label, axisLine: { ...axis.axisLine, lineStyle: { color: color('line-strong') } } };
}

function dress(option, element) {
  const { tradepost: spec, ...plain } = option;
  const cache = new Map();
  const color = (name) => cache.get(name) ?? cache.set(name, themeColor(element, name)).get(name);
  const painted = paint(plain, color);
  const width = element.clientWidth;
  const { fontFamily } = getComputedStyle(element);
  pen.font = `12px ${fontFamily}`;
  if (spec.kind === 'bar') painted.grid = [{ ...painted.grid[0], left: namesWidth(spec, width) + 8 }];
  return {
    ...painted,
    animation: !calm.matches,
    animationDuration: 150,
    animationDurationUpdate: 150,
    textStyle: { fontFamily, color: color('text') },
    ...(isOfParts(spec)
      ? {}
      : {
          xAxis: dressAxis(painted.xAxis, { ...spec, ...spec.axes?.[0] }, width, color),
          yAxis: dressAxis(painted.yAxis, { ...spec, ...spec.axes?.[1] }, width, color),
        }),
    series: painted.series.map((series) => dressSeries(series, spec, width, color)),
    tooltip: {
      ...painted.tooltip,
      confine: true,
      transitionDuration: 0,
      padding: 0,
      borderWidth: 0,
      backgroundColor: 'transparent',
      extraCssText: 'box-shadow:none',
      axisPointer: { ...painted.tooltip.axisPointer, shadowStyle: { color: color('current-wash') } },
      formatter: (params) => tooltip(params, spec),
    },
  };
}

// ---- the element ---------------------------------------------------------------------------------------------------------

class TradepostChart extends HTMLElement {
  static observedAttributes = ['option'];

  connectedCallback() {
    charts.add(this);
    nearViewport.observe(this);
  }

  disconnectedCallback() {
    charts.delete(this);
    nearViewport.unobserve(this);
    sizes.unobserve(this);
    this.chart?.dispose();
    this.chart = undefined;
    this.replaceChildren();
  }

  attributeChangedCallback() {
    this.draw();
  }

  /** Loads ECharts if nobody has, and draws for the first time. Says `chart-failed` when it cannot, so that the table shows instead. */
  async mount() {
    try {
      const { init } = await loadLibrary();
      if (!this.isConnected || this.chart) return;
      const box = this.appendChild(document.createElement('div'));
      box.className = 'chart-box';
      this.chart = init(box, null, { renderer: 'svg' });
      this.chart.getZr().on('click', (event) => this.click(event));
      this.chart.on('click', (event) => this.choosePart(event));
      this.draw();
      sizes.observe(this);
      this.dataset.state = 'drawn';
    } catch (error) {
      console.warn('the chart could not be drawn', error);
      this.dataset.state = 'failed';
      this.dispatchEvent(new CustomEvent('chart-failed', { bubbles: true }));
    }
  }

  /** Draws with the colours of the page, or with those of paper before it is printed. */
  draw(theme = this) {
    if (!this.chart || !this.getAttribute('option')) return;
    this.option = JSON.parse(this.getAttribute('option'));
    const kind = this.option.tradepost.kind;
    const isOther = kind !== this.kind;
    this.kind = kind;
    const dressed = dress(this.option, theme);
    if (theme !== this) dressed.animation = false;
    this.chart.setOption(dressed, isOther ? { notMerge: true } : { replaceMerge: ['series'] });
  }

  /** As wide as it will be on its sheet, and light. Printing waits for nobody, so this is done at once. */
  drawOnPaper() {
    if (!this.chart) return;
    const sheet = document.createElement('div');
    sheet.className = 'on-paper';
    sheet.style.width = `${this.clientWidth}px`;
    document.body.append(sheet);
    this.chart.resize();
    this.draw(sheet);
    sheet.remove();
  }

  resized() {
    if ('printing' in document.documentElement.dataset) return;
    this.chart?.resize();
    if (this.kind === 'bar') this.draw();
  }

  /** A click on a part of a donut or funnel; other pictures are clicked by where the pointer is. */
  choosePart(event) {
    const spec = this.option?.tradepost;
    if (!spec?.clickable || !isMetByPart(spec)) return;
    this.dispatchEvent(new CustomEvent('chart-click', { bubbles: true, detail: { index: event.dataIndex, name: spec.categories[event.dataIndex] } }));
  }

  click(event) {
    const spec = this.option?.tradepost;
    const point = [event.offsetX, event.offsetY];
    if (!spec?.clickable || isMetByPart(spec)) return;
    const [x, y] = this.chart.convertFromPixel({ gridIndex: 0 }, point);
    const index = spec.kind === 'bar' ? y : x;
    if (!Number.isInteger(index) || index < 0 || index >= spec.categories.length) return;
    if (spec.kind !== 'bar' && !this.chart.containPixel({ gridIndex: 0 }, point)) return;
    this.dispatchEvent(new CustomEvent('chart-click', { bubbles: true, detail: { index, name: spec.categories[index] } }));
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
  for (const { target } of entries) requestAnimationFrame(() => target.resized());
});

function redrawAll() {
  requestAnimationFrame(() => charts.forEach((chart) => chart.draw()));
}

new MutationObserver(redrawAll).observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawAll);
calm.addEventListener('change', redrawAll);
document.fonts.ready.then(redrawAll);
// ---- paper ---------------------------------------------------------------------------------------------------------------

/** Lays the page out as its sheet will be, and draws all pictures for it in the colours of paper. */
function toPaper() {
  document.documentElement.dataset.printing = '';
  for (const chart of charts) chart.drawOnPaper();
}

function fromPaper() {
  delete document.documentElement.dataset.printing;
  for (const chart of charts) {
    chart.chart?.resize();
    chart.draw();
  }
}

addEventListener('beforeprint', toPaper);
addEventListener('afterprint', fromPaper);

/** A button that prints: pictures that nobody has scrolled to are drawn first. */
addEventListener('click', async (event) => {
  if (!event.target.closest?.('[data-print]')) return;
  await Promise.all([...charts, ...document.querySelectorAll('tradepost-map')].map((picture) => picture.mount()));
  print();
});

/** The module that makes files of pictures is fetched when somebody wants one. */
addEventListener('click', async (event) => {
  const chosen = event.target.closest?.('.menu-panel[id$="-files"] .menu-item');
  chosen?.closest('[popover]').hidePopover();
  const button = event.target.closest?.('[data-save-chart]');
  const chart = button && document.getElementById(button.dataset.chart);
  if (!chart) return;
  try {
    const { save } = await import('./chart_files.js');
    await save(chart, button.dataset.saveChart, { dress, loadLibrary, themeColor });
  } catch {
    // Words that are read aloud, beside the picture that is still there.
    const words = Object.assign(document.createElement('p'), { className: 'field-hint', textContent: 'The picture could not be saved. Reload the page and try again.' });
    words.setAttribute('role', 'alert');
    chart.closest('figure')?.append(words);
  }
});

if (!customElements.get('tradepost-chart')) customElements.define('tradepost-chart', TradepostChart);
