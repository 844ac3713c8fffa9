import assert from "node:assert/strict";
import { askForReport } from "../supabase/functions/_shared/worker.ts";

const ASKED = { job_id: "job", user_id: "user", ticker: "NWND", callback_url: "http://127.0.0.1/callback" };

/** What a user is told when the worker answers so. */
async function told(answer: (request: Request) => Response | Promise<Response>) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  const worker = { url: `http://127.0.0.1:${server.addr.port}`, secret: "secret", timeout: 1_000 };
  const response = await askForReport(worker, ASKED);
  await server.shutdown();
  return { status: response.status, retryAfter: response.headers.get("retry-after"), body: await response.json() };
}

function problem(status: number, code: string, more: object = {}, headers: Record<string, string> = {}) {
  return () => Response.json({ status, code, detail: "as the worker says", ...more }, { status, headers });
}

Deno.test("the worker gets the secret, the user of the token and nothing else", async () => {
  let authorization: string | null = null;
  let sent: unknown;
  const answer = await told(async (request) => {
    authorization = request.headers.get("authorization");
    sent = await request.json();
    return Response.json({ job_id: "job", status: "queued", message: "queued" }, { status: 202 });
  });
  assert.deepEqual([answer.status, answer.body], [202, { job_id: "job", status: "queued", message: "queued" }]);
  assert.deepEqual([authorization, sent], ["Bearer secret", ASKED]);
});

Deno.test("what the user can do something about is passed on", async () => {
  const fault = { errors: [{ field: "ticker", detail: "is missing" }] };
  const after = { "retry-after": "7" };
  const cases: [() => Response, number, string, string | null][] = [
    [problem(400, "validation_error", fault), 400, "validation_error", null],
    [problem(402, "insufficient_tokens"), 402, "insufficient_tokens", null],
    [problem(409, "conflict"), 409, "conflict", null],
    [problem(429, "queue_full", {}, after), 429, "queue_full", "7"],
    [problem(429, "rate_limited", {}, after), 429, "rate_limited", "7"],
    [problem(503, "draining", {}, after), 503, "draining", "7"],
    [problem(503, "unavailable"), 503, "unavailable", null],
  ];
  for (const [answer, status, code, retryAfter] of cases) {
    const heard = await told(answer);
    assert.deepEqual([heard.status, heard.body.code, heard.retryAfter], [status, code, retryAfter]);
  }
});

Deno.test("what only the operator can help is not put on the user", async () => {
  const ofUs = { errors: [{ field: "callback_url", detail: "may not be called" }] };
  const html = () => new Response("<html>", { status: 502, headers: { "content-type": "text/html" } });
  const elsewhere = () => new Response(null, { status: 307, headers: { location: "http://127.0.0.1:9/" } });
  for (
    const answer of [
      problem(401, "unauthorized"),
      problem(403, "forbidden"),
      problem(400, "validation_error", ofUs),
      html,
    ]
  ) {
    const heard = await told(answer);
    assert.deepEqual([heard.status, heard.body.code], [502, "worker_error"]);
    assert.doesNotMatch(JSON.stringify(heard.body), /as the worker says/);
  }
  assert.equal((await told(elsewhere)).body.code, "worker_unreachable");
});

Deno.test("a worker that hangs or is away has another name", async () => {
  let release = () => {};
  const never = new Promise<Response>((resolve) => release = () => resolve(new Response()));
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, () => never);
  const url = `http://127.0.0.1:${server.addr.port}`;
  const late = await askForReport({ url, secret: "secret", timeout: 50 }, ASKED);
  const lateBody = await late.json();
  assert.deepEqual([late.status, lateBody.code, lateBody.job_id], [504, "worker_timeout", "job"]);
  release();
  await server.shutdown();
  const away = await askForReport({ url, secret: "secret", timeout: 1_000 }, ASKED);
  assert.deepEqual([away.status, (await away.json()).code], [503, "worker_unreachable"]);
});
