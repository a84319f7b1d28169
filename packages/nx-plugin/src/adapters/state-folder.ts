import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What repairs have taught, from the workspace's root: a file to read, to edit and to commit. */
export const knowledgePath = '.fastapi/knowledge.json';

/** Where a workspace keeps what runs with a model leave behind. What has been learned is for everybody; the rest is this machine's. */
const ignored = ['/journal/', '/reports/', '/history.jsonl'];

export interface StateFolder {
  /** What was paid for, of one service. */
  readonly journalFile: string;
  /** Of the last run of the service. */
  readonly reportFile: string;
  readonly readHistory: () => string;
  readonly appendHistory: (line: string) => void;
  /** Gives the path to show to the user. */
  readonly writeReport: (text: string) => string;
  readonly readKnowledge: () => string | undefined;
  readonly writeKnowledge: (text: string) => void;
}

/** `.fastapi` of the workspace, made when something is first written. `directory` is the service's. */
export function openStateFolder(workspaceRoot: string, directory: string): StateFolder {
  const folder = join(workspaceRoot, '.fastapi');
  const name = directory.replaceAll('/', '-');
  const write = (path: string, put: (file: string) => void): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), `${ignored.join('\n')}\n`);
    put(join(folder, path));
  };
  return {
    journalFile: join(folder, 'journal', `${name}.jsonl`),
    reportFile: join(folder, 'reports', `${name}.json`),
    readHistory: () => textOf(join(folder, 'history.jsonl')) ?? '',
    appendHistory: (line) => line !== '' && write('history.jsonl', (file) => appendFileSync(file, line)),
    writeReport: (text) => {
      write(`reports/${name}.json`, (file) => writeFileSync(file, text));
      return `.fastapi/reports/${name}.json`;
    },
    readKnowledge: () => textOf(join(folder, 'knowledge.json')),
    writeKnowledge: (text) => write('knowledge.json', (file) => writeFileSync(file, text)),
  };
}

function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
