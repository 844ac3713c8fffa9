/** Clocks differ and answers take time; what is older may be a repetition by somebody who listened. */
const TOLERANCE_SECONDS = 300;

/** While one secret replaces another there are two. More signatures than this are no sender of ours. */
const MOST_SIGNATURES = 8;

/** Knows the webhooks of a sender by their signatures, after Standard Webhooks 1.0. */
export class Verifier {
  private constructor(readonly keys: CryptoKey[]) {}

  /** Secrets as `whsec_` and base64, with commas between; any of them may have signed. */
  static async of(secrets: string): Promise<Verifier> {
    const written = secrets.split(",").map((secret) => secret.trim()).filter((secret) => secret !== "");
    if (written.length === 0) throw new Error("there is no secret to verify by");
    return new Verifier(await Promise.all(written.map(key)));
  }

  /** The id of the webhook when it is signed and fresh: the same in every repetition. */
  async verifiedId(headers: Headers, body: Uint8Array<ArrayBuffer>, nowSeconds: number): Promise<string | undefined> {
    const id = headers.get("webhook-id");
    const timestamp = headers.get("webhook-timestamp");
    if (!id || !timestamp || !/^\d{1,12}$/.test(timestamp)) return undefined;
    if (Math.abs(nowSeconds - Number(timestamp)) > TOLERANCE_SECONDS) return undefined;
    const signed = concatenated(new TextEncoder().encode(`${id}.${timestamp}.`), body);
    return await this.#isSigned(signed, signatures(headers)) ? id : undefined;
  }

  /** `verify` compares in constant time, and every pair is tried, so the time tells nothing of a signature that is near. */
  async #isSigned(signed: Uint8Array<ArrayBuffer>, given: Uint8Array<ArrayBuffer>[]): Promise<boolean> {
    const pairs = this.keys.flatMap((key) => given.map((signature) => ({ key, signature })));
    const fits = await Promise.all(
      pairs.map(({ key, signature }) => crypto.subtle.verify("HMAC", key, signature, signed)),
    );
    return fits.includes(true);
  }
}

function key(secret: string): Promise<CryptoKey> {
  const encoded = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret)?.[1];
  // Without the value: an error may be logged.
  if (encoded === undefined) throw new Error("a secret of webhooks must be whsec_ and base64");
  return crypto.subtle.importKey("raw", bytes(encoded), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

/** The signatures of version 1; others are of algorithms to come. */
function signatures(headers: Headers): Uint8Array<ArrayBuffer>[] {
  const written = (headers.get("webhook-signature") ?? "").split(" ").slice(0, MOST_SIGNATURES);
  return written.flatMap((signature) => {
    const encoded = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(signature)?.[1];
    return encoded === undefined ? [] : [bytes(encoded)];
  });
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
