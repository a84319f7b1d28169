/** As Python spells it (PEP 440), with the parts that have a meaning in both worlds; `1.0.0-beta.2` is one spelling of `1.0.0b2`. */
const pythonVersion = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?$/i;

const longNames: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', c: 'rc', pre: 'rc', preview: 'rc' };

/** The version as Nx bumps it; undefined for one that semantic versions cannot say: post and development releases, epochs, four numbers. */
export function toSemver(version: string): string | undefined {
  const [, major, minor = '0', patch = '0', stage, count] = pythonVersion.exec(version.trim()) ?? [];
  if (major === undefined) return undefined;
  const numbers = [major, minor, patch].map(Number).join('.');
  if (stage === undefined) return numbers;
  const name = stage.toLowerCase();
  return `${numbers}-${longNames[name] ?? name}.${Number(count || 0)}`;
}
