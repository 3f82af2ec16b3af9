// What other tools' boards say to the page around them, and what they want to hear: one entry a tool.
//
// A link is made for one iframe. `board_frame.js` gives it only messages whose origin and source are that iframe's. What a tool
// says comes out as `tell.alive()`, `tell.height(pixels)`, `tell.expired()` or `tell.failed()`.

const SECOND = 1000;

/** A tool that says nothing: what its frame shows is between it and its viewer. */
const silent = () => ({ loaded() {}, heard() {}, renew: undefined, resized() {}, close() {} });

// ---- Metabase: iframe-resizer --------------------------------------------------------------------------------------------

const RESIZER = '[iFrameSizer]';

/** Metabase's pages carry iframe-resizer's inner half: greeted with its settings, it reports `id:height:width:reason`. */
function metabase(view, frame, tell) {
  const id = `board-${view.serial}`;
  const greeting = RESIZER + [id, 8, false, false, 32, true, true, null, 'bodyOffset', null, null, 0, false, 'parent', 'scroll', true].join(':');
  const greet = () => frame.contentWindow?.postMessage(greeting, view.origin);
  return {
    ...silent(),
    loaded: greet,
    heard(data) {
      if (data === '[iFrameResizerChild]Ready') return greet();
      if (typeof data !== 'string' || !data.startsWith(RESIZER + id + ':')) return;
      const height = Number(data.slice(RESIZER.length + id.length + 1).split(':')[0]);
      tell.alive();
      if (height > 0) tell.height(height);
    },
  };
}

// ---- Looker: JSON events --------------------------------------------------------------------------------------------------

/** Looker's embedded pages send JSON texts; `page:properties:changed` has the height that its content takes. */
function looker(view, frame, tell) {
  return {
    ...silent(),
    heard(data) {
      if (typeof data !== 'string' || !data.startsWith('{')) return;
      const event = parsed(data);
      if (!event?.type) return;
      tell.alive();
      if (event.type === 'page:properties:changed' && event.height > 0) tell.height(event.height);
      if (event.type === 'session:status' && event.expired) tell.expired();
    },
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// ---- Superset: Switchboard over a channel of its own ------------------------------------------------------------------------

/** Superset's frame takes one end of a channel, then its guest token; it never stands in the address. */
function superset(view, frame, tell) {
  let port;
  let token = view.token;
  let asked = 0;
  let clock;
  const ask = () => {
    asked += 1;
    port?.postMessage({ switchboardAction: 'get', method: 'getScrollSize', messageId: `m${asked}`, args: undefined });
  };
  const give = () => port?.postMessage({ switchboardAction: 'emit', method: 'guestToken', args: { guestToken: token } });
  const answered = ({ data }) => {
    if (data?.switchboardAction !== 'reply') return;
    tell.alive();
    if (data.result?.height > 0) tell.height(data.result.height);
  };
  return {
    ...silent(),
    loaded() {
      port?.close();
      const channel = new MessageChannel();
      port = channel.port1;
      port.onmessage = answered;
      frame.contentWindow?.postMessage({ type: '__embedded_comms__', handshake: 'port transfer' }, view.origin, [channel.port2]);
      give();
      // Its charts arrive one after another, and nothing tells when the last one has.
      clearInterval(clock);
      setTimeout(ask, SECOND / 4);
      clock = setInterval(() => (asked < 20 ? ask() : clearInterval(clock)), SECOND);
    },
    renew(next) {
      token = next;
      give();
    },
    resized: ask,
    close() {
      clearInterval(clock);
      port?.close();
    },
  };
}

// ---- Power BI for our users: http over messages -----------------------------------------------------------------------------

/** Power BI's frame is driven by requests in messages, as its client library sends them: told apart by `headers.id`, the token in the first. */
function powerBi(view, frame, tell) {
  let sent = 0;
  const uid = `board-${view.serial}`;
  const post = (url, body) => {
    sent += 1;
    const headers = { id: `${uid}-${sent}`, uid, 'x-sdk-type': 'js', 'x-sdk-wrapper': 'tradepost' };
    frame.contentWindow?.postMessage({ method: 'POST', url, headers, body }, view.origin);
  };
  const config = () => ({
    type: 'report',
    id: new URL(view.url).searchParams.get('reportId'),
    uniqueId: uid,
    embedUrl: view.url,
    accessToken: view.token,
    tokenType: 1,
    permissions: 1,
    settings: { panes: { filters: { visible: false } } },
  });
  return {
    ...silent(),
    loaded: () => post('/report/load', config()),
    heard(data) {
      if (data === null || typeof data !== 'object') return;
      const event = typeof data.url === 'string' ? data.url.match(/\/events\/(\w+)$/)?.[1] : undefined;
      if (event === 'error') return data.body?.message === 'TokenExpired' ? tell.expired() : tell.failed();
      if (event !== undefined) return tell.alive();
      if (data.headers?.id?.startsWith?.(`${uid}-`)) {
        if (data.statusCode >= 400) tell.failed();
        else tell.alive();
      }
    },
    renew: (token) => post('/report/token', token),
  };
}

// ---- which tool speaks how --------------------------------------------------------------------------------------------------

const LINKS = {
  metabase_public: metabase,
  metabase_signed: metabase,
  looker: looker,
  looker_signed: looker,
  superset_embedded: superset,
  power_bi_app: powerBi,
};

/** Tools whose silence after loading means that nothing is shown: without an answer they never got their token. */
const MUST_ANSWER = new Set(['superset_embedded', 'power_bi_app']);

/** Tools that usually speak; silence is a hint that the frame was refused, no more. */
const USUALLY_SPEAKS = new Set(['metabase_public', 'metabase_signed']);

/** Tools that speak once they have taken what we signed; where two secrets may have signed it, silence means the wrong one. */
const SPEAKS_WHEN_SIGNED = new Set(['looker_signed']);

/** The link to a board's frame. */
export function connect(view, frame, tell) {
  return (LINKS[view.tool] ?? silent)(view, frame, tell);
}

export const mustAnswer = (tool) => MUST_ANSWER.has(tool);
export const speaksWhenSigned = (tool) => SPEAKS_WHEN_SIGNED.has(tool);
export const usuallySpeaks = (tool) => USUALLY_SPEAKS.has(tool);
/** Whether a new token goes to the frame that stands, so that nothing is loaded again. */
export const takesTokens = mustAnswer;
