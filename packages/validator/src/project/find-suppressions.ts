import { listComments } from '../scan/list-comments';
import { LineIndex } from '../text/line-index';

export interface Suppression {
  readonly firstLine: number;
  readonly lastLine: number;
  /** The words after `noqa:`, also those of other tools; undefined for a bare `# noqa`. */
  readonly rules: readonly string[] | undefined;
}

const NOQA = /#\s*noqa(?![\w-])(?:\s*:(?<rules>[^#]*))?/i;

/** The `# noqa` comments of a text. One after a string over several lines is about all of them. */
export function findSuppressions(text: string): readonly Suppression[] {
  if (!/noqa/i.test(text)) return [];
  const lines = new LineIndex(text);
  return listComments(text).flatMap(({ span, lineStart }) => {
    const found = NOQA.exec(text.slice(span.start, span.end));
    if (found === null) return [];
    const words = found.groups?.['rules'];
    return [
      {
        firstLine: lines.position(lineStart).line,
        lastLine: lines.position(span.start).line,
        rules: words?.split(/[\s,]+/).filter((word) => word !== ''),
      },
    ];
  });
}
