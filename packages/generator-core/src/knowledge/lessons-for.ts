import type { Artifact } from '../plan/artifact';
import type { Knowledge, Lesson } from './lesson';

/** What a prompt may hold of them. */
const MOST_SHOWN = 5;
const MOST_CHARACTERS = 2_000;

/** What mended files of the artifact's kind before, most often seen first, as a prompt shows it. */
export function lessonsFor({ role }: Pick<Artifact, 'role'>, knowledge: Knowledge): readonly string[] {
  const own = knowledge.filter((lesson) => lesson.role === role).sort((left, right) => right.seen - left.seen);
  const shown: string[] = [];
  let characters = 0;
  for (const lesson of own.slice(0, MOST_SHOWN)) {
    const text = describeLesson(lesson);
    characters += text.length;
    if (characters > MOST_CHARACTERS) break;
    shown.push(text);
  }
  return shown;
}

/** One line: what was said, and the change that mended it. */
export function describeLesson({ rule, message, before, after }: Lesson): string {
  const quote = (lines: readonly string[]): string => (lines.length === 0 ? 'nothing' : lines.map((line) => `\`${line}\``).join(', '));
  return `${rule}: ${message} Was: ${quote(before)}. Mended by: ${quote(after)}.`;
}
