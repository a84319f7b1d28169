import { formatSpecFaults, generateService, GenerationError, type GenerationResult, type ProjectReader } from '@org/generator-core';
import { UserError } from '../../errors/user-error';
import { describeRefusal } from './describe-refusal';
import type { Spec } from './read-spec';

export type Generated = Extract<GenerationResult, { readonly kind: 'generated' }>;

/** Makes the service in memory. Every end but a good one is one `UserError` with all there is to say. */
export function runCore({
  spec,
  directory,
  project,
}: {
  readonly spec: Spec;
  readonly directory: string;
  readonly project: ProjectReader;
}): Generated {
  const result = generate(spec, project);
  switch (result.kind) {
    case 'generated':
      return result;
    case 'faulty-spec':
      throw new UserError(formatSpecFaults(result.faults, spec.path).trimEnd());
    case 'refused':
      throw new UserError(describeRefusal({ directory, edited: result.edited, foreign: result.foreign }));
  }
}

function generate(spec: Spec, project: ProjectReader): GenerationResult {
  try {
    return generateService({ specText: spec.text, project });
  } catch (error) {
    if (error instanceof GenerationError) throw new UserError(error.message, { cause: error });
    throw error;
  }
}
