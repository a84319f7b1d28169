/** What the loopback Gemini does with one request. */
export type GeminiReply =
  /** A completion in one or several events; `finishReason: undefined` leaves the stream without an end. */
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly finishReason?: string | undefined;
      readonly thoughts?: string;
      /** The text in that many events, each of two parts. */
      readonly events?: number;
      /** Bytes per write: cuts characters and JSON in the middle. */
      readonly bytesPerWrite?: number;
      /** Between two writes, in milliseconds. */
      readonly pause?: number;
      /** Before anything is sent, in milliseconds. */
      readonly delay?: number;
      readonly usage?: Readonly<Record<string, number>>;
    }
  /** Raw events, as they shall stand in the stream. */
  | { readonly kind: 'events'; readonly events: readonly (object | string)[] }
  | { readonly kind: 'status'; readonly status: number; readonly body: object | string; readonly contentType?: string }
  /** The connection is cut; `afterText` is sent first when given. */
  | { readonly kind: 'reset'; readonly afterText?: string }
  /** Nothing more is ever sent. */
  | { readonly kind: 'hang'; readonly afterText?: string };

/** google.rpc.Status as Gemini writes it. */
export function geminiError(
  code: number,
  status: string,
  message: string,
  details: readonly object[] = [],
): Extract<GeminiReply, { kind: 'status' }> {
  return { kind: 'status', status: code, body: { error: { code, message, status, details } } };
}

/** 429 with the quota and the delay it names. */
export function geminiQuota(
  quotaId: string,
  { message = 'You exceeded your current quota.', retryDelay }: { message?: string; retryDelay?: string } = {},
): GeminiReply {
  return geminiError(429, 'RESOURCE_EXHAUSTED', message, [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [{ quotaMetric: 'generativelanguage.googleapis.com/requests', quotaId }],
    },
    ...(retryDelay === undefined ? [] : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay }]),
  ]);
}
