import type { ModelFailure } from '../model-failure';

/** What is known of a call that Gemini refused; `details` are google.rpc details. */
export interface GeminiError {
  readonly status: number | undefined;
  readonly message: string;
  readonly details: readonly Readonly<Record<string, unknown>>[];
}

/** Longer waits than this are no rate limit but an exhausted quota (seconds). */
const LONGEST_WAIT = 300;

/**
 * HTTP status and google.rpc details → what it means for the run. Rules: `limit: 0` and quotas per day are not waited for,
 * whatever delay they name; RetryInfo is a protobuf duration with fractions.
 */
export function classifyGeminiError(error: GeminiError, modelId: string): ModelFailure {
  const { status } = error;
  const withStatus = status === undefined ? {} : { status };
  switch (status) {
    case 400:
      return { ...withStatus, ...badRequest(error, modelId) };
    case 401:
    case 403:
      return {
        ...withStatus,
        kind: 'unauthorised',
        message: `Gemini refuses the key for ${modelId}${said(error)}. Check GEMINI_API_KEY and what the key may use.`,
      };
    case 404:
      return {
        ...withStatus,
        kind: 'model-not-found',
        message: `Gemini has no model ${modelId}${said(error)}. Choose another with --model gemini:<id>.`,
      };
    case 429:
      return { ...withStatus, ...limited(error, modelId) };
    default:
      return { ...withStatus, ...unavailable(error) };
  }
}

function badRequest(error: GeminiError, modelId: string): ModelFailure {
  const isKey =
    error.details.some(({ reason }) => reason === 'API_KEY_INVALID') || /API key not valid|API_KEY_INVALID/i.test(error.message);
  if (isKey) return { kind: 'unauthorised', message: 'Gemini does not know this API key. Set GEMINI_API_KEY to a valid one.' };
  return { kind: 'bad-request', message: `Gemini does not take the request for ${modelId}${said(error)}.` };
}

function limited(error: GeminiError, modelId: string): ModelFailure {
  const seconds = retrySeconds(error);
  const isOver = /limit:\s*0\b/.test(error.message) || isDaily(error) || (seconds ?? 0) > LONGEST_WAIT;
  if (isOver) {
    return {
      kind: 'quota-exhausted',
      message: `The quota for ${modelId} is used up${said(error)}. Raise it, wait for the next day, or name another model.`,
    };
  }
  const message = `Gemini allows no more calls to ${modelId} for now${said(error)}.`;
  return { kind: 'rate-limited', message, ...(seconds === undefined ? {} : { retryAfterMilliseconds: Math.ceil(seconds * 1000) }) };
}

function isDaily({ details, message }: GeminiError): boolean {
  const quotas = details.flatMap(({ violations }) => (Array.isArray(violations) ? (violations as readonly { quotaId?: unknown }[]) : []));
  return quotas.some(({ quotaId }) => /PerDay|Daily/i.test(String(quotaId))) || /PerDay|per day/i.test(message);
}

function retrySeconds({ details, message }: GeminiError): number | undefined {
  const stated = details.map(({ retryDelay }) => retryDelay).find((delay) => typeof delay === 'string');
  const found = /^(\d+(?:\.\d+)?)s$/.exec(stated ?? '') ?? /retry in (\d+(?:\.\d+)?)\s*s/i.exec(message);
  return found === null ? undefined : Number(found[1]);
}

function unavailable(error: GeminiError): ModelFailure {
  const { status } = error;
  if (status === undefined) return { kind: 'network', message: `The connection to Gemini failed${said(error)}.` };
  if (status === 504) return { kind: 'timed-out', message: `Gemini did not answer in its own time (504)${said(error)}.` };
  if (status >= 500 || status === 499 || status === 408)
    return { kind: 'unavailable', message: `Gemini has a fault of its own (${status})${said(error)}.` };
  return {
    kind: 'bad-request',
    message: `Gemini, or a proxy before it, answered ${status}${said(error)}. Check GOOGLE_GEMINI_BASE_URL and the proxy.`,
  };
}

/** The provider's words, on one line and without addresses. */
function said({ message }: GeminiError): string {
  const words = message
    .replace(/https?:\/\/\S+/g, '')
    // The SDK appends the details, none of them for a fault without any.
    .replace(/\s*\[\]\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.+$/, '')
    .slice(0, 300);
  return words === '' ? '' : `: ${words}`;
}
