import { alembicHeads } from './alembic-heads';
import { bareExcept } from './bare-except';
import { blockingCallInAsyncRoute } from './blocking-call-in-async-route';
import { calledDependency } from './called-dependency';
import { compileError } from './compile-error';
import { duplicateRoute } from './duplicate-route';
import { importCycle } from './import-cycle';
import { missingDepends } from './missing-depends';
import { pathParameterMissing } from './path-parameter-missing';
import { pathParameterUnknown } from './path-parameter-unknown';
import { relativeImportBeyondTop } from './relative-import-beyond-top';
import { responseModelNotPydantic } from './response-model-not-pydantic';
import { routeAfterInclude } from './route-after-include';
import { routerNotIncluded } from './router-not-included';
import type { Rule } from './rule';
import { shadowedModule } from './shadowed-module';
import { shadowedRoute } from './shadowed-route';
import { shadowedStdlib } from './shadowed-stdlib';
import { syntaxError } from './syntax-error';
import { transitiveDistribution } from './transitive-distribution';
import { undeclaredDistribution } from './undeclared-distribution';
import { undefinedName } from './undefined-name';
import { unimportableModule } from './unimportable-module';
import { unknownSymbol } from './unknown-symbol';
import { unresolvedAttribute } from './unresolved-attribute';
import { unresolvedImport } from './unresolved-import';
import { wrongArguments } from './wrong-arguments';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  alembicHeads,
  bareExcept,
  blockingCallInAsyncRoute,
  calledDependency,
  compileError,
  duplicateRoute,
  importCycle,
  missingDepends,
  pathParameterMissing,
  pathParameterUnknown,
  relativeImportBeyondTop,
  responseModelNotPydantic,
  routeAfterInclude,
  routerNotIncluded,
  shadowedModule,
  shadowedRoute,
  shadowedStdlib,
  syntaxError,
  transitiveDistribution,
  undeclaredDistribution,
  undefinedName,
  unimportableModule,
  unknownSymbol,
  unresolvedAttribute,
  unresolvedImport,
  wrongArguments,
];
