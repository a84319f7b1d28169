import { stageKey } from '../../algorithms/read-memo';
import type { CallExpression, Expression } from '../../extract/service/expression';
import type { ParameterFacts } from '../../extract/service/service-facts';
import type { DefinitionIndex } from './definition-index';

export interface ParameterMark {
  readonly path: string;
  readonly call: CallExpression;
  /** It stands behind `=`. */
  readonly isDefault: boolean;
}

/** A parameter with its aliases followed. */
export interface ReadParameter {
  /** The type alone, without `Annotated`. */
  readonly type: { readonly path: string; readonly expression: Expression } | undefined;
  /** Calls such as `Depends(…)` and `Path(…)`, from the annotation and the default value. */
  readonly marks: readonly ParameterMark[];
  /** Metadata or an alias is not known, so there may be marks nobody sees. */
  readonly isComplete: boolean;
}

/** Follows `CurrentUser = Annotated[User, Depends(…)]`, also one inside another and over files. Many rules ask for the same parameters. */
export function readParameter(path: string, parameter: ParameterFacts, index: DefinitionIndex): ReadParameter {
  const { annotation, value } = parameter;
  if (annotation === undefined && value?.kind !== 'call' && value?.kind !== 'reference') return NOTHING;
  index.memo.note(path);
  return index.memo.compute(stageKey('parameters', `${path}@${parameter.span.start}`), () => {
    index.memo.note(path);
    return followParameter(path, parameter, index);
  });
}

const NOTHING: ReadParameter = { type: undefined, marks: [], isComplete: true };

function followParameter(path: string, { annotation, value }: ParameterFacts, index: DefinitionIndex): ReadParameter {
  const marks: ParameterMark[] = value?.kind === 'call' ? [{ path, call: value, isDefault: true }] : [];
  const named = value?.kind === 'reference' ? namedCall(path, value, index) : undefined;
  let isComplete = named === undefined || isDependency(named, index);
  if (named !== undefined && isComplete) marks.push({ ...named, isDefault: true });
  let type = annotation === undefined ? undefined : index.withoutAlias(path, annotation);
  for (let count = 0; count < 10 && type?.expression.kind === 'subscript'; count += 1) {
    const { path: file, expression } = type;
    if (index.externalName(file, expression.value) !== 'typing.Annotated') break;
    for (const item of expression.items.slice(1)) {
      if (item.kind === 'call') marks.push({ path: file, call: item, isDefault: false });
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
