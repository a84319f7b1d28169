import type { ArtifactRecord, Manifest } from './manifest';

/** The same manifest, the same bytes: what is undefined is left out, and the words of a line have one order. */
export function formatManifest({ version, generator, spec, artifacts }: Manifest): string {
  const lines = [{ version, generator }, ...(spec === undefined ? [] : [{ spec }]), ...[...artifacts.values()].map(lineOf)];
  return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
}

function lineOf({ path, role, entity, operation, key, surface, model, conflict }: ArtifactRecord): ArtifactRecord {
  return {
    path,
    role,
    entity,
    operation,
    key: key && { spec: key.spec, template: key.template, needs: key.needs, model: key.model },
    surface,
    model,
    conflict,
  };
}
