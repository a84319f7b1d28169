import type { LayoutFault, LogicalLine } from './logical-line';
import { blockWord } from './opens-block';

const DANGLING = new Set([
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '@',
  '**',
  '&',
  '|',
  '^',
  '~',
  '<<',
  '>>',
  '==',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '=',
  ':=',
  '->',
  '.',
  '+=',
  '-=',
  '*=',
  '/=',
  '//=',
  '%=',
  '@=',
  '**=',
  '&=',
  '|=',
  '^=',
  '<<=',
  '>>=',
  'and',
  'or',
  'not',
  'in',
  'is',
  'if',
  'import',
  'from',
  'as',
  'await',
  'lambda',
  'del',
  'assert',
  'global',
  'nonlocal',
  'def',
  'class',
  'with',
  'for',
  'while',
  'elif',
]);

/** A statement cannot end with an operator, and a compound statement needs its `:`. */
export function checkLineEnds(lines: readonly LogicalLine[], text: string): readonly LayoutFault[] {
  const faults: LayoutFault[] = [];
  for (const line of lines) {
    const fault = lineEndFault(line, text);
    if (fault !== undefined) faults.push(fault);
  }
  return faults;
}

function lineEndFault(line: LogicalLine, text: string): LayoutFault | undefined {
  if (text.startsWith('```', line.start)) {
    return {
      span: { start: line.start, end: line.start + 3 },
      message: 'A Markdown fence is not Python: remove the line.',
      kind: 'line-end',
      isFatal: false,
    };
  }
  const isStarImport = line.firstWord === 'from' && line.lastToken === '*';
  if (DANGLING.has(line.lastToken) && !isStarImport) {
    return {
      span: { start: line.lastTokenStart, end: line.end },
      message: `The statement ends after '${line.lastToken}': write what belongs on its right.`,
      kind: 'line-end',
      isFatal: false,
    };
  }
  const word = blockWord(line);
  if (word === undefined || line.hasColon) return undefined;
  return {
    span: { start: line.lastTokenStart, end: line.end },
    message: `':' is missing at the end of this '${word}' line.`,
    kind: 'line-end',
    isFatal: false,
  };
}
