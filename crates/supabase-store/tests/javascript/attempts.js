// What anon, a user and the service get when they ask with the official client: a line for each attempt.
// The stack and its keys come as JSON in the first argument.
import { PostgrestClient } from "@supabase/postgrest-js";

const { url, keys, user, own_report, other_report } = JSON.parse(process.argv[2]);

function client(key) {
  // As supabase-js does: a new key is no token, and goes into `apikey` alone.
  const headers = key.startsWith("sb_") ? { apikey: key } : { apikey: key, Authorization: `Bearer ${key}` };
  return new PostgrestClient(`${url}/rest/v1`, { headers });
}

/** How an answer reads: rows, or the code of the refusal. */
function told({ data, error }) {
  if (error) return `refused ${error.code}`;
  return Array.isArray(data) ? `${data.length} rows` : "done";
}

const reads = {
  "select own report": (db) => db.from("reports").select("id,ticker").eq("id", own_report),
  "select another's report": (db) => db.from("reports").select("id,ticker").eq("id", other_report),
  "select own document": (db) => db.from("report_documents").select("document").eq("report_id", own_report),
  "select another's document": (db) => db.from("report_documents").select("document").eq("report_id", other_report),
  "select report with document": (db) => db.from("reports").select("id,report_documents(document)"),
  "select profiles": (db) => db.from("profiles").select("tokens_remaining"),
  "select token_transactions": (db) => db.from("token_transactions").select("tokens_amount"),
  "select my_report_jobs": (db) => db.from("my_report_jobs").select("state"),
  "select report_jobs": (db) => db.from("report_jobs").select("*"),
  "select error_logs": (db) => db.from("error_logs").select("error_message"),
  "select callback_deliveries": (db) => db.from("callback_deliveries").select("body"),
  "select callback_attempts": (db) => db.from("callback_attempts").select("status"),
  "select api_slots": (db) => db.from("api_slots").select("name"),
  "select model_answers": (db) => db.from("model_answers").select("key"),
  "select model_batches": (db) => db.from("model_batches").select("id"),
};

const writes = {
  "give oneself a report": (db) => db.from("reports").insert({ user_id: user, ticker: "ACME" }).select("id"),
  "give oneself tokens": (db) =>
    db.from("token_transactions").insert({ user_id: user, transaction_type: "grant", tokens_amount: 9 }).select("id"),
  "raise one's balance": (db) => db.from("profiles").update({ tokens_remaining: 99 }).eq("id", user).select("id"),
  "change a report": (db) => db.from("reports").update({ refunded: true }).eq("id", own_report).select("id"),
  "delete a report": (db) => db.from("reports").delete().eq("id", own_report).select("id"),
  "empty the ledger": (db) => db.from("token_transactions").delete().eq("user_id", user).select("id"),
};

const calls = {
  increment_tokens: { user_id: user, amount: 5 },
  start_report_job: { job_id: "from-javascript", ticker: "ACME", charge: true, user_id: user },
  lease_report_job: { worker: "javascript", seconds: 30 },
  complete_report: { job_id: "from-javascript", lease: 1, report: { id: crypto.randomUUID() }, document: {} },
  fail_report_job: { job_id: "x", lease: 1, error_type: "x", error_message: "x", stack_trace: "x" },
  cancel_report_job: { job_id: "x" },
  erase_user: { user_id: crypto.randomUUID() },
  remove_older_than: { days: 365 },
  take_edgar_slot: { interval_microseconds: 1000 },
  reusable_report: { newer_accession: "x", older_accession: "x", analyzer: "x", prompt_version: "x" },
};

async function attempt(who, what, asked) {
  console.log(`${who}: ${what}: ${told(await asked)}`);
}

for (const who of ["anon", "user", "service"]) {
  const db = client(keys[who]);
  for (const [what, ask] of Object.entries(reads)) await attempt(who, what, ask(db));
  if (who !== "service") {
    for (const [what, ask] of Object.entries(writes)) await attempt(who, what, ask(db));
  }
  for (const [name, body] of Object.entries(calls)) await attempt(who, `call ${name}`, db.rpc(name, body));
}
