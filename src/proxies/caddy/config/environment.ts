/**
 * `{$NAME}` and `{$NAME:default}` are replaced in the text before it is split into words (parse.go, replaceEnvVars,
 * Caddy 2.6.2). A variable that is not set gives nothing.
 */
export function replaceEnvironment(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\{\$([^}]+)\}/g, (_whole, inner: string) => {
    const colon = inner.indexOf(":");
    const name = colon < 0 ? inner : inner.slice(0, colon);
    if (Object.hasOwn(env, name)) return env[name] as string;
    return colon < 0 ? "" : inner.slice(colon + 1);
  });
}

/** `{env.NAME}` is replaced when the configuration is loaded. */
export function replaceEnvPlaceholders(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\{env\.([^}]+)\}/g, (_whole, name: string) =>
    Object.hasOwn(env, name) ? (env[name] as string) : "",
  );
}
