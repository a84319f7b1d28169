import type { RequestFlow } from '../graph/flow/find-flows';
import type { SinkKind } from '../graph/flow/flow-value';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, Rule, RuleMeta } from './rule';

/** A rule about request data that arrives at one kind of dangerous call; `danger` says what a client can do there. */
export function defineFlowRule(meta: RuleMeta, kind: SinkKind, danger: string): Rule {
  return defineServiceRule(meta, ({ flows }) =>
    flows.filter((flow) => flow.kind === kind).map((flow) => toReport(flow, danger, meta.whatToDo)),
  );
}

function toReport({ path, span, source, callee, isCertain, steps }: RequestFlow, danger: string, whatToDo: string): PlacedReport {
  const verb = isCertain ? 'reaches' : 'may reach';
  return {
    path,
    span,
    certainty: isCertain ? 'certain' : 'possible',
    message: `Request data (${source}) ${verb} \`${callee}\`: ${danger} ${whatToDo}`,
    data: { source, sink: callee },
    flow: steps,
  };
}
