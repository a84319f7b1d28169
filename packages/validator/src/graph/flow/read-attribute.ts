import type { AnnotationValues } from './annotation-values';
import { isRequest, isUpload } from './annotation-values';
import { CLEAN, derivedOf, type Taint, type Value } from './flow-value';

const REQUEST_PARTS = new Set(['query_params', 'headers', 'cookies', 'path_params']);
const UPLOAD_PARTS = new Set(['filename', 'content_type', 'file', 'headers']);
const LAST_PART = new Set(['name', 'stem', 'suffix', 'suffixes']);
const HOST_PART = new Set(['hostname', 'netloc', 'scheme', 'port', 'host']);

/** `value.name`, for what is not an instance of a class of the project. */
export function readAttribute(value: Value, name: string, annotations: AnnotationValues): Value {
  const known = value.fields?.get(name);
  if (known !== undefined) return known;
  const { taints, type } = value;
  if (taints.length === 0) return CLEAN;
  if (type?.kind === 'model') return annotations.fieldValue(type, name, taints);
  if (isRequest(type)) return REQUEST_PARTS.has(name) ? { taints: within(taints, name) } : CLEAN;
  if (isUpload(type)) return UPLOAD_PARTS.has(name) ? { taints: within(taints, name) } : CLEAN;
  if (type?.kind === 'external' && /Path$/.test(type.name)) {
    if (LAST_PART.has(name)) return { taints: taints.map((taint) => ({ ...taint, isExact: false, cleaned: [...taint.cleaned, 'path'] })) };
    return { taints, type };
  }
  return HOST_PART.has(name) ? derivedOf([value]) : { taints: derivedOf([value]).taints };
}

/** `value["name"]` and `value.get("name")`. */
export function readElement(value: Value, key: string | undefined): Value {
  const known = key === undefined ? undefined : value.fields?.get(key);
  if (known !== undefined) return known;
  if (value.fields !== undefined && key !== undefined && value.taints.length === 0) return CLEAN;
  const fields = [...(value.fields?.values() ?? [])].flatMap(({ taints }) => taints);
  const taints = [...value.taints, ...fields];
  return { taints: key === undefined ? taints.map((taint) => ({ ...taint, isExact: false })) : within(taints, key) };
}

function within(taints: readonly Taint[], name: string): readonly Taint[] {
  return taints.map((taint) => (taint.names.length > 3 ? taint : { ...taint, names: [...taint.names, name] }));
}
