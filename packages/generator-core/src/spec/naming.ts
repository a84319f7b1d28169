/** `OrderItem` → `order_item`, `HTTPLog` → `http_log`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** `pay_order` → `PayOrder` */
export function pascalCase(name: string): string {
  return name
    .split(/[_-]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** `order_items` → `order-items` */
export function kebabCase(name: string): string {
  return name.replaceAll('_', '-');
}

/** `order_item` → `order item` */
export function spacedWords(name: string): string {
  return name.replaceAll('_', ' ');
}

/** `in_progress` → `In progress` */
export function sentenceCase(name: string): string {
  const words = spacedWords(name);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const irregularPlurals: Readonly<Record<string, string>> = {
  analysis: 'analyses',
  axis: 'axes',
  basis: 'bases',
  calf: 'calves',
  child: 'children',
  crisis: 'crises',
  criterion: 'criteria',
  datum: 'data',
  diagnosis: 'diagnoses',
  echo: 'echoes',
  foot: 'feet',
  goose: 'geese',
  half: 'halves',
  hero: 'heroes',
  hypothesis: 'hypotheses',
  knife: 'knives',
  leaf: 'leaves',
  life: 'lives',
  loaf: 'loaves',
  man: 'men',
  medium: 'media',
  mouse: 'mice',
  person: 'people',
  phenomenon: 'phenomena',
  potato: 'potatoes',
  quiz: 'quizzes',
  shelf: 'shelves',
  thesis: 'theses',
  thief: 'thieves',
  tomato: 'tomatoes',
  tooth: 'teeth',
  wife: 'wives',
  wolf: 'wolves',
  woman: 'women',
};

/**
 * Plural of a snake-case name, by its last word: `order_item` → `order_items`, `category` → `categories`.
 * Never equal to the singular, so that generated code can use both: `news` → `newses` (set `table` and `api.path` for nicer ones).
 */
export function pluralOf(name: string): string {
  const start = name.lastIndexOf('_') + 1;
  return name.slice(0, start) + pluralOfWord(name.slice(start));
}

function pluralOfWord(word: string): string {
  const irregular = Object.hasOwn(irregularPlurals, word) ? irregularPlurals[word] : undefined;
  if (irregular !== undefined) return irregular;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return `${word}s`;
}
