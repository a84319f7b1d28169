export type TomlScalar = string | boolean;

/** What is written at a key: a scalar, a list of strings, or an inline table of one line. */
export type TomlValue = TomlScalar | Readonly<Record<string, TomlScalar>> | readonly string[];

export function formatTomlValue(value: TomlValue): string {
  if (typeof value !== 'object') return formatScalar(value);
  if (isList(value)) return `[${value.map(formatScalar).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([key, scalar]) => `${formatTomlKey(key)} = ${formatScalar(scalar)}`)
    .join(', ')} }`;
}

export function formatTomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

/** A string in the quotes of the one whose place it takes. */
export function formatStringLike(written: string, text: string): string {
  return written.startsWith("'") && !/['\p{Cc}]/u.test(text) ? `'${text}'` : formatScalar(text);
}

/** A JSON string is a TOML basic string, too. */
function formatScalar(value: TomlScalar): string {
  return JSON.stringify(value);
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}
