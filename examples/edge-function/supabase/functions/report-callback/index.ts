// Hears from the worker that a job ended. The platform runs this file; handler.ts has the work, ended.ts is yours to fill.

import { Seen } from "../_shared/seen.ts";
import { setting } from "../_shared/settings.ts";
import { Verifier } from "../_shared/webhook.ts";
import { ended } from "./ended.ts";
import { handler } from "./handler.ts";

/** The worker repeats a callback within hours at most, and a process here lives for less. */
const REMEMBERED = 1_000;

Deno.serve(handler({
  verifier: await Verifier.of(setting("CALLBACK_SECRET")),
  seen: new Seen(REMEMBERED),
  ended,
}));
