// Everything that a report passes through, on loopback: a stand-in for the platform, the worker's own binary, both functions.

import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "npm:jose@6.2.18";

/** A project's gateway: its keys, and the way to its functions. */
export class Platform {
  readonly url: string;
  /** Requests that came to `report-callback`, to be sent again. */
  readonly callbacks: { headers: Headers; body: Uint8Array<ArrayBuffer> }[] = [];
  readonly functions = new Map<string, string>();
  readonly #keys;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  private constructor(keys: CryptoKeyPair, jwk: object) {
    this.#keys = keys;
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
      const path = new URL(request.url).pathname;
      return path === "/auth/v1/.well-known/jwks.json" ? Response.json({ keys: [jwk] }) : this.#forward(path, request);
    });
    this.url = `http://127.0.0.1:${this.#server.addr.port}`;
  }

  static async start(): Promise<Platform> {
    const keys = await generateKeyPair("ES256");
    return new Platform(keys, { ...await exportJWK(keys.publicKey), kid: "key-1", alg: "ES256", use: "sig" });
  }

  async #forward(path: string, request: Request): Promise<Response> {
    const name = /^\/functions\/v1\/([a-z-]+)$/.exec(path)?.[1] ?? "";
    const target = this.functions.get(name);
    if (target === undefined) return new Response(null, { status: 404 });
    const body = new Uint8Array(await request.arrayBuffer());
    if (name === "report-callback") this.callbacks.push({ headers: new Headers(request.headers), body });
    const { method, headers } = request;
    return await fetch(target, method === "GET" ? { method, headers } : { method, headers, body });
  }

  /** A token as the project gives its users; `claims` says what is otherwise. */
  token(userId: string, claims: JWTPayload = {}, key: CryptoKey = this.#keys.privateKey): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: `${this.url}/auth/v1`, aud: "authenticated", role: "authenticated", iat: now, exp: now + 600 };
    return new SignJWT({ ...usual, sub: userId, ...claims }).setProtectedHeader({ alg: "ES256", kid: "key-1" }).sign(
      key,
    );
  }

  stop(): Promise<void> {
    return this.#server.shutdown();
  }
}

/** A process that tells where it listens. */
export class Program {
  readonly url: Promise<string>;
  output = "";
  readonly #process: Deno.ChildProcess;
  readonly #read: Promise<unknown>;

  constructor(command: string, args: string[], env: Record<string, string>, address: RegExp) {
    this.#process = new Deno.Command(command, { args, env, clearEnv: true, stdout: "piped", stderr: "piped" }).spawn();
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.url = promise;
    const read = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) {
        this.output += text;
        const found = address.exec(this.output)?.[1];
        if (found !== undefined) resolve(`http://${found}`);
      }
    };
    this.#read = Promise.all([read(this.#process.stdout), read(this.#process.stderr)])
      .then(() => reject(new Error(`${command} ended:\n${this.output}`)));
    promise.catch(() => {});
  }

  async stop(): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#process.status;
    await this.#read;
  }
}

/** A function as the platform runs it: by itself, with its settings and with nothing on disk that it may write. */
export function startFunction(name: string, env: Record<string, string>): Program {
  const file = new URL(`../supabase/functions/${name}/index.ts`, import.meta.url).pathname;
  const config = new URL("deno.jsonc", import.meta.url).pathname;
  const args = [
    "run",
    "--no-prompt",
    "--cached-only",
    "--allow-net=127.0.0.1",
    "--allow-env",
    "--config",
    config,
    file,
  ];
  const own = { ...env, DENO_SERVE_ADDRESS: "tcp:127.0.0.1:0", NO_COLOR: "1", HOME: needed("HOME") };
  return new Program(Deno.execPath(), args, own, /Listening on http:\/\/(127\.0\.0\.1:\d+)/);
}

/** A variable that the Rust test sets. */
export function needed(name: string): string {
  const value = Deno.env.get(name);
  if (value === undefined) {
    throw new Error(`${name} is not set: crates/worker-http/tests/edge_function.rs starts these tests`);
  }
  return value;
}
