import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { entityRouterRole } from './entity-router';

test.each([
  { example: 'todo', entity: 'Task' },
  { example: 'bookstore', entity: 'Book' },
])('the router of $entity in $example', async ({ example, entity }) => {
  const reading = parseServiceSpec(readFileSync(join(__dirname, '..', '..', '..', '..', 'examples', `${example}.yaml`), 'utf8'));
  if (reading.kind !== 'read') throw new Error(`${example} cannot be read`);
  const artifact = entityRouterRole.artifacts(reading.spec).find((candidate) => candidate.entity === entity);
  if (artifact === undefined) throw new Error(`${entity} has no router`);
  const text = renderArtifact({ spec: reading.spec, artifact, role: entityRouterRole, templates: readTemplates() });
  await expect(text).toMatchFileSnapshot(`__snapshots__/${example}-${artifact.path.split('/').at(-1)}`);
});
