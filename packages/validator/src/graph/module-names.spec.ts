import { expect, test } from 'vitest';
import { makeRandom } from '../../test/make-random';
import { ModuleNames } from './module-names';

test('names that come and go make others near only where it is told', () => {
  const random = makeRandom(5);
  const word = (): string => Array.from({ length: 1 + random(4) }, () => 'abAB'[random(4)]!).join('');
  const asked = ['ab', 'AB', 'abba', 'bbb', 'aaaa', 'Ba'];
  let told = 0;
  let kept = 0;
  for (let round = 0; round < 200; round += 1) {
    const names = [word(), word()];
    const modules = new ModuleNames(names);
    for (let step = 0; step < 10; step += 1) {
      const before = asked.map((module) => modules.nearestTo(module));
      const name = random(3) === 0 ? names[random(names.length)] : undefined;
      const affected = modules.update([name === undefined ? [names[names.push(word()) - 1]!, true] : [name, false]]);
      if (name !== undefined) names.splice(names.indexOf(name), 1);
      const fresh = asked.map((module) => new ModuleNames(names).nearestTo(module));
      expect(asked.map((module) => modules.nearestTo(module))).toEqual(fresh);
      const changed = asked.filter((_, index) => before[index]!.join() !== fresh[index]!.join());
      expect(affected).toEqual(expect.arrayContaining(changed));
      told += affected.length;
      kept += asked.length - affected.length;
    }
  }
  expect([told > 1_000, kept > 1_000]).toEqual([true, true]);
});
