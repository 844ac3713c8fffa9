// The functions against the worker's own binary. The Rust test that starts this has granted the tokens.

import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { generateKeyPair } from "npm:jose@6.2.18";
import { needed, Platform, Program, startFunction } from "./stage.ts";

const RICH = "11111111-1111-4111-8111-111111111111";
const POOR = "22222222-2222-4222-8222-222222222222";
/** Has more tokens than the worker's limit on one user lets through in a minute. */
const HASTY = "33333333-3333-4333-8333-333333333333";

const WORKER_SECRET = "secret-of-a-test";
const OLD_CALLBACK_SECRET = `whsec_${btoa("an old secret of 24 bytes or more")}`;
const CALLBACK_SECRET = `whsec_${btoa("the new secret of 24 bytes or more")}`;

const BINARY = needed("WORKER_BINARY");
const WORKER_ENV = {
  DATA_DIR: needed("DATA_DIR"),
  PORT: "0",
  BIND: "127.0.0.1",
  WORKER_SECRET,
  CALLBACK_SECRET,
  CHARGE: "worker",
  USER_LIMIT_PER_MINUTE: "3",
};

const platform = await Platform.start();
const worker = new Program(
  BINARY,
  ["serve", "--edgar", needed("RECORDING")],
  { ...WORKER_ENV, CALLBACK_ORIGINS: platform.url },
  /address=(127\.0\.0\.1:\d+)/,
);
// The receiver still knows the secret that the worker no longer signs with.
const callback = startFunction("report-callback", { CALLBACK_SECRET: `${OLD_CALLBACK_SECRET},${CALLBACK_SECRET}` });
const generate = startFunction("generate-report", {
  SUPABASE_URL: platform.url,
  WORKER_URL: await worker.url,
  WORKER_SECRET,
});
platform.functions.set("generate-report", await generate.url);
platform.functions.set("report-callback", await callback.url);

Deno.test.afterAll(async () => {
  await Promise.all([worker.stop(), generate.stop(), callback.stop()]);
  await platform.stop();
});

async function ask(token: string | undefined, body: unknown, headers: Record<string, string> = {}) {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`${platform.url}/functions/v1/generate-report`, {
    method: "POST",
    headers: { "content-type": "application/json", ...authorization, ...headers },
    body: JSON.stringify(body),
  });
  // deno-lint-ignore no-explicit-any -- tests look at members of answers of every kind
  return { status: response.status, headers: response.headers, body: await response.json() as any };
}

// deno-lint-ignore no-explicit-any -- rows of every kind
async function operator(...args: string[]): Promise<any[]> {
  const { stdout } = await new Deno.Command(BINARY, { args: [...args, "--json"], env: WORKER_ENV }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").filter((line) => line !== "").map((line) =>
    JSON.parse(line)
  );
}

async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
  for (let turn = 0; turn < 300; turn++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it did not come about: ${what}\n${worker.output}\n${callback.output}`);
}

function callbackAgain(headers: Headers, body: Uint8Array<ArrayBuffer>): Promise<Response> {
  return fetch(`${platform.url}/functions/v1/report-callback`, { method: "POST", headers, body });
}

/** Headers as the worker sends them. */
function signed(secret: string, timestamp: number, body: Uint8Array): Headers {
  const id = crypto.randomUUID();
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  return new Headers({ "webhook-id": id, "webhook-timestamp": `${timestamp}`, "webhook-signature": `v1,${signature}` });
}

function lines(program: Program, text: string): number {
  return program.output.split("\n").filter((line) => line.includes(text)).length;
}

Deno.test("who has no token of a user is turned away", async () => {
  const { privateKey: stranger } = await generateKeyPair("ES256");
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  const unsigned = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${(await platform.token(RICH)).split(".")[1]}.`;
  const tokens = {
    none: undefined,
    nonsense: "nonsense",
    expired: await platform.token(RICH, { exp: hourAgo }),
    "without end": await platform.token(RICH, { exp: undefined as unknown as number }),
    "of another project": await platform.token(RICH, { iss: "https://other.supabase.co/auth/v1" }),
    "for somebody else": await platform.token(RICH, { aud: "others" }),
    "of no user": await platform.token(RICH, { role: "anon" }),
    forged: await platform.token(RICH, {}, stranger),
    unsigned,
  };
  for (const [which, token] of Object.entries(tokens)) {
    const answer = await ask(token, { ticker: "NWND", user_id: RICH });
    assert.deepEqual([answer.status, answer.body.code], [401, "unauthorized"], which);
  }
  assert.deepEqual(await operator("jobs", "list"), []);
});

Deno.test("who has no token to pay with is told so", async () => {
  // RICH could pay, and is named in the body.
  const answer = await ask(await platform.token(POOR), { ticker: "NWND", user_id: RICH });
  assert.deepEqual([answer.status, answer.body.code], [402, "insufficient_tokens"]);
  assert.deepEqual(await operator("jobs", "list"), []);
});

