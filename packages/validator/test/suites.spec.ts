import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatSurface, openProject, parseSurface, type ProjectSurface } from '../src/index';
import { readSuite } from './read-suite';

const SUITES = join(__dirname, '..', 'suites');

/** As they are read back by whoever depends on them; a library may use those that stand before it. */
function surfacesOf(libraries: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlyMap<string, ProjectSurface> {
  const surfaces = new Map<string, ProjectSurface>();
  for (const [name, files] of libraries) {
    const surface = openProject({ files, libraries: new Map(surfaces) }).surfaceOf();
    surfaces.set(name, parseSurface(formatSurface(surface))!);
    expect(surfaces.get(name)).toEqual(surface);
  }
  return surfaces;
}

for (const path of readdirSync(SUITES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .sort()) {
  describe(path, () => {
    for (const { title, files, libraries, expected } of readSuite(readFileSync(join(SUITES, path), 'utf8'))) {
      test(title, () => {
        expect(files.size).toBeGreaterThan(0);
        const found = openProject({ files, libraries: surfacesOf(libraries) }).check();
        const label = (place: { path: string; line: number; rule: string; certainty: string }): string =>
          `${place.path}:${place.line} ${place.certainty} ${place.rule}`;
        const foundLabels = found.map(({ path: file, range, rule, certainty }) =>
          label({ path: file, line: range.start.line, rule, certainty }),
        );
        expect(foundLabels.sort(), found.map(({ message }) => message).join('\n')).toEqual(expected.map(label).sort());
        for (const wanted of expected) {
          const same = found.filter(
            ({ path: file, range, rule }) => file === wanted.path && range.start.line === wanted.line && rule === wanted.rule,
          );
          expect(same.map(({ message }) => message).join('\n')).toContain(wanted.part);
        }
      });
    }
  });
}
