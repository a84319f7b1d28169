/** `B006`, as the lint rules of `[tool.fastapi-validate] lint` are called. */
export function isRuffCode(id: string): boolean {
  return /^[A-Z]+\d{3,4}$/.test(id);
}
