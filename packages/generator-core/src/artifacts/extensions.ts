import { paths } from './python/spec-lookup';
import type { ArtifactRole } from './artifact-role';
import { webPaths } from './web/web-paths';

/** `app/extensions/__init__.py`: where hand-written code joins the service. Written once; the folder is the user's from then on. */
export const extensionsRole: ArtifactRole = {
  role: 'extensions',
  phase: 'app',
  artifacts: () => [
    {
      path: webPaths.extensions,
      phase: 'app',
      role: 'extensions',
      template: `${webPaths.extensions}.jinja`,
      provides: ['Base', 'extend'],
      needs: [paths.models],
      writeOnce: true,
    },
  ],
  view: () => ({}),
};
