import { join } from 'node:path';
import type { CreateDependencies, DependencyType } from '@nx/devkit';
import { workspaceDataDirectory } from '../../nx-plugin-cache';
import type { FastApiPluginOptions } from '../normalize-options';
import { ImportMemory } from './import-memory';
import { traceDependencies } from './trace-dependencies';

/** The values of the enum, without loading the devkit for them. */
const staticType = 'static' as DependencyType.static;
const implicitType = 'implicit' as DependencyType.implicit;

/** The daemon asks again and again: it reads the file once. What is in it cannot get out of date. */
let memory: ImportMemory | undefined;

/** Edges from imports in Python files and from what manifests take from the workspace, for all projects of Nx that have any. */
export const createDependencies: CreateDependencies<FastApiPluginOptions> = async (_, context) => {
  memory ??= ImportMemory.open(join(workspaceDataDirectory, 'fastapi-imports.txt'));
  const { edges, lost } = await traceDependencies(context, memory);
  return [...edges.map((edge) => ({ ...edge, type: staticType })), ...lost.map((edge) => ({ ...edge, type: implicitType }))];
};
