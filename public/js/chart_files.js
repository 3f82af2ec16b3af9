// Pictures taken away: what <tradepost-chart> draws, with its heading, days and key, as an SVG or PNG file.
//
// The picture is drawn anew at one size and in the colours of paper, whatever the window's size and theme. ECharts is drawn by
// its SVG renderer without a page (`ssr`), which the bundle holds anyway; a PNG is that SVG drawn on a canvas at twice its size.

const WIDTH = 1000;
const LEAST_HEIGHT = 360;
const MARGIN = 32;
const SHARPNESS = 2;
// Without quotes, which the library writes into attributes as they are.
const SANS = 'Inter, system-ui, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif';

const pen = document.createElement('canvas').getContext('2d');

function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A text in lines that fit. */
function lines(text, font, width) {
  pen.font = font;
  const found = [''];
  for (const word of text.split(/\s+/)) {
    const longer = `${found.at(-1)} ${word}`.trim();
    if (found.at(-1) && pen.measureText(longer).width > width) found.push(word);
    else found[found.length - 1] = longer;
  }
  return found;
}

/** An element out of sight whose theme is that of paper. */
function paper() {
  const sheet = document.createElement('div');
  sheet.className = 'on-paper';
  sheet.setAttribute('aria-hidden', 'true');
  sheet.style.width = `${WIDTH}px`;
  return document.body.appendChild(sheet);
}

/** The series by name, as the key above the picture has them, with the colours they are drawn in. */
function keyOf(element, series) {
  const names = [...(element.closest('figure')?.querySelectorAll('.chart-key li') ?? [])].map((entry) => entry.textContent);
  return names.map((name) => {
    const drawn = series.find((one) => one.name === name);
    return { name, color: drawn?.lineStyle?.color ?? drawn?.itemStyle?.color ?? '#666666', isDashed: String(drawn?.id).startsWith('compared') };
  });
}

async function drawnByLibrary(element, inner, sheet, { dress, loadLibrary }) {
  const { init } = await loadLibrary();
  const height = Math.max(LEAST_HEIGHT, element.parentElement?.offsetHeight || Number.parseInt(element.parentElement?.style.height, 10) || 0);
  const option = { ...dress(JSON.parse(element.getAttribute('option')), sheet), animation: false };
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: inner, height });
  chart.setOption({ ...option, textStyle: { ...option.textStyle, fontFamily: SANS } });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return { svg, height, key: keyOf(element, option.series) };
}

/** The picture in the colours of paper; a map draws itself. */
async function drawn(element, tools) {
  const sheet = paper();
  try {
    const inner = WIDTH - 2 * MARGIN;
    sheet.style.width = `${inner}px`;
    const own = element.onPaper?.(inner, (name) => tools.themeColor(sheet, name));
    const picture = await (own ?? drawnByLibrary(element, inner, sheet, tools));
    const theme = getComputedStyle(sheet);
    const color = (name) => theme.getPropertyValue(name).trim();
    return { ...picture, surface: color('--surface'), text: color('--text'), soft: color('--text-soft') };
  } finally {
    sheet.remove();
  }
}

/** The whole sheet: heading, what is plotted and when, the key, the picture. */
function sheetOf(element, { svg, height, key, surface, text, soft }) {
  const parts = [];
  let y = MARGIN;
  for (const line of lines(element.dataset.title ?? '', `600 22px ${SANS}`, WIDTH - 2 * MARGIN)) {
    y += 24;
    parts.push(`<text x="${MARGIN}" y="${y}" font-size="22" font-weight="600" fill="${text}">${escaped(line)}</text>`);
  }
  for (const line of lines(element.dataset.words ?? '', `14px ${SANS}`, WIDTH - 2 * MARGIN)) {
    y += 22;
    parts.push(`<text x="${MARGIN}" y="${y}" font-size="14" fill="${soft}">${escaped(line)}</text>`);
  }
  if (key.length > 0) {
    let x = MARGIN;
    y += 28;
    pen.font = `13px ${SANS}`;
    for (const { name, color, isDashed } of key) {
      const wide = 26 + pen.measureText(name).width;
      if (x > MARGIN && x + wide > WIDTH - MARGIN) [x, y] = [MARGIN, y + 20];
      const dashes = isDashed ? ' stroke-dasharray="4 3"' : '';
      parts.push(`<line x1="${x}" y1="${y - 4}" x2="${x + 18}" y2="${y - 4}" stroke="${color}" stroke-width="3"${dashes}/>`);
      parts.push(`<text x="${x + 24}" y="${y}" font-size="13" fill="${soft}">${escaped(name)}</text>`);
      x += wide + 18;
    }
  }
  y += 20;
  const whole = y + height + MARGIN;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${whole}" viewBox="0 0 ${WIDTH} ${whole}" font-family="${escaped(SANS)}">`;
  const ground = `<rect width="${WIDTH}" height="${whole}" fill="${surface}"/>`;
  const picture = `<svg x="${MARGIN}" y="${y}" width="${WIDTH - 2 * MARGIN}" height="${height}">${svg}</svg>`;
  return { text: `${head}${ground}${parts.join('')}${picture}</svg>`, width: WIDTH, height: whole };
}

async function asPng({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: width * SHARPNESS, height: height * SHARPNESS });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('the canvas gave no picture');
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function fileName(element, extension) {
  const words = `${element.dataset.title ?? ''} ${element.dataset.words?.split(' · ').at(-1) ?? ''}`;
  const plain = words.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 100);
  return `${plain || 'chart'}.${extension}`;
}

/** Hands the picture to the browser as a file. */
export async function save(element, format, tools) {
  const sheet = sheetOf(element, await drawn(element, tools));
  const blob = format === 'png' ? await asPng(sheet) : new Blob([sheet.text], { type: 'image/svg+xml' });
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: fileName(element, format) });
  link.click();
  // Some browsers read the file only after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
