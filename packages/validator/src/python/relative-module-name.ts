/**
 * The absolute name a relative import asks for, or undefined when it climbs beyond the top-level package.
 * `level` counts the dots; `package` is the dotted package of the importing module ('' at the top level).
 */
export function relativeModuleName(packageName: string, level: number, suffix: string): string | undefined {
  const parts = packageName === '' ? [] : packageName.split('.');
  if (parts.length < level) return undefined;
  const base = parts.slice(0, parts.length - (level - 1));
  return [...base, ...(suffix === '' ? [] : [suffix])].join('.');
}
