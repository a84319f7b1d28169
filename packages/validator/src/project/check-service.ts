import type { Diagnostic } from '../diagnostics/diagnostic';
import { findFlows } from '../graph/flow/find-flows';
import { buildServiceModel } from '../graph/service/build-service-model';
import { composeService } from '../graph/service/composed-service';
import type { DefinitionIndex } from '../graph/service/definition-index';
import { findOverlaps } from '../graph/service/find-overlaps';
import { regroup } from '../graph/service/groups';
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

type Matters = (route: Route, reports: () => readonly PlacedReport[]) => boolean;

const isSpokenOf: Matters = (_, reports) => reports().length > 0;

/**
 * Rules that walk over all routes though only some can matter to them: a route is asked about once, and again when something it was judged by
 * is another; the rule then sees the routes that matter alone. `reports`: what it says when that is the only route.
 */
const ROUTES_THAT_MATTER: ReadonlyMap<string, Matters> = new Map([
  ['invalid-placeholder', isSpokenOf],
  ['invalid-websocket', isSpokenOf],
  ['duplicate-operation-id', ({ call }) => call.keywords['operation_id'] !== undefined],
]);

function reportsOf(rule: Rule, model: ServiceModel, contextWith: (model: ServiceModel) => ServiceContext): readonly PlacedReport[] {
  if (rule.checkService === undefined) return [];
  const context = contextWith(model);
  const matters = ROUTES_THAT_MATTER.get(rule.meta.id);
  if (matters === undefined) return rule.checkService(context);
  const reportAlone = (route: Route): readonly PlacedReport[] => rule.checkService!(contextWith({ ...model, routes: [route] }));
  const read = (route: Route): boolean => matters(route, () => reportAlone(route));
  const told = ofRoutes(context.index, model, { stage: `routes for ${rule.meta.id}`, read });
  const routes = model.routes.filter((_, at) => told[at]!);
  if (routes.length === 0) return [];
  return rule.checkService(contextWith({ ...model, routes, routesOf: regroup(undefined, routes, ({ owner }) => owner) }));
}
