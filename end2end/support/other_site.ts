// Another site, which builds a public link of ours into its page.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface OtherSite {
  port: number;
  close: () => Promise<void>;
}

/** A site on the port that the server under test was told of. `127.0.0.1` is the site that may; `localhost` is another, which may not. */
export async function otherSite(html: string): Promise<OtherSite> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><html lang="en"><title>Another site</title><h1>Another site</h1>${html}</html>`);
  });
  await new Promise<void>((resolve) => server.listen(Number(process.env.TRADEPOST_E2E_OTHER_SITE_PORT), resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
