/** How to reach Gemini. */
export interface GeminiSettings {
  readonly key: string;
  /** Without a slash at the end; undefined for the provider's own address. */
  readonly baseUrl: string | undefined;
}

export type GeminiSettingsOutcome =
  | { readonly kind: 'settings'; readonly settings: GeminiSettings }
  /** What is wrong and what to do. */
  | { readonly kind: 'invalid'; readonly message: string };

/** Reads GEMINI_API_KEY or GOOGLE_API_KEY, and GOOGLE_GEMINI_BASE_URL. */
export function readGeminiSettings(environment: Readonly<Record<string, string | undefined>>): GeminiSettingsOutcome {
  const key = (environment['GEMINI_API_KEY'] || environment['GOOGLE_API_KEY'] || '').trim();
  if (key === '') {
    return {
      kind: 'invalid',
      message: 'No key for Gemini: set GEMINI_API_KEY (or GOOGLE_API_KEY), or leave --model out to let the templates write everything.',
    };
  }
  // eslint-disable-next-line no-control-regex
  if (/[^\x21-\x7e]/.test(key)) {
    return {
      kind: 'invalid',
      message: 'GEMINI_API_KEY has characters no key has (a space, a line break, a quotation mark of a word processor). Copy it again.',
    };
  }
  const baseUrl = environment['GOOGLE_GEMINI_BASE_URL']?.trim().replace(/\/+$/, '');
  if (baseUrl && !/^https?:\/\/[^\s/]+/.test(baseUrl)) {
    return { kind: 'invalid', message: 'GOOGLE_GEMINI_BASE_URL is no address: write it with http:// or https://.' };
  }
  return { kind: 'settings', settings: { key, baseUrl: baseUrl || undefined } };
}
