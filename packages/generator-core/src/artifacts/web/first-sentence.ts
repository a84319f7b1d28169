/** `Books by number sold.`: up to the end of the first sentence, with a full stop. */
export function firstSentence(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const sentence = /^.*?[.!?](?=\s|$)/.exec(flat)?.[0] ?? flat;
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
