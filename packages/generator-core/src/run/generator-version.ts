/** Version of this package, as the manifest records it. A test compares it with `package.json`. */
export const generatorVersion = '0.1.0';
