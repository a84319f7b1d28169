import { GoogleGenerativeAIFetchError } from '@google/generative-ai';
import type { GeminiError } from './classify-gemini-error';

/** What the SDK threw, or an error that stood in the stream, as facts. The SDK's errors all have the name `Error`, so classes decide. */
export function geminiErrorOf(error: unknown): GeminiError {
  if (error instanceof GoogleGenerativeAIFetchError) {
    return { status: error.status, message: wordsOf(error.message), details: recordsOf(error.errorDetails) };
  }
  if (isRecord(error) && typeof error['code'] === 'number') {
    return { status: error['code'], message: String(error['message'] ?? ''), details: recordsOf(error['details']) };
  }
  return { status: undefined, message: error instanceof Error ? wordsOf(error.message) : String(error), details: [] };
}

/** The SDK writes `[GoogleGenerativeAI Error]: Error fetching from <address>: [429 Too Many Requests] words [details]`. */
function wordsOf(message: string): string {
  return message
    .replace(/^\[GoogleGenerativeAI Error\]:\s*/, '')
    .replace(/^Error fetching from \S+ (\[\d{3}[^\]]*\]\s*)?/, '')
    .replace(/\s*\[\{.*\}\]\s*$/s, '');
}

function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
