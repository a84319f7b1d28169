import type { Completion, FinishReason } from '../model/completion';
import type { CandidateExtraction, UnusableReason } from './candidate-extraction';
import { listCodeBlocks, type CodeBlock } from './list-code-blocks';

/** Takes the code of one Python file out of an answer. `path` is the file asked for. A pure function of both. */
export function extractCandidate({ text, finishReason }: Pick<Completion, 'text' | 'finishReason'>, path: string): CandidateExtraction {
  const badEnd = faultOfEnd(finishReason);
  if (badEnd !== undefined) return badEnd;
  const answer = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (answer.trim() === '') return unusable('empty', 'The answer has no text.');
  const blocks = listCodeBlocks(answer);
  const python = blocks.filter(({ language }) => language === '' || /^py(thon3?|i)?$/i.test(language));
  if (python.length > 0) return fromBlocks(python, { path, isAlone: isOneBlock(answer, blocks) });
  if (blocks.length > 0) return unusable('no-code', `The answer has no Python, only ${listLanguages(blocks)}.`);
  return fromPlainText(answer);
}

function faultOfEnd({ unified, raw }: FinishReason): CandidateExtraction | undefined {
  switch (unified) {
    case 'stop':
      return undefined;
    case 'length':
      return unusable('truncated', 'The answer ended where no more tokens were allowed.');
    case 'content-filter':
    case 'refusal':
      return unusable('refusal', `The provider's filter ended the answer (${raw}).`);
    case 'other':
      return unusable('unknown-finish', `The answer ended with "${raw}", which is no success.`);
  }
}

function unusable(reason: UnusableReason, message: string): CandidateExtraction {
  return { kind: 'unusable', reason, message };
}

/** The whole answer is one fenced block. */
function isOneBlock(answer: string, blocks: readonly CodeBlock[]): boolean {
  const trimmed = answer.trim();
  return blocks.length === 1 && blocks[0]!.isClosed && /^[`~]{3}/.test(trimmed) && /[`~]{3}$/.test(trimmed);
}

interface BlockChoice {
  readonly path: string;
  readonly isAlone: boolean;
}

function fromBlocks(blocks: readonly CodeBlock[], { path, isAlone }: BlockChoice): CandidateExtraction {
  const named = blocks.filter(({ paths }) => paths.length > 0);
  const own = blocks.filter(({ paths }) => paths.some((each) => isSamePath(each, path)));
  const chosen =
    own.length > 0 ? own : named.length > 0 && named.length === blocks.length ? [] : blocks.filter(({ paths }) => paths.length === 0);
  if (chosen.length === 0) {
    const others = [...new Set(named.flatMap(({ paths }) => paths))].join(', ');
    return unusable('wrong-file', `The answer writes ${others} instead of ${path}.`);
  }
  const texts = new Set(chosen.map((block) => block.text.trim()));
  if (texts.size > 1)
    return unusable('several-blocks', `The answer has ${chosen.length} blocks of Python, and nothing says which is ${path}.`);
  const code = withFinalNewline(chosen[0]!.text);
  if (code.trim() === '') return unusable('empty', 'The block of code is empty.');
  return { kind: 'candidate', text: code, stripped: isAlone ? ['fences'] : ['fences', 'prose'] };
}

function isSamePath(named: string, path: string): boolean {
  return named === path || named.endsWith(`/${path}`) || (named.includes('/') && path.endsWith(`/${named}`));
}

const REFUSAL = /\b(I (?:can(?:no|')t|am (?:un|not )able|won't|must decline)|I'm (?:sorry|unable|not able)|as an AI\b)/i;

/** A statement of Python, as far as its first words tell. */
const CODE_LINE =
  /^(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+|\s*,.*)?\s*(?:#.*)?$|@[\w.]+|(?:async\s+)?def\s+\w+\s*[([]|class\s+\w+\s*[:([]|[A-Za-z_][\w.]*\s*(?::\s*[^=]+)?=\s*\S|[rRbBuUfF]{0,2}"""|'''|#\s|if\s+.+:\s*$|try:\s*$|type\s+\w+\s*=)/;

function fromPlainText(answer: string): CandidateExtraction {
  const lines = answer.split('\n');
  const first = lines.findIndex((line) => CODE_LINE.test(line));
  if (first === -1) {
    return REFUSAL.test(answer)
      ? unusable('refusal', `The model declines: "${firstSentence(answer)}"`)
      : unusable('no-code', `The answer has no code: "${firstSentence(answer)}"`);
  }
  const end = endOfCode(lines);
  const code = lines.slice(first, end).join('\n');
  const isCut = lines.slice(0, first).some((line) => line.trim() !== '') || end < lines.length;
  return { kind: 'candidate', text: withFinalNewline(code.trimEnd()), stripped: isCut ? ['prose'] : [] };
}

/** Sentences after the last code stand at the left margin and are no Python. */
function endOfCode(lines: readonly string[]): number {
  let end = lines.length;
  while (end > 0) {
    const line = lines[end - 1]!;
    const isProse = line.trim() === '' || (/^[A-Z][\w']*(?:\s+[\w',()`-]+){3,}[.!:]?$/.test(line) && !CODE_LINE.test(line));
    if (!isProse) break;
    end -= 1;
  }
  return lines.slice(end).some((line) => line.trim() !== '') ? end : lines.length;
}

function withFinalNewline(code: string): string {
  return code.endsWith('\n') || code === '' ? code : `${code}\n`;
}

function firstSentence(text: string): string {
  return text.trim().replace(/\s+/g, ' ').slice(0, 120);
}

function listLanguages(blocks: readonly CodeBlock[]): string {
  return [...new Set(blocks.map(({ language }) => language))].sort().join(', ');
}
