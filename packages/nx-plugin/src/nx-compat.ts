/**
 * The one file that knows `@nx/devkit/internal`, which may change with any version of Nx.
 * What is taken from it is there in 23.2, 23.3 and 24.0.
 */
export { FsTree, SyncError } from '@nx/devkit/internal';
