import { versionUses } from './versions';
import { singleFileRole } from './web/single-file-role';

/** `schemathesis.toml`: which answers are right that schemathesis does not expect. */
export const schemathesisRole = singleFileRole({
  role: 'schemathesis',
  phase: 'project',
  path: 'schemathesis.toml',
  exists: (spec) => versionUses(spec).write,
});
