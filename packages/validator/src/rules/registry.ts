import { alembicHeads } from './alembic-heads';
import { bareExcept } from './bare-except';
import { blockingCallInAsyncRoute } from './blocking-call-in-async-route';
import { calledDependency } from './called-dependency';
import { codeInjection } from './code-injection';
import { commandInjection } from './command-injection';
import { compileError } from './compile-error';
import { dependencyCycle } from './dependency-cycle';
import { corsCredentialsWildcard } from './cors-credentials-wildcard';
import { crossSiteScripting } from './cross-site-scripting';
import { duplicateOperationId } from './duplicate-operation-id';
import { duplicateRoute } from './duplicate-route';
import { hardCodedSecret } from './hard-coded-secret';
import { implicitRequirement } from './implicit-requirement';
import { fromAttributesMissing } from './from-attributes-missing';
import { importCycle } from './import-cycle';
import { invalidParameter } from './invalid-parameter';
import { invalidPlaceholder } from './invalid-placeholder';
import { invalidRoute } from './invalid-route';
import { invalidWebsocket } from './invalid-websocket';
import { jwtWithoutAlgorithms } from './jwt-without-algorithms';
import { missingDepends } from './missing-depends';
import { moduleUnderTwoNames } from './module-under-two-names';
import { modelSchemaDrift } from './model-schema-drift';
import { openRedirect } from './open-redirect';
import { pathParameterMissing } from './path-parameter-missing';
import { pathParameterUnknown } from './path-parameter-unknown';
import { pathTraversal } from './path-traversal';
import { relativeImportBeyondTop } from './relative-import-beyond-top';
import { responseModelNotPydantic } from './response-model-not-pydantic';
import { routeAfterInclude } from './route-after-include';
import { routerNotIncluded } from './router-not-included';
import type { Rule } from './rule';
import { serverSideRequestForgery } from './server-side-request-forgery';
import { shadowedModule } from './shadowed-module';
import { shadowedRoute } from './shadowed-route';
import { shadowedStdlib } from './shadowed-stdlib';
import { specDrift } from './spec-drift';
import { sqlInjection } from './sql-injection';
import { syntaxError } from './syntax-error';
import { templateInjection } from './template-injection';
import { transitiveDistribution } from './transitive-distribution';
import { undeclaredDistribution } from './undeclared-distribution';
import { undefinedName } from './undefined-name';
import { unimportableModule } from './unimportable-module';
import { unknownSymbol } from './unknown-symbol';
import { unresolvedAttribute } from './unresolved-attribute';
import { unresolvedImport } from './unresolved-import';
import { unsafeDeserialization } from './unsafe-deserialization';
import { wrongArguments } from './wrong-arguments';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  alembicHeads,
  bareExcept,
  blockingCallInAsyncRoute,
  calledDependency,
  codeInjection,
  commandInjection,
  compileError,
  corsCredentialsWildcard,
  dependencyCycle,
  crossSiteScripting,
  duplicateOperationId,
  duplicateRoute,
  hardCodedSecret,
  implicitRequirement,
  fromAttributesMissing,
  importCycle,
  invalidParameter,
  invalidPlaceholder,
  invalidRoute,
  invalidWebsocket,
  jwtWithoutAlgorithms,
  missingDepends,
  moduleUnderTwoNames,
  modelSchemaDrift,
  openRedirect,
  pathParameterMissing,
  pathParameterUnknown,
  pathTraversal,
  relativeImportBeyondTop,
  responseModelNotPydantic,
  routeAfterInclude,
  routerNotIncluded,
  serverSideRequestForgery,
  shadowedModule,
  shadowedRoute,
  shadowedStdlib,
  specDrift,
  sqlInjection,
  syntaxError,
  templateInjection,
  transitiveDistribution,
  undeclaredDistribution,
  undefinedName,
  unimportableModule,
  unknownSymbol,
  unresolvedAttribute,
  unresolvedImport,
  unsafeDeserialization,
  wrongArguments,
];
