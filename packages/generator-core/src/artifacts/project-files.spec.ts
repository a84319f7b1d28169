import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { renderArtifact } from '../render/render-artifact';
import { readTemplates } from '../render/template-store';
import { parseServiceSpec } from '../spec/parse-service-spec';
import { artifactRoles } from './registry';

interface Compose {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: object;
}

interface ComposeService {
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly environment: Readonly<Record<string, string>>;
}

function filesOf(spec: string): ReadonlyMap<string, string> {
  const reading = parseServiceSpec(readFileSync(join(__dirname, `../../../../${spec}.yaml`), 'utf8'));
  if (reading.kind === 'faulty') throw new Error(`${spec}.yaml has faults`);
  const wanted = ['compose.yaml', '.env.example', 'app/core/config.py', 'Dockerfile', '.dockerignore', 'AGENTS.md', 'pyproject.toml'];
  return new Map(
    artifactRoles.flatMap((role) =>
      role
        .artifacts(reading.spec)
        .filter(({ path }) => wanted.includes(path))
        .map((artifact): [string, string] => [
          artifact.path,
          renderArtifact({ spec: reading.spec, artifact, role, templates: readTemplates() }),
        ]),
    ),
  );
}

describe.each(['examples/todo', 'e2e/fixtures/specs/plain', 'e2e/fixtures/specs/traced'])('%s', (spec) => {
  const files = filesOf(spec);
  const text = (path: string): string => files.get(path) ?? '';
  const compose = parse(text('compose.yaml'), { merge: true }) as Compose;
  /** Names of the settings, as the environment has them. */
  const settings = [...text('app/core/config.py').matchAll(/^ {4}(\w+): /gm)].map((match) => match[1]!.toUpperCase());
  const documented = [...text('.env.example').matchAll(/^(?:# )?([A-Z_]+)=/gm)].map((match) => match[1]!);

  test('compose starts the database, then the migrations, then the service', () => {
    const waits = Object.entries(compose.services).map(([name, { depends_on: waitsFor = {} }]) => [
      name,
      Object.entries(waitsFor).map(([other, { condition }]) => `${other} ${condition}`),
    ]);
    expect(Object.fromEntries(waits)).toEqual({
      database: [],
      migrate: ['database service_healthy'],
      api: ['migrate service_completed_successfully'],
    });
    expect(compose.services['api']!.environment).toEqual(compose.services['migrate']!.environment);
  });

  test('no secret has a value in compose.yaml, and what has none is refused and documented', () => {
    const variables = [...text('compose.yaml').matchAll(/\$\{([A-Z_]+)(:\?|:-)?/g)].map((match) => ({ name: match[1]!, kind: match[2] }));
    const secrets = variables.filter(({ name }) => /PASSWORD|SECRET/.test(name));
    expect(secrets.filter(({ kind }) => kind === ':-')).toEqual([]);
    for (const { name } of secrets) expect(secrets).toContainEqual({ name, kind: ':?' });
    expect(variables.map(({ name }) => name).filter((name) => name !== 'PORT' && !documented.includes(name))).toEqual([]);
  });

  test('every setting is documented, and compose sets nothing but settings', () => {
    expect(settings.filter((name) => !documented.includes(name))).toEqual([]);
    const set = Object.keys(compose.services['api']!.environment).filter((name) => !name.startsWith('OTEL_'));
    // uvicorn reads it itself.
    expect(set.filter((name) => name !== 'FORWARDED_ALLOW_IPS' && !settings.includes(name))).toEqual([]);
  });

  test('what the image is made of is let through to the build', () => {
    const copied = [...text('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => match[1]!.split(' '));
    const passed = text('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect([...new Set(copied)].sort()).toEqual(passed.sort());
  });

  test('AGENTS.md names no file of the service that is not made', () => {
    const named = [...text('AGENTS.md').matchAll(/`((?:app|tests)\/[\w/]+\.py)`/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(0);
    const reading = parseServiceSpec(readFileSync(join(__dirname, `../../../../${spec}.yaml`), 'utf8'));
    const made = reading.kind === 'read' ? artifactRoles.flatMap((role) => role.artifacts(reading.spec).map(({ path }) => path)) : [];
    expect(named.filter((path) => !made.includes(path))).toEqual([]);
  });
});
