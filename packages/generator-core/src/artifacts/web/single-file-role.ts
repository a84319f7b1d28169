import type { Phase } from '../../plan/artifact';
import type { ServiceSpec } from '../../spec/service-spec';
import type { ArtifactRole, TemplateView } from '../artifact-role';

/** A role of one file, whose template has the file's path. */
export function singleFileRole({
  role,
  phase,
  path,
  provides = () => [],
  needs = () => [],
  exists = () => true,
  view = () => ({}),
}: {
  readonly role: string;
  readonly phase: Phase;
  readonly path: string;
  readonly provides?: (spec: ServiceSpec) => readonly string[];
  readonly needs?: (spec: ServiceSpec) => readonly string[];
  readonly exists?: (spec: ServiceSpec) => boolean;
  readonly view?: (spec: ServiceSpec) => TemplateView;
}): ArtifactRole {
  return {
    role,
    phase,
    artifacts: (spec) =>
      exists(spec)
        ? [{ path, phase, role, template: `${path}.jinja`, provides: provides(spec), needs: [...new Set(needs(spec))].sort() }]
        : [],
    view,
  };
}
