/** What a refusal says beyond its status. */
export interface ProblemMore {
  /** Seconds after which it may be tried again, as the worker said them. */
  retryAfter?: string | undefined;
  /** Which job it is about, where there may be one. */
  jobId?: string;
  /** What is wrong, member by member. */
  errors?: unknown;
}

/** A refusal as RFC 9457 has it, of the same shape as those of the worker: `code` is for programs, `detail` for people. */
export function problem(status: number, code: string, detail: string, more: ProblemMore = {}): Response {
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (more.retryAfter !== undefined) headers.set("retry-after", more.retryAfter);
  const body = {
    type: "about:blank",
    title: TITLES[status] ?? "Error",
    status,
    detail,
    code,
    ...(more.jobId === undefined ? {} : { job_id: more.jobId }),
    ...(more.errors === undefined ? {} : { errors: more.errors }),
  };
  return new Response(JSON.stringify(body), { status, headers });
}

const TITLES: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  402: "Payment Required",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
