import type { ClassFacts } from '../../extract/service/service-facts';
import type { ClassMember } from '../../extract/service/model-facts';
import type { DefinitionIndex } from './definition-index';
import { sourceOf } from './source-of';

/** What the attributes of a mapped class are called, inherited ones too. */
export interface RowShape {
  readonly name: string;
  readonly attributes: ReadonlySet<string>;
}

export interface SchemaShape {
  readonly name: string;
  readonly fields: ReadonlyMap<string, SchemaField>;
  /** Whether `model_validate` takes any object, by its attributes. */
  readonly readsAttributes: boolean;
  /** A validator may make something else of what is given. */
  readonly hasModelValidator: boolean;
}

export interface SchemaField {
  /** Without a default for certain. */
  readonly isRequired: boolean;
  /** Surely in `model_dump()` under its own name. */
  readonly isDumped: boolean;
}

const ROW_BASES = new Set([
  'sqlalchemy.orm.DeclarativeBase',
  'sqlalchemy.orm.declarative_base()',
  'sqlalchemy.ext.asyncio.AsyncAttrs',
  'object',
  'abc.ABC',
]);
const ROW_HOOKS = /^__(init|new|getattr|getattribute|setattr|init_subclass)__$/;
const OF_EVERY_ROW = ['metadata', 'registry', 'awaitable_attrs', '__table__', '__mapper__'];
const SCHEMA_BASES = new Set(['pydantic.BaseModel', 'object', 'abc.ABC', 'typing.Generic']);
const SCHEMA_HOOKS =
  /^(__init__|__new__|__getattr__|__init_subclass__|__get_pydantic\w*|__pydantic\w*|model_dump|dict|model_validate|from_orm)$/;

/** Undefined when an attribute may come from somewhere else, or the constructor is another than SQLAlchemy's. */
export function readRowShape(path: string, definition: ClassFacts, index: DefinitionIndex): RowShape | undefined {
  const { classes, outer, isComplete } = index.ancestryOf(path, definition);
  if (!isComplete || !outer.has('sqlalchemy.orm.DeclarativeBase') || ![...outer].every((name) => ROW_BASES.has(name))) return undefined;
  if (!classes.every((each) => isPlain(each, ROW_HOOKS))) return undefined;
  const names = classes.flatMap(({ members, methods }) => [...members, ...methods].map(({ name }) => name));
  return names.includes('__table__') ? undefined : { name: definition.name, attributes: new Set([...names, ...OF_EVERY_ROW]) };
}

/** Undefined when something of the project's own decides about its fields. */
export function readSchemaShape(path: string, definition: ClassFacts, index: DefinitionIndex): SchemaShape | undefined {
  const { classes, outer, isComplete } = index.ancestryOf(path, definition);
  if (!isComplete || !outer.has('pydantic.BaseModel') || ![...outer].every((name) => SCHEMA_BASES.has(name))) return undefined;
  const decorators = classes.flatMap(({ methods }) => methods.flatMap((method) => method.decorators)).map(decoratorName);
  const isOdd = !classes.every((each) => isPlain(each, SCHEMA_HOOKS)) || decorators.includes('model_serializer');
  const configs = classes.map((each) => readConfig(path, each, index));
  if (isOdd || configs.includes('unknown')) return undefined;
  return {
    name: definition.name,
    fields: mergeFields(path, classes, index),
    readsAttributes: configs.includes('reads'),
    hasModelValidator: decorators.some((name) => name === undefined || /^(model_validator|root_validator)$/.test(name)),
  };
}

function isPlain({ isPlainBody, isDecorated, hasKeywords, methods }: ClassFacts, hooks: RegExp): boolean {
  return isPlainBody && !isDecorated && !hasKeywords && !methods.some(({ name }) => hooks.test(name));
}

