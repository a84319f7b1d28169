import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CompletionRequest } from '../model/language-model';

const root = join(__dirname, '..', '..', '..', '..');

/** Text of the example's spec. */
export const bookstoreSpec = readFileSync(join(root, 'examples', 'bookstore.yaml'), 'utf8');

/** A right text for one of its operations, by name. */
export function operationText(name: string): string {
  return readFileSync(join(root, 'e2e', 'fixtures', 'bookstore', `${name}.py`), 'utf8');
}

/** Which file a request asks for. */
export function askedPath({ messages }: CompletionRequest): string {
  return /Write `([^`]+)`/.exec(messages[0]!.text)![1]!;
}

export function inFence(text: string): string {
  return `\`\`\`python\n${text}\`\`\`\n`;
}

/** A right answer to a request for an operation. */
export function rightAnswer(request: CompletionRequest): string {
  return inFence(operationText(askedPath(request).replace(/^.*\/|\.py$/g, '')));
}
