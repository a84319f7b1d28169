import type { ProjectReader } from '../project/project-reader';

/** A project that lives in an object: path → text. */
export function mapProject(files: Readonly<Record<string, string>>): ProjectReader {
  return { list: () => Object.keys(files).sort(), read: (path) => files[path] };
}
