import { keepEqual } from '../../algorithms/keep-equal';
import { stageKey } from '../../algorithms/read-memo';
import type { Expression } from '../../extract/service/expression';
import type { DefinitionIndex } from './definition-index';
import type { RouteOwner } from './service-model';

/** The stage that keeps what `listOwners` gives. */
export const OWNERS = 'owners';
const OVERRIDES =
  /^(__init__|__call__|add_api_route|add_route|include_router|api_route|mount|get|post|put|patch|delete|websocket|add_api_websocket_route)$/;

/** The owners one file makes, for whoever reads them from another. */
export function ownersAt(path: string, index: DefinitionIndex): readonly RouteOwner[] {
  return index.memo.compute(stageKey(OWNERS, path), (before: readonly RouteOwner[] | undefined) => listOwners(path, index, before));
}

/** The owners one file makes; those it made `before` stay the same objects. */
export function listOwners(path: string, index: DefinitionIndex, before: readonly RouteOwner[] | undefined): readonly RouteOwner[] {
  return keepEqual(before, readOwners(path, index), ({ id }) => id);
}

function readOwners(path: string, index: DefinitionIndex): readonly RouteOwner[] {
  return (index.project.summaries.get(path)?.service?.assignments ?? []).flatMap(({ variable, name, value, span, place }) => {
    if (value.kind !== 'call') return [];
    const type = ownerType(path, value.callee, index);
    if (type === undefined) return [];
    const prefix = value.hasSplat ? undefined : index.textOf(path, value.keywords['prefix'], '');
    const isCustom = type.isCustom || value.keywords['route_class'] !== undefined || value.hasSplat;
    return [{ id: `${path}#${variable}`, kind: type.kind, path, name, span, place, prefix, call: value, isCustom }];
  });
}

function ownerType(path: string, callee: Expression, index: DefinitionIndex): { kind: 'app' | 'router'; isCustom: boolean } | undefined {
  const name = index.externalName(path, callee);
  if (name !== undefined) return typeNamed([name], false);
  const definition = index.definitionOf(path, callee);
  if (definition?.kind !== 'class') return undefined;
  const { classes, outer, isComplete } = index.ancestryOf(definition.path, definition.definition);
  const overrides = classes.some(({ methods, isDecorated }) => isDecorated || methods.some(({ name: method }) => OVERRIDES.test(method)));
  return typeNamed([...outer], overrides || !isComplete || outer.size > 1);
}

function typeNamed(names: readonly string[], isCustom: boolean): { kind: 'app' | 'router'; isCustom: boolean } | undefined {
  if (names.includes('fastapi.FastAPI')) return { kind: 'app', isCustom };
  return names.includes('fastapi.APIRouter') ? { kind: 'router', isCustom } : undefined;
}
