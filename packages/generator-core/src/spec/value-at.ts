import type { SpecPath } from './spec-path';

/** What stands at a place of a document; undefined when there is no such place. */
export function valueAt(value: unknown, path: SpecPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Readonly<Record<string | number, unknown>>)[step];
  }
  return current;
}
