import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the prompts, beside `src` and `dist` of this package. */
const promptsRoot = join(__dirname, '..', '..', 'prompts');

const names = ['system.md', 'write.md.jinja', 'repair.md.jinja'] as const;

/** The prompt files by name. Read once per process: the files ship with the package. */
export function readPrompts(): ReadonlyMap<string, string> {
  loaded ??= new Map(names.map((name) => [name, readFileSync(join(promptsRoot, name), 'utf8')]));
  return loaded;
}

let loaded: ReadonlyMap<string, string> | undefined;
