import type { ModelFailure } from '../model-failure';
import { classifyGeminiError } from './classify-gemini-error';
import { geminiErrorOf } from './gemini-error-of';
import { geminiFamilyOf } from './gemini-family-of';
import type { GeminiSettings } from './gemini-settings';

const DEFAULT_BASE_URL = 'https://generativelanguage.googleapis.com';

/** A question that costs nothing must not hold up the run (milliseconds). */
const PATIENCE = 20_000;

interface Verification {
  readonly id: string;
  readonly settings: GeminiSettings;
  readonly signal: AbortSignal;
}

/** Asks for the model's description: free of charge, and it fails just as a completion would for a wrong key, model or proxy. */
export async function verifyGemini({ id, settings, signal }: Verification): Promise<ModelFailure | undefined> {
  const path = id.includes('/') ? id : `models/${id}`;
  try {
    const response = await fetch(`${settings.baseUrl ?? DEFAULT_BASE_URL}/v1beta/${path}`, {
      headers: { 'x-goog-api-key': settings.key },
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    if (response.ok) return await describedModel(response, id);
    return withSuccessor(classifyGeminiError(await errorIn(response), id), id);
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled', message: 'The call was cancelled.' };
    return {
      kind: 'network',
      message: `Gemini cannot be reached: ${causeOf(error)}. Check the network, HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL.`,
    };
  }
}

/** A proxy's log-in page answers 200, too. */
async function describedModel(response: Response, id: string): Promise<ModelFailure | undefined> {
  const description: unknown = await response.json().catch(() => undefined);
  if (typeof description === 'object' && description !== null && 'name' in description) return undefined;
  return {
    kind: 'network',
    message: `What answered for ${id} is not Gemini. Check HTTPS_PROXY and GOOGLE_GEMINI_BASE_URL: a proxy may want a log-in.`,
  };
}

async function errorIn(response: Response): Promise<ReturnType<typeof geminiErrorOf>> {
  const body: unknown = await response.json().catch(() => undefined);
  const first: unknown = Array.isArray(body) ? body[0] : body;
  const error = typeof first === 'object' && first !== null && 'error' in first ? first.error : undefined;
  return { ...geminiErrorOf(error ?? ''), status: response.status };
}

function withSuccessor(failure: ModelFailure, id: string): ModelFailure {
  const { shutdown } = geminiFamilyOf(id);
  if (failure.kind !== 'model-not-found' || shutdown === undefined) return failure;
  return { ...failure, message: `${id} was shut down on ${shutdown.on}. Use --model gemini:${shutdown.successor}.` };
}

/** fetch says only "fetch failed"; the reason is in its cause, sometimes one of several. */
function causeOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause !== undefined) innermost = innermost.cause;
  if (innermost instanceof AggregateError) innermost = innermost.errors[0];
  if (!(innermost instanceof Error)) return String(innermost);
  const code = (innermost as NodeJS.ErrnoException).code;
  return code === undefined ? innermost.message : `${code}${innermost.message.includes(code) ? '' : ` (${innermost.message})`}`;
}
