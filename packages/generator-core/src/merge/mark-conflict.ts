/** The two sides between git's markers; lines that both begin or end with stand outside. */
export function markConflict(theirs: readonly string[], ours: readonly string[]): readonly string[] {
  const most = Math.min(theirs.length, ours.length);
  let start = 0;
  while (start < most && theirs[start] === ours[start]) start += 1;
  let end = 0;
  while (end < most - start && theirs.at(-1 - end) === ours.at(-1 - end)) end += 1;
  return [
    ...theirs.slice(0, start),
    '<<<<<<< yours\n',
    ...theirs.slice(start, theirs.length - end),
    '=======\n',
    ...ours.slice(start, ours.length - end),
    '>>>>>>> generated\n',
    ...theirs.slice(theirs.length - end),
  ];
}