function decoratorName(decorator: ClassFacts['methods'][number]['decorators'][number]): string | undefined {
  const callee = decorator.kind === 'call' ? decorator.callee : decorator;
  return callee.kind === 'reference' ? callee.reference.names.at(-1) : undefined;
}

/** `model_config = ConfigDict(from_attributes=True)`; anything that renames fields is unknown here. */
function readConfig(path: string, definition: ClassFacts, index: DefinitionIndex): 'reads' | 'plain' | 'unknown' {
  if (definition.members.some(({ name }) => name === 'Config')) return 'unknown';
  const config = definition.members.find(({ name }) => name === 'model_config');
  if (config === undefined) return 'plain';
  const file = pathOf(definition, path, index);
  const source = config.value === undefined || file === undefined ? '' : sourceOf(index, file, config.value);
  if (!/^((pydantic\.)?ConfigDict\(|dict\(|\{)/.test(source) || /\*\*|alias|from_attributes["']?\s*[=:]\s*(?!True|False)/.test(source))
    return 'unknown';
  return /from_attributes["']?\s*[=:]\s*True/.test(source) ? 'reads' : 'plain';
}

/** The file that defines a class of the ancestry. */
function pathOf(definition: ClassFacts, near: string, { project }: DefinitionIndex): string | undefined {
  const has = (path: string): boolean => project.summaries.get(path)?.service?.classes.includes(definition) === true;
  return has(near) ? near : [...project.summaries.keys()].find(has);
}

function mergeFields(path: string, classes: readonly ClassFacts[], index: DefinitionIndex): ReadonlyMap<string, SchemaField> {
  const fields = new Map<string, SchemaField>();
  for (const definition of classes) {
    const file = pathOf(definition, path, index) ?? path;
    for (const member of definition.members) {
      if (member.annotation === undefined || member.name.startsWith('_') || member.name === 'model_config') continue;
      const field = readField(file, member, index);
      const known = fields.get(member.name);
      fields.set(member.name, {
        isRequired: field.isRequired && known?.isRequired !== false,
        isDumped: field.isDumped && known?.isDumped !== false,
      });
    }
  }
  return fields;
}

/** Of an annotation that is plain for certain: no `ClassVar`, no `Annotated`, no alias that may hold one. */
function readField(path: string, { annotation, value }: ClassMember, index: DefinitionIndex): SchemaField {
  const isKnown = annotation !== undefined && isPlainAnnotation(path, annotation, index);
  const parts = annotation?.kind === 'union' ? annotation.items : [annotation];
  const isDumped = parts.every((part) => part?.kind === 'none' || (part !== undefined && isPlainAnnotation(path, part, index)));
  if (value?.kind !== 'call') return { isRequired: isKnown && value === undefined, isDumped };
  const isField = index.externalName(path, value.callee) === 'pydantic.Field' && !value.hasSplat;
  const names = Object.keys(value.keywords);
  const [first] = value.positional;
  const hasDefault = names.some((name) => /^default/.test(name)) || (first !== undefined && sourceOf(index, path, first) !== '...');
  const isRenamed = names.some((name) => /alias/.test(name));
  return {
    isRequired: isKnown && isField && !hasDefault && !isRenamed,
    isDumped: isDumped && isField && !names.includes('exclude') && !names.includes('exclude_if'),
  };
}

const PLAIN_OUTER =
  /^(\w+|(datetime|uuid|decimal|enum|pathlib)\.\w+|typing\.(List|Dict|Set|Tuple|Literal|Sequence|Mapping)|pydantic\.(EmailStr|HttpUrl|Json|Secret\w+))$/;

function isPlainAnnotation(path: string, annotation: NonNullable<ClassMember['annotation']>, index: DefinitionIndex): boolean {
  const outer = annotation.kind === 'subscript' ? annotation.value : annotation;
  if (outer.kind !== 'reference') return false;
  const name = index.externalName(path, outer);
  return name === undefined ? index.definitionOf(path, outer)?.kind === 'class' : PLAIN_OUTER.test(name);
}
