import { jsonObject, limitedBody } from "../_shared/body.ts";
import { problem } from "../_shared/problem.ts";
import type { Seen } from "../_shared/seen.ts";
import type { Verifier } from "../_shared/webhook.ts";
import { type Callback, callback } from "./callback.ts";

/** What the function works with. */
export interface Parts {
  verifier: Verifier;
  seen: Seen;
  ended: (callback: Callback) => Promise<void>;
}

/** Takes the worker's word that a job ended, when it is the worker's. */
export function handler(parts: Parts): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return problem(405, "method_not_allowed", "Callbacks come by POST");
    const body = await limitedBody(request);
    if (body === undefined) return problem(413, "too_large", "The body is too large");
    // Over the bytes as they came, before anything in them is believed.
    const id = await parts.verifier.verifiedId(request.headers, body, Date.now() / 1000);
    if (id === undefined) return problem(401, "unauthorized", "The signature does not fit");
    if (parts.seen.has(id)) return new Response(null, { status: 204 });
    const told = callback(jsonObject(body));
    if (told === undefined) return problem(400, "validation_error", "This is no callback of a job");
    await parts.ended(told);
    // Not before, so that a callback that failed is taken when it comes again.
    parts.seen.add(id);
    return new Response(null, { status: 204 });
  };
}
