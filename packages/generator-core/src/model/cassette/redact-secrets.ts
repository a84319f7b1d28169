/** Shapes of keys and tokens of well-known services. */
const SHAPES: readonly RegExp[] = [
  /\bAIza[0-9A-Za-z_-]{30,}/g,
  /\bsk-[0-9A-Za-z_-]{20,}/g,
  /\bgh[pousr]_[0-9A-Za-z]{30,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\bxox[abprs]-[0-9A-Za-z-]{10,}/g,
  /\beyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{10,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
];

/** A folder of somebody's home tells who ran it. */
const HOME = /(\/home\/|\/Users\/|[A-Z]:\\Users\\)[^\s/\\"'`]+/g;

/** The text without keys, tokens and names of home folders; `secrets` are values to leave out wherever they stand. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, '[redacted]');
  for (const shape of SHAPES) clean = clean.replace(shape, '[redacted]');
  return clean.replace(HOME, '$1[redacted]');
}
