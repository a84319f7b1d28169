import type { FactCollector } from './fact-collector';
import type { WalkContext } from './walk-context';

/**
 * What surrounds an annotation: Python 3.14 and `from __future__ import annotations` evaluate none, so what runs in newer versions
 * alone cannot fail there.
 */
export function annotationContext({ hasLazyAnnotations }: FactCollector, context: WalkContext): WalkContext {
  if (context.lazy) return context;
  if (hasLazyAnnotations) return { ...context, lazy: true };
  return context.isVersioned && context.nameGuard !== 'certainly' ? { ...context, nameGuard: 'broad' } : context;
}
