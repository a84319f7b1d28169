import { paths } from './python/spec-lookup';
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
    'ForbiddenError',
    'NotFoundError',
    'OperationNotImplementedError',
    'Problem',
    'ServiceUnavailableError',
    ...(hasRateLimits(spec) ? ['TooManyRequestsError'] : []),
    'UnauthorizedError',
    'UnprocessableError',
    'install_error_handlers',
    'problem_response',
    'problems',
    'status_problem',
  ],
  view: (spec) => ({ limits: hasRateLimits(spec) }),
});
