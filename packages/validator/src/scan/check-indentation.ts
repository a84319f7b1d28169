import { DEEPEST_NESTING } from '../python/deepest-nesting';
import type { LayoutFault, LogicalLine } from './logical-line';
import { blockWord } from './opens-block';

interface Level {
  readonly column: number;
  readonly tabColumn: number;
}

const MIXED = 'Tabs and spaces are mixed in the indentation: use four spaces a level.';

/** Replays Python's indentation stack. `isComplete` is false when the lines stop early, so a last header may have a body. */
export function checkIndentation(lines: readonly LogicalLine[], isComplete: boolean): readonly LayoutFault[] {
  const faults: LayoutFault[] = [];
  let levels: readonly Level[] = [{ column: 0, tabColumn: 0 }];
  let header: LogicalLine | undefined;
  for (const line of lines) {
    const top = levels[levels.length - 1]!;
    if (line.column >= top.column && disagrees(line, top)) faults.push(fault(line, MIXED));
    if (line.column > top.column) {
      if (header === undefined) faults.push(fault(line, 'Unexpected indent: the line above opens no block. Align this line with it.'));
      if (levels.length > DEEPEST_NESTING.levels) return [...faults, tooDeep(line)];
      levels = [...levels, line];
    } else {
      if (header !== undefined) faults.push(emptyBody(header));
      if (line.column < top.column) levels = dedent(levels, line, faults);
    }
    header = line.lastToken === ':' && line.hasColon ? line : undefined;
  }
  if (header !== undefined && isComplete) faults.push(emptyBody(header));
  return faults;
}

function disagrees(line: Level, top: Level): boolean {
  return Math.sign(line.column - top.column) !== Math.sign(line.tabColumn - top.tabColumn);
}

function dedent(levels: readonly Level[], line: LogicalLine, faults: LayoutFault[]): readonly Level[] {
  const kept = levels.filter((level) => level.column <= line.column);
  const level = kept[kept.length - 1]!;
  if (level.column === line.column) {
    if (level.tabColumn !== line.tabColumn) faults.push(fault(line, MIXED));
    return kept;
  }
  faults.push(fault(line, 'This indentation matches no outer level: align the line with the block it belongs to.'));
  return [...kept, line];
}

function fault(line: LogicalLine, message: string): LayoutFault {
  return {
    span: { start: line.start, end: Math.min(line.end, line.start + Math.max(1, line.firstWord.length)) },
    message,
    kind: 'indentation',
    isFatal: false,
  };
}

function tooDeep(line: LogicalLine): LayoutFault {
  return {
    ...fault(
      line,
      `Python reads ${DEEPEST_NESTING.levels} levels of indentation, and this line is one deeper: move inner blocks to functions.`,
    ),
    kind: 'nesting',
    isFatal: true,
  };
}

function emptyBody(header: LogicalLine): LayoutFault {
  const word = blockWord(header);
  const what = word === undefined ? "':'" : `'${word}'`;
  return {
    span: { start: header.lastTokenStart, end: header.end },
    message: `Nothing is indented under this ${what} line: write its body, or 'pass' if it is to do nothing.`,
    kind: 'indentation',
    isFatal: false,
  };
}
