import { join } from 'node:path';
import type { CreateDependencies, CreateDependenciesContext, DependencyType } from '@nx/devkit';
import { workspaceDataDirectory } from '../../nx-plugin-cache';
import type { FastApiPluginOptions } from '../normalize-options';
import { chooseEdges } from './choose-edges';
import { edgesKey, readEdges, writeEdges } from './edge-record';
import { ImportMemory } from './import-memory';
import type { ProjectEdge } from './link-projects';
import { readStoredTargets } from './read-stored-targets';
import { traceDependencies } from './trace-dependencies';

/** The values of the enum, without loading the devkit for them. */
const staticType = 'static' as DependencyType.static;
const implicitType = 'implicit' as DependencyType.implicit;

/** The daemon asks again and again: it reads the file once. What is in it cannot get out of date. */
let memory: ImportMemory | undefined;

/** Edges from imports in Python files and from what manifests take from the workspace, for all projects of Nx that have any. */
export const createDependencies: CreateDependencies<FastApiPluginOptions> = async (_, context) => {
  const edges = await edgesOf(context);
  const changed = new Set(Object.values(context.filesToProcess.projectFileMap).flatMap((files) => files.map(({ file }) => file)));
  const { told, lost } = chooseEdges({ edges, isChanged: (file) => changed.has(file), stored: readStoredTargets });
  return [...told.map((edge) => ({ ...edge, type: staticType })), ...lost.map((pair) => ({ ...pair, type: implicitType }))];
};

async function edgesOf(context: CreateDependenciesContext): Promise<readonly ProjectEdge[]> {
  const record = join(workspaceDataDirectory, 'fastapi-edges.json');
  const key = edgesKey(context);
  const known = readEdges(record, key);
  if (known !== undefined) return known;
  memory ??= ImportMemory.open(join(workspaceDataDirectory, 'fastapi-imports.txt'));
  const { edges, unread } = await traceDependencies(context, memory);
  if (unread.length === 0) writeEdges(record, key, edges);
  return edges;
}
