import { jsonObject, limitedBody } from "../_shared/body.ts";
import { corsHeaders } from "../_shared/cors.ts";
import { jobId } from "../_shared/job_id.ts";
import { problem } from "../_shared/problem.ts";
import type { Users } from "../_shared/users.ts";
import { askForReport, type Worker } from "../_shared/worker.ts";

/** What the function works with. */
export interface Parts {
  users: Users;
  worker: Worker;
  callbackUrl: string;
  allowedOrigin: string;
}

/** Longer keys than this are no keys. */
const LONGEST_KEY = 255;

/** Answers a page or a program that asks for a report: `POST {"ticker": "AAPL"}` with the token of a user. */
export function handler(parts: Parts): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = request.method === "OPTIONS" ? new Response(null, { status: 204 }) : await answer(parts, request);
    for (const [name, value] of Object.entries(corsHeaders(parts.allowedOrigin))) response.headers.set(name, value);
    return response;
  };
}

async function answer(parts: Parts, request: Request): Promise<Response> {
  if (request.method !== "POST") return problem(405, "method_not_allowed", "Reports are asked for by POST");
  const asker = await parts.users.asker(request);
  if (!asker.known) return refused(asker.because);
  const idempotencyKey = request.headers.get("idempotency-key");
  if (idempotencyKey !== null && (idempotencyKey === "" || idempotencyKey.length > LONGEST_KEY)) {
    return problem(400, "validation_error", `Idempotency-Key: must have 1 to ${LONGEST_KEY} characters`);
  }
  const body = await limitedBody(request);
  if (body === undefined) return problem(413, "too_large", "The body is too large");
  // Whatever else is in it, a user id above all, is not looked at.
  const ticker = jsonObject(body)?.["ticker"];
  if (typeof ticker !== "string") return problem(400, "validation_error", "ticker: must be text");
  return await askForReport(parts.worker, {
    job_id: await jobId(asker.userId, idempotencyKey),
    user_id: asker.userId,
    ticker,
    callback_url: parts.callbackUrl,
  });
}

function refused(because: "no_user" | "no_keys"): Response {
  return because === "no_user"
    ? problem(401, "unauthorized", "The token of a user is needed")
    : problem(503, "unavailable", "Who asks cannot be verified now; try again");
}
