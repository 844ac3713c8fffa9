// The worker on Railway: `railway config plan` shows what would change, `railway config apply` does it. The Dockerfile at the
// root is found by itself, so nothing is said of building.
import { defineRailway, preserve, project, service } from "railway/iac";

export default defineRailway(() => {
  const worker = service("report-worker", {
    // Asked at a deploy alone, until the store answers: a worker that cannot reach it does not replace one that can.
    healthcheck: "/ready",
    healthcheckTimeout: 120,
    env: {
      // Without it the time between SIGTERM and SIGKILL is none. Above SHUTDOWN_GRACE_SECONDS and the seconds for last callbacks.
      RAILWAY_DEPLOYMENT_DRAINING_SECONDS: "30",
      SHUTDOWN_GRACE_SECONDS: "25",
      CHARGE: "worker",
      LOG_FORMAT: "json",
      // Set once on Railway and kept; docs/OPERATIONS.md says how to make each. SENTRY_DSN and ANTHROPIC_API_KEY may be empty.
      WORKER_SECRET: preserve(),
      CALLBACK_SECRET: preserve(),
      SUPABASE_URL: preserve(),
      SUPABASE_SERVICE_KEY: preserve(),
      SEC_USER_AGENT: preserve(),
      ANTHROPIC_API_KEY: preserve(),
      SENTRY_DSN: preserve(),
    },
  });

  return project("change-reports", { resources: [worker] });
});
