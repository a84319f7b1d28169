import { logger, type Tree } from '@nx/devkit';
import { describeLesson, formatKnowledge, GenerationError, readKnowledge, type Knowledge, type Lesson } from '@org/generator-core';
import { knowledgePath } from '../../adapters/state-folder';
import { UserError } from '../../errors/user-error';
import type { KnowledgeGeneratorSchema } from './schema';

/** Lists, exports or clears what repairs have taught. Works on the Tree, so that a dry run shows what would change. */
export async function knowledgeGenerator(tree: Tree, { action = 'list', file, rule, role }: KnowledgeGeneratorSchema): Promise<void> {
  const isMeant = (lesson: Lesson): boolean => (rule === undefined || lesson.rule === rule) && (role === undefined || lesson.role === role);
  switch (action) {
    case 'list':
      return logger.info(describeKnowledge(knowledgeOf(tree).filter(isMeant)));
    case 'export': {
      if (file === undefined) throw new UserError('Where to? Name the file: nx g @org/fastapi:knowledge export --file lessons.json');
      tree.write(file, formatKnowledge(knowledgeOf(tree).filter(isMeant)));
      return;
    }
    case 'clear':
      return clear(tree, rule === undefined && role === undefined ? [] : knowledgeOf(tree).filter((lesson) => !isMeant(lesson)));
  }
}

export default knowledgeGenerator;

function knowledgeOf(tree: Tree): Knowledge {
  try {
    return readKnowledge(tree.read(knowledgePath, 'utf-8') ?? undefined, knowledgePath);
  } catch (error) {
    throw error instanceof GenerationError ? new UserError(error.message, { cause: error }) : error;
  }
}

function clear(tree: Tree, left: Knowledge): void {
  if (!tree.exists(knowledgePath)) return;
  if (left.length === 0) tree.delete(knowledgePath);
  else tree.write(knowledgePath, formatKnowledge(left));
}

function describeKnowledge(lessons: Knowledge): string {
  if (lessons.length === 0) return 'Nothing has been learned yet: lessons come from files of a model that were repaired and then passed.';
  const lines = lessons.map((lesson) => `${lesson.role} (${lesson.seen} times, last by ${lesson.model})\n  ${describeLesson(lesson)}`);
  return [...lines, `${lessons.length} ${lessons.length === 1 ? 'lesson' : 'lessons'} in ${knowledgePath}`].join('\n');
}
