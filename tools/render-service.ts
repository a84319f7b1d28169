/**
 * Renders the service of a spec into a folder, without gates and without Nx: the short loop of who works on templates.
 * npx tsx --tsconfig tools/tsconfig.json tools/render-service.ts examples/todo.yaml /tmp/todo
 */
import { readFileSync } from 'node:fs';
import { artifactRoles } from '../packages/generator-core/src/artifacts/registry';
import { renderArtifact } from '../packages/generator-core/src/render/render-artifact';
import { readTemplates } from '../packages/generator-core/src/render/template-store';
import { formatSpecFaults } from '../packages/generator-core/src/spec/format-spec-faults';
import { parseServiceSpec } from '../packages/generator-core/src/spec/parse-service-spec';
import { writeFile } from './write-files';

const [specFile, target] = process.argv.slice(2);
if (specFile === undefined || target === undefined) throw new Error('Usage: render-service.ts SPEC FOLDER');
const reading = parseServiceSpec(readFileSync(specFile, 'utf8'));
if (reading.kind === 'faulty') {
  process.stderr.write(`${formatSpecFaults(reading.faults, specFile)}\n`);
  process.exit(1);
}
for (const role of artifactRoles) {
  for (const artifact of role.artifacts(reading.spec)) {
    writeFile(target, artifact.path, renderArtifact({ spec: reading.spec, artifact, role, templates: readTemplates() }));
    process.stdout.write(`${artifact.path}\n`);
  }
}
