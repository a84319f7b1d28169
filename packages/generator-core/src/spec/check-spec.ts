import { checkColumns } from './check-columns';
import { checkCursors } from './check-cursors';
import { checkIdentifierLengths } from './check-identifier-lengths';
import { checkNames } from './check-names';
import { checkNesting } from './check-nesting';
import { checkRegistration } from './check-registration';
import { checkRenames } from './check-renames';
import { checkRequiredCycles } from './check-required-cycles';
import { checkRoutes } from './check-routes';
import { checkTenancy } from './check-tenancy';
import type { ServiceSpec } from './service-spec';
import type { SpecContext } from './spec-context';

/** What can only be seen once the whole spec is read: clashes, rings and limits of what is generated. */
export function checkSpec(spec: ServiceSpec, context: SpecContext): void {
  checkNames(spec, context);
  checkColumns(spec, context);
  checkCursors(spec, context);
  checkRequiredCycles(spec, context);
  checkNesting(spec, context);
  checkRegistration(spec, context);
  checkRoutes(spec, context);
  checkTenancy(spec, context);
  checkIdentifierLengths(spec, context);
  checkRenames(spec, context);
}
