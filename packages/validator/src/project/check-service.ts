import type { Diagnostic } from '../diagnostics/diagnostic';
import { findFlows } from '../graph/flow/find-flows';
import { buildServiceModel } from '../graph/service/build-service-model';
import { DefinitionIndex } from '../graph/service/definition-index';
import { findOverlaps } from '../graph/service/find-overlaps';
import type { WiredProject } from '../graph/service/reference-resolver';
import { RULES } from '../rules/registry';
import type { RuleContext } from '../rules/rule';
import { toDiagnostic } from './to-diagnostic';

/**
 * What the rules about the whole service say, computed from the facts of all files;
 * the facts are kept per file, and nothing is parsed for it.
 */
export function checkService(project: WiredProject, contextOf: (path: string) => RuleContext): readonly Diagnostic[] {
  const index = new DefinitionIndex(project);
  const model = buildServiceModel(index);
  const contexts = new Map<string, RuleContext>();
  const contextAt = (path: string): RuleContext => {
    const context = contexts.get(path) ?? contextOf(path);
    contexts.set(path, context);
    return context;
  };
  const context = {
    model,
    index,
    overlaps: findOverlaps(model),
    flows: findFlows(model, index),
    lineIn: (path: string, offset: number) => contextAt(path).lines.position(offset).line,
    moduleOf: (path: string) => project.resolver.moduleOf(path) ?? path,
  };
  return RULES.flatMap((rule) =>
    (rule.checkService?.(context) ?? []).map(({ path, ...report }) =>
      toDiagnostic(rule, report, contextAt(path), (other) => contextAt(other).lines),
    ),
  );
}
