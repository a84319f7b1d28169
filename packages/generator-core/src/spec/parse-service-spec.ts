import { checkSpec } from './check-spec';
import { checkStructure, reportUnreadShortTexts } from './check-structure';
import { linkRelations } from './link-relations';
import { unsupportedConstructs } from './not-supported-yet';
import { parseAuth } from './parse-auth';
import { parseEntity, parseEntityFields } from './parse-entity';
import { parseEnum } from './parse-enum';
import { parseOperation } from './parse-operation';
import { parsePlainFields } from './parse-plain-fields';
import { parseRelation } from './parse-relation';
import { parseSeed } from './parse-seed';
import { parseTenancy } from './parse-tenancy';
import { sortFaults, type ReportFault } from './report-fault';
import type { EntitySpec, ServiceSpec } from './service-spec';
import type { SpecContext } from './spec-context';
import type { SpecDocument } from './spec-document';
import type { SpecFault } from './spec-fault';
import type { SpecPath } from './spec-path';
import { readSpecSource } from './spec-source';

export type SpecReading =
  { readonly kind: 'read'; readonly spec: ServiceSpec } | { readonly kind: 'faulty'; readonly faults: readonly SpecFault[] };

/** Reads `service.yaml`: the whole spec, or all of its faults in one go, in the order of the file. */
export function parseServiceSpec(text: string, { refuseUnsupported = true }: { readonly refuseUnsupported?: boolean } = {}): SpecReading {
  const sourceReading = readSpecSource(text);
  if (sourceReading.kind === 'unreadable') return { kind: 'faulty', faults: sourceReading.faults };
  const { source } = sourceReading;
  const faults: SpecFault[] = [...sourceReading.faults];
  const report: ReportFault = (draft) => faults.push(source.faultAt(draft));
  const written = source.value();
  const document = checkStructure(source, report);
  if (document === undefined) return { kind: 'faulty', faults: sortFaults(faults) };
  const context = specContext({ document, written, isRemoved: source.isRemoved, report });
  const spec = parseDocument(context);
  checkSpec(spec, context);
  if (faults.length === 0) reportUnreadShortTexts(source, report);
  if (refuseUnsupported) refuse(spec, context);
  return faults.length > 0 ? { kind: 'faulty', faults: sortFaults(faults) } : { kind: 'read', spec };
}

function specContext({
  document,
  written,
  isRemoved,
  report,
}: {
  readonly document: SpecDocument;
  readonly written: unknown;
  readonly isRemoved: (path: SpecPath) => boolean;
  readonly report: ReportFault;
}): SpecContext {
  const enums = new Map(Object.entries(document.enums ?? {}).map(([name, members]) => [name, parseEnum(name, members)]));
  return {
    document,
    report,
    enums,
    structs: new Set(Object.keys(document.types ?? {})),
    entities: new Set(Object.keys(document.entities)),
    roles: new Set(document.auth?.roles),
    tenantRoles: new Set(document.tenancy?.roles ?? memberRoles(document, enums)),
    isWritten: (path) => isWritten(written, path) || isWritten(document, path) || isRemoved(path),
  };
}

/** Roles of the tenancy where it lists none: the values of the enum of the member's field `role`. */
function memberRoles({ tenancy, entities }: SpecDocument, enums: SpecContext['enums']): readonly string[] {
  const written = entities[tenancy?.member ?? '']?.fields['role'];
  const type = typeof written === 'string' ? written : written?.type;
  const name = /^\w+/.exec(type ?? '')?.[0];
  return enums.get(name ?? '')?.members.map(({ value }) => value) ?? [];
}

function isWritten(written: unknown, path: SpecPath): boolean {
  let value = written;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return true;
}

function parseDocument(context: SpecContext): ServiceSpec {
  const { document } = context;
  const entities = parseEntities(context);
  const auth = parseAuth({ fieldsOf: (name) => entities.find((entity) => entity.name === name)?.fields ?? [], context });
  const tenancy = parseTenancy({ entities, context });
  return {
    service: document.service,
    pythonName: document.service.replaceAll('-', '_'),
    version: document.version ?? '0.1.0',
    description: document.description?.trim() ?? `The ${document.service.replaceAll(/[-_]/g, ' ')} service.`,
    ...(auth && { auth }),
    ...(tenancy && { tenancy }),
    telemetry: document.telemetry ?? false,
    owned: document.owned ?? [],
    enums: [...context.enums.values()],
    structs: Object.entries(document.types ?? {}).map(([name, fields]) => ({
      name,
      fields: parsePlainFields({ fields, at: ['types', name], use: 'struct', context }),
    })),
    entities,
    operations: Object.entries(document.operations ?? {}).flatMap(
      ([name, written]) => parseOperation({ name, written, entities, context }) ?? [],
    ),
    seed: parseSeed(entities, context),
  };
}

function parseEntities(context: SpecContext): readonly EntitySpec[] {
  const written = Object.entries(context.document.entities);
  const fields = new Map(written.map(([name, entity]) => [name, parseEntityFields({ name, entity, context })]));
  const relations = linkRelations(
    new Map(
      written.map(([name, entity]) => [
        name,
        Object.entries(entity.relations ?? {}).flatMap(
          ([relation, form]) => parseRelation({ written: form, at: ['entities', name, 'relations', relation], context }) ?? [],
        ),
      ]),
    ),
    context,
  );
  const fieldsOf = (name: string) => fields.get(name) ?? [];
  const relationsOf = (name: string) => relations.get(name) ?? [];
  return written.map(([name, entity]) =>
    parseEntity({ name, entity, fields: fieldsOf(name), relations: relationsOf(name), fieldsOf, relationsOf, context }),
  );
}

function refuse(spec: ServiceSpec, { report }: SpecContext): void {
  for (const { at, construct, instead } of unsupportedConstructs(spec)) {
    report({
      at,
      on: 'value',
      code: 'not-supported-yet',
      message: `${construct} can be described but not generated yet.`,
      mend: instead,
    });
  }
}
