import type { ParameterFacts } from '../extract/service/service-facts';
import { ofRoutes, onePerHandler } from '../graph/service/of-routes';
import type { Route } from '../graph/service/service-model';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const missingDepends = defineServiceRule(
  {
    id: 'missing-depends',
    since: '0.2.0',
    severity: 'error',
    summary: 'A parameter of a route has a function as its default value.',
    why: 'FastAPI does not call it: the route gets the function itself, or the module fails to load.',
    whatToDo: 'Wrap it: `Depends(get_db)`.',
    examples: [{ bad: '@app.get("/")\ndef read(db=get_db): ...', good: '@app.get("/")\ndef read(db=Depends(get_db)): ...' }],
  },
  (context) => {
    const { index, model } = context;
    const read = ({ handler, handlerPath, isWrapped }: Route): readonly PlacedReport[] =>
      isWrapped ? [] : (handler?.parameters ?? []).flatMap((parameter) => reportParameter(handlerPath, parameter, context));
    const reports = ofRoutes(index, model, { stage: 'missing-depends', read });
    return index.memo.derive('missing-depends', [model.routes, reports], () => onePerHandler(model.routes, reports));
  },
);

function reportParameter(path: string, { value, name }: ParameterFacts, { index }: ServiceContext): readonly PlacedReport[] {
  if (value === undefined) return [];
  const isCalled = value.kind === 'call';
  const found = index.definitionOf(path, isCalled ? value.callee : value);
  if (found?.kind !== 'function' || found.definition.decorators.length > 0) return [];
  const { isAsync, isGenerator, name: used } = found.definition;
  if (isCalled && !isAsync && !isGenerator) return [];
  const given = isCalled ? `what one call of \`${used}\` made while the module loaded` : `the function \`${used}\` itself`;
  return [
    {
      path,
      span: value.span,
      message: `\`${name}\` gets ${given}, not what it gives for this request: FastAPI calls only what \`Depends\` wraps. Write \`Depends(${used})\`.`,
      data: { parameter: name, function: used },
    },
  ];
}
