/** A fenced block of an answer. */
export interface CodeBlock {
  /** The first word after the fence; empty when there is none. */
  readonly language: string;
  readonly text: string;
  /** Paths that the fence, the line before it or the first comment in it name. */
  readonly paths: readonly string[];
  /** False when the answer ended inside. */
  readonly isClosed: boolean;
}

const FENCE = /^( {0,3})(`{3,}|~{3,})([^\n`]*)$/;

/** The fenced blocks of Markdown (CommonMark 4.5): a block ends with a fence of the same sign that is at least as long. */
export function listCodeBlocks(answer: string): readonly CodeBlock[] {
  const lines = answer.split('\n');
  const blocks: CodeBlock[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const opening = FENCE.exec(lines[index]!);
    if (opening === null) continue;
    const [, indent, fence, info] = opening as unknown as readonly [string, string, string, string];
    const end = lines.findIndex((line, at) => at > index && isClosing(line, fence));
    const body = lines.slice(index + 1, end === -1 ? undefined : end).map((line) => withoutIndent(line, indent.length));
    const text = body.length === 0 ? '' : `${body.join('\n').trimEnd()}\n`;
    const language = info.trim().split(/[\s{:]/, 1)[0]!;
    blocks.push({ language, text, paths: pathsIn([info, lineBefore(lines, index), firstComment(text)]), isClosed: end !== -1 });
    if (end === -1) break;
    index = end;
  }
  return blocks;
}

function isClosing(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed.startsWith(fence) && /^(`+|~+)$/.test(trimmed);
}

function withoutIndent(line: string, width: number): string {
  return line.slice(Math.min(width, line.length - line.trimStart().length));
}

function lineBefore(lines: readonly string[], index: number): string {
  for (let at = index - 1; at >= 0 && at >= index - 2; at -= 1) if (lines[at]!.trim() !== '') return lines[at]!;
  return '';
}

function firstComment(text: string): string {
  const line = text.split('\n', 1)[0]!;
  return /^\s*#/.test(line) ? line : '';
}

function pathsIn(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/(?:[\w.-]+\/)*[\w-]+\.pyi?\b/g)].map(([path]) => path)))];
}
