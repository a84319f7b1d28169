import { paths } from './python/spec-lookup';
import { usesCreated } from './web/entity-route-view';
import { usesOptionalToken } from './web/optional-token';
import { singleFileRole } from './web/single-file-role';
import { webPaths } from './web/web-paths';

/** `app/core/openapi.py`: what the OpenAPI document says beyond FastAPI's defaults. */
export const openapiRole = singleFileRole({
  role: 'openapi',
  phase: 'core',
  path: webPaths.openapi,
  provides: (spec) => [
    ...(usesCreated(spec) ? ['CREATED'] : []),
    ...(usesOptionalToken(spec) ? ['OPTIONAL_TOKEN'] : []),
    'Service',
    'operation_id',
  ],
  needs: () => [paths.errors],
  view: (spec) => ({ optionalToken: usesOptionalToken(spec), created: usesCreated(spec) }),
});
