declare module 'eslint-plugin-lit-a11y' {
  import type { ESLint, Linter } from 'eslint';

  const plugin: Omit<ESLint.Plugin, 'configs'> & { configs: { recommended: { rules: Linter.RulesRecord } } };
  export default plugin;
}

declare module '@custom-elements-manifest/analyzer/cli.js' {
  export function cli(options: { argv: string[]; cwd: string; noWrite: boolean }): Promise<{
    modules: { declarations: { tagName: string }[] }[];
  }>;
}
