/**
 * What the project graph takes from the inside of Nx. `@nx/devkit` and `@nx/devkit/internal` have it, too, but a process that loads plugins
 * has these two files already, while the devkit costs it a tenth of a second on every command. They are there in 23.2, 23.3 and 24.0.
 */
import { workspaceDataDirectory } from 'nx/src/utils/cache-directory';
import { PluginCache } from 'nx/src/utils/plugin-cache-utils';

export { PluginCache, workspaceDataDirectory };
