import { readFlow, type FlowReading } from './read-flow';

const mend = 'write "read: public, write: staff", or one word for all: "user"';

/** `read: public, write: [owner, staff]` as in the spec; words alone (`user`, `owner, staff`) are for reading and writing. */
export function readAccess(typed: string): FlowReading {
  const text = typed.trim();
  if (text.startsWith('{')) return readFlow(typed, { mend });
  if (text.includes(':')) return readFlow(typed, { yaml: `{ ${text} }`, mend });
  const words = readWho(typed);
  if (words.kind === 'faulty') return words;
  return { kind: 'read', value: words.value === 'none' ? undefined : { read: words.value, write: words.value } };
}

/** `user`, or a list: `owner, staff`, `[owner, staff]`. */
export function readWho(typed: string): FlowReading {
  const text = typed.trim();
  const isBareList = text.includes(',') && !text.startsWith('[');
  return readFlow(typed, { yaml: isBareList ? `[${text}]` : text, mend: 'write one word, or a list of them: "owner, staff"' });
}
