import type { ServiceSpec } from '../spec/service-spec';
import { hasEnums, hasLinks, isVersioned } from './python/spec-lookup';
import { hasRateLimits } from './web/has-rate-limits';

/**
 * The layers of `app`, highest first, in the words of import-linter: a module imports only from layers below its own.
 * Modules with `|` between them import nothing of each other; `TYPE_CHECKING` imports do not count.
 * The service must import cleanly by these: they say of its parts what `needs` says of each file.
 */
export function importLayers(spec: ServiceSpec): readonly string[] {
  const hasAuth = spec.auth !== undefined;
  const tables = [...spec.entities.map(({ module }) => module), ...(hasAuth ? ['refresh_token'] : [])];
  const foundations = [
    'app.core.database',
    'app.core.middleware',
    'app.core.openapi',
    ...(hasRateLimits(spec) ? ['app.core.rate_limit'] : []),
    ...(spec.telemetry ? ['app.core.telemetry'] : []),
    ...(isVersioned(spec) ? ['app.core.versions'] : []),
    ...(hasAuth ? ['app.core.viewer'] : []),
  ];
  return [
    ...(spec.seed.length > 0 ? ['app.seed'] : []),
    'app.export_openapi',
    'app.main',
    'app.extensions',
    'app.routers',
    ...(hasAuth || spec.operations.length > 0 ? ['app.services'] : []),
    ...(hasAuth ? ['app.core.security'] : []),
    'app.repositories',
    'app.schemas',
    tables.map((module) => `app.models.${module}`).join(' | '),
    ...(hasLinks(spec) ? ['app.models._links'] : []),
    foundations.join(' | '),
    ['app.core.config', 'app.core.errors', ...(hasEnums(spec) ? ['app.models.enums'] : [])].join(' | '),
    'app.core.logs',
  ];
}
