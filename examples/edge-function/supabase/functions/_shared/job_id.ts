/**
 * The id of a job. A client that sends an `Idempotency-Key` gets the same job for it however often it asks, as after an answer
 * that was lost; the key is its own: nobody meets the job of another user by it.
 */
export async function jobId(userId: string, idempotencyKey: string | null): Promise<string> {
  if (idempotencyKey === null) return crypto.randomUUID();
  const text = new TextEncoder().encode(`${userId}\n${idempotencyKey}`);
  return uuid(new Uint8Array(await crypto.subtle.digest("SHA-256", text)));
}

/** The first 16 bytes as a UUID of version 8 (RFC 9562: what is in it is our own business). */
function uuid(bytes: Uint8Array): string {
  const hex = [...bytes.slice(0, 16)].map((byte, index) => {
    if (index === 6) byte = 0x80 | (byte & 0x0f);
    if (index === 8) byte = 0x80 | (byte & 0x3f);
    return byte.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
