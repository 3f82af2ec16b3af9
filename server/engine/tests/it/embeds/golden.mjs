// Writes golden.json: what the tools' own documents and libraries make of fixed claims.
// Run by hand, where `npm i jsonwebtoken` has been run: `node golden.mjs > golden.json`.
// Tokens are made by the library that Metabase's and Superset's documents use; Looker's signature
// by its documented list of twelve lines, with Node's own HMAC.
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";

const jwt = createRequire(`${process.cwd()}/`)("jsonwebtoken");
const now = 1_790_000_000;
const life = 600;
const exp = now + life;
const nonce = "000102030405060708090a0b0c0d0e0f";
const sign = (payload, secret, header) => jwt.sign(payload, secret, { noTimestamp: payload.iat === undefined, ...(header && { header }) });

const metabaseSecret = "34fa977d001eb28c0e6e551dff101b0396a36f31174334b5366fb19af6eaf8fe";
const metabase = sign({ resource: { dashboard: 42 }, params: { region: [], store: "Köln" }, exp }, metabaseSecret);
const question = sign({ resource: { question: 7 }, params: {}, exp }, metabaseSecret);

const client = "9d5a4b9e-1111-4a3c-9d0f-6a8f7f1f0001";
const secretId = "2c0f6d6e-2222-4b1d-8f50-1d9a5c3e0002";
const tableau = sign(
  { iss: client, exp, jti: "00010203-0405-4607-8809-0a0b0c0d0e0f", aud: "tableau", sub: "ada@example.com", scp: ["tableau:views:embed"], Store: "12" },
  "b1k7Q0xVQmHn0VvQ4f1J9m6M8l2c5s7o3r9t1u5w8y0=",
  { kid: secretId, iss: client },
);

const superset = sign(
  {
    user: { username: "ada@example.com", first_name: "", last_name: "" },
    resources: [{ type: "dashboard", id: "6a57d2b4-5e1c-4f5e-9d5e-0c1f6f1f0003" }],
    rls_rules: [{ clause: "store = 'O''Neill'" }],
    iat: now,
    exp,
    aud: "https://superset.example/",
    type: "guest",
  },
  "a-secret-of-superset-0123456789abcdef",
);

const lightdash = sign(
  {
    content: {
      type: "dashboard",
      dashboardUuid: "c3d4450e-fa76-42f9-a07b-63351a211bad",
      dashboardFiltersInteractivity: { enabled: "none" },
      canExportCsv: false,
      canExportImages: false,
      canExportPagePdf: false,
      canDateZoom: false,
    },
    user: { externalId: "57", email: "ada@example.com" },
    userAttributes: { store: "12" },
    iat: now,
    exp,
  },
  "a-secret-of-lightdash-0123456789abcdef",
);

const looker = {
  host: "company.looker.com",
  path: `/login/embed/${encodeURIComponent("/embed/dashboards/3?Region=West%20Coast&embed_domain=https://tradepost.example")}`,
  nonce: JSON.stringify(nonce),
  time: JSON.stringify(now),
  session_length: JSON.stringify(life),
  external_user_id: JSON.stringify("57"),
  permissions: JSON.stringify(["access_data", "see_looks", "see_lookml_dashboards", "see_user_dashboards"]),
  models: JSON.stringify(["thelook", "sales"]),
  group_ids: JSON.stringify([4]),
  external_group_id: JSON.stringify(""),
  user_attributes: JSON.stringify({ city: "Malmö", store: "12" }),
  access_filters: JSON.stringify({}),
};
const lines = Object.values(looker).join("\n");
const signature = createHmac("sha1", "8ea3be011d0668741234216e06845692bab69e0101d00dcfe399dae03c52513c").update(lines, "utf8").digest("base64");

console.log(JSON.stringify({ metabase, question, tableau, superset, lightdash, looker: { ...looker, signature } }, null, 2));
