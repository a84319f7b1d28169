import { z } from 'zod';
import { serviceSpecDocument } from './spec-document';

/** Text of `schema/service-spec.schema.json`; a test checks that the committed file is this. */
export function serviceSpecJsonSchema(): string {
  const schema = z.toJSONSchema(serviceSpecDocument, { target: 'draft-2020-12', io: 'input', reused: 'inline' });
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
