import type { Expression } from '../../extract/service/expression';
import type { DefinitionIndex } from './definition-index';

/** An expression as written: for the few whose value the vocabulary does not hold, such as `204` and `...`. */
export function sourceOf(index: DefinitionIndex, path: string, { span }: Pick<Expression, 'span'>): string {
  return index.project.summaries.get(path)!.text.slice(span.start, span.end);
}
