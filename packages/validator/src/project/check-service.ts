import type { Diagnostic } from '../diagnostics/diagnostic';
import { findFlows } from '../graph/flow/find-flows';
import { buildServiceModel } from '../graph/service/build-service-model';
import { composeService } from '../graph/service/composed-service';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { findOverlaps } from '../graph/service/find-overlaps';
import { listRouteWays } from '../graph/service/route-ways';
import type { Rule, RuleContext, ServiceContext } from '../rules/rule';
import { toDiagnostic } from './to-diagnostic';

export interface AskedRules {
  readonly asked: readonly Rule[];
  readonly contextOf: (path: string) => RuleContext;
}

/**
 * What those of the asked rules that are about the whole service say, computed from the facts of all files;
 * the facts are kept per file, and nothing is parsed for it. What the index found out before is found out again only where files differ.
 */
export function checkService(index: DefinitionIndex, { asked, contextOf }: AskedRules): readonly Diagnostic[] {
  if (!asked.some((rule) => rule.checkService !== undefined)) return [];
  const model = buildServiceModel(index);
  const composed = composeService(model, index);
  const contexts = new Map<string, RuleContext>();
  const contextAt = (path: string): RuleContext => {
    const context = contexts.get(path) ?? contextOf(path);
    contexts.set(path, context);
    return context;
  };
  let flows: ServiceContext['flows'] | undefined;
  const context: ServiceContext = {
    model,
    index,
    composed,
    ways: listRouteWays(model, composed, index),
    overlaps: findOverlaps(model, composed, index),
    get flows() {
      return (flows ??= findFlows(model, index));
    },
    lineIn: (path: string, offset: number) => contextAt(path).lines.position(offset).line,
    moduleOf: (path: string) => index.project.resolver.moduleOf(path) ?? path,
  };
  return asked.flatMap((rule) =>
    (rule.checkService?.(context) ?? []).map(({ path, ...report }) =>
      toDiagnostic(rule, report, contextAt(path), (other) => contextAt(other).lines),
    ),
  );
}
