import { lessonKey, type Knowledge, type Lesson } from './lesson';

/** More would not be read by anybody. */
export const MOST_LESSONS = 200;

/** The lessons of a run added to those known. When there are too many, those seen least go. Sorted, so that two branches merge. */
export function mergeLessons(known: Knowledge, learned: readonly Lesson[]): Knowledge {
  const lessons = new Map(known.map((lesson) => [lessonKey(lesson), lesson]));
  for (const lesson of learned) {
    const before = lessons.get(lessonKey(lesson));
    lessons.set(lessonKey(lesson), { ...lesson, seen: (before?.seen ?? 0) + lesson.seen });
  }
  const byUse = [...lessons.values()].sort((left, right) => right.seen - left.seen || compareKeys(left, right));
  return byUse.slice(0, MOST_LESSONS).sort(compareKeys);
}

function compareKeys(left: Lesson, right: Lesson): number {
  return lessonKey(left) < lessonKey(right) ? -1 : 1;
}
