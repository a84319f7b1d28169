import { version as ruffVersion } from '@astral-sh/ruff-wasm-nodejs/package.json';
import type { ArtifactRole } from '../artifacts/artifact-role';
import type { Artifact } from '../plan/artifact';
import { textHash } from '../promote/text-hash';
import { ruffOptions } from '../render/ruff-options';
import type { ServiceSpec } from '../spec/service-spec';
import { templateReads } from './template-reads';
import { valuesRead } from './values-read';

export interface TemplateKeySource {
  /** The canonical one, so that its order is none of the key. */
  readonly spec: ServiceSpec;
  readonly role: ArtifactRole;
  readonly templates: ReadonlyMap<string, string>;
}

/** Hashes of all that the text of a template's artifact is a function of. */
export interface TemplateKey {
  /** Of what the template takes of its view. */
  readonly spec: string;
  /** Of the template and of what formats its text. A template includes no other: its language here has no such statement. */
  readonly template: string;
}

export function templateKey(artifact: Artifact, { spec, role, templates }: TemplateKeySource): TemplateKey {
  const source = templates.get(artifact.template) ?? '';
  const view = { spec, ...role.view(spec, artifact) };
  return {
    spec: textHash(valuesRead(view, templateReads(source))),
    template: textHash(artifact.path.endsWith('.py') ? `${FORMATTER}\n${source}` : source),
  };
}

const FORMATTER = JSON.stringify([ruffVersion, ruffOptions]);
