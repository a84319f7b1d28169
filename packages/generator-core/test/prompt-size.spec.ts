import { beforeAll, expect, test } from 'vitest';
import type { CompletionRequest } from '../src/model/language-model';
import { plannedExample, planText, type PlannedService } from '../src/testing/planned-service';
import { firstRequests } from './first-requests';
import { neighbourSpec } from './neighbour-spec';

/** The files that hold something of every entity or operation. */
const OF_ALL = ['app/models/_links.py', 'app/schemas/_summaries.py', 'app/main.py'];

/** Requests for specs of one, two and three groups of entities that do not know each other. */
let requests: readonly ReadonlyMap<string, CompletionRequest>[];

beforeAll(() => {
  const groups = ['First', 'Other', 'Third'].map((name) => ({ name, size: 4 }));
  requests = [1, 2, 3].map((count) => firstRequests(planText(neighbourSpec(groups.slice(0, count)))));
}, 180_000);

test('entities that a file does not touch do not change one byte of its prompt', () => {
  const [one, two] = requests;
  const changed = [...one!].filter(([path, request]) => JSON.stringify(two!.get(path)) !== JSON.stringify(request));
  expect(one!.size).toBeGreaterThan(35);
  expect(changed.map(([path]) => path)).toEqual(OF_ALL);
});

test('the prompts of files that hold something of every entity grow by the same for each group', () => {
  const lines = (path: string): readonly number[] => requests.map((each) => each.get(path)!.messages[0]!.text.split('\n').length);
  for (const path of OF_ALL) {
    const [one, two, three] = lines(path) as [number, number, number];
    expect({ path, more: three - two, grows: two > one }).toEqual({ path, more: two - one, grows: true });
  }
});

test.each(['todo', 'bookstore'])('%s: what a template imports of the service stands in the prompt of its file', (name) => {
  const service = plannedExample(name);
  const missing = [...firstRequests(service)].flatMap(([path, { messages }]) =>
    namesImportedBy(service, path)
      .filter((imported) => !new RegExp(`\\b${imported}\\b`).test(messages[0]!.text))
      .map((imported) => `${path}: ${imported}`),
  );
  expect(missing).toEqual([]);
});

/** Names from `from app.… import …`, but for the mark of unwritten operations. */
function namesImportedBy({ templateTexts }: PlannedService, path: string): readonly string[] {
  const imports = templateTexts.get(path)!.matchAll(/^ *from app\.\S+ import (?:\(([^)]*)\)|(.*))$/gm);
  const names = [...imports].flatMap(([, several, one]) => (several ?? one!).split(',').map((each) => each.trim().replace(/ as \w+$/, '')));
  return names.filter((each) => each !== '' && !/unimplemented$|^OperationNotImplementedError$/i.test(each));
}
