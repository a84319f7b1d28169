import { describeTask, type TaskSource } from '../context/describe-task';
import type { Artifact } from '../plan/artifact';
import { textHash } from '../promote/text-hash';
import type { TemplateKey } from './template-key';

/** Of what a model writes: hashes of its task, whatever the files around it look like, and of the prompts. The spec is the canonical one. */
export function promptKey(artifact: Artifact, source: TaskSource): TemplateKey {
  const { prompts } = source;
  const shipped = ['system.md', 'write.md.jinja', `briefs/${artifact.role}.md.jinja`].map((name) => prompts.get(name) ?? '');
  return { spec: textHash(JSON.stringify(describeTask(artifact, source))), template: textHash(JSON.stringify(shipped)) };
}
