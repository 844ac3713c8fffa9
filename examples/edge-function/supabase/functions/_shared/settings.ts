/** A setting of the function, from `supabase secrets set` or from the platform. Without it the function does not start. */
export function setting(name: string): string {
  const value = optionalSetting(name);
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

export function optionalSetting(name: string): string | undefined {
  return Deno.env.get(name)?.trim() || undefined;
}
