// Asks the worker for a report in the name of the user who is logged in. The platform runs this file; handler.ts has the work.

import { optionalSetting, setting } from "../_shared/settings.ts";
import { Users } from "../_shared/users.ts";
import { handler } from "./handler.ts";

/** The worker keeps a job within milliseconds; the user had better be told of trouble than wait. */
const WORKER_TIMEOUT_MS = 10_000;

const supabaseUrl = setting("SUPABASE_URL");

Deno.serve(handler({
  users: new Users(supabaseUrl),
  worker: { url: setting("WORKER_URL"), secret: setting("WORKER_SECRET"), timeout: WORKER_TIMEOUT_MS },
  callbackUrl: optionalSetting("CALLBACK_URL") ?? new URL("/functions/v1/report-callback", supabaseUrl).href,
  allowedOrigin: optionalSetting("ALLOWED_ORIGIN") ?? "*",
}));
