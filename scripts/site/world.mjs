// The outlines of the world's countries for <tradepost-map>, made of Natural Earth's (public domain, npm "world-atlas"): a path for each
// country by its two letters, and a dot for each that is too small to be seen. What has no letters of its own is land without a name.
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { feature } from "topojson-client";
import { SPOTS, lettersOf } from "./world_codes.mjs";

const WIDTH = 960;
const HEIGHT = 470;
/** What is smaller than this, in square units of the picture, gets a dot as well. */
const SMALL = 14;
/** Nobody sells there, and without it the others are a fifth larger. */
const LEFT_OUT = "AQ";

const require = createRequire(import.meta.url);

async function countries(scale) {
  const topology = JSON.parse(await readFile(require.resolve(`world-atlas/countries-${scale}.json`), "utf8"));
  return feature(topology, topology.objects.countries).features;
}

function letters({ id, properties }) {
  return properties.name === "Kosovo" ? "XK" : lettersOf.get(id);
}

/** Every country that the program can name has its place, or the build stops. */
async function complete(places, dots) {
  const source = await readFile(new URL("../../app/domain/src/countries.rs", import.meta.url), "utf8");
  const named = [...source.matchAll(/\("([A-Z]{2})", "/g)].map(([, code]) => code);
  const missing = named.filter((code) => code !== LEFT_OUT && !places[code] && !dots[code]);
  if (named.length < 200 || missing.length > 0) throw new Error(`the map knows no place for ${missing.join(", ") || "any country"}`);
}

/** `{ width, height, land, places: { GB: "M…" }, dots: { SG: [x, y] } }` as JSON. */
export async function world() {
  const [coarse, fine] = await Promise.all([countries("110m"), countries("50m")]);
  const shown = coarse.filter((country) => letters(country) !== LEFT_OUT);
  const projection = geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: "FeatureCollection", features: shown });
  const path = geoPath(projection).digits(1);
  const [places, dots, land] = [{}, {}, []];
  for (const country of shown) {
    const code = letters(country);
    if (code) places[code] = (places[code] ?? "") + path(country);
    else land.push(path(country));
  }
  // An islet far away may carry the letters of a large country: only the largest part counts.
  const largest = {};
  for (const country of fine) largest[letters(country)] = Math.max(largest[letters(country)] ?? 0, path.area(country));
  for (const country of fine) {
    const code = letters(country);
    if (!code || code === LEFT_OUT || path.area(country) < largest[code] || (places[code] && largest[code] >= SMALL)) continue;
    dots[code] = path.centroid(country);
  }
  for (const [code, spot] of Object.entries(SPOTS)) dots[code] = projection(spot);
  for (const [code, dot] of Object.entries(dots)) dots[code] = dot.map((at) => Math.round(at * 10) / 10);
  await complete(places, dots);
  return Buffer.from(JSON.stringify({ width: WIDTH, height: HEIGHT, land: land.join(""), places, dots }));
}
