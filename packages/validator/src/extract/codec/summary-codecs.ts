import type { CallableShape, CallUse, ClassField, ClassShape, FunctionShape, OwnReference, Parameter } from '../callable';
import type { ImportedName, ImportStatement } from '../import-statement';
import type { AttributeUse, BareExcept, DunderAll, LoadStep, ModuleSummary, ModuleSymbol, NameFault, SyntaxFault } from '../module-summary';
import type { SecretFact } from '../secret/secret-fact';
import * as codec from './codec';
import { keptServiceFacts } from './service-codecs';

const importedName = codec.record<ImportedName>({ name: codec.string, boundName: codec.string, span: codec.span });

const importStatement = codec.record<ImportStatement>({
  kind: codec.word('import', 'from', 'star'),
  level: codec.count,
  module: codec.string,
  span: codec.span,
  moduleSpan: codec.span,
  names: codec.list(importedName),
  boundName: codec.maybe(codec.string),
  hasAlias: codec.boolean,
  guard: codec.word('none', 'guarded', 'fallback'),
  typeCheckingOnly: codec.boolean,
  conditional: codec.boolean,
  time: codec.word('load', 'call'),
});

const syntaxFault = codec.record<SyntaxFault>({ span: codec.span, message: codec.string, certain: codec.boolean });

const moduleSymbol = codec.record<ModuleSymbol>({
  name: codec.string,
  kind: codec.word('function', 'class', 'variable', 'type-alias', 'import'),
  status: codec.word('bound', 'type-checking-only', 'declared-only', 'deleted'),
  origin: codec.maybe(codec.record({ importIndex: codec.count, importedNameIndex: codec.maybeCount })),
});

const secretFact = codec.record<SecretFact>({
  kind: codec.word('known-form', 'maybe-public', 'random', 'random-key', 'guessable', 'placeholder'),
  name: codec.string,
  isFallback: codec.boolean,
  span: codec.span,
});

const nameFault = codec.record<NameFault>({
  kind: codec.word('undefined', 'not-yet-bound', 'deleted', 'exception-variable', 'type-checking-only'),
  mayComeFromStar: codec.boolean,
  name: codec.string,
  span: codec.span,
  certain: codec.boolean,
  bindingOffset: codec.maybeCount,
});

const attributeUse = codec.record<AttributeUse>({
  importIndex: codec.count,
  importedNameIndex: codec.maybeCount,
  attributes: codec.list(codec.record({ name: codec.string, span: codec.span })),
  certain: codec.boolean,
});

const parameter = codec.record<Parameter>({
  name: codec.string,
  kind: codec.word('positional-only', 'plain', 'keyword-only', 'rest', 'keyword-rest'),
  isRequired: codec.boolean,
  text: codec.string,
});

const functionFields = { parameters: codec.list(parameter), line: codec.count };
const functionShape = codec.record<FunctionShape>({ kind: codec.constant('function' as const), ...functionFields });

const ownFields = { name: codec.string, attributes: codec.list(codec.string) };

const classField = codec.record<ClassField>({
  name: codec.string,
  hasDefault: codec.boolean,
  isLenient: codec.boolean,
  isKeywordOnly: codec.boolean,
  text: codec.string,
});

const callableShape = codec.union<CallableShape>({
  function: functionFields,
  class: {
    line: codec.count,
    bases: codec.list(codec.record<OwnReference>({ kind: codec.constant('own' as const), ...ownFields })),
    isDataclass: codec.boolean,
    constructorShape: codec.maybe(functionShape),
    fields: codec.list(classField),
    mayFillFields: codec.boolean,
    methods: codec.dictionary(functionShape),
  } satisfies Record<Exclude<keyof ClassShape, 'kind'>, unknown>,
});

const callUse = codec.record<CallUse>({
  callee: codec.union<CallUse['callee']>({
    own: ownFields,
    import: { importIndex: codec.count, importedNameIndex: codec.maybeCount, attributes: codec.list(codec.string) },
    local: { shape: functionShape },
  }),
  calleeText: codec.string,
  span: codec.span,
  positional: codec.list(codec.span),
  keywords: codec.list(codec.record({ name: codec.string, span: codec.span })),
  certain: codec.boolean,
});

const dunderAll = codec.union<DunderAll>({ absent: {}, names: { names: codec.list(codec.string) }, dynamic: {} });

const loadStep = codec.union<LoadStep>({
  bind: { name: codec.string, offset: codec.offset },
  import: { importIndex: codec.count, binds: codec.list(codec.string), offset: codec.offset },
  use: { use: attributeUse, offset: codec.offset },
});

/** What every reader needs; read at once. */
export const interfaceCodec = codec.record<
  Pick<ModuleSummary, 'imports' | 'symbols' | 'dunderAll' | 'isDynamic' | 'fileless' | 'hasModuleGetattr' | 'storedAttributes'>
>({
  imports: codec.list(importStatement),
  symbols: codec.map(moduleSymbol),
  dunderAll,
  isDynamic: codec.boolean,
  fileless: codec.word('none', 'beside', 'any'),
  hasModuleGetattr: codec.boolean,
  storedAttributes: codec.set(),
});

/** What is read when somebody asks for it, each by itself, and then kept. The order is part of the format. */
export const partCodecs = {
  syntaxFaults: codec.list(syntaxFault),
  compileFaults: codec.list(syntaxFault),
  bareExcepts: codec.list(codec.record<BareExcept>({ span: codec.span, raisesAgain: codec.boolean })),
  secrets: codec.list(secretFact),
  nameFaults: codec.list(nameFault),
  callables: codec.map(callableShape),
  loadSteps: codec.list(loadStep),
  service: codec.maybe(keptServiceFacts),
};

/** Much, and asked for once by whoever links the file: read anew each time. The order is part of the format. */
export const passingCodecs = { attributeUses: codec.list(attributeUse), calls: codec.list(callUse) };
