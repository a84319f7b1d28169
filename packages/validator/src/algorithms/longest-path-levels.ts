import { stronglyConnectedComponents } from './strongly-connected-components';

/**
 * Groups components by the length of their longest chain of dependencies: level 0 needs nothing,
 * level n needs something of level n - 1. All components of one level can be made at the same time.
 */
export function longestPathLevels(
  nodes: readonly string[],
  dependenciesOf: (id: string) => readonly string[],
): readonly (readonly (readonly string[])[])[] {
  const components = stronglyConnectedComponents(nodes, dependenciesOf);
  const levelOf = new Map<string, number>();
  const levels: (readonly string[])[][] = [];
  for (const members of components) {
    const own = new Set(members);
    let level = 0;
    for (const member of members) {
      for (const target of dependenciesOf(member)) {
        if (!own.has(target) && levelOf.has(target)) level = Math.max(level, levelOf.get(target)! + 1);
      }
    }
    for (const member of members) levelOf.set(member, level);
    (levels[level] ??= []).push(members);
  }
  return levels.map((level) => [...level].sort((left, right) => (left[0]! < right[0]! ? -1 : 1)));
}
