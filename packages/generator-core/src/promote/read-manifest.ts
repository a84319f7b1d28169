import { z } from 'zod';
import { GenerationError } from '../errors/generation-error';
import type { ProjectReader } from '../project/project-reader';
import { manifestPath, type Manifest } from './manifest';

const manifestSchema = z.object({
  version: z.literal(1),
  generator: z.string(),
  spec: z.string(),
  files: z.record(z.string(), z.string()),
  models: z.record(z.string(), z.string()).optional(),
});

/** The manifest of the last run; undefined before the first. Throws `GenerationError` when there is one that cannot be read. */
export function readManifest(project: ProjectReader): Manifest | undefined {
  const text = project.read(manifestPath);
  if (text === undefined) return undefined;
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new GenerationError(
    `${manifestPath} cannot be read as a manifest of version 1, so it is not known which files were edited since they were generated. ` +
      'Restore it from version control, or use the version of @org/fastapi that wrote it.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
