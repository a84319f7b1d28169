import type { ArtifactRole } from '../artifacts/artifact-role';
import { formatPython } from './format-python';
import { renderTemplate } from './render-template';
import type { Artifact } from '../plan/artifact';
import type { ServiceSpec } from '../spec/service-spec';

/** Text of one artifact as the template coder writes it: rendered, Python formatted, one newline at the end. */
export function renderArtifact({
  spec,
  artifact,
  role,
  templates,
}: {
  readonly spec: ServiceSpec;
  readonly artifact: Artifact;
  readonly role: ArtifactRole;
  readonly templates: ReadonlyMap<string, string>;
}): string {
  const text = renderTemplate({ templates, name: artifact.template, view: { spec, ...role.view(spec, artifact) } });
  return artifact.path.endsWith('.py') ? formatPython(text) : withOneFinalNewline(text);
}

function withOneFinalNewline(text: string): string {
  const trimmed = text.replace(/\s+$/, '');
  return trimmed === '' ? '' : `${trimmed}\n`;
}
