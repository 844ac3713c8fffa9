import type { Callback } from "./callback.ts";

/**
 * What the platform does when a job ended: put a mail to the user here, or a broadcast on Realtime. Report, refund and state of
 * the job are in the database already, in one transaction of the worker; nothing of that is to be written again.
 *
 * It may be called twice for a job, seldom: the worker repeats a callback whose answer was lost. When it throws, the worker
 * calls again later.
 */
export function ended(callback: Callback): Promise<void> {
  // Neither the text of the error nor whose job it is: logs are read by others.
  console.log(`job ${callback.job_id} ${callback.status}${callback.refunded ? ", refunded" : ""}`);
  return Promise.resolve();
}
