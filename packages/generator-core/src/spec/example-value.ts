import type { ExampleValue, ScalarValue } from './service-spec';

/** `$ann`, `$order.id`, lists, objects and scalars as written. */
export function readExampleValue(written: unknown): ExampleValue {
  if (Array.isArray(written)) return { kind: 'list', items: written.map(readExampleValue) };
  if (typeof written === 'object' && written !== null) {
    return { kind: 'object', entries: Object.fromEntries(Object.entries(written).map(([key, value]) => [key, readExampleValue(value)])) };
  }
  const reference = typeof written === 'string' ? written.match(/^\$([a-z][a-z0-9_]*)(?:\.([a-z][a-z0-9_]*))?$/) : null;
  if (reference?.[1] === undefined) return { kind: 'scalar', value: written as ScalarValue };
  return { kind: 'reference', alias: reference[1], ...(reference[2] !== undefined && { field: reference[2] }) };
}
