// A bounded load: so many requests, so many at a time.
import { now } from "./product.mjs";

/** Sends `count` requests made by `request(index)`, `atOnce` at a time; requests a second and the 50th and 95th percentile. */
export async function load(count, atOnce, request) {
  const times = [];
  let next = 0;
  const started = now();
  const worker = async () => {
    while (next < count) {
      const index = next++;
      const sent = now();
      await request(index);
      times.push(now() - sent);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (now() - started) / 1000;
  times.sort((a, b) => a - b);
  const percentile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { perSecond: count / seconds, p50: percentile(0.5), p95: percentile(0.95) };
}
