import { GenerationError } from '../errors/generation-error';
import type { ProjectReader } from '../project/project-reader';

export const versionsFolder = 'alembic/versions/';

export interface MigrationHistory {
  /** Revisions that no other one follows, with their files; sorted. More than one when branches were merged. */
  readonly heads: readonly { readonly revision: string; readonly path: string }[];
  /** Greatest number at the start of a file's name, or of the files where they have none. */
  readonly last: number;
}

/** The migrations that stand in the project, by hand or by generator; undefined when there are none. */
export function readHistory(project: ProjectReader): MigrationHistory | undefined {
  const paths = project.list().filter((path) => path.startsWith(versionsFolder) && path.endsWith('.py') && !path.endsWith('__init__.py'));
  const revisions = paths.map((path) => ({ path, ...readRevision(path, project.read(path) ?? '') }));
  if (revisions.length === 0) return undefined;
  const followed = new Set(revisions.flatMap(({ follows }) => follows));
  const numbers = paths.map((path) => Number(/\/(\d{1,6})_[^/]*$/.exec(path)?.[1] ?? 0));
  return {
    heads: revisions.filter(({ revision }) => !followed.has(revision)).map(({ revision, path }) => ({ revision, path })),
    last: Math.max(revisions.length, ...numbers),
  };
}

function readRevision(path: string, text: string): { readonly revision: string; readonly follows: readonly string[] } {
  const revision = /^revision(?:\s*:[^=\n]+)?\s*=\s*(["'])(.+?)\1/m.exec(text)?.[2];
  const follows = /^down_revision(?:\s*:[^=\n]+)?\s*=\s*(\([^)]*\)|\[[^\]]*\]|[^\n]*)/m.exec(text)?.[1];
  if (revision === undefined || follows === undefined) {
    throw new GenerationError(
      `${path} does not say its "revision" and "down_revision" as plain texts, so it is not known which migration comes last. ` +
        `Write them as Alembic does, or move the file out of ${versionsFolder}.`,
    );
  }
  return { revision, follows: [...follows.matchAll(/(["'])(.+?)\1/g)].map((match) => match[2] ?? '') };
}
