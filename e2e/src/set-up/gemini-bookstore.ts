import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGeminiServer, type GeminiReply, type GeminiServer, type SeenRequest } from '@org/generator-core/testing';
import type { CommandResult } from '../../../tools/run-command.mjs';
import { nxWith } from './user';

/** The file that a request asks for. */
export function askedPath({ body }: SeenRequest): string {
  return /Write `([^`]+)`/.exec(body!.contents[0]!.parts[0]!.text)![1]!;
}

/** Whether it asks to mend what was answered before. */
export function isRepair({ body }: SeenRequest): boolean {
  return body!.contents.length > 1;
}

/** A right answer for one of the bookstore's operations. */
export function rightText(request: SeenRequest): string {
  return readFileSync(join(__dirname, '../../fixtures/bookstore', askedPath(request).replace(/^.*\//, '')), 'utf8');
}

export function answerWith(text: string): GeminiReply {
  return { kind: 'answer', text: `\`\`\`python\n${text}\`\`\`\n`, thoughts: 'Let me see.', events: 3 };
}

export interface GeminiRun extends CommandResult {
  readonly server: Pick<GeminiServer, 'requests' | 'completions'>;
}

/** `nx g @org/fastapi:project …` with a Gemini on loopback that answers so. */
export async function generateWithGemini(
  reply: (request: SeenRequest, index: number) => GeminiReply,
  ...args: readonly string[]
): Promise<GeminiRun> {
  const server = await startGeminiServer({ reply });
  try {
    const environment = { GEMINI_API_KEY: 'a-key-for-tests', GOOGLE_GEMINI_BASE_URL: server.baseUrl };
    const result = await nxWith(environment, 'g', '@org/fastapi:project', ...args);
    return { ...result, server };
  } finally {
    await server.close();
  }
}
