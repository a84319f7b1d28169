import {
  formatSpecFaults,
  generateService,
  GenerationError,
  type GenerationResult,
  type MigrationWishes,
  type ProjectReader,
} from '@org/generator-core';
import { UserError } from '../../errors/user-error';
import { describeRefusal } from './describe-refusal';
import { describeRefusedMigration } from './describe-refused-migration';
import type { Spec } from './read-spec';

export type Generated = Extract<GenerationResult, { readonly kind: 'generated' }>;

interface Target {
  readonly spec: Spec;
  readonly directory: string;
}

/** Makes the service in memory. Every end but a good one is one `UserError` with all there is to say. */
export function runCore({
  spec,
  directory,
  project,
  migration,
  all,
}: Target & { readonly project: ProjectReader; readonly migration: MigrationWishes; readonly all: boolean }): Generated {
  try {
    return settle(generateService({ specText: spec.text, project, migration, all }), { spec, directory });
  } catch (error) {
    throw error instanceof GenerationError ? new UserError(error.message, { cause: error }) : error;
  }
}

/** What is worth writing; a `UserError` for every other end. */
export function settle(result: GenerationResult, { spec, directory }: Target): Generated {
  switch (result.kind) {
    case 'generated':
      return result;
    case 'faulty-spec':
      throw new UserError(formatSpecFaults(result.faults, spec.path).trimEnd());
    case 'refused':
      throw new UserError(describeRefusal({ directory, edited: result.edited, foreign: result.foreign }));
    case 'refused-migration':
      throw new UserError(describeRefusedMigration(result.migration, directory));
    case 'cancelled':
      throw new UserError(
        `Stopped, and nothing was written to ${directory}. What was answered is kept: run the same command again to go on.`,
      );
  }
}
