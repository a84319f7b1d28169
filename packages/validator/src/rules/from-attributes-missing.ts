import type { ModelCall } from '../extract/service/model-facts';
import { isTest } from '../graph/service/is-test';
import { readSchemaShape } from '../graph/service/model-shapes';
import { ValueClasses } from '../graph/service/value-class';
import { isRowClass } from '../graph/service/value-type';
import { defineServiceRule } from './define-service-rule';
import type { PlacedReport, ServiceContext } from './rule';

/** Routes are left alone: FastAPI itself reads answers by their attributes (run: 0.142 and 0.165). */
export const fromAttributesMissing = defineServiceRule(
  {
    id: 'from-attributes-missing',
    since: '0.3.0',
    severity: 'error',
    summary: 'A database row is read into a schema that takes dictionaries only.',
    why: '`model_validate` of an object needs `from_attributes`; without it every call raises ValidationError.',
    whatToDo: 'Set `model_config = ConfigDict(from_attributes=True)` on the schema, or hand `from_attributes=True` to the call.',
    examples: [
      {
        bad: 'class UserRead(BaseModel):\n    id: int\n\nUserRead.model_validate(user)  # user: User, a mapped class',
        good: 'class UserRead(BaseModel):\n    model_config = ConfigDict(from_attributes=True)\n    id: int\n\nUserRead.model_validate(user)',
      },
    ],
  },
  (context) => {
    const values = new ValueClasses(context.index);
    const callsIn = (path: string): readonly ModelCall[] =>
      isTest(path) ? [] : (context.index.project.summaries.get(path)?.service?.modelCalls ?? []);
    return context.index.itemsOf('from-attributes-missing', (path) =>
      callsIn(path).flatMap((call) => reportCall(path, call, values, context)),
    );
  },
);

function reportCall(path: string, call: ModelCall, values: ValueClasses, { index }: ServiceContext): readonly PlacedReport[] {
  const { callee, keywords, spreads, argument, isGuarded } = call;
  const method = callee.names.at(-1)!;
  const isRead = method === 'model_validate' || method === 'from_orm';
  if (!isRead || isGuarded || spreads.length > 0 || keywords.some(({ name }) => name === 'from_attributes')) return [];
  const target = index.resolver.resolve(path, { ...callee, names: callee.names.slice(0, -1) });
  const schema = target.kind === 'variable' ? index.definitionAt(`${target.path}#${target.variable}`) : undefined;
  if (schema?.kind !== 'class') return [];
  const row = values.classOf(path, argument);
  if (row === undefined || !isRowClass(row, index)) return [];
  const shape = readSchemaShape(schema.path, schema.definition, index);
  if (shape === undefined || shape.readsAttributes || shape.hasModelValidator) return [];
  return [
    {
      path,
      span: call.span,
      message: `\`${shape.name}.${method}\` reads an object of \`${row.definition.name}\`, and \`${shape.name}\` takes dictionaries only: every call raises ValidationError. Set \`model_config = ConfigDict(from_attributes=True)\` on \`${shape.name}\`.`,
      data: { schema: shape.name, class: row.definition.name },
    },
  ];
}
