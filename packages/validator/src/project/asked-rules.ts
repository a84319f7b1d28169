import type { Settings } from './settings';

/** The rules a run can say anything of; undefined for all. */
export function askedRules({ select, ignore }: Settings): readonly string[] | undefined {
  return select?.filter((rule) => !ignore.includes(rule));
}
