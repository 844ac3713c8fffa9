import assert from "node:assert/strict";
import { Seen } from "../supabase/functions/_shared/seen.ts";
import { Verifier } from "../supabase/functions/_shared/webhook.ts";

// An example of the specification: what others sign so must be known here.
const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const TIMESTAMP = 1614265330;
const BODY = new TextEncoder().encode('{"test": 2432232314}');
const SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const OTHER = `whsec_${btoa("somebody else's secret of 32 bytes")}`;

async function verified(changes: Record<string, string | undefined> = {}, secrets = SECRET, now = TIMESTAMP) {
  const written = {
    "webhook-id": ID,
    "webhook-timestamp": String(TIMESTAMP),
    "webhook-signature": SIGNATURE,
    ...changes,
  };
  const headers = new Headers();
  for (const [name, value] of Object.entries(written)) if (value !== undefined) headers.set(name, value);
  return await (await Verifier.of(secrets)).verifiedId(headers, BODY, now);
}

Deno.test("a webhook is known by its signature", async () => {
  assert.equal(await verified(), ID);
});

Deno.test("one signature of several is enough, by one secret of several", async () => {
  const other = `v1,${btoa("x".repeat(32))}`;
  assert.equal(await verified({ "webhook-signature": `${other} v2,abc ${SIGNATURE}` }), ID);
  assert.equal(await verified({}, `${OTHER}, ${SECRET}`), ID);
});

Deno.test("what is forged, missing or not whole is refused", async () => {
  for (const name of ["webhook-id", "webhook-timestamp", "webhook-signature"]) {
    assert.equal(await verified({ [name]: undefined }), undefined, name);
  }
  const flipped = SIGNATURE.replace("g0hM", "h0hM");
  for (
    const signature of [
      flipped,
      SIGNATURE.replace("v1,", ""),
      SIGNATURE.replace("v1", "v2"),
      SIGNATURE.slice(0, -4),
      "v1,",
    ]
  ) {
    assert.equal(await verified({ "webhook-signature": signature }), undefined, signature);
  }
  assert.equal(await verified({ "webhook-id": `${ID}x` }), undefined);
  assert.equal(await verified({ "webhook-timestamp": String(TIMESTAMP + 1) }), undefined);
  assert.equal(await verified({}, OTHER), undefined);
});

Deno.test("what is old, or of the future, is refused", async () => {
  assert.equal(await verified({}, SECRET, TIMESTAMP + 300), ID);
  assert.equal(await verified({}, SECRET, TIMESTAMP - 300), ID);
  assert.equal(await verified({}, SECRET, TIMESTAMP + 301), undefined);
  assert.equal(await verified({}, SECRET, TIMESTAMP - 301), undefined);
  for (const timestamp of ["soon", "-5", "1e9", `${TIMESTAMP}.5`]) {
    assert.equal(await verified({ "webhook-timestamp": timestamp }), undefined, timestamp);
  }
});

Deno.test("without a secret, or with a wrong one, nothing starts", async () => {
  for (const secrets of ["", " , ", "hunter2", "whsec_", "whsec_!"]) {
    await assert.rejects(Verifier.of(secrets), (error: Error) => !error.message.includes("hunter2"), secrets);
  }
});

Deno.test("the oldest ids are forgotten", () => {
  const seen = new Seen(2);
  for (const id of ["a", "b", "c"]) seen.add(id);
  assert.deepEqual(["a", "b", "c"].map((id) => seen.has(id)), [false, true, true]);
});
