export type SpecifierUpdate =
  | { readonly kind: 'updated'; readonly text: string }
  /** It names no version, or the new one already. */
  | { readonly kind: 'unchanged' }
  /** A range of several clauses or of another kind: which one is meant to follow is not certain. */
  | { readonly kind: 'left' };

/** `money[eur]==0.1.0; python_version > "3.11"` with another version: one clause with `==`, `>=`, `~=` follows, and keeps its operator. */
export function updateRequirement(requirement: string, version: string): SpecifierUpdate {
  const [, start = '', specifier = '', end = ''] =
    /^(\s*[A-Za-z0-9._-]+\s*(?:\[[^\]]*\])?\s*)([^;@]*?)(\s*(?:;.*)?)$/s.exec(requirement) ?? [];
  const updated = updateSpecifier(specifier.replace(/^\((.*)\)$/, '$1'), version);
  return updated.kind === 'updated' ? { kind: 'updated', text: `${start}${updated.text}${end}` } : updated;
}

/** `^0.1.0` of Poetry, `==0.1.0` of all. */
export function updateSpecifier(specifier: string, version: string): SpecifierUpdate {
  const text = specifier.trim();
  if (text === '' || text === '*') return { kind: 'unchanged' };
  const [, operator, gap = ''] = /^(==|>=|~=|\^|~|)(\s*)v?\d[\w.-]*$/.exec(text) ?? [];
  if (operator === undefined) return { kind: 'left' };
  const updated = `${operator}${gap}${version}`;
  return updated === text ? { kind: 'unchanged' } : { kind: 'updated', text: updated };
}
