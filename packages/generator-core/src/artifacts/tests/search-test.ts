import type { FieldSpec } from '../../spec/service-spec';
import type { Sampling } from './sampling';
import { mayHold, pythonJson } from './test-values';

export interface SearchTest {
  readonly wanted: string;
  readonly other: string;
  readonly words: string;
  /** Arguments that give a value to the other fields which are searched, where rows need none. */
  readonly filled: string;
  /** What SQL would read as more than itself, as far as rows of tests do not hold it. */
  readonly literal: readonly string[];
}

export function searchTest(fields: readonly FieldSpec[], { samples, keyword }: Sampling): SearchTest | undefined {
  const searched = fields.find(({ search }) => search);
  const words = searched && samples(searched);
  const filled = fields.flatMap((field) => {
    const value = field.search && field !== searched && field.nullable ? samples(field)?.[0] : undefined;
    return value === undefined ? [] : [{ field, value }];
  });
  if (searched === undefined || words === undefined) return undefined;
  return {
    wanted: keyword(searched, words[0]),
    other: keyword(searched, words[1]),
    words: pythonJson(words[0]),
    filled: filled.map(({ field, value }) => keyword(field, value)).join(''),
    literal: ['%', '_', '\\', "' OR 1=1--"]
      .filter((word) => !String(words[0]).includes(word))
      .filter((word) => !fields.some((field) => field.search && field !== searched && mayHold(field, word)))
      .filter((word) => !filled.some(({ value }) => String(value).includes(word)))
      .map(pythonJson),
  };
}
