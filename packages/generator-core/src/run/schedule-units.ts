/** Something to do, and what must be done before it. */
export interface Unit {
  readonly name: string;
  readonly needs: readonly string[];
}

interface ScheduleOptions {
  readonly units: readonly Unit[];
  /** How many may be under way at the same time. */
  readonly limit: number;
  readonly work: (name: string) => Promise<void>;
}

/**
 * Does each unit as soon as what it needs is done, those with the longest way behind them first (list scheduling by
 * critical path, Graham 1966). Needs that are no units count as done. Rejects with the first failure, after those under way have ended.
 */
export async function scheduleUnits({ units, limit, work }: ScheduleOptions): Promise<void> {
  const ranks = remainingPaths(units);
  const left = new Map(units.map(({ name, needs }) => [name, new Set(needs.filter((need) => need !== name && ranks.has(need)))]));
  const running = new Map<string, Promise<string>>();
  while (left.size > 0 || running.size > 0) {
    for (const name of readyOnes(left, ranks).slice(0, limit - running.size)) {
      left.delete(name);
      running.set(
        name,
        work(name).then(() => name),
      );
    }
    if (running.size === 0) throw new Error(`Nothing can begin: ${[...left.keys()].join(', ')} need each other.`);
    const done = await settleOne(running);
    running.delete(done);
    for (const needs of left.values()) needs.delete(done);
  }
}

async function settleOne(running: ReadonlyMap<string, Promise<string>>): Promise<string> {
  try {
    return await Promise.race(running.values());
  } catch (error) {
    await Promise.allSettled(running.values());
    throw error;
  }
}

function readyOnes(left: ReadonlyMap<string, ReadonlySet<string>>, ranks: ReadonlyMap<string, number>): readonly string[] {
  const ready = [...left].filter(([, needs]) => needs.size === 0).map(([name]) => name);
  return ready.sort((one, other) => ranks.get(other)! - ranks.get(one)! || (one < other ? -1 : 1));
}

/** How many units stand on the longest way from each to the end, itself included. Needs in a circle count once. */
export function remainingPaths(units: readonly Unit[]): ReadonlyMap<string, number> {
  const dependents = new Map<string, string[]>(units.map(({ name }) => [name, []]));
  for (const { name, needs } of units) for (const need of needs) if (need !== name) dependents.get(need)?.push(name);
  const ranks = new Map<string, number>();
  const visit = (name: string, path: ReadonlySet<string>): number => {
    const known = ranks.get(name);
    if (known !== undefined) return known;
    if (path.has(name)) return 0;
    const rank = 1 + Math.max(0, ...dependents.get(name)!.map((dependent) => visit(dependent, new Set([...path, name]))));
    ranks.set(name, rank);
    return rank;
  };
  for (const { name } of units) visit(name, new Set());
  return ranks;
}
