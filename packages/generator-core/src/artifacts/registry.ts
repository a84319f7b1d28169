import type { ArtifactRole } from './artifact-role';
import { alembicRole } from './alembic';
import { configRole } from './config';
import { databaseRole } from './database';
import { entitySchemaRole } from './entity-schema';
import { enumsRole } from './enums';
import { keysetRole } from './keyset';
import { linksRole } from './links';
import { modelRole } from './model';
import { rateLimitRole } from './rate-limit';
import { refreshTokenRole } from './refresh-token';
import { repositoryRole } from './repository';
import { repositoryBaseRole } from './repository-base';
import { schemaBaseRole } from './schema-base';
import { telemetryRole } from './telemetry';
import { seedRole } from './seed';
import { structsRole } from './structs';
import { summariesRole } from './summaries';
import { tenancyRole } from './tenancy';
import { versionsRole } from './versions';
import { viewerRole } from './viewer';
import { modelsPackageRole, plainPackagesRole } from './data-packages';
import { authRouterRole } from './auth-router';
import { authSchemaRole } from './auth-schema';
import { authServiceRole } from './auth-service';
import { entityRouterRole } from './entity-router';
import { errorsRole } from './errors';
import { exportOpenapiRole } from './export-openapi';
import { extensionsRole } from './extensions';
import { healthRouterRole } from './health-router';
import { logsRole } from './logs';
import { mainRole } from './main';
import { middlewareRole } from './middleware';
import { openapiRole } from './openapi';
import { operationRouterRole } from './operation-router';
import { operationSchemaRole } from './operation-schema';
import { operationServiceRole } from './operation-service';
import { schemathesisRole } from './schemathesis';
import { securityRole } from './security';
import { gitAttributesRole } from './git-attributes';
import { projectFilesRole } from './project-files';
import { pyprojectRole } from './pyproject';
import { readmeRole } from './readme';
import { testAccessRole } from './test-access';
import { testAuthRole } from './test-auth';
import { testEntityRole } from './test-entity';
import { testOperationRole } from './test-operation';
import { testContractRole, testMigrationsRole, testSeedRole, testTelemetryRole, testTrapsRole } from './test-service';
import { testConftestRole, testFactoriesRole, testPackageRole, testSupportRole } from './test-support';
import { testRateLimitRole } from './test-rate-limit';
import { unimplementedRole } from './unimplemented';
import { routersPackageRole, servicesPackageRole } from './web-packages';

/** Every kind of file of a service, in the order of the phases. */
export const artifactRoles: readonly ArtifactRole[] = [
  // core
  plainPackagesRole,
  configRole,
  enumsRole,
  databaseRole,
  errorsRole,
  versionsRole,
  logsRole,
  middlewareRole,
  openapiRole,
  rateLimitRole,
  telemetryRole,
  // models
  viewerRole,
  linksRole,
  modelRole,
  refreshTokenRole,
  modelsPackageRole,
  // schemas
  schemaBaseRole,
  structsRole,
  summariesRole,
  entitySchemaRole,
  authSchemaRole,
  operationSchemaRole,
  // repositories
  repositoryBaseRole,
  tenancyRole,
  keysetRole,
  repositoryRole,
  // services
  securityRole,
  servicesPackageRole,
  unimplementedRole,
  authServiceRole,
  operationServiceRole,
  // routers
  routersPackageRole,
  healthRouterRole,
  authRouterRole,
  operationRouterRole,
  entityRouterRole,
  // app
  seedRole,
  extensionsRole,
  alembicRole,
  mainRole,
  exportOpenapiRole,
  // tests
  testPackageRole,
  testSupportRole,
  testConftestRole,
  testFactoriesRole,
  testEntityRole,
  testAccessRole,
  testAuthRole,
  testRateLimitRole,
  testOperationRole,
  testContractRole,
  testMigrationsRole,
  testTrapsRole,
  testTelemetryRole,
  testSeedRole,
  // project
  pyprojectRole,
  readmeRole,
  schemathesisRole,
  projectFilesRole,
  gitAttributesRole,
];
