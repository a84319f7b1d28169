import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';
import { parseServiceSpec, type SpecReading } from '../spec/parse-service-spec';
import type { SpecFault } from '../spec/spec-fault';
import { valueAt } from '../spec/value-at';
import { placeEntry, type Entry } from './place-entry';
import { renderBlockEntry } from './render-entry';
import type { AdditionFault, SpecEdit } from './spec-edit';

const byteOrderMark = '\ufeff';

/** Adds an entry that is written as the spec has it, and reads the outcome with the spec's own reader. */
export function addEntry(specText: string, entry: Entry): SpecEdit {
  const mark = specText.startsWith(byteOrderMark) ? byteOrderMark : '';
  const text = specText.slice(mark.length);
  const before = parseServiceSpec(text);
  const document = plainValue(text);
  if (document === undefined) return faultyBefore(before);
  const { key: name, section, value } = entry;
  const present = valueAt(document, [section, name]);
  if (present !== undefined)
    return isSame({ before, document, entry, present }) ? { kind: 'present', name } : { kind: 'different', name, section };
  const placement = placeEntry(text, entry);
  if (placement.kind === 'unplaceable') {
    if (before.kind === 'faulty') return faultyBefore(before);
    return { ...placement, entry: renderBlockEntry({ key: name, value }, { indent: 2, step: 2 }).join('\n') };
  }
  const after = parseServiceSpec(placement.text);
  if (after.kind === 'read') return { kind: 'added', text: mark + placement.text, added: placement.added, name };
  const fresh = freshFaults(before, after.faults);
  return fresh.length === 0 ? faultyBefore(before) : { kind: 'faulty', name, faults: additionFaults(fresh, entry) };
}

/** The document's plain value; undefined when the text is no YAML mapping. */
export function plainValue(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parse(text, { logLevel: 'silent', uniqueKeys: false });
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** The document with another entry under the key, read as a spec. Its layout is not the user's, so its places say nothing. */
export function readWithEntry(document: Readonly<Record<string, unknown>>, { section, key, value }: Entry): SpecReading {
  return parseServiceSpec(
    stringify({ ...document, [section]: { ...(document[section] as object | null), [key]: value } }, { lineWidth: 0 }),
  );
}

function faultyBefore(before: SpecReading): SpecEdit {
  return { kind: 'faulty-before', faults: before.kind === 'faulty' ? before.faults : [] };
}

/** What means the same is the same, however it is written. */
function isSame({
  before,
  document,
  entry,
  present,
}: {
  readonly before: SpecReading;
  readonly document: Readonly<Record<string, unknown>>;
  readonly entry: Entry;
  readonly present: unknown;
}): boolean {
  if (isDeepStrictEqual(present, entry.value)) return true;
  const wanted = readWithEntry(document, entry);
  return before.kind === 'read' && wanted.kind === 'read' && isDeepStrictEqual(before.spec, wanted.spec);
}

/** Faults that were not there before. An empty `entities:` is one that an addition mends. */
function freshFaults(before: SpecReading, after: readonly SpecFault[]): readonly SpecFault[] {
  if (before.kind === 'read') return after;
  const identityOf = ({ place, code, message }: SpecFault): string => JSON.stringify([place, code, message]);
  const known = new Set(before.faults.map(identityOf));
  return after.filter((fault) => !known.has(identityOf(fault)));
}

/** A word that was typed once (who may read and write) is faulty once. */
function additionFaults(faults: readonly SpecFault[], entry: Entry): readonly AdditionFault[] {
  const byMessage = new Map<string, AdditionFault>();
  for (const fault of faults) {
    const key = JSON.stringify([fault.message, fault.mend]);
    if (!byMessage.has(key)) byMessage.set(key, additionFault(fault, entry));
  }
  return [...byMessage.values()];
}

/** As the user typed it; a fault that shows elsewhere in the spec keeps its place. */
function additionFault({ place, message, mend }: SpecFault, { section, key, value }: Entry): AdditionFault {
  const start = `${section}.${key}`;
  if (place !== start && !place.startsWith(`${start}.`)) return { typed: place === '' ? key : place, message, mend };
  const path = place.slice(start.length + 1);
  const steps = path === '' ? [] : path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  const typed = valueAt(value, steps);
  if (steps.length === 0) return { typed: key, message, mend };
  const label = ['fields', 'relations', 'input', 'errors'].includes(steps[0]!) ? steps.slice(1).join('.') : path;
  return { typed: typeof typed === 'object' || typed === undefined ? label || path : `${label}: ${String(typed)}`, message, mend };
}
