import { paths } from './python/spec-lookup';
import { singleFileRole } from './web/single-file-role';

/** `app/core/config.py` */
export const configRole = singleFileRole({
  role: 'config',
  phase: 'core',
  path: paths.config,
  provides: (spec) => ['API_PREFIX', 'Settings', 'get_settings', ...(spec.auth === undefined ? [] : ['DEVELOPMENT_KEY', 'SHORTEST_KEY'])],
  view: ({ auth }) =>
    auth === undefined
      ? {}
      : { accessTokenSeconds: secondsSource(auth.accessTokenSeconds), refreshTokenSeconds: secondsSource(auth.refreshTokenSeconds) },
});

/** A time as people think of it: `14 * 24 * 3600`. */
function secondsSource(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} * 24 * 3600`;
  if (seconds % 3600 === 0) return `${seconds / 3600} * 3600`;
  return seconds % 60 === 0 ? `${seconds / 60} * 60` : String(seconds);
}
