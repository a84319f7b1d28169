import { expect, test } from 'vitest';
import { remainingPaths, scheduleUnits, type Unit } from './schedule-units';

/** `c: a b` needs a and b. */
function units(...lines: readonly string[]): readonly Unit[] {
  return lines.map((line) => {
    const [name, rest = ''] = line.split(':');
    return { name: name!.trim(), needs: rest.split(' ').filter((word) => word !== '') };
  });
}

/** Each unit takes one turn; the turns, with what ran in each. */
async function turns(all: readonly Unit[], limit: number): Promise<readonly string[]> {
  const log: string[][] = [];
  let turn: string[] | undefined;
  await scheduleUnits({
    units: all,
    limit,
    work: async (name) => {
      if (turn === undefined) {
        turn = [];
        log.push(turn);
        setImmediate(() => (turn = undefined));
      }
      turn.push(name);
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    },
  });
  return log.map((names) => names.join(' '));
}

const diamond = units('a', 'b', 'long1: a', 'long2: long1', 'long3: long2', 'short: a b', 'end: long3 short');

test('each as soon as what it needs is done, the longest way first', async () => {
  expect([...remainingPaths(diamond)]).toEqual([
    ['end', 1],
    ['long3', 2],
    ['long2', 3],
    ['long1', 4],
    ['short', 2],
    ['a', 5],
    ['b', 3],
  ]);
  expect(await turns(diamond, 1)).toEqual(['a', 'long1', 'b', 'long2', 'long3', 'short', 'end']);
  expect((await turns(diamond, 8))[0]).toBe('a b');
});

test('what is no unit counts as done', async () => {
  expect(await turns(units('a: elsewhere'), 2)).toEqual(['a']);
});

test('never more than the limit', async () => {
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  await scheduleUnits({ units: Array.from({ length: 30 }, (_, index) => ({ name: String(index), needs: [] })), limit: 4, work });
  expect(most).toBe(4);
});

test('a failure is told after those under way have ended', async () => {
  const ended: string[] = [];
  const work = async (name: string) => {
    if (name === 'bad') throw new Error('no');
    await new Promise((resolve) => setImmediate(resolve));
    ended.push(name);
  };
  await expect(scheduleUnits({ units: units('bad', 'good', 'after: bad'), limit: 5, work })).rejects.toThrow('no');
  expect(ended).toEqual(['good']);
});

test('a circle is told', async () => {
  await expect(scheduleUnits({ units: units('a: b', 'b: a'), limit: 2, work: async () => undefined })).rejects.toThrow(
    'a, b need each other',
  );
});
