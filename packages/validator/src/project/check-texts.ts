import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Rule } from '../rules/rule';
import { LineIndex } from '../text/line-index';

/** What those of the asked rules that are about other files than Python's say. */
export function checkTexts(texts: ReadonlyMap<string, string>, asked: readonly Rule[]): readonly Diagnostic[] {
  return asked.flatMap(({ meta, checkTexts: check }) =>
    (check?.(texts) ?? []).map(({ path, span, message, certainty = 'certain', severity = meta.severity, data }): Diagnostic => {
      const range = new LineIndex(texts.get(path)!).range(span.start, span.end);
      return { rule: meta.id, severity, certainty, path, range, message, ...(data === undefined ? {} : { data }) };
    }),
  );
}
