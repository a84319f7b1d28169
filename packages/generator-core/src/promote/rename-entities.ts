import { kebabCase, pluralOf, sentenceCase, snakeCase, spacedWords } from '../spec/naming';
import type { EntityRename } from './find-moves';

/**
 * A text with the new names of entities in place of the old ones, in all forms that generated code has them in.
 * Names of other entities that hold an old one (`BookReview` beside `Book`) stay.
 */
export function renameEntities(
  text: string,
  { renames, entities }: { readonly renames: readonly EntityRename[]; readonly entities: readonly string[] },
): string {
  if (renames.length === 0) return text;
  // One word is the same in several forms (`book`): the first form counts, that of identifiers.
  const renamed = renames
    .flatMap(({ was, name }) => formsOf(was).map((form, index) => [form, formsOf(name)[index] ?? form] as const))
    .reverse();
  const forms = new Map<string, string>([...entities.flatMap(formsOf).map((form) => [form, form] as const), ...renamed]);
  const longestFirst = [...forms.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  // A name may have other words before and behind it, set off by case or by what is no letter: `BookRead`, `list_books`.
  const pattern = new RegExp(longestFirst.map((form) => `${startOf(form)}${form}${endOf(form)}`).join('|'), 'g');
  return text.replace(pattern, (form) => forms.get(form) ?? form);
}

/** In one order for all names. Names of entities are words of letters and digits, so that no form needs escaping. */
function formsOf(name: string): readonly string[] {
  const snake = snakeCase(name);
  const forms = [snake, pluralOf(snake)];
  return [
    name,
    ...forms,
    ...forms.map((form) => form.toUpperCase()),
    ...forms.map(kebabCase),
    ...forms.map(spacedWords),
    ...forms.map(sentenceCase),
  ];
}

function startOf(form: string): string {
  return /^[A-Z]/.test(form) ? '(?<![A-Za-z])' : '(?<![A-Za-z0-9])';
}

function endOf(form: string): string {
  return /^[A-Z].*[a-z]/.test(form) ? '(?![a-z])' : '(?![A-Za-z0-9])';
}
