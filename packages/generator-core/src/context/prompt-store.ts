import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the prompts, beside `src` and `dist` of this package. */
const promptsRoot = join(__dirname, '..', '..', 'prompts');

const names = ['system.md', 'write.md.jinja', 'repair.md.jinja'] as const;

/** The prompt files by name, those of `briefs` with their folder: `briefs/model.md.jinja`. Read once per process: the files ship with the package. */
export function readPrompts(): ReadonlyMap<string, string> {
  loaded ??= new Map([...names, ...briefNames()].map((name) => [name, readFileSync(join(promptsRoot, name), 'utf8')]));
  return loaded;
}

function briefNames(): readonly string[] {
  return readdirSync(join(promptsRoot, 'briefs'))
    .filter((name) => name.endsWith('.md.jinja'))
    .sort()
    .map((name) => `briefs/${name}`);
}

let loaded: ReadonlyMap<string, string> | undefined;