Deno.test("a report is made for whom the token names, and the callback arrives", async () => {
  const answer = await ask(await platform.token(RICH), {
    ticker: "nwnd",
    user_id: POOR,
    job_id: "44444444-4444-4444-8444-444444444444",
    callback_url: "http://127.0.0.1:9/elsewhere",
  });
  assert.deepEqual([answer.status, answer.body.status], [202, "queued"]);
  const jobId = answer.body.job_id;
  await until("the callback is taken", async () => (await operator("deliveries", "list"))[0]?.state === "delivered");
  const [job] = await operator("jobs", "show", jobId);
  assert.deepEqual([job.user_id, job.state, job.charged], [RICH, "completed", true]);
  await until("the callback is told of", () => lines(callback, `job ${jobId} completed`) === 1);
});

Deno.test("a callback that comes again is taken once, and one that was changed not at all", async () => {
  const { headers, body } = platform.callbacks[0]!;
  const handled = lines(callback, "completed");
  assert.equal((await callbackAgain(headers, body)).status, 204);
  assert.equal(lines(callback, "completed"), handled);

  const changed = new TextEncoder().encode(new TextDecoder().decode(body).replace("completed", "failed"));
  assert.equal((await callbackAgain(headers, changed)).status, 401);
  const renamed = new Headers(headers);
  renamed.set("webhook-id", "another");
  assert.equal((await callbackAgain(renamed, body)).status, 401);
});

Deno.test("while one secret replaces another both are known, and what is old is not", async () => {
  const body = new TextEncoder().encode('{"job_id":"job-9","status":"failed","error":"cancelled","refunded":true}');
  const now = Math.floor(Date.now() / 1000);
  const send = (secret: string, timestamp: number, sent = body) => callbackAgain(signed(secret, timestamp, sent), sent);
  assert.equal((await send(OLD_CALLBACK_SECRET, now)).status, 204);
  await until("the callback is told of", () => lines(callback, "job job-9 failed, refunded") === 1);
  assert.equal((await send(CALLBACK_SECRET, now - 310)).status, 401);
  assert.equal((await send(`whsec_${btoa("a secret of somebody else altogether")}`, now)).status, 401);
  assert.equal((await send(CALLBACK_SECRET, now, new TextEncoder().encode('{"job_id":"job-9"}'))).status, 400);
});

Deno.test("the same key of idempotency is the same job and costs one token", async () => {
  const headers = { "idempotency-key": "click-1" };
  const first = await ask(await platform.token(RICH), { ticker: "NWND" }, headers);
  const again = await ask(await platform.token(RICH), { ticker: "NWND" }, headers);
  assert.deepEqual([first.status, again.status, again.body.job_id], [202, 202, first.body.job_id]);
  // The tables of a project take UUIDs alone.
  assert.match(first.body.job_id, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const other = await ask(await platform.token(RICH), { ticker: "BRKD" }, headers);
  assert.deepEqual([other.status, other.body.code], [409, "conflict"]);
  // Two tokens were granted: one for the report above, one for this. A key of somebody else is another key.
  assert.equal((await ask(await platform.token(RICH), { ticker: "NWND" })).status, 402);
  assert.equal((await ask(await platform.token(POOR), { ticker: "NWND" }, headers)).status, 402);
  assert.equal((await ask(await platform.token(RICH), { ticker: "NWND" }, { "idempotency-key": "" })).status, 400);
});

Deno.test("a wrong ticker is the user's fault and is told", async () => {
  for (const ticker of ["", "far-too-long-for-one", "a b c d !"]) {
    const answer = await ask(await platform.token(RICH), { ticker });
    assert.deepEqual([answer.status, answer.body.errors[0].field], [400, "ticker"], ticker);
  }
  assert.equal((await ask(await platform.token(RICH), { ticker: 5 })).status, 400);
  assert.equal((await ask(await platform.token(RICH), ["NWND"])).status, 400);
  assert.equal((await ask(await platform.token(RICH), { ticker: "NWND", more: "x".repeat(70_000) })).status, 413);
});

Deno.test("a user who asks too often is told when to come back", async () => {
  const token = await platform.token(HASTY);
  for (let count = 0; count < 3; count++) assert.equal((await ask(token, { ticker: "NWND" })).status, 202);
  const answer = await ask(token, { ticker: "NWND" });
  assert.deepEqual([answer.status, answer.body.code], [429, "rate_limited"]);
  assert.equal(answer.headers.get("retry-after"), "60");
});

Deno.test("pages in browsers may ask", async () => {
  const url = `${platform.url}/functions/v1/generate-report`;
  const preflight = await fetch(url, { method: "OPTIONS", headers: { origin: "https://app.example" } });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
  assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /idempotency-key/);
  const refused = await ask(undefined, { ticker: "NWND" }, { origin: "https://app.example" });
  assert.equal(refused.headers.get("access-control-allow-origin"), "*");
  const read = await fetch(url);
  await read.body?.cancel();
  assert.equal(read.status, 405);
});
