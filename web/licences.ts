// The licences of what is put into the page go with it, as /licences.txt: they ask for no less.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** The folder of the package that a module belongs to, '' for our own. */
export function packageFolder(module: string): string {
  const path = module.replace(/^\0/, '').replace(/\?.*$/, '');
  return /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? '';
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${folder} has no licence file: what is put into the page must have one`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

export function licences(): Plugin {
  return {
    name: 'casus-licences',
    apply: 'build',
    generateBundle() {
      const folders = new Set(
        [...this.getModuleIds()].map(packageFolder).filter((folder) => folder !== '' && existsSync(join(folder, 'package.json'))),
      );
      const texts = [...folders].sort().map(licenceOf);
      this.emitFile({
        type: 'asset',
        fileName: 'licences.txt',
        source: ['What the page of casus contains beside its own code.\n', ...texts].join(`\n${'-'.repeat(72)}\n\n`),
      });
    },
  };
}
