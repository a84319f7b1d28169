/** As much of `@opentelemetry/api` as is used here: it is the user's own, if they have it. */
export interface TracingApi {
  readonly trace: {
    readonly getTracer: (name: string, version?: string) => Tracer;
    readonly setSpan: (context: unknown, span: TraceSpan) => unknown;
  };
  readonly context: {
    readonly active: () => unknown;
    readonly with: <Result>(context: unknown, work: () => Result) => Result;
  };
}

export interface Tracer {
  readonly startSpan: (
    name: string,
    options?: { readonly kind?: number; readonly attributes?: Readonly<Record<string, TraceValue>> },
  ) => TraceSpan;
}

export interface TraceSpan {
  readonly setAttribute: (name: string, value: TraceValue) => unknown;
  readonly setStatus: (status: { readonly code: number; readonly message?: string }) => unknown;
  readonly end: () => void;
}

export type TraceValue = string | number | boolean | readonly string[];

/** `SpanKind` and `SpanStatusCode` of the API. */
export const INTERNAL = 0;
export const CLIENT = 2;
export const ERROR = 2;

/** Runs the work within a span of its own; spans that begin meanwhile are below it. It ends as the work ends, well or not. */
export async function inSpan<Result>({ trace, context }: TracingApi, span: TraceSpan, work: () => Promise<Result>): Promise<Result> {
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    span.setStatus({ code: ERROR, message: error instanceof Error ? error.message : String(error) });
    throw error;
  } finally {
    span.end();
  }
}
