import type { Expression } from '../../extract/service/expression';
import type { Definition, DefinitionIndex } from './definition-index';

/** What a type is to FastAPI. `unknown`: it cannot be told. */
export type ValueType =
  | 'scalar'
  | 'container'
  /** A Pydantic model of the project. */
  | 'model'
  /** A class mapped by SQLAlchemy. */
  | 'row'
  /** `Session`, `AsyncSession`: what a request cannot hold. */
  | 'session'
  /** A class of the project with no base, and nothing that tells Pydantic about it. */
  | 'plain-class'
  | 'response'
  | 'none'
  | 'unknown';

const SCALARS = new Set(['int', 'str', 'float', 'bool', 'bytes', 'uuid.UUID', 'datetime.datetime', 'datetime.date', 'decimal.Decimal']);
const CONTAINERS =
  /^(dict|list|set|tuple|frozenset|typing\.(Dict|List|Set|Tuple|FrozenSet|Sequence|Mapping)|collections\.abc\.(Sequence|Mapping))$/;
const SESSIONS = new Set([
  'sqlalchemy.orm.Session',
  'sqlalchemy.orm.session.Session',
  'sqlalchemy.ext.asyncio.AsyncSession',
  'sqlalchemy.ext.asyncio.session.AsyncSession',
  'sqlmodel.Session',
  'sqlmodel.ext.asyncio.session.AsyncSession',
]);
const RESPONSES = /^(fastapi|starlette)\.(responses\.)?(\w+)?Response$/;
const DECLARATIVE = new Set(['sqlalchemy.orm.DeclarativeBase', 'sqlalchemy.orm.declarative_base()']);
const HARMLESS = /^(object|abc\.ABC|typing\.Generic|sqlalchemy\..*)$/;
const TEACHES_PYDANTIC = /^(__get_pydantic|__get_validators__|__init_subclass__)/;

/** Of one type that is no union and no alias. */
export function valueTypeOf(path: string, expression: Expression, index: DefinitionIndex): ValueType {
  if (expression.kind === 'none') return 'none';
  if (expression.kind === 'subscript') return CONTAINERS.test(index.externalName(path, expression.value) ?? '') ? 'container' : 'unknown';
  if (expression.kind !== 'reference' || !isBoundAtRunTime(path, expression, index)) return 'unknown';
  const name = index.externalName(path, expression);
  if (name !== undefined) return outerType(name);
  const found = index.definitionOf(path, expression);
  return found?.kind === 'class' ? classType(found, index) : 'unknown';
}

/** Whether SQLAlchemy maps the class and nothing teaches Pydantic about it. */
export function isRowClass(found: Extract<Definition, { kind: 'class' }>, index: DefinitionIndex): boolean {
  return classType(found, index) === 'row';
}

function outerType(name: string): ValueType {
  if (SCALARS.has(name)) return 'scalar';
  if (CONTAINERS.test(name)) return 'container';
  if (SESSIONS.has(name)) return 'session';
  return RESPONSES.test(name) ? 'response' : 'unknown';
}

function classType({ path, definition }: Extract<Definition, { kind: 'class' }>, index: DefinitionIndex): ValueType {
  const { classes, outer, isComplete } = index.ancestryOf(path, definition);
  const isTaught = classes.some(
    ({ isDecorated, hasKeywords, methods }) => isDecorated || hasKeywords || methods.some(({ name }) => TEACHES_PYDANTIC.test(name)),
  );
  if (!isComplete) return 'unknown';
  if (outer.has('pydantic.BaseModel')) return 'model';
  if (isTaught) return 'unknown';
  if ([...outer].every((name) => name === 'object')) return 'plain-class';
  const isRow = [...outer].some((name) => DECLARATIVE.has(name));
  return isRow && [...outer].every((name) => HARMLESS.test(name) && !name.endsWith('MappedAsDataclass')) ? 'row' : 'unknown';
}

/** An import only type checkers see leaves a name FastAPI cannot look up, and then it asks no more. */
function isBoundAtRunTime(path: string, expression: Extract<Expression, { kind: 'reference' }>, { project }: DefinitionIndex): boolean {
  const { binding } = expression.reference;
  if (binding.kind !== 'import') return binding.kind !== 'ambiguous';
  const statement = project.summaries.get(path)!.imports[binding.importIndex];
  return statement !== undefined && !statement.typeCheckingOnly && statement.guard === 'none';
}

/** `A | B`, `Union[A, B]` and `Optional[A]` taken apart; anything else is its own one part. */
export function unionParts(path: string, expression: Expression, index: DefinitionIndex): readonly Expression[] {
  if (expression.kind === 'union') return expression.items;
  const name = expression.kind === 'subscript' ? index.externalName(path, expression.value) : undefined;
  const isUnion = name === 'typing.Optional' || name === 'typing.Union';
  return isUnion && expression.kind === 'subscript' ? expression.items : [expression];
}
