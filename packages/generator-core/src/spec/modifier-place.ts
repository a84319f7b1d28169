import type { SpecContext } from './spec-context';
import type { SpecPath } from './spec-path';
import { valueAt } from './value-at';
import { splitWords } from './split-words';
import type { ModifierPlace } from './written-field';

/** Where a modifier of a field or relation is written: inside the short string, or under its key. */
export function modifierPlace({
  at,
  modifier,
  context,
}: {
  readonly at: SpecPath;
  readonly modifier: string;
  readonly context: SpecContext;
}): ModifierPlace {
  const written = valueAt(context.document, at);
  if (typeof written === 'string') return wordPlace({ text: written, at, modifier });
  if (typeof written !== 'object' || written === null) return { at };
  if (Object.hasOwn(written, modifier)) return { at: [...at, modifier] };
  const { type } = written as { readonly type?: unknown };
  return typeof type === 'string' ? wordPlace({ text: type, at: [...at, 'type'], modifier }) : { at };
}

/** The place of a value after `=`, of the modifier itself otherwise. */
function wordPlace({ text, at, modifier }: { readonly text: string; readonly at: SpecPath; readonly modifier: string }): ModifierPlace {
  const word = splitWords(text).find((candidate) => candidate.text === modifier || candidate.text.startsWith(`${modifier}=`));
  if (word === undefined) return { at };
  return { at, offset: word.offset + (word.text === modifier ? 0 : modifier.length + 1) };
}
