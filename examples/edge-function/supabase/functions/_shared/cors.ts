/**
 * Lets pages in browsers ask. Who somebody is stands in a header that a page must set by itself, never in a cookie, so every
 * origin may be let in; set ALLOWED_ORIGIN to let in one alone.
 */
export function corsHeaders(allowedOrigin: string): Record<string, string> {
  return {
    "access-control-allow-origin": allowedOrigin,
    "access-control-allow-methods": "POST, OPTIONS",
    "access-control-allow-headers": "authorization, apikey, content-type, idempotency-key, x-client-info",
    "access-control-expose-headers": "retry-after",
    "access-control-max-age": "86400",
    vary: "origin",
  };
}
