import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "npm:jose@6.2.18";

/** Who asks, as far as that is certain. */
export type Asker =
  | { known: true; userId: string }
  /** The token is absent, expired, forged, or not one of a user. */
  | { known: false; because: "no_user" }
  /** The keys of the project cannot be read now, so nothing is known of the token. */
  | { known: false; because: "no_keys" };

/** The users of a project, known by their tokens. */
export class Users {
  readonly #issuer: string;
  readonly #keys: JWTVerifyGetKey;

  constructor(supabaseUrl: string) {
    this.#issuer = new URL("/auth/v1", supabaseUrl).href;
    // Fetched once, kept for minutes, and fetched anew when a token names a key that is not there yet.
    this.#keys = createRemoteJWKSet(new URL(`${this.#issuer}/.well-known/jwks.json`), { timeoutDuration: 3_000 });
  }

  /** The user whose token the request bears. Nothing else in the request says who somebody is. */
  async asker(request: Request): Promise<Asker> {
    const token = /^Bearer ([^ ]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (token === undefined) return { known: false, because: "no_user" };
    try {
      const { payload } = await jwtVerify(token, this.#keys, {
        issuer: this.#issuer,
        audience: "authenticated",
        // Those of a project's signing keys. A shared secret (HS256) is not published, and "none" is no signature.
        algorithms: ["ES256", "RS256"],
        requiredClaims: ["exp", "sub"],
      });
      const isUser = payload["role"] === "authenticated" && payload.sub !== undefined;
      return isUser ? { known: true, userId: payload.sub as string } : { known: false, because: "no_user" };
    } catch (error) {
      return { known: false, because: isOfTheToken(error) ? "no_user" : "no_keys" };
    }
  }
}

/** Whether the token is at fault, and not the way to the keys. */
function isOfTheToken(error: unknown): boolean {
  const isOfTheKeys = ["ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID", "ERR_JOSE_GENERIC"];
  return error instanceof errors.JOSEError && !isOfTheKeys.includes(error.code);
}
