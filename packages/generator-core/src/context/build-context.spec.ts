import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '@org/validator';
import { describe, expect, test } from 'vitest';
import { artifactRoles } from '../artifacts/registry';
import type { Artifact } from '../plan/artifact';
import { planService } from '../plan/plan-service';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import type { ArtifactContext } from './artifact-context';
import { buildContext, type ContextSource } from './build-context';
import { buildWriteRequest } from './build-request';
import { readPrompts } from './prompt-store';
import { signaturesOf } from './signatures-of';

const root = join(__dirname, '..', '..', '..', '..');
const roles = new Map(artifactRoles.map((role) => [role.role, role]));

interface Service {
  readonly artifacts: readonly Artifact[];
  readonly contextOf: (path: string, changes?: Partial<ContextSource>) => ArtifactContext;
}

function serviceOf(specText: string): Service {
  const reading = parseServiceSpec(specText);
  if (reading.kind === 'faulty') throw new Error(`The spec does not parse: ${JSON.stringify(reading.faults)}`);
  const { spec } = reading;
  const plan = planService(spec);
  const rendered = plan.artifacts.flatMap((artifact): [string, string][] => {
    const role = roles.get(artifact.role);
    return role && artifact.path.endsWith('.py')
      ? [[artifact.path, renderArtifact({ spec, artifact, role, templates: readTemplates() })]]
      : [];
  });
  const project = openProject({ files: new Map(rendered) });
  const surfaceOf = (path: string) => project.surface(path);
  return {
    artifacts: plan.artifacts,
    contextOf: (path, changes = {}) =>
      buildContext(
        plan.artifacts.find((artifact) => artifact.path === path)!,
        {
          spec,
          specText,
          plan,
          surfaceOf,
          contract: signaturesOf(surfaceOf(path)),
          prompts: readPrompts(),
          ...changes,
        },
      ),
  };
}

const example = (name: string): string => readFileSync(join(root, 'examples', `${name}.yaml`), 'utf8');

/** Nobody signs in, and an operation stands below no entity's path. */
const desk = `service: desk
telemetry: true
defaults: { id: int, timestamps: false, pagination: keyset }
entities:
  Note:
    fields:
      text: string(1..20)
      price: decimal(6,2) min=0.5
    version: true
    access: { read: public, update: public }
operations:
  archive:
    route: POST /archive/{note_id}/{archive_of_a_department}
    access: public
    input: { reason: string(1..20) }
    output: Note
    describe: Archive the note.
`;
const services = {
  todo: serviceOf(example('todo')),
  bookstore: serviceOf(example('bookstore')),
  tracker: serviceOf(example('tracker')),
  desk: serviceOf(desk),
};

/** The files a model may be asked for. */
function written({ artifacts }: Service): readonly Artifact[] {
  return artifacts.filter(({ path }) => path.startsWith('app/') && path.endsWith('.py') && !path.endsWith('/__init__.py'));
}

function promptOf(context: ArtifactContext): string {
  return buildWriteRequest({ context, prompts: readPrompts(), maxOutputTokens: 1000 }).messages[0]!.text;
}

/** Lines of a brief that look as if a value of the view were missing. */
function gapsIn(brief: string): readonly string[] {
  const lines = brief.split('\n');
  return lines.filter((line, index) => {
    const isList = /^ *(- |\d\. )/.test(lines.slice(index + 1).find((other) => other !== '') ?? '');
    const prose = line.replace(/`[^`]+`/g, 'code');
    return (
      /\bundefined\b|\[object |\bNaN\b|``|\{[{%#]|[%#]\}/.test(line) ||
      /`|^ *- *$|[:,(-] ?None(?=[,.)]|$)|[:,(] *[,.)]| $/.test(prose) ||
      (line.endsWith(':') && !isList)
    );
  });
}

describe.each(Object.entries(services))('the briefs of %s', (_name, service) => {
  test.each(written(service).map(({ path, role }) => [path, role]))('%s has one, with nothing missing in it', (path) => {
    const { brief } = service.contextOf(path);
    expect(brief.split(/\s+/).length).toBeGreaterThan(80);
    expect(gapsIn(brief)).toEqual([]);
  });
});

test('the roles with files for a model are those with a brief', () => {
  const asked = new Set(Object.values(services).flatMap((service) => written(service).map(({ role }) => role)));
  const briefs = [...readPrompts().keys()].flatMap((name) => /^briefs\/(.*)\.md\.jinja$/.exec(name)?.[1] ?? []);
  expect(briefs.sort()).toEqual([...asked].sort());
});

describe('a whole prompt', () => {
  test.each(['app/models/category.py', 'app/repositories/book.py'])('%s', (path) => {
    expect(promptOf(services.bookstore.contextOf(path))).toMatchSnapshot();
  });

  test('is the same when the spec gets an entity that the file has nothing to do with', () => {
    const shop = '  Shop:\n    fields: { name: string(1..80) }\n    access: { read: public, write: staff }\n';
    const larger = serviceOf(example('bookstore').replace('operations:\n', `${shop}operations:\n`));
    for (const path of [
      'app/models/book.py',
      'app/schemas/book.py',
      'app/repositories/book.py',
      'app/services/pay_order.py',
      'app/routers/order.py',
    ])
      expect(promptOf(larger.contextOf(path))).toBe(promptOf(services.bookstore.contextOf(path)));
    expect(promptOf(larger.contextOf('app/main.py'))).toContain('`shop`: `prefix=API_PREFIX`');
  }, 60_000);

  test('of a file without a brief has no heading for it', () => {
    const context = services.bookstore.contextOf('app/models/category.py', { prompts: new Map() });
    expect(context.brief).toBe('');
    expect(promptOf(context)).not.toContain('How it is to be');
  });

  test('says of no file that a function is unwritten', () => {
    for (const { path, role } of written(services.bookstore).filter(({ role }) => role !== 'unimplemented')) {
      const prompt = promptOf(services.bookstore.contextOf(path));
      expect({ path, role, says: /\bunimplemented\b/.test(prompt) }).toEqual({ path, role, says: false });
    }
  });
});
