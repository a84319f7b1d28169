import type { VersionActions } from 'nx/release';
import { PyprojectVersionActions } from './release/pyproject-version-actions';

/**
 * `nx release` takes what the module is, with `afterAllProjectsVersioned` on it; a default export would be read in two ways by bundlers.
 * What stands on the class is left out of the type: Node, importing this from an ES module, does not see it as names of the module.
 */
const versionActions: new (...options: ConstructorParameters<typeof VersionActions>) => VersionActions = PyprojectVersionActions;

export = versionActions;
