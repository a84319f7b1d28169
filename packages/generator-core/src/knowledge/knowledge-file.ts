import { z } from 'zod';
import { GenerationError } from '../errors/generation-error';
import type { Knowledge } from './lesson';

const lesson = z.object({
  role: z.string(),
  rule: z.string(),
  message: z.string(),
  before: z.array(z.string()),
  after: z.array(z.string()),
  model: z.string(),
  seen: z.number().int().positive(),
});
const file = z.object({ version: z.literal(1), lessons: z.array(lesson) });

/** Throws `GenerationError` for a text that is no knowledge of ours; `place` names it. No text: nothing is known. */
export function readKnowledge(text: string | undefined, place: string): Knowledge {
  if (text === undefined) return [];
  const parsed = file.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.lessons;
  throw new GenerationError(
    `${place} is no list of lessons of version 1. Mend it, restore it from version control, or start anew with nx g @org/fastapi:knowledge clear.`,
  );
}

export function formatKnowledge(lessons: Knowledge): string {
  return `${JSON.stringify({ version: 1, lessons }, undefined, 2)}\n`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
