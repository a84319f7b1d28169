import type { Artifact, Phase } from '../plan/artifact';
import type { ServiceSpec } from '../spec/service-spec';

/** What a template sees besides `spec`: plain data (strings, numbers, booleans, arrays, objects). */
export type TemplateView = Readonly<Record<string, unknown>>;

/**
 * A kind of file of a service. Adding one = one file in `artifacts/`, one template, one row in `artifacts/registry.ts`,
 * and for Python below `app/` one brief in `prompts/briefs/`, which says to a model what the template does.
 * All members are pure; `artifacts` gives the same list in the same order for the same spec.
 */
export interface ArtifactRole {
  readonly role: string;
  readonly phase: Phase;
  /** The artifacts of this role that the spec asks for; empty when it asks for none. */
  readonly artifacts: (spec: ServiceSpec) => readonly Artifact[];
  /** What the template of one of these artifacts sees besides `spec`. */
  readonly view: (spec: ServiceSpec, artifact: Artifact) => TemplateView;
}
