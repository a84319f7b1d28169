/** One model as the user names it. */
export type ModelChoice =
  | { readonly kind: 'gemini'; readonly id: string }
  | { readonly kind: 'ai-sdk'; readonly packageName: string; readonly id: string }
  | { readonly kind: 'replay'; readonly file: string };

export type ModelChoiceOutcome =
  | { readonly kind: 'choices'; readonly choices: readonly [ModelChoice, ...ModelChoice[]] }
  | { readonly kind: 'invalid'; readonly message: string };
