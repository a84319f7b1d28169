import { z } from 'zod';
import type { ArtifactRecord, Manifest } from './manifest';
import { parseJson } from './parse-json';

export type ManifestReading =
  | { readonly kind: 'read'; readonly manifest: Manifest }
  /** Written by a newer generator, whose version it is where the file says so. */
  | { readonly kind: 'newer'; readonly version: number; readonly generator: string | undefined }
  | { readonly kind: 'unreadable'; readonly line: number };

const headerSchema = z.object({ version: z.number().int(), generator: z.string().optional() });
const specSchema = z.object({ spec: z.string() });
const recordSchema = z.object({
  path: z.string(),
  role: z.string(),
  entity: z.string().optional(),
  operation: z.string().optional(),
  key: z.object({ spec: z.string(), template: z.string(), needs: z.string(), model: z.string().optional() }).optional(),
  surface: z.string().optional(),
  model: z.string().optional(),
  conflict: z.string().optional(),
});
type Header = z.infer<typeof headerSchema>;
type Line = Header | { readonly spec: string } | ArtifactRecord;

const conflictMarker = /^(<{7}|\|{7}|={7}|>{7})( |$)/;

/**
 * Reads a manifest of version 2. Its lines are a set: git may have put those of two branches together, or left its markers between them.
 * What the branches say differently (the spec, the key of an artifact) is not known then.
 */
export function parseManifest(text: string): ManifestReading {
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
  const parsed = lines
    .filter(({ line }) => line.trim() !== '' && !conflictMarker.test(line))
    .map(({ line, number }) => ({ number, value: parseLine(line) }));
  const headers = parsed.flatMap(({ value }) => (value !== undefined && 'version' in value ? [value] : []));
  const newest = headers.reduce<Header | undefined>(
    (found, header) => (found && found.version >= header.version ? found : header),
    undefined,
  );
  if (newest !== undefined && newest.version > 2) return { kind: 'newer', version: newest.version, generator: newest.generator };
  const broken = parsed.find(({ value }) => value === undefined);
  if (broken !== undefined) return { kind: 'unreadable', line: broken.number };
  if (newest?.version !== 2 || newest.generator === undefined) return { kind: 'unreadable', line: 1 };

  const specs = new Set(parsed.flatMap(({ value }) => (value !== undefined && 'spec' in value ? [value.spec] : [])));
  const records = parsed.flatMap(({ value }) => (value !== undefined && 'path' in value ? [value] : []));
  return {
    kind: 'read',
    manifest: {
      version: 2,
      generator: newest.generator,
      spec: specs.size === 1 ? [...specs][0] : undefined,
      artifacts: artifactsOf(records),
    },
  };
}

function parseLine(line: string): Line | undefined {
  const value = parseJson(line);
  for (const schema of [headerSchema, recordSchema, specSchema]) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
  }
  return undefined;
}

function artifactsOf(records: readonly ArtifactRecord[]): ReadonlyMap<string, ArtifactRecord> {
  const artifacts = new Map<string, ArtifactRecord>();
  for (const record of [...records].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const other = artifacts.get(record.path);
    artifacts.set(record.path, other === undefined ? record : bothOf(other, record));
  }
  return artifacts;
}

function bothOf(one: ArtifactRecord, other: ArtifactRecord): ArtifactRecord {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  return { ...one, ...other, model: one.model ?? other.model, key: undefined, surface: undefined, isContested: true };
}
