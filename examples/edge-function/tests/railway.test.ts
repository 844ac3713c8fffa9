// The configuration of Railway as Railway's own package reads it; crates/worker-http/tests/deployment.rs looks at its values.

import assert from "node:assert/strict";
import config from "../../../.railway/railway.ts";

/** Of what the package makes, as far as it is looked at here. */
interface Service {
  name: string;
  deploy: object;
  variables: Record<string, { type: string }>;
}

Deno.test("one service, whose secrets stay where they are", async () => {
  // deno-lint-ignore no-explicit-any -- the context has more than a test can give
  const made = await (config as any)({ environment: "production" }) as { resources: Service[] };
  assert.deepEqual(made.resources.map((service) => service.name), ["report-worker"]);
  const [worker] = made.resources;
  assert.deepEqual(worker?.deploy, { healthcheckPath: "/ready", healthcheckTimeout: 120 });
  for (const name of ["WORKER_SECRET", "CALLBACK_SECRET", "SUPABASE_SERVICE_KEY", "ANTHROPIC_API_KEY", "SENTRY_DSN"]) {
    assert.equal(worker.variables[name]?.type, "preserve", name);
  }
});
