interface PatternProblem {
  readonly why: string;
  readonly mend: string;
}

const unshared: readonly { readonly form: RegExp; readonly name: string }[] = [
  { form: /\(\?<?[=!]/, name: 'a look-ahead or look-behind' },
  { form: /\\[1-9]|\\k</, name: 'a back-reference' },
  { form: /\(\?P?<[A-Za-z]/, name: 'a named group' },
  { form: /\\p\{|\\P\{/, name: 'a Unicode class' },
  { form: /\\u|\\c|\\x\{/, name: 'a character code' },
];

/**
 * Why a pattern does not mean the same to Python's `re`, to Pydantic's engine and to the database checks; undefined when it does.
 * JavaScript's strict mode (`u`) comes nearest to all of them: it refuses lone brackets and unknown escapes.
 */
export function patternProblem(pattern: string): PatternProblem | undefined {
  const found = unshared.find(({ form }) => form.test(pattern));
  if (found !== undefined)
    return { why: `has ${found.name}, which not every engine knows`, mend: 'write it with plain groups, classes and repetitions' };
  const plain = pattern.replace(/\\[^A-Za-z0-9\s]/g, '\\.');
  try {
    new RegExp(plain, 'u');
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : '';
    return {
      why: `is not a regular expression: ${reason.toLowerCase()}`,
      mend: 'close every bracket and put a "\\" before a bracket that stands for itself',
    };
  }
  return undefined;
}
