import { artifactRoles } from '../artifacts/registry';
import { canonicalSpec } from '../keys/canonical-spec';
import { canonicalSpecText } from '../keys/canonical-spec-text';
import { promptKey } from '../keys/prompt-key';
import { templateKey, type TemplateKey } from '../keys/template-key';
import type { Artifact } from '../plan/artifact';
import type { GenerationPlan } from '../plan/generation-plan';
import type { LastGeneration } from '../promote/last-generation';
import type { ArtifactRecord } from '../promote/manifest';
import { textHash } from '../promote/text-hash';
import type { ServiceSpec } from '../spec/service-spec';

/** What the last run made, and from what: by it a run knows what it need not make. */
export interface ArtifactMemory {
  readonly recordOf: (path: string) => ArtifactRecord | undefined;
  /** The text that was generated last time; undefined when it is not known. */
  readonly baseOf: (path: string) => string | undefined;
  /** What the template's text is made from now; undefined for the spec's own file. */
  readonly keyOf: (artifact: Artifact) => TemplateKey | undefined;
  /** The same of what a model wrote. */
  readonly promptKeyOf: (artifact: Artifact) => TemplateKey;
  /** Whether the spec is the last run's, byte for byte: then what differs is the generator. */
  readonly isSameSpec: boolean;
  /** Whether records of two branches stand side by side, so that what one needs may be of the other. */
  readonly isMerged: boolean;
  /** All are made again. */
  readonly all: boolean;
  /** Files that are written once are made as they would be today, though nobody writes them: something is run with them, or compared. */
  readonly rendersOnce: boolean;
}

interface MemorySource {
  readonly last: LastGeneration | undefined;
  readonly spec: ServiceSpec;
  readonly specText: string;
  readonly plan: GenerationPlan;
  readonly templates: ReadonlyMap<string, string>;
  /** Asked for only where a model wrote something. */
  readonly prompts: () => ReadonlyMap<string, string>;
  readonly all: boolean;
  readonly rendersOnce: boolean;
}

export function openMemory({ last, spec, specText, plan, templates, prompts, all, rendersOnce }: MemorySource): ArtifactMemory {
  const roles = new Map(artifactRoles.map((role) => [role.role, role]));
  const canonical = canonicalSpec(spec);
  const keys = new Map<string, TemplateKey | undefined>();
  let canonicalText: string | undefined;
  return {
    recordOf: (path) => last?.manifest.artifacts.get(path),
    baseOf: (path) => last?.madeOf(path),
    keyOf: (artifact) => {
      const role = roles.get(artifact.role);
      if (!keys.has(artifact.path)) keys.set(artifact.path, role && templateKey(artifact, { spec: canonical, role, templates }));
      return keys.get(artifact.path);
    },
    promptKeyOf: (artifact) => {
      canonicalText ??= canonicalSpecText(specText);
      return promptKey(artifact, { spec: canonical, specText: canonicalText, plan, prompts: prompts() });
    },
    isSameSpec: last?.manifest.spec === textHash(specText),
    isMerged: last !== undefined && last.manifest.spec === undefined,
    all,
    rendersOnce,
  };
}
