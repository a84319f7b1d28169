import { detach } from './detach';

const FIRST_SIZE = 1 << 12;
/** More names than this are not worth the memory: the pool begins again. */
const MOST_NAMES = 1 << 16;

/** Gives one string for all equal stretches of texts: a name is made once, hashed once, and keeps no text alive. */
export class NamePool {
  private names: (string | undefined)[] = new Array<string | undefined>(FIRST_SIZE).fill(undefined);
  private mask = FIRST_SIZE - 1;
  private count = 0;

  cut(text: string, start: number, end: number): string {
    let slot = hashOf(text, start, end) & this.mask;
    for (let known = this.names[slot]; known !== undefined; known = this.names[slot]) {
      if (isAt(known, text, start, end)) return known;
      slot = (slot + 1) & this.mask;
    }
    const name = detach(text.slice(start, end));
    this.names[slot] = name;
    this.count += 1;
    if (this.count * 2 > this.names.length) this.grow();
    return name;
  }

  private grow(): void {
    const known = this.count > MOST_NAMES ? [] : this.names;
    const size = this.count > MOST_NAMES ? FIRST_SIZE : this.names.length * 2;
    this.names = new Array<string | undefined>(size).fill(undefined);
    this.mask = size - 1;
    this.count = 0;
    for (const name of known) if (name !== undefined) this.put(name);
  }

  private put(name: string): void {
    let slot = hashOf(name, 0, name.length) & this.mask;
    while (this.names[slot] !== undefined) slot = (slot + 1) & this.mask;
    this.names[slot] = name;
    this.count += 1;
  }
}

function hashOf(text: string, start: number, end: number): number {
  let hash = end - start;
  for (let offset = start; offset < end; offset += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(offset)) | 0;
  return hash ^ (hash >>> 15);
}

function isAt(name: string, text: string, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let index = 0; index < name.length; index += 1) if (name.charCodeAt(index) !== text.charCodeAt(start + index)) return false;
  return true;
}
