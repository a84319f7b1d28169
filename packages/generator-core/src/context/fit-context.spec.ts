import { expect, test } from 'vitest';
import type { ArtifactContext } from './artifact-context';
import { fitContext } from './fit-context';

const long = (name: string): string => `class ${name}:\n    ${'x: int\n    '.repeat(100)}def go(self) -> None: ...`;
const context: ArtifactContext = {
  path: 'app/a.py',
  purpose: '',
  service: 'shop',
  tree: '',
  modules: [
    { name: 'app.near', interface: long('Near') },
    { name: 'app.named', interface: long('Named') },
    { name: 'app.far', interface: `${long('Far')}\nasync def reach() -> None\nLIMIT = 3` },
  ],
  distant: ['- `app.behind`: One, Two'],
  provides: 'def f(named: Named) -> None',
  brief: '',
  slice: 'Do it.',
};
const interfaces = (fitted: ArtifactContext): readonly string[] => fitted.modules.map((module) => module.interface);

test('what fits stays as it is', () => {
  expect(fitContext(context, 10_000)).toBe(context);
});

test('first what is behind, then the farthest that the task does not name, last what it names', () => {
  const whole = interfaces(context);
  const far = '# Far, reach, LIMIT';
  expect(fitContext(context, 1000)).toEqual({
    ...context,
    distant: [],
    modules: [context.modules[0], context.modules[1], { name: 'app.far', interface: far }],
  });
  expect(interfaces(fitContext(context, 500))).toEqual(['# Near', whole[1], far]);
  expect(interfaces(fitContext(context, 10))).toEqual(['# Near', '# Named', far]);
});
