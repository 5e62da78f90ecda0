import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';
import { readdirSync } from 'node:fs';
import { Env } from '../../src/platform/config/env.dto.js';
import { readProjectFile } from '../support/source-files.js';

const FOLDER = 'deploy/kubernetes';
const SETTINGS = new Set(
  getMetadataStorage()
    .getTargetValidationMetadatas(Env, '', true, false)
    .map((rule) => rule.propertyName),
);
const MANIFESTS = readdirSync(new URL(`../../${FOLDER}/`, import.meta.url)).map((name) => ({
  name,
  text: readProjectFile(`${FOLDER}/${name}`),
}));
const manifest = (name: string): string => MANIFESTS.find((file) => file.name === name)?.text ?? '';

/** Names of settings: keys of a map (`NAME: value`), or of a variable (`name: NAME`). */
function settingsIn(text: string): string[] {
  return [...text.matchAll(/^\s+(?:- )?(?:name: )?([A-Z][A-Z_]+)(?::|$)/gm)].map(([, name = '']) => name);
}

describe('Kubernetes manifests', () => {
  it('set what exists', () => {
    const named = MANIFESTS.flatMap(({ text }) => settingsIn(text));
    expect(named).toEqual(expect.arrayContaining(['PUBLIC_URL', 'DATABASE_URL', 'CHARTKEY_BUNDLE_PASSPHRASE']));
    expect(named.filter((name) => !SETTINGS.has(name))).toEqual([]);
  });

  it('name files that are there, and run this version', () => {
    const { version } = JSON.parse(readProjectFile('package.json')) as { version: string };
    const kustomization = manifest('kustomization.yaml');
    const resources = [...kustomization.matchAll(/^ {2}- (\S+\.yaml)$/gm)].map(([, name = '']) => name);
    expect(resources.length).toBeGreaterThan(4);
    expect(resources.filter((name) => manifest(name) === '')).toEqual([]);
    expect(/newTag: (\S+)/.exec(kustomization)?.[1]).toBe(version);
    expect(/image: \S+:(\S+)/.exec(manifest('migrate.yaml'))?.[1]).toBe(version);
  });

  it('leave a replica the time that it takes to stop', () => {
    const deployment = manifest('deployment.yaml');
    const seconds = (pattern: RegExp, text = deployment): number => Number(pattern.exec(text)?.[1]);
    const stopping = seconds(/\['sleep', '(\d+)'\]/) + seconds(/CHARTKEY_SHUTDOWN_GRACE: '(\d+)'/, manifest('settings.yaml'));
    expect(seconds(/terminationGracePeriodSeconds: (\d+)/)).toBeGreaterThan(stopping);
  });
});
