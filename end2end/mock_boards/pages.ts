// What the stand-in's pages look like, and the scripts that the tools' own pages carry.

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function page(title: string, body: string, script = ""): string {
  const style = "body{margin:0;font:15px system-ui;background:#fff;color:#223}main{padding:20px}dl{display:flex;gap:24px}dd{margin:0;font-size:24px}";
  const code = script === "" ? "" : `<script>${script}</script>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title><style>${style}</style></head><body>${body}${code}</body></html>`;
}

/** A board with some figures, as high as it is told, naming what it was filtered by. */
function figures(title: string, filters: Record<string, unknown>, height: number): string {
  const rows = Object.entries(filters).map(([name, value]) => `<li>${escape(name)}: ${escape(typeof value === "string" ? value : (JSON.stringify(value) ?? "none"))}</li>`);
  return `<h1>${escape(title)}</h1><dl><div><dt>Sales</dt><dd>£12,480</dd></div><div><dt>Orders</dt><dd>418</dd></div></dl><ul>${rows.join("")}</ul><div style="height:${height}px"></div>`;
}

export function board(title: string, filters: Record<string, unknown>, height: number, script = ""): string {
  return page(title, `<main id="board" data-state="shown">${figures(title, filters, height)}</main>`, script);
}

/** The tool's page for what it refuses. */
export function refusal(tool: string, sentence: string, script = ""): string {
  return page(tool, `<main data-state="refused"><h1>${escape(tool)}</h1><p role="alert">${escape(sentence)}</p></main>`, script);
}

/** What a tool shows to those who have not signed in with it. */
export function signIn(tool: string): string {
  return page(tool, `<main data-state="sign-in"><h1>Sign in to ${escape(tool)}</h1><button>Sign in</button></main>`);
}

/** iframe-resizer's inner half: it says it is ready, and answers its outer half's greeting with `id:height:width:reason`. */
export const resizer = `
  parent.postMessage("[iFrameResizerChild]Ready", "*");
  let outer;
  const tell = (reason) => outer && outer.window.postMessage("[iFrameSizer]" + outer.id + ":" + document.querySelector("main").offsetHeight + ":" + innerWidth + ":" + reason, outer.origin);
  addEventListener("message", ({ data, source, origin }) => {
    if (typeof data !== "string" || !data.startsWith("[iFrameSizer]")) return;
    outer = { window: source, origin, id: data.slice(13).split(":")[0] };
    tell("init");
  });
  new ResizeObserver(() => tell("size")).observe(document.querySelector("main"));`;

/** Looker's events: JSON texts, to the origin in `embed_domain` and to no other. */
export const lookerEvents = (target: string): string => `
  const send = (event) => parent.postMessage(JSON.stringify(event), ${JSON.stringify(target)});
  send({ type: "dashboard:loaded", dashboard: { id: 4 } });
  new ResizeObserver(() => send({ type: "page:properties:changed", height: document.querySelector("main").offsetHeight })).observe(document.querySelector("main"));`;

/** A page that asks its server whether its token is good, and draws the answer. */
const asking = `
  // What it is told, in shape: names and types, and the values that are no secret and not random.
  const shape = (value) => value === null || typeof value !== "object" ? (typeof value === "string" && value.length < 24 ? value : typeof value)
    : Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]));
  // Once a test is over the stand-in ends before the page does, which is no error of the page.
  const heard = (tool, message) => fetch("/mock/heard", { method: "POST", body: JSON.stringify({ tool, message: shape(message) }) }).catch(() => {});
  const main = document.querySelector("main");
  const draw = async (path, headers, body) => {
    const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body ?? {}) });
    const answer = await response.json();
    main.dataset.state = response.ok ? "shown" : "refused";
    main.dataset.token = answer.id ?? "";
    main.innerHTML = answer.html;
    return { ok: response.ok, answer };
  };`;

/** Superset's inner half of the Switchboard: it takes a port, then a guest token, and answers questions. */
export function superset(id: string, height: number): string {
  const script = `${asking}
  addEventListener("message", ({ data, ports }) => {
    if (data?.type !== "__embedded_comms__" || data.handshake !== "port transfer" || !ports[0]) return;
    const port = ports[0];
    heard("superset", data);
    const methods = { getScrollSize: () => ({ width: document.body.scrollWidth, height: main.offsetHeight }), getActiveTabs: () => [] };
    port.onmessage = async ({ data: message }) => {
      const { switchboardAction, method, messageId, args } = message;
      heard("superset", message);
      if (switchboardAction === "emit" && method === "guestToken") return draw("/api/v1/dashboard/${id}", { "X-GuestToken": args.guestToken });
      if (switchboardAction !== "get") return;
      port.postMessage(methods[method]
        ? { switchboardAction: "reply", messageId, result: methods[method](args) }
        : { switchboardAction: "error", messageId, error: "[superset] Method \\"" + method + "\\" is not defined" });
    };
  });`;
  return page("Superset", `<main style="min-height:${height}px" data-state="waiting">Loading…</main>`, script);
}

/** Lightdash's page reads its token from the fragment, which no server sees. */
export function lightdash(project: string): string {
  const script = `${asking}
  draw("/api/v1/embed/${project}/dashboard", { "lightdash-embed-token": location.hash.slice(1) });`;
  return page("Lightdash", `<main data-state="waiting">Loading…</main>`, script);
}

/** Power BI's page is driven by requests in messages, told apart by `headers.id`; it answers each, and tells of events by requests of its own. */
export function powerBi(report: string): string {
  const script = `${asking}
  const state = {};
  addEventListener("message", async ({ data, source, origin }) => {
    if (data?.method !== "POST" || typeof data.url !== "string" || !data.headers?.id) return;
    heard("power_bi", data);
    const reply = (statusCode, body) => source.postMessage({ statusCode, headers: { id: data.headers.id }, body }, origin);
    const event = (name, body) => source.postMessage({ method: "POST", url: "/reports/" + state.uid + "/events/" + name, headers: { id: name + Math.random() }, body }, origin);
    if (data.url !== "/report/load" && data.url !== "/report/token") return reply(404, { message: "notFound" });
    if (data.url === "/report/load") Object.assign(state, { uid: data.headers.uid, type: data.body.tokenType });
    const token = data.url === "/report/load" ? data.body.accessToken : data.body;
    if (typeof token !== "string" || state.type !== 1) return reply(400, { message: "invalidConfig" });
    const { ok, answer } = await draw("/mock/power-bi/report/${report}", { authorization: "EmbedToken " + token });
    reply(ok ? 202 : 403, ok ? undefined : { message: answer.message });
    if (!ok) return event("error", { message: answer.message, detailedMessage: answer.html });
    if (data.url === "/report/load") { event("loaded", {}); event("rendered", {}); }
  });`;
  return page("Power BI", `<main style="min-height:400px" data-state="waiting">Loading…</main>`, script);
}

/** The part of a page that a token's answer becomes. */
export const drawn = (title: string, filters: Record<string, unknown>, height: number): string => figures(title, filters, height);
export const refused = (sentence: string): string => `<p role="alert">${escape(sentence)}</p>`;
