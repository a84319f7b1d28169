import { pascalCase } from '../spec/naming';
import type { AdditionFault } from './spec-edit';

/** How other generators write a link, which hands still remember: `book:references`, `book: ref(book)`, `book: belongs_to`. */
const link = /^(?:references|reference|ref|fk|belongs_to)\b\s*(?:\(\s*(\w*)\s*\)|\{\w*\})?(?=\s*$)/;

/** The spec's own word for what another generator calls otherwise. */
export function refuseForeignWord(field: string, line: string): readonly AdditionFault[] {
  const target = link.exec(line);
  if (target !== null) {
    const entity = pascalCase(target[1] === undefined || target[1] === '' ? field : target[1]);
    const message = `"${line}" does not say what the field is, or which entity it leads to.`;
    return [{ typed: `${field}: ${line}`, message, mend: `write "${field}: belongs_to ${entity}"` }];
  }
  if (!/\s(optional|nullable|null)\b/.test(line)) return [];
  const message = 'what may be left out has a "?" after its type.';
  return [
    {
      typed: `${field}: ${line}`,
      message,
      mend: `write "${field}: ${line.replace(/^(\S+?)\??(\s.*)?$/s, '$1?$2').replace(/\s+(optional|nullable|null)\b/, '')}"`,
    },
  ];
}
