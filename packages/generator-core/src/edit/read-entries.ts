import type { AdditionFault } from './spec-edit';

export interface EntriesReading {
  readonly entries: Readonly<Record<string, string>>;
  readonly faults: readonly AdditionFault[];
}

/** `stars: int min=1` → name and line of the spec, in the order given. */
export function readEntries(
  written: readonly string[],
  { what, example }: { readonly what: string; readonly example: string },
): EntriesReading {
  const entries = new Map<string, string>();
  const faults: AdditionFault[] = [];
  for (const typed of written) {
    const parts = /^([^:\s]+)\s*:\s*(\S.*)$/s.exec(typed);
    const [name, line] = [parts?.[1], parts?.[2]];
    if (name === undefined || line === undefined)
      faults.push({ typed, message: `this is no ${what}: a name, a colon and what it is.`, mend: `write it as in the spec: "${example}"` });
    else if (entries.has(name)) faults.push({ typed, message: `"${name}" stands twice in the list.`, mend: 'keep one of the two' });
    else entries.set(name, withoutInnerSpaces(line));
  }
  return { entries: Object.fromEntries(entries), faults };
}

/** `decimal(10, 2)`, as programming languages have it. */
function withoutInnerSpaces(line: string): string {
  return line.replace(/^\w+\([^()"]*\)/, (type) => type.replaceAll(/\s+/g, ''));
}
