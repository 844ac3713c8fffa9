/** How a job ended, as the worker tells it. */
export type Callback =
  & { job_id: string; refunded: boolean }
  & ({ status: "completed"; report_id: string } | { status: "failed"; error: string });

/** `undefined` when it is none. Members that are not known are left alone: the worker may tell more some day. */
export function callback(body: Record<string, unknown> | undefined): Callback | undefined {
  const { job_id, status, report_id, error, refunded } = body ?? {};
  if (typeof job_id !== "string" || typeof refunded !== "boolean") return undefined;
  if (status === "completed" && typeof report_id === "string") return { job_id, refunded, status, report_id };
  if (status === "failed" && typeof error === "string") return { job_id, refunded, status, error };
  return undefined;
}
