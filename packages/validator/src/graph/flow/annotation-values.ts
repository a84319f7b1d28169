import type { CallExpression, Expression } from '../../extract/service/expression';
import type { ClassFacts } from '../../extract/service/service-facts';
import { readParameter } from '../service/read-parameter';
import type { FlowIndex } from './flow-index';
import { CLEAN, doubted, joinValues, type Taint, type Value, type ValueType } from './flow-value';

/** Any text may be in them. */
const TEXT =
  /^(str|bytes|object|dict|list|tuple|set|frozenset|typing\.(Any|Dict|List|Tuple|Set|Sequence|Iterable|Mapping|Text|AnyStr)|collections\.abc\.\w+|pydantic\.(AnyUrl|AnyHttpUrl|HttpUrl|Json|types\.JsonValue|JsonValue))$/;
const WRAPPER =
  /^(typing\.(Optional|Union|List|Dict|Set|Sequence|Iterable|Annotated|Tuple|Mapping)|dict|list|set|tuple|collections\.abc\.\w+)$/;
const REQUEST =
  /^(fastapi|starlette\.requests|fastapi\.requests|starlette\.websockets|fastapi\.websockets)\.(Request|HTTPConnection|WebSocket)$/;
const UPLOAD = /^(fastapi|starlette\.datastructures|fastapi\.datastructures)\.UploadFile$/;
const VALIDATOR = /^pydantic(\.\w+)*\.(field_validator|validator|root_validator|model_validator)$/;
const LIMITED = ['pattern', 'regex'];
const DEEPEST = 6;

/** What a value can be by its annotation. FastAPI and Pydantic enforce it; plain Python does not. */
export class AnnotationValues {
  constructor(private readonly index: FlowIndex) {}

  /** A request's value of that type: clean when the type leaves no freedom, or is not known. */
  requestValue(path: string, annotation: Expression | undefined, taint: Taint, depth = 0): Value {
    if (annotation === undefined) return { taints: [taint] };
    if (depth > DEEPEST) return CLEAN;
    const { definitions } = this.index;
    const { path: file, expression } = definitions.withoutAlias(path, annotation);
    if (expression.kind === 'union') return joinValues(expression.items.map((item) => this.requestValue(file, item, taint, depth + 1)));
    if (expression.kind === 'subscript') return this.wrappedValue(file, expression, taint, depth + 1);
    const name = definitions.externalName(file, expression);
    if (name !== undefined) return externalValue(name, taint);
    const definition = definitions.definitionOf(file, expression);
    return definition?.kind === 'class' ? this.classValue(definition.path, definition.definition, taint) : CLEAN;
  }

  /** The field of a request's model. */
  fieldValue(type: Extract<ValueType, { kind: 'model' }>, field: string, taints: readonly Taint[]): Value {
    const found = this.index.fieldOf(type, field);
    if (found === undefined) return CLEAN;
    const parameter = {
      name: field,
      annotation: found.annotation.kind === 'other' ? undefined : found.annotation,
      value: found.value,
      isVariadic: false,
      span: found.annotation.span,
    };
    const { type: read, marks, isComplete } = readParameter(found.path, parameter, this.index.definitions);
    if (found.annotation.kind === 'other' || found.annotation.kind === 'text' || marks.some(({ call }) => isLimited(call))) return CLEAN;
    const inner = taints.map((taint) => ({ ...taint, names: [...taint.names, field] }));
    const values = inner.map((taint) => this.requestValue(read?.path ?? found.path, read?.expression, taint, 1));
    const isOpen = isComplete && marks.every(({ path, call }) => this.isField(path, call));
    return isOpen ? joinValues(values) : doubted(joinValues(values));
  }

  /** What kind of object a parameter of any function is said to be. */
  typeOf(path: string, annotation: Expression | undefined): ValueType | undefined {
    if (annotation === undefined) return undefined;
    const { definitions } = this.index;
    const { path: file, expression } = definitions.withoutAlias(path, annotation);
    if (expression.kind === 'union') return expression.items.map((item) => this.typeOf(file, item)).find((type) => type !== undefined);
    if (expression.kind === 'subscript') {
      const name = definitions.externalName(file, expression.value);
      return name === 'typing.Annotated' || name === 'typing.Optional' ? this.typeOf(file, expression.items[0]) : undefined;
    }
    const name = definitions.externalName(file, expression);
    if (name !== undefined && name.includes('.')) return { kind: 'external', name };
    const definition = definitions.definitionOf(file, expression);
    return definition?.kind === 'class' ? { kind: 'instance', path: definition.path, name: definition.definition.name } : undefined;
  }

  private wrappedValue(path: string, expression: Extract<Expression, { kind: 'subscript' }>, taint: Taint, depth: number): Value {
    const name = this.index.definitions.externalName(path, expression.value);
    if (name === undefined || !WRAPPER.test(name)) return CLEAN;
    if (name !== 'typing.Annotated') {
      return joinValues(expression.items.map((item) => this.requestValue(path, item, taint, depth)));
    }
    const [type, ...marks] = expression.items;
    if (marks.some((mark) => mark.kind === 'call' && isLimited(mark))) return CLEAN;
    const value = this.requestValue(path, type, taint, depth);
    const isOpen = marks.every((mark) => mark.kind === 'text' || (mark.kind === 'call' && this.isField(path, mark)));
    return isOpen ? value : doubted(value);
  }

  /** `Query(…)`, `Field(…)` and the like add nothing but what `isLimited` looks at. */
  private isField(path: string, call: CallExpression): boolean {
    return /^(fastapi|pydantic)\.(\w+\.)*(Query|Path|Body|Header|Cookie|Form|File|Field|Doc)$|^annotated_doc\.Doc$|^sqlmodel\.Field$/.test(
      this.index.definitions.externalName(path, call.callee) ?? '',
    );
  }

  private classValue(path: string, definition: ClassFacts, taint: Taint): Value {
    const { classes, outer } = this.index.definitions.ancestryOf(path, definition);
    if ([...outer].some((name) => /^enum\./.test(name))) return CLEAN;
    const isModel = [...outer].some((name) => /(^pydantic\..*|^sqlmodel\..*)(BaseModel|SQLModel|RootModel)$|TypedDict$/.test(name));
    const type = { path, name: definition.name };
    if (!isModel && !(definition.isDecorated && this.index.hasFields(type))) return CLEAN;
    const value: Value = { taints: [taint], type: { kind: 'model', ...type } };
    const checks = classes.some(({ methods }) =>
      methods.some(({ decorators }) =>
        decorators.some((decorator) =>
          VALIDATOR.test(this.index.definitions.externalName(path, decorator.kind === 'call' ? decorator.callee : decorator) ?? ''),
        ),
      ),
    );
    return checks ? doubted(value) : value;
  }
}

function externalValue(name: string, taint: Taint): Value {
  if (REQUEST.test(name) || UPLOAD.test(name)) return { taints: [taint], type: { kind: 'external', name } };
  if (name === 'pathlib.Path') return { taints: [taint], type: { kind: 'external', name } };
  return TEXT.test(name) ? { taints: [taint] } : CLEAN;
}

/** A pattern says what the text may be. */
export function isLimited({ keywords, hasSplat }: CallExpression): boolean {
  return hasSplat || LIMITED.some((name) => keywords[name] !== undefined);
}

export function isRequest(type: ValueType | undefined): boolean {
  return type?.kind === 'external' && REQUEST.test(type.name);
}

export function isUpload(type: ValueType | undefined): boolean {
  return type?.kind === 'external' && UPLOAD.test(type.name);
}
