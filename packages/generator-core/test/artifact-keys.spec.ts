import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { artifactRoles } from '../src/artifacts/registry';
import { canonicalSpec } from '../src/keys/canonical-spec';
import { templateKey, type TemplateKey } from '../src/keys/template-key';
import { planService } from '../src/plan/plan-service';
import { renderTemplate } from '../src/render/render-template';
import { readTemplates } from '../src/render/template-store';
import { parseServiceSpec } from '../src/spec/parse-service-spec';
import type { ServiceSpec } from '../src/spec/service-spec';
import { randomFrom } from './random-spec/random';
import { randomDocument, writeSpec } from './random-spec/random-spec';
import { editDocument, type Document } from './spec-edits/edit-document';
import { shuffleDocument } from './spec-edits/shuffle-document';

const root = join(__dirname, '../../..');
const written = ['examples', 'e2e/fixtures/specs'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name): [string, Document] => [name, parse(readFileSync(join(root, folder, name), 'utf8')) as Document]),
);
/** `KEY_SEEDS=200` tries more; their specs are small, the written ones are not. */
const seeds = Number(process.env['KEY_SEEDS'] ?? 6);
const random = Array.from({ length: seeds }, (_, seed): [string, Document] => [`seed ${seed}`, randomDocument(seed, 'small') as Document]);
const documents = [...written, ...random];

interface Made {
  readonly key: TemplateKey;
  readonly text: string;
}

/** Key and text of each artifact, before it is formatted. Undefined where the spec has faults. */
function make(document: Document, templates = readTemplates()): ReadonlyMap<string, Made> | undefined {
  const reading = parseServiceSpec(writeSpec(document));
  return reading.kind === 'read' ? makeAll(reading.spec, templates) : undefined;
}

function makeAll(spec: ServiceSpec, templates: ReadonlyMap<string, string>): ReadonlyMap<string, Made> {
  const canonical = canonicalSpec(spec);
  const roles = new Map(artifactRoles.map((role) => [role.role, role]));
  return new Map(
    planService(spec).artifacts.flatMap((artifact): [string, Made][] => {
      const role = roles.get(artifact.role);
      if (role === undefined) return [];
      const text = renderTemplate({ templates, name: artifact.template, view: { spec, ...role.view(spec, artifact) } });
      return [[artifact.path, { key: templateKey(artifact, { spec: canonical, role, templates }), text }]];
    }),
  );
}

function changedPaths(before: ReadonlyMap<string, Made>, after: ReadonlyMap<string, Made>, part: (made: Made) => unknown): string[] {
  const isChanged = (path: string): boolean => JSON.stringify(part(before.get(path)!)) !== JSON.stringify(part(after.get(path)!));
  return [...after.keys()].filter((path) => before.has(path) && isChanged(path)).sort();
}

const bookstore = readFileSync(join(root, 'examples/bookstore.yaml'), 'utf8');

function makeText(text: string, templates = readTemplates()): ReadonlyMap<string, Made> {
  const reading = parseServiceSpec(text);
  if (reading.kind === 'faulty') throw new Error(reading.faults[0]!.message);
  return makeAll(reading.spec, templates);
}

describe('keys of template artifacts', () => {
  test('one added field changes the keys of what shows it, and no others', () => {
    const added = bookstore.replace('body: text(4000)? }', 'body: text(4000)?, mood: string(10)? }');
    const before = makeText(bookstore);
    expect(changedPaths(before, makeText(added), ({ key }) => key)).toEqual([
      'alembic/versions/0001_initial.py',
      'app/models/review.py',
      'app/repositories/review.py',
      'app/schemas/review.py',
      'tests/factories.py',
      'tests/test_review.py',
    ]);
  });

  test('a comment changes no key', () => {
    const commented = bookstore
      .replace('entities:', '# What we keep.\nentities:  # all of it')
      .replaceAll('\n  Author:', '\n\n  # Who writes.\n  Author:');
    expect(changedPaths(makeText(bookstore), makeText(commented), ({ key }) => key)).toEqual([]);
  });

  test('another template changes the keys of its files, and no others', () => {
    const name = 'app/repositories/[entity].py.jinja';
    const templates = new Map([...readTemplates()].map(([each, text]) => [each, each === name ? `${text}\n` : text]));
    const changed = changedPaths(makeText(bookstore), makeText(bookstore, templates), ({ key }) => key.template);
    expect(changed).toEqual(['author', 'book', 'category', 'order', 'review', 'user'].map((module) => `app/repositories/${module}.py`));
  });

  test.each(documents)(
    'where a text becomes another, its key does: %s',
    (name, document) => {
      const choices = randomFrom(name.length * 7919 + Object.keys(document['entities'] as Document).length);
      let current = document;
      let before = make(document)!;
      for (let edits = 0; edits < 3;) {
        const edit = editDocument(choices, current);
        const after = make(edit.document);
        if (after === undefined) continue;
        const texts = changedPaths(before, after, ({ text }) => text);
        const keys = new Set(changedPaths(before, after, ({ key }) => key));
        expect({ edit: edit.what, stale: texts.filter((path) => !keys.has(path)) }).toEqual({ edit: edit.what, stale: [] });
        current = edit.document;
        before = after;
        edits += 1;
      }
    },
    120_000,
  );

  test.each(documents)(
    'another order changes no key: %s',
    (name, document) => {
      const before = make(document)!;
      const after = make(shuffleDocument(randomFrom(name.length), document))!;
      expect(changedPaths(before, after, ({ key }) => key)).toEqual([]);
      expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    },
    120_000,
  );
});
