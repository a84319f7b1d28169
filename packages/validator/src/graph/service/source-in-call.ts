import type { CheckedCall } from '../../extract/service/checked-call';
import type { Expression } from '../../extract/service/expression';

/** An argument as written; undefined when it is not given. */
export function sourceInCall({ call, source }: CheckedCall, argument: Expression | undefined): string | undefined {
  return argument === undefined ? undefined : source.slice(argument.span.start - call.span.start, argument.span.end - call.span.start);
}
