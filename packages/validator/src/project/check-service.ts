import type { Diagnostic } from '../diagnostics/diagnostic';
import { findFlows } from '../graph/flow/find-flows';
import { buildServiceModel } from '../graph/service/build-service-model';
import { composeService } from '../graph/service/composed-service';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { findOverlaps } from '../graph/service/find-overlaps';
import { ofRoutes } from '../graph/service/of-routes';
import { listRouteWays } from '../graph/service/route-ways';
import type { Route, ServiceModel } from '../graph/service/service-model';
import type { PlacedReport, Rule, RuleContext, ServiceContext } from '../rules/rule';
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
  const ways = listRouteWays(model, composed, index);
  const overlaps = findOverlaps(model, composed, index);
  const contextWith = (shown: ServiceModel): ServiceContext => ({
    model: shown,
    index,
    composed,
    ways,
    overlaps,
    get flows() {
      return (flows ??= findFlows(model, index));
    },
    lineIn: (path: string, offset: number) => contextAt(path).lines.position(offset).line,
    moduleOf: (path: string) => index.project.resolver.moduleOf(path) ?? path,
  });
  return asked.flatMap((rule) =>
    reportsOf(rule, model, contextWith).map(({ path, ...report }) =>
      toDiagnostic(rule, report, contextAt(path), (other) => contextAt(other).lines),
    ),
  );
}

/** Rules that go through the routes and judge each by itself, so that what they say of a route is kept as long as nothing is another that they read. */
export const RULES_OF_SINGLE_ROUTES: ReadonlySet<string> = new Set(['invalid-placeholder', 'invalid-websocket']);

function reportsOf(rule: Rule, model: ServiceModel, contextWith: (model: ServiceModel) => ServiceContext): readonly PlacedReport[] {
  if (rule.checkService === undefined) return [];
  const context = contextWith(model);
  if (!RULES_OF_SINGLE_ROUTES.has(rule.meta.id)) return rule.checkService(context);
  const speaks = (route: Route): boolean => rule.checkService!(contextWith({ ...model, routes: [route] })).length > 0;
  const told = ofRoutes(context.index, model, { stage: `routes for ${rule.meta.id}`, read: speaks });
  const routes = model.routes.filter((_, at) => told[at]!);
  return routes.length === 0 ? [] : rule.checkService(contextWith({ ...model, routes }));
}
