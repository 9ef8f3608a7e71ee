/** Says by name and text whether this looks like a Caddyfile or Caddy's JSON. */
export function looksLikeCaddy(fileName: string, text: string): boolean {
  const base = fileName.slice(fileName.lastIndexOf("/") + 1);
  if (/caddyfile/i.test(base)) return true;
  if (/^\s*\{\s*"/.test(text)) return /"apps"\s*:|"handler"\s*:\s*"reverse_proxy"/.test(text);
  return /^\s*reverse_proxy\b/m.test(text) || /^\s*(php_fastcgi|handle_path|file_server)\b.*$/m.test(text);
}
