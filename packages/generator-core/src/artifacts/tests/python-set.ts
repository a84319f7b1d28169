export function pythonSet(names: readonly string[]): string {
  return `{${[...new Set(names)].map((name) => `"${name}"`).join(', ')}}`;
}
