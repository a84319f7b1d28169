import type { ServiceSpec } from '../spec/service-spec';
import { hasRoles, paths } from './python/spec-lookup';
import { hasRateLimits } from './web/has-rate-limits';
import { singleFileRole } from './web/single-file-role';

/** `app/core/errors.py`: the errors that code raises, and how they are answered. */
export const errorsRole = singleFileRole({
  role: 'errors',
  phase: 'core',
  path: paths.errors,
  provides: (spec) => [
    'AppError',
    'ConflictError',
    ...(usesForbidden(spec) ? ['ForbiddenError'] : []),
    'NotFoundError',
    ...(spec.operations.length > 0 ? ['OperationNotImplementedError'] : []),
    'Problem',
    'ServiceUnavailableError',
    ...(hasRateLimits(spec) ? ['TooManyRequestsError'] : []),
    ...(usesUnauthorized(spec) ? ['UnauthorizedError'] : []),
    'UnprocessableError',
    'install_error_handlers',
    'problem_response',
    'problems',
    'status_problem',
  ],
  view: (spec) => ({
    limits: hasRateLimits(spec),
    unauthorized: usesUnauthorized(spec),
    forbidden: usesForbidden(spec),
    operations: spec.operations.length > 0,
    described: spec.operations.some(({ errors }) => errors.length > 0),
  }),
});

/** Where people sign in, and where services are written by hand. */
function usesUnauthorized(spec: ServiceSpec): boolean {
  return spec.auth !== undefined || spec.operations.length > 0;
}

/** Where only roles keep callers out of what they may know of, and where services are written by hand. */
function usesForbidden(spec: ServiceSpec): boolean {
  return hasRoles(spec) || spec.tenancy !== undefined || spec.operations.length > 0;
}
