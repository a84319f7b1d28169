import { checkIndentation } from './check-indentation';
import { checkLineEnds } from './check-line-ends';
import type { Layout } from './logical-line';
import { LogicalLineScanner } from './logical-line-scanner';

/** Finds the faults a grammar with error recovery passes over: indentation, empty bodies, dangling operators, open brackets and strings. */
export function scanLayout(text: string): Layout {
  const scanner = new LogicalLineScanner(text);
  scanner.scan();
  const fatal = scanner.faults.find((fault) => fault.isFatal);
  const lines = fatal === undefined ? scanner.lines : scanner.lines.filter((line) => line.end <= fatal.span.start);
  const faults = [...scanner.faults, ...checkLineEnds(lines, text), ...checkIndentation(lines, fatal === undefined)];
  faults.sort((left, right) => left.span.start - right.span.start);
  return { lines: scanner.lines, faults };
}
