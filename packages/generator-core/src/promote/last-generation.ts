import { z } from 'zod';
import { GenerationError } from '../errors/generation-error';
import type { ProjectReader } from '../project/project-reader';
import { basePathOf, madePathOf } from './base-path';
import { conflictPaths } from './conflict-files';
import { manifestPath, type ArtifactRecord, type Manifest } from './manifest';
import { parseJson } from './parse-json';
import { parseManifest } from './parse-manifest';
import { textHash } from './text-hash';

/** What the last run left in the project. */
export interface LastGeneration {
  readonly manifest: Manifest;
  /**
   * The text that was generated last time; undefined when it is not known.
   * Manifests of version 1 knew texts by their hashes alone: `candidate` is a text that may have been it.
   */
  readonly baseOf: (path: string, candidate?: string) => string | undefined;
  /** What the last run made; where it did not come to the disk that is not the base, for the user's file still stems from the text before. */
  readonly madeOf: (path: string) => string | undefined;
}

/** The manifest of version 1: one JSON document, which knew hashes only. */
export const firstManifestPath = '.fastapi/manifest.json';

/** Undefined before the first run. Throws `GenerationError` when there is a manifest that cannot be read. */
export function readLastGeneration(project: ProjectReader): LastGeneration | undefined {
  const manifest = readManifest(project);
  const first = readFirstManifest(project);
  const last = first === undefined ? manifest && lastOf(manifest, project) : lastOfBoth(first, manifest, project);
  return (
    last && { ...last, madeOf: (path) => project.read(conflictPaths(path).offered) ?? project.read(madePathOf(path)) ?? last.baseOf(path) }
  );
}

type Texts = Omit<LastGeneration, 'madeOf'>;

function lastOf(manifest: Manifest, project: ProjectReader): Texts {
  return { manifest, baseOf: (path) => project.read(basePathOf(path)) };
}

function lastOfBoth(first: FirstManifest, manifest: Manifest | undefined, project: ProjectReader): Texts {
  const firstRecords = recordsOf(first);
  return {
    manifest:
      manifest === undefined
        ? { version: 2, generator: first.generator, spec: first.spec, artifacts: firstRecords }
        : // A branch from before the change of versions was merged: its files are ours, too.
          { ...manifest, spec: manifest.spec === first.spec ? first.spec : undefined, artifacts: joined(firstRecords, manifest.artifacts) },
    baseOf: (path, candidate) => {
      const base = project.read(basePathOf(path));
      if (base !== undefined || manifest?.artifacts.has(path)) return base;
      const hash = first.files[path];
      return [project.read(path), candidate].find((text) => text !== undefined && textHash(text) === hash);
    },
  };
}

function joined(
  first: ReadonlyMap<string, ArtifactRecord>,
  second: ReadonlyMap<string, ArtifactRecord>,
): ReadonlyMap<string, ArtifactRecord> {
  return new Map([...new Map([...first, ...second])].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function readManifest(project: ProjectReader): Manifest | undefined {
  const text = project.read(manifestPath);
  if (text === undefined) return undefined;
  const reading = parseManifest(text);
  switch (reading.kind) {
    case 'read':
      return reading.manifest;
    case 'newer':
      throw newerError(manifestPath, reading);
    case 'unreadable':
      throw new GenerationError(
        `${manifestPath} cannot be read (line ${reading.line}), so it is not known which files were edited since they were generated. ` +
          'Restore it from version control. After a merge, keep the lines of both sides: it does not matter that some come twice.',
      );
  }
}

const firstManifestSchema = z.object({
  version: z.literal(1),
  generator: z.string(),
  spec: z.string(),
  files: z.record(z.string(), z.string()),
  models: z.record(z.string(), z.string()).optional(),
});
type FirstManifest = z.infer<typeof firstManifestSchema>;

const newerSchema = z.object({ version: z.number().int().gt(2), generator: z.string().optional() });

function readFirstManifest(project: ProjectReader): FirstManifest | undefined {
  const text = project.read(firstManifestPath);
  if (text === undefined) return undefined;
  const value = parseJson(text);
  const parsed = firstManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const newer = newerSchema.safeParse(value);
  if (newer.success) throw newerError(firstManifestPath, newer.data);
  throw new GenerationError(
    `${firstManifestPath} cannot be read as a manifest of version 1, so it is not known which files were edited since they were generated. ` +
      'Restore it from version control. After a merge, take either side.',
  );
}

function recordsOf({ files, models = {} }: FirstManifest): ReadonlyMap<string, ArtifactRecord> {
  const paths = Object.keys(files).sort();
  return new Map(paths.map((path) => [path, { path, role: 'unknown', ...(models[path] === undefined ? {} : { model: models[path] }) }]));
}

function newerError(path: string, { version, generator }: { version: number; generator?: string | undefined }): GenerationError {
  const writer = generator === undefined ? 'a newer version of @org/fastapi' : `@org/fastapi ${generator}`;
  return new GenerationError(
    `${path} was written by ${writer} (manifest version ${version}), and this version knows manifests up to version 2. ` +
      'Update @org/fastapi in this workspace: nx migrate @org/fastapi.',
  );
}
