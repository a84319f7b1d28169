import type { Random } from '../random-spec/random';
import type { Document, DocumentEdit } from '../spec-edits/edit-document';

/** An entity has another name wherever it stands, and says what it was called. */
export function renameEntity(random: Random, document: Document): DocumentEdit {
  const was = random.pick(Object.keys(document['entities'] as Document));
  const name = `Other${random.below(1000)}`;
  const renamed = JSON.parse(JSON.stringify(document).replace(new RegExp(`\\b${was}\\b`, 'g'), name)) as Document;
  const entity = (renamed['entities'] as Record<string, Document>)[name]!;
  entity['was'] = was;
  return { what: `${was} is called ${name}`, document: renamed };
}

/** Once it is generated, nobody has to say any more what it was called. */
export function forgetNames(document: Document): Document {
  const forgotten = structuredClone(document);
  for (const entity of Object.values(forgotten['entities'] as Record<string, Document>)) delete entity['was'];
  return forgotten;
}
