import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { artifactRoles } from '../artifacts/registry';
import { planService } from '../plan/plan-service';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { findForbiddenConstructs } from './find-forbidden-constructs';

const specText = readFileSync(join(__dirname, '..', '..', '..', '..', 'examples', 'bookstore.yaml'), 'utf8');

test('what is right may be written: no template of a file for a model holds what is forbidden', () => {
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') throw new Error('The example does not parse.');
  const { spec } = reading;
  const roles = new Map(artifactRoles.map((role) => [role.role, role]));
  const written = planService(spec).artifacts.filter(({ path }) => path.startsWith('app/') && path.endsWith('.py'));
  expect(written.length).toBeGreaterThan(40);
  const found = written.flatMap((artifact) =>
    findForbiddenConstructs(artifact, renderArtifact({ spec, artifact, role: roles.get(artifact.role)!, templates: readTemplates() })).map(
      ({ path, message }) => `${path}: ${message}`,
    ),
  );
  expect(found).toEqual([]);
});

test.each([
  ['app/services/auth.py', 'await session.commit()', 0],
  ['app/services/pay_order.py', 'await session.commit()', 1],
  ['app/services/auth.py', 'await session.execute(text("SELECT 1"))', 1],
  ['app/services/pay_order.py', 'from http import HTTPStatus', 0],
  ['app/services/pay_order.py', 'from http import HTTPStatus, client', 1],
  ['app/services/pay_order.py', 'from http.client import HTTPConnection', 1],
])('in %s, %s: %i', (path, line, count) => {
  expect(findForbiddenConstructs({ path, phase: 'services' }, line).length).toBe(count);
});
