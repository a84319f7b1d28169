import type { Diagnostic } from '../diagnostics/diagnostic';
import { findFlows } from '../graph/flow/find-flows';
import { buildServiceModel } from '../graph/service/build-service-model';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { findOverlaps } from '../graph/service/find-overlaps';
import { keepRouteWays, listRouteWays, type RouteWays } from '../graph/service/route-ways';
import type { Route } from '../graph/service/service-model';
import type { Rule, RuleContext, ServiceContext } from '../rules/rule';
import { toDiagnostic } from './to-diagnostic';

export interface ServiceCheck {
  readonly diagnostics: readonly Diagnostic[];
  /** For the next check. */
  readonly ways: ReadonlyMap<Route, RouteWays>;
}

export interface AskedRules {
  readonly asked: readonly Rule[];
  readonly contextOf: (path: string) => RuleContext;
}

/**
 * What those of the asked rules that are about the whole service say, computed from the facts of all files;
 * the facts are kept per file, and nothing is parsed for it. What the index found out before is found out again only where files differ.
 */
export function checkService(
  index: DefinitionIndex,
  waysBefore: ReadonlyMap<Route, RouteWays>,
  { asked, contextOf }: AskedRules,
): ServiceCheck {
  if (!asked.some((rule) => rule.checkService !== undefined)) return { diagnostics: [], ways: waysBefore };
  const model = buildServiceModel(index);
  const { memo } = index;
  const ways = memo.derive('ways', [model], () => keepRouteWays(waysBefore, listRouteWays(model), index));
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
    ways,
    overlaps: memo.derive('overlaps', [model], () => findOverlaps(model)),
    get flows() {
      return (flows ??= findFlows(model, index));
    },
    lineIn: (path: string, offset: number) => contextAt(path).lines.position(offset).line,
    moduleOf: (path: string) => index.project.resolver.moduleOf(path) ?? path,
  };
  const diagnostics = asked.flatMap((rule) =>
    (rule.checkService?.(context) ?? []).map(({ path, ...report }) =>
      toDiagnostic(rule, report, contextAt(path), (other) => contextAt(other).lines),
    ),
  );
  return { diagnostics, ways };
}
