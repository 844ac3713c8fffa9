import { problem } from "./problem.ts";

/** Where the worker is, and what it knows us by. */
export interface Worker {
  url: string;
  secret: string;
  /** Milliseconds until it must have answered. */
  timeout: number;
}

/** What the worker is asked for. */
export interface ReportRequest {
  job_id: string;
  user_id: string;
  ticker: string;
  callback_url: string;
}

/** What the worker says of it, in words that are fit for the user. */
export async function askForReport(worker: Worker, asked: ReportRequest): Promise<Response> {
  try {
    const response = await fetch(new URL("/generate-report", worker.url), {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${worker.secret}` },
      body: JSON.stringify(asked),
      // The secret is for this address alone.
      redirect: "error",
      signal: AbortSignal.timeout(worker.timeout),
    });
    return translated(response, await response.json().catch(() => ({})), asked.job_id);
  } catch (error) {
    return unanswered(error, asked.job_id);
  }
}

function translated(response: Response, body: Answer, jobId: string): Response {
  const detail = body.detail ?? "The report cannot be made now";
  const retryAfter = response.headers.get("retry-after") ?? undefined;
  switch (response.status) {
    case 202:
      return Response.json({ job_id: jobId, status: body.status, message: body.message }, { status: 202 });
    case 400:
      return invalid(body, detail);
    // The worker takes the token (CHARGE=worker), so it alone knows whether there is one.
    case 402:
      return problem(402, "insufficient_tokens", detail);
    case 409:
      return problem(409, "conflict", "This Idempotency-Key was used for another report");
    // Of the queue or of the user: `code` says which.
    case 429:
      return problem(429, body.code ?? "rate_limited", detail, { retryAfter });
    case 503:
      return problem(503, body.code ?? "unavailable", detail, { retryAfter, jobId });
    default:
      return ours(`status ${response.status}: ${body.detail ?? "no problem was told"}`);
  }
}

/** The ticker is the user's; all other members are made here, and a fault in them is not the user's. */
function invalid(body: Answer, detail: string): Response {
  const errors = body.errors ?? [];
  const isOfTheUser = errors.length > 0 && errors.every((fault) => fault.field === "ticker");
  return isOfTheUser ? problem(400, "validation_error", detail, { errors }) : ours(`refused what we sent: ${detail}`);
}

/** The operator has to see to it (WORKER_SECRET, WORKER_URL, CALLBACK_ORIGINS); a user can do nothing and is told no more. */
function ours(what: string): Response {
  console.error(`the worker does not take our requests: ${what}`);
  return problem(502, "worker_error", "Reports cannot be made now; the operator has been told");
}

/** The job may have been taken all the same: whoever asks again with the same Idempotency-Key meets it and pays once. */
function unanswered(error: unknown, jobId: string): Response {
  const isLate = error instanceof DOMException && error.name === "TimeoutError";
  console.error(`the worker ${isLate ? "took too long" : "cannot be reached"}`);
  return isLate
    ? problem(504, "worker_timeout", "The worker took too long; ask again with the same Idempotency-Key", { jobId })
    : problem(503, "worker_unreachable", "The worker cannot be reached; ask again later", { jobId });
}

/** Members that are looked at, of a job that was accepted or of a problem. */
interface Answer {
  status?: string | number;
  message?: string;
  code?: string;
  detail?: string;
  errors?: { field: string; detail: string }[];
}
