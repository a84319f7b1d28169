/** `{user_id:int}` */
const PLACEHOLDER = /\{([a-zA-Z_]\w*)(?::([a-zA-Z_]\w*))?\}/g;

export interface Placeholder {
  readonly name: string;
  /** What it takes: `str` (one part), `path` (any rest), `int`, `float`, `uuid`. */
  readonly converter: string;
}

export function placeholdersOf(template: string): readonly Placeholder[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name, converter]) => ({ name: name!, converter: converter ?? 'str' }));
}

/** Without the names: two templates with the same shape take the same requests. */
function shapeOf(template: string): string {
  return template.replace(PLACEHOLDER, (_, __, converter?: string) => `{${converter ?? 'str'}}`);
}

/** The shape cut at the slashes. */
export function shapeParts(template: string): readonly string[] {
  return shapeOf(template).split('/');
}

/** Whether every request that fits `narrow` fits `wide`, part by part; false when that cannot be told. */
export function covers(wideParts: readonly string[], narrowParts: readonly string[]): boolean {
  for (const [index, part] of wideParts.entries()) {
    const other = narrowParts[index];
    if (other === undefined) return false;
    if (part === '{path}' && index === wideParts.length - 1) return true;
    if (!coversPart(part, other)) return false;
  }
  return wideParts.length === narrowParts.length;
}

function coversPart(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (wide === '{str}') return narrow !== '' && !narrow.includes('{path}');
  return wide === '{int}' && /^\d+$/.test(narrow);
}
