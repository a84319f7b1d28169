import { sentenceCase } from './naming';
import type { EnumSpec } from './service-spec';
import type { SpecDocument } from './spec-document';

/** `[pending, paid]` or `{ ebook: E-book }`: the label of a plain word is the word with a capital. */
export function parseEnum(name: string, written: NonNullable<SpecDocument['enums']>[string]): EnumSpec {
  const labels = Array.isArray(written) ? written.map((value) => [value, sentenceCase(value)] as const) : Object.entries(written);
  return {
    name,
    members: labels.map(([value, label]) => ({ member: value.toUpperCase(), value, label })),
    maxLength: Math.max(...labels.map(([value]) => value.length)),
  };
}
