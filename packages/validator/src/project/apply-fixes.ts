import type { Fix } from '../diagnostics/diagnostic';

type Edit = Fix['edits'][number];

export interface FixedText {
  readonly text: string;
  /** Those of the fixes that are in the text now; others touch the same place and may fit after another look. */
  readonly applied: readonly Fix[];
}

/** Applies each fix as a whole or not at all, the first come first. Edits that are equal count once; line breaks become the text's own. */
export function applyFixes(text: string, fixes: readonly Fix[]): FixedText {
  const accepted: Edit[] = [];
  const applied: Fix[] = [];
  for (const fix of fixes) {
    const added = fix.edits.filter((edit) => !accepted.some((other) => isSame(edit, other)));
    if (fix.applicability === 'display' || added.some((edit) => accepted.some((other) => overlaps(edit, other)))) continue;
    accepted.push(...added);
    applied.push(fix);
  }
  return { text: applyEdits(text, accepted), applied };
}

function isSame(left: Edit, right: Edit): boolean {
  return startOf(left) === startOf(right) && endOf(left) === endOf(right) && left.text === right.text;
}

function overlaps(left: Edit, right: Edit): boolean {
  return startOf(left) < endOf(right) && startOf(right) < endOf(left);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const ordered = [...edits].sort((left, right) => startOf(left) - startOf(right) || endOf(left) - endOf(right));
  let result = '';
  let offset = 0;
  for (const edit of ordered) {
    result += text.slice(offset, startOf(edit)) + edit.text.replaceAll('\n', lineBreak);
    offset = endOf(edit);
  }
  return result + text.slice(offset);
}

function startOf({ range }: Edit): number {
  return range.start.offset;
}

function endOf({ range }: Edit): number {
  return range.end.offset;
}
