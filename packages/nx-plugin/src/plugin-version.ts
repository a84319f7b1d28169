/** Version of this package. A test compares it with `package.json`. */
export const pluginVersion = '0.1.0';
