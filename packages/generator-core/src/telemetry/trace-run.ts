import { INTERNAL, inSpan, type TracingApi } from './tracing';

interface TraceRunOptions {
  readonly api: TracingApi;
  readonly version: string;
  /** As OpenTelemetry names it: `gcp.gemini`. */
  readonly provider: string;
}

/** The whole run as one span, `invoke_agent fastapi-generator`; the calls of its model are below it. */
export function traceRun<Result>({ api, version, provider }: TraceRunOptions, work: () => Promise<Result>): Promise<Result> {
  const attributes = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'fastapi-generator',
    'gen_ai.agent.version': version,
    'gen_ai.provider.name': provider,
  };
  const span = api.trace.getTracer('@org/fastapi', version).startSpan('invoke_agent fastapi-generator', { kind: INTERNAL, attributes });
  return inSpan(api, span, work);
}
