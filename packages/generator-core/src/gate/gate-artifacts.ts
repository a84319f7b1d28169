import type { Diagnostic, Project } from '@org/validator';
import type { Artifact } from '../plan/artifact';
import { dataFaults } from './data-faults';
import { diagnosticAt } from './diagnostic-at';
import { groupByPath } from './group-by-path';

export interface Candidate {
  readonly artifact: Artifact;
  readonly text: string;
}

/**
 * What stands against accepting a batch of candidates, by path; a path without an entry is accepted.
 * Python is judged by the validator against everything accepted so far (`project` has it, and keeps the batch);
 * then its imports are compared with the plan, and its names with what it promised to provide.
 * Only certain diagnostics count.
 */
export function gateArtifacts(batch: readonly Candidate[], project: Project): ReadonlyMap<string, readonly Diagnostic[]> {
  project.update(new Map(batch.map(({ artifact, text }) => [artifact.path, text])));
  const python = batch.filter(({ artifact }) => artifact.path.endsWith('.py'));
  const found = project.check(python.map(({ artifact }) => artifact.path)).filter((diagnostic) => diagnostic.certainty === 'certain');
  const diagnostics = [
    ...found,
    ...python.flatMap(({ artifact }) => [...importsOutsidePlan(artifact, project), ...missingNames(artifact, project, found)]),
    ...batch.flatMap(({ artifact, text }) => dataFaults(artifact.path, text)),
  ];
  return groupByPath(diagnostics);
}

/** A file may import only from what the plan says it needs: the order of making, and later what is made anew, rest on that. */
function importsOutsidePlan(artifact: Artifact, project: Project): readonly Diagnostic[] {
  const allowed = new Set(artifact.needs);
  return project
    .importsOf(artifact.path)
    .filter((use) => use.path !== artifact.path && !allowed.has(use.path))
    .map((use) =>
      diagnosticAt(
        artifact.path,
        use.line,
        'import-outside-plan',
        `${artifact.path} imports ${use.module}, which the plan does not let it need. Add ${use.path} to the "needs" of the role ${artifact.role}.`,
      ),
    );
}

/** A file that does not parse has no names; its syntax error is enough. */
function missingNames(artifact: Artifact, project: Project, found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.some((diagnostic) => diagnostic.path === artifact.path && diagnostic.rule === 'syntax-error')) return [];
  const names = new Set(project.surface(artifact.path)?.exports.map((symbol) => symbol.name) ?? []);
  return artifact.provides
    .filter((name) => !names.has(name))
    .map((name) =>
      diagnosticAt(
        artifact.path,
        1,
        'missing-provided-name',
        `${artifact.path} does not define ${name}, which the plan promises to other files. Define it, or take it from the "provides" of the role ${artifact.role}.`,
      ),
    );
}
