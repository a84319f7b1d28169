import { readFacts } from '../cache/read-facts';
import { isOutlineEnough } from './check-project';
import type { CheckArguments } from './command-arguments';
import type { CommandProject } from './command-project';
import { parseArguments } from './parse-arguments';
import { readProjects, type ReadProjects } from './read-projects';

interface Preparation {
  readonly words: readonly string[];
  readonly folder: string;
  readonly cacheFolder: string | undefined;
}

/** Reads what the words ask for, with the facts of all files. Undefined: the words ask for something else, or cannot be followed. */
export async function prepareProjects(
  preparation: Preparation,
): Promise<(ReadProjects & { readonly paths: readonly string[] }) | undefined> {
  const parsed = parseArguments(preparation.words);
  if (parsed.kind !== 'check' || parsed.fix !== 'none') return undefined;
  const read = tryRead(preparation.folder, parsed.paths);
  if (read === undefined) return undefined;
  const projects: CommandProject[] = [];
  for (const project of read.projects) projects.push(await withFacts(project, preparation.cacheFolder, parsed));
  return { ...read, projects, paths: parsed.paths };
}

async function withFacts(project: CommandProject, cacheFolder: string | undefined, options: CheckArguments): Promise<CommandProject> {
  const { files, root, digestOf } = project;
  const digests = new Map(
    [...files.keys()].flatMap((path): [string, string][] => {
      const digest = digestOf(path);
      return digest === undefined ? [] : [[path, digest]];
    }),
  );
  const depth = isOutlineEnough(project, options) ? 'outline' : 'full';
  const { readSummary } = await readFacts(files, { cacheFolder, project: root, threads: options.threads, digests, depth });
  return { ...project, facts: depth === 'full' ? { readSummary } : { readOutline: readSummary } };
}

/** What hinders reading is said by whoever reads next. */
function tryRead(folder: string, paths: readonly string[]): ReadProjects | undefined {
  try {
    return readProjects(folder, paths);
  } catch {
    return undefined;
  }
}
