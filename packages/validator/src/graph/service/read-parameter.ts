import type { CallExpression, Expression } from '../../extract/service/expression';
import type { ParameterFacts } from '../../extract/service/service-facts';
import type { DefinitionIndex } from './definition-index';

/** A parameter with its aliases followed. */
export interface ReadParameter {
  /** The type alone, without `Annotated`. */
  readonly type: { readonly path: string; readonly expression: Expression } | undefined;
  /** Calls such as `Depends(…)` and `Path(…)`, from the annotation and the default value. */
  readonly marks: readonly { readonly path: string; readonly call: CallExpression }[];
  /** Metadata or an alias is not known, so there may be marks nobody sees. */
  readonly isComplete: boolean;
}

/** Follows `CurrentUser = Annotated[User, Depends(…)]`, also one inside another and over files. */
export function readParameter(path: string, { annotation, value }: ParameterFacts, index: DefinitionIndex): ReadParameter {
  const marks: { path: string; call: CallExpression }[] = value?.kind === 'call' ? [{ path, call: value }] : [];
  const named = value?.kind === 'reference' ? namedCall(path, value, index) : undefined;
  let isComplete = named === undefined || isDependency(named, index);
  if (named !== undefined && isComplete) marks.push(named);
  let type = annotation === undefined ? undefined : index.withoutAlias(path, annotation);
  for (let count = 0; count < 10 && type?.expression.kind === 'subscript'; count += 1) {
    const { path: file, expression } = type;
    if (index.externalName(file, expression.value) !== 'typing.Annotated') break;
    for (const item of expression.items.slice(1)) {
      if (item.kind === 'call') marks.push({ path: file, call: item });
      else if (item.kind !== 'text') isComplete = false;
    }
    const [inner] = expression.items;
    type = inner === undefined ? undefined : index.withoutAlias(file, inner);
  }
  return { type, marks, isComplete };
}

/** `user_dependency = Depends(get_user)`, and `user=user_dependency` for a parameter. */
function namedCall(path: string, value: Expression, index: DefinitionIndex): { path: string; call: CallExpression } | undefined {
  const definition = index.definitionOf(path, value);
  if (definition?.kind !== 'assignment' || definition.assignment.value.kind !== 'call') return undefined;
  return { path: definition.path, call: definition.assignment.value };
}

function isDependency({ path, call }: { readonly path: string; readonly call: CallExpression }, index: DefinitionIndex): boolean {
  return /^fastapi\.(params\.|param_functions\.)?(Depends|Security)$/.test(index.externalName(path, call.callee) ?? '');
}
