import type { FunctionFacts } from '../extract/service/service-facts';
import { listDependencies, type DependencyUse } from '../graph/service/list-dependencies';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

export const calledDependency = defineServiceRule(
  {
    id: 'called-dependency',
    since: '0.2.0',
    severity: 'error',
    summary: 'A dependency is called where FastAPI wants to call it.',
    why: '`Depends(get_db())` hands over what the call gives, here nothing callable, and FastAPI refuses it while the module loads.',
    whatToDo: 'Write `Depends(get_db)`; a call is right only when the function makes another function.',
    examples: [{ bad: 'def read(db=Depends(get_db())): ...', good: 'def read(db=Depends(get_db)): ...' }],
  },
  (context) =>
    context.index.itemsOf('called-dependency', (path) => listDependencies(path, context.index).flatMap((use) => reportUse(use, context))),
);

function reportUse({ path, dependency }: DependencyUse, { index }: ServiceContext): readonly PlacedReport[] {
  if (dependency?.kind !== 'call') return [];
  const found = index.definitionOf(path, dependency.callee);
  if (found?.kind !== 'function' || found.definition.decorators.length > 0 || found.definition.place.conditional) return [];
  const result = resultOf(found.definition);
  if (result === undefined) return [];
  const { name } = found.definition;
  return [
    {
      path,
      span: dependency.span,
      message: `\`Depends(${name}(…))\` hands over ${result}, which cannot be called: FastAPI fails while the module loads. Write \`Depends(${name})\`.`,
      data: { name },
    },
  ];
}

/** What a call surely gives when that is nothing callable. */
function resultOf({ isAsync, isGenerator, returnsPlainValue }: FunctionFacts): string | undefined {
  if (isGenerator) return isAsync ? 'an asynchronous generator' : 'a generator';
  if (isAsync) return 'a coroutine';
  return returnsPlainValue ? 'a plain value' : undefined;
}
