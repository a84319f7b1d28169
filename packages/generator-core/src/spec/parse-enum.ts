import { sentenceCase } from './naming';
import type { EnumMember, EnumSpec } from './service-spec';
import type { SpecDocument } from './spec-document';

/** `[pending, settled was=paid]` or `{ ebook: E-book, print: { label: Printed, was: paper } }`: the label of a plain word is the word with a capital. */
export function parseEnum(name: string, written: NonNullable<SpecDocument['enums']>[string]): EnumSpec {
  const members = Array.isArray(written) ? written.map(plainMember) : Object.entries(written).map(namedMember);
  return { name, members, maxLength: Math.max(...members.map(({ value }) => value.length)) };
}

function plainMember(text: string): EnumMember {
  const [value = '', was] = text.split(' was=');
  return memberOf(value, { was });
}

function namedMember([value, written]: readonly [
  string,
  string | { readonly label?: string | undefined; readonly was?: string | undefined },
]): EnumMember {
  return typeof written === 'string' ? memberOf(value, { label: written }) : memberOf(value, written);
}

function memberOf(
  value: string,
  { label = sentenceCase(value), was }: { readonly label?: string | undefined; readonly was?: string | undefined },
): EnumMember {
  return { member: value.toUpperCase(), value, label, ...(was !== undefined && { was }) };
}
