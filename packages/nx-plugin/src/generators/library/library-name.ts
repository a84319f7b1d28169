import { readLibraryNames, readPythonPins } from '@org/generator-core';
import { UserError } from '../../errors/user-error';
import { normalizeDistributionName } from '../../pyproject/distribution-name';

export interface LibraryName {
  /** What indexes, `pyproject.toml` and Nx call it: `acme-money`. */
  readonly distribution: string;
  /** What code imports: `acme_money`. */
  readonly module: string;
}

const keywords = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
/** Modules of the services themselves: their own would hide the library's, or the other way round. */
const serviceModules = new Set(['app', 'tests', 'test', 'alembic']);

/** The name of a library. Throws `UserError` for one that Python or services cannot use. */
export function readLibraryName(given: string): LibraryName {
  const distribution = normalizeDistributionName(given.trim());
  const module = distribution.replaceAll('-', '_');
  const refuse = (why: string): never => {
    throw new UserError(
      `"${given}" does not do as the name of a library: ${why}. Choose another with --name, such as acme-${distribution}.`,
    );
  };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(distribution))
    throw new UserError(
      `"${given}" does not do as the name of a library. Start it with a letter, and use letters, digits, "-" and "_" only: --name acme-money.`,
    );
  if (keywords.has(module)) refuse(`${module} is a keyword of Python`);
  if (serviceModules.has(module)) refuse(`services have a module ${module} of their own`);
  if (distribution in readPythonPins().packages) refuse(`services use the package ${distribution} from the index`);
  if (module in readLibraryNames().modules) refuse(`Python, or a package that services use, has a module ${module}`);
  return { distribution, module };
}
