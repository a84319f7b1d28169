import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the templates, beside `src` and `dist` of this package. */
const templatesRoot = join(__dirname, '..', '..', 'templates');

/** Text of every template by its path below the templates folder, with `/`. Read once per process: the files ship with the package. */
export function readTemplates(): ReadonlyMap<string, string> {
  loaded ??= new Map(
    readdirSync(templatesRoot, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(templatesRoot.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
  );
  return loaded;
}

let loaded: ReadonlyMap<string, string> | undefined;
