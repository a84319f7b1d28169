import { paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';

/** `app/core/errors.py`: the errors that code raises, and how they are answered. */
export const errorsRole = singleFileRole({
  role: 'errors',
  phase: 'core',
  path: paths.errors,
  provides: () => [
    'AppError',
    'ConflictError',
    'ForbiddenError',
    'NotFoundError',
    'OperationNotImplementedError',
    'Problem',
    'ServiceUnavailableError',
    'UnauthorizedError',
    'UnprocessableError',
    'install_error_handlers',
    'problem_response',
    'problems',
    'status_problem',
  ],
});
